/* SPDX-License-Identifier: GPL-3.0-or-later */
/* visit plan: what is to be visited, with what is better known before somebody goes there. */
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cli/cmd_link.h"
#include "cli/cmd_step.h"
#include "cli/cmd_visit.h"
#include "serve/texts.h"
#include "serve/visit_story.h"
#include "serve/visit_words.h"
#include "store/words.h"

#include <string.h>

/* What was planned: visits `first` to `last`. */
struct planned {
    const struct plx_visit_plan *plan;
    const char *language; /* of brief, notice and page */
    gint64 first, last;
};

static void write_planned(const struct plx_cmd_change *change, const struct planned *planned)
{
    const struct plx_visit_plan *const plan = planned->plan;
    g_autofree char *days = plx_visit_notice_days(plan, planned->language);
    g_auto(GStrv) notice = plx_visit_notice(plx_store_map(change->store), planned->language);
    g_autoptr(plx_json) json = plx_json_new(plx_app_out(change->app));
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.visit-plan/1");
    plx_json_begin_array(json, "visits");
    for (gint64 visit = planned->first; visit <= planned->last; visit++)
        plx_json_integer(json, NULL, visit);
    plx_json_end_array(json);
    plx_json_string(json, "journey", plan->journey);
    plx_json_string(json, "place", plan->place);
    plx_json_day(json, "from", plan->from);
    plx_json_day(json, "until", plan->until);
    plx_json_string(json, "language", planned->language);
    plx_json_begin_object(json, "notice");
    plx_json_string(json, "title", plx_texts(planned->language, "visit.notice"));
    plx_json_string(json, "days", days);
    plx_json_texts(json, "text", (const char *const *)notice);
    plx_json_end_object(json);
    plx_json_end_object(json);
}

static void tell_planned(const struct plx_cmd_change *change, const struct planned *planned)
{
    const struct plx_table_options options = plx_cmd_step_form(change->app);
    const struct plx_visit_plan *const plan = planned->plan;
    const plx_map *const map = plx_store_map(change->store);
    const gint journey = plx_map_find_journey(map, plan->journey);
    g_autoptr(plx_story) story = plx_story_new("plan", "Visits");
    g_autofree char *window = plx_visit_window(plan, "en");
    g_autofree char *many = g_strdup_printf(
        "Visits %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT " are", planned->first, planned->last);
    g_autofree char *one = g_strdup_printf("Visit %" G_GINT64_FORMAT " is", planned->first);
    g_autofree char *lead =
        g_strdup_printf("%s planned: %s, %s, %s.", planned->first == planned->last ? one : many,
                        map->journeys[journey].title, plan->place, window);
    plx_story_lead(story, lead);
    plx_visit_add_notice(story, map, plan, planned->language);
    plx_story_text(story, &options, plx_app_out(change->app));
}

static void tell(const struct plx_cmd_change *change, const struct plx_visit_plan *plan,
                 gint64 first, gint64 n)
{
    const plx_visit visit = {.plan = *plan};
    const struct planned planned = {
        plan, plx_visit_language(&visit, plx_store_map(change->store), NULL), first, first + n - 1};
    if (plx_cmd_is_json(change->invocation))
        write_planned(change, &planned);
    else
        tell_planned(change, &planned);
}

gboolean plx_cmd_visit_language(const plx_invocation *invocation, const char **language,
                                GError **error)
{
    const char *const *const words = plx_invocation_list(invocation, PLX_OPTION_LANGUAGE);
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)plx_texts_languages());
    *language = words[0];
    if (words[0] && words[1])
        return plx_error(error, PLX_ERROR_USAGE, "--language takes one here");
    return !words[0] || g_strv_contains(plx_texts_languages(), words[0]) ||
           plx_error(error, PLX_ERROR_USAGE, "--language %s: pages are in %s", words[0], all);
}

/* A place may be new; one that is nearly another is more likely a slip of the pen. */
static gboolean warn_place(const struct plx_cmd_change *change, const struct plx_visit_desk *desk,
                           const char *place, GError **error)
{
    g_autoptr(plx_words) words = plx_words_load(plx_store_db(change->store), error);
    g_autoptr(GPtrArray) known = g_ptr_array_new();
    if (!words)
        return FALSE;
    for (guint32 code = 1; code <= plx_words_size(words, PLX_WORD_PLACE); code++)
        g_ptr_array_add(known, plx_words_get(words, PLX_WORD_PLACE, code)->text);
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        if (visit->plan.place)
            g_ptr_array_add(known, visit->plan.place);
    }
    if (g_ptr_array_find_with_equal_func(known, place, g_str_equal, NULL))
        return TRUE;
    g_autofree char *near = plx_suggest_text(place, (const char *const *)known->pdata, known->len);
    if (*near)
        plx_app_note(change->app, "no answer and no visit is of the place \"%s\" yet%s", place,
                     near);
    return TRUE;
}

/* What whoever plans should know before somebody goes there. */
static gboolean warn_plan(const struct plx_cmd_change *change, const struct plx_visit_desk *desk,
                          const struct plx_visit_plan *made, GError **error)
{
    const plx_map *const map = plx_store_map(change->store);
    plx_cmd_warn_silent(change->app, map, plx_map_find_journey(map, made->journey), made->language,
                        "the brief shows");
    if (made->from < plx_date_of_seconds(change->now)) {
        char day[PLX_DATE_SIZE];
        plx_app_note(change->app,
                     "--from %s is past: the brief says so, and nobody can go before today",
                     plx_date_format(made->from, day));
    }
    return warn_place(change, desk, made->place, error);
}

static gboolean plan(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                     GError **error)
{
    const char *language;
    if (!plx_cmd_visit_language(change->invocation, &language, error))
        return FALSE;
    const plx_invocation *const invocation = change->invocation;
    const gint64 n = plx_invocation_integer(invocation, PLX_OPTION_VISIT_COUNT, 1);
    const struct plx_visit_ask ask = {plx_invocation_string(invocation, PLX_OPTION_JOURNEY),
                                      plx_invocation_string(invocation, PLX_OPTION_PLACE),
                                      plx_invocation_string(invocation, PLX_OPTION_VISIT_FROM),
                                      plx_invocation_string(invocation, PLX_OPTION_VISIT_UNTIL),
                                      plx_invocation_string(invocation, PLX_OPTION_NOTE),
                                      language};
    struct plx_visit_plan made;
    if (!plx_visit_plan_ask(plx_store_map(change->store), &ask, &made, error))
        return FALSE;
    if (made.until < plx_date_of_seconds(change->now)) {
        plx_visit_plan_clear(&made);
        return plx_error(error, PLX_ERROR_USAGE, "--until %s is past: nobody could go", ask.until);
    }
    g_autofree char *body = plx_visit_plan_text(&made);
    const gint64 first = desk->list->visits->len + 1;
    gboolean ok = warn_plan(change, desk, &made, error);
    for (gint64 i = 0; i < n && ok; i++)
        ok = plx_cmd_visit_act(change, desk, first + i, "plan", body, NULL, error);
    if (ok)
        tell(change, &made, first, n);
    plx_visit_plan_clear(&made);
    return ok;
}

static gboolean make_plan(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, plan, error);
}

gboolean plx_cmd_visit_plan(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_plan, error);
}
