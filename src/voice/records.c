/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/records.h"

#include <string.h>

#define CHUNK_BYTES ((gsize)4 << 10)
#define FIRST_BYTES ((gsize)1 << 10) /* of the shortest first chunk */

void plx_records_init(struct plx_records *records, struct plx_slabs *slabs)
{
    memset(records, 0, sizeof *records);
    records->slabs = slabs;
    records->formats = g_ptr_array_new_with_free_func(g_free);
}

void plx_records_clear(struct plx_records *records)
{
    g_clear_pointer(&records->formats, g_ptr_array_unref);
}

void plx_records_set_format(struct plx_records *records, const struct plx_record_format *format)
{
    if (records->format && memcmp(records->format, format, sizeof *format) == 0)
        return;
    plx_records_seal(records);
    for (guint p = 0; p < PLX_PARTITIONS; p++)
        records->partitions[p].end = records->partitions[p].at;
    records->format = g_memdup2(format, sizeof *format);
    g_ptr_array_add(records->formats, (gpointer)(gsize)records->format);
}

void plx_records_seal(struct plx_records *records)
{
    for (guint p = 0; p < PLX_PARTITIONS; p++) {
        struct plx_record_partition *partition = &records->partitions[p];
        if (partition->last)
            partition->last->used = (guint64)(partition->at - partition->last->data);
    }
}

/* Partitions fill alike. Were their chunks alike too, all would be written at the same place of a
 * page, where the cache has room for a few of them only: so each has a first chunk of its own
 * length. */
static gsize chunk_bytes(const struct plx_records *records,
                         const struct plx_record_partition *partition)
{
    const gsize number = (gsize)(partition - records->partitions);
    return partition->last ? CHUNK_BYTES
                           : FIRST_BYTES + number * (CHUNK_BYTES - FIRST_BYTES) / PLX_PARTITIONS;
}

void plx_records_chunk(struct plx_records *records, struct plx_record_partition *partition,
                       gsize least)
{
    gsize bytes = MAX(chunk_bytes(records, partition), sizeof(struct plx_record_chunk) + least);
    bytes = (bytes + 15) / 16 * 16;
    struct plx_record_chunk *chunk = (gpointer)plx_slabs_take(records->slabs, bytes);
    *chunk = (struct plx_record_chunk){.format = records->format};
    if (partition->last) {
        partition->last->used = (guint64)(partition->at - partition->last->data);
        partition->last->next = chunk;
    } else {
        partition->first = chunk;
    }
    partition->last = chunk;
    partition->at = chunk->data;
    partition->end = (guint8 *)chunk + bytes;
}
