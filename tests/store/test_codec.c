/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/codec.h"

#include "base/error.h"
#include "store/codec_private.h"

#include <string.h>

#define ROWS PLX_COLUMN_ROWS

static void assert_same(const void *got, gsize size, const void *expected, gsize expected_size)
{
    g_assert_cmpuint(size, ==, expected_size);
    g_assert_true(size == 0 || memcmp(got, expected, size) == 0);
}

static const enum plx_column_kind kinds[] = {PLX_COLUMN_I8,  PLX_COLUMN_U8,  PLX_COLUMN_U16,
                                             PLX_COLUMN_U32, PLX_COLUMN_I64, PLX_COLUMN_U64};

/* Shapes of data; "random" is a fixed sequence. */
enum shape { ZERO, TOP, RAMP, STEPS, SORTED, FEW, WORDS, FORMS, MIXED, WAVE, EXTREMES, N_SHAPES };

static guint64 mix(guint64 x)
{
    x = (x ^ x >> 30) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static guint64 value_of(enum shape shape, guint64 i)
{
    switch (shape) {
    case ZERO:
        return 0;
    case TOP:
        return G_MAXUINT64;
    case RAMP:
        return 5 + 3 * i;
    case STEPS:
        return mix(i / 97);
    case SORTED:
        return G_GUINT64_CONSTANT(0x8000000000000000) + 60 * (20 * i + mix(i) % 20);
    case FEW:
        return (guint64)PLX_CELL_EMPTY + mix(i) % 7 * 40;
    case WORDS:
        return mix(mix(i) % 300);
    case FORMS:
        return mix(i % 5) % 200;
    case MIXED:
        return mix(i);
    case WAVE:
        return i % 2 ? 100 + mix(i) % 3 : 0;
    case EXTREMES:
    case N_SHAPES:
    default:
        return i % 3 == 0 ? 0 : i % 3 == 1 ? G_MAXUINT64 : G_GUINT64_CONSTANT(1) << 63;
    }
}

static void put(void *values, enum plx_column_kind kind, guint32 i, guint64 value)
{
    switch (plx_column_width(kind)) {
    case 1:
        ((guint8 *)values)[i] = (guint8)value;
        break;
    case 2:
        ((guint16 *)values)[i] = (guint16)value;
        break;
    case 4:
        ((guint32 *)values)[i] = (guint32)value;
        break;
    default:
        ((guint64 *)values)[i] = value;
        break;
    }
}

static void *make(enum plx_column_kind kind, enum shape shape, guint32 n)
{
    void *const values = g_malloc0(((gsize)n + 1) * 8);
    for (guint32 i = 0; i < n; i++)
        put(values, kind, i, value_of(shape, i));
    return values;
}

/* Memory of exactly n values, so that AddressSanitizer sees a write behind them. */
static void *decode(const GByteArray *bytes, enum plx_column_kind kind, guint32 n,
                    const struct plx_beside *beside)
{
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2(bytes->data, bytes->len);
    void *const out = g_malloc((gsize)n * plx_column_width(kind));
    plx_column_decode(exact, bytes->len, kind, out, n, beside, &error);
    g_assert_no_error(error);
    return out;
}

static guint round_trip(plx_encoder *encoder, enum plx_column_kind kind, const void *values,
                        guint32 n, const struct plx_beside *beside)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_byte_array_append(bytes, (const guint8 *)"before", 6);
    plx_column_encode(encoder, kind, values, n, beside, bytes);
    assert_same(bytes->data, 6, "before", 6);
    g_byte_array_remove_range(bytes, 0, 6);
    g_autofree void *out = decode(bytes, kind, n, beside);
    assert_same(out, (gsize)n * plx_column_width(kind), values, (gsize)n * plx_column_width(kind));
    g_autoptr(GByteArray) again = g_byte_array_new();
    plx_column_encode(encoder, kind, values, n, beside, again);
    assert_same(bytes->data, bytes->len, again->data, again->len);
    return bytes->len;
}

static void test_round_trips(void)
{
    const guint32 sizes[] = {0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 511, 520, 4099, ROWS - 1, ROWS};
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (enum shape shape = 0; shape < N_SHAPES; shape++)
            for (guint s = 0; s < G_N_ELEMENTS(sizes); s++) {
                g_autofree void *values = make(kinds[k], shape, sizes[s]);
                const guint bytes = round_trip(encoder, kinds[k], values, sizes[s], NULL);
                /* Never much longer than the values themselves. */
                g_assert_cmpuint(bytes, <=,
                                 8 * ((sizes[s] + 7) / 8) * plx_column_width(kinds[k]) + 11 +
                                     3 * plx_column_width(kinds[k]));
            }
}

