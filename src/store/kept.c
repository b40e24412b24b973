/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "store/kept_private.h"

#include <string.h>

/* From so many cells on it is asked whether they pay; no more memory than this is taken. */
#define LOOK_AT ((guint32)1 << 18)
#define MEMORY_MOST ((guint64)256 << 20)

plx_kept *plx_kept_new(void)
{
    plx_kept *const kept = g_new0(plx_kept, 1);
    plx_cells_init(&kept->cells, KEPT_FIELDS, TRUE);
    plx_cells_widen(&kept->cells, KEPT_COUNTERS);
    kept->months = plx_time_codes_new(PLX_SPLIT_MONTH);
    kept->first_day = g_array_new(FALSE, TRUE, sizeof(gint32));
    kept->subject = g_new(guint32, PLX_BATCH_ROWS);
    kept->month = g_new(guint32, PLX_BATCH_ROWS);
    return kept;
}

void plx_kept_free(plx_kept *kept)
{
    if (!kept)
        return;
    plx_cells_clear(&kept->cells);
    plx_time_codes_free(kept->months);
    g_array_unref(kept->first_day);
    for (guint m = 0; m < PLX_WORD_MEASURES; m++)
        g_free(kept->slot[m]);
    g_free(kept->subject);
    g_free(kept->month);
    g_free(kept);
}

gboolean plx_kept_gave_up(const plx_kept *kept)
{
    return kept->gave_up;
}

guint64 plx_kept_rows(const plx_kept *kept)
{
    return kept->rows;
}

static void give_up(plx_kept *kept)
{
    kept->gave_up = TRUE;
    plx_cells_clear(&kept->cells);
}

static void consider(plx_kept *kept)
{
    const struct plx_cells *const cells = &kept->cells;
    const guint64 counter = cells->weighted ? 1 + sizeof(guint64) + sizeof(plx_u128) : 1;
    const gboolean large = cells->n * (cells->stride * counter + 24) > MEMORY_MOST;
    /* Cells with numbers of their own were found to be few for these rows. */
    const gboolean sparse = !cells->numbered && cells->n > LOOK_AT && cells->n > kept->rows / 2;
    if (large || sparse || kept->rows > G_MAXUINT32)
        give_up(kept);
}

/* Counters ---------------------------------------------------------------------------------- */

/* Makes counters for values that were not seen before. */
static const guint16 *need_slots(plx_kept *kept, guint code, const guint8 *seen)
{
    guint16 **const slot = &kept->slot[code - 1];
    if (!*slot)
        *slot = g_new0(guint16, 256);
    for (guint v = 0; v < 256; v++)
        if (seen[v] && !(*slot)[v])
            (*slot)[v] = (guint16)plx_cells_widen(&kept->cells, 1);
    return *slot;
}

static void see(const gint8 *values, guint32 n, guint8 *seen)
{
    memset(seen, 0, 256);
    for (guint32 i = 0; i < n; i++)
        seen[(guint8)values[i]] = 1;
    seen[(guint8)PLX_CELL_EMPTY] = 0;
}

static guint32 size_of(const guint32 *column, guint32 n)
{
    guint32 most = 0;
    for (guint32 i = 0; column && i < n; i++)
        most = MAX(most, column[i]);
    return most + 1;
}

static gboolean fit(plx_kept *kept, struct plx_cell_field *fields, guint32 n)
{
    const guint32 *const audience = fields[KEPT_AUDIENCE].column;
    for (guint f = 0; f < KEPT_FIELDS; f++) {
        const guint32 size =
            fields[f].column ? size_of(fields[f].column, n) : fields[f].constant + 1;
        /* Cells of earlier rows must keep their names when these are laid out anew. */
        fields[f].size = kept->size[f] = MAX(kept->size[f], size);
    }
    gboolean ok = audience != NULL;
    for (guint32 i = 0; ok && i < n; i++)
        ok = audience[i] != 0;
    return ok && fields[KEPT_SUBJECT].size != 0 && plx_cells_fit(&kept->cells, fields);
}

/* Days of the month from 1 on. */
static inline void note_days(guint8 *counters, gint32 first, gint32 last)
{
    counters[KEPT_EARLY] = MAX(counters[KEPT_EARLY], (guint8)(KEPT_NO_DAY - first));
    counters[KEPT_LATE] = MAX(counters[KEPT_LATE], (guint8)last);
}

