/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A roll: rows of many people put together by who said them, once, in narrow columns; so that a
 * question under a filter that nobody asked before is one pass over them, without decoding and
 * without looking for people again.
 *
 * It is made of plain rows: without weights, tables of workshops, groups of unknown size, people
 * who had seen results, values of measures in `odd`; and answers the questions of
 * plx_roll_answers. Other rows, and those that came since, go into the same sink as rows do: who
 * asks leaves their units out of the roll and gives the sink the roll's rows of them. The answer is
 * that of all rows, bit by bit. 12 to 16 bytes of memory for a row. Never changed once made: any
 * threads may ask it. Test: tests/store/test_store_roll.c. */

#include "voice/sink.h"

typedef struct plx_roll plx_roll;

struct plx_roll_options {
    guint32 measures; /* mask of those that may be asked for; three at most are held */
    guint32 odd;      /* mask of those that no plain row has a value of */
    gsize most_bytes; /* of the roll */
    guint threads;
};

/* The sink that makes one. All its batches share their dictionaries; it only adds. Batches with a
 * row that is not plain are left out as a whole. */
plx_sink *plx_roll_sink_new(const plx_map *map, const struct plx_roll_options *options);
/* After finish; NULL: there would be more than fits, or nothing is plain. */
plx_roll *plx_roll_sink_take(plx_sink *sink);
void plx_roll_free(plx_roll *roll);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_roll, plx_roll_free)

gsize plx_roll_bytes(const plx_roll *roll);
guint64 plx_roll_rows(const plx_roll *roll);
/* The blocks (struct plx_batch.block) whose rows are in it, ascending. */
const guint64 *plx_roll_blocks(const plx_roll *roll, gsize *n);
/* The mask of the measures that its rows have a column for. */
guint32 plx_roll_columns(const plx_roll *roll);

/* Of all its rows, as an answer has them. */
struct plx_roll_totals {
    guint64 rows, without_time, encounters, encounters_unknown, respondents;
    gboolean has_days;
    gint32 first_day, last_day;
};
const struct plx_roll_totals *plx_roll_totals(const plx_roll *roll);
/* Is this respondent in it? */
gboolean plx_roll_knows_respondent(const plx_roll *roll, guint64 unit);
/* ... this encounter, of a known respondent or not? Looked for with this unit first; *effort counts
 * when all had to be looked through. */
gboolean plx_roll_knows_encounter(const plx_roll *roll, guint64 unit, guint64 encounter,
                                  gboolean known, guint *effort);

/* Do the codes in it mean the same under these dictionaries, which may have grown, and this map? */
gboolean plx_roll_means(const plx_roll *roll, const struct plx_dims *dims, const plx_map *map);

/* Can it answer these needs? */
gboolean plx_roll_answers(const plx_roll *roll, const struct plx_need *needs, guint n_needs);

/* The unit of a row, as the counting sink has it: of those who are anonymous the encounter. */
guint64 plx_roll_unit(const plx_map *map, const struct plx_batch *batch, guint32 row);
/* Is it a respondent? Those who are anonymous are none. */
gboolean plx_roll_is_known(const plx_map *map, const struct plx_batch *batch, guint32 row);

/* Units, ascending, each once. */
struct plx_roll_units {
    const guint64 *unit;
    gsize n;
};

/* Adds all rows but those of some units to a counting sink that leaves totals out (voice/sink.h)
 * and whose needs plx_roll_answers. Errors: as add. */
gboolean plx_roll_count(const plx_roll *roll, const struct plx_roll_units *without,
                        const struct plx_dims *dims, guint threads, plx_sink *sink, GError **error);

/* Gives a sink the rows of these units, of which the roll may have none, as batches of worker 0. */
gboolean plx_roll_give(const plx_roll *roll, const struct plx_roll_units *units,
                       const struct plx_dims *dims, plx_sink *sink, GError **error);
