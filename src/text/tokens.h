/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words of a text.
 *
 * Words are found by ICU (Unicode TR 29 and its dictionaries for Japanese, Chinese, Thai, …), cut
 * at apostrophes ("l'attente" is "l", "attente"), folded as ids are (base/id.h: NFKC, casefold) and
 * stemmed by Snowball (Porter 2001) where it knows the language. A word is common when it is in the
 * short list of its language (text/common.h), has one letter of an alphabet, or is one or two
 * hiragana (particles and endings). Test: tests/text/test_tokens.c, fuzz/fuzz_tokens.c. */

#include <glib.h>

typedef struct plx_tokens plx_tokens;

struct plx_token {
    char *stem;          /* never empty; a number is its own stem */
    guint start, length; /* bytes in the text */
    gboolean common;     /* says nothing by itself */
};

/* For texts of one language ("de", "de-AT"; NULL or "": not known, then nothing is stemmed). One
 * thread at a time. Errors: PLX_ERROR_IO when ICU's data are missing. */
plx_tokens *plx_tokens_new(const char *language, GError **error);
void plx_tokens_free(plx_tokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_tokens, plx_tokens_free)

/* Its words in order, struct plx_token; to be unreferenced. Empty for what is not UTF-8. */
GArray *plx_tokens_read(plx_tokens *tokens, const char *text);
