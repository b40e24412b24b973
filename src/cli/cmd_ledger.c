/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ledger: all steps, what went with the whole before and what was lived after (docs/steps.md). */
#include "base/date.h"
#include "cli/cmd_source.h"
#include "cli/cmd_step.h"
#include "report/ledger.h"

#include <string.h>

/* What makes the same page again, on any day. */
static char *command_line(const plx_invocation *invocation, gint32 today)
{
    char day[PLX_DATE_SIZE];
    const gint64 seed = plx_invocation_integer(invocation, PLX_OPTION_SEED, 1);
    g_autofree char *store = plx_cmd_word(plx_invocation_argument(invocation, 0));
    g_autofree char *file = plx_cmd_word(plx_invocation_string(invocation, PLX_OPTION_OUTPUT));
    g_autofree char *with = seed == 1 ? NULL : g_strdup_printf(" --seed %" G_GINT64_FORMAT, seed);
    return g_strdup_printf("parallax ledger %s --at %s%s -o %s", store, plx_date_format(today, day),
                           with ? with : "", file);
}

static void write_page(plx_app *app, const plx_invocation *invocation, const plx_ledger *ledger,
                       gint32 today)
{
    g_autofree char *line = command_line(invocation, today);
    g_autoptr(plx_story) story = plx_ledger_story(ledger);
    plx_cmd_step_page(app, invocation, story, line);
}

static void write_ledger(plx_app *app, const plx_invocation *invocation, const plx_ledger *ledger)
{
    const struct plx_table_options form = plx_cmd_step_form(app);
    const char *const format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0) {
        plx_ledger_json(ledger, plx_app_out(app));
    } else if (strcmp(format, "csv") == 0) {
        plx_ledger_csv(ledger, plx_app_out(app));
    } else {
        g_autoptr(plx_story) story = plx_ledger_story(ledger);
        plx_story_text(story, &form, plx_app_out(app));
    }
}

static gboolean run_ledger(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gint64 last;
    struct plx_trial_options options = {
        .seed = (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, 1)};
    if (!plx_cmd_step_check_form(invocation, error) ||
        !plx_cmd_day(invocation, &options.today, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) steps = store ? plx_cmd_steps_read(store, &last, error) : NULL;
    if (!steps)
        return FALSE;
    options.steps = steps;
    g_autoptr(plx_source) source = plx_store_source(store, plx_app_threads(app));
    g_autoptr(plx_ledger) ledger = plx_ledger_read(source, steps, &options, error);
    if (!ledger)
        return FALSE;
    if (plx_cmd_step_is_page(invocation))
        write_page(app, invocation, ledger, options.today);
    else
        write_ledger(app, invocation, ledger);
    return plx_cmd_step_written(app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_AT, PLX_OPTION_SEED, PLX_OPTION_OUTPUT,
                                             PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"ledger shop.plx", "what kind of step works here"},
    {"ledger shop.plx --at 2027-03-01", "as on that day"},
    {"ledger shop.plx -o ledger.html", "the same as a page"},
    {"ledger shop.plx --format csv -o ledger.csv", "one row per step, for a spreadsheet"},
    {0},
};

const struct plx_command plx_commands_ledger[] = {
    {.name = "ledger",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Say what kind of step works here",
     .details =
         "All steps of a workspace: how much higher, before each began, those rated the whole who "
         "were content at its moment (association, part of it mood), and what was lived after it: "
         "the verdict of 'step verify' with its change, and what the whole did.\n\n"
         "Then the same by value category, sense and effort of the moment in the map, and by "
         "repair. A kind is said to work better only when its share of steps that went up surely "
         "differs from that of all others.",
     .options = options,
     .examples = examples,
     .formats = "table json csv",
     .own_output = TRUE,
     .run = run_ledger},
    {0},
};
