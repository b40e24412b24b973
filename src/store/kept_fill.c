/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One set of cells as the file has it: from the counters of threads to numbers, to columns, to
 * bytes. */

#include "store/kept_sets_private.h"

/* Months in keys are one more than they are; 0: without time. */
static gint32 month_of(guint32 code)
{
    return code ? (gint32)code - 1 : PLX_NO_DAY;
}

/* Filling ------------------------------------------------------------------------------------- */

/* The cells of a set while they are filled: counts by value, rows last. */
struct filling {
    const struct plx_kept_making *making;
    struct plx_kept_cells *cells;
    guint64 *n; /* [value * n cells + cell] */
    guint64 *w; /* likewise, or NULL */
    plx_u128 *w2;
    guint8 *early, *late; /* days as the counters have them */
};

static void fill_spills(const struct filling *to, const struct plx_kept_source *source,
                        guint32 cell, guint32 at)
{
    const GArray *const spills = source->kept->cells.spills;
    guint low = 0, high = spills->len;
    while (low < high) {
        const guint middle = low + (high - low) / 2;
        if (g_array_index(spills, struct plx_cell_spill, middle).cell < cell)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < spills->len; low++) {
        const struct plx_cell_spill *const spill =
            &g_array_index(spills, struct plx_cell_spill, low);
        if (spill->cell != cell)
            return;
        const guint value = source->value[spill->slot];
        if (spill->slot == KEPT_ROWS)
            to->cells->rows[at] += (guint32)spill->add;
        else if (value)
            to->n[(gsize)(value - 1) * to->cells->n + at] += (guint64)spill->add;
    }
}

/* Spills of weights there are none: they are wide. Where nothing was weighed, every row weighs one.
 */
static void fill_cell(const struct filling *to, const struct plx_kept_source *source, guint32 cell,
                      guint32 at)
{
    const struct plx_cells *const cells = &source->kept->cells;
    const gsize first = (gsize)cell * cells->stride;
    const guint8 *const counts = cells->counts.data + first;
    to->cells->rows[at] += counts[KEPT_ROWS];
    to->early[at] = MAX(to->early[at], counts[KEPT_EARLY]);
    to->late[at] = MAX(to->late[at], counts[KEPT_LATE]);
    for (guint slot = KEPT_COUNTERS; slot < cells->stride; slot++) {
        const guint value = source->value[slot];
        if (!value)
            continue;
        const gsize i = (gsize)(value - 1) * to->cells->n + at;
        to->n[i] += counts[slot];
        if (!cells->weighted)
            continue;
        to->w[i] += ((const guint64 *)(gconstpointer)cells->w.data)[first + slot];
        to->w2[i] += ((const plx_u128 *)(gconstpointer)cells->w2.data)[first + slot];
    }
    fill_spills(to, source, cell, at);
}

/* Rows of threads that met no weights weigh one each. */
static void fill_ones(const struct filling *to, const struct plx_kept_source *source,
                      const guint64 *before, guint32 at)
{
    for (guint v = 0; to->w && !source->kept->cells.weighted && v < to->making->values->len; v++) {
        const gsize i = (gsize)v * to->cells->n + at;
        const guint64 more = to->n[i] - before[v];
        to->w[i] += more * PLX_WEIGHT_ONE;
        to->w2[i] += (plx_u128)more * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
    }
}

static const struct plx_kept_source *source_of(const struct plx_kept_making *making, guint32 number)
{
    guint s = making->n_sources - 1;
    while (making->sources[s].before > number)
        s--;
    return &making->sources[s];
}

static void fill_entry(const struct filling *to, const struct plx_ordered *entry, guint32 at,
                       guint64 *before)
{
    const struct plx_kept_source *const source = source_of(to->making, entry->value);
    for (guint v = 0; to->w && v < to->making->values->len; v++)
        before[v] = to->n[(gsize)v * to->cells->n + at];
    fill_cell(to, source, entry->value - source->before, at);
    fill_ones(to, source, before, at);
}

static guint32 fill(const struct filling *to, gsize from, gsize end)
{
    const struct plx_kept_making *const making = to->making;
    g_autofree guint64 *before = g_new0(guint64, making->values->len + 1);
    guint32 at = G_MAXUINT32;
    for (gsize i = from; i < end; i++) {
        const guint64 key = making->order[i].key;
        if (i == from || key != making->order[i - 1].key) {
            at++;
            to->cells->place[at] = plx_kept_code_in(making, key, KEPT_PLACE);
            to->cells->audience[at] = plx_kept_code_in(making, key, KEPT_AUDIENCE);
            to->cells->subject[at] = plx_kept_code_in(making, key, KEPT_SUBJECT) - 1;
        }
        fill_entry(to, &making->order[i], at, before);
    }
    return at + 1;
}

/* From numbers to columns --------------------------------------------------------------------- */

static gboolean is_used(const struct filling *from, guint value)
{
    const guint64 *const n = from->n + (gsize)value * from->cells->n;
    for (guint32 i = 0; i < from->cells->n; i++)
        if (n[i])
            return TRUE;
    return FALSE;
}

