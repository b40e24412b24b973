/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_story.h"

#include "base/date.h"
#include "serve/texts.h"
#include "serve/visit_parts.h"
#include "serve/visit_words.h"

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

/* As in all tables of the command line. */
static char *window_cell(const struct plx_visit_plan *plan)
{
    char from[PLX_DATE_SIZE], until[PLX_DATE_SIZE];
    plx_date_format(plan->from, from);
    return plan->from == plan->until
               ? g_strdup(from)
               : g_strdup_printf("%s to %s", from, plx_date_format(plan->until, until));
}

static gboolean add_row(const struct plx_visit_desk *desk, const plx_visit *visit, gint32 day,
                        plx_story *story, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *window = window_cell(&visit->plan);
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
    plx_story_cellf(story, "%s%s%s", plx_visit_state_name(visit->state),
                    visit->outside ? ", outside" : "",
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

/* Visits, borrowed; `point`: those alone that tell of it. */
static GPtrArray *listed(const struct plx_visit_desk *desk, gint point)
{
    GPtrArray *const visits = g_ptr_array_new();
    for (guint i = 0; i < desk->list->visits->len; i++) {
        plx_visit *const visit = desk->list->visits->pdata[i];
        g_autoptr(plx_visit_report) report = NULL;
        if (!visit->walk && (point < 0 || plx_visit_tells_of(desk, visit, point, &report)))
            g_ptr_array_add(visits, visit);
    }
    return visits;
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

/* Of how many visits something is said of the point asked for. */
static void lead_point(plx_story *story, const plx_map *map, guint n, gint point)
{
    g_autofree char *lead = g_strdup_printf("%u visit%s of “%s”.", n, n == 1 ? " tells" : "s tell",
                                            map->points[point].title);
    plx_story_lead(story, lead);
}

plx_story *plx_visits_story(const struct plx_visit_desk *desk, const struct plx_visits_ask *ask,
                            GError **error)
{
    static const struct plx_story_column columns[] = {
        {"Visit", PLX_STORY_NUMBER}, {"Journey", PLX_STORY_WIDE}, {"Place", PLX_STORY_WIDE},
        {"When", PLX_STORY_TEXT},    {"Shopper", PLX_STORY_WIDE}, {"State", PLX_STORY_TEXT}};
    g_autoptr(GPtrArray) visits = listed(desk, ask->point);
    guint waiting;
    const guint all = count_visits(desk, &waiting);
    g_autoptr(plx_story) story = plx_story_new("visits", "Visits");
    if (ask->point >= 0)
        lead_point(story, plx_store_map(desk->store), visits->len, ask->point);
    else
        add_lead(story, all, waiting);
    if (visits->len > 0)
        plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < visits->len; i++)
        if (!add_row(desk, visits->pdata[i], ask->day, story, error))
            return NULL;
    return g_steal_pointer(&story);
}

/* A brief ------------------------------------------------------------------------------------ */

static void add_sentences(plx_story *story, const char *heading, const char *language,
                          const char *of)
{
    g_autofree const char **sentences = plx_visit_sentences(language, of);
    plx_story_heading(story, heading);
    for (guint i = 0; sentences[i]; i++)
        plx_story_item(story, NULL, sentences[i]);
}

static void add_points(plx_story *story, const plx_visit_brief *brief, const char *language,
                       const char *titles)
{
    const struct plx_story_column columns[] = {
        {plx_texts(language, "visit.brief.moment"), PLX_STORY_WIDE},
        {plx_texts(language, "visit.brief.part"), PLX_STORY_WIDE}};
    const plx_map *const map = brief->map;
    plx_story_heading(story, plx_texts(language, "visit.brief.points"));
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < brief->points->len; i++) {
        const struct plx_point *const point = &map->points[g_array_index(brief->points, guint, i)];
        const char *const part =
            map->journeys[point->journey].transactions[point->transaction].title;
        plx_story_cell(story, plx_map_text(map, point->title, titles));
        plx_story_cell(story, plx_map_text(map, part, titles));
    }
}

/* In one line, as most of them happen where no customer is. */
static void add_tasks(plx_story *story, const plx_visit_brief *brief, const char *language,
                      const char *titles)
{
    const plx_map *const map = brief->map;
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < brief->tasks->len; i++)
        g_string_append_printf(
            all, "%s%s", i > 0 ? " · " : "",
            plx_map_text(map, map->tasks[g_array_index(brief->tasks, guint, i)].title, titles));
    if (brief->tasks->len == 0)
        return;
    plx_story_heading(story, plx_texts(language, "visit.brief.tasks"));
    plx_story_say(story, all->str);
}

