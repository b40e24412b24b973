/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files about visits share; private to store/. Test: tests/store/test_visits.c. */

#include "store/db.h"
#include "store/visits.h"

#define PLX_VISITS_DAMAGED "its visits"

/* BLAKE2b in hexadecimal digits, to be freed. */
char *plx_visits_hash(gconstpointer bytes, gsize n);

/* A statement about ?1 a visit and ?2 an id there. */
sqlite3_stmt *plx_visits_prepare(plx_db *db, const char *sql, gint64 visit, const char *id,
                                 GError **error);
/* `statement` (which may be NULL) gives the hash of what is there: *put says whether it is the same
 * as `hash`, another, or none, for which there may be no room (`full`). */
gboolean plx_visits_look(plx_db *db, sqlite3_stmt *statement, const char *hash, gboolean full,
                         enum plx_visit_put *put, GError **error);

/* Is each as it was written? PLX_ERROR_IO. */
gboolean plx_visits_check_reports(plx_db *db, GError **error);
gboolean plx_visits_check_photos(plx_db *db, GError **error);
