/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of friction that people wrote: complaints, words of waiting and of repeating. */

#include "reading/friction_exact.h"
#include "text/trouble.h"

#include <math.h>
#include <string.h>

/* A text in a language with a list: what it has words of, and that it was read. */
#define READ 0x80

/* What one thread reads with. */
struct ear {
    const plx_map *map;
    GHashTable *troubles; /* language -> plx_trouble */
};

static gpointer ear_start(gconstpointer map)
{
    struct ear *const ear = g_new(struct ear, 1);
    *ear = (struct ear){map, g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                                   (GDestroyNotify)plx_trouble_free)};
    return ear;
}

static void ear_stop(gpointer with)
{
    struct ear *const ear = with;
    g_hash_table_unref(ear->troubles);
    g_free(ear);
}

static gboolean ear_read(gpointer with, const char *said_in, const char *text, guint8 *mark,
                         GError **error)
{
    const struct ear *const ear = with;
    const char *const language = *said_in ? said_in : ear->map->language;
    if (!plx_trouble_knows(language)) {
        *mark = 0;
        return TRUE;
    }
    plx_trouble *trouble = g_hash_table_lookup(ear->troubles, language);
    if (!trouble) {
        trouble = plx_trouble_new(language, error);
        if (!trouble)
            return FALSE;
        g_hash_table_insert(ear->troubles, g_strdup(language), trouble);
    }
    *mark = (guint8)(READ | plx_trouble_find(trouble, text));
    return TRUE;
}

/* What one sheet said about one point. */
struct said {
    guint point, sheet, unit, persons;
    gboolean complaint;
    gboolean read;  /* in a language with a list */
    guint8 trouble; /* mask of enum plx_trouble_kind */
};

struct listener {
    struct plx_friction_exact *exact;
    GHashTable *points;  /* id -> index + 1 */
    GArray *said;        /* struct said, by unit and sheet */
    gboolean complaints; /* somebody complained about a point */
    guint64 elsewhere;   /* complaints about none */
    guint64 unread;      /* notes about a point, in a language without a list */
};

/* Of the first sheet of a table it is enough to know how many sat there. */
static guint persons_of(const struct plx_saying *saying)
{
    return saying->known ? 1 : saying->group_size;
}

static void hear(struct listener *listener, const struct plx_saying *saying)
{
    const gboolean complaint = strcmp(saying->prompt, "complaint") == 0;
    const guint at = GPOINTER_TO_UINT(
        saying->subject ? g_hash_table_lookup(listener->points, saying->subject) : NULL);
    listener->complaints = listener->complaints || (complaint && saying->subject);
    listener->elsewhere += complaint && !saying->subject ? 1 : 0;
    if (!at)
        return;
    const struct said said = {.point = at - 1,
                              .sheet = saying->sheet,
                              .unit = saying->unit,
                              .persons = persons_of(saying),
                              .complaint = complaint,
                              .read = saying->mark != 0,
                              .trouble = (guint8)(saying->mark & ~READ)};
    listener->unread += said.read ? 0 : 1;
    g_array_append_val(listener->said, said);
}

/* By point; of a point they keep their order, by unit and sheet. */
static struct said *by_point(const GArray *said, guint n_points)
{
    g_autofree guint *next = g_new0(guint, n_points + 1);
    struct said *const sorted = g_new0(struct said, said->len + 1); /* seen to be filled */
    for (guint i = 0; i < said->len; i++)
        next[g_array_index(said, struct said, i).point + 1]++;
    for (guint p = 0; p < n_points; p++)
        next[p + 1] += next[p];
    for (guint i = 0; i < said->len; i++) {
        const struct said *const one = &g_array_index(said, struct said, i);
        sorted[next[one->point]++] = *one;
    }
    return sorted;
}

/* Of one point. */
struct heard {
    gint64 writers, persons, waiting, repeating; /* units, but for persons */
    gint64 all_persons;                          /* whatever the language */
    gint64 complaints;                           /* sheets */
};

/* One unit's notes about the point, in order of sheets. */
static void add_unit(struct heard *heard, const struct said *said, guint n)
{
    guint trouble = 0, persons = 0;
    gboolean read = FALSE, counted = FALSE;
    for (guint i = 0; i < n; i++) {
        trouble |= said[i].trouble;
        read = read || said[i].read;
        persons = MAX(persons, said[i].persons);
        if (i == 0 || said[i].sheet != said[i - 1].sheet)
            counted = FALSE;
        if (said[i].complaint && !counted)
            heard->complaints++;
        counted = counted || said[i].complaint;
    }
    heard->all_persons += persons;
    heard->writers += read;
    heard->persons += read ? persons : 0;
    heard->waiting += trouble & PLX_TROUBLE_WAITING ? 1 : 0;
    heard->repeating += trouble & PLX_TROUBLE_REPEATING ? 1 : 0;
}

