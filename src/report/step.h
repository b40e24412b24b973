/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Steps as registered (step/step.h), for people and for programs. Titles are those of the map of
 * today; a point that it has lost since is shown by its id. Test: tests/cli/cases/step-*. */

#include "base/json.h"
#include "report/gaps_table.h"
#include "step/outlook.h"
#include "step/step.h"

/* One with all that was done to it; its JSON is parallax.step/1. */
void plx_step_table(const struct plx_step *step, const plx_map *map,
                    const struct plx_table_options *options, GString *out);
void plx_step_json(const struct plx_step *step, const plx_map *map, GString *out);

/* The members of parallax.step/1 without its schema, into the open object. */
void plx_step_json_members(plx_json *json, const struct plx_step *step, const plx_map *map);

/* One that was just planned: with `outlook`, what the answers say of the plan, and the places that
 * there are. */
struct plx_step_beside {
    const struct plx_step_outlook *outlook; /* NULL: could not be looked at */
    const char *const *places;
};
void plx_step_planned_json(const struct plx_step *step, const plx_map *map,
                           const struct plx_step_beside *beside, GString *out);

/* All of them (struct plx_step); the JSON is parallax.steps/1. */
void plx_steps_table(const GPtrArray *steps, const plx_map *map,
                     const struct plx_table_options *options, GString *out);
void plx_steps_json(const GPtrArray *steps, const plx_map *map, GString *out);
void plx_steps_csv(const GPtrArray *steps, const plx_map *map, GString *out);

/* What limits its verdict, or is to be known for it: stable code and plain words, one per call
 * until FALSE. */
struct plx_step_remark {
    const char *code; /* "late", "amended_late", "few_places", "other_day" */
    char *words;      /* to be freed */
};
gboolean plx_step_remark(const struct plx_step *step, guint i, struct plx_step_remark *remark);

/* The i-th of those that have words; the words of all others are freed. */
gboolean plx_step_remark_pick(const struct plx_step_remark *all, guint n, guint i,
                              struct plx_step_remark *remark);

/* What is said of a plan when it is written down, in the same way: "few_answers", "met_already",
 * "other_step". */
gboolean plx_step_outlook_remark(const struct plx_step_outlook *outlook,
                                 const struct plx_step_plan *plan, guint i,
                                 struct plx_step_remark *remark);

/* The title of its point, borrowed from the map or the plan. */
const char *plx_step_title(const struct plx_step *step, const plx_map *map);
/* "2026-11-26T09:30:00Z", to be freed. */
char *plx_step_time(gint64 utc_seconds);
