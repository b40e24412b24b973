/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A draft: what is guessed of each column, the points that their words suggest, and what people
 * chose instead. */
#include "ingest/point_match.h"
#include "ingest/recipe_draft.h"
#include "ingest/recipe_ladder.h"

#include <string.h>

/* Points by words ------------------------------------------------------------------------------ */

/* A column and a point that may be meant. */
struct pair {
    guint column, point;
    double likeness;
};

static gint compare_pairs(gconstpointer a, gconstpointer b)
{
    const struct pair *const x = a, *const y = b;
    if (x->likeness > y->likeness || x->likeness < y->likeness)
        return x->likeness > y->likeness ? -1 : 1;
    return x->column < y->column ? -1 : x->column > y->column;
}

static GArray *find_pairs(const struct plx_draft *d, const plx_point_match *match)
{
    GArray *const pairs = g_array_new(FALSE, FALSE, sizeof(struct pair));
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_RATING)
            continue;
        g_autofree char *asked = plx_look_question(&d->look->columns[i]);
        g_autoptr(GArray) found = plx_point_match_find(match, asked);
        for (guint k = 0; k < found->len; k++) {
            const struct plx_match *const one = &g_array_index(found, struct plx_match, k);
            const struct pair pair = {i, one->point, one->likeness};
            g_array_append_val(pairs, pair);
        }
    }
    g_array_sort(pairs, compare_pairs);
    return pairs;
}

/* Points that columns have already, whether they were suggested or chosen. */
static gboolean *taken_points(const struct plx_draft *d)
{
    gboolean *const taken = g_new0(gboolean, d->map->n_points + d->map->n_vignettes + 1);
    for (guint i = 0; i < d->look->n; i++) {
        const char *const subject =
            d->columns[i].role == PLX_ROLE_RATING ? d->columns[i].subject : NULL;
        for (guint p = 0; subject && p < d->map->n_points; p++)
            taken[p] |= strcmp(d->map->points[p].id, subject) == 0;
    }
    return taken;
}

/* The most alike first; a point is suggested once. */
static void match_points(struct plx_draft *d)
{
    g_autoptr(plx_point_match) match = plx_point_match_new(d->map, NULL);
    if (!match)
        return;
    g_autoptr(GArray) pairs = find_pairs(d, match);
    g_autofree gboolean *taken = taken_points(d);
    for (guint p = 0; p < pairs->len; p++) {
        const struct pair *const pair = &g_array_index(pairs, struct pair, p);
        struct plx_draft_column *const column = &d->columns[pair->column];
        if (column->subject || taken[pair->point])
            continue;
        taken[pair->point] = TRUE;
        column->subject = g_strdup(d->map->points[pair->point].id);
        column->likeness = pair->likeness;
    }
}

/* The first column that asks about the whole in numbers, and not surely about a point, is of the
 * journey: "Overall, how satisfied were you with your stay?" */
static void settle_whole(struct plx_draft *d)
{
    for (guint i = 0; i < d->look->n && plx_draft_find(d, PLX_ROLE_POINT) < 0; i++) {
        struct plx_draft_column *const column = &d->columns[i];
        if (column->role != PLX_ROLE_RATING || column->ladder >= 0 ||
            column->likeness >= PLX_MATCH_SURE || !plx_is_whole_title(d->look->columns[i].title))
            continue;
        column->role = PLX_ROLE_OVERALL;
        column->likeness = 0;
        g_clear_pointer(&column->subject, g_free);
        return;
    }
}

/* Where any point is accepted, each column is one of its own title. */
static void name_points(struct plx_draft *d)
{
    for (guint i = 0; i < d->look->n; i++)
        if (d->columns[i].role == PLX_ROLE_RATING)
            d->columns[i].subject = g_strdup(d->look->columns[i].title);
}

/* Choices -------------------------------------------------------------------------------------- */

/* The smallest and largest number that words stand for. */
static void measure_values(struct plx_draft_column *column, char *const *values)
{
    gboolean first = column->unknown;
    for (guint i = 0; values && values[i]; i += 2) {
        gint64 number;
        if (!g_ascii_string_to_signed(values[i + 1], 10, G_MININT32, G_MAXINT32, &number, NULL))
            continue;
        column->low = first ? number : MIN(column->low, number);
        column->high = first ? number : MAX(column->high, number);
        column->unknown = first = FALSE;
    }
}

