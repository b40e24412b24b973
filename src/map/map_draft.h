/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first map, drafted from what a file of answers names: for people to edit.
 * Test: tests/map/test_map_draft.c. */

#include "map/map.h"

/* Something that was named: its id (base/id.h), and the title it was given (empty: the id). */
struct plx_draft_name {
    const char *id, *title;
};

/* A point, and a journey in which it was met (an id), or NULL. */
struct plx_draft_point {
    const char *id, *title, *journey;
};

struct plx_draft_audience {
    const char *id, *title;
    gboolean served, protected_;
};

/* In any order, the same as often as it was seen. Of several titles the smallest is taken that is
 * not the id. */
struct plx_draft {
    const char *title;  /* of the map */
    const char *source; /* what it is drafted from, for people */
    const struct plx_draft_point *points;
    gsize n_points;
    const struct plx_draft_name *journeys, *tasks, *promises;
    gsize n_journeys, n_tasks, n_promises;
    const struct plx_draft_audience *audiences; /* those of every map need not be among them */
    gsize n_audiences;
};

/* Appends the map file, with comments that say what to edit: one journey per journey named (or one
 * for all), in each one transaction with its points. A point met in several journeys is at home in
 * the first and used by the others; all in byte order of ids. Points met in no journey make one of
 * their own, or that of the only journey named where none was met in it. Every id that was named is
 * on the map, so that the file can be read with it. Errors (PLX_ERROR_INPUT): more points or
 * audiences than a map may have. */
gboolean plx_map_draft(const struct plx_draft *draft, GString *out, GError **error);

/* Whether the points of a journey still stand as a draft has them: in one stretch with the draft's
 * id and title, in byte order of ids. Nobody has said then which of them comes first. */
gboolean plx_map_draft_order(const plx_map *map, const struct plx_journey *journey);
