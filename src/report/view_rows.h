/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of a group as people walk through them: points in map order, and where a journey uses a
 * point that is at home elsewhere, a row that stands for it there. The reading knows it once, at
 * its home; only views show it again. Test: tests/report/test_view_rows.c. */

#include "reading/gaps.h"

#include <glib.h>

struct plx_view_row {
    /* The point as it stands here: journey and transaction are those of the row, all else is that
     * of the reading (borrowed from it). */
    struct plx_gaps_point point;
    guint group, index; /* where the point stands in the reading; group PLX_VIEW_ABSENT: nowhere */
    gboolean again;     /* its numbers stand in another row: this one leads there, */
    gint full;          /* which is not at home but this one of the rows; else -1 */
};
#define PLX_VIEW_ABSENT G_MAXUINT

/* Elements are struct plx_view_row. Under `--where journey=` a point stands in the journeys asked
 * for: in full where answers were given there, else (its home was not asked for) without numbers.
 */
GArray *plx_view_rows(const plx_gaps *gaps, const struct plx_gaps_group *group);

/* "see Order › After" of a row that stands for another; "also in Return › Decide" of one that
 * others stand for; "at home in Order › After"; else nothing. */
void plx_view_elsewhere(const plx_gaps *gaps, const GArray *rows, guint i, GString *out);
