/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the codec; the formats are in docs/file-format.md, "Columns". */

#include "store/codec.h"

/* A nested stream has a lower number than the one it is in. */
enum plx_encoding {
    PLX_ENCODING_CONSTANT = 0,
    PLX_ENCODING_PACKED = 1,
    PLX_ENCODING_DELTA = 2,
    PLX_ENCODING_DIGITS = 3,
    PLX_ENCODING_DICT = 4,
    PLX_ENCODING_LENGTHS = 5,
    PLX_ENCODING_BY_RUN = 6,
    PLX_ENCODING_FORMS = 7,
    PLX_ENCODING_SAME = 8,
    PLX_ENCODINGS
};

#define PLX_COLUMN_VERSION 1
#define PLX_COLUMN_HEAD 6 /* version, kind, n */
#define PLX_COLUMN_TAIL 4 /* crc32 */

/* Values are read eight bytes at a time, from any bit of a byte. */
#define PLX_PACK_WIDTH_MAX 56

/* Of DIGITS. */
#define PLX_DIGITS_MAX 16
#define PLX_DIGITS_WORDS 256

/* ---- packed values (codec_pack.c) ---- */

/* A CONSTANT or PACKED stream: m values base + step * x, x of `width` bits. */
struct plx_leaf {
    guint32 m;
    guint size;  /* bytes of a value */
    guint width; /* 0: all are base */
    guint64 base, step;
    const guint8 *bytes; /* groups of eight x, `width` bytes each */
    const guint8 *end;   /* nothing from here on may be read */
};

/* Bytes of m packed x. */
static inline gsize plx_packed_bytes(guint32 m, guint width)
{
    return ((gsize)m + 7) / 8 * width;
}

static inline guint plx_bits(guint64 x)
{
    return x ? 64 - (guint)__builtin_clzll(x) : 0;
}

static inline guint64 plx_load64(const guint8 *bytes)
{
    guint64 x;
    memcpy(&x, bytes, sizeof x);
    return GUINT64_FROM_LE(x);
}

/* A number to divide by without dividing (Granlund, Montgomery 1994): odd · 2^shift. */
struct plx_divisor {
    guint64 inverse, most; /* of the odd part modulo 2^64; the greatest quotient */
    guint shift;
};
struct plx_divisor plx_divisor_of(guint64 divisor); /* not 0 */

static inline gboolean plx_divides(const struct plx_divisor *divisor, guint64 x)
{
    const guint64 q = x * divisor->inverse;
    return (divisor->shift ? q >> divisor->shift | q << (64 - divisor->shift) : q) <= divisor->most;
}

/* Appends (v[i] - min) / step, truncated to `width` bits; step divides what is not to be
 * truncated. */
void plx_pack(const guint64 *v, guint32 m, guint64 min, guint64 step, guint width, GByteArray *out);

/* Values from..from+n-1 in the machine's order, `size` bytes each; from is a multiple of 8. */
void plx_leaf_unpack(const struct plx_leaf *leaf, guint32 from, guint32 n, void *out);

/* ---- reading (codec_read.c) ---- */

/* What is left to read. */
struct plx_cursor {
    const guint8 *at, *end;
};

/* `length` bytes, or NULL when there are not as many. */
const guint8 *plx_cursor_take(struct plx_cursor *cursor, gsize length);
gboolean plx_cursor_number(struct plx_cursor *cursor, guint size, guint64 *value);

/* Reads the head of a CONSTANT or PACKED stream and steps over it. FALSE: damaged. */
gboolean plx_leaf_read(struct plx_cursor *cursor, guint size, guint32 m, struct plx_leaf *leaf);

/* Where a stream stands: what it may lean on, and the encodings below `limit` it may have. */
struct plx_reading {
    struct plx_cursor cursor;
    guint size; /* bytes of a value */
    const struct plx_runs *runs;
    const void *same;
};

/* Reads m values of any encoding below `limit`. FALSE: damaged. */
gboolean plx_stream_read(struct plx_reading *reading, guint limit, guint32 m, void *out);

/* BY_RUN, after the byte of its encoding: one value per run of m rows, not spread. */
gboolean plx_heads_read(struct plx_reading *reading, guint32 m, void *out);

/* FORMS (codec_forms.c), after the byte of its encoding. */
gboolean plx_forms_read(struct plx_reading *reading, guint32 m, guint8 *out);

/* ---- writing (codec_write.c) ---- */

/* Arrays of PLX_COLUMN_ROWS (+ 1) entries. */
struct plx_encoder {
    guint64 *values;         /* of the column, biased so that they sort as unsigned numbers */
    guint64 *heads;          /* one per run */
    guint64 *lengths, *runs; /* LENGTHS */
    guint64 *words, *codes;  /* DICT, DIGITS */
    guint64 *deltas;         /* DELTA */
    guint64 *texts;          /* FORMS: all values of its forms */
    guint32 *table;          /* PLX_ENCODER_SLOTS, hash tables and direct ones */
};
#define PLX_ENCODER_SLOTS (2 * PLX_COLUMN_ROWS)

struct plx_writing {
    plx_encoder *encoder;
    GByteArray *out;
    guint size;   /* bytes of a value */
    guint64 bias; /* what values are xored with */
};

void plx_write_number(GByteArray *out, guint64 value, guint size);

/* Appends m values by the shortest encoding below `limit` (at most LENGTHS + 1). */
void plx_stream_write(const struct plx_writing *writing, const guint64 *v, guint32 m, guint limit);

/* Appends n bytes as plx_stream_write would with all its encodings, but without widening them.
 * FALSE: it has to be asked; nothing was appended (codec_look.c). */
gboolean plx_bytes_write(const struct plx_writing *writing, const guint8 *values, guint32 m);

/* Are all n values of `size` bytes the same? */
gboolean plx_is_constant(const void *values, guint size, guint32 n);

/* Appends FORMS when it can be shorter than `best` bytes, else nothing. Values are those of the
 * column, `writing->size` bytes each, not biased. */
void plx_forms_write(const struct plx_writing *writing, const void *values,
                     const struct plx_runs *runs, gsize best);

/* Of what was appended from `at` on, and from `second` on, the shorter stays (the first of two
 * equals). Nothing from `second` on: the first stays. */
void plx_keep_shorter(GByteArray *out, guint at, guint second);

/* DICT or DIGITS, shorter than `best` bytes, or nothing (codec_words.c). */
void plx_words_write(const struct plx_writing *writing, const guint64 *v, guint32 m, guint limit,
                     guint64 min, guint64 range, gsize best);

/* Of d words: how many go into one byte together, and its bits in use. The densest; of equals the
 * most. */
guint plx_digits_together(guint d, guint *width);
gboolean plx_digits_read(struct plx_reading *reading, guint32 m, guint8 *out);
gboolean plx_dict_read(struct plx_reading *reading, guint32 m, guint8 *out);
