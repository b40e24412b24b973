/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_words.h"

#include "base/date.h"
#include "serve/form_parts.h"
#include "serve/texts.h"

const char *plx_visit_language(const plx_visit *visit, const plx_map *map, const char *wishes)
{
    /* The map's is what nobody wished for, but better than any other. */
    g_autofree char *all =
        visit->walk && wishes ? g_strdup_printf("%s, %s;q=0.001", wishes, map->language) : NULL;
    return plx_texts_choose(all                    ? all
                            : visit->plan.language ? visit->plan.language
                                                   : map->language,
                            plx_texts_languages());
}

const char **plx_visit_sentences(const char *language, const char *key)
{
    GPtrArray *const sentences = g_ptr_array_new();
    for (;;) {
        g_autofree char *numbered = g_strdup_printf("%s.%u", key, sentences->len + 1);
        const char *const text = plx_texts(language, numbered);
        g_ptr_array_add(sentences, (gpointer)(guintptr)text);
        if (!text)
            return (const char **)g_ptr_array_free(sentences, FALSE);
    }
}

const char *plx_visit_closed_words(const plx_visit *visit, const char *language)
{
    const char *const key = plx_visit_closed_key(visit);
    return key ? plx_texts(language, key) : NULL;
}

char *plx_visit_window(const struct plx_visit_plan *plan, const char *language)
{
    g_autofree char *from = plx_texts_day(language, plan->from);
    g_autofree char *until = plx_texts_day(language, plan->until);
    return plan->from == plan->until ? plx_texts_fill(language, "visit.day", from, NULL)
                                     : plx_texts_fill(language, "visit.days", from, until, NULL);
}

char *plx_visit_outside_words(const plx_visit *visit, const char *language)
{
    if (visit->plan.until == PLX_VISIT_NO_DAY)
        return NULL;
    g_autofree char *until = plx_texts_day(language, visit->plan.until);
    if (visit->walk)
        return plx_texts_fill(language, "walk.over", until, NULL);
    g_autofree char *window = plx_visit_window(&visit->plan, language);
    return plx_texts_fill(language, "visit.outside", window, NULL);
}

/* The brief as JSON --------------------------------------------------------------------------- */

struct telling {
    const plx_visit_brief *brief;
    const char *language;
    plx_json *json;
};

/* A text of the map, as it is told. */
static const char *text_of(const struct telling *t, const char *text)
{
    return plx_map_text(t->brief->map, text, t->language);
}

void plx_visit_levels_json(const plx_map *map, const char *language, plx_json *json)
{
    const plx_form_plan plan = {.map = map};
    const struct plx_form_view view = {.plan = &plan, .language = language};
    const gint audience = plx_map_find_audience(map, "shopper");
    const struct plx_scale *const scale =
        plx_map_scale(map, PLX_MEASURE_LEVEL, (guint)MAX(audience, 0));
    plx_json_begin_array(json, "levels");
    for (gint value = scale->min; value <= scale->max; value++) {
        g_autofree char *words = plx_form_value_words(&view, PLX_MEASURE_LEVEL, scale, value, NULL);
        plx_json_begin_object(json, NULL);
        plx_json_integer(json, "value", value);
        plx_json_string(json, "text", words);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_anchors(const struct telling *t, const struct plx_point *point)
{
    plx_json_begin_array(t->json, "anchors");
    for (guint i = 0; point->levels && i < PLX_LEVELS; i++)
        plx_json_string(t->json, NULL, point->levels[i] ? text_of(t, point->levels[i]) : NULL);
    plx_json_end_array(t->json);
}

static void write_points(const struct telling *t)
{
    const plx_map *const map = t->brief->map;
    plx_json_begin_array(t->json, "points");
    for (guint i = 0; i < t->brief->points->len; i++) {
        const struct plx_point *const point =
            &map->points[g_array_index(t->brief->points, guint, i)];
        plx_json_begin_object(t->json, NULL);
        plx_json_string(t->json, "id", point->id);
        plx_json_string(t->json, "title", text_of(t, point->title));
        plx_json_string(
            t->json, "part",
            text_of(t, map->journeys[point->journey].transactions[point->transaction].title));
        write_anchors(t, point);
        plx_json_end_object(t->json);
    }
    plx_json_end_array(t->json);
}

static void write_item(const struct telling *t, const char *id, const char *title)
{
    plx_json_begin_object(t->json, NULL);
    plx_json_string(t->json, "id", id);
    plx_json_string(t->json, "title", text_of(t, title));
    plx_json_end_object(t->json);
}

static void write_beside(const struct telling *t)
{
    const plx_visit_brief *const brief = t->brief;
    const plx_map *const map = brief->map;
    plx_json_begin_array(t->json, "tasks");
    for (guint i = 0; i < brief->tasks->len; i++) {
        const struct plx_task *const task = &map->tasks[g_array_index(brief->tasks, guint, i)];
        write_item(t, task->id, task->title);
    }
    plx_json_end_array(t->json);
    plx_json_begin_array(t->json, "promises");
    for (guint i = 0; i < brief->promises->len; i++) {
        const struct plx_promise *const promise =
            &map->promises[g_array_index(brief->promises, guint, i)];
        write_item(t, promise->id, promise->title);
    }
    plx_json_end_array(t->json);
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

static void write_sentences(const struct telling *t, const char *key, const char *of)
{
    g_autofree const char **sentences = plx_visit_sentences(t->language, of);
    plx_json_texts(t->json, key, sentences);
}

void plx_visit_brief_json(const plx_visit_brief *brief, const char *language, plx_json *json)
{
    const struct telling t = {brief, language, json};
    const plx_visit *const visit = brief->visit;
    plx_json_integer(json, "visit", visit->id);
    plx_json_boolean(json, "walk", visit->walk);
    plx_json_string(json, "title", text_of(&t, brief->map->title));
    plx_json_string(json, "journey",
                    visit->walk ? visit->plan.journey
                                : text_of(&t, brief->map->journeys[brief->journey].title));
    plx_json_string(json, "place", visit->plan.place);
    if (visit->plan.from != PLX_VISIT_NO_DAY)
        plx_json_day(json, "from", visit->plan.from);
    if (visit->plan.until != PLX_VISIT_NO_DAY)
        plx_json_day(json, "until", visit->plan.until);
    plx_json_string(json, "note", visit->plan.note);
    plx_json_string(json, "returned", returned_words(visit));
    write_sentences(&t, "do", visit->walk ? "walk.do" : "visit.do");
    write_sentences(&t, "not", visit->walk ? "walk.not" : "visit.not");
    plx_visit_levels_json(brief->map, language, json);
    write_points(&t);
    write_beside(&t);
}
