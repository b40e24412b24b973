/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit with what was told, in words; and visits as JSON. */
#include "serve/visit_story.h"

#include "base/date.h"
#include "serve/visit_parts.h"
#include "serve/visit_words.h"

/* What was told ------------------------------------------------------------------------------ */

static char *time_text(const struct plx_time *time)
{
    const gint64 minutes =
        (time->seconds % PLX_DAY_SECONDS + PLX_DAY_SECONDS) % PLX_DAY_SECONDS / 60;
    return g_strdup_printf("%02d:%02d", (gint)(minutes / 60), (gint)(minutes % 60));
}

/* With the day where it is not the one on which the report begins. */
static char *moment_time(const plx_visit_report *report, const struct plx_visit_moment *moment)
{
    char day[PLX_DATE_SIZE];
    char *const at = time_text(&moment->at);
    if (moment->at.day == report->time.day)
        return at;
    char *const whole = g_strdup_printf("%s %s", plx_date_format(moment->at.day, day), at);
    g_free(at);
    return whole;
}

static char *level_text(gint8 level)
{
    switch (level) {
    case PLX_CELL_EMPTY:
        return NULL;
    case PLX_CELL_NA:
        return g_strdup("na");
    case PLX_CELL_DECLINED:
        return g_strdup("declined");
    default:
        return g_strdup_printf("%d", level);
    }
}

static const char *surprise_text(gint8 surprise)
{
    return surprise == 1 ? "good" : surprise == -1 ? "bad" : surprise == 0 ? "none" : NULL;
}

static const char *yes_no(gint8 value)
{
    return value == 1 ? "yes" : value == 0 ? "no" : NULL;
}

static const char *title_of(const plx_map *map, const struct plx_visit_moment *moment)
{
    return moment->point >= 0 ? map->points[moment->point].title : moment->title;
}

static void add_moments(plx_story *story, const plx_map *map, const plx_visit_report *report,
                        const char *beside)
{
    static const struct plx_story_column columns[] = {
        {"Time", PLX_STORY_TEXT},       {"Moment", PLX_STORY_WIDE},
        {"Level", PLX_STORY_NUMBER},    {"Surprise", PLX_STORY_TEXT},
        {"Hesitation", PLX_STORY_TEXT}, {"Pictures", PLX_STORY_NUMBER},
    };
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        g_autofree char *at = moment_time(report, moment);
        g_autofree char *level = level_text(moment->level);
        plx_story_cell(story, at);
        plx_story_cellf(story, "%s%s", title_of(map, moment), moment->point < 0 ? beside : "");
        plx_story_cell(story, level);
        plx_story_cell(story, surprise_text(moment->surprise));
        plx_story_cell(story, yes_no(moment->hesitation));
        plx_story_cellf(story, "%u", g_strv_length(moment->photos));
    }
    for (guint i = 0; i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        g_autofree char *at = moment_time(report, moment);
        g_autofree char *title = g_strdup_printf("%s %s", at, title_of(map, moment));
        g_autofree char *photos = g_strjoinv(", ", moment->photos);
        g_autofree char *pictures = g_strconcat("Pictures: ", photos, NULL);
        if (moment->words)
            plx_story_item(story, title, moment->words);
        if (*photos)
            plx_story_item(story, title, pictures);
    }
}

static void add_marks(plx_story *story, const plx_map *map, const plx_visit_report *report)
{
    for (guint i = 0; i < report->marks->len; i++) {
        const struct plx_visit_mark *const mark =
            &g_array_index(report->marks, struct plx_visit_mark, i);
        if (mark->kind == PLX_SUBJECT_TASK)
            plx_story_item(story, mark->yes ? "Done" : "Not done", map->tasks[mark->subject].title);
        else
            plx_story_item(story, mark->yes ? "Kept" : "Not kept",
                           map->promises[mark->subject].title);
    }
}

static void add_report(plx_story *story, const plx_map *map, const plx_visit_report *report,
                       gboolean outside)
{
    char day[PLX_DATE_SIZE];
    g_autofree char *at = time_text(&report->time);
    g_autofree char *began = g_strdup_printf("%s, %s", plx_date_format(report->time.day, day), at);
    g_autofree char *overall = level_text(report->overall);
    plx_story_heading(story, "What was told");
    plx_story_item(story, "Began", began);
    if (outside)
        plx_story_item(story, "Outside the window", "begun on a day that was not planned");
    plx_story_item(story, "Ties to this place",
                   report->conflict ? report->conflict : "none, as declared");
    add_moments(story, map, report, " (not on the map)");
    add_marks(story, map, report);
    if (overall)
        plx_story_item(story, "All of it: level", overall);
    if (report->words)
        plx_story_item(story, "All of it", report->words);
}

/* One visit ---------------------------------------------------------------------------------- */

