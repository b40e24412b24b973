/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The reading `journey`, told and written: words, `parallax.journey/1`, CSV (docs/readings.md).
 * Tests: tests/cli/cases/journey-*. */

#include "reading/journey.h"
#include "report/story.h"

plx_story *plx_journey_story(const plx_ways *ways);
void plx_journey_json(const plx_ways *ways, GString *out);
void plx_journey_csv(const plx_ways *ways, GString *out);

/* report/journey_words.c: what is said of one way, block by block. */
void plx_journey_say(const plx_ways *ways, const struct plx_way *way, plx_story *story);
/* "4.1 (4.0-4.2)"; two decimals below one. */
void plx_journey_append_bad(GString *out, const struct plx_way *way);
