/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One order for all: from workers' codes and cells to those of the answer.
 *
 * Subjects: points, journeys, tasks, promises; of the map in map order, then others by id. Groups:
 * by the texts of their splits in byte order. Cells: by group, subject, audience. Nothing depends
 * on which worker saw what first. Cells and subjects without rows (all taken back) are still here;
 * the answer leaves them out. Private to the counting sink. */

#include "voice/part.h"

#define PLX_NO_JOURNEY G_MAXUINT64

struct plx_canon_group {
    gboolean made;
    guint32 n_cells;
    guint32 **map;            /* by part: from its cells to ours */
    guint32 *group, *subject; /* by cell */
    guint8 *audience;
    /* Of ENCOUNTERS, by cell: where its encounters count among [(group, audience), journey], as
     * place of any journey << 32 | place of the point's home (the former again when it has none).
     */
    guint64 *journey;
    guint64 *name; /* of LINKED, by cell: a hash of what its group and subject are called */
    guint n_groups;
    guint32 *group_values;             /* n_groups x splits: indices into values */
    GPtrArray *values[PLX_SPLITS_MAX]; /* texts in byte order */
};

struct plx_canon {
    guint n_parts;
    GArray *subjects;       /* struct plx_subject */
    guint32 **subject_rank; /* by part, by code */
    guint n_groups;
    struct plx_canon_group *groups;
};

struct plx_canon *plx_canon_new(const struct plx_count_plan *plan, const GPtrArray *parts);
void plx_canon_free(struct plx_canon *canon);

/* Works out one group (once). Errors: PLX_ERROR_USAGE when splits have too many values. */
gboolean plx_canon_make(struct plx_canon *canon, const struct plx_count_plan *plan,
                        const GPtrArray *parts, guint g, guint n_threads, GError **error);

/* Gives back the memory of one group. */
void plx_canon_drop(struct plx_canon *canon, guint g);
