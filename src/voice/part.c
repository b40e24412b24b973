/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/part.h"

#include "base/error.h"

struct plx_part *plx_part_new(const struct plx_count_plan *plan, guint worker,
                              const struct plx_dims *dims)
{
    struct plx_part *part = g_new0(struct plx_part, 1);
    part->plan = plan;
    part->worker = worker;
    part->dims = dims;
    part->groups = g_new0(struct plx_part_group, plan->n_groups);
    part->fields = g_malloc0_n(plan->n_groups, sizeof *part->fields);
    for (guint g = 0; g < plan->n_groups; g++) {
        struct plx_part_group *group = &part->groups[g];
        const struct plx_count_group *planned = &plan->groups[g];
        plx_cells_init(&group->cells, 2 + planned->n_splits, planned->stream == PLX_NO_STREAM);
        group->rows_base = -1;
        for (guint m = 0; m < PLX_MEASURES_MAX; m++)
            group->base[m] = -1;
        group->first_measure = PLX_MEASURES_MAX;
        group->pair_base = g_new(gint, planned->pairs->len);
        for (guint p = 0; p < planned->pairs->len; p++)
            group->pair_base[p] = -1;
        for (guint s = 0; s < planned->n_splits; s++)
            if (planned->splits[s].kind != PLX_SPLIT_DIM)
                group->times[s] = plx_time_codes_new(planned->splits[s].kind);
    }
    part->streams = g_new0(struct plx_records, plan->n_streams);
    for (guint s = 0; s < plan->n_streams; s++)
        plx_records_init(&part->streams[s], &part->slabs);
    plx_records_init(&part->encounters, &part->slabs);
    plx_records_init(&part->respondents, &part->slabs);
    return part;
}

void plx_part_free(struct plx_part *part)
{
    if (!part)
        return;
    for (guint g = 0; g < part->plan->n_groups; g++) {
        struct plx_part_group *group = &part->groups[g];
        plx_cells_clear(&group->cells);
        for (guint s = 0; s < PLX_SPLITS_MAX; s++) {
            plx_time_codes_free(group->times[s]);
            g_free(group->time_column[s]);
        }
        g_free(group->pair_base);
        g_free(group->mask);
    }
    for (guint s = 0; s < part->plan->n_streams; s++)
        plx_records_clear(&part->streams[s]);
    plx_records_clear(&part->encounters);
    plx_records_clear(&part->respondents);
    plx_slabs_free(&part->slabs);
    plx_pages_free(&part->packed);
    plx_calendar_clear(&part->days);
    g_free(part->days_mask);
    g_free(part->streams);
    g_free(part->groups);
    g_free(part->fields);
    g_free(part);
}

/* Counters for measures and pairs that this batch is the first to have. */
static void widen(struct plx_part *part, guint g, const struct plx_batch *batch)
{
    struct plx_part_group *group = &part->groups[g];
    const struct plx_count_group *planned = &part->plan->groups[g];
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (!(planned->measures >> m & 1) || !batch->measure[m] || group->base[m] >= 0)
            continue;
        group->base[m] =
            (gint)plx_cells_widen(&group->cells, plx_count_width(part->plan, planned, m));
    }
    gboolean any = group->rows_base >= 0;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        any |= group->base[m] >= 0;
    if (!any)
        group->rows_base = (gint)plx_cells_widen(&group->cells, 1);
    for (guint p = 0; p < planned->pairs->len; p++) {
        const struct plx_count_pair *pair =
            &g_array_index(planned->pairs, struct plx_count_pair, p);
        if (group->pair_base[p] >= 0 || planned->first_unseen || !batch->measure[pair->first] ||
            !batch->measure[pair->second])
            continue;
        group->pair_base[p] = (gint)plx_cells_widen(
            &group->cells, part->plan->width[pair->first] * part->plan->width[pair->second]);
    }
}

static struct plx_cell_field dim_field(const struct plx_part *part, const struct plx_batch *batch,
                                       guint dim)
{
    struct plx_cell_field field = {.size = 1};
    if (dim == PLX_DIMS_MAX)
        return field;
    field.column = batch->dim[dim];
    field.constant = batch->dim_constant[dim];
    if (dim == PLX_DIM_AUDIENCE)
        field.size = part->plan->map->n_audiences + 1;
    else if (dim == PLX_DIM_SUBJECT)
        field.size = part->dims->subjects->len;
    else if (part->dims->dict[dim])
        field.size = plx_dict_size(part->dims->dict[dim]);
    return field;
}

