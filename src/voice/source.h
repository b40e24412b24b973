/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sources: where counts come from (a file, later a workspace), asked by value.
 *
 * A reading declares its needs; a source answers all of them from one pass. The answer is
 * canonical: the same data give the same answer, whatever the order of rows, threads or blocks.
 * Everything in it is exact (integers; weights in fixed point, turned into doubles once).
 * Test: tests/voice/test_count_sink.c, tests/ingest/test_file_source.c. */

#include "voice/filter.h"
#include "voice/saying.h"
#include "voice/weighting.h"

#include <glib.h>

enum plx_need_kind {
    PLX_NEED_COUNTS = 1,      /* cells by value: n, sum of w, sum of w squared */
    PLX_NEED_PERSONS = 2,     /* distinct persons and sampling units per cell */
    PLX_NEED_CLUSTERS = 4,    /* per cell the multiset of count vectors of its units */
    PLX_NEED_PAIRS = 8,       /* two measures of one row, with clusters of their difference */
    PLX_NEED_COMOMENTS = 16,  /* point x point by unit, of one measure, per audience */
    PLX_NEED_ENCOUNTERS = 32, /* distinct encounters per cell and per journey (for not_asked) */
    PLX_NEED_PROFILES = 64,   /* per unit its values over all points (small audiences) */
    PLX_NEED_COLUMNS = 128, /* with COUNTS alone: millions of cells, as columns instead of cells */
    PLX_NEED_LINKED = 256   /* what each unit said, encounter by encounter; not with first_unseen */
};

enum plx_split_kind { PLX_SPLIT_DIM, PLX_SPLIT_MONTH, PLX_SPLIT_WEEK, PLX_SPLIT_DAY };

/* One key by which cells are split. Points, transactions and homes in journeys need no split:
 * every cell has its subject. `merge` (may be NULL) renames values: pairs from, to, ..., NULL. */
struct plx_split {
    enum plx_split_kind kind;
    enum plx_dim dim;    /* of PLX_SPLIT_DIM */
    const char *segment; /* of PLX_DIM_SEGMENT */
    const char *const *merge;
};
#define PLX_SPLITS_MAX 4

struct plx_need {
    guint kinds;              /* mask of enum plx_need_kind */
    guint32 measures;         /* mask of 1u << enum plx_measure, flags too; absent columns give no
                                 tallies, nor do flags that nobody has */
    enum plx_measure second;  /* of PAIRS: the pairs are (each of measures, second) */
    const plx_filter *filter; /* NULL = all rows; borrowed */
    const struct plx_split *splits;
    guint n_splits;
    gboolean first_unseen; /* only each person's earliest answer per cell with seen not 1 */
};

/* Answers of one measure in one cell. Arrays have k entries, value index 0 = scale->min. */
struct plx_tally {
    enum plx_measure measure;
    const struct plx_scale *scale; /* borrowed from the map */
    guint k;
    const guint64 *n;
    const double *w, *w2; /* NULL: unweighted (w = w2 = n) */
    guint64 total;        /* sum of n */
    guint64 na, declined, empty;
    /* PERSONS, CLUSTERS: */
    guint64 persons;  /* distinct respondents; group_size of unknown ones */
    guint64 units;    /* sampling units with at least one value: people at one table are one */
    gboolean repeats; /* some unit has more than one value here */
    const double *m;  /* CLUSTERS: k x k sum over units of w_u w_u', NULL when nothing repeats */
    /* CLUSTERS: distinct vectors of n per unit (k entries each), lexicographic, multiplicities */
    guint n_vectors;
    const guint32 *vectors;
    const guint64 *multiplicity;
};

