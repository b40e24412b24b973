/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk: a map from walking through the service (docs/visits.md). */
#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "cli/cmd_step.h"
#include "cli/cmd_visit.h"
#include "serve/visit_story.h"
#include "store/audit.h"

/* TRUE, with an error, when nobody could go any more. */
static gboolean is_past(const struct plx_visit_plan *plan, gint64 now, GError **error)
{
    char until[PLX_DATE_SIZE];
    if (plan->until == PLX_VISIT_NO_DAY || plan->until >= plx_date_of_seconds(now))
        return FALSE;
    plx_error(error, PLX_ERROR_USAGE, "--until %s is past: nobody could go",
              plx_date_format(plan->until, until));
    return TRUE;
}

static void tell_created(const struct plx_cmd_change *change, gint64 id,
                         const struct plx_visit_plan *plan, const char *url)
{
    GString *const out = plx_app_out(change->app);
    if (plx_cmd_is_json(change->invocation)) {
        g_autoptr(plx_json) json = plx_json_new(out);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "schema", "parallax.walk-create/1");
        plx_json_integer(json, "walk", id);
        plx_json_string(json, "journey", plan->journey);
        plx_walk_until_json(json, plan);
        plx_json_string(json, "url", url);
        plx_json_end_object(json);
    } else {
        g_string_append_printf(out, "%s\n", url);
    }
    plx_app_note(change->app,
                 "walk %" G_GINT64_FORMAT ": whoever has the link can tell; shown once: only a "
                 "hash of it is kept",
                 id);
}

static gboolean create(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                       GError **error)
{
    const char *author;
    struct plx_visit_plan plan;
    const struct plx_visit_ask ask = {
        .journey = plx_invocation_string(change->invocation, PLX_OPTION_JOURNEY),
        .until = plx_invocation_string(change->invocation, PLX_OPTION_UNTIL)};
    if (!plx_cmd_author(change->invocation, &author, error) ||
        !plx_visit_walk_ask(&ask, &plan, error))
        return FALSE;
    struct plx_cmd_visit_link link = {NULL, NULL, NULL};
    const gboolean can = !is_past(&plan, change->now, error) &&
                         plx_cmd_visit_link_make(change, "/walk/", &link, error);
    const gint64 id = desk->list->visits->len + 1;
    g_autofree char *body = can ? plx_visit_walk_text(&plan, link.hash) : NULL;
    g_autofree char *about = g_strdup_printf("walk %" G_GINT64_FORMAT, id);
    const gboolean ok = body &&
                        plx_visit_desk_act(desk, id, change->now, author, "walk", body, error) &&
                        plx_audit_add(change->store, change->actor, "walk create", about, error);
    if (ok)
        tell_created(change, id, &plan, link.url);
    plx_visit_plan_clear(&plan);
    plx_cmd_visit_link_clear(&link);
    return ok;
}

static gboolean make_create(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, create, error);
}

static gboolean run_create(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_create, error);
}

static gboolean take(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                     GError **error)
{
    return plx_cmd_visit_take(change, desk, TRUE, error);
}

static gboolean make_take(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, take, error);
}

static gboolean run_take(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_take, error);
}

static gboolean list_json(plx_app *app, const struct plx_visit_desk *desk)
{
    g_autoptr(plx_json) json = plx_json_new(plx_app_out(app));
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.walks/1");
    plx_json_begin_array(json, "walks");
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const walk = desk->list->visits->pdata[i];
        if (!walk->walk)
            continue;
        plx_json_begin_object(json, NULL);
        plx_walk_about_json(json, walk);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
    return TRUE;
}

static gboolean list(plx_app *app, const plx_invocation *invocation,
                     const struct plx_visit_desk *desk, GError **error)
{
    if (plx_cmd_is_json(invocation))
        return list_json(app, desk);
    GString *const out = plx_app_out(app);
    gboolean any = FALSE;
    (void)error;
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const walk = desk->list->visits->pdata[i];
        if (!walk->walk)
            continue;
        any = TRUE;
        g_autofree char *about = plx_walk_words(walk);
        g_string_append_printf(out, "%" G_GINT64_FORMAT "  %s\n", walk->id, about);
    }
    if (!any)
        g_string_append(out, "No walks yet: parallax walk create WS --journey TITLE\n");
    return TRUE;
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visits_look(app, invocation, list, error);
}

static gboolean adopt(plx_app *app, const plx_invocation *invocation,
                      const struct plx_visit_desk *desk, GError **error)
{
    const plx_visit *const walk =
        plx_visit_find(desk->list, plx_invocation_argument(invocation, 1), TRUE, error);
    return walk && plx_visit_desk_draft(desk, walk, plx_app_out(app), error) &&
           plx_command_new_file(app, invocation, error);
}

static gboolean run_adopt(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visits_look(app, invocation, adopt, error);
}

static gboolean show(plx_app *app, const plx_invocation *invocation,
                     const struct plx_visit_desk *desk, GError **error)
{
    const struct plx_table_options options = plx_cmd_step_form(app);
    const plx_visit *const walk =
        plx_visit_find(desk->list, plx_invocation_argument(invocation, 1), TRUE, error);
    g_autoptr(GPtrArray) reports = walk ? plx_visit_desk_reports(desk, walk, error) : NULL;
    const char *wished;
    if (!reports || !plx_cmd_visit_language(invocation, &wished, error))
        return FALSE;
    if (plx_cmd_is_json(invocation)) {
        plx_walk_json(plx_store_map(desk->store), wished, walk, reports, plx_app_out(app));
        return TRUE;
    }
    g_autoptr(plx_story) story = plx_walk_story(plx_store_map(desk->store), walk, reports);
    plx_story_text(story, &options, plx_app_out(app));
    return TRUE;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visits_look(app, invocation, show, error);
}

