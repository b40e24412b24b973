/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Shared by the files that compare maps; nobody else includes it. */

#include "map/map_change.h"
#include "map/map_owner.h"
#include "map/map_private.h"

struct plx_comparison {
    const plx_map *before, *after;
    const struct plx_map_data *data;
    gsize n_data;
    GPtrArray *changes; /* struct plx_map_change */
    /* By kind: id as on the old map -> guint64 observations that belong to it. */
    GHashTable *answers[PLX_THING_MEASURE + 1];
};

/* How many observations belong to an id of the old map. */
guint64 plx_comparison_answers(const struct plx_comparison *c, enum plx_thing kind, const char *id);

/* Appends a change; `other` may be NULL; the sentence is formatted. */
void plx_comparison_add(struct plx_comparison *c, enum plx_map_change_code code,
                        enum plx_thing kind, const char *id, const char *other, guint64 answers,
                        const char *format, ...) G_GNUC_PRINTF(7, 8);

/* FALSE with an error when answers would lose their place (map/map_orphan.c). */
gboolean plx_comparison_check(const struct plx_comparison *c, GError **error);

/* The sections (map/map_change_defs.c and map/map_change_items.c). */
void plx_comparison_definitions(struct plx_comparison *c);
void plx_comparison_items(struct plx_comparison *c, enum plx_thing kind);
void plx_comparison_transactions(struct plx_comparison *c);
