/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Whether two maps say the same, in all languages. Order counts (it is the order of what people
 * see), spelling of the file does not: comments, short forms, order of keys and of languages.
 * Test: tests/map/test_map_write.c, tests/map/test_map_change.c. */

#include "map/map.h"

/* Everything. */
gboolean plx_map_same(const plx_map *a, const plx_map *b);

/* One text with its other languages; NULL is a text that was not given. */
gboolean plx_map_same_text(const plx_map *a, const char *in_a, const plx_map *b, const char *in_b);

/* What is said of a thing apart from id, title, earlier ids and place: of a point (by index) its
 * senses, channels, value, levels, target and effort; of a task owner, event and points; of a
 * promise where, since and points. Points are compared by id. */
gboolean plx_map_same_point(const plx_map *a, guint in_a, const plx_map *b, guint in_b);
gboolean plx_map_same_task(const plx_map *a, guint in_a, const plx_map *b, guint in_b);
gboolean plx_map_same_promise(const plx_map *a, guint in_a, const plx_map *b, guint in_b);

/* The labels of two scales, not their numbers (plx_scale_same). */
gboolean plx_map_same_labels(const plx_map *a, const struct plx_scale *in_a, const plx_map *b,
                             const struct plx_scale *in_b);

/* The id on `after` of an audience whose answers are hidden less than on `before`: shown from fewer
 * people on, or no longer protected; of a new one, less than is usual. NULL: there is none. */
const char *plx_map_loosened(const plx_map *before, const plx_map *after);

/* Two lists of texts; none and an empty one are the same. */
gboolean plx_map_same_list(char *const *a, char *const *b);