static void add_beside(plx_story *story, const plx_visit_brief *brief, const char *language,
                       const char *titles)
{
    const plx_map *const map = brief->map;
    add_tasks(story, brief, language, titles);
    if (brief->promises->len > 0)
        plx_story_heading(story, plx_texts(language, "visit.brief.promises"));
    for (guint i = 0; i < brief->promises->len; i++) {
        const char *const title = map->promises[g_array_index(brief->promises, guint, i)].title;
        plx_story_item(story, NULL, plx_map_text(map, title, titles));
    }
}

char *plx_visit_heading(const plx_visit_brief *brief, const char *language, const char *titles)
{
    const plx_visit *const visit = brief->visit;
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, visit->id);
    g_autofree char *window = plx_visit_window(&visit->plan, language);
    return plx_texts_fill(
        language, "visit.brief.lead", number,
        plx_map_text(brief->map, brief->map->journeys[brief->journey].title, titles),
        visit->plan.place, window, NULL);
}

void plx_visit_add_brief(plx_story *story, const plx_visit_brief *brief, const char *language,
                         const char *titles)
{
    if (brief->visit->plan.note)
        plx_story_item(story, plx_texts(language, "visit.brief.note"), brief->visit->plan.note);
    add_sentences(story, plx_texts(language, "visit.brief.do"), language, "visit.do");
    add_sentences(story, plx_texts(language, "visit.brief.not"), language, "visit.not");
    add_points(story, brief, language, titles);
    add_beside(story, brief, language, titles);
}

/* Whom shoppers come as, by the title that the map gives them; NULL: customers, as usual. */
static const char *served_title(const plx_map *map, const char *language)
{
    guint a = 0;
    while (a < map->n_audiences && !map->audiences[a].served)
        a++;
    if (a == map->n_audiences || g_strcmp0(map->audiences[a].title, "Customers") == 0)
        return NULL;
    return plx_map_text(map, map->audiences[a].title, language);
}

char *plx_visit_notice_days(const struct plx_visit_plan *plan, const char *language)
{
    g_autofree char *window = plx_visit_window(plan, language);
    return plx_texts_fill(language, "visit.notice.days", plan->place, window, NULL);
}

char **plx_visit_notice(const plx_map *map, const char *language)
{
    const char *const people = served_title(map, language);
    g_autofree const char **notice = plx_visit_sentences(language, "visit.notice");
    g_autoptr(GStrvBuilder) said = g_strv_builder_new();
    for (guint i = 0; notice[i]; i++) {
        g_autofree char *key = g_strdup_printf("visit.notice.people.%u", i + 1);
        g_autofree char *ours =
            people && plx_texts(language, key) ? plx_texts_fill(language, key, people, NULL) : NULL;
        g_strv_builder_add(said, ours ? ours : notice[i]);
    }
    return g_strv_builder_end(said);
}

void plx_visit_add_notice(plx_story *story, const plx_map *map, const struct plx_visit_plan *plan,
                          const char *language)
{
    g_autofree char *days = plx_visit_notice_days(plan, language);
    g_auto(GStrv) notice = plx_visit_notice(map, language);
    plx_story_sheet(story, plx_texts(language, "visit.notice"));
    plx_story_item(story, plx_texts(language, "visit.notice.where"), days);
    for (guint i = 0; notice[i]; i++)
        plx_story_say(story, notice[i]);
}

plx_story *plx_visit_brief_story(const plx_visit_brief *brief, const char *language)
{
    plx_story *const story = plx_story_new("visit", plx_texts(language, "visit.brief.title"));
    g_autofree char *lead = plx_visit_heading(brief, language, language);
    plx_story_context(story, plx_map_text(brief->map, brief->map->title, language));
    plx_story_lead(story, lead);
    plx_visit_add_brief(story, brief, language, language);
    plx_story_heading(story, plx_texts(language, "visit.brief.ties"));
    plx_story_say(story, plx_texts(language, "visit.brief.ties.text"));
    plx_visit_add_notice(story, brief->map, &brief->visit->plan, language);
    return story;
}
