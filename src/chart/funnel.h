/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A funnel: parts (places) by how many answers they have, against limits that narrow with number.
 *
 * Each mark brings the limits of its own number; lines join them in order of that number. What
 * does not exist is NaN and not drawn. Marks outside of the adjusted limits are squares and carry
 * their label; the drawing has a title and a description, and needs a table beside it. Colours:
 * chart/picture.css, class "limits". Test: tests/chart/test_funnel.c. */

#include "chart/svg.h"

#include <glib.h>

struct plx_funnel_mark {
    const char *label;
    double n, value;
    double inner_lo, inner_hi;       /* 95 % */
    double outer_lo, outer_hi;       /* 99.8 % */
    double adjusted_lo, adjusted_hi; /* holds for all marks together */
    gboolean outside;
};

struct plx_funnel {
    const char *id;           /* prefix of ids */
    const char *title, *desc; /* in words */
    const char *value_title;  /* above the upright axis */
    const char *n_title;      /* below the other */
    double center;
    double min, max;  /* of the values' axis; min < max */
    gboolean percent; /* values are shares */
    guint n_marks;
    const struct plx_funnel_mark *marks;
};

plx_svg *plx_funnel_draw(const struct plx_funnel *funnel);