static void choose(struct plx_draft *d, guint i, const struct plx_choice *choice)
{
    struct plx_draft_column *const column = &d->columns[i];
    column->chosen = choice;
    column->role = choice->role;
    g_clear_pointer(&column->why, g_free);
    g_clear_pointer(&column->subject, g_free);
    column->subject = g_strdup(choice->subject);
    column->measure = g_strdup(choice->measure);
    if (column->ladder < 0) {
        column->low = d->look->columns[i].min;
        column->high = d->look->columns[i].max;
        column->unknown = d->look->columns[i].integers == 0;
    }
    measure_values(column, choice->values);
    if (choice->role == PLX_ROLE_RATING && !choice->subject && !plx_map_is_closed(d->map))
        column->subject = g_strdup(d->look->columns[i].title);
}

void plx_draft_init(struct plx_draft *draft, const struct plx_look *look, const plx_map *map,
                    const struct plx_choices *choices, GString *out)
{
    *draft = (struct plx_draft){.look = look,
                                .map = map,
                                .choices = choices,
                                .columns = g_new0(struct plx_draft_column, look->n + 1),
                                .out = out};
    plx_draft_settle(draft);
    if (plx_map_is_closed(map)) {
        match_points(draft);
        settle_whole(draft);
    } else
        name_points(draft);
    for (guint i = 0; i < look->n; i++) {
        const struct plx_choice *const choice = plx_choices_find(choices, i + 1);
        if (choice)
            choose(draft, i, choice);
    }
    if (choices && plx_map_is_closed(map)) /* what was only now said to be marks */
        match_points(draft);
}

void plx_draft_clear(struct plx_draft *draft)
{
    for (guint i = 0; i < draft->look->n; i++) {
        g_free(draft->columns[i].why);
        g_free(draft->columns[i].subject);
        g_free(draft->columns[i].measure);
    }
    g_free(draft->columns);
}

/* What follows from both ----------------------------------------------------------------------- */

/* Level, predicted and expected share the scale of their audience. */
static gboolean is_level(const struct plx_draft_column *column)
{
    return column->role == PLX_ROLE_RATING && !column->unknown &&
           (!column->measure || strcmp(column->measure, "level") == 0 ||
            strcmp(column->measure, "predicted") == 0 || strcmp(column->measure, "expected") == 0);
}

/* The lowest and the highest of all marks; FALSE: there are none. */
static gboolean marks_range(const struct plx_draft *d, gint64 *lowest, gint64 *highest)
{
    gint64 min = G_MAXINT64, max = G_MININT64;
    for (guint i = 0; i < d->look->n; i++) {
        if (!is_level(&d->columns[i]))
            continue;
        min = MIN(min, d->columns[i].low);
        max = MAX(max, d->columns[i].high);
    }
    if (max == G_MININT64)
        return FALSE;
    *lowest = min;
    *highest = max;
    return TRUE;
}

static void scale_of(gint64 min, gint64 max, gint64 scale[PLX_CHOICE_SCALE])
{
    const gint64 low = min == 0 && max > 7 ? 0 : 1, high = max > 7 ? 10 : max, range = high - low;
    const gboolean six = low == 1 && high == 6;
    const gint64 all[PLX_CHOICE_SCALE] = {
        low, high, low, six ? 4 : low + (range + 1) / 2, six ? 5 : low + (3 * range + 3) / 4, high};
    memcpy(scale, all, sizeof all);
}

gboolean plx_draft_scale(const struct plx_draft *d, gint64 scale[PLX_CHOICE_SCALE])
{
    if (d->choices && d->choices->has_scale) {
        memcpy(scale, d->choices->scale, sizeof d->choices->scale);
        return TRUE;
    }
    gint64 min, max;
    if (!marks_range(d, &min, &max))
        return FALSE;
    scale_of(min, max, scale);
    return TRUE;
}

gboolean plx_draft_overall(const struct plx_draft *d, gint64 scale[PLX_CHOICE_SCALE])
{
    const gint i = plx_draft_find(d, PLX_ROLE_OVERALL);
    gint64 points[PLX_CHOICE_SCALE];
    if (i < 0 || d->columns[i].unknown)
        return FALSE;
    const struct plx_draft_column *const column = &d->columns[i];
    if (plx_draft_scale(d, points) && column->high <= points[1])
        memcpy(scale, points, sizeof points);
    else
        scale_of(column->low, column->high, scale);
    return TRUE;
}

static char *const *chosen_codes(const struct plx_choices *choices, const char *kind)
{
    if (!choices)
        return NULL;
    return strcmp(kind, "na") == 0         ? choices->na
           : strcmp(kind, "declined") == 0 ? choices->declined
                                           : choices->missing;
}

/* Zero among marks up to seven is taken for "not applicable". */
static gboolean has_zero(const struct plx_draft *d)
{
    gint64 min, max;
    return marks_range(d, &min, &max) && min == 0 && max <= 7;
}

