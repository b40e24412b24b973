/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When results were shown to an audience for the first time: from then on its guesses have seen
 * them. Test: tests/store/test_reveals.c. */

#include "base/id.h"
#include "store/store.h"

struct plx_shown {
    char audience[PLX_ID_BYTES_MAX + 1];
    gint64 utc_seconds;
};

/* All of them, by audience: struct plx_shown. */
gboolean plx_reveals_read(plx_store *store, GArray **reveals, GError **error);

/* Remembers that results are shown to an audience now; the first time stays. *first (may be NULL)
 * is that one, in seconds UTC. */
gboolean plx_reveals_lock(plx_store *store, const char *audience, gint64 utc_seconds, gint64 *first,
                          GError **error);
/* The same within the caller's transaction. */
gboolean plx_reveals_lock_within(plx_store *store, const char *audience, gint64 utc_seconds,
                                 GError **error);
