/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* "Did you mean": the candidate nearest to a word that was not understood.
 *
 * Nearness is the number of edits (insert, delete, replace, swap of neighbours: the optimal string
 * alignment form of Damerau 1964) between casefolded texts. Near is: 1 edit for words up to 4
 * characters, 2 up to 8, 3 above, and always fewer edits than the word has characters. Where none
 * is near, the only candidate that begins with the word (3 characters or more) is taken. Test:
 * tests/base/test_suggest.c. */

#include <glib.h>

/* Index of the nearest of `n` candidates (NULL entries are skipped), the first of equals; or -1. */
gint plx_suggest(const char *word, const char *const *candidates, gsize n);

/* Appends `; did you mean "x"?` to a message when a candidate is near, else nothing. */
void plx_suggest_append(GString *message, const char *word, const char *const *candidates, gsize n);

/* The same as a new string, "" when none is near: for a "%s" at the end of a message. */
char *plx_suggest_text(const char *word, const char *const *candidates, gsize n);
