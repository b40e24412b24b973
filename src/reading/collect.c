/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/collect.h"

#include <stdlib.h>
#include <string.h>

/* Each round joins at least two classes or is the last; data that need more are told apart no
 * further, which only hides more. */
#define ROUNDS_MAX 64

#define LEADER 0 /* of every map */

struct round {
    GArray *needs;
    GPtrArray *filters; /* of needs */
    struct plx_split by;
    GArray *merged; /* struct plx_split, one per side at most; fixed storage */
};

static gboolean uses_place(const plx_question *q)
{
    gboolean uses = q->split && q->by.kind == PLX_KEY_PLACE;
    for (guint i = 0; i < q->n_tests; i++)
        uses = uses || q->tests[i].key.kind == PLX_KEY_PLACE;
    return uses;
}

/* Distinct further keys of tests and split; *key is the first. */
static guint further_keys(const plx_question *q, struct plx_key *key)
{
    const char *seen[2] = {NULL, NULL};
    guint n = 0;
    for (guint i = 0; i <= q->n_tests; i++) {
        const struct plx_key *k = i < q->n_tests ? &q->tests[i].key : &q->by;
        const gboolean counts = i < q->n_tests || (q->split && plx_key_splits_rows(&q->by));
        if (!counts || !plx_key_is_further(k) || n == 2 || g_strcmp0(seen[0], k->name) == 0)
            continue;
        if (n == 0)
            *key = *k;
        seen[n++] = k->name;
    }
    return n;
}

static gboolean is_part(const struct plx_key *key, guint audience)
{
    return plx_key_is_further(key) || (key->kind == PLX_KEY_PLACE && audience != LEADER);
}

gboolean plx_side_is_part(const plx_question *question, const struct plx_side *side)
{
    gboolean part = side->split && is_part(&question->by, side->audience);
    for (guint i = 0; i < question->n_tests; i++)
        part = part || is_part(&question->tests[i].key, side->audience);
    return part;
}

gboolean plx_side_has_rows(const struct plx_side *side)
{
    return side->grid && plx_grid_has_persons(side->grid);
}

static void restrict_side(const plx_question *q, struct plx_side *side)
{
    static const struct plx_key place = {PLX_KEY_PLACE, PLX_DIM_PLACE, NULL, "place"};
    static const struct plx_key month = {PLX_KEY_MONTH, PLX_DIM_AUDIENCE, NULL, "month"};
    struct plx_key dims[PLX_GRID_DIMS];
    struct plx_key further = place;
    guint n = 0;
    const guint n_further = further_keys(q, &further);
    if (uses_place(q) && side->audience != LEADER)
        dims[n++] = place;
    if (n_further == 1)
        dims[n++] = further;
    if (q->dated || (q->split && q->by.kind == PLX_KEY_MONTH))
        dims[n++] = month;
    side->belief_hidden = n_further > 1;
    if (n_further > 1 || (q->split && q->by.kind == PLX_KEY_WEEK)) {
        side->hidden = PLX_HIDDEN_FILTER;
        side->why = n_further > 1 ? "keys" : "week";
        side->split = FALSE;
        side->belief_split = side->belief_split && !side->belief_hidden;
        side->restricted = TRUE;
    } else if (n > 0) {
        side->grid = plx_grid_new(q, side->audience, q->measure, FALSE, dims, n);
        side->restricted = TRUE;
    }
    if (n_further == 1 && q->measure == PLX_MEASURE_LEVEL)
        side->belief_grid =
            plx_grid_new(q, side->audience, PLX_MEASURE_BELIEVED, TRUE, &further, 1);
}

