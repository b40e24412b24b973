/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Unit records: what must be known of a row until all rows of its unit are together.
 *
 * Records are appended to partitions by a hash of the unit, in chunks. A run is up to 31
 * consecutive rows of one unit and encounter:
 *   guint64  hash of the unit without its partition << 8 | rows | enum plx_run_flag
 *   guint64  encounter, unless PLX_RUN_SAME (it is the unit)
 *   guint32  group size << 2 | enum plx_run_rest, if PLX_RUN_MORE
 *   guint64  hash of the table they sat at, if PLX_RUN_TABLE
 * then the rows, each: cells, seconds, weight, values, as far as the chunk's format has them. The
 * hash is a bijection, so equal hashes are equal units.
 *
 * Key records tell which encounters there are, and respondents where nothing else is asked of them,
 * by the key's hash:
 *   guint64  hash of the key without its partition << 9 | rows | enum plx_key_flag
 *   guint32  hash of what must not change, if PLX_KEY_FULL
 *   guint32  identity of each row, if PLX_KEY_IDENTITY
 * Private to the counting sink. */

#include "voice/pages.h"

#include <string.h>

#define PLX_PARTITION_BITS                                                                         \
    9 /* at least the 8 and 9 bits that records of runs and keys leave out                         \
       */
#define PLX_PARTITIONS (1 << PLX_PARTITION_BITS)
#define PLX_RUN_ROWS 31
#define PLX_RUN_HEADER_MAX 28

enum plx_run_flag { PLX_RUN_KNOWN = 32, PLX_RUN_SAME = 64, PLX_RUN_MORE = 128 };
enum plx_run_rest { PLX_RUN_BACK = 1, PLX_RUN_TABLE = 2 };

/* An encounter that is not FULL must not come back: when it does, it is a suspect. */
enum plx_key_flag {
    PLX_KEY_KNOWN = 32,
    PLX_KEY_BACK = 64,
    PLX_KEY_FULL = 128,
    PLX_KEY_IDENTITY = 256
};
#define PLX_KEY_FLAG_BITS 9

static inline guint64 plx_key_hash(guint partition, guint64 head)
{
    return (guint64)partition << (64 - PLX_KEY_FLAG_BITS) | head >> PLX_KEY_FLAG_BITS;
}

/* Bytes of a key record. */
static inline gsize plx_key_size(guint64 head)
{
    return 8u + (head & PLX_KEY_FULL ? 4u : 0u) +
           (head & PLX_KEY_IDENTITY ? 4u * (head & PLX_RUN_ROWS) : 0u);
}

#define PLX_HASH_FACTOR G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)
#define PLX_HASH_INVERSE G_GUINT64_CONSTANT(0xf1de83e19937733d) /* product is 1 modulo 2^64 */

static inline guint64 plx_hash_text(guint64 hash, const char *text)
{
    for (; *text; text++) {
        hash = (hash ^ (guint8)*text) * PLX_HASH_FACTOR;
        hash ^= hash >> 29;
    }
    return hash;
}

/* The hash of a run's unit: 56 bits of its head, the rest from its partition. */
static inline guint64 plx_run_hash(guint partition, guint64 head)
{
    return (guint64)(partition >> (PLX_PARTITION_BITS - 8)) << 56 | head >> 8;
}

struct plx_record_format {
    guint n_cells;
    guint cell_bytes; /* 1, 2 or 4; all ones = no cell */
    gboolean timed, weighted;
    guint32 measures; /* one gint8 each, ascending */
    guint n_values;
    guint stride; /* bytes of a row */
};

/* The part's cell that stands at a place of a row; G_MAXUINT32 for none. */
static inline guint32 plx_record_cell(const guint8 *at, guint cell_bytes)
{
    guint32 wide;
    guint16 narrow;
    if (cell_bytes == 1)
        return *at == G_MAXUINT8 ? G_MAXUINT32 : *at;
    if (cell_bytes == 2) {
        memcpy(&narrow, at, sizeof narrow);
        return narrow == G_MAXUINT16 ? G_MAXUINT32 : narrow;
    }
    memcpy(&wide, at, sizeof wide);
    return wide;
}

struct plx_record_chunk {
    struct plx_record_chunk *next;
    const struct plx_record_format *format; /* NULL: key records */
    guint64 used;
    guint64 pad;
    guint8 data[];
};

struct plx_record_partition {
    struct plx_record_chunk *first, *last;
    guint8 *at, *end; /* free room in the last chunk */
};

struct plx_records {
    struct plx_slabs *slabs;
    GPtrArray *formats;
    const struct plx_record_format *format; /* of chunks begun now */
    struct plx_record_partition partitions[PLX_PARTITIONS];
};

void plx_records_init(struct plx_records *records, struct plx_slabs *slabs);
void plx_records_clear(struct plx_records *records); /* chunks go with the slabs */

/* Changes the format when it differs: chunks begun are closed. */
void plx_records_set_format(struct plx_records *records, const struct plx_record_format *format);

/* Makes `used` of all chunks right; to be called before reading. */
void plx_records_seal(struct plx_records *records);

/* Begins a chunk with room for `least` bytes at least. */
void plx_records_chunk(struct plx_records *records, struct plx_record_partition *partition,
                       gsize least);

/* Asks for where the next record of a hash will be written. */
static inline void plx_records_fetch(const struct plx_records *records, guint64 hash)
{
    __builtin_prefetch(records->partitions[hash >> (64 - PLX_PARTITION_BITS)].at, 1);
}

/* Room for `size` bytes in a partition. */
static inline guint8 *plx_records_take(struct plx_records *records, guint64 hash, gsize size)
{
    struct plx_record_partition *partition =
        &records->partitions[hash >> (64 - PLX_PARTITION_BITS)];
    if (G_UNLIKELY((gsize)(partition->end - partition->at) < size))
        plx_records_chunk(records, partition, size);
    guint8 *at = partition->at;
    partition->at += size;
    return at;
}
