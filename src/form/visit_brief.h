/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a shopper is to visit and to look at, from the map: the points of a journey in order, the
 * tasks to check and the promises beside them. Also as JSON, for the page on the phone.
 * Test: tests/form/test_visit.c. */

#include "base/json.h"
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

/* What to do and what not to do, sentence by sentence, NULL-ended; static. */
const char *const *plx_visit_do(gboolean walk);
const char *const *plx_visit_do_not(gboolean walk);
/* What staff are told about visits; likewise. */
const char *const *plx_visit_notice(void);

/* Its members, within an object of the caller's: "visit", "walk", "title", "journey", "place",
 * "from", "until", "note", "returned" (words), "do", "not", "levels": [{"value", "text"}],
 * "points":
 * [{"id", "title", "part", "anchors"}], "tasks" and "promises": [{"id", "title"}]. */
void plx_visit_brief_json(const plx_visit_brief *brief, plx_json *json);
