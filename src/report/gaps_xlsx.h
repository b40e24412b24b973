/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The gaps as a spreadsheet (.xlsx): a sheet that says what this is, then a table each of gaps,
 * voices, answers per value, and what was guessed, predicted, expected, ranked; then the notes.
 * Columns: docs/report.md. The same reading gives the same bytes.
 * Test: tests/report/test_gaps_xlsx.py. */

#include "report/gaps_page.h"

/* Appends the file to `out`. Errors: PLX_ERROR_IO (plx_book_finish). */
gboolean plx_gaps_xlsx(const plx_gaps *gaps, const struct plx_page_options *options, GString *out,
                       GError **error);
