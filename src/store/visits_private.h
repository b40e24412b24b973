/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files about visits share; private to store/. Test: tests/store/test_visits.c. */

#include "store/db.h"
#include "store/visits.h"

#define PLX_VISITS_DAMAGED "its visits"

/* BLAKE2b in hexadecimal digits, to be freed. */
char *plx_visits_hash(gconstpointer bytes, gsize n);

/* `statement` (which may be NULL) gives the hash of what is there of ?1 a visit under ?2 an id:
 * *put says whether it is the same as `hash`, another, or none. */
gboolean plx_visits_look(plx_db *db, sqlite3_stmt *statement, gint64 visit, const char *id,
                         const char *hash, enum plx_visit_put *put, GError **error);

/* Is each as it was written? PLX_ERROR_IO. */
gboolean plx_visits_check_reports(plx_db *db, GError **error);
gboolean plx_visits_check_photos(plx_db *db, GError **error);
