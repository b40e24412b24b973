/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the needs of one ask come down to, worked out before the first row.
 *
 * Needs with the same filter, splits and first_unseen are one group: their rows fall into the same
 * cells. Groups that need to know about units share a stream of unit records (voice/records.h);
 * groups of first answers have one of their own, as few rows belong there. Stream 0 always exists:
 * it carries what checks and totals need. Private to the counting sink. */

#include "voice/source.h"

#define PLX_COUNT_FIELDS (2 + PLX_SPLITS_MAX) /* audience, subject, splits */
#define PLX_NO_STREAM G_MAXUINT

struct plx_count_pair {
    guint8 first, second;
};

struct plx_count_group {
    const plx_filter *filter; /* borrowed, as the splits */
    const struct plx_split *splits;
    guint n_splits;
    GHashTable *merged[PLX_SPLITS_MAX]; /* text of a split -> what it is merged into, or NULL */
    gboolean first_unseen;
    guint kinds;                 /* of all its needs */
    gboolean columns;            /* all its needs ask for COLUMNS */
    guint32 measures;            /* counted by value */
    guint32 unit_measures;       /* whose values the unit records carry */
    guint32 comoments, profiles; /* measures of these */
    gboolean sums;               /* something is added up over the rows of a unit */
    gboolean is_linked;
    guint32 linked;            /* measures of it */
    GArray *pairs;             /* struct plx_count_pair */
    guint stream, stream_cell; /* where its cells stand in the unit records */
};

struct plx_count_stream {
    GArray *groups;   /* guint */
    guint32 measures; /* values in the records */
    gboolean timed;   /* rows with values only, with their time and weight */
    gboolean weights; /* sums over a unit's weights are needed */
};

struct plx_count_plan {
    const plx_map *map;
    guint n_groups;
    struct plx_count_group *groups;
    guint *group_of_need;
    guint n_streams;
    struct plx_count_stream *streams;
    guint32 measures; /* of all groups */
    /* Encounters and respondents of the whole input are not asked for: only rows that fall into
     * some cell need their unit. */
    gboolean leaves_totals;
    /* Values of a measure, over the scales of all audiences. */
    guint width[PLX_MEASURES_MAX];
    /* Where a cell is counted: [audience code * 256 + (guint8) cell] = 0..width-1 for values, width
     * for na, + 1 for declined, + 2 for empty; and the same with one place for all values. */
    guint8 *slot[PLX_MEASURES_MAX];
    guint8 *slot_any[PLX_MEASURES_MAX];
};

struct plx_count_plan *plx_count_plan_new(const plx_map *map, const struct plx_need *needs,
                                          guint n_needs);
void plx_count_plan_free(struct plx_count_plan *plan);

/* Places to count one measure of a group in: values, then three kinds of missing. */
static inline guint plx_count_width(const struct plx_count_plan *plan,
                                    const struct plx_count_group *group, guint measure)
{
    return (group->first_unseen ? 1 : plan->width[measure]) + 3;
}
