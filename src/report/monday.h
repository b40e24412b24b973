/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one thing to do this week, on one sheet of paper, for people who have never seen the program:
 * what, where, why, whose words, what to do on Monday morning, how to know if it worked, what would
 * show us wrong; then the picture, what is next in line and where views lie furthest apart. Where
 * no step is named it says so, and what to do instead.
 *
 * Prints on one sheet of A4 and of Letter (tests/web/monday.test.mjs). Tests:
 * tests/cli/cases/report-one-page-*. */

#include "report/gaps_page.h"
#include "report/next.h"

GString *plx_monday_page(const plx_next *next, const struct plx_page_options *options);
/* The same words without the picture, as a story: for a text file. */
plx_story *plx_monday_story(const plx_next *next);
