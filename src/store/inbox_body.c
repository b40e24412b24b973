/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bodies of the inbox: little-endian, a version, the number of rows, then columns as they are, each
 * with its number (those of blocks), and the notes. Written in microseconds and read as fast; what
 * is worth compressing is sealed soon. */

#include "store/block.h"
#include "store/inbox_private.h"

#include <string.h>

#define BODY_VERSION 1
#define BODY_NOTES PLX_BLOCK_COLUMNS /* number of the notes, which blocks do not have */

struct writer {
    GByteArray *out;
    guint32 n;
};

static void put_u16(GByteArray *out, guint value)
{
    const guint16 little = GUINT16_TO_LE((guint16)value);
    g_byte_array_append(out, (const guint8 *)&little, sizeof little);
}

/* Little-endian machines copy; this program runs on no others yet, and says so when it does not. */
G_STATIC_ASSERT(G_BYTE_ORDER == G_LITTLE_ENDIAN);

static void put_column(const struct writer *writer, guint number, const void *values, guint width)
{
    if (!values)
        return;
    put_u16(writer->out, number);
    g_byte_array_append(writer->out, values, writer->n * width);
}

static void put_notes(const struct writer *writer, const struct plx_rowset *rows)
{
    if (!rows->note)
        return;
    put_u16(writer->out, BODY_NOTES);
    for (guint32 i = 0; i < writer->n; i++) {
        const guint32 length = rows->note[i].length;
        g_byte_array_append(writer->out, (const guint8 *)&length, sizeof length);
        g_byte_array_append(writer->out, (const guint8 *)rows->note[i].text, length);
    }
}

void plx_inbox_write(const struct plx_rowset *rows, const guint32 *measure_code, GByteArray *out)
{
    const struct writer writer = {out, rows->n};
    put_u16(out, BODY_VERSION);
    put_u16(out, rows->n);
    put_column(&writer, PLX_BLOCK_UNIT, rows->unit, 8);
    put_column(&writer, PLX_BLOCK_ENCOUNTER, rows->encounter, 8);
    put_column(&writer, PLX_BLOCK_KNOWN, rows->known, 1);
    put_column(&writer, PLX_BLOCK_SECONDS, rows->seconds, 8);
    put_column(&writer, PLX_BLOCK_GROUP_SIZE, rows->group_size, 2);
    put_column(&writer, PLX_BLOCK_WEIGHT, rows->weight, 8);
    put_column(&writer, PLX_BLOCK_SEEN, rows->seen, 1);
    put_column(&writer, PLX_BLOCK_SURPRISE, rows->surprise, 1);
    put_column(&writer, PLX_BLOCK_HESITATION, rows->hesitation, 1);
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        put_column(&writer, plx_word_kind_of_dim(d), rows->dim[d], 4);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (rows->measure[m])
            put_column(&writer, PLX_BLOCK_MEASURE + measure_code[m] - 1, rows->measure[m], 1);
    put_notes(&writer, rows);
}

/* Reading ----------------------------------------------------------------------------------- */

struct reader {
    plx_db *db;
    const guint8 *at, *end;
    guint32 n;
    const struct plx_lexicon *lexicon;
    gboolean raw;
    struct plx_dims dims; /* of the batch: only its size matters */
    struct plx_batch batch;
    GPtrArray *memory;
};

static gboolean damaged(const struct reader *reader, GError **error)
{
    return plx_db_damaged(reader->db, error, "a row of its inbox");
}

static gboolean get_u16(struct reader *reader, guint *value)
{
    guint16 little;
    if (reader->end - reader->at < (gssize)sizeof little)
        return FALSE;
    memcpy(&little, reader->at, sizeof little);
    reader->at += sizeof little;
    *value = GUINT16_FROM_LE(little);
    return TRUE;
}

/* The values of a column, copied to where they may be read as what they are; NULL: too short. */
static gpointer take_values(struct reader *reader, guint width)
{
    const gsize size = (gsize)reader->n * width;
    if ((gsize)(reader->end - reader->at) < size)
        return NULL;
    gpointer const values = g_memdup2(reader->at, size);
    g_ptr_array_add(reader->memory, values);
    reader->at += size;
    return values;
}

