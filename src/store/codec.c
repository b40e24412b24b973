/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/codec.h"

#include "base/error.h"
#include "store/codec_private.h"

#include <zlib.h>

plx_encoder *plx_encoder_new(void)
{
    plx_encoder *const encoder = g_new0(plx_encoder, 1);
    guint64 **const arrays[] = {&encoder->values, &encoder->heads, &encoder->lengths,
                                &encoder->runs,   &encoder->words, &encoder->codes,
                                &encoder->deltas, &encoder->texts};
    for (guint i = 0; i < G_N_ELEMENTS(arrays); i++)
        *arrays[i] = g_new(guint64, PLX_COLUMN_ROWS + 1);
    encoder->table = g_new(guint32, PLX_ENCODER_SLOTS);
    return encoder;
}

void plx_encoder_free(plx_encoder *encoder)
{
    if (!encoder)
        return;
    g_free(encoder->values);
    g_free(encoder->heads);
    g_free(encoder->lengths);
    g_free(encoder->runs);
    g_free(encoder->words);
    g_free(encoder->codes);
    g_free(encoder->deltas);
    g_free(encoder->texts);
    g_free(encoder->table);
    g_free(encoder);
}

guint plx_column_width(enum plx_column_kind kind)
{
    switch (kind) {
    case PLX_COLUMN_I8:
    case PLX_COLUMN_U8:
        return 1;
    case PLX_COLUMN_U16:
        return 2;
    case PLX_COLUMN_U32:
    case PLX_COLUMN_RUNS:
    case PLX_COLUMN_SPANS:
        return 4;
    case PLX_COLUMN_I64:
    case PLX_COLUMN_U64:
        return 8;
    default:
        g_return_val_if_reached(8);
    }
}

void plx_runs_find(struct plx_runs *runs, const guint64 *keys, guint32 n)
{
    guint32 n_runs = MIN(n, 1);
    runs->begin[0] = 0;
    for (guint32 i = 1; i < n; i++) { /* written in any case: whether it stays cannot be guessed */
        runs->begin[n_runs] = i;
        n_runs += keys[i] != keys[i - 1];
    }
    runs->begin[n_runs] = n;
    runs->n_runs = n_runs;
}

/* ---- head and tail ---- */

static guint begin_column(GByteArray *out, enum plx_column_kind kind, guint32 n)
{
    const guint at = out->len;
    plx_write_number(out, PLX_COLUMN_VERSION, 1);
    plx_write_number(out, kind, 1);
    plx_write_number(out, n, 4);
    return at;
}

static void end_column(GByteArray *out, guint at)
{
    plx_write_number(out, crc32(0, out->data + at, out->len - at), PLX_COLUMN_TAIL);
}

static gboolean damaged(GError **error, const char *what)
{
    return plx_error(error, PLX_ERROR_IO, "damaged block: %s", what);
}

/* Checks head and sum; the cursor then spans what is between. */
static gboolean open_column(const guint8 *bytes, gsize size, enum plx_column_kind kind, guint32 n,
                            struct plx_cursor *cursor, GError **error)
{
    if (size < PLX_COLUMN_HEAD + PLX_COLUMN_TAIL || size > G_MAXINT32)
        return damaged(error, "a column is cut short");
    *cursor = (struct plx_cursor){bytes, bytes + size};
    struct plx_cursor tail = {bytes + size - PLX_COLUMN_TAIL, bytes + size};
    guint64 version = 0, found_kind = 0, found_n = 0, sum = 0;
    plx_cursor_number(&tail, PLX_COLUMN_TAIL, &sum);
    if (crc32(0, bytes, (guint)(size - PLX_COLUMN_TAIL)) != sum)
        return damaged(error, "the checksum of a column is wrong");
    cursor->end -= PLX_COLUMN_TAIL;
    plx_cursor_number(cursor, 1, &version);
    plx_cursor_number(cursor, 1, &found_kind);
    plx_cursor_number(cursor, 4, &found_n);
    if (version != PLX_COLUMN_VERSION)
        return plx_error(error, PLX_ERROR_IO,
                         "damaged block: a column of version %u; this program knows %d",
                         (guint)version, PLX_COLUMN_VERSION);
    if (found_kind != (guint64)kind || found_n != n)
        return damaged(error, "a column is of another kind or length than its block says");
    return TRUE;
}

static gboolean close_column(const struct plx_cursor *cursor, gboolean ok, GError **error)
{
    if (!ok || cursor->at != cursor->end)
        return damaged(error, "a column's values do not follow its format");
    return TRUE;
}

/* ---- numbers ---- */

static guint64 bias_of(enum plx_column_kind kind)
{
    return kind == PLX_COLUMN_I8 ? 0x80 : kind == PLX_COLUMN_I64 ? G_GUINT64_CONSTANT(1) << 63 : 0;
}

