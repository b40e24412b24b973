/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns of blocks. The first four bytes choose kind, length and runs; what follows is read as
 * the inside of a column (with head and sum made right, or the decoder would not look at it), then
 * as values to be encoded and decoded again. Either the values or an error; what was decoded and
 * is encoded again must come back the same. */

#include "store/codec.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct company {
    guint32 n;
    struct plx_runs runs;
    struct plx_beside beside;
    plx_encoder *encoder;
};

static void append(GByteArray *out, guint64 value, guint size)
{
    const guint64 little = GUINT64_TO_LE(value);
    g_byte_array_append(out, (const guint8 *)&little, size);
}

static GByteArray *wrap(guint kind, guint32 n, const uint8_t *data, size_t size)
{
    GByteArray *const out = g_byte_array_new();
    append(out, 1, 1);
    append(out, kind, 1);
    append(out, n, 4);
    g_byte_array_append(out, data, (guint)size);
    append(out, crc32(0, out->data, out->len), 4);
    return out;
}

static void round_trip(const struct company *company, enum plx_column_kind kind, const void *values)
{
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    g_autoptr(GError) error = NULL;
    const gsize size = (gsize)company->n * plx_column_width(kind);
    plx_column_encode(company->encoder, kind, values, company->n, &company->beside, bytes);
    g_autofree void *back = g_malloc(size);
    if (!plx_column_decode(bytes->data, bytes->len, kind, back, company->n, &company->beside,
                           &error) ||
        (size && memcmp(back, values, size) != 0))
        abort();
}

static void decode_values(const struct company *company, enum plx_column_kind kind,
                          const uint8_t *data, size_t size)
{
    g_autoptr(GByteArray) bytes = wrap(kind, company->n, data, size);
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2(bytes->data, bytes->len);
    g_autofree void *values = g_malloc0((gsize)company->n * plx_column_width(kind));
    const gboolean ok =
        plx_column_decode(exact, bytes->len, kind, values, company->n, &company->beside, &error);
    g_assert(ok == (error == NULL));
    if (ok)
        round_trip(company, kind, values);
}

static void decode_spans(const struct company *company, const uint8_t *data, size_t size)
{
    g_autoptr(GByteArray) bytes = wrap(PLX_COLUMN_SPANS, company->n, data, size);
    g_autoptr(GError) error = NULL;
    g_autofree struct plx_span *spans = g_new(struct plx_span, company->n);
    if (!plx_column_decode_spans(bytes->data, bytes->len, spans, company->n, &error))
        return;
    guint32 sum = 0;
    for (guint32 i = 0; i < company->n; i++)
        for (guint32 k = 0; k < spans[i].length; k++)
            sum = sum * 31 + (guint8)spans[i].text[k];
    g_autoptr(GByteArray) again = g_byte_array_new();
    g_autofree struct plx_span *back = g_new(struct plx_span, company->n);
    plx_column_encode_spans(company->encoder, spans, company->n, again);
    if (!plx_column_decode_spans(again->data, again->len, back, company->n, &error))
        abort();
    for (guint32 i = 0; i < company->n; i++)
        for (guint32 k = back[i].length; k-- > 0;)
            g_assert(back[i].text[k] == spans[i].text[k]);
    g_assert(sum == 0 || size > 0);
}

static void decode_runs(const struct company *company, const uint8_t *data, size_t size)
{
    g_autoptr(GByteArray) bytes = wrap(PLX_COLUMN_RUNS, company->n, data, size);
    g_autoptr(GError) error = NULL;
    g_autofree guint32 *begin = g_new(guint32, company->n + 1);
    struct plx_runs runs = {.begin = begin};
    if (!plx_column_decode_runs(bytes->data, bytes->len, company->n, &runs, &error))
        return;
    for (guint32 r = 0; r < runs.n_runs; r++)
        g_assert(begin[r] < begin[r + 1]);
    g_assert(begin[0] == 0 && begin[runs.n_runs] == company->n);
}

static void encode_values(const struct company *company, enum plx_column_kind kind,
                          const uint8_t *data, size_t size)
{
    const gsize wanted = (gsize)company->n * plx_column_width(kind);
    g_autofree guint8 *values = g_malloc0(wanted + 1);
    for (gsize i = 0; size && i < wanted; i++)
        values[i] = data[i % size];
    round_trip(company, kind, values);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 4)
        return 0;
    const guint kind = data[0] % 8 + 1;
    struct company company = {.n = data[1] | (guint32)(data[2] & 3) << 8};
    const guint longest = data[3] % 16;
    g_autofree guint32 *begin = g_new(guint32, company.n + 1);
    g_autofree guint64 *other = g_new0(guint64, company.n + 1);
    static plx_encoder *encoder; /* large: made once */
    if (!encoder)
        encoder = plx_encoder_new();
    company.encoder = encoder;
    company.runs.begin = begin;
    for (guint32 at = 0; at < company.n; at += 1 + (at * 7 + 3) % (longest + 1))
        begin[company.runs.n_runs++] = at;
    begin[company.runs.n_runs] = company.n;
    company.beside.runs = longest ? &company.runs : NULL;
    company.beside.same = data[3] & 16 ? other : NULL;
    if (kind == PLX_COLUMN_SPANS)
        decode_spans(&company, data + 4, size - 4);
    else if (kind == PLX_COLUMN_RUNS)
        decode_runs(&company, data + 4, size - 4);
    else if (data[3] & 32)
        encode_values(&company, (enum plx_column_kind)kind, data + 4, size - 4);
    else
        decode_values(&company, (enum plx_column_kind)kind, data + 4, size - 4);
    return 0;
}
