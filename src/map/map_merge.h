/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Two people changed the same map: one map of both.
 *
 * Things are told by their ids, what is said of them by key and language. What only one of them
 * changed is taken; what both changed to the same, too. Where both changed one key of one thing to
 * different things, or one changed what the other removed, somebody has to choose.
 * Test: tests/map/test_map_merge.c. */

#include "map/map.h"

struct plx_map_conflict {
    char *name;                 /* "point/doorstep/title.en": to choose by */
    char *kind, *id, *title;    /* of what it is about */
    char *key;                  /* "title.en", "home", "order"; "": whether it is there at all */
    char *base, *theirs, *ours; /* as people read it; NULL: not there */
};

/* What was chosen where both changed something: names of conflicts, NULL-terminated, or NULL. */
struct plx_map_choices {
    const char *const *ours, *const *theirs;
};

/* *merged is the map of both; NULL when somebody has to choose, and then *conflicts (struct
 * plx_map_conflict, which it frees) has what. Errors: PLX_ERROR_INPUT when the two make no map
 * together, or one is too long. */
gboolean plx_map_merge(const plx_map *base, const plx_map *theirs, const plx_map *ours,
                       const struct plx_map_choices *choices, plx_map **merged,
                       GPtrArray **conflicts, GError **error);