static void widen(enum plx_column_kind kind, const void *values, guint32 n, guint64 *out)
{
    const guint64 bias = bias_of(kind);
    const guint width = plx_column_width(kind);
    for (guint32 i = 0; width == 1 && i < n; i++)
        out[i] = ((const guint8 *)values)[i] ^ bias;
    for (guint32 i = 0; width == 2 && i < n; i++)
        out[i] = ((const guint16 *)values)[i];
    for (guint32 i = 0; width == 4 && i < n; i++)
        out[i] = ((const guint32 *)values)[i];
    for (guint32 i = 0; width == 8 && i < n; i++)
        out[i] = ((const guint64 *)values)[i] ^ bias;
}

/* The first value of each run. */
static void take_heads(enum plx_column_kind kind, const void *values, const struct plx_runs *runs,
                       guint64 *heads)
{
    const guint64 bias = bias_of(kind);
    const guint width = plx_column_width(kind);
    const guint32 *const begin = runs->begin;
    const guint32 n = runs->n_runs;
    for (guint32 r = 0; width == 1 && r < n; r++)
        heads[r] = ((const guint8 *)values)[begin[r]] ^ bias;
    for (guint32 r = 0; width == 2 && r < n; r++)
        heads[r] = ((const guint16 *)values)[begin[r]];
    for (guint32 r = 0; width == 4 && r < n; r++)
        heads[r] = ((const guint32 *)values)[begin[r]];
    for (guint32 r = 0; width == 8 && r < n; r++)
        heads[r] = ((const guint64 *)values)[begin[r]] ^ bias;
}

/* Forms that take less than half of plain packed codes: nothing else is tried then. */
static gboolean write_good_forms(const struct plx_writing *writing, const guint32 *codes, guint32 n,
                                 const struct plx_runs *runs)
{
    guint32 min = G_MAXUINT32, max = 0;
    for (guint32 i = 0; i < n; i++) {
        min = MIN(min, codes[i]);
        max = MAX(max, codes[i]);
    }
    const guint at = writing->out->len;
    plx_forms_write(writing, codes, runs, plx_packed_bytes(n, plx_bits(max - min)) / 2);
    return writing->out->len > at;
}

static void write_values(const struct plx_writing *writing, enum plx_column_kind kind,
                         const void *values, guint32 n, const struct plx_runs *runs)
{
    plx_encoder *const encoder = writing->encoder;
    GByteArray *const out = writing->out;
    const gboolean constant = plx_is_constant(values, writing->size, n);
    const gboolean joined = runs && runs->n_runs < n && !constant;
    if (joined && plx_runs_hold(runs, values, writing->size)) {
        take_heads(kind, values, runs, encoder->values);
        plx_write_number(out, PLX_ENCODING_BY_RUN, 1);
        plx_stream_write(writing, encoder->values, runs->n_runs, PLX_ENCODING_BY_RUN);
        return;
    }
    if (joined && writing->size == 4 && write_good_forms(writing, values, n, runs))
        return;
    const guint at = out->len;
    if (writing->size != 1 || constant || !plx_bytes_write(writing, values, n)) {
        widen(kind, values, constant ? MIN(n, 1) : n, encoder->values);
        plx_stream_write(writing, encoder->values, constant ? MIN(n, 1) : n,
                         PLX_ENCODING_LENGTHS + 1);
    }
    if (joined) {
        const guint second = out->len;
        plx_forms_write(writing, values, runs, second - at);
        plx_keep_shorter(out, at, second);
    }
}

void plx_column_encode(plx_encoder *encoder, enum plx_column_kind kind, const void *values,
                       guint32 n, const struct plx_beside *beside, GByteArray *out)
{
    g_return_if_fail(n <= PLX_COLUMN_ROWS && kind <= PLX_COLUMN_U64);
    const guint at = begin_column(out, kind, n);
    const guint size = plx_column_width(kind);
    const struct plx_writing writing = {encoder, out, size, bias_of(kind)};
    const struct plx_runs *const runs = beside && n ? beside->runs : NULL;
    if (n && beside && beside->same && memcmp(values, beside->same, (gsize)n * size) == 0 &&
        !plx_is_constant(values, size, n))
        plx_write_number(out, PLX_ENCODING_SAME, 1);
    else
        write_values(&writing, kind, values, n, runs);
    end_column(out, at);
}

