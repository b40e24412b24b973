/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From merged counts and unit sums to the answer's tables. Private to the counting sink. */

#include "voice/arena.h"
#include "voice/merged.h"
#include "voice/units.h"

/* One group, ready to be told. Numbers of subjects and groups are the answer's; those that lost all
 * their rows have none (PLX_NO_CELL). */
struct plx_tables {
    const struct plx_count_plan *plan;
    struct plx_canon *canon;
    const struct plx_unit_index *units;
    struct plx_merged *merged; /* by group */
    guint32 *subject;          /* from canonical subjects to the answer's */
    guint32 n_subjects;
    guint32 **group; /* by group: from canonical groups to the answer's */
    guint32 *n_groups;
    guint *users;     /* needs that share a group */
    guint32 measures; /* columns of the input */
    struct plx_arena arena;
};

/* Numbers what has rows. */
void plx_tables_number(struct plx_tables *tables);
void plx_tables_clear(struct plx_tables *tables);

/* FALSE: more rows than columns can count or that can be linked (PLX_ERROR_USAGE). */
gboolean plx_tables_build(struct plx_tables *tables, const struct plx_need *need, guint g,
                          struct plx_table *table, GError **error);

/* table_units.c: what tallies and pairs know of units, and the tables by unit. */
struct plx_table_units {
    guint32 *order; /* vectors of all threads, sorted by cell, measure, counts */
    struct plx_word_map vectors;
    GArray *vector_n;
};
void plx_table_units_init(struct plx_table_units *units, const struct plx_tables *tables, guint g);
void plx_table_units_clear(struct plx_table_units *units);
/* Fills persons, units, repeats and, with `clusters`, m and the vectors. */
void plx_table_units_tally(struct plx_table_units *units, struct plx_tables *tables, guint g,
                           guint32 cell, struct plx_tally *tally, gboolean clusters);
void plx_table_units_pair(struct plx_tables *tables, guint g, guint32 cell, guint pair,
                          struct plx_pair_tally *tally);
void plx_table_people(struct plx_tables *tables, const struct plx_need *need, guint g,
                      struct plx_table *table);
void plx_table_journeys(struct plx_tables *tables, guint g, struct plx_table *table);
void plx_table_comoments(struct plx_tables *tables, guint g, guint measure,
                         struct plx_table *table);
void plx_table_profiles(struct plx_tables *tables, guint g, guint32 measures,
                        struct plx_table *table);

/* table_links.c. FALSE: more than can be set side by side (PLX_ERROR_USAGE). */
gboolean plx_table_linked(struct plx_tables *tables, guint g, struct plx_table *table,
                          GError **error);

/* Place of a measure among those of the group's units. */
guint plx_table_unit_measure(const struct plx_count_group *group, guint measure);
