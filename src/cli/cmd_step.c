/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step: what is to be improved, written down before it starts (docs/steps.md). */
#include "cli/cmd_step.h"

#include "store/steps.h"

#include <string.h>

/* Reading ------------------------------------------------------------------------------------ */

GPtrArray *plx_cmd_steps_read(plx_store *store, gint64 *last, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_steps_read(store, error);
    if (!acts)
        return NULL;
    g_autoptr(GPtrArray) steps = g_ptr_array_new_with_free_func(plx_step_free);
    for (guint i = 0; i < acts->len; i++) {
        const struct plx_step_act *const act = acts->pdata[i];
        if (!plx_step_apply(steps, act->step, act->utc_seconds, act->author, act->act, act->body,
                            plx_store_path(store), error))
            return NULL;
    }
    *last = acts->len;
    return g_steal_pointer(&steps);
}

gboolean plx_cmd_step_id(const plx_invocation *invocation, gint64 *id, GError **error)
{
    const char *const text = plx_invocation_argument(invocation, 1);
    if (g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, id, NULL))
        return TRUE;
    return plx_error(error, PLX_ERROR_USAGE, "\"%s\": expected the number of a step ('step list')",
                     text);
}

struct plx_table_options plx_cmd_step_form(const plx_app *app)
{
    return (struct plx_table_options){plx_app_width(app), plx_app_colour(app), plx_app_unicode(app),
                                      plx_app_verbose(app)};
}

static void write_step(plx_app *app, const plx_invocation *invocation, const struct plx_step *step,
                       const plx_map *map)
{
    const struct plx_table_options options = plx_cmd_step_form(app);
    if (plx_cmd_is_json(invocation))
        plx_step_json(step, map, plx_app_out(app));
    else
        plx_step_table(step, map, &options, plx_app_out(app));
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gint64 last;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) steps = store ? plx_cmd_steps_read(store, &last, error) : NULL;
    if (!steps)
        return FALSE;
    const struct plx_table_options options = plx_cmd_step_form(app);
    const char *const format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0)
        plx_steps_json(steps, plx_store_map(store), plx_app_out(app));
    else if (strcmp(format, "csv") == 0)
        plx_steps_csv(steps, plx_store_map(store), plx_app_out(app));
    else
        plx_steps_table(steps, plx_store_map(store), &options, plx_app_out(app));
    return TRUE;
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gint64 last, id;
    if (!plx_cmd_step_id(invocation, &id, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) steps = store ? plx_cmd_steps_read(store, &last, error) : NULL;
    const struct plx_step *const step = steps ? plx_step_find(steps, id, error) : NULL;
    if (!step)
        return FALSE;
    write_step(app, invocation, step, plx_store_map(store));
    return TRUE;
}

/* Acts --------------------------------------------------------------------------------------- */

/* Does it to the steps as they are, which tells whether it may be done; then keeps it, and shows
 * what became of the step. */
static gboolean act(plx_app *app, const plx_invocation *invocation, plx_store *store,
                    GPtrArray *steps, const struct plx_step_act *made, GError **error)
{
    gint64 id;
    if (!plx_step_apply(steps, made->step, made->utc_seconds, made->author, made->act, made->body,
                        plx_store_path(store), error) ||
        !plx_steps_add(store, made, &id, error))
        return FALSE;
    write_step(app, invocation, plx_step_find(steps, id, NULL), plx_store_map(store));
    return TRUE;
}

