/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a shopper is to visit and to look at, from the map: the points of a journey in order, the
 * tasks to check and the promises beside them. How it is told: serve/visit_words.h.
 * Test: tests/form/test_visit.c. */

#include "form/visit.h"

typedef struct plx_visit_brief plx_visit_brief;
struct plx_visit_brief {
    const plx_map *map;     /* borrowed */
    const plx_visit *visit; /* borrowed */
    gint journey;           /* index in the map; -1: a walk */
    GArray *points;         /* guint: indices, in map order, each once */
    GArray *tasks;          /* guint: those that belong to one of the points */
    GArray *promises;       /* likewise */
};

/* PLX_ERROR_NOT_FOUND: the map has the journey no more. */
plx_visit_brief *plx_visit_brief_new(const plx_map *map, const plx_visit *visit, GError **error);
void plx_visit_brief_free(plx_visit_brief *brief);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_visit_brief, plx_visit_brief_free)