static void take_value(const struct filling *from, guint value, gint8 min, guint k)
{
    const struct plx_kept_value *const what =
        &g_array_index(from->making->values, struct plx_kept_value, value);
    struct plx_kept_measure *const measure = &from->cells->measure[what->measure];
    const guint v = what->value == PLX_CELL_NA         ? k
                    : what->value == PLX_CELL_DECLINED ? k + 1
                                                       : (guint)(what->value - min);
    for (guint32 i = 0; i < from->cells->n; i++) {
        const gsize to = (gsize)v * from->cells->n + i, at = (gsize)value * from->cells->n + i;
        measure->n[to] = (guint32)from->n[at];
        if (v >= k || !measure->w)
            continue;
        measure->w[to] = from->w[at];
        measure->w2_low[to] = (guint64)from->w2[at];
        measure->w2_high[to] = (guint64)(from->w2[at] >> 64);
    }
}

/* The values from..end - 1 are those of one measure. */
static void take_measure(const struct filling *from, guint first, guint end)
{
    gint least = G_MAXINT, most = G_MININT;
    gboolean any = FALSE;
    for (guint value = first; value < end; value++) {
        const struct plx_kept_value *const what =
            &g_array_index(from->making->values, struct plx_kept_value, value);
        if (!is_used(from, value))
            continue;
        any = TRUE;
        if (what->value == PLX_CELL_NA || what->value == PLX_CELL_DECLINED)
            continue;
        least = MIN(least, what->value);
        most = MAX(most, what->value);
    }
    if (!any)
        return;
    const guint k = least <= most ? (guint)(most - least) + 1 : 0;
    const gint8 min = k ? (gint8)least : 0;
    const guint measure = g_array_index(from->making->values, struct plx_kept_value, first).measure;
    plx_kept_cells_add(from->cells, measure + 1, min, k);
    for (guint value = first; value < end; value++)
        if (is_used(from, value))
            take_value(from, value, min, k);
}

static void take_days(const struct filling *from)
{
    for (guint32 i = 0; from->cells->timed && i < from->cells->n; i++) {
        from->cells->first[i] = (guint8)(KEPT_NO_DAY - 1 - from->early[i]);
        from->cells->last[i] = (guint8)(from->late[i] - 1);
    }
}

/* That some column of weights was there says nothing about these cells. */
static gboolean has_weights(const struct filling *from)
{
    for (guint v = 0; v < from->making->values->len; v++) {
        const gint8 value = g_array_index(from->making->values, struct plx_kept_value, v).value;
        for (guint32 i = 0; value > PLX_CELL_DECLINED && i < from->cells->n; i++) {
            const gsize at = (gsize)v * from->cells->n + i;
            if (from->w[at] != from->n[at] * PLX_WEIGHT_ONE ||
                from->w2[at] != (plx_u128)from->n[at] * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE)
                return TRUE;
        }
    }
    return FALSE;
}

static void take_measures(const struct filling *from)
{
    const GArray *const values = from->making->values;
    for (guint first = 0, end; first < values->len; first = end) {
        const guint measure = g_array_index(values, struct plx_kept_value, first).measure;
        for (end = first; end < values->len;)
            if (g_array_index(values, struct plx_kept_value, end).measure == measure)
                end++;
            else
                break;
        take_measure(from, first, end);
    }
}

static guint32 count_cells(const struct plx_kept_making *making, gsize from, gsize end)
{
    guint32 n = 1;
    for (gsize i = from + 1; i < end; i++)
        n += making->order[i].key != making->order[i - 1].key;
    return n;
}

void plx_kept_make_set(gsize index, guint thread, gpointer data)
{
    const struct plx_kept_making *const making = data;
    const gsize from = g_array_index(making->begin, gsize, index);
    const gsize end = g_array_index(making->begin, gsize, index + 1);
    struct plx_kept_set *const set = making->sets->pdata[making->n_done + index];
    struct plx_kept_cells cells;
    set->month = month_of(plx_kept_code_in(making, making->order[from].key, KEPT_MONTH));
    set->cells = count_cells(making, from, end);
    plx_kept_cells_init(&cells, set->cells, set->month != PLX_NO_DAY, FALSE);
    const gsize n = (gsize)making->values->len * set->cells + 1;
    const struct filling filling = {.making = making,
                                    .cells = &cells,
                                    .n = g_new0(guint64, n),
                                    .w = making->weighted ? g_new0(guint64, n) : NULL,
                                    .w2 = making->weighted ? g_new0(plx_u128, n) : NULL,
                                    .early = g_new0(guint8, set->cells),
                                    .late = g_new0(guint8, set->cells)};
    fill(&filling, from, end);
    take_days(&filling);
    cells.weighted = making->weighted && has_weights(&filling);
    take_measures(&filling);
    set->first_place = cells.place[0];
    set->last_place = cells.place[set->cells - 1];
    for (guint32 i = 0; i < set->cells; i++)
        set->rows += cells.rows[i];
    plx_kept_encode(making->encoders[thread], &cells, set->data);
    g_free(filling.n);
    g_free(filling.w);
    g_free(filling.w2);
    g_free(filling.early);
    g_free(filling.late);
    plx_kept_cells_clear(&cells);
}
