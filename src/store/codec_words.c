/* SPDX-License-Identifier: GPL-3.0-or-later */
/* DICT and DIGITS: few distinct values, kept once, and their numbers. */
#include "store/codec_private.h"

#define CHUNK 1024      /* digits at a time */
#define DENSE_MOST 4096 /* a range that is looked at before words are numbered */

guint plx_digits_together(guint d, guint *width)
{
    guint together = 1, power = d;
    guint best = 1, best_width = MAX(plx_bits(d - 1), 1);
    while (together < 8 && power * d <= PLX_DIGITS_WORDS) {
        power *= d;
        together++;
        const guint bits = plx_bits(power - 1);
        if (bits * best <= best_width * together) {
            best = together;
            best_width = bits;
        }
    }
    *width = best_width;
    return best;
}

/* ---- writing ---- */

static guint slot_of(guint64 value, guint64 min, guint64 range, guint slots)
{
    if (range < slots)
        return (guint)(value - min);
    return (guint)(value * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) >> (64 - plx_bits(slots - 1)));
}

/* Keys hardly repeat: seen from the first so many values. */
#define FIRST_LOOK 4096

/* Numbers the distinct values in order of first appearance. 0: there are more than `most`, or the
 * first ones hardly repeat. */
static guint32 number_words(plx_encoder *encoder, const guint64 *v, guint32 m, guint64 min,
                            guint64 range, guint32 most)
{
    guint slots = 16;
    while (slots < 2 * m && range >= slots)
        slots *= 2;
    memset(encoder->table, 0, slots * sizeof *encoder->table);
    guint32 d = 0;
    for (guint32 i = 0; i < m; i++) {
        if (i == FIRST_LOOK && d > FIRST_LOOK / 8 * 7)
            return 0;
        guint slot = slot_of(v[i], min, range, slots);
        guint32 number = encoder->table[slot];
        while (number && encoder->words[number - 1] != v[i]) {
            slot = (slot + 1) & (slots - 1);
            number = encoder->table[slot];
        }
        if (!number) {
            if (d == most)
                return 0;
            encoder->words[d++] = v[i];
            encoder->table[slot] = number = d;
        }
        encoder->codes[i] = number - 1;
    }
    return d;
}

static void write_digits(const struct plx_writing *writing, guint32 m, guint32 d)
{
    guint64 *const codes = writing->encoder->codes;
    guint width;
    const guint together = plx_digits_together(d, &width);
    const guint8 head[] = {PLX_ENCODING_DIGITS, (guint8)d};
    g_byte_array_append(writing->out, head, sizeof head);
    for (guint32 i = 0; i < d; i++)
        plx_write_number(writing->out, writing->encoder->words[i] ^ writing->bias, 1);
    guint32 n = 0;
    for (guint32 i = 0; i < m; i += together) {
        guint64 number = 0;
        for (guint k = together; k-- > 0;)
            number = number * d + (i + k < m ? codes[i + k] : 0);
        codes[n++] = number;
    }
    plx_pack(codes, n, 0, 1, width, writing->out);
}

/* How many words at most a dictionary may have to be shorter than `best`. */
static guint32 most_words(guint32 m, guint size, gsize best)
{
    return (guint32)MIN(best / size, m / 2 + 1);
}

/* Values without gaps between them: their codes would need as many bits. */
static gboolean is_dense(const guint64 *v, guint32 m, guint64 min, guint64 range)
{
    guint8 seen[DENSE_MOST] = {0};
    guint d = 0;
    if (range >= DENSE_MOST)
        return FALSE;
    for (guint32 i = 0; i < m; i++)
        seen[v[i] - min] = 1;
    for (guint i = 0; i <= range; i++)
        d += seen[i];
    return plx_bits(d - 1) >= plx_bits(range);
}

