/* SPDX-License-Identifier: GPL-3.0-or-later */
/* walk: a map from walking through the service (docs/visits.md). */
#include "cli/cmd_step.h"
#include "cli/cmd_visit.h"
#include "serve/visit_story.h"
#include "store/audit.h"

static gboolean create(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                       GError **error)
{
    const char *const title = plx_invocation_string(change->invocation, PLX_OPTION_JOURNEY);
    const char *author;
    if (!title)
        return plx_error(error, PLX_ERROR_USAGE, "say what is walked through: --journey TITLE");
    if (!plx_visit_check_words("journey", title, error) ||
        !plx_cmd_author(change->invocation, &author, error))
        return FALSE;
    g_autofree char *hash = plx_cmd_visit_link(change, "/walk/", NULL, error);
    g_autofree char *body = hash ? plx_visit_walk_text(title, hash) : NULL;
    const gint64 id = desk->list->visits->len + 1;
    g_autofree char *about = g_strdup_printf("walk %" G_GINT64_FORMAT, id);
    if (!body || !plx_visit_desk_act(desk, id, change->now, author, "walk", body, error) ||
        !plx_audit_add(change->store, change->actor, "walk create", about, error))
        return FALSE;
    plx_app_note(change->app,
                 "walk %" G_GINT64_FORMAT ": whoever has the link can tell; shown once: only a "
                 "hash of it is kept",
                 id);
    return TRUE;
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

static gboolean list(plx_app *app, const plx_invocation *invocation,
                     const struct plx_visit_desk *desk, GError **error)
{
    GString *const out = plx_app_out(app);
    gboolean any = FALSE;
    (void)invocation, (void)error;
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const walk = desk->list->visits->pdata[i];
        if (!walk->walk)
            continue;
        any = TRUE;
        g_string_append_printf(out, "%" G_GINT64_FORMAT "  %s: told %u time%s\n", walk->id,
                               walk->plan.journey, walk->reports, walk->reports == 1 ? "" : "s");
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
    if (!reports)
        return FALSE;
    g_autoptr(plx_story) story = plx_walk_story(plx_store_map(desk->store), walk, reports);
    plx_story_text(story, &options, plx_app_out(app));
    return TRUE;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_visits_look(app, invocation, show, error);
}

static const enum plx_option_id create_options[] = {PLX_OPTION_JOURNEY, PLX_OPTION_BASE_URL,
                                                    PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id take_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id list_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_option_help create_help[] = {
    {PLX_OPTION_JOURNEY, "What is walked through, in words"}, {0}};
static const struct plx_example create_examples[] = {
    {"walk create shop.plx --journey \"A visit to the market\"", "a link for phones"}, {0}};
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
     .run = run_create},
    {.name = "walk",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List walks, with how often each was told",
     .options = list_options,
     .examples = list_examples,
     .run = run_list},
    {.name = "walk",
     .verb = "show",
     .arguments = "WS WALK",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Show what was noted, walk by walk",
     .options = list_options,
     .examples = show_examples,
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
     .options = take_options,
     .examples = take_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = run_take},
    {0},
};
