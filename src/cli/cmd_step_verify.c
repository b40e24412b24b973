/* SPDX-License-Identifier: GPL-3.0-or-later */
/* step verify: did it work? (docs/steps.md) */
#include "base/date.h"
#include "cli/cmd_source.h"
#include "cli/cmd_step.h"
#include "report/verdict.h"

#include <string.h>

static gboolean ends(const char *path, const char *const *endings)
{
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    for (guint i = 0; lower && endings[i]; i++)
        if (g_str_has_suffix(lower, endings[i]))
            return TRUE;
    return FALSE;
}

static gboolean is_page(const plx_invocation *invocation)
{
    static const char *const endings[] = {".html", ".htm", NULL};
    return ends(plx_invocation_string(invocation, PLX_OPTION_OUTPUT), endings);
}

static gboolean check_form(const plx_invocation *invocation, GError **error)
{
    static const char *const others[] = {".xlsx", ".pdf", ".docx", NULL};
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    if (ends(path, others))
        return plx_error(error, PLX_ERROR_USAGE,
                         "-o \"%s\": 'step verify' writes a page (.html), a text, or what --format "
                         "names",
                         path);
    if (is_page(invocation) && plx_invocation_has(invocation, PLX_OPTION_FORMAT))
        return plx_error(error, PLX_ERROR_USAGE,
                         "-o \"%s\" is a page: leave --format out, or name the file otherwise",
                         path);
    return TRUE;
}

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
    const struct plx_page_options options = {.version = PLX_VERSION, .command = line};
    g_autoptr(plx_story) story = plx_verdict_story(trial);
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_string_append_len(plx_app_out(app), page->str, (gssize)page->len);
    plx_app_note(app, "written %s", plx_invocation_string(invocation, PLX_OPTION_OUTPUT));
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
    if (is_page(invocation))
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
    if (!plx_cmd_step_id(invocation, &id, error) || !check_form(invocation, error) ||
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
    return plx_app_flush(app, plx_invocation_string(invocation, PLX_OPTION_OUTPUT), error);
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