static gboolean take_notes(struct reader *reader)
{
    struct plx_span *const notes = g_new(struct plx_span, reader->n);
    g_ptr_array_add(reader->memory, notes);
    for (guint32 i = 0; i < reader->n; i++) {
        guint32 length;
        if (reader->end - reader->at < (gssize)sizeof length)
            return FALSE;
        memcpy(&length, reader->at, sizeof length);
        reader->at += sizeof length;
        if ((gsize)(reader->end - reader->at) < length)
            return FALSE;
        notes[i] = (struct plx_span){(const char *)reader->at, length};
        reader->at += length;
    }
    reader->batch.note = notes;
    return TRUE;
}

static gboolean take_dim(struct reader *reader, guint dim)
{
    guint32 *const codes = take_values(reader, 4);
    const guint32 *const to = reader->raw ? NULL : reader->lexicon->to[dim];
    for (guint32 i = 0; codes && i < reader->n; i++) {
        if (codes[i] >= reader->lexicon->size[dim] ||
            (dim == PLX_DIM_AUDIENCE && plx_lexicon_is_stranger(reader->lexicon, codes[i])))
            return FALSE;
        codes[i] = to ? to[codes[i]] : codes[i];
    }
    reader->batch.dim[dim] = codes;
    return codes != NULL;
}

static gboolean take_measure(struct reader *reader, guint code)
{
    const gint8 *const values = take_values(reader, 1);
    if (!values || code >= reader->lexicon->n_measures)
        return FALSE;
    if (reader->lexicon->measure[code] >= 0)
        reader->batch.measure[reader->lexicon->measure[code]] = values;
    return TRUE;
}

static gboolean take_fixed(struct reader *reader, guint number)
{
    struct plx_batch *const batch = &reader->batch;
    switch (number) {
    case PLX_BLOCK_UNIT:
        return (batch->unit = take_values(reader, 8)) != NULL;
    case PLX_BLOCK_ENCOUNTER:
        return (batch->encounter = take_values(reader, 8)) != NULL;
    case PLX_BLOCK_KNOWN:
        return (batch->known = take_values(reader, 1)) != NULL;
    case PLX_BLOCK_SECONDS:
        return (batch->seconds = take_values(reader, 8)) != NULL;
    case PLX_BLOCK_GROUP_SIZE:
        return (batch->group_size = take_values(reader, 2)) != NULL;
    case PLX_BLOCK_WEIGHT:
        return (batch->weight = take_values(reader, 8)) != NULL;
    case PLX_BLOCK_SEEN:
        return (batch->seen = take_values(reader, 1)) != NULL;
    case PLX_BLOCK_SURPRISE:
        return (batch->surprise = take_values(reader, 1)) != NULL;
    case PLX_BLOCK_HESITATION:
        return (batch->hesitation = take_values(reader, 1)) != NULL;
    default:
        return FALSE;
    }
}

static gboolean take_column(struct reader *reader, guint number)
{
    if (number == BODY_NOTES)
        return take_notes(reader);
    if (number >= PLX_BLOCK_MEASURE)
        return take_measure(reader, number - PLX_BLOCK_MEASURE);
    for (guint d = 0; number >= PLX_BLOCK_DIM && d < reader->lexicon->dims.n_dims; d++)
        if (plx_word_kind_of_dim(d) == number)
            return take_dim(reader, d);
    return take_fixed(reader, number);
}

gboolean plx_inbox_read(plx_db *db, const guint8 *body, gsize size,
                        const struct plx_lexicon *lexicon, gboolean raw, struct plx_rowset *rows,
                        GError **error)
{
    struct reader reader = {.db = db,
                            .at = body,
                            .end = body + size,
                            .lexicon = lexicon,
                            .raw = raw,
                            .dims = {.n_dims = PLX_DIMS_MAX}};
    guint version, n, number;
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    reader.memory = memory;
    reader.batch.dims = &reader.dims;
    if (!get_u16(&reader, &version) || version != BODY_VERSION || !get_u16(&reader, &n) || n == 0)
        return damaged(&reader, error);
    reader.n = reader.batch.n = n;
    while (reader.at < reader.end)
        if (!get_u16(&reader, &number) || !take_column(&reader, number))
            return damaged(&reader, error);
    if (!reader.batch.unit || !reader.batch.encounter)
        return damaged(&reader, error);
    return plx_rowset_add(rows, &reader.batch, 0) == n || damaged(&reader, error);
}
