/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/visit_brief.h"

#include "base/date.h"
#include "base/error.h"

#include <string.h>

static gboolean holds(const GArray *indices, guint index)
{
    for (guint i = 0; i < indices->len; i++)
        if (g_array_index(indices, guint, i) == index)
            return TRUE;
    return FALSE;
}

static gboolean any_held(const GArray *indices, const guint *some, guint n)
{
    for (guint i = 0; i < n; i++)
        if (holds(indices, some[i]))
            return TRUE;
    return FALSE;
}

static void gather(plx_visit_brief *brief)
{
    const plx_map *const map = brief->map;
    const struct plx_journey *const journey = &map->journeys[brief->journey];
    for (guint t = 0; t < journey->n_transactions; t++)
        for (guint p = 0; p < journey->transactions[t].n_points; p++)
            if (!holds(brief->points, journey->transactions[t].points[p]))
                g_array_append_val(brief->points, journey->transactions[t].points[p]);
    for (guint i = 0; i < map->n_tasks; i++)
        if (any_held(brief->points, map->tasks[i].points, map->tasks[i].n_points))
            g_array_append_val(brief->tasks, i);
    for (guint i = 0; i < map->n_promises; i++)
        if (any_held(brief->points, map->promises[i].points, map->promises[i].n_points))
            g_array_append_val(brief->promises, i);
}

plx_visit_brief *plx_visit_brief_new(const plx_map *map, const plx_visit *visit, GError **error)
{
    const gint journey = visit->walk ? -1 : plx_map_find_journey(map, visit->plan.journey);
    if (!visit->walk && journey < 0) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "visit %" G_GINT64_FORMAT ": the map has no journey \"%s\" any more", visit->id,
                  visit->plan.journey);
        return NULL;
    }
    plx_visit_brief *const brief = g_new0(plx_visit_brief, 1);
    *brief = (plx_visit_brief){map,
                               visit,
                               journey,
                               g_array_new(FALSE, FALSE, sizeof(guint)),
                               g_array_new(FALSE, FALSE, sizeof(guint)),
                               g_array_new(FALSE, FALSE, sizeof(guint))};
    if (journey >= 0)
        gather(brief);
    return brief;
}

void plx_visit_brief_free(plx_visit_brief *brief)
{
    if (!brief)
        return;
    g_array_unref(brief->points);
    g_array_unref(brief->tasks);
    g_array_unref(brief->promises);
    g_free(brief);
}

/* Words -------------------------------------------------------------------------------------- */

/* Sentences that are longer than a line. */
static const char in_order[] =
    "Note each moment as it happens, in the order in which it happens. Also those that are not on "
    "the list.";
static const char no_ties[] =
    "Do not visit where you or somebody close to you works, worked, owns a share or has a quarrel: "
    "say so and give the visit back.";

const char *const *plx_visit_do(gboolean walk)
{
    static const char *const visit[] = {
        "Be a customer like any other: ask, wait and pay as you would for yourself.", in_order,
        "Rate what you saw, heard and felt yourself. If a moment did not happen, say so.",
        "Write down facts: what was said, how long it took.", NULL};
    static const char *const walking[] = {
        "Go through the service as somebody who is served, from the first moment to the last.",
        "Note each moment as it comes: what you see, hear, touch, taste, smell or feel.",
        "Say how it was for you. Ratings help to find what to look at; they are no answers.", NULL};
    return walk ? walking : visit;
}

const char *const *plx_visit_do_not(gboolean walk)
{
    static const char *const visit[] = {
        "Do not say that you are a shopper, also not afterwards.",
        "Do not provoke anybody, and do not ask for what no customer would ask for.",
        "Write no names of staff, and take no pictures of people's faces.", no_ties, NULL};
    static const char *const walking[] = {
        "Write no names of staff, and take no pictures of people's faces.",
        "Do not stand in anybody's way.", NULL};
    return walk ? walking : visit;
}

