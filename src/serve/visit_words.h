/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What visits and walks say in one of the languages that are built in (serve/texts.h): sentences,
 * why nothing can be told, and the brief as JSON, for the page on the phone.
 * Test: tests/serve/test_visit_words.c. */

#include "base/json.h"
#include "form/visit_brief.h"

/* The language that the visit was planned in, else that of the map; of a walk one that its reader
 * wishes (plx_call_wishes, or NULL), else that of the map. Static. */
const char *plx_visit_language(const plx_visit *visit, const plx_map *map, const char *wishes);

/* The texts KEY.1, KEY.2 ... as far as there are any, NULL-ended: "visit.do", "walk.not",
 * "visit.notice". The array is to be freed, its texts are static. */
const char **plx_visit_sentences(const char *language, const char *key);

/* Why nothing can be told any more, or NULL: it can. Static. */
const char *plx_visit_closed_words(const plx_visit *visit, const char *language);
/* What is said on a day that is none of those that were planned (plx_visit_is_outside); NULL: of a
 * walk without a last day. To be freed. */
char *plx_visit_outside_words(const plx_visit *visit, const char *language);
/* "1 December 2026 to 5 December 2026", to be freed. */
char *plx_visit_window(const struct plx_visit_plan *plan, const char *language);

/* What the levels say, from the worst to the best as on forms: "levels": [{"value", "text"}]. */
void plx_visit_levels_json(const plx_map *map, const char *language, plx_json *json);

/* Its members, within an object of the caller's: "visit", "walk", "title", "journey", "place",
 * "from", "until", "note", "returned" (words), "do", "not", "levels", "points": [{"id", "title",
 * "part", "anchors"}], "tasks" and "promises": [{"id", "title"}]. */
void plx_visit_brief_json(const plx_visit_brief *brief, const char *language, plx_json *json);
