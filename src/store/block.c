/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/block.h"

#include "base/date.h"
#include "base/error.h"

#include <string.h>

/* Encoding ---------------------------------------------------------------------------------- */

struct encoding {
    plx_encoder *encoder;
    struct plx_block_bytes *out;
    struct plx_runs runs;
    guint32 n;
};

static void encode(struct encoding *e, guint number, enum plx_column_kind kind, const void *values,
                   const void *same)
{
    if (!values)
        return;
    const struct plx_beside beside = {&e->runs, same};
    e->out->column[number] = g_byte_array_new();
    plx_column_encode(e->encoder, kind, values, e->n, &beside, e->out->column[number]);
}

static gboolean any_code(const guint32 *codes, guint32 n)
{
    guint32 all = 0;
    for (guint32 i = 0; i < n; i++)
        all |= codes[i];
    return all != 0;
}

/* The distinct codes of a dimension, unless they are too many to be worth it. */
#define PRESENT_MOST 4096

static void note_present(GByteArray *out, guint kind, const guint32 *codes, guint32 n)
{
    guint32 most = 0;
    for (guint32 i = 0; i < n; i++)
        most = MAX(most, codes[i]);
    if (most >= PRESENT_MOST)
        return;
    guint8 seen[PRESENT_MOST] = {0};
    for (guint32 i = 0; i < n; i++)
        seen[codes[i]] = 1;
    const guint8 words = (guint8)(most / 64 + 1);
    const guint8 head[2] = {(guint8)kind, words};
    g_byte_array_append(out, head, sizeof head);
    for (guint w = 0; w < words; w++) {
        guint64 bits = 0;
        for (guint i = 0; i < 64; i++)
            bits |= (guint64)seen[64 * w + i] << i;
        const guint64 little = GUINT64_TO_LE(bits);
        g_byte_array_append(out, (const guint8 *)&little, sizeof little);
    }
}

gboolean plx_block_may_hold(const guint8 *present, gsize size, guint kind, guint32 code)
{
    for (gsize at = 0; at + 2 <= size;) {
        const gsize words = present[at + 1];
        const gsize next = at + 2 + 8 * words;
        if (next > size)
            return TRUE;
        if (present[at] == kind) {
            guint64 word;
            if (code / 64 >= words)
                return FALSE;
            memcpy(&word, present + at + 2 + 8 * (gsize)(code / 64), sizeof word);
            return GUINT64_FROM_LE(word) >> code % 64 & 1;
        }
        at = next;
    }
    return TRUE;
}

static void encode_dims(struct encoding *e, const struct plx_rowset *rows)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++) {
        const guint kind = plx_word_kind_of_dim(d);
        if (!rows->dim[d] || !any_code(rows->dim[d], e->n))
            continue;
        encode(e, kind, PLX_COLUMN_U32, rows->dim[d], NULL);
        note_present(e->out->present, kind, rows->dim[d], e->n);
    }
}

static void find_days(struct plx_block_bytes *out, const gint64 *seconds, guint32 n)
{
    gint64 first = G_MAXINT64, last = G_MININT64;
    for (guint32 i = 0; seconds && i < n; i++) {
        if (seconds[i] == PLX_NO_TIME)
            continue;
        first = MIN(first, seconds[i]);
        last = MAX(last, seconds[i]);
    }
    out->timed = first <= last;
    if (!out->timed)
        return;
    out->first_day = plx_date_of_seconds(first);
    out->last_day = plx_date_of_seconds(last);
}

