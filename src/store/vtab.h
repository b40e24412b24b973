/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The virtual table `observation`: the rows of blocks and inbox for those who speak SQL
 * (docs/sql.md says what its columns hold).
 *
 * It only reads. Columns that a statement does not name are not decoded; blocks that cannot hold
 * what it asks for (days, times, words, rowid) are not read; one block is in memory per cursor. A
 * statement sees one snapshot. Damage is SQLITE_CORRUPT with the sentence of store.h as its
 * message. Test: tests/store/test_vtab.c, tests/store/test_sql_shell.py. */

#include "store/store.h"

/* Puts the table on the store's connection. The store must outlive all statements. Errors:
 * PLX_ERROR_IO (damage). */
gboolean plx_vtab_register(plx_store *store, GError **error);

/* Puts the table on a connection of another program, which need not be one to a workspace yet: it
 * is looked at when a statement first names the table. An SQLite code. */
int plx_vtab_register_adopting(sqlite3 *handle);
