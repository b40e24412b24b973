/* SPDX-License-Identifier: GPL-3.0-or-later */
/* export: the answers of a workspace as a file. */
#include "cli/cmd_access.h"
#include "export/export.h"
#include "store/export_scan.h"

#include <string.h>

struct job {
    plx_app *app;
    plx_export *export;
};

static gboolean tell(enum plx_row_keys keys, gpointer data)
{
    const struct job *const job = data;
    guint64 done, total;
    plx_export_set_keys(job->export, keys);
    plx_export_progress(job->export, &done, &total);
    plx_app_progress(job->app, total > 0 ? "writing" : "looking", done, total);
    return !plx_interrupts_pending();
}

static gboolean is_done(gpointer data)
{
    return plx_export_is_done(((const struct job *)data)->export);
}

static void note(plx_app *app, const struct plx_export_options *options, const plx_export *export)
{
    const char *const path = options->path;
    struct plx_export_outcome outcome;
    plx_export_outcome(export, &outcome);
    g_autofree char *rows = plx_cmd_count(outcome.observations, "observation", "observations");
    if (strcmp(path, "-") != 0)
        plx_app_note(app, "written %s: %s%s", path,
                     options->format == PLX_EXPORT_CODEBOOK ? "what the columns mean, of " : "",
                     rows);
    if (options->format == PLX_EXPORT_CODEBOOK)
        return;
    if (outcome.shortened > 0)
        plx_app_note(app, "%" G_GUINT64_FORMAT " texts were too long for this kind of file",
                     outcome.shortened);
    if (outcome.split > 0)
        plx_app_note(app,
                     "%u encounters are written as several: their source, language, … differ "
                     "within",
                     outcome.split);
    if (outcome.with_items)
        plx_app_note(app, "some rows have an item number: else they would be the same observation "
                          "twice");
}

static gboolean export_to(plx_app *app, const plx_invocation *invocation,
                          struct plx_export_options *options, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    if (!store)
        return FALSE;
    options->map = plx_store_map(store);
    g_autoptr(plx_export) export = plx_export_new(options, error);
    if (!export)
        return FALSE;
    struct job job = {app, export};
    const struct plx_export_scan scan = {
        .sink = plx_export_sink(export), .tell = tell, .is_done = is_done, .data = &job};
    if (!plx_export_scan_run(store, &scan, error))
        return FALSE;
    note(app, options, export);
    return TRUE;
}

static gboolean run_export(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    const gboolean named = plx_invocation_has(invocation, PLX_OPTION_FORMAT);
    const char *const word = named ? plx_invocation_string(invocation, PLX_OPTION_FORMAT) : NULL;
    struct plx_export_options options = {.path = path};
    if (!path)
        return plx_error(error, PLX_ERROR_USAGE,
                         "export writes a file: add -o FILE, which ends in .csv, .csv.gz, "
                         ".ndjson, .xlsx or .sav");
    if (!plx_export_format_find(path, word, &options.format, error) ||
        !plx_cmd_note_taken(app, invocation, path, error))
        return FALSE;
    struct plx_interrupts interrupts;
    plx_interrupts_hold(&interrupts);
    const gboolean ok = export_to(app, invocation, &options, error);
    plx_cmd_release(app, &interrupts, ok);
    return ok;
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_OUTPUT, "Where to: FILE.csv, .csv.gz, .ndjson, .xlsx or .sav; - with --format is "
                        "standard output"},
    {PLX_OPTION_FORMAT,
     "Instead of what the name ends in: csv, csv.gz, ndjson, xlsx, sav; or codebook: "
     "what the columns mean"},
    {0},
};
static const struct plx_example examples[] = {
    {"export shop.plx -o answers.csv", "to read again, here or in another workspace"},
    {"export shop.plx -o answers.xlsx", "for a spreadsheet"},
    {"export shop.plx -o answers.sav", "for SPSS or PSPP"},
    {"export shop.plx -o - --format ndjson", "for another program"},
    {"export shop.plx -o codebook.csv --format codebook", "what the columns and their values mean"},
    {0},
};

const struct plx_command plx_commands_export[] = {
    {.name = "export",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Write the answers of a workspace to a file",
     .details =
         "By the end of its name: .csv (also .csv.gz) reads in again and gives the same readings, "
         ".ndjson has an object per line, .xlsx and .sav have typed columns with labels. With "
         "--format codebook it is a CSV that says what these columns and their values mean, and "
         "has "
         "no answers.\n\n"
         "These are the answers of single persons, as whoever holds the workspace may see them; "
         "keys of respondents are written as hashes. A new file may be read by its owner only; one "
         "that is replaced keeps who may. Nothing is in its place before all of it is.",
     .options = options,
     .option_help = option_help,
     .formats = "csv csv.gz ndjson xlsx sav codebook",
     .own_output = TRUE,
     .examples = examples,
     .run = run_export},
    {0},
};
