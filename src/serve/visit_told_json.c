/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Visits, walks and what was told, as JSON. */
#include "serve/visit_story.h"

#include "base/date.h"
#include "serve/texts.h"
#include "serve/visit_parts.h"
#include "serve/visit_words.h"

static void write_level(plx_json *json, const char *key, gint8 level)
{
    g_autofree char *text = plx_visit_level_text(level);
    if (level > PLX_CELL_DECLINED)
        plx_json_integer(json, key, level);
    else
        plx_json_string(json, key, text);
}

static void write_flag(plx_json *json, const char *key, gint8 value)
{
    if (value == PLX_CELL_EMPTY)
        plx_json_null(json, key);
    else
        plx_json_integer(json, key, value);
}

static void write_time(plx_json *json, const char *key, const struct plx_time *time)
{
    char day[PLX_DATE_SIZE];
    const gint minutes = ABS(time->offset);
    g_autofree char *at = plx_visit_time_text(time);
    g_autofree char *text =
        g_strdup_printf("%sT%s%c%02d:%02d", plx_date_format(time->day, day), at,
                        time->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    plx_json_string(json, key, text);
}

static void write_moment(plx_json *json, const plx_map *map, const struct plx_visit_moment *moment)
{
    plx_json_begin_object(json, NULL);
    write_time(json, "at", &moment->at);
    plx_json_string(json, "point", moment->point >= 0 ? map->points[moment->point].id : NULL);
    plx_json_string(json, "title", plx_visit_moment_title(map, moment));
    write_level(json, "level", moment->level);
    write_flag(json, "surprise", moment->surprise);
    write_flag(json, "hesitation", moment->hesitation);
    plx_json_string(json, "words", moment->words);
    plx_json_string(json, "sense", moment->sense);
    plx_json_string(json, "channel", moment->channel);
    plx_json_texts(json, "photos", (const char *const *)moment->photos);
    plx_json_end_object(json);
}

static void write_marks(plx_json *json, const char *key, const plx_map *map,
                        const plx_visit_report *report, enum plx_subject_kind kind)
{
    plx_json_begin_object(json, key);
    for (guint i = 0; i < report->marks->len; i++) {
        const struct plx_visit_mark *const mark =
            &g_array_index(report->marks, struct plx_visit_mark, i);
        if (mark->kind == kind)
            plx_json_boolean(json,
                             kind == PLX_SUBJECT_TASK ? map->tasks[mark->subject].id
                                                      : map->promises[mark->subject].id,
                             mark->yes);
    }
    plx_json_end_object(json);
}

/* The members of a report. */
static void write_told(plx_json *json, const plx_map *map, const plx_visit_report *report)
{
    plx_json_string(json, "report", report->id);
    plx_json_string(json, "conflict", report->conflict);
    write_time(json, "began", &report->time);
    plx_json_begin_array(json, "moments");
    for (guint i = 0; i < report->moments->len; i++)
        write_moment(json, map, report->moments->pdata[i]);
    plx_json_end_array(json);
    write_marks(json, "tasks", map, report, PLX_SUBJECT_TASK);
    write_marks(json, "promises", map, report, PLX_SUBJECT_PROMISE);
    write_level(json, "overall", report->overall);
    plx_json_string(json, "words", report->words);
}

static void write_report(plx_json *json, const plx_map *map, const plx_visit_report *report)
{
    if (!report) {
        plx_json_null(json, "report");
        return;
    }
    plx_json_begin_object(json, "report");
    write_told(json, map, report);
    plx_json_end_object(json);
}

void plx_walk_until_json(plx_json *json, const struct plx_visit_plan *plan)
{
    if (plan->until == PLX_VISIT_NO_DAY)
        plx_json_null(json, "until");
    else
        plx_json_day(json, "until", plan->until);
}

void plx_walk_about_json(plx_json *json, const plx_visit *walk)
{
    plx_json_integer(json, "walk", walk->id);
    plx_json_string(json, "journey", walk->plan.journey);
    plx_walk_until_json(json, &walk->plan);
    plx_json_integer(json, "told", walk->reports);
    plx_json_boolean(json, "closed", walk->state == PLX_VISIT_CLOSED);
}

/* The words of levels; those of many visits stand beside each other in one language. */
static void write_levels(plx_json *json, const plx_map *map, const char *language)
{
    const char *const wished = language ? language : map->language;
    plx_visit_levels_json(map, plx_texts_choose(wished, plx_texts_languages()), json);
}

void plx_walk_json(const plx_map *map, const char *language, const plx_visit *walk,
                   const GPtrArray *reports, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.walk/1");
    plx_walk_about_json(json, walk);
    write_levels(json, map, language);
    plx_json_begin_array(json, "reports");
    for (guint i = 0; i < reports->len; i++) {
        plx_json_begin_object(json, NULL);
        write_told(json, map, reports->pdata[i]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_history(plx_json *json, const plx_visit *visit)
{
    plx_json_begin_array(json, "history");
    for (guint i = 0; i < visit->events->len; i++) {
        const struct plx_visit_event *const event = visit->events->pdata[i];
        g_autofree char *time = plx_visit_second(event->utc_seconds);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "time", time);
        plx_json_string(json, "state", plx_visit_state_name(event->state));
        plx_json_string(json, "author", event->author);
        plx_json_string(json, "words", event->words);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

void plx_visit_json(const plx_visit_brief *brief, const char *language, const char *shopper,
                    const plx_visit_report *report, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.visit/1");
    plx_visit_brief_json(brief, language, json);
    plx_json_string(json, "state", plx_visit_state_name(brief->visit->state));
    plx_json_boolean(json, "outside", brief->visit->outside);
    plx_json_string(json, "shopper", shopper);
    write_report(json, brief->map, report);
    plx_json_boolean(json, "erased", brief->visit->report && !report);
    write_history(json, brief->visit);
    plx_json_end_object(json);
}

/* What cannot be read any more, or was erased, says nothing. */
gboolean plx_visit_tells_of(const struct plx_visit_desk *desk, const plx_visit *visit, gint point,
                            plx_visit_report **report)
{
    g_autoptr(plx_visit_report) found =
        visit->report ? plx_visit_desk_report(desk, visit, NULL, NULL) : NULL;
    gboolean tells = FALSE;
    for (guint i = 0; found && i < found->moments->len; i++)
        tells |= ((const struct plx_visit_moment *)found->moments->pdata[i])->point == point;
    if (tells)
        *report = g_steal_pointer(&found);
    return tells;
}

static void write_moments(plx_json *json, const plx_map *map, const plx_visit_report *report,
                          gint point)
{
    plx_json_begin_array(json, "moments");
    for (guint i = 0; i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        if (moment->point == point)
            write_moment(json, map, moment);
    }
    plx_json_end_array(json);
}

static gboolean write_visit(const struct plx_visit_desk *desk, const plx_visit *visit,
                            const struct plx_visits_ask *ask, plx_json *json, GError **error)
{
    g_autoptr(plx_visit_report) report = NULL;
    if (ask->point >= 0 && !plx_visit_tells_of(desk, visit, ask->point, &report))
        return TRUE;
    g_autoptr(GError) cause = NULL;
    g_autofree char *shopper =
        visit->shopper ? plx_visits_shopper(desk->store, visit->shopper, &cause) : NULL;
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "visit", visit->id);
    plx_json_string(json, "journey", visit->plan.journey);
    plx_json_string(json, "place", visit->plan.place);
    plx_json_day(json, "from", visit->plan.from);
    plx_json_day(json, "until", visit->plan.until);
    plx_json_string(json, "shopper", shopper);
    plx_json_string(json, "state", plx_visit_state_name(visit->state));
    plx_json_boolean(json, "late", plx_visit_is_late(visit, ask->day));
    plx_json_boolean(json, "outside", visit->outside);
    if (report)
        write_moments(json, plx_store_map(desk->store), report, ask->point);
    plx_json_end_object(json);
    return TRUE;
}

gboolean plx_visits_json(const struct plx_visit_desk *desk, const struct plx_visits_ask *ask,
                         GString *out, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.visits/1");
    if (ask->point >= 0)
        write_levels(json, plx_store_map(desk->store), ask->language);
    plx_json_begin_array(json, "visits");
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        if (!visit->walk && !write_visit(desk, visit, ask, json, error))
            return FALSE;
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
    g_string_append_len(out, text->str, (gssize)text->len);
    return TRUE;
}
