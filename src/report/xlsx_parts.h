/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the spreadsheet of gaps; private to report/. Test: tests/report/test_gaps_xlsx.py.
 */

#include "report/book.h"
#include "report/gaps_page.h"

/* xlsx_about.c: the first sheet. What it is about, when, from what; words explained. */
void plx_xlsx_about(plx_book *book, const plx_gaps *gaps, const struct plx_page_options *options);

/* xlsx_beside.c: what was guessed, predicted, expected, ranked; a sheet each where there is any. */
void plx_xlsx_beside(plx_book *book, const plx_gaps *gaps);

/* What begins every table: the group (no column without --by), the point, where it is. */
#define PLX_XLSX_PLACE(group)                                                                      \
    {(group), PLX_BOOK_TEXT}, {"Point", PLX_BOOK_TEXT}, {"Journey", PLX_BOOK_TEXT},                \
    {                                                                                              \
        "Transaction", PLX_BOOK_TEXT                                                               \
    }
#define PLX_XLSX_FROZEN 2 /* group and point stay in sight */

/* "Place", "Month"; NULL without a split. The caller owns it. */
char *plx_xlsx_group(const plx_gaps *gaps);
void plx_xlsx_place(plx_book *book, const struct plx_gaps_group *group,
                    const struct plx_gaps_point *point);
/* "Leaders". */
void plx_xlsx_voice(plx_book *book, const plx_gaps *gaps, gint audience);
/* Why there are no numbers, or what is special about them. */
void plx_xlsx_remark(const plx_gaps *gaps, const struct plx_voice *voice, GString *out);