static struct plx_cell_field time_field(struct plx_part_group *group, guint split,
                                        const struct plx_batch *batch)
{
    if (!group->time_column[split])
        group->time_column[split] = g_new(guint32, PLX_BATCH_ROWS);
    plx_time_codes_run(group->times[split], batch->day, batch->month, batch->n,
                       group->time_column[split]);
    return (struct plx_cell_field){.column = group->time_column[split],
                                   .size = group->times[split]->places->len};
}

gboolean plx_part_begin_group(struct plx_part *part, guint g, const struct plx_batch *batch,
                              struct plx_cell_field *fields, GError **error)
{
    struct plx_part_group *group = &part->groups[g];
    const struct plx_count_group *planned = &part->plan->groups[g];
    widen(part, g, batch);
    if (batch->weight)
        plx_cells_weigh(&group->cells, PLX_WEIGHT_ONE);
    fields[0] = dim_field(part, batch, PLX_DIM_AUDIENCE);
    fields[1] = dim_field(part, batch, PLX_DIM_SUBJECT);
    for (guint s = 0; s < planned->n_splits; s++) {
        const struct plx_split *split = &planned->splits[s];
        fields[2 + s] =
            split->kind == PLX_SPLIT_DIM
                ? dim_field(part, batch, plx_dims_find(part->dims, split->dim, split->segment))
                : time_field(group, s, batch);
    }
    if (!plx_cells_fit(&group->cells, fields))
        return plx_error(error, PLX_ERROR_USAGE,
                         "too many different values to split by %u keys at once: split by fewer",
                         planned->n_splits);
    if (!planned->filter && !(planned->first_unseen && batch->seen))
        return TRUE;
    if (!group->mask)
        group->mask = g_malloc(PLX_BATCH_ROWS);
    plx_filter_run(planned->filter, batch, group->mask);
    for (guint32 i = 0; planned->first_unseen && batch->seen && i < batch->n; i++)
        group->mask[i] &= batch->seen[i] != 1;
    return TRUE;
}

struct column {
    const guint32 *audience; /* or NULL: the constant */
    guint32 constant;
    const gint8 *values;   /* NULL: no column, all empty */
    const guint64 *weight; /* NULL: one */
    const guint8 *slot;
};

static inline guint slot_of(const struct column *column, guint32 row)
{
    guint32 audience = column->audience ? column->audience[row] : column->constant;
    return column
        ->slot[audience * 256 + (guint8)(column->values ? column->values[row] : PLX_CELL_EMPTY)];
}

static void count_weights(struct plx_cells *cells, const guint32 *cell, guint n, guint base,
                          const struct column *column, gboolean back)
{
    guint64 *w = (guint64 *)(gpointer)cells->w.data;
    plx_u128 *w2 = (plx_u128 *)(gpointer)cells->w2.data;
    for (guint i = 0; i < n; i++) {
        if (cell[i] == PLX_NO_CELL)
            continue;
        gsize at = (gsize)cell[i] * cells->stride + base + slot_of(column, i);
        guint64 weight = column->weight ? column->weight[i] : PLX_WEIGHT_ONE;
        plx_u128 square = (plx_u128)weight * weight;
        w[at] += back ? -weight : weight;
        w2[at] += back ? -square : square;
    }
}

/* Rows one by one, with all they need in registers: counters are bytes, which might be anything to
 * the compiler. */
static void count(struct plx_cells *cells, const guint32 *cell, guint n, guint base,
                  const struct column *column, gboolean back)
{
    const struct column from = *column;
    guint8 *const counts = cells->counts.data;
    const gsize stride = cells->stride;
    for (guint i = 0; !back && i < n; i++) {
        if (G_UNLIKELY(cell[i] == PLX_NO_CELL))
            continue;
        const guint slot = base + slot_of(&from, i);
        plx_cells_up(cells, counts + cell[i] * stride + slot, cell[i], slot);
    }
    for (guint i = 0; back && i < n; i++) {
        if (cell[i] == PLX_NO_CELL)
            continue;
        const guint slot = base + slot_of(&from, i);
        plx_cells_down(cells, counts + cell[i] * stride + slot, cell[i], slot);
    }
    if (cells->weighted)
        count_weights(cells, cell, n, base, column, back);
}

