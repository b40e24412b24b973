/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A control chart: values in order of time, their centre, and limits, each as wide as the period's
 * number of answers asks for.
 *
 * What does not exist is NaN and not drawn. Periods outside of the adjusted limits are squares and
 * carry their label. Title and description are within; it needs a table beside it. Colours:
 * chart/picture.css, class "limits". Test: tests/chart/test_control.c. */

#include "chart/svg.h"

#include <glib.h>

struct plx_control_mark {
    const char *label;
    double value;
    double lo, hi;                   /* three standard errors */
    double adjusted_lo, adjusted_hi; /* holds for all looked at together */
    gboolean outside;
};

struct plx_control {
    const char *id;
    const char *title, *desc;
    const char *value_title;
    double center;
    double min, max; /* of the values' axis; min < max */
    gboolean percent;
    guint n_marks;
    const struct plx_control_mark *marks; /* in order of time */
};

plx_svg *plx_control_draw(const struct plx_control *control);
