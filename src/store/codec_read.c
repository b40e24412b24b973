/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/codec_private.h"

#define CHUNK 512 /* lengths at a time */

const guint8 *plx_cursor_take(struct plx_cursor *cursor, gsize length)
{
    if ((gsize)(cursor->end - cursor->at) < length)
        return NULL;
    const guint8 *const taken = cursor->at;
    cursor->at += length;
    return taken;
}

gboolean plx_cursor_number(struct plx_cursor *cursor, guint size, guint64 *value)
{
    const guint8 *const bytes = plx_cursor_take(cursor, size);
    guint64 x = 0;
    if (!bytes)
        return FALSE;
    memcpy(&x, bytes, size);
    *value = GUINT64_FROM_LE(x);
    return TRUE;
}

static gboolean read_leaf_as(struct plx_cursor *cursor, guint encoding, guint size, guint32 m,
                             struct plx_leaf *leaf)
{
    *leaf = (struct plx_leaf){.m = m, .size = size, .step = 1, .end = cursor->end};
    if (encoding == PLX_ENCODING_CONSTANT)
        return plx_cursor_number(cursor, size, &leaf->base);
    const guint8 *const width = plx_cursor_take(cursor, 1);
    if (encoding != PLX_ENCODING_PACKED || !width || *width == 0 || *width > 8 * size ||
        (*width > PLX_PACK_WIDTH_MAX && *width != 64))
        return FALSE;
    leaf->width = *width;
    if (!plx_cursor_number(cursor, size, &leaf->base) ||
        !plx_cursor_number(cursor, size, &leaf->step))
        return FALSE;
    leaf->bytes = plx_cursor_take(cursor, plx_packed_bytes(m, leaf->width));
    return leaf->bytes != NULL;
}

gboolean plx_leaf_read(struct plx_cursor *cursor, guint size, guint32 m, struct plx_leaf *leaf)
{
    const guint8 *const encoding = plx_cursor_take(cursor, 1);
    return encoding && read_leaf_as(cursor, *encoding, size, m, leaf);
}

/* ---- DELTA ---- */

static inline __attribute__((always_inline)) void sum_up(guint8 *out, guint32 m, const guint size)
{
    guint64 sum = 0;
    for (guint32 i = 0; i < m; i++) {
        guint64 x = 0;
        memcpy(&x, out + (gsize)i * size, size);
        if (G_BYTE_ORDER == G_BIG_ENDIAN)
            x >>= 64 - 8 * size;
        sum += x;
        const guint64 low = G_BYTE_ORDER == G_BIG_ENDIAN ? sum << (64 - 8 * size) : sum;
        memcpy(out + (gsize)i * size, &low, size);
    }
}

static gboolean read_delta(struct plx_reading *reading, guint32 m, guint8 *out)
{
    const guint size = reading->size;
    const struct plx_leaf first = {.size = size, .m = 1};
    struct plx_leaf head = first, leaf;
    if (m < 2 || !plx_cursor_number(&reading->cursor, size, &head.base) ||
        !plx_leaf_read(&reading->cursor, size, m - 1, &leaf))
        return FALSE;
    plx_leaf_unpack(&head, 0, 1, out);
    plx_leaf_unpack(&leaf, 0, m - 1, out + size);
    switch (size) {
    case 1:
        sum_up(out, m, 1);
        break;
    case 2:
        sum_up(out, m, 2);
        break;
    case 4:
        sum_up(out, m, 4);
        break;
    default:
        sum_up(out, m, 8);
        break;
    }
    return TRUE;
}

/* ---- LENGTHS and BY_RUN: one value for several rows ---- */

/* Writes value `from` of out to rows [at, end). Eight at a time where nothing that is still to be
 * read lies behind: then there is no loop to be predicted wrongly. */
static inline __attribute__((always_inline)) void spread(guint8 *out, guint32 from, guint32 at,
                                                         guint32 end, const guint size)
{
    guint8 value[8];
    memcpy(value, out + (gsize)from * size, size);
    if (at + 8 <= from + 1) {
        for (guint i = 0; i < 8; i++)
            memcpy(out + (gsize)(at + i) * size, value, size);
        at += 8;
    }
    for (; at < end; at++)
        memcpy(out + (gsize)at * size, value, size);
}

static inline __attribute__((always_inline)) void
spread_runs(const struct plx_runs *runs, guint32 m, guint8 *out, const guint size)
{
    const guint32 from = m - runs->n_runs;
    for (guint32 r = 0; r < runs->n_runs; r++)
        spread(out, from + r, runs->begin[r], runs->begin[r + 1], size);
}

/* From memory of its own: nothing lies behind but what is still to be written. */
static inline __attribute__((always_inline)) void
spread_heads(const struct plx_runs *runs, const guint8 *heads, guint8 *out, const guint size)
{
    const guint32 n = runs->begin[runs->n_runs];
    for (guint32 r = 0; r < runs->n_runs; r++) {
        guint32 at = runs->begin[r];
        const guint32 end = runs->begin[r + 1];
        guint8 eight[64];
        for (guint i = 0; i < 8; i++)
            memcpy(eight + (gsize)i * size, heads + (gsize)r * size, size);
        if (at + 8 <= n) {
            memcpy(out + (gsize)at * size, eight, 8 * size);
            at += 8;
        }
        for (; at < end; at++)
            memcpy(out + (gsize)at * size, eight, size);
    }
}

