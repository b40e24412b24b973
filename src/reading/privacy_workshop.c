/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/privacy.h"

#include "base/date.h"
#include "base/error.h"
#include "base/id.h"
#include "reading/suppress.h"
#include "stats/share.h"

#include <math.h>
#include <string.h>

#define LEVEL 0.95
#define CLEAR_WORDS 3 /* a quote of fewer is a keyword, and comes after the others */

/* Over all questions about oneself; competitors are about others, moments not on the map yet. */
#define OVERALL                                                                                    \
    (1u << PLX_ASKED_WELL | 1u << PLX_ASKED_IMPROVE | 1u << PLX_ASKED_CONTINUE |                   \
     1u << PLX_ASKED_EASIER)

/* What making the released form needs at hand. */
struct release {
    const plx_exact_workshop *exact;
    plx_workshop *out;
    gint *index;      /* of a map audience in out->audiences */
    gboolean *shown;  /* by seat */
    gboolean *quoted; /* by seat */
    gint64 *withheld; /* by audience of the workshop: answers whose words may not be shown */
    GArray *notes;
};

static const char *copy(struct release *r, const char *text)
{
    char *kept = g_strdup(text);
    g_ptr_array_add(r->out->memory, kept);
    return kept;
}

static struct plx_seat *seat_at(const struct release *r, guint i)
{
    return &g_array_index(r->exact->seats, struct plx_seat, i);
}

static void add_note(struct release *r, const char *code, gint audience, gint64 count,
                     const char *detail)
{
    const struct plx_gaps_note note = {code, audience, count, detail ? copy(r, detail) : NULL};
    g_array_append_val(r->notes, note);
}

static void add_minimum_note(struct release *r, const char *code, gint audience, gint64 count,
                             guint minimum)
{
    g_autofree char *detail = g_strdup_printf("%u", minimum);
    add_note(r, code, audience, count, detail);
}

/* Who is shown -------------------------------------------------------------------------------- */

static gint64 persons_in(const struct release *r, guint audience, const char *workshop)
{
    gint64 persons = 0;
    for (guint s = 0; s < r->exact->seats->len; s++)
        if (seat_at(r, s)->audience == audience &&
            (!workshop || strcmp(seat_at(r, s)->workshop, workshop) == 0))
            persons += seat_at(r, s)->persons;
    return persons;
}

static void mark_seats(struct release *r, guint audience, const char *workshop)
{
    const struct plx_audience *a = &r->exact->map->audiences[audience];
    const gint64 persons = persons_in(r, audience, workshop);
    const gboolean shown = persons >= plx_minimum(a);
    const gboolean quoted = shown && (!plx_is_masked(a) || persons >= PLX_MASKED_BELOW);
    for (guint s = 0; s < r->exact->seats->len; s++) {
        if (seat_at(r, s)->audience != audience || strcmp(seat_at(r, s)->workshop, workshop) != 0)
            continue;
        r->shown[s] = shown;
        r->quoted[s] = quoted;
    }
}

static void count_audience(struct release *r, guint audience, struct plx_workshop_audience *out)
{
    const struct plx_audience *a = &r->exact->map->audiences[audience];
    *out = (struct plx_workshop_audience){
        .id = a->id, .title = a->title, .served = a->served, .minimum = plx_minimum(a)};
    for (guint s = 0; s < r->exact->seats->len; s++) {
        const struct plx_seat *seat = seat_at(r, s);
        if (seat->audience != audience || !r->shown[s])
            continue;
        out->tables += !seat->alone;
        out->alone += seat->alone;
        out->persons += seat->persons;
        out->quoted = out->quoted || r->quoted[s];
    }
}

static void note_left_out(struct release *r, guint audience, gint at)
{
    g_autoptr(GString) names = g_string_new(NULL);
    gint64 n = 0;
    for (guint w = 0; w < r->exact->names->len; w++) {
        const char *name = r->exact->names->pdata[w];
        const gint64 persons = persons_in(r, audience, name);
        if (persons == 0 || persons >= r->out->audiences[at].minimum)
            continue;
        n++;
        g_string_append_printf(names, "%s%s", names->len ? ", " : "", name);
    }
    if (n)
        add_note(r, "sheets_left_out", at, n, names->str);
}