static void plan_sides(struct plx_collected *c)
{
    const plx_question *q = c->question;
    const plx_map *map = q->map;
    c->sides = g_new0(struct plx_side, map->n_audiences);
    for (guint a = 0; a < map->n_audiences; a++) {
        struct plx_side *side = &c->sides[a];
        const gboolean rows = q->split && plx_key_splits_rows(&q->by);
        side->audience = a;
        side->asked = q->audiences[a];
        side->table = side->belief_table = PLX_NO_TABLE;
        side->split = rows && !(a == LEADER && q->by.kind == PLX_KEY_PLACE);
        side->belief_split = rows && plx_key_is_further(&q->by);
        if (side->asked && map->audiences[a].protected_ && !map->audiences[a].named)
            restrict_side(q, side);
    }
}

/* The question's own tests; which of them apply depends on whose answers are asked. */
static plx_filter *own_filter(const plx_question *q, const gboolean *audiences, gboolean dates,
                              gboolean places, gboolean further)
{
    GPtrArray *all = g_ptr_array_new();
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint a = 0; a < q->map->n_audiences; a++)
        if (audiences[a])
            g_ptr_array_add(ids, q->map->audiences[a].id);
    if (ids->len < q->map->n_audiences) {
        g_ptr_array_add(ids, NULL);
        g_ptr_array_add(all,
                        plx_filter_in(PLX_DIM_AUDIENCE, NULL, (const char *const *)ids->pdata));
    }
    plx_filter *points = plx_question_points(q->map);
    if (points)
        g_ptr_array_add(all, points);
    if (dates && q->dated)
        g_ptr_array_add(all, plx_filter_days(q->since, q->until));
    for (guint i = 0; i < q->n_tests; i++) {
        const gboolean place = q->tests[i].key.kind == PLX_KEY_PLACE;
        plx_filter *filter =
            (place ? places : further) ? plx_test_filter(q->map, &q->tests[i]) : NULL;
        if (filter)
            g_ptr_array_add(all, filter);
    }
    plx_filter *filter = all->len ? plx_filter_all((plx_filter **)all->pdata, all->len) : NULL;
    g_ptr_array_free(all, TRUE);
    return filter;
}

/* Guesses that are asked together: of the room in question, or (`rest`) all others. */
static plx_filter *belief_filter(const plx_question *q, const gboolean *audiences, gboolean rest)
{
    plx_filter *const own = own_filter(q, audiences, FALSE, FALSE, TRUE);
    if (!q->room)
        return own;
    const char *const rooms[] = {q->room, NULL};
    plx_filter *const room = plx_filter_in(PLX_DIM_WORKSHOP, NULL, rooms);
    plx_filter *both[] = {rest ? plx_filter_not(room) : room, own};
    return plx_filter_all(both, own ? 2 : 1);
}

/* Adds a need; `grid` (may be NULL) gives the merge of the split. */
static guint add_need(struct round *round, const plx_question *q, gboolean belief, gboolean split,
                      const plx_grid *grid, plx_filter *filter)
{
    struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
                            .filter = filter};
    if (belief) {
        need.kinds |= PLX_NEED_PROFILES;
        need.measures = 1U << PLX_MEASURE_BELIEVED;
        need.first_unseen = TRUE;
    } else {
        need.kinds |= PLX_NEED_ENCOUNTERS;
        need.measures = 1U << q->measure;
        if (q->measure == PLX_MEASURE_LEVEL) {
            need.kinds |= PLX_NEED_PAIRS;
            need.measures |= 1U << PLX_MEASURE_PREDICTED;
            need.second = PLX_MEASURE_EXPECTED;
        }
    }
    if (split) {
        struct plx_split merged = round->by;
        merged.merge = grid ? plx_grid_merge(grid, q->by.kind) : NULL;
        g_assert(round->merged->len < 2 * q->map->n_audiences + 2); /* no reallocation */
        g_array_append_val(round->merged, merged);
        need.splits = &g_array_index(round->merged, struct plx_split, round->merged->len - 1);
        need.n_splits = 1;
    }
    if (filter)
        g_ptr_array_add(round->filters, filter);
    g_array_append_val(round->needs, need);
    return round->needs->len - 1;
}

