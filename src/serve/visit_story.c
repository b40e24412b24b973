/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_story.h"

#include "base/date.h"
#include "serve/visit_parts.h"

char *plx_visit_window(const struct plx_visit_plan *plan)
{
    char from[PLX_DATE_SIZE], until[PLX_DATE_SIZE];
    plx_date_format(plan->from, from);
    return plan->from == plan->until
               ? g_strdup(from)
               : g_strconcat(from, " to ", plx_date_format(plan->until, until), NULL);
}

/* A list ------------------------------------------------------------------------------------- */

gboolean plx_visit_is_late(const plx_visit *visit, gint32 day)
{
    return day > visit->plan.until &&
           (visit->state == PLX_VISIT_PLANNED || visit->state == PLX_VISIT_ASSIGNED);
}

static const char *journey_title(const plx_map *map, const char *id)
{
    const gint journey = plx_map_find_journey(map, id);
    return journey >= 0 ? map->journeys[journey].title : id;
}

static gboolean add_row(const struct plx_visit_desk *desk, const plx_visit *visit, gint32 day,
                        plx_story *story, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *window = plx_visit_window(&visit->plan);
    g_autofree char *shopper =
        visit->shopper ? plx_visits_shopper(desk->store, visit->shopper, &cause) : NULL;
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    plx_story_cellf(story, "%" G_GINT64_FORMAT, visit->id);
    plx_story_cell(story, journey_title(plx_store_map(desk->store), visit->plan.journey));
    plx_story_cell(story, visit->plan.place);
    plx_story_cell(story, window);
    plx_story_cell(story, visit->shopper && !shopper ? "erased" : shopper);
    plx_story_cellf(story, "%s%s", plx_visit_state_name(visit->state),
                    plx_visit_is_late(visit, day) ? ", late" : "");
    return TRUE;
}

static guint count_visits(const struct plx_visit_desk *desk, guint *waiting)
{
    guint n = 0;
    *waiting = 0;
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        n += !visit->walk;
        *waiting += visit->state == PLX_VISIT_SENT;
    }
    return n;
}

static void add_lead(plx_story *story, guint n, guint waiting)
{
    g_autoptr(GString) lead = g_string_new(NULL);
    if (n == 0)
        g_string_append(lead, "No visits are planned yet: parallax visit plan WS");
    else if (waiting == 0)
        g_string_append_printf(lead, "%u visit%s; none waits for a review.", n, n == 1 ? "" : "s");
    else
        g_string_append_printf(lead, "%u of %u visit%s wait%s for a review.", waiting, n,
                               n == 1 ? "" : "s", waiting == 1 ? "s" : "");
    plx_story_lead(story, lead->str);
}

plx_story *plx_visits_story(const struct plx_visit_desk *desk, gint32 day, GError **error)
{
    static const struct plx_story_column columns[] = {
        {"Visit", PLX_STORY_NUMBER}, {"Journey", PLX_STORY_WIDE}, {"Place", PLX_STORY_WIDE},
        {"When", PLX_STORY_TEXT},    {"Shopper", PLX_STORY_WIDE}, {"State", PLX_STORY_TEXT}};
    guint waiting;
    const guint n = count_visits(desk, &waiting);
    g_autoptr(plx_story) story = plx_story_new("visits", "Visits");
    add_lead(story, n, waiting);
    if (n > 0)
        plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        if (!visit->walk && !add_row(desk, visit, day, story, error))
            return NULL;
    }
    return g_steal_pointer(&story);
}

/* A brief ------------------------------------------------------------------------------------ */

static void add_sentences(plx_story *story, const char *heading, const char *const *sentences)
{
    plx_story_heading(story, heading);
    for (guint i = 0; sentences[i]; i++)
        plx_story_item(story, NULL, sentences[i]);
}

static void add_points(plx_story *story, const plx_visit_brief *brief)
{
    static const struct plx_story_column columns[] = {{"Moment", PLX_STORY_WIDE},
                                                      {"Part", PLX_STORY_WIDE}};
    const plx_map *const map = brief->map;
    plx_story_heading(story, "Moments to look at, in their order");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < brief->points->len; i++) {
        const struct plx_point *const point = &map->points[g_array_index(brief->points, guint, i)];
        plx_story_cell(story, point->title);
        plx_story_cell(story, map->journeys[point->journey].transactions[point->transaction].title);
    }
}

static void add_beside(plx_story *story, const plx_visit_brief *brief)
{
    const plx_map *const map = brief->map;
    if (brief->tasks->len > 0)
        plx_story_heading(story, "Was this done?");
    for (guint i = 0; i < brief->tasks->len; i++)
        plx_story_item(story, NULL, map->tasks[g_array_index(brief->tasks, guint, i)].title);
    if (brief->promises->len > 0)
        plx_story_heading(story, "Was this kept?");
    for (guint i = 0; i < brief->promises->len; i++)
        plx_story_item(story, NULL, map->promises[g_array_index(brief->promises, guint, i)].title);
}

char *plx_visit_heading(const plx_visit_brief *brief)
{
    const plx_visit *const visit = brief->visit;
    g_autofree char *window = plx_visit_window(&visit->plan);
    return g_strdup_printf("Visit %" G_GINT64_FORMAT ": %s, %s, %s", visit->id,
                           brief->map->journeys[brief->journey].title, visit->plan.place, window);
}

void plx_visit_add_brief(plx_story *story, const plx_visit_brief *brief)
{
    if (brief->visit->plan.note)
        plx_story_item(story, "For this visit", brief->visit->plan.note);
    add_sentences(story, "What to do", plx_visit_do(FALSE));
    add_sentences(story, "What not to do", plx_visit_do_not(FALSE));
    add_points(story, brief);
    add_beside(story, brief);
}

void plx_visit_add_notice(plx_story *story, const struct plx_visit_plan *plan)
{
    g_autofree char *window = plx_visit_window(plan);
    g_autofree char *days = g_strdup_printf("%s, %s", plan->place, window);
    plx_story_heading(story, "To be told to all who work there, before the first day");
    plx_story_item(story, "Where and when", days);
    for (const char *const *sentence = plx_visit_notice(); *sentence; sentence++)
        plx_story_say(story, *sentence);
}

plx_story *plx_visit_brief_story(const plx_visit_brief *brief)
{
    plx_story *const story = plx_story_new("visit", "A visit, as a customer");
    g_autofree char *lead = plx_visit_heading(brief);
    plx_story_context(story, brief->map->title);
    plx_story_lead(story, lead);
    plx_visit_add_brief(story, brief);
    plx_story_heading(story, "Do you know anybody there?");
    plx_story_say(story, "Do you, or does somebody close to you, work there or with a competitor, "
                         "own a share, or have a quarrel with them? Then say so before the visit "
                         "and do not make it. On the phone you declare it before you begin.");
    plx_visit_add_notice(story, &brief->visit->plan);
    return story;
}