static void release_audiences(struct release *r)
{
    const plx_map *map = r->exact->map;
    plx_workshop *out = r->out;
    out->audiences = plx_keep(out->memory, map->n_audiences, sizeof *out->audiences);
    for (guint a = 0; a < map->n_audiences; a++) {
        r->index[a] = -1;
        const gint64 persons = persons_in(r, a, NULL);
        if (persons == 0)
            continue;
        for (guint w = 0; w < r->exact->names->len; w++)
            mark_seats(r, a, r->exact->names->pdata[w]);
        const gint at = (gint)out->n_audiences++;
        struct plx_workshop_audience *audience = &out->audiences[at];
        r->index[a] = at;
        count_audience(r, a, audience);
        if (audience->persons > 0) {
            out->n_shown++;
            note_left_out(r, a, at);
            continue;
        }
        audience->suppressed = PLX_HIDDEN_FEW;
        audience->tables = audience->alone = audience->persons = PLX_NO_COUNT;
        add_minimum_note(r, "audience_hidden", at, persons, audience->minimum);
    }
}

/* Themes -------------------------------------------------------------------------------------- */

/* Of an unsorted theme the smallest spelling that may be shown; NULL: none may. */
static const char *theme_title(const struct release *r, const struct plx_exact_theme *theme)
{
    const char *title = theme->title;
    for (guint i = 0; !theme->title && i < theme->mentions->len; i++) {
        const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
        if (r->quoted[m->seat] && (!title || plx_id_compare_spellings(m->text, title) < 0))
            title = m->text;
    }
    return title;
}

static gboolean takes(const struct release *r, const struct plx_exact_theme *theme,
                      const struct plx_mention *m, guint asked)
{
    return r->shown[m->seat] && (asked & 1u << m->asked) &&
           (m->asked != PLX_ASKED_MOMENT || (!m->tied && !theme->n_points));
}

enum { NAMED = 1, GOOD = 2, BAD = 4 };

/* What each seat said of the theme, and under which questions each audience named it. */
static gint64 look(struct release *r, const struct plx_exact_theme *theme, guint asked,
                   guint8 *said, struct plx_named *named)
{
    gint64 answers = 0;
    for (guint i = 0; i < theme->mentions->len; i++) {
        const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
        if (!takes(r, theme, m, asked))
            continue;
        answers++;
        said[m->seat] |= NAMED | (m->surprise == 1 ? GOOD : 0) | (m->surprise == -1 ? BAD : 0);
        named[r->index[seat_at(r, m->seat)->audience]].asked |= 1u << m->asked;
    }
    return answers;
}

static void count_seats(struct release *r, guint asked, const guint8 *said, struct plx_named *named)
{
    for (guint s = 0; s < r->exact->seats->len; s++) {
        const struct plx_seat *seat = seat_at(r, s);
        if (!r->shown[s])
            continue;
        struct plx_named *n = &named[r->index[seat->audience]];
        n->of += (seat->asked & asked) != 0;
        if (!said[s])
            continue;
        n->named = TRUE;
        n->tables += !seat->alone;
        n->alone += seat->alone;
        n->persons += seat->persons;
        n->good += (said[s] & GOOD) != 0;
        n->bad += (said[s] & BAD) != 0;
    }
}

/* Tables and people alone are not the same thing: of both together there is no share. */
static void fill_share(const struct plx_workshop_audience *audience, struct plx_named *n)
{
    n->share = n->ci.lo = n->ci.hi = NAN;
    if (n->few || n->of < PLX_WORKSHOP_TABLES || (audience->tables && audience->alone))
        return;
    const double x = (double)(n->tables + n->alone);
    const double counts[] = {(double)n->of - x, x};
    const struct plx_distribution d = plx_distribution_counts(counts, 2, 0);
    const struct plx_share share = plx_share(&d, 1, 1, LEVEL);
    n->share = share.p;
    n->ci = share.ci;
}

