/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One more point in the text of a map file; all else in it, comments too, stays as it is.
 * Test: tests/map/test_map_insert.c. */

#include "map/map.h"

/* Behind a point of a transaction: all are indices, `after` into the transaction's points. */
struct plx_map_spot {
    guint journey, transaction, after;
};

/* The place in a transaction that is named by id or title; behind the point `after` (id or title),
 * NULL: behind its last. Errors: PLX_ERROR_NOT_FOUND (with "did you mean"), PLX_ERROR_USAGE (two
 * transactions are called so). */
gboolean plx_map_find_spot(const plx_map *map, const char *transaction, const char *after,
                           struct plx_map_spot *place, GError **error);

/* The id that a new point of this title gets, to be freed. Errors: PLX_ERROR_USAGE (no letter and
 * no digit in it; the map has the point). */
char *plx_map_new_point(const plx_map *map, const char *title, GError **error);

/* The text with the point, to be freed. `place` is of the map that `yaml` is, called `name` in
 * messages. Errors: PLX_ERROR_INPUT (no map; written in a way in which nothing can be put there).
 */
char *plx_map_insert(const char *yaml, const char *name, const struct plx_map_spot *place,
                     const char *title, GError **error);
