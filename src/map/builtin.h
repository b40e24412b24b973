/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What every map has before anybody writes one: scales, measures, audiences. The tables are the
 * documentation of their cuts (docs/map.md repeats them). Test: tests/map/test_map.c. */

#include "map/map.h"

/* Fills an empty map. */
void plx_builtin_add(plx_map *map);

/* TRUE for the id of a built-in scale, measure or audience. */
gboolean plx_builtin_is_scale(const char *id);
gboolean plx_builtin_is_measure(const char *id);
gboolean plx_builtin_is_audience(const char *id);

/* TRUE for the label that a built-in scale has for this value before a map gives another. */
gboolean plx_builtin_is_label(const struct plx_scale *scale, gint value, const char *label);