static void add_codes(const struct plx_draft *d, guint i, const char *kind, GHashTable *found)
{
    const struct plx_draft_column *const column = &d->columns[i];
    GHashTableIter iter;
    gpointer text;
    if (column->role != PLX_ROLE_RATING && column->role != PLX_ROLE_RECOMMEND &&
        column->role != PLX_ROLE_OVERALL)
        return;
    g_hash_table_iter_init(&iter, d->look->columns[i].values);
    while (g_hash_table_iter_next(&iter, &text, NULL))
        if (g_strcmp0(plx_code_of_text(text), kind) == 0 &&
            (column->ladder < 0 || plx_ladder_rung(column->ladder, text) == 0))
            g_hash_table_add(found, text);
}

GList *plx_draft_codes(const struct plx_draft *d, const char *kind)
{
    char *const *const chosen = chosen_codes(d->choices, kind);
    g_autoptr(GHashTable) found = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; chosen && chosen[i]; i++)
        g_hash_table_add(found, chosen[i]);
    for (guint i = 0; !chosen && i < d->look->n; i++)
        add_codes(d, i, kind, found);
    if (!chosen && strcmp(kind, "na") == 0 && has_zero(d)) {
        g_hash_table_remove_all(found);
        g_hash_table_add(found, (gpointer)(guintptr) "0");
    }
    return g_list_sort(g_hash_table_get_keys(found), plx_draft_compare);
}

const char *plx_draft_meaning(const struct plx_draft *d, guint i, const char *text, char number[24])
{
    const struct plx_draft_column *const column = &d->columns[i];
    char *const *const values = column->chosen ? column->chosen->values : NULL;
    for (guint k = 0; values && values[k]; k += 2)
        if (strcmp(values[k], text) == 0)
            return *values[k + 1] ? values[k + 1] : NULL;
    if (column->role == PLX_ROLE_AUDIENCE)
        return plx_audience_of_word(text);
    const guint rung = column->ladder >= 0 ? plx_ladder_rung(column->ladder, text) : 0;
    if (rung == 0)
        return NULL;
    g_snprintf(number, 24, "%u", rung);
    return number;
}

/* A code of no answer as people named it. */
static gboolean is_chosen_code(const struct plx_draft *d, const char *text)
{
    static const char *const kinds[] = {"na", "declined", "missing"};
    for (guint i = 0; i < G_N_ELEMENTS(kinds); i++) {
        char *const *const codes = chosen_codes(d->choices, kinds[i]);
        if (codes && g_strv_contains((const char *const *)codes, text))
            return TRUE;
    }
    return FALSE;
}

/* A mark of the scale that people named. */
static gboolean is_on_chosen_scale(const struct plx_draft *d, const char *text)
{
    gint64 mark;
    return d->choices && d->choices->has_scale &&
           g_ascii_string_to_signed(text, 10, d->choices->scale[0], d->choices->scale[1], &mark,
                                    NULL);
}

/* A word that is on no rung of the ladder that all others are on. */
static const char *odd_word(const struct plx_draft *d, guint i)
{
    char number[24];
    const char *found = NULL;
    GHashTableIter iter;
    gpointer text;
    g_hash_table_iter_init(&iter, d->look->columns[i].values);
    while (d->columns[i].ladder >= 0 && g_hash_table_iter_next(&iter, &text, NULL))
        if (!plx_code_of_text(text) && !plx_draft_meaning(d, i, text, number) &&
            (!found || strcmp(text, found) < 0))
            found = text;
    return found;
}

char *plx_draft_stray(const struct plx_draft *d, guint i)
{
    const struct plx_look_column *const c = &d->look->columns[i];
    const enum plx_role role = d->columns[i].role;
    g_autofree char *number = plx_look_stray(c);
    const char *const word = odd_word(d, i);
    char meaning[24];
    const char *const stray = number ? number : word;
    if ((role != PLX_ROLE_RATING && role != PLX_ROLE_OVERALL && role != PLX_ROLE_RECOMMEND) ||
        !stray || is_chosen_code(d, stray) || is_on_chosen_scale(d, stray) ||
        plx_draft_meaning(d, i, stray, meaning))
        return NULL;
    const guint n = number ? c->strays : GPOINTER_TO_UINT(g_hash_table_lookup(c->values, word));
    g_autoptr(GString) among = g_string_new(NULL);
    if (number)
        g_string_printf(among, "marks from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, c->min,
                        c->max);
    else
        g_string_append(among, "words of a known order");
    return g_strdup_printf("“%s”%s among %s: %s as wrong, unless you say what it stands for, or "
                           "that the column is something else",
                           stray, number && n > 1 ? " and the like" : "", among->str,
                           n == 1 ? "that row counts" : "those rows count");
}
