/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/units_private.h"

#include <string.h>

/* Encounters in two units, or whose constants change. */
void plx_unit_checks_resolve(struct worker *worker, guint partition)
{
    gsize n = 0;
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_record_chunk *chunk = part->checks.partitions[partition].first;
        for (; chunk; chunk = chunk->next)
            n += chunk->used / 8;
    }
    if (n == 0)
        return;
    guint bits = (guint)g_bit_storage(2 * n + 1);
    gsize mask = ((gsize)1 << bits) - 1;
    if (mask + 1 > worker->check_room) {
        worker->check_room = mask + 1;
        worker->check_slots = g_renew(guint64, worker->check_slots, worker->check_room);
    }
    memset(worker->check_slots, 0, (mask + 1) * sizeof(guint64));
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_record_chunk *chunk = part->checks.partitions[partition].first;
        for (; chunk; chunk = chunk->next) {
            for (guint64 i = 0; i < chunk->used; i += 8) {
                guint64 record;
                memcpy(&record, chunk->data + i, 8);
                record |= 1; /* 0 is a free slot; 23 bits of check remain */
                guint64 key = record >> 24;
                gsize at = key * PLX_HASH_FACTOR >> (64 - bits);
                while (worker->check_slots[at] && worker->check_slots[at] >> 24 != key)
                    at = (at + 1) & mask;
                guint64 clash = (guint64)(partition >> (PLX_PARTITION_BITS - 8)) << 40 | key;
                if (!worker->check_slots[at])
                    worker->check_slots[at] = record;
                else if (worker->check_slots[at] != record)
                    g_array_append_val(worker->totals->clashes, clash);
            }
        }
    }
}

/* The records of clashes know only part of the key: the runs know it whole. */
static void add_clashing(GArray *suspects, GArray *clashes, const struct plx_part *part)
{
    plx_unit_sort((guint64 *)(gpointer)clashes->data, clashes->len);
    const struct plx_records *records = &part->streams[0];
    for (guint p = 0; p < PLX_PARTITIONS; p++) {
        const struct plx_record_chunk *chunk = records->partitions[p].first;
        for (; chunk; chunk = chunk->next) {
            for (const guint8 *at = chunk->data; at < chunk->data + chunk->used;) {
                guint64 head, encounter;
                memcpy(&head, at, 8);
                encounter = plx_run_hash(p, head) * PLX_HASH_INVERSE;
                if (!(head & PLX_RUN_SAME))
                    memcpy(&encounter, at + 8, 8);
                at += 8u + (head & PLX_RUN_SAME ? 0 : 8) + (head & PLX_RUN_MORE ? 4 : 0) +
                      (head & PLX_RUN_ROWS) * chunk->format->stride;
                guint64 key = encounter * PLX_HASH_FACTOR >> 16;
                if (bsearch(&key, clashes->data, clashes->len, sizeof key, plx_unit_compare))
                    g_array_append_val(suspects, encounter);
            }
        }
    }
}

GArray *plx_unit_index_suspects(const struct plx_unit_index *units, const GPtrArray *parts)
{
    GArray *suspects = g_array_new(FALSE, FALSE, sizeof(guint64));
    g_autoptr(GArray) clashes = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint t = 0; t < units->n_threads; t++) {
        const struct plx_unit_totals *totals = &units->totals[t];
        g_array_append_vals(suspects, totals->suspects->data, totals->suspects->len);
        g_array_append_vals(clashes, totals->clashes->data, totals->clashes->len);
    }
    for (guint p = 0; clashes->len && p < parts->len; p++)
        add_clashing(suspects, clashes, g_ptr_array_index(parts, p));
    plx_unit_sort((guint64 *)(gpointer)suspects->data, suspects->len);
    guint n = 0;
    for (guint i = 0; i < suspects->len; i++) {
        guint64 encounter = g_array_index(suspects, guint64, i);
        if (n == 0 || g_array_index(suspects, guint64, n - 1) != encounter)
            g_array_index(suspects, guint64, n++) = encounter;
    }
    g_array_set_size(suspects, n);
    return suspects;
}
