/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The next step: as words, JSON and CSV. Members and columns: docs/readings.md.
 * Tests: tests/step/test_proposals.c, tests/cli/cases/next-*. */

#include "report/story.h"
#include "step/proposals.h"

#define PLX_NEXT_RUNNERS_UP 3

/* The one thing to do, why, what would show that it is wrong, what it takes to know; then the
 * others. Never what it would bring. */
plx_story *plx_next_story(const plx_next *next);

/* The same for publication: the one sentence, and what those served say there. No place, owner,
 * quote or command, and nothing of those inside. */
plx_story *plx_next_redacted_story(const plx_next *next);

/* `parallax.next/1`, ended by a newline. */
void plx_next_json(const plx_next *next, GString *out);
/* One row per proposal, in order. */
void plx_next_csv(const plx_next *next, GString *out);
