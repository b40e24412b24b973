/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/rowset.h"

#include <string.h>

void plx_rowset_init(struct plx_rowset *rows)
{
    *rows =
        (struct plx_rowset){.texts = g_ptr_array_new_with_free_func((GDestroyNotify)g_bytes_unref),
                            .spare = g_ptr_array_new_with_free_func(g_free)};
}

void plx_rowset_empty(struct plx_rowset *rows)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        if (rows->dim[d])
            g_ptr_array_add(rows->spare, rows->dim[d]);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (rows->measure[m])
            g_ptr_array_add(rows->spare, rows->measure[m]);
    void *const columns[] = {rows->seconds,   rows->day,      rows->month,      rows->unit,
                             rows->encounter, rows->known,    rows->group_size, rows->weight,
                             rows->seen,      rows->surprise, rows->hesitation};
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++)
        if (columns[i])
            g_ptr_array_add(rows->spare, columns[i]);
    g_free(rows->note);
    g_ptr_array_set_size(rows->texts, 0);
    *rows = (struct plx_rowset){.texts = rows->texts, .spare = rows->spare};
}

void plx_rowset_clear(struct plx_rowset *rows)
{
    if (!rows->texts)
        return;
    plx_rowset_empty(rows);
    g_ptr_array_unref(rows->texts);
    g_ptr_array_unref(rows->spare);
    *rows = (struct plx_rowset){0};
}

/* Making columns ---------------------------------------------------------------------------- */

void plx_rowset_give_back(struct plx_rowset *rows, gpointer column)
{
    g_ptr_array_add(rows->spare, column);
}

gpointer plx_rowset_column(struct plx_rowset *rows)
{
    if (rows->spare->len > 0)
        return g_ptr_array_steal_index_fast(rows->spare, rows->spare->len - 1);
    return g_malloc(sizeof(guint64) * PLX_BATCH_ROWS);
}

static guint32 *need_dim(struct plx_rowset *rows, guint dim)
{
    if (!rows->dim[dim]) {
        rows->dim[dim] = plx_rowset_column(rows);
        memset(rows->dim[dim], 0, rows->n * sizeof(guint32));
    }
    return rows->dim[dim];
}

static gint8 *need_flag(struct plx_rowset *rows, gint8 **column)
{
    if (!*column) {
        *column = plx_rowset_column(rows);
        memset(*column, (guint8)PLX_CELL_EMPTY, rows->n);
    }
    return *column;
}

static void need_u16(struct plx_rowset *rows, guint16 **column, guint16 nothing)
{
    if (*column)
        return;
    *column = plx_rowset_column(rows);
    for (guint32 i = 0; i < rows->n; i++)
        (*column)[i] = nothing;
}

static void need_u64(struct plx_rowset *rows, guint64 **column, guint64 nothing)
{
    if (*column)
        return;
    *column = plx_rowset_column(rows);
    for (guint32 i = 0; i < rows->n; i++)
        (*column)[i] = nothing;
}

static void need_seconds(struct plx_rowset *rows)
{
    if (rows->seconds)
        return;
    rows->seconds = plx_rowset_column(rows);
    for (guint32 i = 0; i < rows->n; i++)
        rows->seconds[i] = PLX_NO_TIME;
}

static void need_known(struct plx_rowset *rows)
{
    if (rows->known)
        return;
    rows->known = plx_rowset_column(rows);
    memset(rows->known, 0, rows->n);
}

void plx_rowset_need_notes(struct plx_rowset *rows)
{
    if (rows->note)
        return;
    rows->note = g_new(struct plx_span, PLX_BATCH_ROWS);
    for (guint32 i = 0; i < rows->n; i++)
        rows->note[i] = (struct plx_span){"", 0};
}

/* Appending --------------------------------------------------------------------------------- */

static void add_dim(struct plx_rowset *rows, guint dim, const guint32 *codes, guint32 constant,
                    guint32 n)
{
    if (!codes && constant == 0 && !rows->dim[dim])
        return;
    guint32 *const out = need_dim(rows, dim) + rows->n;
    if (codes)
        memcpy(out, codes, n * sizeof *out);
    for (guint32 i = 0; !codes && i < n; i++)
        out[i] = constant;
}

