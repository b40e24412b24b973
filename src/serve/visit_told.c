/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One visit with what was told, in words. */
#include "serve/visit_story.h"

#include "base/date.h"
#include "serve/visit_parts.h"
#include "serve/visit_words.h"

/* What was told ------------------------------------------------------------------------------ */

char *plx_visit_time_text(const struct plx_time *time)
{
    const gint64 minutes =
        (time->seconds % PLX_DAY_SECONDS + PLX_DAY_SECONDS) % PLX_DAY_SECONDS / 60;
    return g_strdup_printf("%02d:%02d", (gint)(minutes / 60), (gint)(minutes % 60));
}

/* With the day where it is not the one on which the report begins. */
static char *moment_time(const plx_visit_report *report, const struct plx_visit_moment *moment)
{
    char day[PLX_DATE_SIZE];
    char *const at = plx_visit_time_text(&moment->at);
    if (moment->at.day == report->time.day)
        return at;
    char *const whole = g_strdup_printf("%s %s", plx_date_format(moment->at.day, day), at);
    g_free(at);
    return whole;
}

char *plx_visit_level_text(gint8 level)
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

const char *plx_visit_moment_title(const plx_map *map, const struct plx_visit_moment *moment)
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
        g_autofree char *level = plx_visit_level_text(moment->level);
        plx_story_cell(story, at);
        plx_story_cellf(story, "%s%s", plx_visit_moment_title(map, moment),
                        moment->point < 0 ? beside : "");
        plx_story_cell(story, level);
        plx_story_cell(story, surprise_text(moment->surprise));
        plx_story_cell(story, yes_no(moment->hesitation));
        plx_story_cellf(story, "%u", g_strv_length(moment->photos));
    }
    for (guint i = 0; i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        g_autofree char *at = moment_time(report, moment);
        g_autofree char *title = g_strdup_printf("%s %s", at, plx_visit_moment_title(map, moment));
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
    g_autofree char *at = plx_visit_time_text(&report->time);
    g_autofree char *began = g_strdup_printf("%s, %s", plx_date_format(report->time.day, day), at);
    g_autofree char *overall = plx_visit_level_text(report->overall);
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

char *plx_visit_second(gint64 utc_seconds)
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
        g_autofree char *time = plx_visit_second(event->utc_seconds);
        plx_story_cell(story, time);
        plx_story_cell(story, plx_visit_state_name(event->state));
        plx_story_cell(story, g_strcmp0(event->author, "-") == 0 ? "the shopper" : event->author);
        plx_story_cell(story, event->words);
    }
}

plx_story *plx_visit_story(const plx_visit_brief *brief, const char *titles, const char *shopper,
                           const plx_visit_report *report)
{
    const char *const map_language = titles ? titles : brief->map->language;
    plx_story *const story = plx_story_new("visit", "Visit");
    g_autofree char *lead = plx_visit_heading(brief, "en", map_language);
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
        plx_visit_add_brief(story, brief, "en", map_language);
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
        g_autofree char *at = plx_visit_time_text(&report->time);
        g_autofree char *began =
            g_strdup_printf("Begun %s, %s", plx_date_format(report->time.day, day), at);
        plx_story_heading(story, began);
        add_moments(story, map, report, "");
        if (report->words)
            plx_story_item(story, "All of it", report->words);
    }
    return story;
}
