/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repeats.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static void mark(guint8 *marks, const struct plx_bound *bound)
{
    if (bound->set && bound->column >= 0)
        marks[bound->column] = 1;
}

/* Columns that are likely to repeat: everything about the encounter, nothing about the answer. */
static void mark_columns(const plx_binding *binding, guint8 *marks)
{
    const struct plx_bound *const about[] = {
        &binding->dataset_of_row, &binding->audience, &binding->place, &binding->channel,
        &binding->source,         &binding->language, &binding->time,  &binding->respondent,
        &binding->workshop,       &binding->table,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(about); i++)
        mark(marks, about[i]);
    for (guint k = 0; k < binding->n_encounter; k++)
        mark(marks, &binding->encounter[k]);
    for (guint s = 0; s < binding->n_segments; s++)
        mark(marks, &binding->segments[s]);
    for (guint v = 0; v < binding->n_views; v++)
        mark(marks, &binding->views[v].subject[PLX_SUBJECT_JOURNEY]);
}

/* Which rows tell of something new about encounters: those of the only stretch, of any stretch, or
 * all when the size of the group behind a row is read, which no stretch holds. */
static const struct plx_fresh *choose_about(const struct plx_repeats *repeats,
                                            const plx_binding *binding)
{
    if (repeats->stretches->len == 0 ||
        (binding->group_size.set && binding->group_size.column >= 0))
        return &repeats->every;
    return repeats->stretches->len == 1 ? g_ptr_array_index(repeats->stretches, 0) : &repeats->any;
}

void plx_repeats_init(struct plx_repeats *repeats, const plx_binding *binding,
                      enum plx_csv_kernel kernel)
{
    const guint n = binding->n_columns;
    g_autofree guint8 *marks = g_malloc0(n + 1);
    mark_columns(binding, marks);
    repeats->kernels = plx_csv_kernels_choose(kernel);
    repeats->stretches = g_ptr_array_new_with_free_func(g_free);
    repeats->fresh = g_new(const struct plx_fresh *, n);
    for (guint32 i = 0; i < G_N_ELEMENTS(repeats->every.row); i++)
        repeats->every.row[i] = i;
    for (guint column = 0; column < n; column++)
        repeats->fresh[column] = &repeats->every;
    for (guint first = 0, end; first < n; first = end + 1) {
        for (end = first; marks[end];)
            end++;
        if (end == first)
            continue;
        struct plx_fresh *const fresh = g_new0(struct plx_fresh, 1);
        fresh->first = first;
        fresh->last = end - 1;
        g_ptr_array_add(repeats->stretches, fresh);
        for (guint column = first; column < end; column++)
            repeats->fresh[column] = fresh;
    }
    repeats->about = choose_about(repeats, binding);
}

void plx_repeats_clear(struct plx_repeats *repeats)
{
    g_clear_pointer(&repeats->stretches, g_ptr_array_unref);
    g_clear_pointer(&repeats->fresh, g_free);
}

/* Two words at a time, in one register where the machine has such. */
typedef guint64 plx_two_words __attribute__((vector_size(16)));

static inline plx_two_words difference(const char *a, const char *b)
{
    plx_two_words x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x ^ y;
}

/* TRUE when n bytes differ; 16 bytes may be read in any case. */
static inline gboolean differ(const char *a, const char *b, guint32 n)
{
    if (G_UNLIKELY(n < 16)) {
        guint64 a_lo, a_hi, b_lo, b_hi;
        plx_load16(a, n, &a_lo, &a_hi);
        plx_load16(b, n, &b_lo, &b_hi);
        return ((a_lo ^ b_lo) | (a_hi ^ b_hi)) != 0;
    }
    plx_two_words all = difference(a + n - 16, b + n - 16);
    for (guint32 i = 0; i + 16 < n; i += 16)
        all |= difference(a + i, b + i);
    return (all[0] | all[1]) != 0;
}

