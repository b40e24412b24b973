/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Things that are put together; only map_merge*.c include this. */

#include "map/map_things.h"

/* A thing like another, without values and with nothing in it. */
struct plx_map_item_thing *plx_things_add(plx_map_things *things,
                                          const struct plx_map_item_thing *like);
/* The same with its values. */
void plx_things_copy(plx_map_things *things, const struct plx_map_item_thing *like);
void plx_things_remove(plx_map_things *things, const char *name);
void plx_things_move(struct plx_map_item_thing *thing, const char *home);

/* The keys of a set, in byte order; borrowed. */
GPtrArray *plx_things_sorted(GHashTable *set);
/* Names of those that are at home in one; borrowed. */
GHashTable *plx_things_members(const plx_map_things *things, const char *home);

/* As a map in JSON; what is in what as `inside` says. */
void plx_things_write(const plx_map_things *things, GString *out);
