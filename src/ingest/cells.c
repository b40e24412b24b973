/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/cells.h"

#define PIECE_BYTES (64 * 1024)

char *plx_scratch_take(struct plx_scratch *scratch, gsize n)
{
    if (!scratch->pieces)
        scratch->pieces = g_ptr_array_new_with_free_func(g_free);
    if (scratch->pieces->len == 0 || scratch->used + n > scratch->capacity) {
        scratch->capacity = MAX(n, PIECE_BYTES);
        scratch->used = 0;
        g_ptr_array_add(scratch->pieces, g_malloc(scratch->capacity));
    }
    char *const result = (char *)scratch->pieces->pdata[scratch->pieces->len - 1] + scratch->used;
    scratch->used += n;
    return result;
}

void plx_scratch_reset(struct plx_scratch *scratch)
{
    if (scratch->pieces)
        g_ptr_array_set_size(scratch->pieces, 0);
    scratch->used = scratch->capacity = 0;
}

void plx_scratch_clear(struct plx_scratch *scratch)
{
    g_clear_pointer(&scratch->pieces, g_ptr_array_unref);
}

void plx_chunk_fault(struct plx_chunk *chunk, guint32 row, guint column, char *message)
{
    if (chunk->bad[row] == 2) {
        g_free(message);
        return;
    }
    if (!chunk->bad[row])
        chunk->n_bad++;
    chunk->bad[row] = 1;
    const struct plx_cell_fault fault = {row, column, message};
    g_array_append_val(chunk->faults, fault);
}

char *plx_shown(const char *text, gsize n)
{
    GString *const out = g_string_new("\"");
    gsize length = MIN(n, 60);
    while (length > 0 && length < n && ((guint8)text[length] & 0xC0) == 0x80)
        length--;
    for (gsize i = 0; i < length; i++) {
        if ((guint8)text[i] < 0x20 || text[i] == 0x7F)
            g_string_append_printf(out, "\\x%02X", (guint)(guint8)text[i]);
        else
            g_string_append_c(out, text[i]);
    }
    g_string_append(out, length < n ? "…\"" : "\"");
    return g_string_free(out, FALSE);
}

const char *plx_cell_odd(const struct plx_rows *rows, const char *cell, guint32 *n)
{
    if (rows->blanks)
        while (*n > 0 && (cell[*n - 1] == ' ' || cell[*n - 1] == '\t' || cell[*n - 1] == '\r'))
            (*n)--; /* never within a quoted cell: that ends in its quote */
    if (*n == 0 || cell[0] != rows->quote || rows->quote == 0)
        return cell;
    const char *const inner = cell + 1;
    const guint32 length = *n - 2;
    *n = length;
    const char *const doubled = memchr(inner, rows->quote, length);
    if (!doubled)
        return inner;
    char *const out = plx_scratch_take(rows->scratch, length + 16);
    guint32 used = 0;
    for (guint32 i = 0; i < length; i++) {
        out[used++] = inner[i];
        if (inner[i] == rows->quote)
            i++; /* the second of the two */
    }
    memset(out + used, 0, 16);
    *n = used;
    return out;
}