#define WORDS (PLX_CHUNK_ROWS / 64)

typedef gboolean differ_kernel(const char *a, const char *b, guint32 n);
typedef void find_kernel(const struct plx_fresh *fresh, const struct plx_rows *rows, guint64 *bits);

/* Sets a bit for each row whose bytes in a stretch, what ends it included, are not those of the row
 * above. Where lengths differ, so do the bytes: a separator stands against a byte of a cell. */
static inline __attribute__((always_inline)) void find_with(differ_kernel *differs,
                                                            const struct plx_fresh *fresh,
                                                            const struct plx_rows *rows,
                                                            guint64 *bits)
{
    const guint width = fresh->last + 1 - fresh->first;
    const guint32 *at = rows->at + fresh->first;
    const char *above = rows->text;
    for (guint32 first = 0; first < rows->n; first += 64) {
        const guint32 n = MIN(rows->n - first, 64);
        guint64 word = first == 0; /* above the first row is none */
        for (guint32 i = 0; i < n; i++, at += rows->stride) {
            const guint32 begin = at[0] + 1;
            const char *const text = rows->text + begin;
            word |= (guint64)differs(text, above, at[width] + 1 - begin) << i;
            above = text;
        }
        bits[first / 64] = word;
    }
}

static void find_portable(const struct plx_fresh *fresh, const struct plx_rows *rows, guint64 *bits)
{
    find_with(differ, fresh, rows, bits);
}

#if defined(__x86_64__)
#define AVX512 __attribute__((target("avx512f,avx512bw,bmi,bmi2")))

#define AVX2 __attribute__((target("avx2,bmi,bmi2")))

AVX2 static inline guint32 different_bits(const char *a, const char *b)
{
    const __m256i x = _mm256_loadu_si256((const __m256i *)(const void *)a);
    const __m256i y = _mm256_loadu_si256((const __m256i *)(const void *)b);
    return ~(guint32)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, y));
}

/* 32 bytes may be read in any case. */
AVX2 static inline gboolean differ_avx2(const char *a, const char *b, guint32 n)
{
    guint32 differing = 0;
    for (; n > 32; n -= 32, a += 32, b += 32)
        differing |= different_bits(a, b);
    return (differing | _bzhi_u32(different_bits(a, b), n)) != 0;
}

AVX2 static void find_avx2(const struct plx_fresh *fresh, const struct plx_rows *rows,
                           guint64 *bits)
{
    find_with(differ_avx2, fresh, rows, bits);
}

AVX512 static inline gboolean differ_avx512(const char *a, const char *b, guint32 n)
{
    __mmask64 differing = 0;
    for (; G_UNLIKELY(n > 64); n -= 64, a += 64, b += 64)
        differing |= _mm512_cmpneq_epi8_mask(_mm512_loadu_si512(a), _mm512_loadu_si512(b));
    const __mmask64 inside = _bzhi_u64(G_MAXUINT64, n);
    return (differing | _mm512_cmpneq_epi8_mask(_mm512_maskz_loadu_epi8(inside, a),
                                                _mm512_maskz_loadu_epi8(inside, b))) != 0;
}

AVX512 static void find_avx512(const struct plx_fresh *fresh, const struct plx_rows *rows,
                               guint64 *bits)
{
    find_with(differ_avx512, fresh, rows, bits);
}
#endif

static void find(const struct plx_repeats *repeats, struct plx_fresh *fresh,
                 const struct plx_chunk *chunk, guint64 *bits)
{
    find_kernel *kernel = find_portable;
#if defined(__x86_64__)
    if (repeats->kernels->kind == PLX_CSV_BEST)
        kernel = find_avx512;
    else if (repeats->kernels->kind == PLX_CSV_AVX2)
        kernel = find_avx2;
#endif
    kernel(fresh, &chunk->rows, bits);
    if (memchr(chunk->bad, 2, chunk->rows.n))
        for (guint32 i = 1; i < chunk->rows.n; i++)
            bits[i / 64] |= (guint64)(chunk->bad[i - 1] != 0) << i % 64;
}

