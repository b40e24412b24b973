/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What table, page and CSV choose from a reading in the same way. Borrows everything.
 * Test: tests/report/test_view.c. */

#include "reading/gaps.h"

#include <glib.h>

/* The first served audience with data, or -1. */
gint plx_view_served(const plx_gaps *gaps);

/* The voice of an audience at a point, or NULL. */
const struct plx_voice *plx_view_voice(const struct plx_gaps_point *point, gint audience);

/* The gap of a pair, or NULL. */
const struct plx_gap *plx_view_gap(const struct plx_gaps_point *point, gint a, gint b);

/* The gap that speaks for a point: the first audience in order (leaders, else staff ...) against
 * the served one; with several served ones the first that is decided. NULL when there is none. */
const struct plx_gap *plx_view_lead(const plx_gaps *gaps, const struct plx_gaps_point *point);

/* A belief or NULL. */
const struct plx_belief *plx_view_belief(const struct plx_gaps_point *point, gint by, gint about);

/* Points of a group whose leading gap has this verdict: largest absolute difference first, ties in
 * map order. Elements are const struct plx_gaps_point *. */
GPtrArray *plx_view_with_verdict(const plx_gaps *gaps, const struct plx_gaps_group *group,
                                 enum plx_verdict verdict);