/* Codes of months, whose first days are looked up once. */
static void code_months(plx_kept *kept, const gint32 *months, guint32 n)
{
    plx_time_codes_run(kept->months, NULL, months, n, kept->month);
    for (guint code = kept->first_day->len; code < kept->months->places->len; code++) {
        const gint32 month = plx_kept_month(kept, code);
        const gint32 day = code ? plx_date_days(month / 12, month % 12 + 1, 1) : 0;
        g_array_append_val(kept->first_day, day);
    }
}

/* Rows ---------------------------------------------------------------------------------------- */

static void count_measure(plx_kept *kept, const struct plx_rowset *rows, guint m,
                          const guint16 *slot, guint32 from, guint n)
{
    struct plx_cells *const cells = &kept->cells;
    const gint8 *const values = rows->measure[m] + from;
    guint8 *const counts = cells->counts.data;
    for (guint i = 0; i < n; i++) {
        const guint at = slot[(guint8)values[i]];
        if (at)
            plx_cells_up(cells, counts + (gsize)kept->cell[i] * cells->stride + at, kept->cell[i],
                         at);
    }
    guint64 *const w = (guint64 *)(gpointer)cells->w.data;
    plx_u128 *const w2 = (plx_u128 *)(gpointer)cells->w2.data;
    for (guint i = 0; cells->weighted && i < n; i++) {
        const guint64 weight = rows->weight ? rows->weight[from + i] : PLX_WEIGHT_ONE;
        const gsize at = (gsize)kept->cell[i] * cells->stride + slot[(guint8)values[i]];
        w[at] += weight;
        w2[at] += (plx_u128)weight * weight;
    }
}

static void count_rows(plx_kept *kept, const struct plx_rowset *rows, guint32 from, guint n)
{
    struct plx_cells *const cells = &kept->cells;
    const gint32 *const first_day = (const gint32 *)(gconstpointer)kept->first_day->data;
    guint8 *const counts = cells->counts.data;
    for (guint i = 0; i < n; i++) {
        guint8 *const counters = counts + (gsize)kept->cell[i] * cells->stride;
        plx_cells_up(cells, counters, kept->cell[i], KEPT_ROWS);
        if (!rows->day || rows->day[from + i] == PLX_NO_DAY)
            continue;
        const gint32 day = rows->day[from + i] - first_day[kept->month[from + i]] + 1;
        note_days(counters, day, day);
    }
}

/* The fields of rows, where they are not columns already. */
static void set_fields(plx_kept *kept, const struct plx_rowset *rows, struct plx_cell_field *fields)
{
    const guint32 *const subject = rows->dim[PLX_DIM_SUBJECT];
    for (guint32 i = 0; subject && i < rows->n; i++)
        kept->subject[i] = subject[i] + 1;
    if (rows->month)
        code_months(kept, rows->month, rows->n);
    fields[KEPT_AUDIENCE].column = rows->dim[PLX_DIM_AUDIENCE];
    fields[KEPT_SUBJECT].column = subject ? kept->subject : NULL;
    fields[KEPT_SUBJECT].constant = 1;
    fields[KEPT_PLACE].column = rows->dim[PLX_DIM_PLACE];
    fields[KEPT_MONTH].column = rows->month ? kept->month : NULL;
}

void plx_kept_count(plx_kept *kept, struct plx_rowset *rows, const guint32 *measure_code)
{
    struct plx_cell_field fields[PLX_CELL_FIELDS] = {{NULL, 0, 1}};
    const guint16 *slot[PLX_MEASURES_MAX] = {NULL};
    guint8 seen[256];
    if (kept->gave_up)
        return;
    plx_rowset_days(rows);
    set_fields(kept, rows, fields);
    if (!fit(kept, fields, rows->n)) {
        give_up(kept);
        return;
    }
    if (rows->weight)
        plx_cells_weigh(&kept->cells, PLX_WEIGHT_ONE);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (!rows->measure[m])
            continue;
        see(rows->measure[m], rows->n, seen);
        slot[m] = need_slots(kept, measure_code[m], seen);
    }
    for (guint32 from = 0; from < rows->n; from += PLX_CELL_BLOCK) {
        const guint n = MIN(PLX_CELL_BLOCK, rows->n - from);
        plx_cells_find(&kept->cells, fields, from, n, NULL, kept->cell);
        count_rows(kept, rows, from, n);
        for (guint m = 0; m < PLX_MEASURES_MAX; m++)
            if (slot[m])
                count_measure(kept, rows, m, slot[m], from, n);
    }
    kept->rows += rows->n;
    consider(kept);
}

/* Cells that were counted before -------------------------------------------------------------- */

