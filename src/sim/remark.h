/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people of the demo write: sentences by point and level, put together at random.
 * Test: tests/sim/test_remark.c. */

#include "stats/random.h"

#include <glib.h>

struct plx_remark {
    const char *prompt; /* static */
    char *text;         /* to be freed */
};

/* A customer's words on a point answered with `level`; low levels wait and repeat themselves. */
struct plx_remark plx_remark_on_point(struct plx_random *random, const char *point, int level);

/* A note without point: complaint, suggestion, a moment that is not on the map, who makes it
 * easier. */
struct plx_remark plx_remark_alone(struct plx_random *random);

/* A workshop table's answer to one of the four questions ("well", "improve", "competitors",
 * "continue": which = 0..3). */
struct plx_remark plx_remark_sheet(struct plx_random *random, guint which);

/* Is there something to say on the point at low, middle and high levels? */
gboolean plx_remark_covers(const char *point);
