/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_kernels.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* Any machine ------------------------------------------------------------------------------- */

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
                           struct plx_csv_masks *masks)
{
    const guint64 d = ONES * (guint8)delimiter, q = ONES * (guint8)quote, nl = ONES * '\n';
    guint64 high = 0, nul = 0, any_quote = 0, newlines = 0;
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
        masks->separator[w] = dm | nm;
        masks->newline[w] = nm;
        masks->quote[w] = qm;
        any_quote |= qm;
        newlines += (guint64)__builtin_popcountll(nm);
    }
    masks->any_quote = any_quote;
    masks->newlines = newlines;
    masks->high = high != 0;
    masks->nul = nul != 0;
}

/* The next bit that is set. The highest is set lest none is: counting then needs no branch, and
 * such an entry is not used. */
static inline __attribute__((always_inline)) guint64 emit_one(guint32 *out, guint64 bits,
                                                              guint32 base)
{
    *out = base + (guint32)__builtin_ctzll(bits | G_GUINT64_CONSTANT(1) << 63);
    return bits & (bits - 1);
}

static inline __attribute__((always_inline)) guint64 emit_four(guint32 *out, guint64 bits,
                                                               guint32 base)
{
    bits = emit_one(out, bits, base);
    bits = emit_one(out + 1, bits, base);
    bits = emit_one(out + 2, bits, base);
    return emit_one(out + 3, bits, base);
}

/* Eight, then four at a time without a branch in between: words of 64 bytes rarely have more than
 * twelve. Where the bits run out within them, what is written lies behind the end. */
static inline __attribute__((always_inline)) guint32 *emit_words(guint32 *out, const guint64 *words,
                                                                 guint n_words, guint32 base)
{
    for (guint w = 0; w < n_words; w++, base += 64) {
        const guint n = (guint)__builtin_popcountll(words[w]);
        guint64 bits = emit_four(out, words[w], base);
        bits = emit_four(out + 4, bits, base);
        for (guint done = 8; done < n; done += 4)
            bits = emit_four(out + done, bits, base);
        out += n;
    }
    return out;
}

static guint32 *offsets_portable(guint32 *out, const guint64 *bits, guint words, guint32 base)
{
    return emit_words(out, bits, words, base);
}

static const struct plx_csv_kernels portable = {masks_portable, offsets_portable, PLX_CSV_PORTABLE};

/* x86-64 ------------------------------------------------------------------------------------ */

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

AVX2 static inline guint64 equal_mask(__m256i a, __m256i b, __m256i pattern)
{
    const guint32 low = (guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, pattern));
    const guint32 high = (guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, pattern));
    return (guint64)high << 32 | low;
}

AVX2 static void masks_avx2(const char *text, guint words, char delimiter, char quote,
                            struct plx_csv_masks *masks)
{
    const __m256i d = _mm256_set1_epi8(delimiter), q = _mm256_set1_epi8(quote);
    const __m256i nl = _mm256_set1_epi8('\n'), zero = _mm256_setzero_si256();
    __m256i any = zero, nul = zero;
    guint64 any_quote = 0, newlines = 0;
    for (guint w = 0; w < words; w++) {
        const __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(text + w * 64));
        const __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(text + w * 64 + 32));
        const guint64 newline = equal_mask(a, b, nl), quotes = equal_mask(a, b, q);
        masks->separator[w] = equal_mask(a, b, d) | newline;
        masks->newline[w] = newline;
        masks->quote[w] = quotes;
        any_quote |= quotes;
        newlines += (guint64)__builtin_popcountll(newline);
        any = _mm256_or_si256(any, _mm256_or_si256(a, b));
        nul = _mm256_or_si256(nul, _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), zero));
    }
    masks->any_quote = any_quote;
    masks->newlines = newlines;
    masks->high = _mm256_movemask_epi8(any) != 0;
    masks->nul = _mm256_movemask_epi8(nul) != 0;
}

AVX2 static guint32 *offsets_avx2(guint32 *out, const guint64 *bits, guint words, guint32 base)
{
    return emit_words(out, bits, words, base);
}

static const struct plx_csv_kernels avx2 = {masks_avx2, offsets_avx2, PLX_CSV_AVX2};

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")))

AVX512 static void masks_avx512(const char *text, guint words, char delimiter, char quote,
                                struct plx_csv_masks *masks)
{
    const __m512i d = _mm512_set1_epi8(delimiter), q = _mm512_set1_epi8(quote);
    const __m512i nl = _mm512_set1_epi8('\n');
    __m512i any = _mm512_setzero_si512(), least = _mm512_set1_epi8(-1);
    guint64 any_quote = 0, newlines = 0;
    for (guint w = 0; w < words; w++) {
        const __m512i bytes = _mm512_loadu_si512(text + w * 64);
        const guint64 newline = _mm512_cmpeq_epi8_mask(bytes, nl);
        const guint64 quotes = _mm512_cmpeq_epi8_mask(bytes, q);
        masks->separator[w] = _mm512_cmpeq_epi8_mask(bytes, d) | newline;
        masks->newline[w] = newline;
        masks->quote[w] = quotes;
        any_quote |= quotes;
        newlines += (guint64)__builtin_popcountll(newline);
        any = _mm512_or_si512(any, bytes);
        least = _mm512_min_epu8(least, bytes);
    }
    masks->any_quote = any_quote;
    masks->newlines = newlines;
    masks->high = _mm512_movepi8_mask(any) != 0;
    masks->nul = _mm512_testn_epi8_mask(least, least) != 0;
}

/* Writes 16 offsets at once, those of the bits' numbers. */
AVX512 static inline void put16(guint32 *out, __m128i numbers, __m512i base)
{
    _mm512_storeu_si512(out, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(numbers)));
}

AVX512 static guint32 *offsets_avx512(guint32 *out, const guint64 *bits, guint words, guint32 base)
{
    static const guint8 numbers[64] = {
        0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
        22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
        44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    const __m512i all = _mm512_loadu_si512(numbers);
    for (guint w = 0; w < words; w++, base += 64) {
        const guint n = (guint)__builtin_popcountll(bits[w]);
        const __m512i set = _mm512_maskz_compress_epi8(bits[w], all);
        const __m512i from = _mm512_set1_epi32((gint)base);
        put16(out, _mm512_castsi512_si128(set), from);
        if (G_UNLIKELY(n > 16)) {
            put16(out + 16, _mm512_extracti32x4_epi32(set, 1), from);
            if (n > 32) {
                put16(out + 32, _mm512_extracti32x4_epi32(set, 2), from);
                put16(out + 48, _mm512_extracti32x4_epi32(set, 3), from);
            }
        }
        out += n;
    }
    return out;
}

static const struct plx_csv_kernels avx512 = {masks_avx512, offsets_avx512, PLX_CSV_BEST};
#endif

const struct plx_csv_kernels *plx_csv_kernels_choose(enum plx_csv_kernel kernel)
{
#if defined(__x86_64__)
    const gboolean has_avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                              __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    if (kernel == PLX_CSV_BEST && has_avx2 && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi2"))
        return &avx512;
    if (kernel <= PLX_CSV_AVX2 && has_avx2)
        return &avx2;
#endif
    (void)kernel;
    return &portable;
}