static void add_to(plx_kept *kept, guint32 cell, guint slot, guint32 n)
{
    struct plx_cells *const cells = &kept->cells;
    guint8 *const counter = cells->counts.data + (gsize)cell * cells->stride + slot;
    const guint64 sum = *counter + (guint64)n;
    *counter = (guint8)sum;
    if (sum > G_MAXUINT8)
        plx_cells_spill(cells, cell, slot, (gint64)(sum - (guint8)sum));
}

static void add_value(plx_kept *kept, const struct plx_kept_measure *measure, gsize at,
                      guint32 cell, guint slot)
{
    struct plx_cells *const cells = &kept->cells;
    add_to(kept, cell, slot, measure->n[at]);
    if (!cells->weighted)
        return;
    const gsize to = (gsize)cell * cells->stride + slot;
    ((guint64 *)(gpointer)cells->w.data)[to] +=
        measure->w ? measure->w[at] : measure->n[at] * PLX_WEIGHT_ONE;
    ((plx_u128 *)(gpointer)cells->w2.data)[to] +=
        measure->w ? (plx_u128)measure->w2_high[at] << 64 | measure->w2_low[at]
                   : (plx_u128)measure->n[at] * PLX_WEIGHT_ONE * PLX_WEIGHT_ONE;
}

static guint8 value_of(const struct plx_kept_measure *measure, guint v)
{
    return v < measure->k    ? (guint8)(measure->min + (gint)v)
           : v == measure->k ? (guint8)PLX_CELL_NA
                             : (guint8)PLX_CELL_DECLINED;
}

static void add_measure(plx_kept *kept, const struct plx_kept_cells *cells, guint m, guint32 from,
                        guint n)
{
    const struct plx_kept_measure *const measure = &cells->measure[m];
    for (guint v = 0; v < measure->k + 2; v++) {
        const guint slot = kept->slot[m][value_of(measure, v)];
        for (guint i = 0; i < n; i++) {
            const gsize at = (gsize)v * cells->n + from + i;
            if (!measure->n[at])
                continue;
            if (v < measure->k)
                add_value(kept, measure, at, kept->cell[i], slot);
            else
                add_to(kept, kept->cell[i], slot, measure->n[at]);
        }
    }
}

static void add_cells(plx_kept *kept, const struct plx_kept_cells *cells, guint32 from, guint n)
{
    for (guint i = 0; i < n; i++) {
        guint8 *const counters =
            kept->cells.counts.data + (gsize)kept->cell[i] * kept->cells.stride;
        add_to(kept, kept->cell[i], KEPT_ROWS, cells->rows[from + i]);
        kept->rows += cells->rows[from + i];
        if (cells->timed)
            note_days(counters, cells->first[from + i] + 1, cells->last[from + i] + 1);
    }
}

void plx_kept_add(plx_kept *kept, gint32 month, const struct plx_kept_cells *cells)
{
    struct plx_cell_field fields[PLX_CELL_FIELDS] = {{NULL, 0, 1}};
    if (kept->gave_up)
        return;
    for (guint32 i = 0; i < cells->n; i++)
        kept->subject[i] = cells->subject[i] + 1;
    fields[KEPT_AUDIENCE].column = cells->audience;
    fields[KEPT_SUBJECT].column = kept->subject;
    fields[KEPT_PLACE].column = cells->place;
    code_months(kept, &month, 1);
    fields[KEPT_MONTH].constant = kept->month[0];
    if (!fit(kept, fields, cells->n)) {
        give_up(kept);
        return;
    }
    if (cells->weighted)
        plx_cells_weigh(&kept->cells, PLX_WEIGHT_ONE);
    for (guint m = 0; m < PLX_WORD_MEASURES; m++) {
        const struct plx_kept_measure *const measure = &cells->measure[m];
        guint8 seen[256] = {0};
        for (guint v = 0; measure->n && v < measure->k + 2; v++)
            seen[value_of(measure, v)] = 1;
        if (measure->n)
            need_slots(kept, m + 1, seen);
    }
    for (guint32 from = 0; from < cells->n; from += PLX_CELL_BLOCK) {
        const guint n = MIN(PLX_CELL_BLOCK, cells->n - from);
        plx_cells_find(&kept->cells, fields, from, n, NULL, kept->cell);
        add_cells(kept, cells, from, n);
        for (guint m = 0; m < PLX_WORD_MEASURES; m++)
            if (cells->measure[m].n)
                add_measure(kept, cells, m, from, n);
    }
    consider(kept);
}
