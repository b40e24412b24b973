/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Words that are in so many sentences that sharing them means nothing: articles, pronouns, forms of
 * "be" and "have", short prepositions. Not "no" and "not", nor words of much and little: they are
 * what answers differ in. Test: tests/text/test_tokens.c. */

#include <glib.h>

/* `language`: two letters (en, de, fr, es, it, nl, pt; others have none); `word` folded. */
gboolean plx_common_has(const char *language, const char *word);
