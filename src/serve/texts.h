/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What pages say, in the languages that are built in. A language is one file in src/serve/texts/
 * (and its line in serve.gresource.xml): lines "key = text", "#" begins a comment; a text may have
 * places {0} ... {9} to be filled. English is the one that has every key. All texts are static.
 * Test: tests/serve/test_texts.c, which also proves that all files have the same keys and places.
 */

#include <glib.h>

/* The text of a key; English where the language (or "de" of "de-AT") has none; NULL where English
 * has none either: so one can ask whether there is a text. */
const char *plx_texts(const char *language, const char *key);
/* The same with {0}, {1}, ... replaced by the texts that follow, up to NULL: at most ten. A place
 * for which there is none stays as it is. The key must be there. To be freed. */
char *plx_texts_fill(const char *language, const char *key, ...) G_GNUC_NULL_TERMINATED;

/* A day (since 1970-01-01) as readers of the language write it: "24 December 2026"; to be freed. */
char *plx_texts_day(const char *language, gint32 day);
/* And the month it is in: "December 2026". */
char *plx_texts_month(const char *language, gint32 day);

/* All keys that begin so, in byte order; the array is to be freed, its texts are static. */
GPtrArray *plx_texts_keys(const char *beginning);

/* Which of the offered languages (up to NULL, at least one) a reader of these wishes is given: the
 * value of Accept-Language (RFC 9110), by lookup (RFC 4647, 3.4). NULL, or wishes that none of them
 * meets: English if it is offered, else the first. What is returned is one of `offered`. */
const char *plx_texts_choose(const char *accept, const char *const *offered);

/* {"en", "de", "es", "fr", "ar", "zh", NULL}, and what a language calls itself: "Deutsch"; of one
 * that is not built in its code. */
const char *const *plx_texts_languages(void);
const char *plx_texts_name(const char *language);
/* "ltr" or "rtl": how it is written, also of languages that are not built in. */
const char *plx_texts_direction(const char *language);
