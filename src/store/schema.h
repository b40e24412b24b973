/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of a workspace: made from sql/NNNN-*.sql, which lie in the program, in the order of
 * their numbers; PRAGMA user_version is the number of the last. Test: tests/store/test_schema.c. */

#include "store/db.h"

/* The version this program writes. */
guint plx_schema_version(void);

/* Makes all tables in an empty file. */
gboolean plx_schema_create(plx_db *db, GError **error);

/* Brings an older file up to date, in one transaction, after a whole copy was written beside it:
 * *copy (may be NULL, to be freed) is its path, NULL when nothing was done.
 * Errors: PLX_ERROR_INPUT for a file of a newer program; PLX_ERROR_IO. */
gboolean plx_schema_migrate(plx_db *db, char **copy, GError **error);

/* For readers, which may not write: an older file is an error that says what to do. */
gboolean plx_schema_check(plx_db *db, GError **error);