/* Counters of pairs of values, by first and second. */
struct pair_slots {
    guint base, wide_a, wide_b;
};

/* The counter of a row's two values; *both: neither is missing. */
static inline guint slot_of_pair(const struct pair_slots *slots, const struct column *a,
                                 const struct column *b, guint32 row, gboolean *both)
{
    const guint slot_a = slot_of(a, row), slot_b = slot_of(b, row);
    *both = (slot_a < slots->wide_a) & (slot_b < slots->wide_b);
    return slots->base + slot_a * slots->wide_b + slot_b;
}

static void weigh_pair(struct plx_part_group *group, const struct pair_slots *slots,
                       const struct column *a, const struct column *b, guint n, gboolean back)
{
    struct plx_cells *cells = &group->cells;
    guint64 *w = (guint64 *)(gpointer)cells->w.data;
    plx_u128 *w2 = (plx_u128 *)(gpointer)cells->w2.data;
    for (guint i = 0; i < n; i++) {
        gboolean both;
        const guint slot = slot_of_pair(slots, a, b, i, &both);
        if (!both || group->cell[i] == PLX_NO_CELL)
            continue;
        const gsize at = (gsize)group->cell[i] * cells->stride + slot;
        guint64 weight = a->weight ? a->weight[i] : PLX_WEIGHT_ONE;
        plx_u128 square = (plx_u128)weight * weight;
        w[at] += back ? -weight : weight;
        w2[at] += back ? -square : square;
    }
}

/* Nobody can foretell which rows have both values, so there is no branch for it: to those that do
 * not, nothing is added. */
static void count_pair(struct plx_part_group *group, const struct pair_slots *slots,
                       const struct column *a, const struct column *b, guint n, gboolean back)
{
    struct plx_cells *cells = &group->cells;
    const struct pair_slots pair = *slots;
    const struct column first = *a, second = *b;
    guint8 *const counts = cells->counts.data;
    const gsize stride = cells->stride;
    const guint8 one = back ? G_MAXUINT8 : 1, edge = back ? 0 : G_MAXUINT8;
    for (guint i = 0; i < n && cells->n > 0; i++) {
        const guint32 cell = group->cell[i];
        gboolean both;
        const guint slot = slot_of_pair(&pair, &first, &second, i, &both);
        const gsize counted = -(gsize)(both & (cell != PLX_NO_CELL)); /* all ones or none */
        guint8 *const counter = counts + ((cell * stride + slot) & counted);
        const guint8 before = *counter;
        *counter = (guint8)(before + (one & counted));
        if (G_UNLIKELY(((guint8)(before ^ edge) | ~counted) == 0))
            plx_cells_spill(cells, cell, slot, back ? -256 : 256);
    }
    if (cells->weighted)
        weigh_pair(group, slots, a, b, n, back);
}

static struct column column_of(const struct plx_part *part, const struct plx_count_group *planned,
                               const struct plx_batch *batch, guint measure, guint32 from)
{
    const guint32 *audience = batch->dim[PLX_DIM_AUDIENCE];
    const gint8 *values = batch->measure[measure];
    return (struct column){
        .audience = audience ? audience + from : NULL,
        .constant = batch->dim_constant[PLX_DIM_AUDIENCE],
        .values = values ? values + from : NULL,
        .weight = batch->weight ? batch->weight + from : NULL,
        .slot = planned->first_unseen ? part->plan->slot_any[measure] : part->plan->slot[measure],
    };
}

static void count_rows(struct plx_cells *cells, const guint32 *cell, guint n, guint base,
                       gboolean back)
{
    guint8 *counts = cells->counts.data;
    for (guint i = 0; i < n; i++) {
        if (cell[i] == PLX_NO_CELL)
            continue;
        guint8 *const counter = counts + (gsize)cell[i] * cells->stride + base;
        if (back)
            plx_cells_down(cells, counter, cell[i], base);
        else
            plx_cells_up(cells, counter, cell[i], base);
    }
}

guint plx_part_first_measure(struct plx_part_group *group)
{
    for (guint m = 0; group->first_measure == PLX_MEASURES_MAX && m < PLX_MEASURES_MAX; m++)
        if (group->base[m] >= 0)
            group->first_measure = m;
    return group->first_measure;
}

