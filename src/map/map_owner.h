/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* To whom an old answer belongs: answers keep the id under which they were written, and the map of
 * today says what became of it (`was` and `retired`; docs/map.md). Every id has exactly one owner.
 * Test: tests/map/test_map_owner.c, tests/map/test_map_edits.c. */

#include "map/map.h"

enum plx_owner_state {
    PLX_OWNER_NONE,    /* the map does not know the id: never after plx_map_compare() agreed */
    PLX_OWNER_CURRENT, /* index into points, journeys, tasks or promises, by kind */
    PLX_OWNER_RETIRED, /* index into plx_map.retired */
    PLX_OWNER_OPEN     /* the id itself, on a map without journeys */
};

struct plx_owner {
    enum plx_owner_state state;
    guint index;
    const char *id; /* today's id of the owner, borrowed from the map (NONE, OPEN: the id asked) */
};

/* The owner of what was written under an id, in this order: what has the id today; what is listed
 * as retired; the only one that names it in `was`; the id itself, retired, when several do. */
struct plx_owner plx_map_resolve(const plx_map *map, enum plx_subject_kind kind, const char *id);
