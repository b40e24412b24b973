/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A spreadsheet of tables: sheets with a bold, frozen, filtered header and typed cells, written row
 * by row, as the bytes of an .xlsx file. Numbers are numbers; what does not exist is an empty cell;
 * a text is never a formula. The same calls give the same bytes.
 *
 * Errors are kept and told by plx_book_finish. Test: tests/report/test_gaps_xlsx.py. */

#include "reading/gaps.h"

#include <glib.h>

enum plx_book_form {
    PLX_BOOK_TEXT,
    PLX_BOOK_WORDS,      /* a sentence: wide, lines are broken */
    PLX_BOOK_COUNT,      /* 1,204 */
    PLX_BOOK_NUMBER,     /* 2.43 */
    PLX_BOOK_DIFFERENCE, /* +0.81 */
    PLX_BOOK_SHARE,      /* 0.38 as 38% */
    PLX_BOOK_POINTS,     /* a difference of shares, as +12% */
    PLX_BOOK_FINE        /* 0.0312 */
};
#define PLX_BOOK_FORMS (PLX_BOOK_FINE + 1)

struct plx_book_column {
    const char *name;
    enum plx_book_form form;
};

typedef struct plx_book plx_book;

/* `title` is a property of the file. NULL with PLX_ERROR_IO. */
plx_book *plx_book_new(const char *title, GError **error);
void plx_book_free(plx_book *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_book, plx_book_free)

/* A new sheet, on which all that follows is written. A column without a name is left out, and its
 * cells with it. The first `frozen` columns stay when one scrolls sideways. */
void plx_book_sheet(plx_book *book, const char *name, const struct plx_book_column *columns,
                    guint n, guint frozen);
/* A sheet to read: two columns without a header. Rows by plx_book_heading, plx_book_fact. */
void plx_book_page(plx_book *book, const char *name);
void plx_book_heading(plx_book *book, const char *text);
void plx_book_fact(plx_book *book, const char *label, const char *text);
void plx_book_fact_count(plx_book *book, const char *label, gint64 count);
/* An ISO date; a day before 1900-03-01, which spreadsheets do not have, stays text. */
void plx_book_fact_date(plx_book *book, const char *label, const char *date);

/* The next cells of the row. NULL, "", NaN and negative counts are empty cells. */
void plx_book_text(plx_book *book, const char *text);
void plx_book_count(plx_book *book, gint64 count);
void plx_book_number(plx_book *book, double number);
void plx_book_interval(plx_book *book, struct plx_interval ci);
void plx_book_skip(plx_book *book, guint cells);
/* Ends the row. */
void plx_book_next(plx_book *book);

/* Closes the book and appends the file to `out`. Errors: PLX_ERROR_IO (no room in the folder for
 * temporary files). Nothing can be written afterwards. */
gboolean plx_book_finish(plx_book *book, GString *out, GError **error);
