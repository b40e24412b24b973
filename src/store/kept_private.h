/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What kept.c (counting) and kept_sets.c (putting together) share. Private to them. */

#include "store/kept.h"
#include "voice/calendar.h"
#include "voice/cells.h"

/* Fields of a cell; of the first two 0 is none, so subjects are one more than their codes. Months
 * have codes of their own, so that a cell's number can be worked out without an index. */
enum { KEPT_AUDIENCE, KEPT_SUBJECT, KEPT_PLACE, KEPT_MONTH, KEPT_FIELDS };

/* The first counters of a cell; the others are values. Days of the month stand beside the rows, as
 * numbers that only grow: 32 - first and last, 0 for none. They are no counts and never spill. */
enum { KEPT_ROWS, KEPT_EARLY, KEPT_LATE, KEPT_COUNTERS };
#define KEPT_NO_DAY 32

struct plx_kept {
    struct plx_cells cells;
    guint32 size[KEPT_FIELDS]; /* of the rows so far: codes are below it */
    struct plx_time_codes *months;
    GArray *first_day;                /* gint32 by code of a month: its first */
    guint16 *slot[PLX_WORD_MEASURES]; /* by (guint8) value: its counter; 0: none yet */
    gboolean gave_up;
    guint64 rows;
    guint32 *subject, *month; /* fields of the rows at hand */
    guint32 cell[PLX_CELL_BLOCK];
};

/* The month of a code, or PLX_NO_DAY. */
static inline gint32 plx_kept_month(const plx_kept *kept, guint32 code)
{
    return code ? (gint32)g_array_index(kept->months->places, guint32, code) : PLX_NO_DAY;
}
