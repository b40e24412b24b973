/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The marks of the voices: one shape each. Private to chart/. Test: tests/chart/test_picture.c. */

#include "chart/picture.h"

/* "diamond": the end of the classes shape-* and colour-*. */
const char *plx_picture_shape_name(enum plx_picture_shape shape);

/* The mark with its middle at x, y; `r` is about half its width. */
void plx_picture_shape(plx_svg *svg, enum plx_picture_shape shape, double x, double y, double r);

/* Several points of a voice: a bar from the lowest to the highest, the mark hollow at their middle.
 * `ys`: middle, lowest, highest; `words` may be NULL. */
void plx_picture_range(plx_svg *svg, enum plx_picture_shape shape, double x, const double ys[3],
                       const char *words);
