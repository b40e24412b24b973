/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/grid.h"

#include "base/date.h"
#include "reading/dimension.h"
#include "reading/gaps_exact.h"

#include <stdlib.h>
#include <string.h>

struct plx_grid {
    const plx_question *question;
    guint audience;
    guint minimum;
    enum plx_measure measure;
    gboolean first_unseen;
    guint n_dims;
    struct plx_dimension dims[PLX_GRID_DIMS];
    struct plx_split splits[PLX_GRID_DIMS]; /* of the product */
    guint product;                          /* its need */
    plx_filter *filter;                     /* of the needs: the audience */
    const struct plx_answer *answer;
    gboolean *pool; /* per group of the one dimension, at pool_subject */
    guint32 pool_subject;
    guint n_pool;
};

plx_grid *plx_grid_new(const plx_question *question, guint audience, enum plx_measure measure,
                       gboolean first_unseen, const struct plx_key *dims, guint n_dims)
{
    g_assert(n_dims > 0 && n_dims <= PLX_GRID_DIMS);
    plx_grid *grid = g_new0(plx_grid, 1);
    const struct plx_audience *a = &question->map->audiences[audience];
    grid->question = question;
    grid->audience = audience;
    grid->minimum = plx_minimum(a);
    grid->measure = measure;
    grid->first_unseen = first_unseen;
    grid->n_dims = n_dims;
    for (guint d = 0; d < n_dims; d++) {
        const gboolean month = dims[d].kind == PLX_KEY_MONTH;
        grid->dims[d].key = dims[d];
        grid->dims[d].split = (struct plx_split){month ? PLX_SPLIT_MONTH : PLX_SPLIT_DIM,
                                                 dims[d].dim, dims[d].segment, NULL};
    }
    const char *ids[] = {a->id, NULL};
    plx_filter *own[] = {plx_filter_in(PLX_DIM_AUDIENCE, NULL, ids),
                         plx_question_points(question->map)};
    grid->filter = plx_filter_all(own, own[1] ? 2 : 1);
    return grid;
}

void plx_grid_free(plx_grid *grid)
{
    if (!grid)
        return;
    for (guint d = 0; d < grid->n_dims; d++) {
        plx_dimension_clear(&grid->dims[d]);
        g_free(grid->dims[d].first);
        g_clear_pointer(&grid->dims[d].keys, g_ptr_array_unref);
    }
    plx_filter_free(grid->filter);
    g_free(grid->pool);
    g_free(grid);
}

void plx_grid_needs(plx_grid *grid, GArray *needs)
{
    struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                            .measures = 1U << grid->measure,
                            .filter = grid->filter,
                            .n_splits = 1,
                            .first_unseen = grid->first_unseen};
    for (guint d = 0; d < grid->n_dims; d++) {
        struct plx_dimension *dim = &grid->dims[d];
        dim->split.merge = dim->merge;
        grid->splits[d] = dim->split;
        need.splits = &dim->split;
        dim->need = needs->len;
        g_array_append_val(needs, need);
    }
    grid->product = grid->dims[0].need;
    if (grid->n_dims > 1) {
        need.splits = grid->splits;
        need.n_splits = grid->n_dims;
        grid->product = needs->len;
        g_array_append_val(needs, need);
    }
}

static const struct plx_dimension *find_dim(const plx_grid *grid, enum plx_key_kind kind)
{
    for (guint d = 0; d < grid->n_dims; d++)
        if (grid->dims[d].key.kind == kind)
            return &grid->dims[d];
    return NULL;
}

/* Persons of a group, of the subject with most of them. */
static guint64 group_persons(const plx_grid *grid, const struct plx_table *table, guint group)
{
    guint64 most = 0;
    for (guint s = 0; s < grid->answer->n_subjects; s++) {
        const struct plx_cell *cell = plx_table_cell(table, group, s, grid->audience);
        const struct plx_tally *tally = cell ? plx_cell_tally(cell, grid->measure) : NULL;
        if (tally && tally->persons > most)
            most = tally->persons;
    }
    return most;
}

static gboolean learn_margin(const plx_grid *grid, struct plx_dimension *dim)
{
    const struct plx_table *table = &grid->answer->tables[dim->need];
    if (!dim->keys)
        plx_dimension_learn(dim, table);
    if (plx_key_is_further(&dim->key))
        return FALSE;
    g_autofree guint64 *persons = g_new0(guint64, dim->keys->len + 1);
    for (guint g = 0; g < table->n_groups; g++) {
        const gint i = plx_dimension_find(dim, table->groups[g][0]);
        if (i >= 0)
            persons[i] = group_persons(grid, table, g);
    }
    return plx_dimension_join(dim, persons, 1, grid->minimum, FALSE);
}

