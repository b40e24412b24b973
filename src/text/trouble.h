/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Words of waiting and of doing things again, in what people wrote.
 *
 * A list per language (text/trouble_words.c; docs/methods/friction.md prints it): words and short
 * phrases, compared stem by stem (text/tokens.h), so that "waited" is found by "wait". A word is
 * counted whatever is said about it: "no queue" has a word of waiting too. Languages without a list
 * have no words. Test: tests/text/test_trouble.c. */

#include <glib.h>

typedef struct plx_trouble plx_trouble;

enum plx_trouble_kind { PLX_TROUBLE_WAITING = 1, PLX_TROUBLE_REPEATING = 2 };

/* Is there a list for it ("de", "de-AT")? */
gboolean plx_trouble_knows(const char *language);
/* The list as documented, "wait, queue, on hold"; NULL: none. */
const char *plx_trouble_words(const char *language, enum plx_trouble_kind kind);

/* For texts of one language. One thread at a time. Errors: PLX_ERROR_IO (text/tokens.h). */
plx_trouble *plx_trouble_new(const char *language, GError **error);
void plx_trouble_free(plx_trouble *trouble);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_trouble, plx_trouble_free)

/* Which kinds the text has words of: a mask; 0 for what is not UTF-8. */
guint plx_trouble_find(plx_trouble *trouble, const char *text);
