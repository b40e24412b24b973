/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/units_private.h"

#include <string.h>

static struct key_record *key_at(const struct worker *worker, guint32 number)
{
    return (struct key_record *)(gpointer)worker->keys.data + (number - 1);
}

/* ---- a partition's records by key ---- */

static void read_chunk(struct worker *worker, const struct plx_record_chunk *chunk)
{
    plx_pages_need(&worker->keys,
                   (worker->n_keys + chunk->used / 8 + 1) * sizeof(struct key_record));
    for (const guint8 *at = chunk->data; at < chunk->data + chunk->used;) {
        struct key_record *record = key_at(worker, ++worker->n_keys);
        *record = (struct key_record){.rest = at + 8};
        memcpy(&record->head, at, 8);
        at += plx_key_size(record->head);
    }
}

/* Makes chains of the records of each key; the last one, that has no later one, begins it. */
static void find_keys(struct worker *worker)
{
    guint bits = (guint)g_bit_storage(2 * (gsize)worker->n_keys + 1);
    gsize mask = ((gsize)1 << bits) - 1;
    plx_pages_need(&worker->key_slots, (mask + 1) * sizeof(guint32));
    guint32 *slots = (guint32 *)(gpointer)worker->key_slots.data;
    memset(slots, 0, (mask + 1) * sizeof *slots);
    for (guint32 number = 1; number <= worker->n_keys; number++) {
        struct key_record *record = key_at(worker, number);
        guint64 key = record->head >> PLX_KEY_FLAG_BITS;
        gsize at = key * PLX_HASH_FACTOR >> (64 - bits);
        while (slots[at] && key_at(worker, slots[at])->head >> PLX_KEY_FLAG_BITS != key)
            at = (at + 1) & mask;
        record->next = slots[at];
        if (slots[at])
            key_at(worker, slots[at])->has_later = TRUE;
        slots[at] = number;
    }
}

/* Keys that still have rows, known and unknown ones. */
static void count_rows(const struct worker *worker, guint32 number, gint64 rows[2])
{
    for (; number; number = key_at(worker, number)->next) {
        guint64 head = key_at(worker, number)->head;
        gint64 n = (gint64)(head & PLX_RUN_ROWS);
        rows[head & PLX_KEY_KNOWN ? 1 : 0] += head & PLX_KEY_BACK ? -n : n;
    }
}

/* ---- encounters ---- */

static gboolean has_twice(GArray *hashes)
{
    guint64 *const hash = (guint64 *)(gpointer)hashes->data;
    if (hashes->len < 2 || !plx_unit_may_repeat(hash, hashes->len))
        return FALSE;
    plx_unit_sort(hash, hashes->len);
    for (guint i = 1; i < hashes->len; i++)
        if (hash[i] == hash[i - 1])
            return TRUE;
    return FALSE;
}

/* Does an encounter change, say something twice, or come back though too little is remembered? */
static gboolean is_suspect(struct worker *worker, guint32 number)
{
    guint n = 0, n_full = 0;
    guint32 first = 0;
    gboolean differs = FALSE;
    g_array_set_size(worker->encounters, 0);
    for (; number; number = key_at(worker, number)->next) {
        const struct key_record *record = key_at(worker, number);
        if (record->head & PLX_KEY_BACK)
            continue;
        n++;
        if (!(record->head & PLX_KEY_FULL))
            continue;
        guint32 check;
        memcpy(&check, record->rest, 4);
        differs |= n_full++ > 0 && check != first;
        first = check;
        const guint n_rows = record->head & PLX_KEY_IDENTITY ? record->head & PLX_RUN_ROWS : 0;
        for (guint i = 0; i < n_rows; i++) {
            guint32 identity;
            memcpy(&identity, record->rest + 4 + 4 * i, 4);
            guint64 hash = identity * PLX_HASH_FACTOR;
            g_array_append_val(worker->encounters, hash);
        }
    }
    return differs || (n > 1 && n_full < n) || has_twice(worker->encounters);
}

static void read_keys(struct worker *worker, guint partition, gboolean encounters)
{
    worker->n_keys = 0;
    for (guint p = 0; p < worker->parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(worker->parts, p);
        const struct plx_records *records = encounters ? &part->encounters : &part->respondents;
        const struct plx_record_chunk *chunk = records->partitions[partition].first;
        for (; chunk; chunk = chunk->next) {
            for (guint line = 0; chunk->next && line < 8; line++)
                __builtin_prefetch((const guint8 *)chunk->next + 64 * line);
            read_chunk(worker, chunk);
        }
    }
    find_keys(worker);
}

void plx_unit_keys_encounters(struct worker *worker, guint partition)
{
    struct plx_unit_totals *totals = worker->totals;
    read_keys(worker, partition, TRUE);
    for (guint32 number = 1; number <= worker->n_keys; number++) {
        const struct key_record *record = key_at(worker, number);
        if (record->has_later)
            continue;
        if (!record->next && !(record->head & (PLX_KEY_FULL | PLX_KEY_BACK))) {
            totals->encounters++;
            totals->encounters_unknown += record->head & PLX_KEY_KNOWN ? 0 : 1;
            continue;
        }
        gint64 rows[2] = {0, 0};
        count_rows(worker, number, rows);
        totals->encounters += (rows[0] > 0 ? 1u : 0u) + (rows[1] > 0 ? 1u : 0u);
        totals->encounters_unknown += rows[0] > 0 ? 1u : 0u;
        if (!is_suspect(worker, number))
            continue;
        guint64 encounter = plx_key_hash(partition, record->head) * PLX_HASH_INVERSE;
        g_array_append_val(totals->suspects, encounter);
    }
}

void plx_unit_keys_respondents(struct worker *worker, guint partition)
{
    read_keys(worker, partition, FALSE);
    for (guint32 number = 1; number <= worker->n_keys; number++) {
        if (key_at(worker, number)->has_later)
            continue;
        gint64 rows[2] = {0, 0};
        count_rows(worker, number, rows);
        worker->totals->respondents += rows[1] > 0 ? 1u : 0u;
    }
}

GArray *plx_unit_index_suspects(const struct plx_unit_index *units)
{
    GArray *suspects = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint t = 0; t < units->n_threads; t++)
        g_array_append_vals(suspects, units->totals[t].suspects->data,
                            units->totals[t].suspects->len);
    plx_unit_sort((guint64 *)(gpointer)suspects->data, suspects->len);
    return suspects;
}