/* Two measures of one row: of PAIRS. */
struct plx_pair_tally {
    enum plx_measure first, second;
    const struct plx_scale *first_scale, *second_scale;
    guint k1, k2;
    const guint64 *n;     /* k1 x k2 */
    const double *w, *w2; /* or NULL */
    guint64 total, persons, units;
    gboolean repeats;
    /* Of the difference first - second (weights w): sum over units of (sum of w d)^2,
     * (sum of w)^2 and their product; equals the plain sums when nothing repeats. */
    double s_dd, s_d1, s_11;
};

struct plx_cell {
    guint32 group, subject, audience; /* indices into the answer's tables */
    guint n_tallies;
    struct plx_tally *tallies; /* by measure, ascending */
    guint n_pairs;
    struct plx_pair_tally *pairs;
    guint64 rows;       /* rows of this cell */
    guint64 encounters; /* ENCOUNTERS: distinct encounters with a row here */
};

/* COMOMENTS: units that answered both points; values are unit means of the measure. */
struct plx_comoment {
    guint32 group, audience, subject_a, subject_b; /* a <= b */
    guint64 n;
    double sum_a, sum_b, sum_aa, sum_bb, sum_ab;
};

/* PROFILES: one unit's mean value per subject; units in an order that does not identify them
 * (by content). NaN = no answer. */
struct plx_profiles {
    guint32 group, audience;
    enum plx_measure measure;
    guint n_units;
    const double *value; /* n_units x n_subjects */
};

/* COLUMNS: the same counts as plain arrays over cells (same order, `cells` is then NULL), for
 * splits into so many cells that one struct each would cost more than the counting. Measure j of
 * cell c is n[j][c * (k[j] + 3) + v]: v < k[j] are values from the audience's scale->min on, then
 * na, declined, empty, which have no weights (w, w2 are 0 there). k[j] is the widest scale of the
 * measure. */
struct plx_columns {
    const guint32 *group, *subject;
    const guint8 *audience;
    guint n_measures;
    enum plx_measure measure[PLX_MEASURES_MAX];
    guint k[PLX_MEASURES_MAX];
    const guint32 *n[PLX_MEASURES_MAX];
    const double *w[PLX_MEASURES_MAX], *w2[PLX_MEASURES_MAX]; /* likewise, or NULL */
};

/* LINKED: what each sampling unit said, encounter by encounter. A unit is a respondent, else an
 * encounter, else a row; people who sat at one table are one, by audience. Rows without any of the
 * need's measures are left out. Units stand in an order that follows from what they said alone, as
 * do the encounters of a unit and the answers of an encounter (by group, subject, values, weight):
 * the same data give the same arrays, and nobody is recognised by a place in them. Test:
 * tests/voice/test_linked.c. */
struct plx_linked {
    guint64 n_units, n_encounters, n_answers;
    const guint32 *unit_first;      /* n_units + 1: the first encounter of each */
    const guint32 *encounter_first; /* n_encounters + 1: the first answer of each */
    const guint8 *audience;         /* by unit: map index */
    const guint8 *known;    /* by unit: 1 a respondent, 0 an encounter, row or table; NULL: all 0 */
    const guint32 *persons; /* by unit: those behind it (group_size of unknown); NULL: all 1 */
    const guint32 *group; /* by answer: index into the table's groups; NULL: there are no splits */
    const guint32 *subject; /* by answer: index into the answer's subjects */
    guint n_measures;
    enum plx_measure measure[PLX_MEASURES_MAX]; /* ascending: those of the need with a column */
    /* [j][answer]: a value of measure j on the audience's scale, or PLX_CELL_EMPTY, _NA, _DECLINED
     */
    const gint8 *value[PLX_MEASURES_MAX];
    const double *weight; /* by answer; NULL: all 1 */
};

