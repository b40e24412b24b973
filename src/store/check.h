/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Is a workspace whole? Every page, word, map, block, column and note is read and compared with
 * what is written about it, kept counts with the rows they stand for. Test:
 * tests/store/test_check.c. */

#include "store/store.h"

struct plx_check_report {
    GPtrArray *faults;   /* char *: what is wrong, in words; empty: nothing */
    GPtrArray *repaired; /* char *: what was made anew */
    guint64 observations, blocks, notes;
};
void plx_check_report_clear(struct plx_check_report *report);

/* With `repair` what can be made anew from the rest is: the index of notes, indices of tables,
 * answers worked out before, kept counts, leftovers. Errors: only when the file cannot be read at
 * all; what is found wrong stands in the report. */
gboolean plx_check_run(plx_store *store, gboolean repair, struct plx_check_report *report,
                       GError **error);