static void add_flag(struct plx_rowset *rows, gint8 **column, const gint8 *values, guint32 n)
{
    if (!values && !*column)
        return;
    gint8 *const out = need_flag(rows, column) + rows->n;
    if (values)
        memcpy(out, values, n);
    else
        memset(out, (guint8)PLX_CELL_EMPTY, n);
}

static void add_u64(struct plx_rowset *rows, guint64 **column, const guint64 *values,
                    guint64 nothing, guint32 n)
{
    if (!values && !*column)
        return;
    need_u64(rows, column, nothing);
    for (guint32 i = 0; i < n; i++)
        (*column)[rows->n + i] = values ? values[i] : nothing;
}

static void add_notes(struct plx_rowset *rows, const struct plx_span *notes, guint32 n)
{
    if (!notes && !rows->note)
        return;
    plx_rowset_need_notes(rows);
    gsize length = 0;
    for (guint32 i = 0; notes && i < n; i++)
        length += notes[i].length;
    char *const copy = length ? g_malloc(length) : NULL;
    gsize used = 0;
    for (guint32 i = 0; i < n; i++) {
        struct plx_span *const out = &rows->note[rows->n + i];
        *out = (struct plx_span){"", 0};
        if (!notes || notes[i].length == 0)
            continue;
        memcpy(copy + used, notes[i].text, notes[i].length);
        *out = (struct plx_span){copy + used, notes[i].length};
        used += notes[i].length;
    }
    if (copy)
        g_ptr_array_add(rows->texts, g_bytes_new_take(copy, length));
}

static void add_times(struct plx_rowset *rows, const gint64 *seconds, guint32 n)
{
    if (!seconds && !rows->seconds)
        return;
    need_seconds(rows);
    for (guint32 i = 0; i < n; i++)
        rows->seconds[rows->n + i] = seconds ? seconds[i] : PLX_NO_TIME;
}

static void add_people(struct plx_rowset *rows, const guint8 *known, const guint16 *size, guint32 n)
{
    if (known || rows->known) {
        need_known(rows);
        for (guint32 i = 0; i < n; i++)
            rows->known[rows->n + i] = known ? known[i] : 0;
    }
    if (size || rows->group_size) {
        need_u16(rows, &rows->group_size, 1);
        for (guint32 i = 0; i < n; i++)
            rows->group_size[rows->n + i] = size ? size[i] : 1;
    }
}

guint32 plx_rowset_add(struct plx_rowset *rows, const struct plx_batch *batch, guint32 from)
{
    const guint32 n = MIN(batch->n - from, PLX_BATCH_ROWS - rows->n);
    for (guint d = 0; d < batch->dims->n_dims; d++)
        add_dim(rows, d, batch->dim[d] ? batch->dim[d] + from : NULL, batch->dim_constant[d], n);
    for (guint d = batch->dims->n_dims; d < PLX_DIMS_MAX; d++)
        add_dim(rows, d, NULL, 0, n);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        add_flag(rows, &rows->measure[m], batch->measure[m] ? batch->measure[m] + from : NULL, n);
    add_times(rows, batch->seconds ? batch->seconds + from : NULL, n);
    add_u64(rows, &rows->unit, batch->unit + from, 0, n);
    add_u64(rows, &rows->encounter, batch->encounter + from, 0, n);
    add_u64(rows, &rows->weight, batch->weight ? batch->weight + from : NULL, PLX_WEIGHT_ONE, n);
    add_people(rows, batch->known ? batch->known + from : NULL,
               batch->group_size ? batch->group_size + from : NULL, n);
    add_flag(rows, &rows->seen, batch->seen ? batch->seen + from : NULL, n);
    add_flag(rows, &rows->surprise, batch->surprise ? batch->surprise + from : NULL, n);
    add_flag(rows, &rows->hesitation, batch->hesitation ? batch->hesitation + from : NULL, n);
    add_notes(rows, batch->note ? batch->note + from : NULL, n);
    rows->n += n;
    return n;
}

guint32 plx_rowset_append(struct plx_rowset *rows, const struct plx_rowset *other, guint32 from)
{
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch batch;
    plx_rowset_batch(other, &all, &batch);
    return plx_rowset_add(rows, &batch, from);
}

/* Changing ---------------------------------------------------------------------------------- */

void plx_rowset_recode(struct plx_rowset *rows, guint dim, const guint32 *to)
{
    guint32 *const codes = rows->dim[dim];
    guint32 most = 0, first = 0;
    for (guint32 i = 0; codes && i < rows->n; i++)
        most = MAX(most, codes[i]);
    while (first <= most && to[first] == first)
        first++;
    if (!codes || first > most) /* they are the same already, as of a first file */
        return;
    for (guint32 i = 0; i < rows->n; i++)
        codes[i] = to[codes[i]];
}

