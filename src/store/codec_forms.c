/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FORMS: whole runs that repeat. The people of one survey are asked the same points in the same
 * order, so that one encounter's list of points is like another's. */
#include "store/codec_private.h"

/* ---- writing ---- */

struct forms {
    const guint8 *values;
    guint size; /* of a value */
    const guint32 *begin;
    guint32 n;      /* forms found */
    guint32 length; /* values of them together */
    guint64 *first; /* by form: the run that it was seen in first */
};

static inline __attribute__((always_inline)) guint64 value_at(const guint8 *values, gsize i,
                                                              const guint size)
{
    guint64 value = 0;
    memcpy(&value, values + i * size, size);
    return G_BYTE_ORDER == G_BIG_ENDIAN ? value >> (64 - 8 * size) : value;
}

static inline __attribute__((always_inline)) guint hash_values(const guint8 *values, guint32 from,
                                                               guint32 to, const guint size)
{
    guint64 hash = to - from;
    for (guint32 i = from; i < to; i++) {
        hash = (hash ^ value_at(values, i, size)) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
        hash ^= hash >> 29;
    }
    return (guint)(hash >> 32);
}

static guint hash_of(const struct forms *forms, guint32 run)
{
    const guint32 from = forms->begin[run], to = forms->begin[run + 1];
    switch (forms->size) {
    case 1:
        return hash_values(forms->values, from, to, 1);
    case 4:
        return hash_values(forms->values, from, to, 4);
    default:
        return hash_values(forms->values, from, to, forms->size);
    }
}

static gboolean is_form(const struct forms *forms, guint32 form, guint32 run)
{
    const guint32 *const begin = forms->begin;
    const guint64 first = forms->first[form];
    const guint32 n = begin[run + 1] - begin[run];
    return begin[first + 1] - begin[first] == n &&
           memcmp(forms->values + (gsize)begin[first] * forms->size,
                  forms->values + (gsize)begin[run] * forms->size, (gsize)n * forms->size) == 0;
}

/* What they take at least: a code per run and two bits per value. */
static gsize least_bytes(const struct forms *forms, guint32 n_runs)
{
    return plx_packed_bytes(n_runs, plx_bits(forms->n)) + forms->length / 4;
}

/* Numbers the forms in order of first appearance, into codes. FALSE: they take more than `best`. */
static gboolean number_forms(struct forms *forms, guint32 n_runs, guint64 *codes, guint32 *table,
                             gsize best)
{
    const guint slots = 2u << plx_bits(n_runs - 1); /* at most PLX_ENCODER_SLOTS */
    memset(table, 0, slots * sizeof *table);
    for (guint32 r = 0; r < n_runs; r++) {
        const guint32 length = forms->begin[r + 1] - forms->begin[r];
        guint slot = hash_of(forms, r) & (slots - 1);
        while (table[slot] && !is_form(forms, table[slot] - 1, r))
            slot = (slot + 1) & (slots - 1);
        if (!table[slot]) {
            forms->length += length;
            if (least_bytes(forms, n_runs) >= best)
                return FALSE;
            forms->first[forms->n++] = r;
            table[slot] = forms->n;
        }
        codes[r] = table[slot] - 1;
    }
    return TRUE;
}

void plx_forms_write(const struct plx_writing *writing, const void *values,
                     const struct plx_runs *runs, gsize best)
{
    plx_encoder *const encoder = writing->encoder;
    GByteArray *const out = writing->out;
    const guint at = out->len;
    struct forms forms = {
        .values = values, .size = writing->size, .begin = runs->begin, .first = encoder->lengths};
    if (!number_forms(&forms, runs->n_runs, encoder->heads, encoder->table, best))
        return;
    guint32 n = 0;
    for (guint32 f = 0; f < forms.n; f++) {
        const guint32 from = runs->begin[forms.first[f]], to = runs->begin[forms.first[f] + 1];
        for (guint32 i = from; i < to; i++)
            encoder->texts[n++] = value_at(values, i, writing->size) ^ writing->bias;
        encoder->lengths[f] = to - from - 1;
    }
    const struct plx_writing plain = {encoder, out, 4, 0};
    plx_write_number(out, PLX_ENCODING_FORMS, 1);
    plx_write_number(out, forms.n, 4);
    plx_stream_write(&plain, encoder->lengths, forms.n, PLX_ENCODING_PACKED + 1);
    plx_stream_write(writing, encoder->texts, n, PLX_ENCODING_LENGTHS);
    plx_stream_write(&plain, encoder->heads, runs->n_runs, PLX_ENCODING_PACKED + 1);
    if (out->len - at >= best)
        g_byte_array_set_size(out, at);
}

/* ---- reading ---- */

/* Where each form begins; begin[d] is the number of all values, at most `most`. */
static gboolean read_begins(struct plx_cursor *cursor, guint32 d, guint32 most, guint32 *begin)
{
    struct plx_leaf lengths;
    if (!plx_leaf_read(cursor, 4, d, &lengths))
        return FALSE;
    plx_leaf_unpack(&lengths, 0, d, begin + 1);
    begin[0] = 0;
    for (guint32 f = 0; f < d; f++) {
        if (begin[f + 1] >= most - begin[f])
            return FALSE;
        begin[f + 1] += begin[f] + 1;
    }
    return TRUE;
}

static gboolean copy_forms(const struct plx_runs *runs, const guint32 *codes, const guint32 *begin,
                           guint32 d, const guint8 *values, guint size, guint8 *out)
{
    for (guint32 r = 0; r < runs->n_runs; r++) {
        const guint32 form = codes[r], at = runs->begin[r], n = runs->begin[r + 1] - at;
        if (form >= d || begin[form + 1] - begin[form] != n)
            return FALSE;
        memcpy(out + (gsize)at * size, values + (gsize)begin[form] * size, (gsize)n * size);
    }
    return TRUE;
}

gboolean plx_forms_read(struct plx_reading *reading, guint32 m, guint8 *out)
{
    const struct plx_runs *const runs = reading->runs;
    guint64 d;
    if (!runs || runs->n_runs == 0 || runs->begin[runs->n_runs] != m ||
        !plx_cursor_number(&reading->cursor, 4, &d) || d == 0 || d > runs->n_runs)
        return FALSE;
    g_autofree guint32 *begin = g_new(guint32, d + 1);
    if (!read_begins(&reading->cursor, (guint32)d, m, begin))
        return FALSE;
    g_autofree guint8 *values = g_malloc((gsize)begin[d] * reading->size);
    g_autofree guint32 *codes = g_new(guint32, runs->n_runs);
    struct plx_leaf leaf;
    if (!plx_stream_read(reading, PLX_ENCODING_LENGTHS, begin[d], values) ||
        !plx_leaf_read(&reading->cursor, 4, runs->n_runs, &leaf))
        return FALSE;
    plx_leaf_unpack(&leaf, 0, runs->n_runs, codes);
    return copy_forms(runs, codes, begin, (guint32)d, values, reading->size, out);
}