static void list_rows(const struct plx_repeats *repeats, struct plx_fresh *fresh,
                      const guint64 *bits, guint32 n)
{
    guint32 *const end = repeats->kernels->offsets(fresh->row, bits, (n + 63) / 64, 0);
    *end = n;
    fresh->n = (guint32)(end - fresh->row);
}

void plx_repeats_find(struct plx_repeats *repeats, struct plx_chunk *chunk)
{
    const guint32 n = chunk->rows.n;
    guint64 bits[WORDS], any[WORDS] = {0};
    repeats->every.n = n;
    for (guint s = 0; s < repeats->stretches->len; s++) {
        struct plx_fresh *const fresh = g_ptr_array_index(repeats->stretches, s);
        find(repeats, fresh, chunk, bits);
        list_rows(repeats, fresh, bits, n);
        for (guint w = 0; w < (n + 63) / 64; w++)
            any[w] |= bits[w];
    }
    if (repeats->about == &repeats->any)
        list_rows(repeats, &repeats->any, any, n);
    chunk->fresh = repeats->fresh;
    chunk->about = repeats->about;
}

/* Where a fresh row's run ends. */
static guint32 run_end(const struct plx_fresh *fresh, guint32 row)
{
    guint32 low = 0, high = fresh->n;
    while (low < high) {
        const guint32 middle = low + (high - low) / 2;
        if (fresh->row[middle] <= row)
            low = middle + 1;
        else
            high = middle;
    }
    return fresh->row[low];
}

void plx_repeats_fault(struct plx_chunk *chunk, const struct plx_fresh *fresh, guint first)
{
    const guint end = chunk->faults->len;
    if (fresh->n == chunk->rows.n)
        return;
    for (guint f = first; f < end; f++) {
        const struct plx_cell_fault fault = g_array_index(chunk->faults, struct plx_cell_fault, f);
        const guint32 behind = run_end(fresh, fault.row);
        for (guint32 i = fault.row + 1; i < behind; i++)
            plx_chunk_fault(chunk, i, fault.column, g_strdup(fault.message));
    }
}

/* Eight values at a time: most runs are shorter, and what is written behind one is overwritten by
 * the next. */
void plx_spread8(const struct plx_fresh *fresh, const guint8 *values, guint8 *out)
{
    for (guint32 k = 0; values != out && k < fresh->n; k++) {
        const guint64 eight = values[k] * G_GUINT64_CONSTANT(0x0101010101010101);
        for (guint32 i = fresh->row[k]; i < fresh->row[k + 1]; i += 8)
            memcpy(out + i, &eight, sizeof eight);
    }
}

typedef guint32 plx_four_halves __attribute__((vector_size(16)));

void plx_spread32(const struct plx_fresh *fresh, const guint32 *values, guint32 *out)
{
    for (guint32 k = 0; values != out && k < fresh->n; k++) {
        const plx_four_halves four = {values[k], values[k], values[k], values[k]};
        for (guint32 i = fresh->row[k]; i < fresh->row[k + 1]; i += 8) {
            memcpy(out + i, &four, sizeof four);
            memcpy(out + i + 4, &four, sizeof four);
        }
    }
}

void plx_spread64(const struct plx_fresh *fresh, const guint64 *values, guint64 *out)
{
    for (guint32 k = 0; values != out && k < fresh->n; k++) {
        const plx_two_words two = {values[k], values[k]};
        for (guint32 i = fresh->row[k]; i < fresh->row[k + 1]; i += 8) {
            memcpy(out + i, &two, sizeof two);
            memcpy(out + i + 2, &two, sizeof two);
            memcpy(out + i + 4, &two, sizeof two);
            memcpy(out + i + 6, &two, sizeof two);
        }
    }
}