/* Every number of bits. */
static void test_widths(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (guint bits = 1; bits <= 8 * plx_column_width(kinds[k]); bits++) {
            const guint32 n = 1000 + bits;
            g_autofree void *values = g_malloc0((gsize)n * 8);
            for (guint32 i = 0; i < n; i++)
                put(values, kinds[k], i,
                    (bits < 64 ? G_MAXUINT64 << bits : 0) | mix(i) >> (64 - bits));
            const guint bytes = round_trip(encoder, kinds[k], values, n, NULL);
            const guint width = bits > 56 ? 64 : bits;
            g_assert_cmpuint(bytes, <=, (n + 7) / 8 * width + 12 + 2 * 8);
        }
}

static void random_runs(struct plx_runs *runs, guint32 n, guint64 seed, guint longest)
{
    runs->n_runs = 0;
    for (guint32 at = 0; at < n; at += 1 + (guint32)(mix(seed + at) % longest))
        runs->begin[runs->n_runs++] = at;
    runs->begin[runs->n_runs] = n;
}

static void runs_round_trip(plx_encoder *encoder, const struct plx_runs *runs, guint32 n)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    plx_column_encode_runs(encoder, runs, bytes);
    g_autofree guint32 *begin = g_new(guint32, n + 1);
    struct plx_runs back = {.begin = begin};
    plx_column_decode_runs(bytes->data, bytes->len, n, &back, &error);
    g_assert_no_error(error);
    assert_same(begin, (back.n_runs + 1) * sizeof *begin, runs->begin,
                (runs->n_runs + 1) * sizeof *begin);
}

/* Columns constant within runs, by form, and neither; runs short and long. */
static void test_runs(void)
{
    const guint32 sizes[] = {0, 1, 2, 9, 40, 1000, ROWS};
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    g_autofree guint32 *begin = g_new(guint32, ROWS + 1);
    g_autofree guint64 *values = g_new(guint64, ROWS);
    struct plx_runs runs = {.begin = begin};
    const struct plx_beside beside = {.runs = &runs};
    for (guint longest = 1; longest < 200; longest = 3 * longest + 1)
        for (guint s = 0; s < G_N_ELEMENTS(sizes); s++) {
            const guint32 n = sizes[s];
            random_runs(&runs, n, longest, longest);
            runs_round_trip(encoder, &runs, n);
            for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
                for (enum shape shape = 0; shape < N_SHAPES; shape++) {
                    for (guint32 r = 0; r < runs.n_runs; r++)
                        for (guint32 i = begin[r]; i < begin[r + 1]; i++)
                            put(values, kinds[k], i,
                                value_of(shape, shape == FORMS ? i - begin[r] : r));
                    round_trip(encoder, kinds[k], values, n, &beside);
                }
        }
}

static void test_runs_find(void)
{
    const guint64 keys[] = {7, 7, 7, 3, 7, 7};
    guint32 begin[7];
    struct plx_runs runs = {.begin = begin};
    plx_runs_find(&runs, keys, 6);
    const guint32 expected[] = {0, 3, 4, 6};
    g_assert_cmpuint(runs.n_runs, ==, 3);
    assert_same(begin, sizeof expected, expected, sizeof expected);
    plx_runs_find(&runs, keys, 0);
    g_assert_cmpuint(runs.n_runs, ==, 0);
    g_assert_cmpuint(begin[0], ==, 0);
}

static void test_same(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    g_autofree void *values = make(PLX_COLUMN_U64, MIXED, 1000);
    g_autofree void *other = make(PLX_COLUMN_U64, MIXED, 1000);
    struct plx_beside beside = {.same = other};
    g_assert_cmpuint(round_trip(encoder, PLX_COLUMN_U64, values, 1000, &beside), ==, 11);
    ((guint64 *)other)[999]++;
    g_assert_cmpuint(round_trip(encoder, PLX_COLUMN_U64, values, 1000, &beside), >, 8000);
}