void plx_words_write(const struct plx_writing *writing, const guint64 *v, guint32 m, guint limit,
                     guint64 min, guint64 range, gsize best)
{
    plx_encoder *const encoder = writing->encoder;
    if (writing->size > 1 && (limit <= PLX_ENCODING_DICT || is_dense(v, m, min, range)))
        return;
    const guint32 d = number_words(encoder, v, m, min, range, most_words(m, writing->size, best));
    if (d < 2)
        return;
    if (writing->size == 1 && d <= PLX_DIGITS_MAX) {
        guint width;
        const guint together = plx_digits_together(d, &width);
        if (2 + d + plx_packed_bytes((m + together - 1) / together, width) < best)
            write_digits(writing, m, d);
        return;
    }
    const guint at = writing->out->len;
    if (limit <= PLX_ENCODING_DICT || plx_packed_bytes(m, plx_bits(d - 1)) + d >= best)
        return;
    plx_write_number(writing->out, PLX_ENCODING_DICT, 1);
    plx_write_number(writing->out, d, 4);
    plx_stream_write(writing, encoder->words, d, PLX_ENCODING_DELTA + 1);
    const struct plx_writing plain = {encoder, writing->out, writing->size, 0};
    plx_stream_write(&plain, encoder->codes, m, PLX_ENCODING_PACKED + 1);
    if (writing->out->len - at >= best)
        g_byte_array_set_size(writing->out, at);
}

/* ---- reading ---- */

/* The words that byte `number` stands for, the first one lowest. */
static guint64 words_of(guint number, const guint8 *words, guint d, guint together)
{
    guint64 all = 0;
    for (guint k = 0; k < together; k++, number /= d)
        all |= (guint64)words[number % d] << 8 * k;
    return GUINT64_TO_LE(all);
}

gboolean plx_digits_read(struct plx_reading *reading, guint32 m, guint8 *out)
{
    const guint8 *const count = plx_cursor_take(&reading->cursor, 1);
    if (reading->size != 1 || !count || *count < 2 || *count > PLX_DIGITS_MAX)
        return FALSE;
    const guint d = *count;
    const guint8 *const words = plx_cursor_take(&reading->cursor, d);
    struct plx_leaf leaf = {.size = 1, .step = 1, .end = reading->cursor.end};
    const guint together = plx_digits_together(d, &leaf.width);
    leaf.m = (m + together - 1) / together;
    leaf.bytes = plx_cursor_take(&reading->cursor, plx_packed_bytes(leaf.m, leaf.width));
    if (!words || !leaf.bytes)
        return FALSE;
    guint64 all[PLX_DIGITS_WORDS];
    guint power = 1;
    for (guint k = 0; k < together; k++)
        power *= d;
    for (guint number = 0; number < power; number++)
        all[number] = words_of(number, words, d, together);
    gboolean ok = TRUE;
    guint32 at = 0;
    for (guint32 from = 0; from < leaf.m; from += CHUNK) {
        guint8 number[CHUNK];
        const guint32 n = MIN(CHUNK, leaf.m - from);
        plx_leaf_unpack(&leaf, from, n, number);
        for (guint32 i = 0; i < n; i++, at += together) {
            ok &= number[i] < power;
            memcpy(out + at, &all[MIN(number[i], power - 1)],
                   m - at < 8 ? MIN(m - at, together) : 8);
        }
    }
    return ok;
}

static inline __attribute__((always_inline)) gboolean
look_up(guint8 *out, guint32 m, const guint8 *words, guint32 d, const guint size)
{
    gboolean ok = TRUE;
    for (guint32 i = 0; i < m; i++) {
        guint8 *const to = out + (gsize)i * size;
        guint64 code = 0;
        memcpy(&code, to, size);
        if (G_BYTE_ORDER == G_BIG_ENDIAN)
            code >>= 64 - 8 * size;
        ok &= code < d;
        memcpy(to, words + (code < d ? code : 0) * size, size);
    }
    return ok;
}

gboolean plx_dict_read(struct plx_reading *reading, guint32 m, guint8 *out)
{
    const guint size = reading->size;
    guint64 d;
    if (!plx_cursor_number(&reading->cursor, 4, &d) || d == 0 || d > m)
        return FALSE;
    g_autofree guint8 *words = g_malloc((gsize)d * size);
    struct plx_leaf codes;
    if (!plx_stream_read(reading, PLX_ENCODING_DELTA + 1, (guint32)d, words) ||
        !plx_leaf_read(&reading->cursor, size, m, &codes))
        return FALSE;
    plx_leaf_unpack(&codes, 0, m, out);
    switch (size) {
    case 1:
        return look_up(out, m, words, (guint32)d, 1);
    case 2:
        return look_up(out, m, words, (guint32)d, 2);
    case 4:
        return look_up(out, m, words, (guint32)d, 4);
    default:
        return look_up(out, m, words, (guint32)d, 8);
    }
}