static gboolean run_event(plx_app *app, const plx_invocation *invocation, char *what,
                          GError **error)
{
    const char *author;
    const char *const note = plx_invocation_string(invocation, PLX_OPTION_NOTE);
    gint64 last, id;
    if (!plx_cmd_step_id(invocation, &id, error) || !plx_cmd_author(invocation, &author, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    g_autoptr(GPtrArray) steps = store ? plx_cmd_steps_read(store, &last, error) : NULL;
    if (!steps)
        return FALSE;
    g_autofree char *body = plx_step_note_text(note);
    g_autofree char *who = g_strdup(author);
    const struct plx_step_act made = {last, id,   g_get_real_time() / G_USEC_PER_SEC,
                                      who,  what, body};
    return act(app, invocation, store, steps, &made, error);
}

static gboolean run_start(plx_app *app, const plx_invocation *invocation, GError **error)
{
    char what[] = "start";
    return run_event(app, invocation, what, error);
}

static gboolean run_stop(plx_app *app, const plx_invocation *invocation, GError **error)
{
    char what[] = "stop";
    return run_event(app, invocation, what, error);
}

/* What they are called ----------------------------------------------------------------------- */

#define PLAN_OPTIONS                                                                               \
    PLX_OPTION_STEP_FROM, PLX_OPTION_TO, PLX_OPTION_SHARE, PLX_OPTION_STEP_REPAIR,                 \
        PLX_OPTION_OWNER, PLX_OPTION_STEP_START, PLX_OPTION_PLACES, PLX_OPTION_COMPARE,            \
        PLX_OPTION_LOOKS, PLX_OPTION_WINDOW, PLX_OPTION_MARGIN, PLX_OPTION_UNTOUCHED,              \
        PLX_OPTION_NOTE, PLX_OPTION_DRY_RUN, PLX_OPTION_STEP_BY, PLX_OPTION_END

static const enum plx_option_id add_options[] = {PLX_OPTION_POINT, PLAN_OPTIONS};
static const enum plx_option_id amend_options[] = {PLAN_OPTIONS};
static const enum plx_option_id event_options[] = {PLX_OPTION_NOTE, PLX_OPTION_STEP_BY,
                                                   PLX_OPTION_END};
static const enum plx_option_id list_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_option_help amend_help[] = {
    {PLX_OPTION_TO, "The level to come to"},
    {PLX_OPTION_OWNER, "Who sees to it"},
    {PLX_OPTION_PLACES, "Where it is done: all of them; \"Oslo, centre\" in quotes"},
    {PLX_OPTION_COMPARE, "Places to compare with, where it is not done: all of them"},
    {PLX_OPTION_UNTOUCHED, "Points that should not move: all of them"},
    {PLX_OPTION_WINDOW, "The time before the start to compare with: 8w, 90d, 3m"},
    {PLX_OPTION_MARGIN, "What would be worth it, in levels"},
    {PLX_OPTION_LOOKS, "When it is judged, after the start or by date: all of them"},
    {0},
};
static const struct plx_example add_examples[] = {
    {"step add inn.plx --point door --from 2 --share 0.6 --start 2027-01-11",
     "At the door from 2 to 3, everywhere: before and after"},
    {"step amend inn.plx 1 --places A,B,C,D --compare E,F,G,H", "four places, and four beside"},
    {0},
};
static const struct plx_example list_examples[] = {
    {"step list shop.plx", "all steps"},
    {"step list shop.plx --format csv -o steps.csv", "for a spreadsheet"},
    {0},
};
static const struct plx_example show_examples[] = {
    {"step show shop.plx 1", "the plan of step 1, and what was done since"},
    {"step show shop.plx 1 --format json", "for scripts"},
    {0},
};
static const struct plx_example start_examples[] = {
    {"step start shop.plx 1", "it begins today"},
    {0},
};
static const struct plx_example stop_examples[] = {
    {"step stop shop.plx 1 --note \"the new doors came late\"", "it ends, and why"},
    {0},
};
static const struct plx_example amend_examples[] = {
    {"step amend shop.plx 1 --start 2027-02-01 --note \"a week later\"", "before it started"},
    {0},
};

const struct plx_command plx_commands_step[] = {
    {.name = "step",
     .summary = "Write an improvement down before it starts",
     .details =
         "A step lifts one point by one level. What would count as success, where it is done, "
         "what it is compared with and when it is judged is written down before it starts, so "
         "that nobody chooses afterwards what to look at.\n\n"
         "A step registered, or amended, after its start can at most get the verdict `looks up`; "
         "so can one with fewer than four places and four to compare with."},
    {.name = "step",
     .verb = "add",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Register a step",
     .details =
         "--point, --from, --share and --start are needed. Places are those that occur in the "
         "answers. Each look may spend a share of the error of 5 %, later ones more, fixed with "
         "the step; a look that is not registered shows data and gives no verdict. Days are those "
         "of UTC.\n\n"
         "What was registered stays: `step amend` adds to it, with time and author. --dry-run says "
         "what the answers say of the plan, and when there would be enough of them, and writes "
         "nothing down.",
     .options = add_options,
     .examples = add_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_step_add},
    {.name = "step",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List the steps",
     .options = list_options,
     .examples = list_examples,
     .formats = "table json csv",
     .run = run_list},
    {.name = "step",
     .verb = "show",
     .arguments = "WS STEP",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Show a step and what was done to it",
     .options = list_options,
     .examples = show_examples,
     .formats = "table json",
     .run = run_show},
    {.name = "step",
     .verb = "start",
     .arguments = "WS STEP",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Say that a step has begun",
     .options = event_options,
     .examples = start_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = run_start},
    {.name = "step",
     .verb = "stop",
     .arguments = "WS STEP",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Say that a step is over, or given up",
     .details = "A stopped step cannot be amended or started again: that would be another step.",
     .options = event_options,
     .examples = stop_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = run_stop},
    {.name = "step",
     .verb = "amend",
     .arguments = "WS STEP",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Change the plan of a step, openly",
     .details =
         "What is not given stays. What was before is kept and shown with it. Once a step runs, or "
         "its start has gone by, an amendment of anything but owner and note leaves `looks up` as "
         "the best verdict there can be. Another point is another step.",
     .options = amend_options,
     .option_help = amend_help,
     .examples = amend_examples,
     .formats = "table json",
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_step_amend},
    {0},
};
