/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/kept_codec.h"

#include "base/error.h"
#include "store/codec_private.h"

#include <string.h>

#define VERSION 1
#define FLAG_TIMED 1
#define FLAG_WEIGHTED 2
#define MONTH_DAYS 31

void plx_kept_cells_init(struct plx_kept_cells *cells, guint32 n, gboolean timed, gboolean weighted)
{
    *cells = (struct plx_kept_cells){.n = n, .timed = timed, .weighted = weighted};
    guint32 **const columns[] = {&cells->place, &cells->audience, &cells->subject, &cells->rows};
    for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
        *columns[i] = g_new0(guint32, n);
    cells->first = timed ? g_new0(guint8, n) : NULL;
    cells->last = timed ? g_new0(guint8, n) : NULL;
}

void plx_kept_cells_add(struct plx_kept_cells *cells, guint code, gint8 min, guint k)
{
    struct plx_kept_measure *const measure = &cells->measure[code - 1];
    const gsize values = MAX((gsize)k * cells->n, 1);
    *measure = (struct plx_kept_measure){.min = min, .k = k};
    measure->n = g_new0(guint32, (gsize)(k + 2) * cells->n);
    if (!cells->weighted)
        return;
    measure->w = g_new0(guint64, values);
    measure->w2_low = g_new0(guint64, values);
    measure->w2_high = g_new0(guint64, values);
}

void plx_kept_cells_clear(struct plx_kept_cells *cells)
{
    for (guint m = 0; m < PLX_WORD_MEASURES; m++) {
        g_free(cells->measure[m].n);
        g_free(cells->measure[m].w);
        g_free(cells->measure[m].w2_low);
        g_free(cells->measure[m].w2_high);
    }
    g_free(cells->place);
    g_free(cells->audience);
    g_free(cells->subject);
    g_free(cells->first);
    g_free(cells->last);
    g_free(cells->rows);
    *cells = (struct plx_kept_cells){0};
}

/* Encoding ---------------------------------------------------------------------------------- */

/* A column behind its length. */
static void put_column(plx_encoder *encoder, enum plx_column_kind kind, const void *values,
                       guint32 n, GByteArray *out)
{
    const guint at = out->len;
    plx_write_number(out, 0, 4);
    plx_column_encode(encoder, kind, values, n, NULL, out);
    const guint32 length = GUINT32_TO_LE(out->len - at - 4);
    memcpy(out->data + at, &length, sizeof length);
}

static void put_measure(plx_encoder *encoder, const struct plx_kept_cells *cells, guint m,
                        GByteArray *out)
{
    const struct plx_kept_measure *const measure = &cells->measure[m];
    const gsize n = cells->n;
    plx_write_number(out, m + 1, 1);
    plx_write_number(out, (guint8)measure->min, 1);
    plx_write_number(out, measure->k, 1);
    for (guint v = 0; v < measure->k + 2; v++)
        put_column(encoder, PLX_COLUMN_U32, measure->n + v * n, cells->n, out);
    for (guint v = 0; cells->weighted && v < measure->k; v++) {
        put_column(encoder, PLX_COLUMN_U64, measure->w + v * n, cells->n, out);
        put_column(encoder, PLX_COLUMN_U64, measure->w2_low + v * n, cells->n, out);
        put_column(encoder, PLX_COLUMN_U64, measure->w2_high + v * n, cells->n, out);
    }
}

void plx_kept_encode(plx_encoder *encoder, const struct plx_kept_cells *cells, GByteArray *out)
{
    guint n_measures = 0;
    for (guint m = 0; m < PLX_WORD_MEASURES; m++)
        n_measures += cells->measure[m].n != NULL;
    plx_write_number(out, VERSION, 1);
    plx_write_number(out, (cells->timed ? FLAG_TIMED : 0) | (cells->weighted ? FLAG_WEIGHTED : 0),
                     1);
    plx_write_number(out, n_measures, 1);
    put_column(encoder, PLX_COLUMN_U32, cells->place, cells->n, out);
    put_column(encoder, PLX_COLUMN_U32, cells->audience, cells->n, out);
    put_column(encoder, PLX_COLUMN_U32, cells->subject, cells->n, out);
    put_column(encoder, PLX_COLUMN_U32, cells->rows, cells->n, out);
    if (cells->timed) {
        put_column(encoder, PLX_COLUMN_U8, cells->first, cells->n, out);
        put_column(encoder, PLX_COLUMN_U8, cells->last, cells->n, out);
    }
    for (guint m = 0; m < PLX_WORD_MEASURES; m++)
        if (cells->measure[m].n)
            put_measure(encoder, cells, m, out);
}

/* Decoding ---------------------------------------------------------------------------------- */

static gboolean damaged(GError **error, const char *what)
{
    return plx_error(error, PLX_ERROR_IO, "damaged kept counts: %s", what);
}

