/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_index.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Words of 64 bytes that one call of a mask kernel covers. */
#define CHUNK_WORDS 64

/* Bit i of word w stands for byte 64 * w + i. */
struct masks {
    guint64 delimiter[CHUNK_WORDS];
    guint64 newline[CHUNK_WORDS];
    guint64 quote[CHUNK_WORDS];
    guint64 any_quote;
    gboolean high, nul;
};

typedef void mask_kernel(const char *text, guint words, char delimiter, char quote,
                         struct masks *masks);

#define ONES G_GUINT64_CONSTANT(0x0101010101010101)
#define LOWS G_GUINT64_CONSTANT(0x7f7f7f7f7f7f7f7f)

/* The bytes of a word that equal a pattern's, as eight bits (exact: no borrow between bytes). */
static inline guint64 equal_bits(guint64 word, guint64 pattern)
{
    const guint64 x = word ^ pattern;
    const guint64 zero = ~(((x & LOWS) + LOWS) | x | LOWS);
    return ((zero >> 7) * G_GUINT64_CONSTANT(0x0102040810204080)) >> 56;
}

static void masks_portable(const char *text, guint words, char delimiter, char quote,
                           struct masks *masks)
{
    const guint64 d = ONES * (guint8)delimiter, q = ONES * (guint8)quote, nl = ONES * '\n';
    guint64 high = 0, nul = 0, any_quote = 0;
    for (guint w = 0; w < words; w++) {
        guint64 dm = 0, nm = 0, qm = 0;
        for (guint i = 0; i < 8; i++) {
            guint64 word;
            memcpy(&word, text + w * 64 + i * 8, 8);
            word = GUINT64_FROM_LE(word);
            dm |= equal_bits(word, d) << (8 * i);
            nm |= equal_bits(word, nl) << (8 * i);
            qm |= equal_bits(word, q) << (8 * i);
            high |= word & ~LOWS;
            nul |= equal_bits(word, 0);
        }
        masks->delimiter[w] = dm;
        masks->newline[w] = nm;
        masks->quote[w] = qm;
        any_quote |= qm;
    }
    masks->any_quote = any_quote;
    masks->high = high != 0;
    masks->nul = nul != 0;
}

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))

AVX2 static inline guint64 equal_mask(__m256i a, __m256i b, __m256i pattern)
{
    const guint32 low = (guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, pattern));
    const guint32 high = (guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, pattern));
    return (guint64)high << 32 | low;
}

AVX2 static void masks_avx2(const char *text, guint words, char delimiter, char quote,
                            struct masks *masks)
{
    const __m256i d = _mm256_set1_epi8(delimiter), q = _mm256_set1_epi8(quote);
    const __m256i nl = _mm256_set1_epi8('\n'), zero = _mm256_setzero_si256();
    __m256i any = zero, nul = zero;
    guint64 any_quote = 0;
    for (guint w = 0; w < words; w++) {
        const __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(text + w * 64));
        const __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(text + w * 64 + 32));
        masks->delimiter[w] = equal_mask(a, b, d);
        masks->newline[w] = equal_mask(a, b, nl);
        masks->quote[w] = equal_mask(a, b, q);
        any_quote |= masks->quote[w];
        any = _mm256_or_si256(any, _mm256_or_si256(a, b));
        nul = _mm256_or_si256(nul, _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), zero));
    }
    masks->any_quote = any_quote;
    masks->high = _mm256_movemask_epi8(any) != 0;
    masks->nul = _mm256_movemask_epi8(nul) != 0;
}
#endif

static mask_kernel *choose(enum plx_csv_kernel kernel)
{
#if defined(__x86_64__)
    if (kernel == PLX_CSV_BEST && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
        __builtin_cpu_supports("popcnt"))
        return masks_avx2;
#endif
    (void)kernel;
    return masks_portable;
}

/* Masks of up to CHUNK_WORDS * 64 bytes; a ragged end is read from a copy. Returns the words. */
static guint chunk_masks(mask_kernel *kernel, const char *text, gsize left, char delimiter,
                         char quote, struct masks *masks)
{
    const guint full = (guint)MIN(left / 64, CHUNK_WORDS);
    if (full > 0) {
        kernel(text, full, delimiter, quote, masks);
        return full;
    }
    char tail[64];
    memset(tail, 'x', sizeof tail);
    memcpy(tail, text, left);
    kernel(tail, 1, delimiter, quote, masks);
    const guint64 inside = (G_GUINT64_CONSTANT(1) << left) - 1;
    masks->delimiter[0] &= inside;
    masks->newline[0] &= inside;
    masks->quote[0] &= inside;
    masks->any_quote = masks->quote[0];
    return 1;
}

