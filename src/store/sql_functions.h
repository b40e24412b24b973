/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Aggregates that SQLite lacks: median(X), the mean of the middle two where their number is even,
 * and stddev(X), of a sample (n - 1), NULL for fewer than two. NULL and what is no number are
 * passed over; the result does not depend on the order of rows. Test: tests/store/test_vtab.c. */

#include "store/db.h"

/* SQLITE_OK, or what SQLite says. */
int plx_sql_functions_register(sqlite3 *handle);
