/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words of what a workshop has on paper, in the languages that are built in. A language is one
 * file in src/report/paper/ (and its line in report.gresource.xml): the files there are the list.
 * Test: tests/report/test_paper.c. */

#include <glib.h>

typedef struct plx_paper_words plx_paper_words;

/* The languages, sorted: {"de", "en", …, NULL}. The caller owns them. */
char **plx_paper_languages(void);

/* The built-in language of a tag ("de" of "de-AT"), or NULL where there is none. To be freed. */
char *plx_paper_language(const char *tag);

/* The words of a built-in language. Errors: PLX_ERROR_NOT_FOUND, with "did you mean". */
plx_paper_words *plx_paper_words_new(const char *tag, GError **error);
void plx_paper_words_free(plx_paper_words *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_paper_words, plx_paper_words_free)

/* The tag it was asked by: "de-AT". */
const char *plx_paper_tag(const plx_paper_words *words);
/* The text of a key, which must be there. */
const char *plx_paper_word(const plx_paper_words *words, const char *key);
/* Appends the text of a key with each "{name}" replaced by `value`. */
void plx_paper_fill(const plx_paper_words *words, const char *key, const char *name,
                    const char *value, GString *out);
/* All keys of a language, sorted; the strings are borrowed, the array is the caller's. */
GPtrArray *plx_paper_keys(const plx_paper_words *words);