static plx_filter *one_audience(const plx_question *q, guint audience, gboolean dates,
                                gboolean places, gboolean further)
{
    g_autofree gboolean *only = g_new0(gboolean, q->map->n_audiences);
    only[audience] = TRUE;
    return own_filter(q, only, dates, places, further);
}

/* Needs of one side that is not asked together with the others. */
static void side_needs(struct plx_collected *c, struct plx_side *side, struct round *round,
                       gboolean whole)
{
    const plx_question *q = c->question;
    if (side->restricted && side->hidden)
        side->table = add_need(round, q, FALSE, FALSE, NULL,
                               one_audience(q, side->audience, FALSE, FALSE, FALSE));
    else if (side->grid)
        side->table =
            add_need(round, q, FALSE, side->split, side->grid, plx_grid_filter(side->grid));
    else if (whole)
        side->table = add_need(round, q, FALSE, side->split, NULL,
                               one_audience(q, side->audience, TRUE, FALSE, TRUE));
    if (q->measure != PLX_MEASURE_LEVEL)
        return;
    if (side->belief_hidden)
        side->belief_table = add_need(round, q, TRUE, FALSE, NULL,
                                      one_audience(q, side->audience, FALSE, FALSE, FALSE));
    else if (side->belief_grid)
        side->belief_table = add_need(round, q, TRUE, side->belief_split, side->belief_grid,
                                      plx_grid_filter(side->belief_grid));
}

static void plan_round(struct plx_collected *c, struct round *round)
{
    const plx_question *q = c->question;
    const guint n = q->map->n_audiences;
    g_autofree gboolean *shared = g_new0(gboolean, n);
    g_autofree gboolean *shared_belief = g_new0(gboolean, n);
    const gboolean rows = q->split && plx_key_splits_rows(&q->by);
    if (rows)
        round->by = plx_key_split(&q->by);
    for (guint a = 0; a < n; a++) {
        const struct plx_side *side = &c->sides[a];
        shared[a] = side->asked && !side->restricted && !(a == LEADER && uses_place(q));
        shared_belief[a] = side->asked && !side->belief_hidden && !side->belief_grid;
    }
    const guint main =
        add_need(round, q, FALSE, rows, NULL, own_filter(q, shared, TRUE, TRUE, TRUE));
    const guint belief = q->measure != PLX_MEASURE_LEVEL
                             ? PLX_NO_TABLE
                             : add_need(round, q, TRUE, rows && plx_key_is_further(&q->by), NULL,
                                        belief_filter(q, shared_belief, FALSE));
    if (q->room && belief != PLX_NO_TABLE)
        c->rest_table =
            add_need(round, q, TRUE, FALSE, NULL, belief_filter(q, shared_belief, TRUE));
    for (guint a = 0; a < n; a++) {
        struct plx_side *side = &c->sides[a];
        if (!side->asked)
            continue;
        side->table = main;
        side->belief_table = belief;
        side_needs(c, side, round, a == LEADER && uses_place(q));
        if (side->grid)
            plx_grid_needs(side->grid, round->needs);
        if (side->belief_grid)
            plx_grid_needs(side->belief_grid, round->needs);
    }
}

static void round_init(struct round *round, guint n_audiences)
{
    *round = (struct round){
        .needs = g_array_new(FALSE, TRUE, sizeof(struct plx_need)),
        .filters = g_ptr_array_new_with_free_func((GDestroyNotify)plx_filter_free),
        .merged = g_array_sized_new(FALSE, TRUE, sizeof(struct plx_split), 2 * n_audiences + 2)};
}

static void round_clear(struct round *round)
{
    g_array_unref(round->needs);
    g_array_unref(round->merged);
    g_ptr_array_unref(round->filters);
}

