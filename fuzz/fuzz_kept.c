/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Kept cells. The first two bytes say how many; then come pieces: a length, a kind and so many
 * bytes of a column's inside, which get head and sum, or the decoder would not look at them; length
 * 0: one plain byte. Either cells or an error; cells encoded and decoded again are the same. */

#include "store/kept_codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static void append(GByteArray *out, guint64 value, guint size)
{
    const guint64 little = GUINT64_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&little, size);
}

static void append_column(GByteArray *out, guint kind, guint32 n, const uint8_t *data, guint size)
{
    append(out, 6 + size + 4, 4);
    const guint at = out->len;
    append(out, 1, 1);
    append(out, kind, 1);
    append(out, n, 4);
    g_byte_array_append(out, data, size);
    append(out, crc32(0, out->data + at, out->len - at), 4);
}

static GByteArray *build(guint32 n, const uint8_t *data, size_t size)
{
    GByteArray *const out = g_byte_array_new();
    for (size_t at = 0; at + 2 <= size;) {
        const guint length = data[at], kind = data[at + 1];
        at += 2;
        if (length == 0) {
            append(out, kind, 1);
            continue;
        }
        const guint given = (guint)MIN(length - 1, size - at);
        append_column(out, kind, n, data + at, given);
        at += given;
    }
    return out;
}

static void check_again(const struct plx_kept_cells *cells)
{
    static plx_encoder *encoder; /* large: made once */
    struct plx_kept_cells back;
    g_autoptr(GByteArray) first = g_byte_array_new();
    g_autoptr(GByteArray) second = g_byte_array_new();
    if (!encoder)
        encoder = plx_encoder_new();
    plx_kept_encode(encoder, cells, first);
    if (!plx_kept_decode(first->data, first->len, cells->n, NULL, &back, NULL))
        abort();
    plx_kept_encode(encoder, &back, second);
    if (first->len != second->len || memcmp(first->data, second->data, first->len) != 0)
        abort();
    plx_kept_cells_clear(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const guint32 n = data[0] | (guint32)(data[1] & 3) << 8;
    g_autoptr(GByteArray) bytes = build(n, data + 2, size - 2);
    g_autofree guint8 *exact = g_memdup2(bytes->data, bytes->len);
    struct plx_kept_cells cells;
    g_autoptr(GError) error = NULL;
    const gboolean ok = plx_kept_decode(exact, bytes->len, n, NULL, &cells, &error);
    g_assert(ok == (error == NULL));
    if (!ok)
        return 0;
    check_again(&cells);
    plx_kept_cells_clear(&cells);
    return 0;
}