struct plx_block_bytes *plx_block_encode(plx_encoder *encoder, const struct plx_rowset *rows,
                                         const guint32 *measure_code)
{
    struct plx_block_bytes *const out = g_new0(struct plx_block_bytes, 1);
    struct encoding e = {encoder, out, {0}, rows->n};
    g_autofree guint32 *begin = g_new(guint32, rows->n + 1);
    e.runs.begin = begin;
    out->n = rows->n;
    out->present = g_byte_array_new();
    plx_runs_find(&e.runs, rows->encounter, rows->n);
    out->column[PLX_BLOCK_RUNS] = g_byte_array_new();
    plx_column_encode_runs(encoder, &e.runs, out->column[PLX_BLOCK_RUNS]);
    encode(&e, PLX_BLOCK_ENCOUNTER, PLX_COLUMN_U64, rows->encounter, NULL);
    encode(&e, PLX_BLOCK_UNIT, PLX_COLUMN_U64, rows->unit, rows->encounter);
    encode(&e, PLX_BLOCK_KNOWN, PLX_COLUMN_U8, rows->known, NULL);
    encode(&e, PLX_BLOCK_SECONDS, PLX_COLUMN_I64, rows->seconds, NULL);
    encode(&e, PLX_BLOCK_GROUP_SIZE, PLX_COLUMN_U16, rows->group_size, NULL);
    encode(&e, PLX_BLOCK_WEIGHT, PLX_COLUMN_U64, rows->weight, NULL);
    encode(&e, PLX_BLOCK_SEEN, PLX_COLUMN_I8, rows->seen, NULL);
    encode(&e, PLX_BLOCK_SURPRISE, PLX_COLUMN_I8, rows->surprise, NULL);
    encode(&e, PLX_BLOCK_HESITATION, PLX_COLUMN_I8, rows->hesitation, NULL);
    encode_dims(&e, rows);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (rows->measure[m])
            encode(&e, PLX_BLOCK_MEASURE + measure_code[m] - 1, PLX_COLUMN_I8, rows->measure[m],
                   NULL);
    find_days(out, rows->seconds, rows->n);
    return out;
}

void plx_block_bytes_free(struct plx_block_bytes *bytes)
{
    if (!bytes)
        return;
    for (guint c = 0; c < PLX_BLOCK_COLUMNS; c++)
        if (bytes->column[c])
            g_byte_array_unref(bytes->column[c]);
    g_byte_array_unref(bytes->present);
    g_free(bytes);
}

/* Decoding ---------------------------------------------------------------------------------- */

struct decoding {
    const struct plx_block_part *parts;
    struct plx_rowset *rows;
    struct plx_runs runs;
    guint32 n;
};

static gboolean decode(const struct decoding *d, guint number, enum plx_column_kind kind,
                       const void *same, gpointer values, GError **error)
{
    const struct plx_block_part *const part = &d->parts[number];
    const struct plx_beside beside = {d->runs.begin ? &d->runs : NULL, same};
    return plx_column_decode(part->bytes, part->size, kind, values, d->n, &beside, error);
}

/* A column of the set, where the block has it. */
#define DECODE(number, kind, same, column)                                                         \
    (!d->parts[number].bytes || ((column) = plx_rowset_column(d->rows),                            \
                                 decode(d, (number), (kind), (same), (column), error)))

static gboolean decode_fixed(struct decoding *d, GError **error)
{
    struct plx_rowset *const rows = d->rows;
    return DECODE(PLX_BLOCK_ENCOUNTER, PLX_COLUMN_U64, NULL, rows->encounter) &&
           DECODE(PLX_BLOCK_UNIT, PLX_COLUMN_U64, rows->encounter, rows->unit) &&
           DECODE(PLX_BLOCK_KNOWN, PLX_COLUMN_U8, NULL, rows->known) &&
           DECODE(PLX_BLOCK_GROUP_SIZE, PLX_COLUMN_U16, NULL, rows->group_size) &&
           DECODE(PLX_BLOCK_WEIGHT, PLX_COLUMN_U64, NULL, rows->weight) &&
           DECODE(PLX_BLOCK_SEEN, PLX_COLUMN_I8, NULL, rows->seen) &&
           DECODE(PLX_BLOCK_SURPRISE, PLX_COLUMN_I8, NULL, rows->surprise) &&
           DECODE(PLX_BLOCK_HESITATION, PLX_COLUMN_I8, NULL, rows->hesitation);
}

/* A column's values, or one per run; *m: how many. */
static gboolean decode_heads(struct decoding *d, guint number, enum plx_column_kind kind,
                             gpointer values, guint32 *m, GError **error)
{
    const struct plx_block_part *const part = &d->parts[number];
    const struct plx_beside beside = {d->runs.begin ? &d->runs : NULL, NULL};
    gboolean by_run;
    if (!plx_column_decode_heads(part->bytes, part->size, kind, values, d->n, &beside, &by_run,
                                 error))
        return FALSE;
    *m = by_run ? d->runs.n_runs : d->n;
    return TRUE;
}

