/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Cells of a row of CSV; private to report/. The first cell is a text; each other one brings its
 * comma. What does not exist is an empty cell. Tests: tests/report/test_gaps_csv.c. */

#include "reading/gaps.h"

#include <glib.h>

/* NULL: empty. A spreadsheet would run a text that begins like a formula: it gets an apostrophe.
 * Control characters but tabs and newlines are replaced as report/term.h does. */
void plx_csv_first(GString *out, const char *text);
void plx_csv_text(GString *out, const char *text);
void plx_csv_count(GString *out, gint64 count);
void plx_csv_number(GString *out, double value);
void plx_csv_interval(GString *out, struct plx_interval ci);
void plx_csv_day(GString *out, gint32 day); /* "2026-03-17" */
void plx_csv_flag(GString *out, gboolean flag);
void plx_csv_nothing(GString *out, guint cells);
