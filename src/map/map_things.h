/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A map as things that have a name, a home and values, for merging (map/map_merge.h). Only
 * map_merge*.c include this. */

#include "base/yaml.h"
#include "map/map.h"

/* One value: as JSON, and as people read it. */
struct plx_thing_value {
    char *json, *plain;
};

struct plx_map_item_thing {
    const char *kind;   /* "map", "section", "point", "use", …; static */
    char *id, *name;    /* "doorstep", "point/doorstep" */
    char *home;         /* name of what it is in; NULL for the map */
    GHashTable *values; /* "title.en", "levels.3.en", "senses" -> struct plx_thing_value */
    GPtrArray *inside;  /* names of what is in it, in order */
};

typedef struct {
    GHashTable *all; /* name -> struct plx_map_item_thing */
    char *language;
} plx_map_things;

/* The sections of a map file, in its order. `keyed`: a mapping by id, not a list. */
struct plx_thing_section {
    const char *name, *kind;
    gboolean keyed;
};
extern const struct plx_thing_section plx_thing_sections[];
extern const gsize plx_thing_n_sections;

/* Errors: as plx_map_write_json(). */
plx_map_things *plx_map_things_new(const plx_map *map, GError **error);
void plx_map_things_free(plx_map_things *things);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_map_things, plx_map_things_free)

/* One without things, to put some in; names and values are copied. */
plx_map_things *plx_things_empty(const char *language);
struct plx_map_item_thing *plx_things_put(plx_map_things *things, const char *kind, const char *id,
                                          const char *name, const char *home);
void plx_things_set(struct plx_map_item_thing *thing, const char *key,
                    const struct plx_thing_value *value);

const struct plx_map_item_thing *plx_things_get(const plx_map_things *things, const char *name);
/* What it is called in the language of its map, or its id; borrowed. */
const char *plx_things_title(const plx_map_things *things, const struct plx_map_item_thing *thing);

/* The sequence that `a` and `b` make of `base` (names; any may be NULL) for those of `members`.
 * FALSE when both have put what all know into another order, and not the same; then a `choice`
 * above 0 takes b's, below 0 a's. */
gboolean plx_things_order(const GPtrArray *base, const GPtrArray *a, const GPtrArray *b,
                          GHashTable *members, int choice, GPtrArray *out);