/* Months join on until no cell of the product is small. */
static gboolean learn_product(const plx_grid *grid, struct plx_dimension *months)
{
    const struct plx_table *table = &grid->answer->tables[grid->product];
    const guint at = (guint)(months - grid->dims);
    g_autoptr(GHashTable) others = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree guint *other = g_new0(guint, table->n_groups + 1);
    for (guint g = 0; g < table->n_groups; g++) {
        g_autoptr(GString) name = g_string_new(NULL);
        for (guint d = 0; d < grid->n_dims; d++)
            if (d != at)
                g_string_append_printf(name, "%s\x1f", table->groups[g][d]);
        gpointer known;
        if (!g_hash_table_lookup_extended(others, name->str, NULL, &known)) {
            known = GUINT_TO_POINTER(g_hash_table_size(others));
            g_hash_table_insert(others, g_strdup(name->str), known);
        }
        other[g] = GPOINTER_TO_UINT(known);
    }
    const guint n_others = g_hash_table_size(others);
    g_autofree guint64 *persons = g_new0(guint64, (gsize)n_others * months->keys->len + 1);
    for (guint g = 0; g < table->n_groups; g++) {
        const gint i = plx_dimension_find(months, table->groups[g][at]);
        if (i >= 0)
            persons[(gsize)i * n_others + other[g]] = group_persons(grid, table, g);
    }
    return plx_dimension_join(months, persons, n_others, grid->minimum, TRUE);
}

gboolean plx_grid_learn(plx_grid *grid, const struct plx_answer *answer)
{
    grid->answer = answer;
    g_clear_pointer(&grid->pool, g_free);
    gboolean joined = FALSE;
    for (guint d = 0; d < grid->n_dims; d++)
        joined = learn_margin(grid, &grid->dims[d]) || joined;
    struct plx_dimension *last = &grid->dims[grid->n_dims - 1];
    if (!joined && grid->n_dims > 1 && last->key.kind == PLX_KEY_MONTH)
        joined = learn_product(grid, last);
    for (guint d = 0; joined && d < grid->n_dims; d++)
        plx_dimension_name(&grid->dims[d]);
    return joined;
}

guint plx_grid_n_dims(const plx_grid *grid)
{
    return grid->n_dims;
}

const GPtrArray *plx_grid_keys(const plx_grid *grid, enum plx_key_kind kind)
{
    const struct plx_dimension *dim = find_dim(grid, kind);
    return dim ? dim->keys : NULL;
}

const char *plx_grid_class(const plx_grid *grid, enum plx_key_kind kind, const char *key)
{
    const struct plx_dimension *dim = find_dim(grid, kind);
    const gint i = plx_dimension_find(dim, key);
    return i >= 0 ? g_ptr_array_index(dim->keys, dim->first[i]) : key;
}

const char *plx_grid_label(const plx_grid *grid, enum plx_key_kind kind, const char *key)
{
    const struct plx_dimension *dim = find_dim(grid, kind);
    const gint i = plx_dimension_find(dim, key);
    return i >= 0 && dim->labels ? dim->labels[dim->first[i]] : NULL;
}

const char *const *plx_grid_merge(const plx_grid *grid, enum plx_key_kind kind)
{
    const struct plx_dimension *dim = find_dim(grid, kind);
    return dim ? dim->merge : NULL;
}

static gboolean month_days(const char *month, gint32 *from, gint32 *to)
{
    char *end;
    const gint year = (gint)g_ascii_strtoll(month, &end, 10);
    const gint number = *end == '-' ? (gint)g_ascii_strtoll(end + 1, NULL, 10) : 0;
    if (!plx_date_month_days(year, number))
        return FALSE;
    *from = plx_date_days(year, number, 1);
    *to = *from + (gint32)plx_date_month_days(year, number) - 1;
    return TRUE;
}

static gboolean same_key(const struct plx_key *a, const struct plx_key *b)
{
    return strcmp(a->name, b->name) == 0;
}

/* One raw key by the tests on its dimension, or by the dates. */
static gboolean key_passes(const plx_grid *grid, const struct plx_dimension *dim, const char *key,
                           const struct plx_subject *subject)
{
    const plx_question *q = grid->question;
    if (dim->key.kind == PLX_KEY_MONTH) {
        gint32 from, to;
        return !q->dated || (month_days(key, &from, &to) && q->since <= from && to <= q->until);
    }
    for (guint i = 0; i < q->n_tests; i++)
        if (same_key(&q->tests[i].key, &dim->key) &&
            !plx_test_passes(q->map, &q->tests[i], key, subject))
            return FALSE;
    return TRUE;
}