void plx_runs_spread(const struct plx_runs *runs, const void *heads, guint size, void *out)
{
    switch (size) {
    case 1:
        spread_heads(runs, heads, out, 1);
        break;
    case 2:
        spread_heads(runs, heads, out, 2);
        break;
    case 4:
        spread_heads(runs, heads, out, 4);
        break;
    default:
        spread_heads(runs, heads, out, 8);
        break;
    }
}

gboolean plx_heads_read(struct plx_reading *reading, guint32 m, void *out)
{
    const struct plx_runs *const runs = reading->runs;
    return runs && runs->n_runs > 0 && runs->n_runs <= m && runs->begin[runs->n_runs] == m &&
           plx_stream_read(reading, PLX_ENCODING_BY_RUN, runs->n_runs, out);
}

/* The values, one per run, are read to the end of `out` and moved forward from there: a run never
 * reaches the value of the next one, as each has at least one row. */
static gboolean read_by_run(struct plx_reading *reading, guint32 m, guint8 *out)
{
    const struct plx_runs *const runs = reading->runs;
    const guint size = reading->size;
    if (!runs || runs->n_runs > m)
        return FALSE;
    if (m == 0) /* `out` may be NULL */
        return plx_heads_read(reading, m, out);
    if (!plx_heads_read(reading, m, out + (gsize)(m - runs->n_runs) * size))
        return FALSE;
    switch (size) {
    case 1:
        spread_runs(runs, m, out, 1);
        break;
    case 2:
        spread_runs(runs, m, out, 2);
        break;
    case 4:
        spread_runs(runs, m, out, 4);
        break;
    default:
        spread_runs(runs, m, out, 8);
        break;
    }
    return TRUE;
}

static inline __attribute__((always_inline)) gboolean
spread_lengths(const struct plx_leaf *lengths, guint32 m, guint8 *out, const guint size)
{
    const guint32 r = lengths->m;
    guint32 at = 0;
    for (guint32 i = 0; i < r; i += CHUNK) {
        guint32 length[CHUNK];
        const guint32 n = MIN(CHUNK, r - i);
        plx_leaf_unpack(lengths, i, n, length);
        for (guint32 k = 0; k < n; k++) {
            const guint32 left = r - i - k; /* runs, with this one */
            if (length[k] > m - left - at)
                return FALSE;
            spread(out, m - left, at, at + length[k] + 1, size);
            at += length[k] + 1;
        }
    }
    return at == m;
}

static gboolean read_lengths(struct plx_reading *reading, guint32 m, guint8 *out)
{
    const guint size = reading->size;
    guint64 r;
    if (!plx_cursor_number(&reading->cursor, 4, &r) || r == 0 || r > m ||
        !plx_stream_read(reading, PLX_ENCODING_LENGTHS, (guint32)r, out + (m - r) * size))
        return FALSE;
    struct plx_leaf lengths;
    if (!plx_leaf_read(&reading->cursor, 4, (guint32)r, &lengths))
        return FALSE;
    switch (size) {
    case 1:
        return spread_lengths(&lengths, m, out, 1);
    case 2:
        return spread_lengths(&lengths, m, out, 2);
    case 4:
        return spread_lengths(&lengths, m, out, 4);
    default:
        return spread_lengths(&lengths, m, out, 8);
    }
}

gboolean plx_stream_read(struct plx_reading *reading, guint limit, guint32 m, void *out)
{
    const guint8 *const encoding = plx_cursor_take(&reading->cursor, 1);
    if (!encoding || *encoding >= limit)
        return FALSE;
    struct plx_leaf leaf;
    switch ((enum plx_encoding) * encoding) {
    case PLX_ENCODING_CONSTANT:
    case PLX_ENCODING_PACKED:
        if (!read_leaf_as(&reading->cursor, *encoding, reading->size, m, &leaf))
            return FALSE;
        plx_leaf_unpack(&leaf, 0, m, out);
        return TRUE;
    case PLX_ENCODING_DELTA:
        return read_delta(reading, m, out);
    case PLX_ENCODING_DIGITS:
        return plx_digits_read(reading, m, out);
    case PLX_ENCODING_DICT:
        return plx_dict_read(reading, m, out);
    case PLX_ENCODING_LENGTHS:
        return read_lengths(reading, m, out);
    case PLX_ENCODING_BY_RUN:
        return read_by_run(reading, m, out);
    case PLX_ENCODING_FORMS:
        return plx_forms_read(reading, m, out);
    case PLX_ENCODING_SAME:
        if (!reading->same || m == 0)
            return FALSE;
        memcpy(out, reading->same, (gsize)m * reading->size);
        return TRUE;
    case PLX_ENCODINGS:
    default:
        return FALSE;
    }
}