const char *const *plx_visit_notice(void)
{
    static const char *const notice[] = {
        "On the days named here secret shoppers visit us. They come as customers and note "
        "what a customer meets, moment by moment.",
        "What it is for: to find promises that are not kept and moments that differ from day to "
        "day or from place to place, so that we can make the service one level better.",
        "What it is not used for: judging, rewarding or punishing anybody. Shoppers write down no "
        "names. Nobody is told the day and the hour, and results are shown of places and moments, "
        "never "
        "of a person.",
        "One visit says little. Shoppers do not stand for customers: what customers say is asked "
        "of customers.",
        NULL};
    return notice;
}

/* JSON --------------------------------------------------------------------------------------- */

static void write_levels(plx_json *json, const plx_map *map)
{
    const gint audience = plx_map_find_audience(map, "shopper");
    const struct plx_scale *const scale =
        plx_map_scale(map, PLX_MEASURE_LEVEL, (guint)MAX(audience, 0));
    plx_json_begin_array(json, "levels");
    for (gint value = scale->min; value <= scale->max; value++) {
        char **const texts = scale->sentences ? scale->sentences : scale->words;
        g_autofree char *number = g_strdup_printf("%d", value);
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "value", value);
        plx_json_string(json, "text",
                        texts ? plx_map_text(map, texts[value - scale->min], map->language)
                              : number);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_anchors(plx_json *json, const struct plx_point *point)
{
    plx_json_begin_array(json, "anchors");
    for (guint i = 0; point->levels && i < PLX_LEVELS; i++)
        plx_json_string(json, NULL, point->levels[i]);
    plx_json_end_array(json);
}

static void write_points(plx_json *json, const plx_visit_brief *brief)
{
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < brief->points->len; i++) {
        const struct plx_point *const point =
            &brief->map->points[g_array_index(brief->points, guint, i)];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", point->id);
        plx_json_string(json, "title", point->title);
        plx_json_string(
            json, "part",
            brief->map->journeys[point->journey].transactions[point->transaction].title);
        write_anchors(json, point);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_item(plx_json *json, const char *id, const char *title)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "id", id);
    plx_json_string(json, "title", title);
    plx_json_end_object(json);
}

static void write_beside(plx_json *json, const plx_visit_brief *brief)
{
    const plx_map *const map = brief->map;
    plx_json_begin_array(json, "tasks");
    for (guint i = 0; i < brief->tasks->len; i++) {
        const struct plx_task *const task = &map->tasks[g_array_index(brief->tasks, guint, i)];
        write_item(json, task->id, task->title);
    }
    plx_json_end_array(json);
    plx_json_begin_array(json, "promises");
    for (guint i = 0; i < brief->promises->len; i++) {
        const struct plx_promise *const promise =
            &map->promises[g_array_index(brief->promises, guint, i)];
        write_item(json, promise->id, promise->title);
    }
    plx_json_end_array(json);
}

/* Why it was returned; NULL: it was not. */
static const char *returned_words(const plx_visit *visit)
{
    const struct plx_visit_event *found = NULL;
    for (guint i = 0; i < visit->events->len; i++) {
        const struct plx_visit_event *const event = visit->events->pdata[i];
        found = event->state == PLX_VISIT_RETURNED && event->words ? event : found;
    }
    return visit->state == PLX_VISIT_RETURNED && found ? found->words : NULL;
}

void plx_visit_brief_json(const plx_visit_brief *brief, plx_json *json)
{
    const plx_visit *const visit = brief->visit;
    plx_json_integer(json, "visit", visit->id);
    plx_json_boolean(json, "walk", visit->walk);
    plx_json_string(json, "title", brief->map->title);
    plx_json_string(json, "journey",
                    visit->walk ? visit->plan.journey : brief->map->journeys[brief->journey].title);
    plx_json_string(json, "place", visit->plan.place);
    if (!visit->walk) {
        plx_json_day(json, "from", visit->plan.from);
        plx_json_day(json, "until", visit->plan.until);
    }
    plx_json_string(json, "note", visit->plan.note);
    plx_json_string(json, "returned", returned_words(visit));
    plx_json_texts(json, "do", plx_visit_do(visit->walk));
    plx_json_texts(json, "not", plx_visit_do_not(visit->walk));
    write_levels(json, brief->map);
    write_points(json, brief);
    write_beside(json, brief);
}