/* Bit i of the result is the xor of bits 0..i: 1 from an opening quote to before its closing. */
static inline __attribute__((always_inline)) guint64 prefix_xor(guint64 bits)
{
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

/* The first `n` bits that are set, whether there are so many or not. The highest bit is set lest
 * none is: counting then needs no branch, and such an entry is not used. */
static inline __attribute__((always_inline)) guint64 emit_some(guint32 *out, guint64 bits,
                                                               guint32 base, guint n)
{
    for (guint i = 0; i < n; i++) {
        out[i] = base + (guint32)__builtin_ctzll(bits | G_GUINT64_CONSTANT(1) << 63);
        bits &= bits - 1;
    }
    return bits;
}

static inline __attribute__((always_inline)) guint32 *emit(guint32 *out, guint64 bits, guint32 base)
{
    const guint n = (guint)__builtin_popcountll(bits);
    /* Eight, then four at a time without a branch in between: words of 64 bytes rarely have more
     * than twelve. Where `bits` runs out within them, what is written lies behind the end. */
    bits = emit_some(out, bits, base, 8);
    for (guint done = 8; done < n; done += 4)
        bits = emit_some(out + done, bits, base, 4);
    return out + n;
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
static inline __attribute__((always_inline)) guint64 word_quoting(struct quoting *state,
                                                                  guint64 quote, guint64 separators,
                                                                  const char *text,
                                                                  guint64 *outside)
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

/* The separators of words without quotes; returns the entries used. */
static inline __attribute__((always_inline)) gsize plain_words(struct plx_csv_index *index,
                                                               guint32 base, guint words,
                                                               const struct masks *masks,
                                                               struct quoting *state, gsize used)
{
    guint32 *out = index->at + used;
    guint64 newlines = 0;
    for (guint w = 0; w < words; w++) {
        newlines += (guint64)__builtin_popcountll(masks->newline[w]);
        out = emit(out, masks->delimiter[w] | masks->newline[w], base + w * 64);
    }
    index->newlines += newlines;
    index->rows += newlines;
    state->after_start = (masks->delimiter[words - 1] | masks->newline[words - 1]) >> 63;
    state->after_quote = state->after_close = 0;
    return (gsize)(out - index->at);
}

/* The same where there may be quotes; `text` and `n` are the whole block's. */
static inline __attribute__((always_inline)) gsize
quoted_words(struct plx_csv_index *index, const char *text, gsize n, gsize base, guint words,
             const struct masks *masks, struct quoting *state, gsize used)
{
    for (guint w = 0; w < words; w++) {
        const gsize at = base + w * 64;
        const guint64 separators = masks->delimiter[w] | masks->newline[w];
        guint64 outside;
        guint64 wrong = word_quoting(state, masks->quote[w], separators, text + at, &outside);
        if (n - at < 64)
            wrong &= (G_GUINT64_CONSTANT(1) << (n - at)) - 1;
        if (wrong && index->misplaced == G_MAXSIZE)
            index->misplaced = at + (gsize)__builtin_ctzll(wrong);
        index->newlines += (guint64)__builtin_popcountll(masks->newline[w]);
        index->rows += (gsize)__builtin_popcountll(masks->newline[w] & outside);
        used = (gsize)(emit(index->at + used, separators & outside, (guint32)at) - index->at);
    }
    return used;
}

/* Compiled twice: bit tricks are single instructions where AVX2 is. */
static inline __attribute__((always_inline)) void index_body(struct plx_csv_index *index,
                                                             const char *text, gsize n,
                                                             char delimiter, char quote,
                                                             mask_kernel *run)
{
    struct masks masks;
    struct quoting state = {.after_start = 1};
    gsize used = 1;
    reserve(index, 0, 1);
    index->at[0] = G_MAXUINT32;
    index->newlines = 0;
    index->rows = 0;
    index->has_quote = index->has_high = index->has_nul = FALSE;
    index->misplaced = G_MAXSIZE;
    for (gsize base = 0; base < n;) {
        const guint words = chunk_masks(run, text + base, n - base, delimiter, quote, &masks);
        const gboolean quotes = quote && (masks.any_quote || state.inside || state.after_close);
        index->has_high |= masks.high;
        index->has_nul |= masks.nul;
        index->has_quote |= quotes;
        reserve(index, used, words * 64 + 8);
        if (quotes)
            used = quoted_words(index, text, n, base, words, &masks, &state, used);
        else
            used = plain_words(index, (guint32)base, words, &masks, &state, used);
        base += words * 64;
    }
    index->n = used - 1;
    index->open = state.inside != 0;
}

#if defined(__x86_64__)
__attribute__((target("avx2,bmi,popcnt"))) static void
index_avx2(struct plx_csv_index *index, const char *text, gsize n, char delimiter, char quote)
{
    index_body(index, text, n, delimiter, quote, masks_avx2);
}
#endif

void plx_csv_index_run(struct plx_csv_index *index, const char *text, gsize n, char delimiter,
                       char quote, enum plx_csv_kernel kernel)
{
#if defined(__x86_64__)
    if (choose(kernel) == masks_avx2) {
        index_avx2(index, text, n, delimiter, quote);
        return;
    }
#endif
    index_body(index, text, n, delimiter, quote, choose(kernel));
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
    mask_kernel *const run = choose(kernel);
    struct masks masks;
    guint64 inside = 0;
    gsize end = 0;
    for (gsize base = 0; base < n;) {
        const guint words = chunk_masks(run, text + base, n - base, '\n', quote, &masks);
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