/* Ending ------------------------------------------------------------------------------------- */

static gboolean close_walk(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                           GError **error)
{
    const char *author;
    g_autofree char *body = plx_visit_close_text();
    const plx_visit *const walk =
        plx_visit_find(desk->list, plx_invocation_argument(change->invocation, 1), TRUE, error);
    g_autofree char *about = walk ? g_strdup_printf("walk %" G_GINT64_FORMAT, walk->id) : NULL;
    if (!walk || !plx_cmd_author(change->invocation, &author, error) ||
        !plx_visit_desk_act(desk, walk->id, change->now, author, "close", body, error) ||
        !plx_audit_add(change->store, change->actor, "walk close", about, error))
        return FALSE;
    g_string_append_printf(plx_app_out(change->app),
                           "Walk %" G_GINT64_FORMAT
                           " is closed: its link says so, and takes nothing more.\n",
                           walk->id);
    return TRUE;
}

static gboolean make_close(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, close_walk, error);
}

static gboolean run_close(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_close, error);
}

static gboolean run_erase(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visit_erase(app, invocation, TRUE, error);
}

/* What they are called ----------------------------------------------------------------------- */

static const enum plx_option_id create_options[] = {
    PLX_OPTION_JOURNEY, PLX_OPTION_UNTIL, PLX_OPTION_BASE_URL, PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id by_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id list_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const enum plx_option_id show_options[] = {PLX_OPTION_LANGUAGE, PLX_OPTION_OUTPUT,
                                                  PLX_OPTION_END};
static const enum plx_option_id one_language[] = {PLX_OPTION_LANGUAGE, PLX_OPTION_END};
static const struct plx_option_help show_help[] = {
    {PLX_OPTION_LANGUAGE, "The words of levels in the JSON, in this one (default: the map's)"},
    {0}};
static const struct plx_option_help create_help[] = {
    {PLX_OPTION_JOURNEY, "What is walked through, in words"},
    {PLX_OPTION_UNTIL, "The last day on which a walk may be begun (default: no end)"},
    {0}};
static const struct plx_example create_examples[] = {
    {"walk create shop.plx --journey \"A visit to the market\"", "a link for phones"}, {0}};
static const struct plx_example close_examples[] = {
    {"walk close shop.plx 1", "what is told later is not taken"}, {0}};
static const struct plx_example erase_examples[] = {
    {"walk erase shop.plx 1", "reports and pictures of all who told of it"}, {0}};
static const struct plx_example take_examples[] = {
    {"walk take shop.plx 1 walk-1.json", "a file that the phone's page saved"}, {0}};
static const struct plx_example list_examples[] = {{"walk list shop.plx", "all walks"}, {0}};
static const struct plx_example show_examples[] = {{"walk show shop.plx 1", "what was noted"}, {0}};
static const struct plx_example adopt_examples[] = {
    {"walk adopt shop.plx 1 -o walked.yaml", "the draft, to edit and to apply"}, {0}};

const struct plx_command plx_commands_walk[] = {
    {.name = "walk",
     .summary = "Draft a map by walking through the service",
     .details = "Whoever has the link of a walk notes moment after moment on a phone; what all of "
                "them noted becomes the draft of a map."},
    {.name = "walk",
     .verb = "create",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Make a link for a walk",
     .options = create_options,
     .option_help = create_help,
     .examples = create_examples,
     .formats = "text json",
     .run = run_create},
    {.name = "walk",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List walks, with how often each was told",
     .options = list_options,
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "walk",
     .verb = "show",
     .arguments = "WS WALK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Show what was noted, walk by walk",
     .options = show_options,
     .option_help = show_help,
     .single = one_language,
     .languages = PLX_PAGE_LANGUAGES,
     .examples = show_examples,
     .formats = "text json",
     .run = run_show},
    {.name = "walk",
     .verb = "adopt",
     .arguments = "WS WALK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Write the draft of a map from what was told",
     .details = "What was said and how it was rated stands beside each moment as a comment: a "
                "rating belongs to answers. Edit the file, then: parallax map apply WS FILE",
     .options = list_options,
     .examples = adopt_examples,
     .run = run_adopt},
    {.name = "walk",
     .verb = "take",
     .arguments = "WS WALK FILE",
     .min_arguments = 3,
     .max_arguments = 3,
     .summary = "Take what was told from a file",
     .options = by_options,
     .examples = take_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = run_take},
    {.name = "walk",
     .verb = "close",
     .arguments = "WS WALK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Take nothing more of it",
     .details = "What phones have not sent by then stays on them, and can be saved to a file.",
     .options = by_options,
     .examples = close_examples,
     .run = run_close},
    {.name = "walk",
     .verb = "erase",
     .arguments = "WS WALK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Erase what was told of it, with its pictures, and close it",
     .options = by_options,
     .examples = erase_examples,
     .run = run_erase},
    {0},
};
