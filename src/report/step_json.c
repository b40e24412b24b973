/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/json_parts.h"
#include "report/step.h"

#include <math.h>

static void put_event(plx_json *json, const char *key, const struct plx_step_event *event)
{
    if (!event->author) {
        plx_json_null(json, key);
        return;
    }
    g_autofree char *time = plx_step_time(event->utc_seconds);
    plx_json_begin_object(json, key);
    plx_json_string(json, "time", time);
    plx_json_string(json, "author", event->author);
    plx_json_string(json, "note", event->note);
    plx_json_end_object(json);
}

static void put_looks(plx_json *json, const struct plx_step_plan *plan)
{
    plx_json_number(json, "alpha", plan->alpha);
    plx_json_begin_array(json, "looks");
    for (guint i = 0; i < plan->n_looks; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_day(json, "day", plan->looks[i].day);
        plx_json_string(json, "after", plan->looks[i].after);
        plx_json_number(json, "alpha", plan->looks[i].alpha);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* What a level is called; null where the map's scale has numbers alone, or lost it. */
static void put_word(plx_json *json, const char *key, const plx_map *map, gint level)
{
    const struct plx_scale *const scale =
        plx_map_scale(map, PLX_MEASURE_LEVEL, plx_step_served(map));
    const gboolean has = scale->words && level >= scale->min && level <= scale->max;
    plx_json_string(json, key, has ? scale->words[level - scale->min] : NULL);
}

/* The levels between which steps lead, with their names, so that others can be chosen from. */
static void put_levels(plx_json *json, const plx_map *map)
{
    const struct plx_scale *const scale =
        plx_map_scale(map, PLX_MEASURE_LEVEL, plx_step_served(map));
    plx_json_begin_array(json, "levels");
    for (gint level = scale->min; level <= scale->max; level++) {
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "level", level);
        put_word(json, "word", map, level);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* Ids, and beside them what people call these points; one that is gone from the map keeps its id.
 */
static void put_untouched(plx_json *json, const struct plx_step_plan *plan, const plx_map *map)
{
    plx_json_texts(json, "untouched", (const char *const *)plan->untouched);
    plx_json_begin_array(json, "untouched_titles");
    for (guint i = 0; plan->untouched && plan->untouched[i]; i++) {
        const gint point = plx_map_find_point(map, plan->untouched[i]);
        plx_json_string(json, NULL, point >= 0 ? map->points[point].title : plan->untouched[i]);
    }
    plx_json_end_array(json);
}

static void put_plan(plx_json *json, const struct plx_step_plan *plan, const plx_map *map)
{
    plx_json_integer(json, "from", plan->from);
    plx_json_integer(json, "to", plan->to);
    put_word(json, "from_word", map, plan->from);
    put_word(json, "to_word", map, plan->to);
    put_levels(json, map);
    plx_json_number(json, "share", plan->share);
    plx_json_string(json, "repair", plx_step_repair_name(plan->repair));
    plx_json_string(json, "owner", plan->owner);
    plx_json_string(json, "note", plan->note);
    plx_json_day(json, "start", plan->start);
    plx_json_day(json, "baseline", plan->baseline);
    plx_json_string(json, "window", plan->window);
    plx_json_number(json, "margin", plan->margin);
    plx_json_texts(json, "places", (const char *const *)plan->places);
    plx_json_texts(json, "compare", (const char *const *)plan->compare);
    put_untouched(json, plan, map);
    put_looks(json, plan);
}

static void put_amendments(plx_json *json, const GPtrArray *amendments)
{
    plx_json_begin_array(json, "amendments");
    for (guint i = 0; i < amendments->len; i++) {
        const struct plx_step_amendment *const amendment = amendments->pdata[i];
        g_autofree char *time = plx_step_time(amendment->utc_seconds);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "time", time);
        plx_json_string(json, "author", amendment->author);
        plx_json_string(json, "field", amendment->field);
        plx_json_string(json, "before", amendment->before);
        plx_json_string(json, "after", amendment->after);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_remarks(plx_json *json, const struct plx_step *step)
{
    struct plx_step_remark remark;
    plx_json_begin_array(json, "remarks");
    for (guint i = 0; plx_step_remark(step, i, &remark); i++) {
        plx_json_string(json, NULL, remark.code);
        g_free(remark.words);
    }
    plx_json_end_array(json);
}

void plx_step_json_members(plx_json *json, const struct plx_step *step, const plx_map *map)
{
    plx_json_integer(json, "step", step->id);
    plx_json_string(json, "state", plx_step_state_name(step->state));
    plx_json_string(json, "point", step->plan->point);
    plx_json_string(json, "title", plx_step_title(step, map));
    put_plan(json, step->plan, map);
    put_event(json, "registered", &step->registered);
    put_event(json, "started", &step->started);
    put_event(json, "stopped", &step->stopped);
    put_amendments(json, step->amendments);
    put_remarks(json, step);
}

void plx_step_json(const struct plx_step *step, const plx_map *map, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.step/1");
    plx_step_json_members(json, step, map);
    plx_json_end_object(json);
}

static void put_day(plx_json *json, const char *key, gint32 day)
{
    if (day > 0)
        plx_json_day(json, key, day);
    else
        plx_json_null(json, key);
}

/* Begun then, each place has answers to be held against that nobody knew when the plan was made. */
static gint32 provable_from(const struct plx_step *step, const struct plx_step_outlook *outlook)
{
    gint64 fixed = step->registered.utc_seconds;
    for (guint i = 0; i < step->amendments->len; i++)
        fixed = ((const struct plx_step_amendment *)step->amendments->pdata[i])->utc_seconds;
    return isfinite(outlook->fresh) && outlook->fresh < 36500
               ? (gint32)(fixed / 86400) + (gint32)outlook->fresh
               : 0;
}

static void put_outlook(plx_json *json, const struct plx_step *step,
                        const struct plx_step_outlook *outlook)
{
    struct plx_step_remark remark;
    plx_json_begin_object(json, "outlook");
    plx_json_integer(json, "places", outlook->places);
    plx_json_integer(json, "places_ready", outlook->ready);
    plx_json_integer(json, "compare", outlook->compared);
    plx_json_integer(json, "compare_ready", outlook->compared_ready);
    plx_json_number(json, "share", outlook->share);
    plx_json_number(json, "share_all", outlook->share_all);
    plx_json_number(json, "answers", outlook->answers);
    plx_json_number(json, "per_week", outlook->per_week);
    put_day(json, "enough", outlook->enough);
    put_day(json, "provable_from", provable_from(step, outlook));
    plx_json_count(json, "other_step", outlook->other > 0 ? outlook->other : PLX_NO_COUNT);
    plx_json_begin_array(json, "remarks");
    for (guint i = 0; plx_step_outlook_remark(outlook, step->plan, i, &remark); i++) {
        plx_json_string(json, NULL, remark.code);
        g_free(remark.words);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_step_planned_json(const struct plx_step *step, const plx_map *map,
                           const struct plx_step_beside *beside, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.step/1");
    plx_step_json_members(json, step, map);
    if (beside->outlook && beside->outlook->known)
        put_outlook(json, step, beside->outlook);
    else
        plx_json_null(json, "outlook");
    plx_json_texts(json, "places_known", beside->places);
    plx_json_end_object(json);
}

void plx_steps_json(const GPtrArray *steps, const plx_map *map, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.steps/1");
    plx_json_begin_array(json, "steps");
    for (guint i = 0; i < steps->len; i++) {
        plx_json_begin_object(json, NULL);
        plx_step_json_members(json, steps->pdata[i], map);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}