static void fill(const struct plx_friction_exact *exact, struct plx_friction_part *part, gint64 x,
                 gint64 n, gint64 persons, double n_eff)
{
    part->n = n;
    part->persons = persons;
    if (!plx_reach_allows(&exact->reach, (guint64)persons)) {
        *part = plx_friction_no_part();
        part->suppressed = exact->reach.hidden ? exact->reach.hidden : PLX_HIDDEN_FEW;
        return;
    }
    part->share = (double)x / (double)n;
    part->ci = plx_wilson(part->share * n_eff, n_eff, 0.95, FALSE);
}

/* People who report more than once make the encounters tell less than so many people would: at
 * worst as little as each person's answers being all alike. */
static double encounters_eff(const struct plx_cell *cell, const struct plx_tally **most)
{
    *most = NULL;
    for (guint i = 0; i < cell->n_tallies; i++)
        if (!*most || cell->tallies[i].persons > (*most)->persons)
            *most = &cell->tallies[i];
    const double n = (double)cell->encounters;
    if (!*most || (*most)->total == 0 || !(*most)->repeats)
        return n;
    return n * MIN(1, (double)(*most)->units / (double)(*most)->total);
}

static void fill_point(const struct listener *listener, guint p, const struct heard *heard)
{
    const struct plx_friction_exact *exact = listener->exact;
    struct plx_friction_part *parts = exact->out->points[p].parts;
    const struct plx_cell *cell = exact->cells[p];
    if (heard->writers > 0) {
        const double n = (double)heard->writers;
        fill(exact, &parts[PLX_FRICTION_WAITING], heard->waiting, heard->writers, heard->persons,
             n);
        fill(exact, &parts[PLX_FRICTION_REPEATING], heard->repeating, heard->writers,
             heard->persons, n);
    }
    if (!listener->complaints || !cell || cell->encounters == 0)
        return;
    const struct plx_tally *most;
    const double n_eff = encounters_eff(cell, &most);
    const gint64 n = (gint64)cell->encounters;
    fill(exact, &parts[PLX_FRICTION_COMPLAINED], MIN(heard->complaints, n), n,
         MAX(heard->all_persons, most ? (gint64)most->persons : 0), n_eff);
}

static void fill_points(const struct listener *listener)
{
    const GArray *said = listener->said;
    g_autofree struct said *all = by_point(said, listener->exact->out->n_points);
    guint at = 0;
    for (guint p = 0; p < listener->exact->out->n_points; p++) {
        struct heard heard = {0};
        while (at < said->len && all[at].point == p) {
            guint n = 1;
            while (at + n < said->len && all[at + n].point == p && all[at + n].unit == all[at].unit)
                n++;
            add_unit(&heard, all + at, n);
            at += n;
        }
        fill_point(listener, p, &heard);
    }
}

static void tell(const struct listener *listener)
{
    plx_friction *out = listener->exact->out;
    if (listener->unread > 0)
        plx_about_note(&out->about, "language_unread", out->served, (gint64)listener->unread, NULL);
    if (listener->elsewhere > 0)
        plx_about_note(&out->about, "complaints_elsewhere", out->served,
                       (gint64)listener->elsewhere, NULL);
}

gboolean plx_friction_said(struct plx_friction_exact *exact, plx_source *source, GError **error)
{
    const struct plx_text_reader reader = {ear_start, ear_read, ear_stop, exact->question->map};
    const struct plx_listen listen = {.filter = exact->reach.filter, .reader = &reader};
    struct plx_sayings *sayings = NULL;
    if (!plx_source_listen(source, &listen, &sayings, error))
        return FALSE;
    struct listener listener = {.exact = exact,
                                .points = g_hash_table_new(g_str_hash, g_str_equal),
                                .said = g_array_new(FALSE, FALSE, sizeof(struct said))};
    for (guint p = 0; p < exact->out->n_points; p++)
        g_hash_table_insert(listener.points, (gpointer)(guintptr)exact->out->points[p].point,
                            GUINT_TO_POINTER(p + 1));
    for (guint i = 0; i < sayings->n; i++)
        hear(&listener, &sayings->sayings[i]);
    plx_sayings_free(sayings);
    fill_points(&listener);
    tell(&listener);
    g_array_unref(listener.said);
    g_hash_table_unref(listener.points);
    return TRUE;
}