/* 10 bytes of every column are head, encoding and sum. */
/* Bytes that are not widened are written as those that are. */
static void test_bytes(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    g_autoptr(GByteArray) quick = g_byte_array_new();
    g_autoptr(GByteArray) slow = g_byte_array_new();
    g_autoptr(GRand) rand = g_rand_new_with_seed(11);
    g_autofree guint8 *bytes = g_new(guint8, 4000);
    g_autofree guint64 *wide = g_new(guint64, 4000);
    guint taken = 0, left = 0;
    for (guint round = 0; round < 3000; round++) {
        const guint32 n = (guint32)g_rand_int_range(rand, 1, round % 10 ? 200 : 4000);
        const gint words = g_rand_int_range(rand, 1, 19), step = g_rand_int_range(rand, 1, 14);
        const gint again = g_rand_int_range(rand, 0, 12), first = g_rand_int_range(rand, 0, 256);
        const guint64 bias = round & 1 ? 0x80 : 0;
        for (guint32 i = 0; i < n; i++) {
            const gboolean same = i > 0 && g_rand_int_range(rand, 0, 12) < again;
            bytes[i] =
                same ? bytes[i - 1] : (guint8)(first + step * g_rand_int_range(rand, 0, words));
            wide[i] = bytes[i] ^ bias;
        }
        const struct plx_writing quickly = {encoder, quick, 1, bias};
        const struct plx_writing slowly = {encoder, slow, 1, bias};
        g_byte_array_set_size(quick, 0);
        g_byte_array_set_size(slow, 0);
        plx_stream_write(&slowly, wide, n, PLX_ENCODING_LENGTHS + 1);
        if (plx_bytes_write(&quickly, bytes, n)) {
            taken++;
            assert_same(quick->data, quick->len, slow->data, slow->len);
        } else {
            left++;
            g_assert_cmpuint(quick->len, ==, 0);
        }
    }
    g_assert_cmpuint(taken, >, 300);
    g_assert_cmpuint(left, >, 300);
}

/* One value in a run, or more: whatever the width. */
static void test_runs_hold(void)
{
    guint32 begin[] = {0, 2, 3, 7};
    const struct plx_runs runs = {3, begin};
    const guint8 values[7] = {4, 4, 9, 4, 4, 4, 4};
    for (guint size = 1; size <= 8; size *= 2) {
        guint8 held[7 * 8] = {0};
        for (guint i = 0; i < 7; i++)
            held[(gsize)i * size] = values[i];
        g_assert_true(plx_runs_hold(&runs, held, size));
        g_assert_false(plx_is_constant(held, size, 7));
        g_assert_true(plx_is_constant(held + 3 * size, size, 4));
        held[5 * size] = 5;
        g_assert_false(plx_runs_hold(&runs, held, size));
    }
}

static void test_divisor(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(12);
    for (guint round = 0; round < 2000; round++) {
        const guint64 d = 1 + (guint64)g_rand_int(rand) % (round % 2 ? 100 : G_MAXUINT32);
        const guint64 q = (guint64)g_rand_int(rand) << 32 | g_rand_int(rand);
        const guint64 x = q % (G_MAXUINT64 / d) * d;
        const struct plx_divisor divisor = plx_divisor_of(d);
        g_assert_true(plx_divides(&divisor, x));
        g_assert_cmpuint((x >> divisor.shift) * divisor.inverse, ==, x / d);
        g_assert_true(plx_divides(&divisor, q) == (q % d == 0));
    }
}

static void test_sizes(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    const struct {
        enum plx_column_kind kind;
        enum shape shape;
        guint most;
    } rows[] = {
        {PLX_COLUMN_U64, ZERO, 10 + 9},
        {PLX_COLUMN_I8, TOP, 10 + 2},
        {PLX_COLUMN_U64, RAMP, 10 + 9 + 9},                   /* constant difference */
        {PLX_COLUMN_U64, MIXED, 10 + 18 + 8 * ROWS},          /* as it stands */
        {PLX_COLUMN_I64, SORTED, 10 + 9 + 18 + 6 * ROWS / 8}, /* minutes: differences below 64 */
        {PLX_COLUMN_I8, FEW, 10 + 1 + 1 + 7 + 3 * ROWS / 8},
        {PLX_COLUMN_U8, EXTREMES, 10 + 1 + 1 + 3 + 8 * (ROWS + 39) / 40 + 8}, /* five to a byte */
        {PLX_COLUMN_U64, WORDS, 10 + 5 + 18 + 300 * 8 + 18 + 32 + 9 * ROWS / 8},
        {PLX_COLUMN_U32, STEPS, 10 + 5 + 10 + 4 * 688 + 10 + 8 * 688 / 8},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree void *values = make(rows[i].kind, rows[i].shape, ROWS);
        g_assert_cmpuint(round_trip(encoder, rows[i].kind, values, ROWS, NULL), <=, rows[i].most);
    }
}

