/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What readings beside the gaps say of themselves: where from, whose view, what to know.
 * Test: tests/report/test_story.c. */

#include "base/json.h"
#include "reading/about.h"
#include "report/story.h"

/* A document of the gaps without points, so that report/words.h can speak of a reading: audiences
 * are all those of the map, by map index. Freed by plx_gaps_free. */
plx_gaps *plx_about_frame(const struct plx_about *about);

/* Context and notes of a story. A note without a sentence in report/words_note.c is said plainly:
 * add one there. */
void plx_about_story(const struct plx_about *about, plx_story *story);

/* "schema": "parallax.NAME/1", source, audience (whose view), window, where, by, totals. */
void plx_about_json(plx_json *json, const struct plx_about *about, const char *name);
/* "notes", as in all documents. */
void plx_about_json_notes(plx_json *json, const struct plx_about *about);
