/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/part.h"

#include <string.h>

#define AHEAD 12
#define TABLE_BITS 12 /* twice as many places as a block has rows */

G_STATIC_ASSERT(PLX_PARTITION_BITS >= PLX_KEY_FLAG_BITS);
G_STATIC_ASSERT((1 << TABLE_BITS) >= 2 * PLX_CELL_BLOCK);

static void add_key(struct plx_records *records, guint64 key, guint flags)
{
    guint64 hash = key * PLX_HASH_FACTOR;
    guint64 head = hash << PLX_KEY_FLAG_BITS | flags;
    memcpy(plx_records_take(records, hash, 8), &head, 8);
}

/* What must not change, and the identities, so that it can be compared when it comes back. */
static void add_full(struct plx_records *records, const struct plx_batch *batch,
                     const struct plx_part_run *run, guint flags)
{
    guint64 hash = run->encounter * PLX_HASH_FACTOR;
    guint64 head = hash << PLX_KEY_FLAG_BITS | flags | PLX_KEY_FULL |
                   (batch->identity ? PLX_KEY_IDENTITY : 0u);
    guint64 mixed = (batch->unit[run->from] ^ (batch->constancy ? batch->constancy[run->from] : 0) *
                                                  G_GUINT64_CONSTANT(0xff51afd7ed558ccd)) *
                    PLX_HASH_FACTOR;
    guint32 check = batch->constancy || batch->known ? (guint32)(mixed >> 32) : 0;
    guint8 *at = plx_records_take(records, hash, plx_key_size(head));
    memcpy(at, &head, 8);
    memcpy(at + 8, &check, 4);
    if (batch->identity)
        memcpy(at + 12, &batch->identity[run->from], run->n * sizeof(guint32));
}

static gboolean has_duplicates(const guint32 *identity, guint n)
{
    guint32 again = 0;
    for (guint i = 1; i < n; i++)
        for (guint k = 0; k < i; k++)
            again |= identity[i] == identity[k] ? 1u : 0u;
    return again != 0;
}

/* TRUE when an encounter has two of the runs. */
static gboolean any_returns(const struct plx_part_run *runs, guint n_runs)
{
    guint16 table[1 << TABLE_BITS] = {0};
    for (guint r = 0; r < n_runs; r++) {
        guint at = (guint)(runs[r].encounter * PLX_HASH_FACTOR >> (64 - TABLE_BITS));
        for (; table[at]; at = (at + 1) & ((1 << TABLE_BITS) - 1))
            if (runs[table[at] - 1].encounter == runs[r].encounter)
                return TRUE;
        table[at] = (guint16)(r + 1);
    }
    return FALSE;
}

/* Encounters whose rows stand together are unlikely to come back, so that a second look at those
 * that do costs less than to remember all. At the ends of a block they may go on in another one. */
static void add_encounters(struct plx_part *part, const struct plx_batch *batch,
                           const struct plx_part_run *runs, guint n_runs, guint n, gboolean back)
{
    struct plx_records *records = &part->encounters;
    gboolean apart = part->careful || 2 * n_runs > n || any_returns(runs, n_runs);
    for (guint r = 0; r < n_runs; r++) {
        const struct plx_part_run *run = &runs[r];
        if (r + AHEAD < n_runs)
            plx_records_fetch(records, runs[r + AHEAD].encounter * PLX_HASH_FACTOR);
        guint flags = run->n | (run->known ? PLX_KEY_KNOWN : 0u);
        if (back)
            add_key(records, run->encounter, flags | PLX_KEY_BACK);
        else if (apart || r == 0 || r + 1 == n_runs ||
                 (batch->identity && has_duplicates(&batch->identity[run->from], run->n)))
            add_full(records, batch, run, flags);
        else
            add_key(records, run->encounter, flags);
    }
}

/* Where nobody asks what units said, only who there is counts. */
static void add_respondents(struct plx_part *part, const struct plx_part_run *runs, guint n_runs,
                            gboolean back)
{
    for (guint r = 0, to; r < n_runs; r = to) {
        guint n = runs[r].n;
        for (to = r + 1; to < n_runs && runs[to].unit == runs[r].unit &&
                         runs[to].known == runs[r].known && n + runs[to].n <= PLX_RUN_ROWS;)
            n += runs[to++].n;
        if (to + AHEAD < n_runs)
            plx_records_fetch(&part->respondents, runs[to + AHEAD].unit * PLX_HASH_FACTOR);
        if (runs[r].known)
            add_key(&part->respondents, runs[r].unit,
                    n | PLX_KEY_KNOWN | (back ? PLX_KEY_BACK : 0u));
    }
}

/* A block with several answers in a row gives its rows again and again, and with them its
 * encounters. Whether it does shows in the second batch. */
void plx_part_begin_keys(struct plx_part *part, const struct plx_batch *batch)
{
    if (batch->n == 0)
        return;
    guint32 first = batch->row ? batch->row[0] : 0;
    part->several |= part->begun && batch->block == part->last_block && first <= part->last_row;
    part->careful = part->several || !part->begun;
    part->begun = TRUE;
    part->last_block = batch->block;
    part->last_row = batch->row ? batch->row[batch->n - 1] : batch->n - 1;
}

void plx_part_add_keys(struct plx_part *part, const struct plx_batch *batch,
                       const struct plx_part_run *runs, guint n_runs, guint n, gboolean back)
{
    add_encounters(part, batch, runs, n_runs, n, back);
    if (!part->plan->streams[0].groups->len)
        add_respondents(part, runs, n_runs, back);
}
