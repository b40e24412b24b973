/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What units said, kept whole (PLX_NEED_LINKED): each thread keeps the units it puts together, and
 * at the end all are put into one order. Private to the counting sink.
 *
 * A unit is kept as a head, the number of answers of each encounter, and the answers, each of
 * `stride` bytes that sort as answers do: cell (big-endian), values (by measure, + 128), weight
 * (big-endian, where something is weighted). So answers, encounters and whole units are compared as
 * bytes. Cells are canonical ones (voice/canon.h). Test: tests/voice/test_linked.c. */

#include "voice/canon.h"

struct plx_links_head {
    guint32 n_encounters, n_answers;
    guint32 persons;
    guint8 audience, known;
};

/* A kept unit: the hash of its content, or of the table it is a part of; and where it is. */
struct plx_links_unit {
    guint64 hash;
    gsize at;
};

struct plx_links_store {
    struct plx_pages units; /* struct plx_links_unit */
    struct plx_pages bytes;
    gsize n, n_bytes;
};

struct plx_links {
    guint32 measures; /* those with a column */
    guint n_values;
    gboolean weighted;
    guint stride;
    struct plx_links_store units, pieces; /* pieces: of units that are tables */
    gboolean any_known, any_persons, any_weight;
    struct plx_pages room; /* for the answers of the unit at hand */
    GArray *encounters;    /* struct plx_links_said, likewise */
};

/* One encounter. */
struct plx_links_said {
    const guint8 *answers;
    guint32 n;
};

void plx_links_init(struct plx_links *links, const struct plx_count_plan *plan,
                    const GPtrArray *parts, guint g);
void plx_links_clear(struct plx_links *links);

static inline const struct plx_links_unit *plx_links_unit(const struct plx_links_store *store,
                                                          gsize i)
{
    return (const struct plx_links_unit *)(gconstpointer)store->units.data + i;
}

static inline const struct plx_links_head *plx_links_head(const struct plx_links_store *store,
                                                          const struct plx_links_unit *unit)
{
    return (const struct plx_links_head *)(gconstpointer)(store->bytes.data + unit->at);
}

/* Answers of each encounter. */
static inline const guint32 *plx_links_lengths(const struct plx_links_head *head)
{
    return (const guint32 *)(gconstpointer)(head + 1);
}

static inline const guint8 *plx_links_answers(const struct plx_links_head *head)
{
    return (const guint8 *)(plx_links_lengths(head) + head->n_encounters);
}

static inline guint32 plx_links_cell(const guint8 *answer)
{
    guint32 cell;
    memcpy(&cell, answer, sizeof cell);
    return GUINT32_FROM_BE(cell);
}

static inline guint64 plx_links_weight(const struct plx_links *links, const guint8 *answer)
{
    guint64 weight;
    memcpy(&weight, answer + links->stride - sizeof weight, sizeof weight);
    return GUINT64_FROM_BE(weight);
}

/* Keeps a unit of these encounters, which it sorts; `name` tells cells by what they are, whatever
 * their number (struct plx_canon_group.name). Of a table that is not 0 it is but a piece. */
void plx_links_keep(struct plx_links *links, const guint64 *name, guint64 table,
                    const struct plx_links_head *head);

/* Pieces of one table, from all n threads, become one unit of the first thread. */
void plx_links_join(struct plx_links *const *all, guint n, const guint64 *name);
