/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The map as a picture: a row per journey, a box per transaction, in it the points with what they
 * are seen, heard or felt by, and a flag where something is promised; the promises below. A drawing
 * of its own, to be put into a document: colours and fonts are in it. Only what is there, no
 * answers. Test: tests/chart/test_plan.c. */

#include "chart/svg.h"

struct plx_plan_point {
    const char *title;
    const char *senses;   /* "see, hear"; "" = none is named */
    const char *promises; /* their numbers: "1, 3"; NULL: nothing is promised */
    gboolean elsewhere;   /* its home is another journey */
};

struct plx_plan_box {
    const char *title;
    const struct plx_plan_point *points;
    guint n_points;
};

struct plx_plan_row {
    const char *title;
    const struct plx_plan_box *boxes;
    guint n_boxes;
};

struct plx_plan {
    const char *title;
    const char *about; /* what is to be seen, in a sentence */
    const struct plx_plan_row *rows;
    guint n_rows;
    const char *const *promises; /* the first is number 1 */
    guint n_promises;
};

plx_svg *plx_plan_draw(const struct plx_plan *plan);
