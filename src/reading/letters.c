/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/letters.h"

#include "base/date.h"
#include "base/error.h"
#include "reading/gaps_exact.h"
#include "reading/grid.h"
#include "reading/suppress.h"

#include <string.h>

static const char *const prompts[] = {"complaint", "suggestion", NULL};

/* Everybody who wrote, and everybody who rated: what is shown of a letter depends on how many could
 * have written it. */
struct hearing {
    const plx_map *map;
    const struct plx_sayings *sayings;
    struct plx_answer *answer; /* tables: whole, and by place where one is named */
    struct plx_answer *others; /* who gave another measure, a table each */
    GHashTable *writers;       /* "audience kind:subject place" -> persons */
    GHashTable *open;          /* "audience place": the place may be shown */
    guint *least;              /* by audience: persons that are needed */
};

/* Who could it be? ---------------------------------------------------------------------------- */

static char *cell_key(guint audience, enum plx_subject_kind kind, const char *subject,
                      const char *place)
{
    return g_strdup_printf("%u\1%d:%s\1%s", audience, subject ? (int)kind : 0,
                           subject ? subject : "", place ? place : "");
}

static guint64 writers_of(const struct hearing *h, guint audience, enum plx_subject_kind kind,
                          const char *subject, const char *place)
{
    g_autofree char *key = cell_key(audience, kind, subject, place);
    return GPOINTER_TO_SIZE(g_hash_table_lookup(h->writers, key));
}

/* Once per unit and cell. */
static void add_writer(const struct hearing *h, GHashTable *seen, const struct plx_saying *saying,
                       const char *subject, const char *place)
{
    g_autofree char *key = cell_key(saying->audience, saying->kind, subject, place);
    const gsize persons = saying->known ? 1 : saying->group_size;
    if (!g_hash_table_add(seen, g_strdup_printf("%u\1%s", saying->unit, key)))
        return;
    const gsize before = GPOINTER_TO_SIZE(g_hash_table_lookup(h->writers, key));
    g_hash_table_insert(h->writers, g_steal_pointer(&key), GSIZE_TO_POINTER(before + persons));
}

static void count_writers(const struct hearing *h)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < h->sayings->n; i++) {
        const struct plx_saying *const saying = &h->sayings->sayings[i];
        add_writer(h, seen, saying, NULL, NULL);
        if (saying->subject)
            add_writer(h, seen, saying, saying->subject, NULL);
        if (*saying->place)
            add_writer(h, seen, saying, NULL, saying->place);
        if (saying->subject && *saying->place)
            add_writer(h, seen, saying, saying->subject, saying->place);
    }
}

static gint find_subject(const struct plx_answer *answer, enum plx_subject_kind kind,
                         const char *id)
{
    for (guint s = 0; s < answer->n_subjects; s++)
        if (answer->subjects[s].kind == kind && strcmp(answer->subjects[s].id, id) == 0)
            return (gint)s;
    return -1;
}

static guint64 audience_persons(const struct hearing *h, const struct plx_table *table, guint group,
                                guint audience)
{
    return table->audience_persons
               ? table->audience_persons[(gsize)group * h->map->n_audiences + audience]
               : 0;
}

/* A form need not ask for levels. */
static guint64 others_of(const struct hearing *h, guint audience)
{
    guint64 most = 0;
    for (guint t = 0; t < h->others->n_tables; t++)
        if (h->others->tables[t].n_groups > 0)
            most = MAX(most, audience_persons(h, &h->others->tables[t], 0, audience));
    return most;
}

/* Who gave a level there. */
static guint64 raters_of(const struct hearing *h, guint audience, enum plx_subject_kind kind,
                         const char *subject, const char *place)
{
    const guint t = place ? 1 : 0;
    if (t >= h->answer->n_tables)
        return 0;
    const struct plx_table *const table = &h->answer->tables[t];
    const gint group = place ? plx_grid_find_group(table, place) : 0;
    if (group < 0 || (guint)group >= table->n_groups)
        return 0;
    if (!subject)
        return MAX(audience_persons(h, table, (guint)group, audience),
                   place ? 0 : others_of(h, audience));
    const gint s = find_subject(h->answer, kind, subject);
    const struct plx_cell *const cell =
        s < 0 ? NULL : plx_table_cell(table, (guint)group, (guint)s, audience);
    const struct plx_tally *const tally = cell ? plx_cell_tally(cell, PLX_MEASURE_LEVEL) : NULL;
    return tally ? tally->persons : 0;
}