/* A place class is taken when any of its places is asked for; a month class only whole. */
static gboolean class_passes(const plx_grid *grid, const struct plx_dimension *dim, const char *key,
                             const struct plx_subject *subject)
{
    const gint c = plx_dimension_find(dim, key);
    if (c < 0)
        return key_passes(grid, dim, key, subject);
    const gboolean all = dim->key.kind == PLX_KEY_MONTH;
    const guint first = dim->first[c];
    for (guint i = first; i < dim->keys->len && dim->first[i] == first; i++)
        if (key_passes(grid, dim, g_ptr_array_index(dim->keys, i), subject) != all)
            return !all;
    return all;
}

gboolean plx_grid_selects(const plx_grid *grid, enum plx_key_kind kind, const char *key)
{
    const struct plx_dimension *dim = find_dim(grid, kind);
    const struct plx_subject none = {.kind = PLX_SUBJECT_NONE, .map_index = -1};
    return !dim || class_passes(grid, dim, key, &none);
}

static plx_filter *days_filter(const plx_grid *grid, const struct plx_dimension *dim)
{
    GPtrArray *months = g_ptr_array_new();
    for (guint i = 0; i < dim->keys->len; i++) {
        const char *key = g_ptr_array_index(dim->keys, i);
        gint32 from, to;
        if (plx_grid_selects(grid, PLX_KEY_MONTH, key) && month_days(key, &from, &to))
            g_ptr_array_add(months, plx_filter_days(from, to));
    }
    plx_filter *filter = plx_filter_any((plx_filter **)months->pdata, months->len);
    g_ptr_array_free(months, TRUE);
    return filter;
}

/* The whole months inside the dates, whatever the data; FALSE when there is none. */
static gboolean whole_months(const plx_question *q, gint32 *from, gint32 *to)
{
    gint32 since = q->since, until = q->until;
    gint year, month, day;
    if (since != G_MININT32) {
        plx_date_civil(since, &year, &month, &day);
        if (day > 1)
            since += (gint32)plx_date_month_days(year, month) - day + 1;
    }
    if (until != G_MAXINT32) {
        plx_date_civil(until, &year, &month, &day);
        if (day < (gint)plx_date_month_days(year, month))
            until -= day;
    }
    *from = since;
    *to = until;
    return since <= until;
}

gboolean plx_grid_dates_hold_month(const plx_grid *grid)
{
    gint32 from, to;
    return whole_months(grid->question, &from, &to);
}

static plx_filter *whole_months_filter(const plx_question *q)
{
    gint32 from, to;
    whole_months(q, &from, &to);
    return plx_filter_days(from, to);
}

static plx_filter *places_filter(const plx_grid *grid, const struct plx_dimension *dim)
{
    g_autoptr(GPtrArray) places = g_ptr_array_new();
    for (guint i = 0; i < dim->keys->len; i++)
        if (plx_grid_selects(grid, PLX_KEY_PLACE, g_ptr_array_index(dim->keys, i)))
            g_ptr_array_add(places, g_ptr_array_index(dim->keys, i));
    g_ptr_array_add(places, NULL);
    return plx_filter_in(PLX_DIM_PLACE, NULL, (const char *const *)places->pdata);
}

plx_filter *plx_grid_filter(const plx_grid *grid)
{
    const plx_question *q = grid->question;
    GPtrArray *all = g_ptr_array_new();
    g_ptr_array_add(all, plx_filter_copy(grid->filter));
    for (guint d = 0; d < grid->n_dims; d++) {
        const struct plx_dimension *dim = &grid->dims[d];
        gboolean tested = FALSE;
        for (guint i = 0; i < q->n_tests; i++) {
            if (!same_key(&q->tests[i].key, &dim->key))
                continue;
            tested = TRUE;
            if (!dim->keys || dim->key.kind != PLX_KEY_PLACE)
                g_ptr_array_add(all, plx_test_filter(q->map, &q->tests[i]));
        }
        if (tested && dim->keys && dim->key.kind == PLX_KEY_PLACE)
            g_ptr_array_add(all, places_filter(grid, dim));
        if (dim->key.kind == PLX_KEY_MONTH && q->dated)
            g_ptr_array_add(all, dim->keys ? days_filter(grid, dim) : whole_months_filter(q));
    }
    plx_filter *filter = plx_filter_all((plx_filter **)all->pdata, all->len);
    g_ptr_array_free(all, TRUE);
    return filter;
}

char *plx_grid_window(const plx_grid *grid)
{
    const struct plx_dimension *dim = find_dim(grid, PLX_KEY_MONTH);
    const char *first = NULL, *last = NULL;
    for (guint i = 0; dim && dim->keys && grid->question->dated && i < dim->keys->len; i++) {
        const char *key = g_ptr_array_index(dim->keys, i);
        if (!plx_grid_selects(grid, PLX_KEY_MONTH, key))
            continue;
        first = first ? first : key;
        last = key;
    }
    return first ? g_strconcat(first, "..", last, NULL) : NULL;
}