/* The cells that answer one need, sorted by group, subject, audience. */
struct plx_table {
    guint n_groups;
    char ***groups; /* n_groups x n_splits texts, sorted bytewise; "" = missing; months "2024-03",
                       weeks "2024-W11", days "2024-03-17"; one group of no keys without splits */
    guint n_cells;
    struct plx_cell *cells;
    guint n_comoments;
    struct plx_comoment *comoments;
    guint n_profiles;
    struct plx_profiles *profiles;
    /* ENCOUNTERS: n_groups x n_audiences x (n_journeys of the map + 1); the last of a row counts
     * encounters with a row about any point. */
    const guint64 *journey_encounters;
    /* PERSONS, CLUSTERS: n_groups x n_audiences: distinct persons (group_size of unknown ones) with
     * a value of the need's first measure anywhere. NULL else. */
    const guint64 *audience_persons;
    const struct plx_columns *columns; /* COLUMNS, else NULL */
    const struct plx_linked *linked;   /* LINKED, else NULL */
};

/* Groups as people read them: which of n sorted ones comes i-th. The one whose key is missing, the
 * `first` when there is one, comes last. What hides groups goes by their own order. */
static inline guint plx_group_read(const char *first, guint n, guint i)
{
    return first && !*first ? (i + 1) % n : i;
}

/* Of the groups of a table, by their first key. */
static inline guint plx_table_read(const struct plx_table *table, guint i)
{
    return plx_group_read(table->n_groups ? table->groups[0][0] : NULL, table->n_groups, i);
}

struct plx_note {
    const char *code; /* stable, e.g. "duplicate_rows"; see docs/readings.md */
    gint64 count;
    char *detail; /* or NULL: machine-readable argument */
};

struct plx_answer {
    guint n_subjects;             /* those with a cell in some table */
    struct plx_subject *subjects; /* map order, then ids in byte order; kinds in enum order */
    guint n_tables;
    struct plx_table *tables;                                /* one per need, in the order asked */
    guint64 observations, encounters, respondents, rejected; /* of the whole input, unfiltered */
    guint64 encounters_unknown; /* those whose respondent is not known: not in `respondents` */
    gboolean has_days;
    gint32 first_day, last_day; /* of the rows that pass the first need's filter */
    guint64 without_time;       /* rows without time in the whole input */
    guint32 measures;           /* mask of the measures that the input has a column for; no flags */
    guint n_notes;
    struct plx_note *notes; /* sorted by code */
    GPtrArray *memory;      /* owns everything above */
};

void plx_answer_free(struct plx_answer *answer);

/* The cell, or NULL when no row falls into it. */
const struct plx_cell *plx_table_cell(const struct plx_table *table, guint group, guint subject,
                                      guint audience);
const struct plx_tally *plx_cell_tally(const struct plx_cell *cell, enum plx_measure measure);

typedef struct plx_source plx_source;

/* Implementations fill this in. */
struct plx_source {
    const char *name; /* as the user named it */
    const plx_map *map;
    /* Answers all needs from one pass. *answer is to be freed with plx_answer_free. */
    gboolean (*ask)(plx_source *source, const struct plx_need *needs, guint n_needs,
                    struct plx_answer **answer, GError **error);
    /* What people wrote, from one pass; rows that ask would not count are not heard either.
     * *sayings is to be freed with plx_sayings_free. Errors: those of ask. */
    gboolean (*listen)(plx_source *source, const struct plx_listen *listen,
                       struct plx_sayings **sayings, GError **error);
    void (*free)(plx_source *source);
    /* Multiplies the weights of all rows that ask counts; NULL: they stay. Borrowed; who sets it
     * does so between questions. What people wrote is heard without weights. */
    const plx_weighting *weighting;
};

static inline gboolean plx_source_ask(plx_source *source, const struct plx_need *needs,
                                      guint n_needs, struct plx_answer **answer, GError **error)
{
    return source->ask(source, needs, n_needs, answer, error);
}

static inline gboolean plx_source_listen(plx_source *source, const struct plx_listen *listen,
                                         struct plx_sayings **sayings, GError **error)
{
    return source->listen(source, listen, sayings, error);
}

static inline void plx_source_free(plx_source *source)
{
    if (source)
        source->free(source);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_source, plx_source_free)
