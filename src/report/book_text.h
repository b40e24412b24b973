/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How texts lie in the cells of a spreadsheet; private to book.c. Test:
 * tests/report/test_book_text.c.
 */

#include <glib.h>

/* Lines of a text that is broken between words where `width` characters fit on each. */
guint plx_book_lines(const char *text, guint width);

/* Characters of the longest word of a header, and room for the arrow of the filter. */
guint plx_book_longest_word(const char *name);

/* The text, as long as a cell may be and valid, to be freed. */
char *plx_book_fitting(const char *text);
