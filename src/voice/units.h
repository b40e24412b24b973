/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Units put together: from the workers' unit records to what is counted per unit.
 *
 * Partitions are independent, so threads take them one by one and keep their own sums; all sums are
 * whole numbers (or fixed point), so it does not matter who added what. Most units answer each cell
 * once: what they add follows from the counts, so only the excess over that is kept here. Private
 * to the counting sink. Test: tests/voice/test_count_sink.c. */

#include "voice/links.h"
#include "voice/word_map.h"

/* Fixed point of unit means: 2^-40. */
#define PLX_MEAN_BITS 40

/* Where the sum of two cells is: looked for here before its words are compared. */
#define PLX_COMOMENT_BITS 13
struct plx_comoment_place {
    guint64 cells; /* 0: none */
    guint32 measure, number;
};

/* Two points by unit: whole numbers where each was answered once, else fixed point. */
struct plx_comoment_sum {
    guint64 n;
    gint64 a, b, aa, bb, ab;
    plx_i128 fine_a, fine_b, fine_aa, fine_bb, fine_ab; /* 2^-40, squares 2^-80 */
};

/* What one unit said in one cell. */
struct plx_unit_answer {
    guint32 cell, count;
    gint32 sum;
};

/* What one unit that sat at a table said in one cell: of a measure how often each value. */
struct plx_table_answer {
    guint64 table;
    guint32 cell;
    guint8 j, slot;
    guint16 first; /* 1: the first of what this unit said here */
    guint32 n;
};

/* The same of a pair: number of answers, sums of weight times difference, weights, squares. */
struct plx_table_pair {
    guint64 table;
    guint32 cell, p;
    guint32 n;
    plx_i128 wd, w, wd2, wwd, w2;
};

/* Of one group. Arrays are NULL where the needs do not ask. j counts the group's unit measures, p
 * its pairs, by ascending measure. */
struct plx_unit_sums {
    guint n_measures, n_pairs;
    guint offset[PLX_MEASURES_MAX]; /* of first answers: where a measure's values begin */
    guint *pair_offset;
    guint width;                      /* of first answers: numbers of one cell */
    gint64 *excess;                   /* [cell * n_measures + j] answers beyond each unit's first */
    gint64 *extra;                    /* [cell * n_measures + j] persons beyond one per unit */
    gint64 *encounters;               /* [cell] rows beyond each encounter's first */
    gint64 *pair_excess, *pair_extra; /* [cell * n_pairs + p] */
    plx_i128
        *moments;   /* [(cell * n_pairs + p) * 3]: what repeating units add to s_dd, s_d1, s_11 */
    guint64 *n, *w; /* [cell * width + offset + value]: of first answers */
    plx_u128 *w2;
    guint64 *people;   /* [(group * audiences + audience) * n_measures + j] with a value */
    guint64 *journeys; /* [(group * audiences + audience) * (journeys + 1) + journey] */
    struct plx_word_map vectors;   /* cell, j, counts → number of units in vector_n */
    GArray *vector_n;              /* guint64 */
    struct plx_word_map comoments; /* group, audience, measure, subject a, subject b */
    GArray *comoment_sums;         /* struct plx_comoment_sum */
    struct plx_comoment_place *comoment_places; /* which of them lately; 1 << PLX_COMOMENT_BITS */
    GArray *answers;                            /* struct plx_unit_answer: of the unit at hand */
    GArray *table_answers;                      /* struct plx_table_answer */
    GArray *table_pairs;                        /* struct plx_table_pair */
    struct plx_links links;
    GArray *profiles; /* guint32: group, audience, measure, n, then n times subject, sum, count */
};

struct plx_unit_totals {
    guint64 encounters, encounters_unknown, respondents;
    GArray *suspects; /* guint64: encounters */
    struct plx_unit_sums *groups;
};

struct plx_unit_index {
    guint n_threads, n_groups;
    struct plx_unit_totals *totals; /* by thread */
};

struct plx_unit_index *plx_unit_index_resolve(const struct plx_count_plan *plan,
                                              const struct plx_canon *canon, const GPtrArray *parts,
                                              guint n_threads);
void plx_unit_index_free(struct plx_unit_index *units);

/* Encounters that need a second look, sorted, each once. */
GArray *plx_unit_index_suspects(const struct plx_unit_index *units);

/* ------------------------------------------------------------------------------------------------
 * Between units.c (gathers the rows of a unit) and unit_sums.c (adds them up). */

#define PLX_ROW_BACK 1 /* takes an equal row back */

/* The rows of one unit. */
struct plx_unit_rows {
    guint n, room;
    gboolean known;
    guint32 measures; /* that some row has a column for */
    guint64 *encounter;
    guint64 *table; /* 0: none */
    guint8 *flags;
    gint64 *seconds;
    guint64 *weight;
    guint16 *group_size;
    gint8 *value[PLX_MEASURES_MAX];
    guint32 **cell;       /* by the stream's cells */
    guint64 *order;       /* room for sorting */
    gboolean group_sizes; /* some is not 1 */
    gboolean tables;      /* some has a table */
};

/* A vector of counts of one unit (or table), k wide. */
void plx_unit_keep_vector(struct plx_unit_sums *sums, guint32 cell, guint j, const guint32 *counts,
                          guint k);

/* The same of several units. */
void plx_unit_keep_vectors(struct plx_unit_sums *sums, guint32 cell, guint j, const guint32 *counts,
                           guint k, guint64 times);

/* What one unit (or table) adds to a pair by repeating itself. */
void plx_unit_add_pair(struct plx_unit_sums *sums, const struct plx_table_pair *said);

void plx_unit_sums_init(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                        const struct plx_canon *canon, guint g);
void plx_unit_sums_clear(struct plx_unit_sums *sums);

/* Adds one unit to one group. */
void plx_unit_sums_add(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                       const struct plx_canon *canon, guint g, struct plx_unit_rows *rows);

/* Keeps one unit whole, for LINKED (unit_links.c). */
void plx_unit_links_add(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                        const struct plx_canon *canon, guint g, const struct plx_unit_rows *rows);

/* The one of two tables that a unit which sat at both counts for: the smaller hash; 0 is none. */
static inline guint64 plx_unit_nearer_table(guint64 table, guint64 other)
{
    return table && (!other || table < other) ? table : other;
}

/* Counts the persons of one unit for each (group, audience, measure) where it has a value. */
void plx_unit_people(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                     const struct plx_canon *canon, guint g, struct plx_unit_rows *rows);

/* Counts the journeys of each encounter; one == TRUE: the unit is one encounter. */
void plx_unit_sums_journeys(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                            const struct plx_canon *canon, guint g, struct plx_unit_rows *rows,
                            gboolean one);

/* Counts the codes (struct plx_canon_group.journey) of one encounter; sorts them. */
void plx_unit_sums_codes(struct plx_unit_sums *sums, guint64 *codes, guint n);

/* Ascending; few numbers or many. */
void plx_unit_sort(guint64 *numbers, gsize n);

/* TRUE when some two of n well-mixed hashes may be equal: a table of 256 bits of them. */
gboolean plx_unit_may_repeat(const guint64 *hashes, guint n);