struct quote {
    const char *text, *normal;
    gboolean clear;
    glong length;
};

static gint by_quality(gconstpointer a, gconstpointer b)
{
    const struct quote *x = a, *y = b;
    if (x->clear != y->clear)
        return x->clear ? -1 : 1;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return strcmp(x->text, y->text);
}

static gboolean is_clear(const char *normal)
{
    guint words = 1;
    for (const char *p = normal; *p; p++)
        words += *p == '-';
    return words >= CLEAR_WORDS;
}

/* Words that say more than the title; equal ones once. */
static void fill_quotes(struct release *r, const struct plx_exact_theme *theme, guint asked,
                        gint audience, struct plx_named *n)
{
    g_autofree char *title = plx_id_new(theme->title, strlen(theme->title));
    g_autoptr(GArray) quotes = g_array_new(FALSE, FALSE, sizeof(struct quote));
    for (guint i = 0; i < theme->mentions->len; i++) {
        const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
        if (!takes(r, theme, m, asked) || !r->quoted[m->seat] ||
            r->index[seat_at(r, m->seat)->audience] != audience || g_strcmp0(m->normal, title) == 0)
            continue;
        const struct quote quote = {m->text, m->normal, is_clear(m->normal),
                                    g_utf8_strlen(m->text, -1)};
        g_array_append_val(quotes, quote);
    }
    g_array_sort(quotes, by_quality);
    n->quotes = plx_keep(r->out->memory, PLX_WORKSHOP_QUOTES, sizeof *n->quotes);
    for (guint i = 0; i < quotes->len && n->n_quotes < PLX_WORKSHOP_QUOTES; i++) {
        const struct quote *quote = &g_array_index(quotes, struct quote, i);
        gboolean again = FALSE;
        for (guint k = 0; k < i; k++)
            again =
                again || strcmp(g_array_index(quotes, struct quote, k).normal, quote->normal) == 0;
        if (!again)
            n->quotes[n->n_quotes++] = copy(r, quote->text);
    }
}

static void finish_named(struct release *r, gint a, struct plx_named *n)
{
    const struct plx_workshop_audience *audience = &r->out->audiences[a];
    n->few = n->named && n->persons < audience->minimum;
    fill_share(audience, n);
    if (!n->few)
        return;
    n->tables = n->alone = n->persons = n->good = n->bad = PLX_NO_COUNT;
}

static void add_up(struct plx_workshop_theme *out, guint n_audiences, guint n_shown)
{
    gboolean few = FALSE;
    for (guint a = 0; a < n_audiences; a++) {
        const struct plx_named *n = &out->named[a];
        out->n_named += n->named ? 1 : 0;
        few = few || n->few;
        if (n->few || !n->named)
            continue;
        out->tables += n->tables;
        out->alone += n->alone;
        out->persons += n->persons;
        out->good += n->good;
        out->bad += n->bad;
    }
    out->naming = out->n_named == n_shown && n_shown > 1 ? PLX_NAMED_BY_ALL
                  : out->n_named > 1                     ? PLX_NAMED_BY_SEVERAL
                                                         : PLX_NAMED_BY_ONE;
    if (few)
        out->tables = out->alone = out->persons = out->good = out->bad = PLX_NO_COUNT;
}

/* FALSE: nobody who is shown named it, or its words may not be shown. */
static gboolean release_theme(struct release *r, const struct plx_exact_theme *theme, guint asked,
                              gint64 *answers, struct plx_workshop_theme *out)
{
    const guint n_audiences = r->out->n_audiences;
    g_autofree guint8 *said = g_new0(guint8, r->exact->seats->len + 1);
    struct plx_named *named = plx_keep(r->out->memory, n_audiences, sizeof *named);
    const gint64 found = look(r, theme, asked, said, named);
    const char *title = theme_title(r, theme);
    *answers += found;
    if (!found || !title)
        return FALSE;
    *out = (struct plx_workshop_theme){
        .id = theme->id, .title = copy(r, title), .named = named, .n_points = theme->n_points};
    out->points = plx_keep(r->out->memory, theme->n_points, sizeof *out->points);
    count_seats(r, asked, said, named);
    for (guint a = 0; a < n_audiences; a++) {
        finish_named(r, (gint)a, &named[a]);
        if (named[a].named && theme->title)
            fill_quotes(r, theme, asked, (gint)a, &named[a]);
    }
    add_up(out, n_audiences, r->out->n_shown);
    return TRUE;
}