/* One pass; *again when something joined. */
static gboolean ask_round(struct plx_collected *c, plx_source *source, gboolean *again,
                          GError **error)
{
    const guint n = c->question->map->n_audiences;
    struct round round;
    round_init(&round, n);
    plan_round(c, &round);
    g_clear_pointer(&c->answer, plx_answer_free);
    const gboolean ok = plx_source_ask(source, (const struct plx_need *)(void *)round.needs->data,
                                       round.needs->len, &c->answer, error);
    *again = FALSE;
    for (guint a = 0; ok && a < n; a++) {
        struct plx_side *side = &c->sides[a];
        if (side->grid && plx_grid_learn(side->grid, c->answer))
            *again = TRUE;
        if (side->belief_grid && plx_grid_learn(side->belief_grid, c->answer))
            *again = TRUE;
    }
    round_clear(&round);
    return ok;
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Keys of the groups: what any audience that follows the split has, its own keys, not classes. */
static void find_keys(struct plx_collected *c)
{
    const plx_question *q = c->question;
    if (!q->split || !plx_key_splits_rows(&q->by)) {
        g_ptr_array_add(c->keys, NULL);
        return;
    }
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint a = 0; a < q->map->n_audiences; a++) {
        const struct plx_side *side = &c->sides[a];
        if (!side->asked || !side->split || side->hidden)
            continue;
        const GPtrArray *raw = side->grid ? plx_grid_keys(side->grid, q->by.kind) : NULL;
        const struct plx_table *table = &c->answer->tables[side->table];
        for (guint i = 0; raw && i < raw->len; i++)
            if (plx_collected_group(c, a, FALSE, g_ptr_array_index(raw, i)) >= 0)
                g_ptr_array_add(all, g_ptr_array_index(raw, i));
        for (guint g = 0; !raw && g < table->n_groups; g++)
            g_ptr_array_add(all, table->groups[g][0]);
    }
    if (all->len)
        qsort(all->pdata, all->len, sizeof(gpointer), compare_text);
    for (guint i = 0; i < all->len; i++)
        if (i == 0 || strcmp(g_ptr_array_index(all, i), g_ptr_array_index(all, i - 1)) != 0)
            g_ptr_array_add(c->keys, g_ptr_array_index(all, i));
}

static gboolean table_has(const struct plx_collected *c, guint at, guint audience)
{
    const struct plx_table *table = at == PLX_NO_TABLE ? NULL : &c->answer->tables[at];
    for (guint i = 0; table && i < table->n_cells; i++)
        if (table->cells[i].audience == audience)
            return TRUE;
    return FALSE;
}

/* Whom the question keeps hidden; of those who are not in the data nothing is said. */
static void find_hidden(struct plx_collected *c, struct plx_side *side)
{
    if (side->grid && !plx_grid_has_months(side->grid)) {
        side->hidden = PLX_HIDDEN_FILTER;
        side->wider = plx_grid_wider(side->grid);
        side->why = side->wider ? "months_joined" : "no_whole_month";
        const gboolean none_there = !side->wider && plx_grid_dates_hold_month(side->grid);
        if (!none_there && plx_grid_keys(side->grid, PLX_KEY_MONTH)->len > 0)
            return;
    } else if (table_has(c, side->table, side->audience)) {
        return;
    }
    side->hidden = PLX_SHOWN;
    side->why = NULL;
    side->belief_hidden = side->belief_hidden && table_has(c, side->belief_table, side->audience);
}

struct plx_collected *plx_collect(plx_source *source, const plx_question *question, GError **error)
{
    struct plx_collected *c = g_new0(struct plx_collected, 1);
    c->question = question;
    c->keys = g_ptr_array_new();
    c->rest_table = PLX_NO_TABLE;
    plan_sides(c);
    gboolean again = TRUE;
    for (guint i = 0; again && i < ROUNDS_MAX; i++) {
        if (!ask_round(c, source, &again, error)) {
            plx_collected_free(c);
            return NULL;
        }
    }
    for (guint a = 0; a < question->map->n_audiences; a++)
        find_hidden(c, &c->sides[a]);
    find_keys(c);
    return c;
}

