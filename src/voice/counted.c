/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that were counted before, into a worker's cells: what part.c does with rows. */

#include "base/error.h"
#include "voice/settled.h"

#define UNIT_SQUARED ((plx_u128)PLX_WEIGHT_ONE * PLX_WEIGHT_ONE)

/* What begins a group looks at whether columns are there, not into them. */
static struct plx_batch with_columns(const struct plx_counted *counted)
{
    static const gint8 no_value;
    static const guint64 no_weight;
    struct plx_batch batch = *counted->cells;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        batch.measure[m] = counted->measure[m] ? &no_value : NULL;
    batch.weight = counted->weighted ? &no_weight : NULL;
    return batch;
}

static inline void add(struct plx_cells *cells, guint32 cell, guint slot, guint32 n)
{
    guint8 *const counter = cells->counts.data + (gsize)cell * cells->stride + slot;
    const guint64 sum = *counter + (guint64)n;
    *counter = (guint8)sum;
    if (G_UNLIKELY(sum > G_MAXUINT8))
        plx_cells_spill(cells, cell, slot, (gint64)(sum - (guint8)sum));
}

static inline void weigh(struct plx_cells *cells, gsize at,
                         const struct plx_counted_measure *measure, gsize i)
{
    guint64 *const w = (guint64 *)(gpointer)cells->w.data;
    plx_u128 *const w2 = (plx_u128 *)(gpointer)cells->w2.data;
    w[at] += measure->w ? measure->w[i] : measure->n[i] * PLX_WEIGHT_ONE;
    w2[at] += measure->w ? (plx_u128)(measure->w2_high ? measure->w2_high[i] : 0) << 64 |
                               measure->w2_low[i]
                         : measure->n[i] * UNIT_SQUARED;
}

static inline void add_pair(struct plx_cells *cells, guint32 cell, guint slot, guint32 n)
{
    const gsize at = (gsize)cell * cells->stride + slot;
    add(cells, cell, slot, n);
    if (!cells->weighted)
        return;
    ((guint64 *)(gpointer)cells->w.data)[at] += n * PLX_WEIGHT_ONE;
    ((plx_u128 *)(gpointer)cells->w2.data)[at] += n * UNIT_SQUARED;
}

/* Some cells from `from` on of one measure; cell[i] is where cell from + i counts. */
struct span {
    const struct plx_counted *counted;
    guint32 from;
    guint n;
    const guint32 *cell;
};

static inline guint32 audience_of(const struct plx_batch *batch, guint32 i)
{
    const guint32 *const column = batch->dim[PLX_DIM_AUDIENCE];
    return column ? column[i] : batch->dim_constant[PLX_DIM_AUDIENCE];
}

/* Where the map of today counts a value; those off its scale are empty. */
static void count_value(struct plx_cells *cells, const struct span *span, guint base,
                        const guint8 *slots, const struct plx_counted_measure *measure, guint v)
{
    const struct plx_batch *const batch = span->counted->cells;
    const guint8 value = v < measure->k    ? (guint8)(measure->min + (gint)v)
                         : v == measure->k ? (guint8)PLX_CELL_NA
                                           : (guint8)PLX_CELL_DECLINED;
    for (guint i = 0; i < span->n; i++) {
        const gsize at = (gsize)v * batch->n + span->from + i;
        if (span->cell[i] == PLX_NO_CELL || measure->n[at] == 0)
            continue;
        const guint slot = base + slots[audience_of(batch, span->from + i) * 256 + value];
        add(cells, span->cell[i], slot, measure->n[at]);
        if (cells->weighted && v < measure->k)
            weigh(cells, (gsize)span->cell[i] * cells->stride + slot, measure, at);
    }
}

/* Rows of which nothing else was counted; `measure` NULL: all of them. */
static void count_rest(struct plx_cells *cells, const struct span *span, guint slot,
                       const struct plx_counted_measure *measure)
{
    const gsize n_cells = span->counted->cells->n;
    for (guint i = 0; i < span->n; i++) {
        guint32 rest = span->counted->rows[span->from + i];
        for (guint v = 0; measure && v < measure->k + 2; v++)
            rest -= measure->n[v * n_cells + span->from + i];
        if (span->cell[i] != PLX_NO_CELL && rest)
            add(cells, span->cell[i], slot, rest);
    }
}

static void count_group(const struct plx_part *part, guint g, const struct span *span)
{
    struct plx_part_group *const group = &part->groups[g];
    const struct plx_count_plan *const plan = part->plan;
    const gboolean any = plan->groups[g].first_unseen; /* one place for all values */
    const guint first = plx_part_first_measure(group);
    if (first == PLX_MEASURES_MAX)
        count_rest(&group->cells, span, (guint)group->rows_base, NULL);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        const struct plx_counted_measure *const measure = span->counted->measure[m];
        if (group->base[m] < 0 || (!measure && m != first))
            continue;
        const guint base = (guint)group->base[m];
        for (guint v = 0; measure && v < measure->k + 2; v++)
            count_value(&group->cells, span, base, any ? plan->slot_any[m] : plan->slot[m], measure,
                        v);
        count_rest(&group->cells, span, base + (any ? 1 : plan->width[m]) + 2, measure);
    }
}

