/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The frame that charts of limits share: an upright axis of values with rules, marks, lines.
 * Private to chart/. Tests: tests/chart/test_funnel.c, test_control.c. */

#include "chart/svg.h"

#include <glib.h>

struct plx_axes {
    plx_svg *svg;
    double left, right, top, bottom; /* of the plot */
    double min, max;                 /* of the values */
    gboolean percent;
};

/* An open drawing with its title, description, rules and numbers. */
struct plx_axes plx_axes_new(const char *id, const char *title, const char *desc,
                             const char *value_title, double min, double max, gboolean percent);
double plx_axes_y(const struct plx_axes *axes, double value);
void plx_axes_rule(const struct plx_axes *axes, const char *class_name, double value);
/* A circle, or a square where it is `outside`. */
void plx_axes_mark(const struct plx_axes *axes, double x, double value, gboolean outside);
/* A label above a mark, or below it where there is no room. */
void plx_axes_label(const struct plx_axes *axes, double x, double value, const char *text);
