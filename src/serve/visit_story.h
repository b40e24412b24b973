/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visits in words and as JSON (docs/visits.md): lists, one visit with what was told, and the brief
 * to print with the notice to staff. Tests: tests/cli/cases/visit-*. */

#include "base/json.h"
#include "form/visit_brief.h"
#include "report/story.h"
#include "serve/visit_desk.h"

/* The visits of a desk; parallax.visits/1, with what each says of the point asked for. */
struct plx_visits_ask {
    gint32 day;           /* which of them are late */
    gint point;           /* those alone whose last report says something of it; -1: all */
    const char *language; /* of the words of levels; NULL: the map's */
};
/* Errors: PLX_ERROR_IO. */
plx_story *plx_visits_story(const struct plx_visit_desk *desk, const struct plx_visits_ask *ask,
                            GError **error);
gboolean plx_visits_json(const struct plx_visit_desk *desk, const struct plx_visits_ask *ask,
                         GString *out, GError **error);
/* What the last report of a visit says, where it says something of a point; FALSE: nothing. */
gboolean plx_visit_tells_of(const struct plx_visit_desk *desk, const plx_visit *visit, gint point,
                            plx_visit_report **report);

/* What is to be visited, for the shopper; with the notice to staff behind it. */
plx_story *plx_visit_brief_story(const plx_visit_brief *brief, const char *language);

/* One visit: its brief, what was told (NULL: nothing yet), and its history; parallax.visit/1.
 * `titles`: in which language those of the map stand in it, NULL: the map's own; `language`: of all
 * that the brief says; `shopper`: the name, or NULL. */
plx_story *plx_visit_story(const plx_visit_brief *brief, const char *titles, const char *shopper,
                           const plx_visit_report *report);
void plx_visit_json(const plx_visit_brief *brief, const char *language, const char *shopper,
                    const plx_visit_report *report, GString *out);

/* What all who work there are told, with the map's title of who is served. */
void plx_visit_add_notice(plx_story *story, const plx_map *map, const struct plx_visit_plan *plan,
                          const char *language);
/* Its sentences, one to a paragraph, and the place with its days; to be freed. */
char **plx_visit_notice(const plx_map *map, const char *language);
char *plx_visit_notice_days(const struct plx_visit_plan *plan, const char *language);

/* "Market day, told 3 times, closed", to be freed. */
char *plx_walk_words(const plx_visit *walk);
/* A walk: what each who walked noted (plx_visit_report, in the order in which they were sent). */
plx_story *plx_walk_story(const plx_map *map, const plx_visit *walk, const GPtrArray *reports);
/* The same as parallax.walk/1; `language`: of the words of levels, NULL: the map's. */
void plx_walk_json(const plx_map *map, const char *language, const plx_visit *walk,
                   const GPtrArray *reports, GString *out);
/* What stands of a walk in any JSON: its number, journey, last day (member `until`), how often it
 * was told, whether it is closed. */
void plx_walk_about_json(plx_json *json, const plx_visit *walk);
void plx_walk_until_json(plx_json *json, const struct plx_visit_plan *plan);
