/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A hundred people as ten rows of ten: how many are short, how many are content, how many are more
 * than that. Told apart by form (full, ring, square), not by colour alone. Test:
 * tests/chart/test_crowd.c. */

#include "chart/svg.h"

struct plx_crowd {
    guint low, high; /* of 100: short; more than content; together at most 100 */
    gboolean blank;  /* what the others are is not known: they are faint */
};

/* `label`: what it shows, for those who do not see it. */
plx_svg *plx_crowd_draw(const struct plx_crowd *crowd, const char *class_name, const char *label);
