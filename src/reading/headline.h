/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one sentence, from the released form only (so it cannot tell more than the tables).
 * Test: tests/reading/test_belief.c. */

#include "reading/gaps.h"

/* Distinct persons over all points, by index into gaps->audiences: who answered, who guessed; -1
 * where they are not known. */
struct plx_headline_persons {
    const gint64 *answered, *guessed;
};

/* Fills gaps->headline. `hidden` is the map's first audience that is hidden everywhere for being
 * few, as an index into gaps->audiences, or -1; it has `persons` of `minimum`. */
void plx_headline_fill(plx_gaps *gaps, gint hidden, gint64 persons, gint64 minimum,
                       const struct plx_headline_persons *all);