static guint64 persons_of(const struct hearing *h, guint audience, enum plx_subject_kind kind,
                          const char *subject, const char *place)
{
    return MAX(writers_of(h, audience, kind, subject, place),
               raters_of(h, audience, kind, subject, place));
}

/* Places ------------------------------------------------------------------------------------ */

static gint by_bytes(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* All that occur, borrowed, in byte order. */
static GPtrArray *all_places(const struct hearing *h)
{
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *const places = g_ptr_array_new();
    const struct plx_table *const split = h->answer->n_tables > 1 ? &h->answer->tables[1] : NULL;
    for (guint g = 0; split && g < split->n_groups; g++)
        if (*split->groups[g][0] && g_hash_table_add(known, split->groups[g][0]))
            g_ptr_array_add(places, split->groups[g][0]);
    for (guint i = 0; i < h->sayings->n; i++) {
        char *const place = (char *)(guintptr)h->sayings->sayings[i].place;
        if (*place && g_hash_table_add(known, place))
            g_ptr_array_add(places, place);
    }
    g_ptr_array_sort(places, by_bytes);
    return places;
}

static void open_places(const struct hearing *h)
{
    g_autoptr(GPtrArray) places = all_places(h);
    for (guint a = 0; a < h->map->n_audiences; a++) {
        if (plx_is_masked(&h->map->audiences[a]) ||
            writers_of(h, a, PLX_SUBJECT_NONE, NULL, NULL) == 0)
            continue;
        g_autoptr(GPtrArray) met = g_ptr_array_new();
        g_autoptr(GArray) persons = g_array_new(FALSE, FALSE, sizeof(guint64));
        for (guint p = 0; p < places->len; p++) {
            const guint64 n = persons_of(h, a, PLX_SUBJECT_NONE, NULL, places->pdata[p]);
            if (n == 0)
                continue;
            g_ptr_array_add(met, places->pdata[p]);
            g_array_append_val(persons, n);
        }
        g_autofree gboolean *pool = g_new0(gboolean, met->len + 1);
        plx_pool_mark((const guint64 *)(gconstpointer)persons->data, met->len, h->least[a], pool);
        for (guint p = 0; p < met->len; p++)
            if (!pool[p])
                g_hash_table_add(h->open, cell_key(a, PLX_SUBJECT_NONE, NULL, met->pdata[p]));
    }
}

static gboolean may_show_place(const struct hearing *h, const struct plx_letter *letter,
                               const char *place)
{
    g_autofree char *key = cell_key(letter->audience, PLX_SUBJECT_NONE, NULL, place);
    return g_hash_table_contains(h->open, key) &&
           (!letter->about || persons_of(h, letter->audience, letter->kind, letter->about, place) >=
                                  h->least[letter->audience]);
}

/* Letters ----------------------------------------------------------------------------------- */

static const char *keep_text(plx_letters *out, const char *text)
{
    char *const own = g_strdup(text);
    g_ptr_array_add(out->memory, own);
    return own;
}

static const char *title_of(const struct hearing *h, enum plx_subject_kind kind, const char *id)
{
    const gint s = find_subject(h->answer, kind, id);
    const gint p = kind == PLX_SUBJECT_POINT ? plx_map_find_point(h->map, id) : -1;
    const gint j = kind == PLX_SUBJECT_JOURNEY ? plx_map_find_journey(h->map, id) : -1;
    const char *const title = s >= 0   ? h->answer->subjects[s].title
                              : p >= 0 ? h->map->points[p].title
                              : j >= 0 ? h->map->journeys[j].title
                                       : NULL;
    return title ? title : id;
}

/* The last day of its month: which of a few people wrote on a day is easily known. */
static gint32 end_of_month(gint32 day)
{
    gint year, month, of_month;
    plx_date_civil(day, &year, &month, &of_month);
    return plx_date_days(year, month, (gint)plx_date_month_days(year, month));
}

static void fill(const struct hearing *h, plx_letters *out, const struct plx_saying *saying,
                 struct plx_letter *letter)
{
    const gboolean masked = plx_is_masked(&h->map->audiences[saying->audience]);
    letter->audience = saying->audience;
    letter->prompt = keep_text(out, saying->prompt);
    letter->text = keep_text(out, saying->text);
    letter->by_month = masked;
    letter->day = masked && saying->day != PLX_NO_DAY ? end_of_month(saying->day) : saying->day;
    if (saying->subject && persons_of(h, saying->audience, saying->kind, saying->subject, NULL) >=
                               h->least[saying->audience]) {
        letter->kind = saying->kind;
        letter->about = keep_text(out, saying->subject);
        letter->title = keep_text(out, title_of(h, saying->kind, saying->subject));
    }
    if (*saying->place && may_show_place(h, letter, saying->place))
        letter->place = keep_text(out, saying->place);
}

/* Equal words of one day: what they do not have in common is of neither. */
static void join(struct plx_letter *letter, const struct plx_letter *other)
{
    if (letter->kind != other->kind || g_strcmp0(letter->about, other->about) != 0) {
        letter->kind = PLX_SUBJECT_NONE;
        letter->about = letter->title = NULL;
    }
    if (g_strcmp0(letter->place, other->place) != 0)
        letter->place = NULL;
}

/* Equal in all of it are one, but of a protected audience within a month. */
static gint by_age(gconstpointer a, gconstpointer b)
{
    const struct plx_letter *const x = a, *const y = b;
    const gboolean without = x->day == PLX_NO_DAY;
    if (without != (y->day == PLX_NO_DAY))
        return without ? 1 : -1;
    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    if (x->audience != y->audience)
        return x->audience < y->audience ? -1 : 1;
    const gint order = strcmp(x->prompt, y->prompt);
    return order ? order : strcmp(x->text, y->text);
}

static void add_letter(const struct hearing *h, plx_letters *out, const struct plx_saying *saying,
                       guint64 number, GArray *letters, GHashTable *known)
{
    struct plx_letter letter = {.number = number};
    gpointer at;
    fill(h, out, saying, &letter);
    if (g_hash_table_lookup_extended(known, &number, NULL, &at)) {
        join(&g_array_index(letters, struct plx_letter, GPOINTER_TO_UINT(at)), &letter);
        return;
    }
    g_hash_table_insert(known, g_memdup2(&number, sizeof number), GUINT_TO_POINTER(letters->len));
    g_array_append_val(letters, letter);
}

static void release(const struct hearing *h, const guint8 *key, plx_letters *out)
{
    g_autoptr(GArray) letters = g_array_new(FALSE, FALSE, sizeof(struct plx_letter));
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    g_autofree guint *kept_back = g_new0(guint, h->map->n_audiences);
    for (guint i = 0; i < h->sayings->n; i++) {
        const struct plx_saying *const saying = &h->sayings->sayings[i];
        const guint a = saying->audience;
        guint64 number;
        if (!plx_saying_number(key, saying, h->map->audiences[a].id, &number))
            continue;
        if (persons_of(h, a, PLX_SUBJECT_NONE, NULL, NULL) < h->least[a])
            kept_back[a]++;
        else
            add_letter(h, out, saying, number, letters, known);
    }
    g_array_sort(letters, by_age);
    out->n = letters->len;
    out->letters = plx_keep(out->memory, out->n, sizeof *out->letters);
    for (guint i = 0; i < out->n; i++)
        out->letters[i] = g_array_index(letters, struct plx_letter, i);
    out->hidden = plx_keep(out->memory, h->map->n_audiences, sizeof *out->hidden);
    for (guint a = 0; a < h->map->n_audiences; a++)
        if (kept_back[a])
            out->hidden[out->n_hidden++] = (struct plx_letters_hidden){
                a, kept_back[a], persons_of(h, a, PLX_SUBJECT_NONE, NULL, NULL), h->least[a]};
}

/* Reading ----------------------------------------------------------------------------------- */

/* Who rated, and where: by place only where a place could be shown. */
static gboolean ask_raters(struct hearing *h, plx_source *source, GError **error)
{
    const struct plx_split place = {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE};
    const struct plx_need needs[] = {
        {.kinds = PLX_NEED_PERSONS, .measures = 1U << PLX_MEASURE_LEVEL},
        {.kinds = PLX_NEED_PERSONS,
         .measures = 1U << PLX_MEASURE_LEVEL,
         .splits = &place,
         .n_splits = 1}};
    static const struct plx_need others[] = {
        {.kinds = PLX_NEED_PERSONS, .measures = 1U << PLX_MEASURE_BELIEVED},
        {.kinds = PLX_NEED_PERSONS, .measures = 1U << PLX_MEASURE_OVERALL},
        {.kinds = PLX_NEED_PERSONS, .measures = 1U << PLX_MEASURE_CARD}};
    guint n = 1;
    for (guint i = 0; i < h->sayings->n; i++) {
        const struct plx_saying *const saying = &h->sayings->sayings[i];
        if (*saying->place && !plx_is_masked(&h->map->audiences[saying->audience]))
            n = 2;
    }
    return plx_source_ask(source, needs, n, &h->answer, error) &&
           plx_source_ask(source, others, G_N_ELEMENTS(others), &h->others, error);
}

static guint *least_of(const plx_map *map)
{
    guint *const least = g_new(guint, map->n_audiences + 1);
    for (guint a = 0; a < map->n_audiences; a++)
        least[a] = MAX(plx_minimum(&map->audiences[a]),
                       plx_is_masked(&map->audiences[a]) ? PLX_MASKED_BELOW : 1);
    return least;
}

static gboolean read_all(plx_source *source, const struct plx_sayings *sayings, const guint8 *key,
                         plx_letters *out, GError **error)
{
    g_autofree guint *least = least_of(source->map);
    g_autoptr(GHashTable) writers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct hearing h = {
        .map = source->map, .sayings = sayings, .writers = writers, .open = open, .least = least};
    const gboolean ok = ask_raters(&h, source, error);
    if (ok) {
        count_writers(&h);
        open_places(&h);
        release(&h, key, out);
    }
    plx_answer_free(h.others);
    plx_answer_free(h.answer);
    return ok;
}

plx_letters *plx_letters_read(plx_source *source, const guint8 key[PLX_SAYING_KEY], GError **error)
{
    const struct plx_listen listen = {.prompts = prompts};
    struct plx_sayings *sayings = NULL;
    g_autoptr(plx_letters) out = g_new0(plx_letters, 1);
    out->map = source->map;
    out->memory = g_ptr_array_new_with_free_func(g_free);
    if (!plx_source_listen(source, &listen, &sayings, error))
        return NULL;
    const gboolean ok = sayings->n == 0 || read_all(source, sayings, key, out, error);
    plx_sayings_free(sayings);
    return ok ? g_steal_pointer(&out) : NULL;
}

void plx_letters_free(plx_letters *letters)
{
    if (!letters)
        return;
    g_ptr_array_unref(letters->memory);
    g_free(letters);
}

void plx_letters_hidden_words(const plx_letters *letters, GString *out)
{
    for (guint i = 0; i < letters->n_hidden; i++) {
        const struct plx_letters_hidden *const hidden = &letters->hidden[i];
        const char *const id = letters->map->audiences[hidden->audience].id;
        const gboolean one = hidden->persons == 1;
        g_string_append_printf(out,
                               "; %s: %" G_GUINT64_FORMAT " %s answered; what they suggest is "
                               "shown, and can be answered, from %u on (or, if all of them agree: "
                               "--named %s)",
                               id, hidden->persons, one ? "person has" : "people have",
                               hidden->minimum, id);
    }
}

gboolean plx_letters_any(const plx_letters *letters, GError **error)
{
    g_autoptr(GString) why = g_string_new(NULL);
    if (letters->n > 0 || letters->n_hidden == 0)
        return TRUE;
    plx_letters_hidden_words(letters, why);
    return plx_error(error, PLX_ERROR_NOT_SHOWN,
                     "there are suggestions, but none may be shown yet%s", why->str);
}