/* Lists of points of one survey, each encounter beginning at another: a byte or so per encounter.
 */
static void test_forms(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    g_autofree guint32 *begin = g_new(guint32, ROWS + 1);
    g_autofree guint32 *values = g_new(guint32, ROWS);
    struct plx_runs runs = {.begin = begin};
    const struct plx_beside beside = {.runs = &runs};
    random_runs(&runs, ROWS, 1, 9);
    for (guint32 r = 0; r < runs.n_runs; r++)
        for (guint32 i = begin[r]; i < begin[r + 1]; i++)
            values[i] = (guint32)(mix(mix(r) % 10) + 100003 * (i - begin[r]));
    const guint bytes = round_trip(encoder, PLX_COLUMN_U32, values, ROWS, &beside);
    g_assert_cmpuint(bytes, <, runs.n_runs + 10 + 90 * 10 * 4);
}

static void test_spans(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    const struct plx_span spans[] = {{"", 0}, {"good \0 bad", 10}, {NULL, 0}, {"Zürich", 7}};
    for (guint32 n = 0; n <= G_N_ELEMENTS(spans); n++) {
        g_autoptr(GByteArray) bytes = g_byte_array_new();
        g_autoptr(GError) error = NULL;
        plx_column_encode_spans(encoder, spans, n, bytes);
        struct plx_span back[G_N_ELEMENTS(spans)];
        plx_column_decode_spans(bytes->data, bytes->len, back, n, &error);
        g_assert_no_error(error);
        for (guint32 i = 0; i < n; i++)
            assert_same(back[i].text, back[i].length, spans[i].text, spans[i].length);
    }
}

/* ---- damage ---- */

