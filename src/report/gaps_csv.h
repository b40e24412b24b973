/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The gaps as CSV (RFC 4180, comma, header, LF): one row per group, point and audience, with that
 * audience's gap and belief about the served one in the same row. Columns: docs/report.md. What
 * does not exist is an empty cell. A text that a spreadsheet would take for a formula gets a
 * leading apostrophe. Test: tests/report/test_gaps_csv.c. */

#include "reading/gaps.h"

#include <glib.h>

void plx_gaps_csv(const plx_gaps *gaps, GString *out);