/* Every row is counted once by the first measure the group has; rows of batches before there was
 * one, or without any, by a counter of their own. */
static void count_group(struct plx_part *part, guint g, const struct plx_batch *batch, guint32 from,
                        guint n, gboolean back)
{
    struct plx_part_group *group = &part->groups[g];
    const struct plx_count_group *planned = &part->plan->groups[g];
    const guint first = plx_part_first_measure(group);
    if (first == PLX_MEASURES_MAX)
        count_rows(&group->cells, group->cell, n, (guint)group->rows_base, back);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (group->base[m] < 0 || (!batch->measure[m] && m != first))
            continue;
        const struct column column = column_of(part, planned, batch, m, from);
        count(&group->cells, group->cell, n, (guint)group->base[m], &column, back);
    }
    for (guint p = 0; p < planned->pairs->len; p++) {
        const struct plx_count_pair *pair =
            &g_array_index(planned->pairs, struct plx_count_pair, p);
        if (group->pair_base[p] < 0 || !batch->measure[pair->first] ||
            !batch->measure[pair->second])
            continue;
        const struct column a = column_of(part, planned, batch, pair->first, from);
        const struct column b = column_of(part, planned, batch, pair->second, from);
        const struct pair_slots slots = {(guint)group->pair_base[p], part->plan->width[pair->first],
                                         part->plan->width[pair->second]};
        count_pair(group, &slots, &a, &b, n, back);
    }
}

/* Days are counted, not just compared, so that rows can be taken back. */
static void count_days(struct plx_part *part, const struct plx_batch *batch, gboolean back)
{
    if (!batch->day) {
        part->without_time += back ? -(guint64)batch->n : batch->n;
        return;
    }
    const struct plx_count_plan *plan = part->plan;
    const plx_filter *filter = plan->n_groups ? plan->groups[plan->group_of_need[0]].filter : NULL;
    if (filter && !part->days_mask)
        part->days_mask = g_malloc(PLX_BATCH_ROWS);
    if (filter)
        plx_filter_run(filter, batch, part->days_mask);
    guint64 without = 0;
    for (guint32 i = 0, to; i < batch->n; i = to) {
        gint32 day = batch->day[i];
        guint32 n = 0;
        for (to = i; to < batch->n && batch->day[to] == day; to++)
            n += !filter || part->days_mask[to];
        guint32 place = day == PLX_NO_DAY ? G_MAXUINT32 : plx_calendar_day(day);
        without += day == PLX_NO_DAY ? to - i : 0;
        if (place != G_MAXUINT32 && n)
            *plx_calendar_at(&part->days, place) += back ? -n : n;
    }
    part->without_time += back ? -without : without;
}

gboolean plx_part_add(struct plx_part *part, const struct plx_batch *given, gboolean back,
                      GError **error)
{
    const struct plx_count_plan *plan = part->plan;
    struct plx_batch room;
    const struct plx_batch *batch = plx_part_flags(part, given, &room);
    struct plx_cell_field(*fields)[PLX_CELL_FIELDS] = part->fields;
    for (guint g = 0; g < plan->n_groups; g++)
        if (!plx_part_begin_group(part, g, batch, fields[g], error))
            return FALSE;
    if (batch->unit && !plan->leaves_totals)
        plx_part_begin_keys(part, batch);
    for (guint32 from = 0; from < batch->n; from += PLX_CELL_BLOCK) {
        guint n = MIN(PLX_CELL_BLOCK, batch->n - from);
        for (guint g = 0; g < plan->n_groups; g++) {
            struct plx_part_group *group = &part->groups[g];
            const struct plx_count_group *planned = &plan->groups[g];
            gboolean masked = planned->filter || (planned->first_unseen && batch->seen);
            plx_cells_find(&group->cells, fields[g], from, n, masked ? group->mask + from : NULL,
                           group->cell);
            count_group(part, g, batch, from, n, back);
        }
        if (batch->unit)
            plx_part_add_units(part, batch, from, n, back);
    }
    count_days(part, batch, back);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        part->measures |= given->measure[m] ? 1u << m : 0;
    part->rows += back ? -(guint64)batch->n : batch->n;
    return TRUE;
}