static void assert_damaged(const guint8 *bytes, gsize size, enum plx_column_kind kind, guint32 n,
                           const struct plx_beside *beside)
{
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2(bytes, size);
    g_autofree void *out = g_malloc((gsize)n * 8 + 1);
    g_assert_false(plx_column_decode(exact, size, kind, out, n, beside, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_true(g_str_has_prefix(error->message, "damaged block: "));
}

static void test_bit_flips(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
        for (enum shape shape = 0; shape < N_SHAPES; shape++) {
            g_autofree void *values = make(kinds[k], shape, 50);
            g_autoptr(GByteArray) bytes = g_byte_array_new();
            plx_column_encode(encoder, kinds[k], values, 50, NULL, bytes);
            for (guint bit = 0; bit < 8 * bytes->len; bit++) {
                bytes->data[bit / 8] ^= (guint8)(1u << bit % 8);
                assert_damaged(bytes->data, bytes->len, kinds[k], 50, NULL);
                bytes->data[bit / 8] ^= (guint8)(1u << bit % 8);
            }
            for (guint length = 0; length < bytes->len; length++)
                assert_damaged(bytes->data, length, kinds[k], 50, NULL);
            assert_damaged(bytes->data, bytes->len, kinds[k], 49, NULL);
            assert_damaged(bytes->data, bytes->len, kinds[(k + 1) % 6], 50, NULL);
        }
}

/* Runs and a column to lean on that are not there, or are others. */
static void test_wrong_company(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    guint64 keys[40], values[40];
    guint32 begin[41], points[40];
    for (guint i = 0; i < 40; i++) {
        keys[i] = i / 4;
        values[i] = mix(i / 4);
        points[i] = (guint32)mix(i % 4);
    }
    struct plx_runs runs = {.begin = begin};
    struct plx_beside beside = {.runs = &runs};
    plx_runs_find(&runs, keys, 40);
    g_autoptr(GByteArray) by_run = g_byte_array_new();
    g_autoptr(GByteArray) forms = g_byte_array_new();
    g_autoptr(GByteArray) same = g_byte_array_new();
    plx_column_encode(encoder, PLX_COLUMN_U64, values, 40, &beside, by_run);
    plx_column_encode(encoder, PLX_COLUMN_U32, points, 40, &beside, forms);
    beside.same = values;
    plx_column_encode(encoder, PLX_COLUMN_U64, values, 40, &beside, same);
    assert_damaged(same->data, same->len, PLX_COLUMN_U64, 40, NULL);
    assert_damaged(by_run->data, by_run->len, PLX_COLUMN_U64, 40, NULL);
    assert_damaged(forms->data, forms->len, PLX_COLUMN_U32, 40, NULL);
    beside.same = NULL;
    for (guint i = 0; i < 40; i++)
        keys[i] = i / 5;
    plx_runs_find(&runs, keys, 40);
    assert_damaged(by_run->data, by_run->len, PLX_COLUMN_U64, 40, &beside);
    assert_damaged(forms->data, forms->len, PLX_COLUMN_U32, 40, &beside);
}

static void test_damaged_texts_and_runs(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    const struct plx_span spans[] = {{"slow", 4}, {"friendly", 8}};
    guint32 begin[] = {0, 2, 3, 9};
    const struct plx_runs runs = {3, begin};
    g_autoptr(GByteArray) texts = g_byte_array_new();
    g_autoptr(GByteArray) lengths = g_byte_array_new();
    plx_column_encode_spans(encoder, spans, 2, texts);
    plx_column_encode_runs(encoder, &runs, lengths);
    for (guint bit = 0; bit < 8 * texts->len; bit++) {
        g_autoptr(GError) error = NULL;
        struct plx_span back[2];
        texts->data[bit / 8] ^= (guint8)(1u << bit % 8);
        g_assert_false(plx_column_decode_spans(texts->data, texts->len, back, 2, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
        texts->data[bit / 8] ^= (guint8)(1u << bit % 8);
    }
    for (guint bit = 0; bit < 8 * lengths->len; bit++) {
        g_autoptr(GError) error = NULL;
        guint32 back[10];
        struct plx_runs found = {77, back};
        lengths->data[bit / 8] ^= (guint8)(1u << bit % 8);
        g_assert_false(plx_column_decode_runs(lengths->data, lengths->len, 9, &found, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
        g_assert_cmpuint(found.n_runs, ==, 77);
        lengths->data[bit / 8] ^= (guint8)(1u << bit % 8);
    }
}

static void test_messages(void)
{
    g_autoptr(GError) error = NULL;
    guint8 out[2];
    /* Version 9, u8, two rows; the sum is right. */
    const guint8 later[] = {9, 2, 2, 0, 0, 0, 0, 5, 0xef, 0x80, 0x50, 0xd0};
    g_assert_false(plx_column_decode(later, sizeof later, PLX_COLUMN_U8, out, 2, NULL, &error));
    g_assert_cmpstr(error->message, ==,
                    "damaged block: a column of version 9; this program knows 1");
    g_clear_error(&error);
    g_assert_false(plx_column_decode(later, sizeof later - 1, PLX_COLUMN_U8, out, 2, NULL, &error));
    g_assert_cmpstr(error->message, ==, "damaged block: the checksum of a column is wrong");
}

/* The example of docs/file-format.md: what others will read by. */
static void test_example(void)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const guint16 values[] = {1000, 1007, 1014, 1021, 1007};
    plx_column_encode(encoder, PLX_COLUMN_U16, values, 5, NULL, bytes);
    const guint8 expected[] = {1, 3, 5, 0, 0, 0, 1, 2, 0xe8, 0x03, 7, 0, 0xe4, 0x01, 0, 0, 0, 0};
    assert_same(bytes->data, bytes->len - 4, expected, sizeof expected - 4);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/codec/round-trips", test_round_trips);
    g_test_add_func("/codec/widths", test_widths);
    g_test_add_func("/codec/runs", test_runs);
    g_test_add_func("/codec/runs-find", test_runs_find);
    g_test_add_func("/codec/same", test_same);
    g_test_add_func("/codec/bytes", test_bytes);
    g_test_add_func("/codec/runs-hold", test_runs_hold);
    g_test_add_func("/codec/divisor", test_divisor);
    g_test_add_func("/codec/sizes", test_sizes);
    g_test_add_func("/codec/forms", test_forms);
    g_test_add_func("/codec/spans", test_spans);
    g_test_add_func("/codec/bit-flips", test_bit_flips);
    g_test_add_func("/codec/wrong-company", test_wrong_company);
    g_test_add_func("/codec/damaged-texts-and-runs", test_damaged_texts_and_runs);
    g_test_add_func("/codec/messages", test_messages);
    g_test_add_func("/codec/example", test_example);
    return g_test_run();
}
