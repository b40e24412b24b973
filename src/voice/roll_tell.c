/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was counted by class of rows and kind of runs, as cells and units: to the counting sink. */

#include "voice/roll_count.h"

#include <string.h>

/* Cells on their way: some of those that have rows. */
struct telling {
    const struct plx_roll_asking *asking;
    const plx_roll *roll;
    const guint32 *rows; /* of all hands */
    GArray *alive;       /* guint32: our cells that have rows */
    guint32 *at;         /* by our cell: where it is in alive */
    guint32 *cell;       /* by our cell: the part's */
    guint from, n;       /* in alive: at hand */
    struct plx_batch batch;
    struct plx_settled settled;
    struct plx_counted_measure measure[PLX_MEASURES_MAX];
    GPtrArray *memory;
};

static guint32 *room(const struct telling *t, gsize n)
{
    guint32 *const out = g_new0(guint32, n + 1);
    g_ptr_array_add(t->memory, out);
    return out;
}

/* Together ----------------------------------------------------------------------------------- */

static void add_counters(guint32 *to, const guint32 *from, gsize n)
{
    for (gsize i = 0; i < n; i++)
        to[i] += from[i];
}

static void join_hands(const struct plx_roll_asking *asking)
{
    const plx_roll *const roll = asking->roll;
    struct plx_roll_hand *const all = &asking->hands[0];
    const gsize n = asking->splits.n_groups;
    for (guint t = 1; t < asking->n_hands; t++) {
        const struct plx_roll_hand *const hand = &asking->hands[t];
        add_counters(all->rows, hand->rows, n * roll->n_classes);
        add_counters(all->people, hand->people, n * roll->n_kinds);
        add_counters(all->persons, hand->persons, n * roll->n_kinds);
        add_counters(all->meets, hand->meets, n * roll->n_kinds);
        if (hand->first_day == PLX_NO_DAY)
            continue;
        all->first_day =
            all->first_day == PLX_NO_DAY ? hand->first_day : MIN(all->first_day, hand->first_day);
        all->last_day =
            all->last_day == PLX_NO_DAY ? hand->last_day : MAX(all->last_day, hand->last_day);
    }
}

/* Units of whom one run passes are one person and one encounter. */
static void add_kinds(const struct plx_roll_asking *asking, guint32 group, guint32 number)
{
    const struct plx_roll_kind *const kind = &asking->roll->kinds[number];
    struct plx_roll_hand *const all = &asking->hands[0];
    struct plx_unit_sums *const sums = &all->sums;
    const plx_map *const map = asking->plan->map;
    const gsize at = (gsize)group * asking->roll->n_kinds + number;
    const gsize row = (gsize)group * map->n_audiences + kind->audience - 1;
    const guint32 measures = asking->places[kind->values];
    for (guint j = 0; sums->people && j < sums->n_measures; j++)
        if (measures >> j & 1)
            sums->people[row * sums->n_measures + j] += all->people[at] + all->persons[at];
    if (!sums->journeys || !(kind->journeys & PLX_ROLL_SOME))
        return;
    const gsize first = row * (map->n_journeys + 1);
    const guint64 n = (guint64)all->people[at] + all->meets[at];
    sums->journeys[first + map->n_journeys] += n;
    for (guint64 left = kind->journeys & ~PLX_ROLL_SOME; left; left &= left - 1)
        sums->journeys[first + (guint)__builtin_ctzll(left)] += n;
}

/* Cells -------------------------------------------------------------------------------------- */

static void find_alive(struct telling *t)
{
    const plx_roll *const roll = t->roll;
    const guint32 n_ours = t->asking->cells->n_cells;
    guint32 *const counted = room(t, n_ours);
    for (guint32 g = 0; g < t->asking->splits.n_groups; g++)
        for (guint32 c = 0; c < roll->n_classes; c++)
            if (roll->classes[c].cell != PLX_NO_CELL)
                counted[g * roll->n_cells + roll->classes[c].cell] +=
                    t->rows[(gsize)g * roll->n_classes + c];
    t->at = room(t, n_ours);
    for (guint32 i = 0; i < n_ours; i++) {
        t->at[i] = t->alive->len;
        if (counted[i])
            g_array_append_val(t->alive, i);
        else
            t->at[i] = PLX_NO_CELL;
    }
}