static gint compare_counts(gint64 a, gint64 b)
{
    return a == b ? 0 : a > b ? -1 : 1;
}

/* What is not shown counts as nothing: the order must not tell it. */
static gint by_weight(gconstpointer a, gconstpointer b, gpointer sorted)
{
    const struct plx_workshop_theme *x = a, *y = b;
    if (sorted && (x->id < 0) != (y->id < 0))
        return x->id < 0 ? 1 : -1;
    gint order = compare_counts(x->n_named, y->n_named);
    if (!order)
        order = compare_counts(MAX(x->tables, 0) + MAX(x->alone, 0),
                               MAX(y->tables, 0) + MAX(y->alone, 0));
    if (!order)
        order = compare_counts(MAX(x->persons, 0), MAX(y->persons, 0));
    return order ? order : strcmp(x->title, y->title);
}

static void release_part(struct release *r, guint asked, struct plx_workshop_part *out)
{
    const GPtrArray *themes = r->exact->themes;
    *out = (struct plx_workshop_part){.asked = asked};
    out->themes = plx_keep(r->out->memory, themes->len, sizeof *out->themes);
    for (guint t = 0; t < themes->len; t++)
        if (release_theme(r, themes->pdata[t], asked, &out->answers, &out->themes[out->n_themes]))
            out->n_themes++;
    g_qsort_with_data(out->themes, (gint)out->n_themes, sizeof *out->themes, by_weight,
                      GINT_TO_POINTER(r->exact->sorted));
}

static void count_unsorted(struct release *r)
{
    for (guint t = 0; t < r->exact->themes->len; t++) {
        const struct plx_exact_theme *theme = r->exact->themes->pdata[t];
        const gboolean hidden = theme->id < 0 && !theme_title(r, theme);
        for (guint i = 0; theme->id < 0 && i < theme->mentions->len; i++) {
            const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
            if (!r->shown[m->seat])
                continue;
            r->out->unsorted++;
            r->out->withheld += hidden;
            r->withheld[r->index[seat_at(r, m->seat)->audience]] += hidden;
        }
    }
}

/* The same theme under one question. */
static const struct plx_workshop_theme *under(const plx_workshop *out, enum plx_asked asked,
                                              const struct plx_workshop_theme *theme)
{
    const struct plx_workshop_part *part = &out->parts[asked];
    for (guint t = 0; t < part->n_themes; t++)
        if (part->themes[t].id == theme->id && strcmp(part->themes[t].title, theme->title) == 0)
            return &part->themes[t];
    return NULL;
}

/* One audience has it under `well` and another under `improve`. */
static gboolean parts_views(const plx_workshop *out, const struct plx_contested *contested)
{
    if (!contested->well || !contested->improve)
        return FALSE;
    for (guint a = 0; a < out->n_audiences; a++)
        for (guint b = 0; b < out->n_audiences; b++)
            if (a != b && contested->well->named[a].named && contested->improve->named[b].named)
                return TRUE;
    return FALSE;
}

static void find_contested(plx_workshop *out)
{
    out->contested = plx_keep(out->memory, out->overall.n_themes, sizeof *out->contested);
    for (guint t = 0; t < out->overall.n_themes; t++) {
        const struct plx_workshop_theme *theme = &out->overall.themes[t];
        const struct plx_contested found = {theme, under(out, PLX_ASKED_WELL, theme),
                                            under(out, PLX_ASKED_IMPROVE, theme)};
        if (parts_views(out, &found))
            out->contested[out->n_contested++] = found;
    }
}

