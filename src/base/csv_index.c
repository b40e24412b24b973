/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_index.h"

#include "base/csv_kernels.h"

#include <string.h>

/* Masks of up to PLX_CSV_CHUNK_WORDS * 64 bytes; a ragged end is read from a copy. Returns the
 * words. */
static guint chunk_masks(const struct plx_csv_kernels *kernels, const char *text, gsize left,
                         char delimiter, char quote, struct plx_csv_masks *masks)
{
    const guint full = (guint)MIN(left / 64, PLX_CSV_CHUNK_WORDS);
    if (full > 0) {
        kernels->masks(text, full, delimiter, quote, masks);
        return full;
    }
    char tail[64];
    memset(tail, 'x', sizeof tail);
    memcpy(tail, text, left);
    kernels->masks(tail, 1, delimiter, quote, masks);
    const guint64 inside = (G_GUINT64_CONSTANT(1) << left) - 1;
    masks->separator[0] &= inside;
    masks->newline[0] &= inside;
    masks->quote[0] &= inside;
    masks->any_quote = masks->quote[0];
    masks->newlines = (guint64)__builtin_popcountll(masks->newline[0]);
    return 1;
}

/* Bit i of the result is the xor of bits 0..i: 1 from an opening quote to before its closing. */
static inline guint64 prefix_xor(guint64 bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

static void reserve(struct plx_csv_index *index, gsize used, gsize more)
{
    if (used + more <= index->capacity)
        return;
    index->capacity = MAX(index->capacity * 2, used + more);
    index->at = g_renew(guint32, index->at, index->capacity);
}

/* What the quotes of the words so far mean for the next. */
struct quoting {
    guint64 inside;      /* all ones within quotes */
    guint64 after_start; /* bit 0: the byte before ended a field (or there was none) */
    guint64 after_quote; /* bit 0: it was a quote */
    guint64 after_close; /* bit 0: it was a closing quote */
};

/* The bytes of one word where the quoting is wrong; *outside gets those outside quotes. */
static guint64 word_quoting(struct quoting *state, guint64 quote, guint64 separators,
                            const char *text, guint64 *outside)
{
    const guint64 inside = prefix_xor(quote) ^ state->inside;
    const guint64 separating = separators & ~inside;
    const guint64 opens = quote & inside, closes = quote & ~inside;
    const guint64 may_open =
        (separating << 1 | state->after_start) | (quote << 1 | state->after_quote);
    guint64 behind = (closes << 1 | state->after_close) & ~(separating | quote);
    for (guint64 bits = behind; bits; bits &= bits - 1)
        if (memcmp(text + __builtin_ctzll(bits), "\r\n", 2) == 0)
            behind &= ~(bits & -bits);
    state->inside = (guint64) - (gint64)(inside >> 63);
    state->after_start = separating >> 63;
    state->after_quote = quote >> 63;
    state->after_close = closes >> 63;
    *outside = ~inside;
    return (opens & ~may_open) | behind;
}

/* The words of a chunk where there are no quotes. */
static void plain_words(struct plx_csv_index *index, guint words, const struct plx_csv_masks *masks,
                        struct quoting *state)
{
    index->rows += masks->newlines;
    state->after_start = masks->separator[words - 1] >> 63;
    state->after_quote = state->after_close = 0;
}

/* The same where there may be; separators within quotes are none. `text` and `n` are the whole
 * block's, `base` is where the words begin. */
static void quoted_words(struct plx_csv_index *index, const char *text, gsize n, gsize base,
                         guint words, struct plx_csv_masks *masks, struct quoting *state)
{
    for (guint w = 0; w < words; w++) {
        const gsize at = base + w * 64;
        guint64 outside;
        guint64 wrong =
            word_quoting(state, masks->quote[w], masks->separator[w], text + at, &outside);
        if (n - at < 64)
            wrong &= (G_GUINT64_CONSTANT(1) << (n - at)) - 1;
        if (wrong && index->misplaced == G_MAXSIZE)
            index->misplaced = at + (gsize)__builtin_ctzll(wrong);
        index->rows += (gsize)__builtin_popcountll(masks->newline[w] & outside);
        masks->separator[w] &= outside;
    }
}

void plx_csv_index_run(struct plx_csv_index *index, const char *text, gsize n, char delimiter,
                       char quote, enum plx_csv_kernel kernel)
{
    const struct plx_csv_kernels *const kernels = plx_csv_kernels_choose(kernel);
    struct plx_csv_masks masks;
    struct quoting state = {.after_start = 1};
    gsize used = 1;
    reserve(index, 0, 1);
    index->at[0] = G_MAXUINT32;
    index->newlines = 0;
    index->rows = 0;
    index->has_quote = index->has_high = index->has_nul = FALSE;
    index->misplaced = G_MAXSIZE;
    for (gsize base = 0; base < n;) {
        const guint words = chunk_masks(kernels, text + base, n - base, delimiter, quote, &masks);
        const gboolean quotes = quote && (masks.any_quote || state.inside || state.after_close);
        index->has_high |= masks.high;
        index->has_nul |= masks.nul;
        index->has_quote |= quotes;
        index->newlines += masks.newlines;
        if (quotes)
            quoted_words(index, text, n, base, words, &masks, &state);
        else
            plain_words(index, words, &masks, &state);
        reserve(index, used, words * 64 + PLX_CSV_OFFSETS_SLACK);
        guint32 *const end =
            kernels->offsets(index->at + used, masks.separator, words, (guint32)base);
        used = (gsize)(end - index->at);
        base += words * 64;
    }
    index->n = used - 1;
    index->open = state.inside != 0;
}

void plx_csv_index_clear(struct plx_csv_index *index)
{
    g_free(index->at);
    memset(index, 0, sizeof *index);
}

gsize plx_csv_last_row_end(const char *text, gsize n, char quote, gboolean *open,
                           enum plx_csv_kernel kernel)
{
    if (quote == 0 || memchr(text, quote, n) == NULL) {
        const char *const last = n > 0 ? memrchr(text, '\n', n) : NULL;
        *open = FALSE;
        return last ? (gsize)(last - text) + 1 : 0;
    }
    const struct plx_csv_kernels *const kernels = plx_csv_kernels_choose(kernel);
    struct plx_csv_masks masks;
    guint64 inside = 0;
    gsize end = 0;
    for (gsize base = 0; base < n;) {
        const guint words = chunk_masks(kernels, text + base, n - base, '\n', quote, &masks);
        for (guint w = 0; w < words; w++) {
            const guint64 in = prefix_xor(masks.quote[w]) ^ inside;
            const guint64 rows = masks.newline[w] & ~in;
            if (rows)
                end = base + w * 64 + 64 - (gsize)__builtin_clzll(rows);
            inside = (guint64) - (gint64)(in >> 63);
        }
        base += words * 64;
    }
    *open = inside != 0;
    return end;
}