/* What the cells at hand have in common. */
static void fill_batch(struct telling *t)
{
    const struct plx_roll_splits *const splits = &t->asking->splits;
    const struct plx_roll_cell *const cells = t->roll->cells;
    guint32 *const audience = room(t, t->n), *const subject = room(t, t->n);
    t->batch = (struct plx_batch){.n = t->n, .dims = t->asking->dims};
    t->batch.dim[PLX_DIM_AUDIENCE] = audience;
    t->batch.dim[PLX_DIM_SUBJECT] = subject;
    for (guint i = 0; i < t->n; i++) {
        const guint32 ours = g_array_index(t->alive, guint32, t->from + i);
        audience[i] = cells[ours % t->roll->n_cells].audience;
        subject[i] = cells[ours % t->roll->n_cells].subject;
    }
    for (guint s = 0; s < splits->n; s++) {
        guint32 *const code = room(t, t->n);
        for (guint i = 0; i < t->n; i++)
            code[i] = plx_roll_splits_code(
                splits, s, g_array_index(t->alive, guint32, t->from + i) / t->roll->n_cells);
        if (splits->split[s].kind == PLX_SPLIT_MONTH)
            t->batch.month = (const gint32 *)code;
        else if (splits->split[s].dim < PLX_DIMS_MAX)
            t->batch.dim[splits->split[s].dim] = code;
    }
}

static void fill_measure(struct telling *t, guint m)
{
    const plx_map *const map = t->asking->plan->map;
    gint min = G_MAXINT, max = G_MININT;
    if (!(t->roll->columns >> m & 1))
        return;
    t->settled.counted.measure[m] = &t->measure[m];
    t->measure[m] = (struct plx_counted_measure){0, 0, NULL, NULL, NULL, NULL};
    for (guint a = 0; t->asking->place[m] >= 0 && a < map->n_audiences; a++) {
        min = MIN(min, plx_map_scale(map, m, a)->min);
        max = MAX(max, plx_map_scale(map, m, a)->max);
    }
    const guint k = min <= max ? (guint)(max - min) + 1 : 0;
    t->measure[m].min = (gint8)(k ? min : 0);
    t->measure[m].k = k;
    t->measure[m].n = room(t, ((gsize)k + 2) * t->n);
}

static void fill_heads(struct telling *t)
{
    const struct plx_roll_asking *const asking = t->asking;
    const GArray *const pairs = asking->group->pairs;
    t->settled = (struct plx_settled){.g = asking->g,
                                      .first_day = asking->hands[0].first_day,
                                      .last_day = asking->hands[0].last_day};
    t->settled.counted.cells = &t->batch;
    t->settled.counted.rows = room(t, t->n);
    t->settled.counted.weighted = t->roll->weighted;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        fill_measure(t, m);
    t->settled.pairs = g_new0(guint32 *, pairs->len + 1);
    g_ptr_array_add(t->memory, t->settled.pairs);
    for (guint p = 0; p < pairs->len; p++) {
        const struct plx_count_pair *const pair = &g_array_index(pairs, struct plx_count_pair, p);
        if (asking->place[pair->first] >= 0 && asking->place[pair->second] >= 0)
            t->settled.pairs[p] = room(t, (gsize)asking->plan->width[pair->first] *
                                              asking->plan->width[pair->second] * t->n);
    }
}

static void add_value(const struct telling *t, const struct plx_roll_class *class, guint h, guint i,
                      guint32 n)
{
    const struct plx_counted_measure *const measure = &t->measure[t->roll->held[h]];
    const gint8 value = class->value[h];
    if (!t->settled.counted.measure[t->roll->held[h]] || value == PLX_CELL_EMPTY)
        return;
    const guint v = value == PLX_CELL_NA         ? measure->k
                    : value == PLX_CELL_DECLINED ? measure->k + 1
                                                 : (guint)(value - measure->min);
    ((guint32 *)(guintptr)measure->n)[(gsize)v * t->n + i] += n;
}

