/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Counting rows into the cells that a workspace keeps: by month, place, audience and subject, per
 * measure by value. What is counted adds over imports; a set of cells is at most one month of one
 * import (decisions 0012).
 *
 * Counting gives up, and says nothing, when it does not pay: cells that are many and of few rows
 * each. Those who ask then count from the blocks. Test: tests/store/test_kept.c. */

#include "store/kept_codec.h"
#include "store/rowset.h"

/* So many cells may always be kept; more only where each stands for three rows or more. */
#define PLX_KEPT_FEW 4096
#define PLX_KEPT_ROWS_A_CELL 3

typedef struct plx_kept plx_kept;

plx_kept *plx_kept_new(void);
void plx_kept_free(plx_kept *kept);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_kept, plx_kept_free)

/* Counts rows, whose codes are the file's; fills their days. `measure_code` gives the codes of
 * measures by number in the rows. */
void plx_kept_count(plx_kept *kept, struct plx_rowset *rows, const guint32 *measure_code);
/* Adds cells of a month (PLX_NO_DAY: without time) that were counted before. */
void plx_kept_add(plx_kept *kept, gint32 month, const struct plx_kept_cells *cells);

/* Has it given up? */
gboolean plx_kept_gave_up(const plx_kept *kept);
guint64 plx_kept_rows(const plx_kept *kept);
/* The months it has rows of: gint32, sorted. */
GArray *plx_kept_months(const plx_kept *kept);

/* Cells of one month and of neighbouring places, encoded. */
struct plx_kept_set {
    gint32 month; /* year * 12 + month - 1, or PLX_NO_DAY */
    guint32 first_place, last_place, cells;
    guint64 rows;
    GByteArray *data;
};

/* All that was counted by n threads as sets, the same for the same rows whoever counted them: by
 * month, place, audience, subject. NULL when one of them gave up. Of struct plx_kept_set *, which
 * the array owns. */
GPtrArray *plx_kept_sets(plx_kept *const *kept, guint n, guint threads);

/* Do they pay? */
gboolean plx_kept_pays(guint64 cells, guint64 rows, guint64 few);
gboolean plx_kept_sets_pay(const GPtrArray *sets);
