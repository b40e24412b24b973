/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What table, page and CSV choose from a reading in the same way. Borrows everything.
 * Test: tests/report/test_view.c. */

#include "reading/gaps.h"

#include <glib.h>

/* The first served audience with answers, else the first served one, or -1. */
gint plx_view_served(const plx_gaps *gaps);

/* The voice of an audience at a point, or NULL. */
const struct plx_voice *plx_view_voice(const struct plx_gaps_point *point, gint audience);

/* The gap of a pair, in either order, or NULL. */
const struct plx_gap *plx_view_gap(const struct plx_gaps_point *point, gint a, gint b);

/* The gap that speaks for a point: the first audience in order (leaders, else staff ...) against
 * the served one; with several served ones the first that is decided. NULL when there is none. */
const struct plx_gap *plx_view_lead(const plx_gaps *gaps, const struct plx_gaps_point *point);

/* The two sides of such a gap: who looks on, and whose view decides. */
guint plx_view_viewer(const plx_gaps *gaps, const struct plx_gap *gap);
guint plx_view_judge(const plx_gaps *gaps, const struct plx_gap *gap);

/* A belief or NULL. */
const struct plx_belief *plx_view_belief(const struct plx_gaps_point *point, gint by, gint about);

/* What an audience predicted of another, what it expected itself; or NULL. */
const struct plx_prediction *plx_view_prediction(const struct plx_gaps_point *point, gint by,
                                                 gint about);
const struct plx_expectation *plx_view_expectation(const struct plx_gaps_point *point,
                                                   gint audience);

/* Is a promise or a task, with these points of the map, about this one? */
gboolean plx_view_is_about(const guint *points, guint n, const struct plx_gaps_point *point);

/* The point in the map: NULL where there is no map, or it is not on it. */
const struct plx_point *plx_view_map_point(const plx_gaps *gaps,
                                           const struct plx_gaps_point *point);

/* Words of the promises made about a point, in the order of the map. Elements are const char *. */
GPtrArray *plx_view_promises(const plx_gaps *gaps, const struct plx_gaps_point *point);

/* Points where somebody's expectation, or prediction, can be shown: largest absolute difference
 * first, ties in map order. Elements are const struct plx_gaps_point *. */
GPtrArray *plx_view_expected(const struct plx_gaps_group *group);
GPtrArray *plx_view_predicted(const struct plx_gaps_group *group);

/* The belief that contradicts a leading gap that agrees: levels are alike, but more are expected at
 * the desired level than are. Such points stand in a list of their own and in none by verdict. */
const struct plx_belief *plx_view_overestimate(const plx_gaps *gaps,
                                               const struct plx_gaps_point *point);
GPtrArray *plx_view_overestimated(const plx_gaps *gaps, const struct plx_gaps_group *group);

/* The verdict whose word stands at a point: that of its leading gap, unless such a belief
 * contradicts it. */
enum plx_verdict plx_view_verdict(const plx_gaps *gaps, const struct plx_gaps_point *point);

/* Points of a group whose leading gap has this verdict: largest absolute difference first, ties in
 * map order. Elements are const struct plx_gaps_point *. */
GPtrArray *plx_view_with_verdict(const plx_gaps *gaps, const struct plx_gaps_group *group,
                                 enum plx_verdict verdict);

/* Points that stay open because nobody knows whether all `audience` (who look on: few of them, or
 * more answers of others would not help) have answered. Nothing where the first voice is hidden:
 * then that is to be mended first. */
struct plx_view_open {
    gint audience;  /* or -1: there is nothing to say */
    gint64 persons; /* who answered, on the point with most */
    guint points;   /* open */
};
struct plx_view_open plx_view_open(const plx_gaps *gaps);
#define PLX_VIEW_FEW 30 /* people who may well be all there are */
/* Whether to ask how many of this audience there are: of a part nobody knows it, and what the map
 * says need not be asked. */
gboolean plx_view_may_ask(const plx_gaps *gaps, guint audience);