/* The first day and the last: no other is asked for. */
static void count_days(struct plx_part *part, const struct plx_counted *counted)
{
    const struct plx_batch *const batch = counted->cells;
    const struct plx_count_plan *const plan = part->plan;
    const guint first = plan->n_groups ? plan->group_of_need[0] : 0;
    const guint8 *const mask =
        plan->n_groups && plan->groups[first].filter ? part->groups[first].mask : NULL;
    for (guint32 i = 0; i < batch->n; i++) {
        const gboolean timed = batch->day && batch->day[i] != PLX_NO_DAY;
        part->rows += counted->rows[i];
        part->without_time += timed ? 0 : counted->rows[i];
        if (!timed || (mask && !mask[i]))
            continue;
        const guint32 places[] = {plx_calendar_day(batch->day[i]),
                                  plx_calendar_day(counted->last_day[i])};
        for (guint p = 0; p < G_N_ELEMENTS(places); p++)
            if (places[p] != G_MAXUINT32)
                (*plx_calendar_at(&part->days, places[p]))++;
    }
}

gboolean plx_part_add_counted(struct plx_part *part, const struct plx_counted *counted,
                              GError **error)
{
    const struct plx_count_plan *const plan = part->plan;
    const struct plx_batch batch = with_columns(counted);
    for (guint g = 0; g < plan->n_groups; g++) {
        if (plan->groups[g].stream != PLX_NO_STREAM)
            return plx_error(error, PLX_ERROR_BUG, "counts cannot tell who answered");
        if (!plx_part_begin_group(part, g, &batch, part->fields[g], error))
            return FALSE;
    }
    for (guint32 from = 0; from < batch.n; from += PLX_CELL_BLOCK) {
        struct span span = {counted, from, MIN(PLX_CELL_BLOCK, batch.n - from), NULL};
        for (guint g = 0; g < plan->n_groups; g++) {
            struct plx_part_group *const group = &part->groups[g];
            plx_cells_find(&group->cells, part->fields[g], from, span.n,
                           plan->groups[g].filter ? group->mask + from : NULL, group->cell);
            span.cell = group->cell;
            count_group(part, g, &span);
        }
    }
    count_days(part, counted);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        part->measures |= counted->measure[m] ? 1u << m : 0;
    return TRUE;
}

/* Rows of which it is known who said them ----------------------------------------------------- */

static void count_pairs(const struct plx_part *part, guint g, const struct span *span,
                        guint32 *const *pairs)
{
    struct plx_part_group *const group = &part->groups[g];
    const GArray *const planned = part->plan->groups[g].pairs;
    const gsize n_cells = span->counted->cells->n;
    for (guint p = 0; p < planned->len; p++) {
        const struct plx_count_pair *const pair = &g_array_index(planned, struct plx_count_pair, p);
        const guint wide = part->plan->width[pair->first] * part->plan->width[pair->second];
        if (group->pair_base[p] < 0 || !pairs[p])
            continue;
        for (guint slot = 0; slot < wide; slot++)
            for (guint i = 0; i < span->n; i++) {
                const guint32 n = pairs[p][slot * n_cells + span->from + i];
                if (n)
                    add_pair(&group->cells, span->cell[i], (guint)group->pair_base[p] + slot, n);
            }
    }
}

static void take_days(struct plx_part *part, const struct plx_settled *settled)
{
    const guint32 places[] = {plx_calendar_day(settled->first_day),
                              plx_calendar_day(settled->last_day)};
    if (part->plan->group_of_need[0] != settled->g || settled->first_day == PLX_NO_DAY)
        return;
    for (guint p = 0; p < G_N_ELEMENTS(places); p++)
        if (places[p] != G_MAXUINT32)
            (*plx_calendar_at(&part->days, places[p]))++;
}

gboolean plx_part_add_settled(struct plx_part *part, const struct plx_settled *settled,
                              guint32 *cell, GError **error)
{
    const guint g = settled->g;
    struct plx_part_group *const group = &part->groups[g];
    const struct plx_counted *const counted = &settled->counted;
    const struct plx_batch batch = with_columns(counted);
    if (!plx_part_begin_group(part, g, &batch, part->fields[g], error))
        return FALSE;
    for (guint32 from = 0; from < batch.n; from += PLX_CELL_BLOCK) {
        struct span span = {counted, from, MIN(PLX_CELL_BLOCK, batch.n - from), group->cell};
        plx_cells_find(&group->cells, part->fields[g], from, span.n, NULL, group->cell);
        count_group(part, g, &span);
        count_pairs(part, g, &span, settled->pairs);
        for (guint i = 0; i < span.n; i++) {
            cell[from + i] = group->cell[i];
            part->rows += counted->rows[from + i];
        }
    }
    take_days(part, settled);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        part->measures |= counted->measure[m] ? 1u << m : 0;
    return TRUE;
}