static char *moment_of(gint64 utc_seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(utc_seconds);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

static void add_history(plx_story *story, const plx_visit *visit)
{
    static const struct plx_story_column columns[] = {{"When (UTC)", PLX_STORY_TEXT},
                                                      {"Then", PLX_STORY_TEXT},
                                                      {"By", PLX_STORY_WIDE},
                                                      {"Words", PLX_STORY_WIDE}};
    plx_story_heading(story, "What became of it");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < visit->events->len; i++) {
        const struct plx_visit_event *const event = visit->events->pdata[i];
        g_autofree char *time = moment_of(event->utc_seconds);
        plx_story_cell(story, time);
        plx_story_cell(story, plx_visit_state_name(event->state));
        plx_story_cell(story, g_strcmp0(event->author, "-") == 0 ? "the shopper" : event->author);
        plx_story_cell(story, event->words);
    }
}

plx_story *plx_visit_story(const plx_visit_brief *brief, const char *shopper,
                           const plx_visit_report *report)
{
    plx_story *const story = plx_story_new("visit", "Visit");
    g_autofree char *lead = plx_visit_heading(brief, "en");
    plx_story_context(story, brief->map->title);
    plx_story_lead(story, lead);
    plx_story_item(story, "State", plx_visit_state_name(brief->visit->state));
    if (brief->visit->shopper)
        plx_story_item(story, "Shopper", shopper ? shopper : "erased");
    if (report)
        add_report(story, brief->map, report, brief->visit->outside);
    else if (brief->visit->report)
        plx_story_item(story, "What was told", "erased");
    if (!report && (!brief->visit->report || plx_visit_is_open(brief->visit) ||
                    brief->visit->state == PLX_VISIT_PLANNED))
        plx_visit_add_brief(story, brief, "en");
    add_history(story, brief->visit);
    return story;
}

char *plx_walk_words(const plx_visit *walk)
{
    char until[PLX_DATE_SIZE];
    const gboolean ends = walk->plan.until != PLX_VISIT_NO_DAY;
    return g_strdup_printf("%s, told %u time%s%s%s%s", walk->plan.journey, walk->reports,
                           walk->reports == 1 ? "" : "s", ends ? ", until " : "",
                           ends ? plx_date_format(walk->plan.until, until) : "",
                           walk->state == PLX_VISIT_CLOSED ? ", closed" : "");
}

plx_story *plx_walk_story(const plx_map *map, const plx_visit *walk, const GPtrArray *reports)
{
    plx_story *const story = plx_story_new("walk", "Walk");
    g_autofree char *about = plx_walk_words(walk);
    g_autofree char *lead = g_strdup_printf("Walk %" G_GINT64_FORMAT ": %s.", walk->id, about);
    plx_story_lead(story, lead);
    if (reports->len < walk->reports)
        plx_story_say(story, reports->len == 0 ? "What was told was erased."
                                               : "Some of what was told was erased.");
    for (guint i = 0; i < reports->len; i++) {
        const plx_visit_report *const report = reports->pdata[i];
        char day[PLX_DATE_SIZE];
        g_autofree char *at = time_text(&report->time);
        g_autofree char *began =
            g_strdup_printf("Begun %s, %s", plx_date_format(report->time.day, day), at);
        plx_story_heading(story, began);
        add_moments(story, map, report, "");
        if (report->words)
            plx_story_item(story, "All of it", report->words);
    }
    return story;
}

/* JSON --------------------------------------------------------------------------------------- */

static void write_level(plx_json *json, const char *key, gint8 level)
{
    g_autofree char *text = level_text(level);
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
    g_autofree char *at = time_text(time);
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
    plx_json_string(json, "title", title_of(map, moment));
    write_level(json, "level", moment->level);
    write_flag(json, "surprise", moment->surprise);
    write_flag(json, "hesitation", moment->hesitation);
    plx_json_string(json, "words", moment->words);
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

void plx_walk_json(const plx_map *map, const plx_visit *walk, const GPtrArray *reports,
                   GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.walk/1");
    plx_walk_about_json(json, walk);
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
        g_autofree char *time = moment_of(event->utc_seconds);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "time", time);
        plx_json_string(json, "state", plx_visit_state_name(event->state));
        plx_json_string(json, "author", event->author);
        plx_json_string(json, "words", event->words);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

void plx_visit_json(const plx_visit_brief *brief, const char *shopper,
                    const plx_visit_report *report, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.visit/1");
    plx_visit_brief_json(brief, plx_visit_language(brief->visit, brief->map, NULL), json);
    plx_json_string(json, "state", plx_visit_state_name(brief->visit->state));
    plx_json_boolean(json, "outside", brief->visit->outside);
    plx_json_string(json, "shopper", shopper);
    write_report(json, brief->map, report);
    plx_json_boolean(json, "erased", brief->visit->report && !report);
    write_history(json, brief->visit);
    plx_json_end_object(json);
}

static gboolean write_visit(const struct plx_visit_desk *desk, const plx_visit *visit, gint32 day,
                            plx_json *json, GError **error)
{
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
    plx_json_boolean(json, "late", plx_visit_is_late(visit, day));
    plx_json_boolean(json, "outside", visit->outside);
    plx_json_end_object(json);
    return TRUE;
}

gboolean plx_visits_json(const struct plx_visit_desk *desk, gint32 day, GString *out,
                         GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.visits/1");
    plx_json_begin_array(json, "visits");
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        if (!visit->walk && !write_visit(desk, visit, day, json, error))
            return FALSE;
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
    g_string_append_len(out, text->str, (gssize)text->len);
    return TRUE;
}