static void note_counts(struct release *r)
{
    plx_workshop *out = r->out;
    for (guint a = 0; a < out->n_audiences; a++) {
        const struct plx_workshop_audience *audience = &out->audiences[a];
        const gint64 units = audience->tables + audience->alone;
        gint64 few = 0;
        for (guint q = 0; q < PLX_ASKED; q++)
            for (guint t = 0; t < out->parts[q].n_themes; t++)
                few += out->parts[q].themes[t].named[a].few;
        if (!audience->suppressed && units < PLX_WORKSHOP_TABLES)
            add_minimum_note(r, "few_tables", (gint)a, units, PLX_WORKSHOP_TABLES);
        if (few)
            add_minimum_note(r, "few_persons", (gint)a, few, audience->minimum);
        if (r->withheld[a])
            add_minimum_note(r, "words_withheld", (gint)a, r->withheld[a], PLX_MASKED_BELOW);
    }
    if (out->unsorted && out->sorted)
        add_note(r, "not_sorted", -1, out->unsorted, NULL);
    if (!out->n_audiences)
        add_note(r, "no_answers", -1, PLX_NO_COUNT, NULL);
}

static void release_frame(struct release *r, const char *name)
{
    const plx_exact_workshop *exact = r->exact;
    plx_workshop *out = r->out;
    char date[PLX_DATE_SIZE];
    out->source = copy(r, name);
    out->map = exact->map;
    out->sorted = exact->sorted;
    out->n_workshops = exact->names->len;
    out->workshops = plx_keep(out->memory, exact->names->len, sizeof *out->workshops);
    for (guint i = 0; i < exact->names->len; i++)
        out->workshops[i] = copy(r, exact->names->pdata[i]);
    if (exact->since > exact->until)
        return;
    out->since = copy(r, plx_date_format(exact->since, date));
    out->until = copy(r, plx_date_format(exact->until, date));
}

static gboolean nothing_shown(const struct release *r, GError **error)
{
    g_autoptr(GString) why = g_string_new(NULL);
    for (guint i = 0; i < r->notes->len; i++) {
        const struct plx_gaps_note *note = &g_array_index(r->notes, struct plx_gaps_note, i);
        const char *id = r->out->audiences[note->audience].id;
        g_string_append_printf(why,
                               "; %s: %" G_GINT64_FORMAT " of %s persons needed (if all of them "
                               "agree: --named %s)",
                               id, note->count, note->detail, id);
    }
    return plx_error(error, PLX_ERROR_NOT_SHOWN, "nothing that was asked for may be shown%s",
                     why->str);
}

static void release_all(struct release *r)
{
    plx_workshop *out = r->out;
    r->withheld = plx_keep(out->memory, out->n_audiences, sizeof *r->withheld);
    release_part(r, OVERALL, &out->overall);
    for (guint q = 0; q < PLX_ASKED; q++)
        release_part(r, 1u << q, &out->parts[q]);
    find_contested(out);
    count_unsorted(r);
    note_counts(r);
    out->n_notes = r->notes->len;
    out->notes = plx_keep(out->memory, out->n_notes, sizeof *out->notes);
    for (guint i = 0; i < out->n_notes; i++)
        out->notes[i] = g_array_index(r->notes, struct plx_gaps_note, i);
}

plx_workshop *plx_privacy_release_workshop(const plx_exact_workshop *exact, const char *name,
                                           GError **error)
{
    g_autoptr(plx_workshop) out = g_new0(plx_workshop, 1);
    out->memory = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GArray) notes = g_array_new(FALSE, FALSE, sizeof(struct plx_gaps_note));
    struct release r = {.exact = exact, .out = out, .notes = notes};
    r.index = plx_keep(out->memory, exact->map->n_audiences, sizeof *r.index);
    r.shown = plx_keep(out->memory, exact->seats->len, sizeof *r.shown);
    r.quoted = plx_keep(out->memory, exact->seats->len, sizeof *r.quoted);
    release_frame(&r, name);
    release_audiences(&r);
    if (out->n_audiences && !out->n_shown) {
        nothing_shown(&r, error);
        return NULL;
    }
    release_all(&r);
    return g_steal_pointer(&out);
}