gboolean plx_column_decode_heads(const guint8 *bytes, gsize size, enum plx_column_kind kind,
                                 void *values, guint32 n, const struct plx_beside *beside,
                                 gboolean *by_run, GError **error)
{
    g_return_val_if_fail(n <= PLX_COLUMN_ROWS && kind <= PLX_COLUMN_U64, FALSE);
    struct plx_reading reading = {.size = plx_column_width(kind)};
    if (beside) {
        reading.runs = beside->runs;
        reading.same = beside->same;
    }
    if (!open_column(bytes, size, kind, n, &reading.cursor, error))
        return FALSE;
    struct plx_cursor *const cursor = &reading.cursor;
    const gboolean heads = by_run && cursor->at < cursor->end && *cursor->at == PLX_ENCODING_BY_RUN;
    if (by_run)
        *by_run = heads;
    cursor->at += heads ? 1 : 0;
    const gboolean ok = heads ? plx_heads_read(&reading, n, values)
                              : plx_stream_read(&reading, PLX_ENCODINGS, n, values);
    return close_column(cursor, ok, error);
}

gboolean plx_column_decode(const guint8 *bytes, gsize size, enum plx_column_kind kind, void *values,
                           guint32 n, const struct plx_beside *beside, GError **error)
{
    return plx_column_decode_heads(bytes, size, kind, values, n, beside, NULL, error);
}

/* ---- runs ---- */

void plx_column_encode_runs(plx_encoder *encoder, const struct plx_runs *runs, GByteArray *out)
{
    const guint at = begin_column(out, PLX_COLUMN_RUNS, runs->begin[runs->n_runs]);
    for (guint32 r = 0; r < runs->n_runs; r++)
        encoder->values[r] = runs->begin[r + 1] - runs->begin[r] - 1;
    plx_write_number(out, runs->n_runs, 4);
    const struct plx_writing writing = {encoder, out, 4, 0};
    plx_stream_write(&writing, encoder->values, runs->n_runs, PLX_ENCODING_LENGTHS + 1);
    end_column(out, at);
}

/* From lengths less one in begin[1..] to where runs begin. */
static gboolean add_lengths(guint32 *begin, guint32 n_runs, guint32 n)
{
    begin[0] = 0;
    for (guint32 r = 0; r < n_runs; r++) {
        if (begin[r + 1] >= n - begin[r])
            return FALSE;
        begin[r + 1] += begin[r] + 1;
    }
    return begin[n_runs] == n;
}

gboolean plx_column_decode_runs(const guint8 *bytes, gsize size, guint32 n, struct plx_runs *runs,
                                GError **error)
{
    g_return_val_if_fail(n <= PLX_COLUMN_ROWS, FALSE);
    struct plx_reading reading = {.size = 4};
    guint64 n_runs = 0;
    if (!open_column(bytes, size, PLX_COLUMN_RUNS, n, &reading.cursor, error))
        return FALSE;
    const gboolean ok =
        plx_cursor_number(&reading.cursor, 4, &n_runs) && n_runs <= n &&
        plx_stream_read(&reading, PLX_ENCODING_LENGTHS + 1, (guint32)n_runs, runs->begin + 1) &&
        add_lengths(runs->begin, (guint32)n_runs, n);
    if (!close_column(&reading.cursor, ok, error))
        return FALSE;
    runs->n_runs = (guint32)n_runs;
    return TRUE;
}

/* ---- texts ---- */

void plx_column_encode_spans(plx_encoder *encoder, const struct plx_span *spans, guint32 n,
                             GByteArray *out)
{
    g_return_if_fail(n <= PLX_COLUMN_ROWS);
    const guint at = begin_column(out, PLX_COLUMN_SPANS, n);
    for (guint32 i = 0; i < n; i++)
        encoder->values[i] = spans[i].length;
    const struct plx_writing writing = {encoder, out, 4, 0};
    plx_stream_write(&writing, encoder->values, n, PLX_ENCODING_LENGTHS + 1);
    for (guint32 i = 0; i < n; i++)
        if (spans[i].length)
            g_byte_array_append(out, (const guint8 *)spans[i].text, spans[i].length);
    end_column(out, at);
}

gboolean plx_column_decode_spans(const guint8 *bytes, gsize size, struct plx_span *spans, guint32 n,
                                 GError **error)
{
    g_return_val_if_fail(n <= PLX_COLUMN_ROWS, FALSE);
    struct plx_reading reading = {.size = 4};
    if (!open_column(bytes, size, PLX_COLUMN_SPANS, n, &reading.cursor, error))
        return FALSE;
    g_autofree guint32 *lengths = g_new(guint32, n + 1);
    gboolean ok = plx_stream_read(&reading, PLX_ENCODING_LENGTHS + 1, n, lengths);
    for (guint32 i = 0; ok && i < n; i++) {
        const guint8 *const text = plx_cursor_take(&reading.cursor, lengths[i]);
        ok = text != NULL;
        spans[i] = (struct plx_span){(const char *)text, lengths[i]};
    }
    return close_column(&reading.cursor, ok, error);
}