/* `values` NULL: passes over it. */
static gboolean take_column(struct plx_cursor *from, enum plx_column_kind kind, void *values,
                            guint32 n, GError **error)
{
    guint64 length = 0;
    const guint8 *bytes = NULL;
    if (plx_cursor_number(from, 4, &length))
        bytes = plx_cursor_take(from, (gsize)length);
    if (!bytes)
        return damaged(error, "they are cut short");
    return !values || plx_column_decode(bytes, (gsize)length, kind, values, n, NULL, error);
}

static gboolean take_head(struct plx_cursor *from, guint32 n, guint64 *n_measures,
                          struct plx_kept_cells *cells, GError **error)
{
    guint64 version = 0, flags = 0;
    if (!plx_cursor_number(from, 1, &version) || !plx_cursor_number(from, 1, &flags) ||
        !plx_cursor_number(from, 1, n_measures))
        return damaged(error, "they are cut short");
    if (version != VERSION || flags > (FLAG_TIMED | FLAG_WEIGHTED) || n == 0 || n > PLX_COLUMN_ROWS)
        return damaged(error, "they are not of this format");
    plx_kept_cells_init(cells, n, flags & FLAG_TIMED, (flags & FLAG_WEIGHTED) != 0);
    return TRUE;
}

static gboolean take_keys(struct plx_cursor *from, struct plx_kept_cells *cells, GError **error)
{
    const guint32 n = cells->n;
    if (!take_column(from, PLX_COLUMN_U32, cells->place, n, error) ||
        !take_column(from, PLX_COLUMN_U32, cells->audience, n, error) ||
        !take_column(from, PLX_COLUMN_U32, cells->subject, n, error) ||
        !take_column(from, PLX_COLUMN_U32, cells->rows, n, error))
        return FALSE;
    if (cells->timed && (!take_column(from, PLX_COLUMN_U8, cells->first, n, error) ||
                         !take_column(from, PLX_COLUMN_U8, cells->last, n, error)))
        return FALSE;
    for (guint32 i = 0; i < n; i++)
        if (cells->rows[i] == 0 || cells->audience[i] == 0 ||
            (cells->timed && (cells->first[i] > cells->last[i] || cells->last[i] >= MONTH_DAYS)))
            return damaged(error, "a cell that cannot be");
    return TRUE;
}

static gboolean take_counts(struct plx_cursor *from, const struct plx_kept_cells *cells,
                            const struct plx_kept_measure *measure, guint k, GError **error)
{
    const gsize n = cells->n;
    for (guint v = 0; v < k + 2; v++)
        if (!take_column(from, PLX_COLUMN_U32, measure->n ? measure->n + v * n : NULL, cells->n,
                         error))
            return FALSE;
    for (guint v = 0; cells->weighted && v < k; v++)
        if (!take_column(from, PLX_COLUMN_U64, measure->w ? measure->w + v * n : NULL, cells->n,
                         error) ||
            !take_column(from, PLX_COLUMN_U64, measure->w ? measure->w2_low + v * n : NULL,
                         cells->n, error) ||
            !take_column(from, PLX_COLUMN_U64, measure->w ? measure->w2_high + v * n : NULL,
                         cells->n, error))
            return FALSE;
    for (guint32 i = 0; measure->n && i < cells->n; i++) {
        guint64 sum = 0;
        for (guint v = 0; v < k + 2; v++)
            sum += measure->n[v * n + i];
        if (sum > cells->rows[i])
            return damaged(error, "more values than rows");
    }
    return TRUE;
}

static gboolean take_measure(struct plx_cursor *from, const guint8 *wanted, guint64 *last,
                             struct plx_kept_cells *cells, GError **error)
{
    guint64 code = 0, min = 0, k = 0;
    if (!plx_cursor_number(from, 1, &code) || !plx_cursor_number(from, 1, &min) ||
        !plx_cursor_number(from, 1, &k))
        return damaged(error, "they are cut short");
    const gint least = (gint8)min;
    if (code <= *last || code > PLX_WORD_MEASURES ||
        (k > 0 && (least <= PLX_CELL_DECLINED || least + (gint)k - 1 > G_MAXINT8)))
        return damaged(error, "a measure that cannot be");
    *last = code;
    if (!wanted || wanted[code - 1])
        plx_kept_cells_add(cells, (guint)code, (gint8)least, (guint)k);
    return take_counts(from, cells, &cells->measure[code - 1], (guint)k, error);
}

gboolean plx_kept_decode(const guint8 *bytes, gsize size, guint32 n, const guint8 *wanted,
                         struct plx_kept_cells *cells, GError **error)
{
    if (size == 0)
        return damaged(error, "they are cut short");
    struct plx_cursor from = {bytes, bytes + size};
    struct plx_kept_cells found;
    guint64 n_measures = 0, last = 0;
    if (!take_head(&from, n, &n_measures, &found, error))
        return FALSE;
    gboolean ok = take_keys(&from, &found, error);
    for (guint64 m = 0; ok && m < n_measures; m++)
        ok = take_measure(&from, wanted, &last, &found, error);
    if (ok && from.at != from.end)
        ok = damaged(error, "something stands behind them");
    if (ok)
        *cells = found;
    else
        plx_kept_cells_clear(&found);
    return ok;
}