static void add_pairs(const struct telling *t, const struct plx_roll_class *class, guint i,
                      guint32 n)
{
    const struct plx_count_plan *const plan = t->asking->plan;
    const GArray *const pairs = t->asking->group->pairs;
    for (guint p = 0; p < pairs->len; p++) {
        const struct plx_count_pair *const pair = &g_array_index(pairs, struct plx_count_pair, p);
        if (!t->settled.pairs[p])
            continue;
        const guint8 first = (guint8) class->value[t->asking->place[pair->first]];
        const guint8 second = (guint8) class->value[t->asking->place[pair->second]];
        const guint a = plan->slot[pair->first][class->audience * 256 + first];
        const guint b = plan->slot[pair->second][class->audience * 256 + second];
        if (a < plan->width[pair->first] && b < plan->width[pair->second])
            t->settled.pairs[p][((gsize)a * plan->width[pair->second] + b) * t->n + i] += n;
    }
}

static void fill_counts(const struct telling *t)
{
    const plx_roll *const roll = t->roll;
    for (guint32 g = 0; g < t->asking->splits.n_groups; g++)
        for (guint32 c = 0; c < roll->n_classes; c++) {
            const struct plx_roll_class *const class = &roll->classes[c];
            const guint32 n = t->rows[(gsize)g * roll->n_classes + c];
            if (n == 0 || class->cell == PLX_NO_CELL)
                continue;
            const guint i = t->at[g * roll->n_cells + class->cell] - t->from;
            if (i >= t->n)
                continue; /* of other cells than those at hand */
            ((guint32 *)(guintptr)t->settled.counted.rows)[i] += n;
            for (guint h = 0; h < roll->n_held; h++)
                add_value(t, class, h, i, n);
            add_pairs(t, class, i, n);
        }
}

/* Some cells; none still say which columns there are. */
static gboolean tell_cells(struct telling *t, plx_sink *sink, GError **error)
{
    fill_batch(t);
    fill_heads(t);
    fill_counts(t);
    guint32 *const cell = room(t, t->n);
    const gboolean ok = plx_count_sink_add_settled(sink, &t->settled, cell, error);
    for (guint i = 0; ok && i < t->n; i++)
        t->cell[g_array_index(t->alive, guint32, t->from + i)] = cell[i];
    return ok;
}

/* Units -------------------------------------------------------------------------------------- */

static void tell_units(const struct telling *t, plx_sink *sink)
{
    const struct plx_roll_asking *const asking = t->asking;
    const gsize n_ours = asking->cells->n_cells;
    if (asking->group->stream == PLX_NO_STREAM)
        return;
    for (guint32 g = 0; g < asking->splits.n_groups; g++)
        for (guint32 k = 0; !asking->group->first_unseen && k < asking->roll->n_kinds; k++)
            add_kinds(asking, g, k);
    for (guint h = 0; h < asking->n_hands; h++) {
        struct plx_settled_units *const units = g_new0(struct plx_settled_units, 1);
        units->g = asking->g;
        units->sums = asking->hands[h].sums;
        units->n_groups = asking->splits.n_groups;
        units->n_cells = asking->roll->n_cells;
        units->cell = g_memdup2(t->cell, (n_ours + 1) * sizeof *units->cell);
        plx_count_sink_add_settled_units(sink, asking->dims, units);
    }
}

gboolean plx_roll_tell(struct plx_roll_asking *asking, plx_sink *sink, GError **error)
{
    struct telling t = {.asking = asking,
                        .roll = asking->roll,
                        .rows = asking->hands[0].rows,
                        .alive = g_array_new(FALSE, FALSE, sizeof(guint32)),
                        .memory = g_ptr_array_new_with_free_func(g_free)};
    join_hands(asking);
    find_alive(&t);
    t.cell = room(&t, asking->cells->n_cells);
    for (guint32 i = 0; i < asking->cells->n_cells; i++)
        t.cell[i] = PLX_NO_CELL;
    gboolean ok = TRUE;
    do {
        t.n = MIN(PLX_BATCH_ROWS, t.alive->len - t.from);
        ok = tell_cells(&t, sink, error);
        t.from += t.n;
    } while (ok && t.from < t.alive->len);
    tell_units(&t, sink);
    g_array_unref(t.alive);
    g_ptr_array_unref(t.memory);
    return ok;
}