/* The numbers of the rows that stay. Every number is written, so that there is nothing to be
 * foretold; only where the next goes differs. */
static guint32 list_kept(const guint8 *keep, guint32 n, guint32 *rows)
{
    guint32 kept = 0;
    for (guint32 i = 0; i < n; i++) {
        rows[kept] = i;
        kept += keep[i] != 0;
    }
    return kept;
}

static inline __attribute__((always_inline)) void pick_values(guint8 *bytes, const guint32 *rows,
                                                              guint32 n, const gsize size)
{
    for (guint32 i = 0; i < n; i++)
        memmove(bytes + i * size, bytes + rows[i] * size, size);
}

static void pick_column(void *column, gsize size, const guint32 *rows, guint32 n)
{
    if (!column)
        return;
    switch (size) {
    case 1:
        pick_values(column, rows, n, 1);
        break;
    case 2:
        pick_values(column, rows, n, 2);
        break;
    case 4:
        pick_values(column, rows, n, 4);
        break;
    case 8:
        pick_values(column, rows, n, 8);
        break;
    default:
        pick_values(column, rows, n, size);
        break;
    }
}

void plx_rowset_keep(struct plx_rowset *rows, const guint8 *keep)
{
    g_autofree guint32 *kept = g_new(guint32, rows->n + 1);
    const guint32 n = list_kept(keep, rows->n, kept);
    if (n == rows->n)
        return;
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        pick_column(rows->dim[d], sizeof(guint32), kept, n);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        pick_column(rows->measure[m], 1, kept, n);
    pick_column(rows->seconds, 8, kept, n);
    pick_column(rows->day, 4, kept, n);
    pick_column(rows->month, 4, kept, n);
    pick_column(rows->unit, 8, kept, n);
    pick_column(rows->encounter, 8, kept, n);
    pick_column(rows->known, 1, kept, n);
    pick_column(rows->group_size, 2, kept, n);
    pick_column(rows->weight, 8, kept, n);
    pick_column(rows->seen, 1, kept, n);
    pick_column(rows->surprise, 1, kept, n);
    pick_column(rows->hesitation, 1, kept, n);
    pick_column(rows->note, sizeof(struct plx_span), kept, n);
    rows->n = n;
}

/* Reading ----------------------------------------------------------------------------------- */

gboolean plx_rowset_is_sound(const struct plx_rowset *rows)
{
    return (!rows->seconds || plx_times_are_sound(rows->seconds, rows->n)) &&
           plx_values_are_sound(rows);
}

gboolean plx_values_are_sound(const struct plx_rowset *rows)
{
    gboolean odd = FALSE;
    for (guint32 i = 0; rows->weight && i < rows->n; i++)
        odd |= rows->weight[i] >= PLX_WEIGHT_ONE << 32;
    for (guint32 i = 0; rows->surprise && i < rows->n; i++)
        odd |= rows->surprise[i] != PLX_CELL_EMPTY &&
               (rows->surprise[i] < -1 || rows->surprise[i] > 1);
    return !odd;
}

void plx_rowset_days(struct plx_rowset *rows)
{
    if (!rows->seconds)
        return;
    if (!rows->day) {
        rows->day = plx_rowset_column(rows);
        rows->month = plx_rowset_column(rows);
    }
    plx_days_of(rows->seconds, rows->n, rows->day, rows->month);
}

void plx_rowset_batch(const struct plx_rowset *rows, const struct plx_dims *dims,
                      struct plx_batch *batch)
{
    *batch = (struct plx_batch){.n = rows->n,
                                .dims = dims,
                                .day = rows->seconds ? rows->day : NULL,
                                .month = rows->seconds ? rows->month : NULL,
                                .seconds = rows->seconds,
                                .unit = rows->unit,
                                .encounter = rows->encounter,
                                .known = rows->known,
                                .group_size = rows->group_size,
                                .weight = rows->weight,
                                .seen = rows->seen,
                                .surprise = rows->surprise,
                                .hesitation = rows->hesitation,
                                .note = rows->note};
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        batch->dim[d] = rows->dim[d];
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        batch->measure[m] = rows->measure[m];
}
