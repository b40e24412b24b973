/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Kept counts in the file: tables `kept` and `kept_cells`.
 *
 * Everything that changes an import's rows either brings its kept counts along or drops them, in
 * the same transaction. What is not kept is counted from blocks, so that kept counts may always be
 * dropped. All of it happens within the caller's transaction.
 * Test: tests/store/test_kept.c. */

#include "store/kept.h"
#include "store/store_private.h"

/* A set of cells that the file has. */
struct plx_kept_entry {
    gint64 id, import;
    gint32 month; /* or PLX_NO_DAY */
    guint32 first_place, last_place, cells;
    guint64 rows;
    gint64 sum;
};

/* Of one import, or (0) of all that are done; struct plx_kept_entry, by id. Errors: PLX_ERROR_IO.
 */
GArray *plx_kept_list(plx_db *db, gint64 import, GError **error);

gboolean plx_kept_put(plx_db *db, gint64 import, const GPtrArray *sets, GError **error);
gboolean plx_kept_drop(plx_db *db, gint64 import, GError **error);

/* The encoded cells of an entry, compared with its sum. */
GBytes *plx_kept_load(plx_db *db, const struct plx_kept_entry *entry, GError **error);

/* Decodes them (kept_codec.h); what they are must be what the entry says. */
gboolean plx_kept_read(const plx_db *db, const struct plx_kept_entry *entry, GBytes *bytes,
                       const guint8 *wanted, struct plx_kept_cells *cells, GError **error);

/* Counts from the import's blocks (as far as they are in the file). NULL in *sets: they are not to
 * be kept, as the map of today does not know one of its measures, or counting gave up. */
gboolean plx_kept_from_blocks(plx_store *store, gint64 import, GPtrArray **sets, GError **error);

/* Puts an import's kept counts there anew, where they pay. */
gboolean plx_kept_remake(plx_store *store, gint64 import, GError **error);
/* The same for all imports that lack them, in a transaction of its own: what did not pay when it
 * was made may now. */
gboolean plx_kept_make_missing(plx_store *store, GError **error);

/* Adds to `faults` (char *) which imports' kept counts are damaged or not those of their blocks;
 * with `repair` makes these anew instead and says so in `repaired`. */
void plx_kept_check(plx_store *store, gboolean repair, GPtrArray *faults, GPtrArray *repaired);

/* Adds rows to those kept of an import that had `before` rows in blocks so far. */
gboolean plx_kept_append(plx_store *store, gint64 import, guint64 before, plx_kept *more,
                         GError **error);

/* Drops the kept counts of imports (gint64) and makes them anew from their blocks. */
gboolean plx_kept_renew(plx_store *store, GHashTable *imports, GError **error);