char *plx_grid_wider(const plx_grid *grid)
{
    static const struct plx_subject none = {.kind = PLX_SUBJECT_NONE, .map_index = -1};
    const struct plx_dimension *dim = find_dim(grid, PLX_KEY_MONTH);
    const guint n = dim && dim->keys && grid->question->dated ? dim->keys->len : 0;
    guint from = n, to = 0;
    for (guint i = 0; i < n; i++) {
        if (!key_passes(grid, dim, g_ptr_array_index(dim->keys, i), &none))
            continue;
        from = MIN(from, dim->first[i]);
        to = i;
    }
    if (from == n)
        return NULL;
    while (to + 1 < n && dim->first[to + 1] == dim->first[to])
        to++;
    return g_strconcat(g_ptr_array_index(dim->keys, from), "..", g_ptr_array_index(dim->keys, to),
                       NULL);
}

gboolean plx_grid_has_persons(const plx_grid *grid)
{
    const struct plx_table *table = &grid->answer->tables[grid->dims[0].need];
    for (guint g = 0; g < table->n_groups; g++)
        if (group_persons(grid, table, g))
            return TRUE;
    return FALSE;
}

gboolean plx_grid_has_months(const plx_grid *grid)
{
    g_autofree char *window = plx_grid_window(grid);
    return window || !grid->question->dated || !find_dim(grid, PLX_KEY_MONTH);
}

void plx_pool_mark(const guint64 *persons, guint n, guint minimum, gboolean *pool)
{
    gboolean small = FALSE;
    gint next = -1;
    for (guint i = 0; i < n; i++) {
        pool[i] = persons[i] > 0 && persons[i] < minimum;
        small = small || pool[i];
        if (persons[i] >= minimum && (next < 0 || persons[i] < persons[next]))
            next = (gint)i;
    }
    if (small && next >= 0)
        pool[next] = TRUE;
}

static guint64 cell_persons(const plx_grid *grid, const struct plx_table *table, guint group,
                            guint32 subject)
{
    const struct plx_cell *cell = plx_table_cell(table, group, subject, grid->audience);
    const struct plx_tally *tally = cell ? plx_cell_tally(cell, grid->measure) : NULL;
    return tally ? tally->persons : 0;
}

/* One dimension: the pool at a subject, kept for the next group of the same subject. */
static void learn_pool(plx_grid *grid, guint32 subject)
{
    const struct plx_table *table = &grid->answer->tables[grid->product];
    g_autofree guint64 *persons = g_new0(guint64, table->n_groups + 1);
    g_free(grid->pool);
    grid->pool = g_new0(gboolean, table->n_groups + 1);
    grid->pool_subject = subject;
    grid->n_pool = 0;
    for (guint g = 0; g < table->n_groups; g++)
        persons[g] = cell_persons(grid, table, g, subject);
    plx_pool_mark(persons, table->n_groups, grid->minimum, grid->pool);
    for (guint g = 0; g < table->n_groups; g++)
        grid->n_pool += grid->pool[g] ? 1 : 0;
}

static gboolean product_allows(const plx_grid *grid, guint32 subject)
{
    const struct plx_table *table = &grid->answer->tables[grid->product];
    for (guint g = 0; g < table->n_groups; g++) {
        const guint64 persons = cell_persons(grid, table, g, subject);
        if (persons > 0 && persons < grid->minimum)
            return FALSE;
    }
    return TRUE;
}

static int compare_group(const void *key, const void *element)
{
    return strcmp(key, (*(char **const *)element)[0]);
}

gint plx_grid_find_group(const struct plx_table *table, const char *key)
{
    char ***found = table->n_groups ? bsearch(key, table->groups, table->n_groups,
                                              sizeof *table->groups, compare_group)
                                    : NULL;
    return found ? (gint)(found - table->groups) : -1;
}

gboolean plx_grid_allows(plx_grid *grid, guint32 subject, const char *key)
{
    if (grid->n_dims > 1)
        return product_allows(grid, subject);
    if (!grid->pool || grid->pool_subject != subject)
        learn_pool(grid, subject);
    const plx_question *q = grid->question;
    const struct plx_table *table = &grid->answer->tables[grid->product];
    const struct plx_dimension *dim = &grid->dims[0];
    const gboolean split = key && q->split && same_key(&q->by, &dim->key);
    guint inside = 0;
    if (split) { /* one class, which is one group of the table */
        const gint own = plx_grid_find_group(table, plx_grid_class(grid, dim->key.kind, key));
        inside = own >= 0 && grid->pool[own] ? 1 : 0;
    }
    for (guint g = 0; !split && grid->n_pool && g < table->n_groups; g++)
        inside += grid->pool[g] &&
                  class_passes(grid, dim, table->groups[g][0], &grid->answer->subjects[subject]);
    return inside == 0 || inside == grid->n_pool;
}