void plx_collected_free(struct plx_collected *collected)
{
    if (!collected)
        return;
    for (guint a = 0; a < collected->question->map->n_audiences; a++) {
        plx_grid_free(collected->sides[a].grid);
        plx_grid_free(collected->sides[a].belief_grid);
        g_free(collected->sides[a].wider);
    }
    g_free(collected->sides);
    g_ptr_array_unref(collected->keys);
    g_clear_pointer(&collected->answer, plx_answer_free);
    g_free(collected);
}

gint plx_collected_group(const struct plx_collected *collected, guint audience, gboolean belief,
                         const char *key)
{
    const struct plx_side *side = &collected->sides[audience];
    const guint at = belief ? side->belief_table : side->table;
    if (at == PLX_NO_TABLE)
        return -1;
    const struct plx_table *table = &collected->answer->tables[at];
    if (!key || !(belief ? side->belief_split : side->split))
        return table->n_groups ? 0 : -1;
    const plx_grid *grid = belief ? side->belief_grid : side->grid;
    const char *text = grid ? plx_grid_class(grid, collected->question->by.kind, key) : key;
    return plx_grid_find_group(table, text);
}

gint64 plx_collected_persons(const struct plx_collected *collected, guint audience, gboolean belief)
{
    const struct plx_side *side = &collected->sides[audience];
    const guint at = belief ? side->belief_table : side->table;
    if (!side->asked || at == PLX_NO_TABLE || (belief ? side->belief_split : side->split))
        return -1;
    const struct plx_table *table = &collected->answer->tables[at];
    return table->audience_persons && table->n_groups == 1
               ? (gint64)table->audience_persons[audience]
               : -1;
}

const struct plx_cell *plx_collected_cell(const struct plx_collected *collected, guint audience,
                                          gboolean belief, const char *key, guint32 subject)
{
    const struct plx_side *side = &collected->sides[audience];
    const gint group = plx_collected_group(collected, audience, belief, key);
    if (group < 0)
        return NULL;
    const guint at = belief ? side->belief_table : side->table;
    return plx_table_cell(&collected->answer->tables[at], (guint)group, subject, audience);
}

gint64 plx_collected_rest(const struct plx_collected *collected, guint audience, guint32 subject)
{
    if (collected->rest_table == PLX_NO_TABLE)
        return 0;
    const struct plx_table *const table = &collected->answer->tables[collected->rest_table];
    const struct plx_cell *const cell =
        table->n_groups ? plx_table_cell(table, 0, subject, audience) : NULL;
    const struct plx_tally *const tally = cell ? plx_cell_tally(cell, PLX_MEASURE_BELIEVED) : NULL;
    return tally ? (gint64)tally->persons : 0;
}

/* What is asked first ----------------------------------------------------------------------- */

struct plx_first_needs {
    plx_question *question;
    struct plx_collected *collected;
    struct round round;
};

struct plx_first_needs *plx_first_needs_new(plx_question *question)
{
    struct plx_first_needs *const first = g_new0(struct plx_first_needs, 1);
    first->question = question;
    first->collected = g_new0(struct plx_collected, 1);
    first->collected->question = question;
    first->collected->keys = g_ptr_array_new();
    plan_sides(first->collected);
    round_init(&first->round, question->map->n_audiences);
    plan_round(first->collected, &first->round);
    return first;
}

void plx_first_needs_free(struct plx_first_needs *first)
{
    if (!first)
        return;
    round_clear(&first->round);
    plx_collected_free(first->collected);
    plx_question_free(first->question);
    g_free(first);
}

const struct plx_need *plx_first_needs_get(const struct plx_first_needs *first, guint *n)
{
    *n = first->round.needs->len;
    return (const struct plx_need *)(void *)first->round.needs->data;
}