/* Takes m values: with one per run, those of all rows in their place. */
static gpointer spread(struct decoding *d, gpointer values, guint32 m, guint size)
{
    if (m == d->n)
        return values;
    gpointer const all = plx_rowset_column(d->rows);
    plx_runs_spread(&d->runs, values, size, all);
    plx_rowset_give_back(d->rows, values);
    return all;
}

static gboolean no_such_value(GError **error)
{
    return plx_error(error, PLX_ERROR_IO,
                     "damaged block: a time, weight or surprise that there is not");
}

/* Days are worked out once per encounter, where its rows have one time. */
static gboolean decode_times(struct decoding *d, GError **error)
{
    struct plx_rowset *const rows = d->rows;
    guint32 m = 0;
    if (!d->parts[PLX_BLOCK_SECONDS].bytes)
        return TRUE;
    rows->seconds = plx_rowset_column(rows);
    if (!decode_heads(d, PLX_BLOCK_SECONDS, PLX_COLUMN_I64, rows->seconds, &m, error))
        return FALSE;
    if (!plx_times_are_sound(rows->seconds, m))
        return no_such_value(error);
    rows->day = plx_rowset_column(rows);
    rows->month = plx_rowset_column(rows);
    plx_days_of(rows->seconds, m, rows->day, rows->month);
    rows->seconds = spread(d, rows->seconds, m, sizeof *rows->seconds);
    rows->day = spread(d, rows->day, m, sizeof *rows->day);
    rows->month = spread(d, rows->month, m, sizeof *rows->month);
    return TRUE;
}

static gboolean decode_dim(struct decoding *d, const struct plx_lexicon *lexicon, guint dim,
                           gboolean raw, GError **error)
{
    const guint kind = plx_word_kind_of_dim(dim);
    guint32 m = 0, most = 0;
    if (!d->parts[kind].bytes)
        return TRUE;
    guint32 *const codes = d->rows->dim[dim] = plx_rowset_column(d->rows);
    if (!decode_heads(d, kind, PLX_COLUMN_U32, codes, &m, error))
        return FALSE;
    for (guint32 i = 0; i < m; i++)
        most = MAX(most, codes[i]);
    if (most >= lexicon->size[dim])
        return plx_error(error, PLX_ERROR_IO,
                         "damaged block: code %u of kind %u is not in the list of words", most,
                         kind);
    if (!plx_lexicon_knows(lexicon, dim, codes, m))
        return plx_error(error, PLX_ERROR_IO,
                         "damaged block: answers of an audience that is not on the map");
    const guint32 *const to = raw ? NULL : lexicon->to[dim];
    for (guint32 i = 0; to && i < m; i++)
        codes[i] = to[codes[i]];
    d->rows->dim[dim] = spread(d, codes, m, sizeof *codes);
    return TRUE;
}

static gboolean decode_dims(struct decoding *d, const struct plx_lexicon *lexicon, gboolean raw,
                            GError **error)
{
    for (guint dim = 0; dim < lexicon->dims.n_dims; dim++)
        if (!decode_dim(d, lexicon, dim, raw, error))
            return FALSE;
    return TRUE;
}

static gboolean decode_measures(struct decoding *d, const struct plx_lexicon *lexicon,
                                GError **error)
{
    for (guint m = 0; m < lexicon->n_measures; m++)
        if (lexicon->measure[m] >= 0 && !DECODE(PLX_BLOCK_MEASURE + m, PLX_COLUMN_I8, NULL,
                                                d->rows->measure[lexicon->measure[m]]))
            return FALSE;
    return TRUE;
}

gboolean plx_block_decode(const struct plx_block_part parts[PLX_BLOCK_COLUMNS], guint32 n,
                          const struct plx_lexicon *lexicon, gboolean raw, struct plx_rowset *rows,
                          GError **error)
{
    plx_rowset_empty(rows);
    rows->n = n;
    g_autofree guint32 *begin = g_new(guint32, n + 1);
    struct decoding d = {parts, rows, {0}, n};
    const struct plx_block_part *const runs = &parts[PLX_BLOCK_RUNS];
    if (runs->bytes) {
        d.runs.begin = begin;
        if (!plx_column_decode_runs(runs->bytes, runs->size, n, &d.runs, error))
            return FALSE;
    }
    if (!decode_fixed(&d, error) || !decode_times(&d, error) ||
        !decode_dims(&d, lexicon, raw, error) || !decode_measures(&d, lexicon, error))
        return FALSE;
    return plx_values_are_sound(rows) || no_such_value(error);
}
