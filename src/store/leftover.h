/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Imports that were begun and never finished: whose process is gone, and their blocks.
 * Test: tests/store/test_leftover.c. */

#include "store/db.h"

/* This process, so that others can tell whether it still runs: boot, pid, time of start. To be
 * freed. */
char *plx_leftover_owner(void);
gboolean plx_leftover_runs(const char *owner);

/* Removes what imports of processes that are gone left behind. */
gboolean plx_leftover_clean(plx_db *db, GError **error);

/* Removes one import that is not done, with its blocks, in small transactions. */
gboolean plx_leftover_remove(plx_db *db, gint64 import, GError **error);
