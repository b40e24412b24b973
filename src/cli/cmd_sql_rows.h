/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows that a statement gives, kept until all of them are there, then written as table, CSV or
 * JSON. Tests: tests/cli/cases/sql-*. */

#include "cli/app.h"

#include <sqlite3.h>

/* Rows, and what is written of them, may take so many bytes. */
#define PLX_SQL_ROWS_MAX (G_GUINT64_CONSTANT(1) << 30)

typedef struct plx_sql_rows plx_sql_rows;

plx_sql_rows *plx_sql_rows_new(sqlite3_stmt *statement);
void plx_sql_rows_free(plx_sql_rows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_sql_rows, plx_sql_rows_free)

/* Takes the statement's current row. FALSE: too much (PLX_ERROR_USAGE). */
gboolean plx_sql_rows_add(plx_sql_rows *rows, sqlite3_stmt *statement, GError **error);

/* Appends all to plx_app_out(); `format` is "table", "records", "csv" or "json". */
gboolean plx_sql_rows_print(const plx_sql_rows *rows, const char *format, plx_app *app,
                            GError **error);
