/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of workshops online share. Each row has a CRC-32 of what it says, and a fact
 * counts the rows: a damaged or lost one is an error for whoever reads it. */

#include "store/gatherings.h"

#define PLX_GATHERINGS_DAMAGED "its workshops online"

char *plx_gathering_text(sqlite3_stmt *row, int column); /* to be freed; NULL for NULL */
gint plx_gathering_number(sqlite3_stmt *row, int column, gint none);
/* The crc of what stands in its texts and numbers. */
gint64 plx_gathering_crc(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* A statement of one workshop (?1), and (where not NULL) one table of it (?2). */
sqlite3_stmt *plx_gathering_prepare(plx_db *db, const char *sql,
                                    const struct plx_gathering *gathering, const char *table,
                                    GError **error);
/* Every row of a statement, made by `make`, which gives NULL for a damaged one. `gathering` is its
 * own (0: of all). */
GPtrArray *plx_gathering_rows(plx_db *db, sqlite3_stmt *statement, gint64 gathering,
                              gpointer (*make)(sqlite3_stmt *row, gint64 gathering),
                              GDestroyNotify release, GError **error);
/* Of such rows (NULL: *error is set) the only one; NULL: there is `none`, as *error says. */
gpointer plx_gathering_only(const GPtrArray *found, const char *none, GError **error);
/* So many rows more (or, below 0, less) are there: of tables, seats, guesses and answers. */
gboolean plx_gathering_count(plx_db *db, gint64 more, GError **error);

/* gathering_rows.c: reads all rows of a workshop's tables and devices. */
gboolean plx_gathering_check_seats(plx_store *store, const struct plx_gathering *gathering,
                                   GError **error);
