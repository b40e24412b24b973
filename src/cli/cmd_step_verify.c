/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step verify: did it work? (docs/steps.md) */
#include "base/date.h"
#include "cli/cmd_source.h"
#include "cli/cmd_step.h"
#include "report/verdict.h"

#include <string.h>

/* What makes the same page again, on any day. */
static char *command_line(const plx_invocation *invocation, const plx_trial *trial)
{
    char day[PLX_DATE_SIZE];
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    const gint64 seed = plx_invocation_integer(invocation, PLX_OPTION_SEED, 1);
    g_autofree char *store = plx_cmd_word(plx_invocation_argument(invocation, 0));
    g_autofree char *file = plx_cmd_word(path);
    g_autofree char *with = seed == 1 ? NULL : g_strdup_printf(" --seed %" G_GINT64_FORMAT, seed);
    return g_strdup_printf("parallax step verify %s %" G_GINT64_FORMAT " --at %s%s -o %s", store,
                           trial->step->id, plx_date_format(trial->today, day), with ? with : "",
                           file);
}

static void write_page(plx_app *app, const plx_invocation *invocation, const plx_trial *trial)
{
    g_autofree char *line = command_line(invocation, trial);
    g_autoptr(plx_story) story = plx_verdict_story(trial);
    plx_cmd_step_page(app, invocation, story, line);
}

static void write_text(plx_app *app, const plx_trial *trial)
{
    const struct plx_table_options form = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_verdict_story(trial);
    plx_story_text(story, &form, plx_app_out(app));
}

static void write_form(plx_app *app, const plx_invocation *invocation, const plx_trial *trial)
{
    const char *const format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (plx_cmd_step_is_page(invocation))
        write_page(app, invocation, trial);
    else if (strcmp(format, "json") == 0)
        plx_verdict_json(trial, plx_app_out(app));
    else if (strcmp(format, "csv") == 0)
        plx_verdict_csv(trial, plx_app_out(app));
    else
        write_text(app, trial);
}

static gboolean run_verify(plx_app *app, const plx_invocation *invocation, GError **error)
{
    gint64 last, id;
    struct plx_trial_options options = {
        .seed = (guint64)plx_invocation_integer(invocation, PLX_OPTION_SEED, 1)};
    if (!plx_cmd_step_id(invocation, &id, error) || !plx_cmd_step_check_form(invocation, error) ||
        !plx_cmd_day(invocation, &options.today, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) steps = store ? plx_cmd_steps_read(store, &last, error) : NULL;
    const struct plx_step *const step = steps ? plx_step_find(steps, id, error) : NULL;
    if (!step)
        return FALSE;
    g_auto(GStrv) segments = plx_store_segments(store, error);
    if (!segments)
        return FALSE;
    options.steps = steps;
    options.segments = (const char *const *)segments;
    g_autoptr(plx_source) source = plx_store_source(store, plx_app_threads(app));
    g_autoptr(plx_trial) trial = plx_trial_read(source, step, &options, error);
    if (!trial)
        return FALSE;
    write_form(app, invocation, trial);
    return plx_cmd_step_written(app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_AT, PLX_OPTION_SEED, PLX_OPTION_OUTPUT,
                                             PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"step verify shop.plx 1", "up, not shown, down, too early, or looks up; and why"},
    {"step verify shop.plx 1 --at 2027-03-01", "as on that day"},
    {"step verify shop.plx 1 -o verdict.html", "the same as a page"},
    {"step verify shop.plx 1 --format csv -o weeks.csv", "places and weeks, for a spreadsheet"},
    {0},
};

const struct plx_command plx_commands_step_verify[] = {
    {.name = "step",
     .verb = "verify",
     .arguments = "WS STEP",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Say whether a step worked",
     .details =
         "Holds the change at the places with the step against that at the places without, on the "
         "looks that were registered and with the share of the error that each of them may spend. "
         "On other days there is data and no verdict.\n\n"
         "`up` and `down` are shown; `not shown` is no proof of nothing; `too early` waits for the "
         "next look. `looks up` is said where it proves nothing: registered or amended after the "
         "start, fewer than four places and four to compare with, or a baseline from before the "
         "choice.\n\n"
         "Beside it: what would make it doubtful, how often the same rule cries up where nothing "
         "was done, and, 90 days after the last look, whether it held.",
     .options = options,
     .examples = examples,
     .formats = "table json csv",
     .own_output = TRUE,
     .main = TRUE,
     .run = run_verify},
    {0},
};
