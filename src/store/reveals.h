/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When results were first shown to an audience: what its guesses are worth from then on
 * (store/late.h). Test: tests/cli/cases/report-lock, import-late. */

#include "store/store.h"

struct plx_reveal {
    const char *audience; /* id; belongs to the array */
    gint64 utc_seconds;
};

/* All of them, by audience: struct plx_reveal; freed with the array. Within the caller's
 * transaction or outside of any. Errors: PLX_ERROR_IO. */
gboolean plx_reveals_read(plx_store *store, GArray **reveals, GError **error);

/* From now on: an audience that was shown results before keeps its first time. In a transaction of
 * its own. Errors: PLX_ERROR_IO. */
gboolean plx_reveals_lock(plx_store *store, const char *audience, gint64 utc_seconds,
                          GError **error);
