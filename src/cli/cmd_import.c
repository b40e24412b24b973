/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import: files of answers into a workspace, each wholly or not at all. */
#include "cli/cmd_source.h"
#include "cli/cmd_workspace.h"
#include "cli/interrupt.h"
#include "ingest/reader.h"
#include "ingest/recipe_builtin.h"
#include "store/import.h"

#include <string.h>
#include <sys/stat.h>

static gboolean choose_repeat(const plx_invocation *invocation, enum plx_import_repeat *repeat,
                              GError **error)
{
    static const struct {
        enum plx_option_id option;
        enum plx_import_repeat repeat;
    } choices[] = {{PLX_OPTION_REPLACE, PLX_REPEAT_REPLACE},
                   {PLX_OPTION_ONLY_NEW, PLX_REPEAT_ONLY_NEW},
                   {PLX_OPTION_ALLOW_REPEAT, PLX_REPEAT_ALLOW}};
    enum plx_import_repeat found = PLX_REPEAT_REFUSE;
    for (gsize i = 0; i < G_N_ELEMENTS(choices); i++) {
        if (!plx_invocation_has(invocation, choices[i].option))
            continue;
        if (found != PLX_REPEAT_REFUSE)
            return plx_error(error, PLX_ERROR_USAGE,
                             "only one of --replace, --only-new and --allow-repeat");
        found = choices[i].repeat;
    }
    *repeat = found;
    return TRUE;
}

/* One file on its way. */
struct job {
    plx_app *app;
    plx_store *store;
    const plx_recipe *recipe;
    const char *path;
    struct plx_file_options file;
    struct plx_import_options import;
    gint64 began;  /* monotonic */
    guint64 bytes; /* of the file; 0: not known, or compressed */
};

/* Looks for Ctrl-C, and says how far it is. Rows of a compressed file cannot be told beforehand. */
static gboolean look_around(guint64 rows, guint64 block, gpointer data)
{
    const struct job *const job = data;
    const double seconds =
        (double)(g_get_monotonic_time() - job->began) / (double)G_USEC_PER_SEC + 1e-3;
    const guint64 done = MIN(block * PLX_READER_BLOCK, job->bytes);
    const double left = done > 0 ? seconds * (double)(job->bytes - done) / (double)done : 0.0;
    char what[96];
    g_snprintf(what, sizeof what, "%.1f million rows, %.1f million a second", (double)rows / 1e6,
               (double)rows / 1e6 / seconds);
    if (job->bytes > 0 && done > 0)
        g_snprintf(what + strlen(what), sizeof what - strlen(what), ", %.0f s left", left);
    plx_app_progress(job->app, what, done, job->bytes);
    return !plx_interrupts_pending();
}

static const char *why_nothing(const struct job *job, const struct plx_import_outcome *outcome)
{
    if (outcome->observations == 0 && outcome->known == 0)
        return "no row of it is left";
    return job->import.repeat == PLX_REPEAT_ONLY_NEW ? "nothing of it is new"
                                                     : "all of it is here already";
}

static void tell(const struct job *job, const struct plx_file_summary *summary,
                 const struct plx_import_outcome *outcome)
{
    GString *const out = plx_app_out(job->app);
    g_autofree char *taken = plx_cmd_count(outcome->observations, "observation", "observations");
    g_string_append_printf(out, "%s: ", job->path);
    if (outcome->same)
        g_string_append_printf(out, "%s; nothing was changed", why_nothing(job, outcome));
    else
        g_string_append_printf(out, job->import.dry_run ? "%s would be taken" : "%s taken", taken);
    if (outcome->known > 0 && !outcome->same)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " were here already", outcome->known);
    if (outcome->replaced > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " of them in place of others",
                               outcome->replaced);
    if (outcome->repeated > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " of them look like some that were here",
                               outcome->repeated);
    if (summary->duplicates > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " were there twice in the file",
                               summary->duplicates);
    if (summary->rejected > 0)
        g_string_append_printf(out, ", %" G_GUINT64_FORMAT " wrong rows left out",
                               summary->rejected);
    if (outcome->import > 0)
        g_string_append_printf(out, " (import %" G_GINT64_FORMAT ")", outcome->import);
    g_string_append_c(out, '\n');
}

static gboolean take(struct job *job, plx_import *import, GError **error)
{
    struct plx_file_summary summary = {0};
    struct plx_import_outcome outcome;
    job->file.row_salt = plx_import_salt(import);
    g_autoptr(plx_source) source =
        plx_file_source_new(job->path, plx_store_map(job->store), &job->file, error);
    if (!source || !plx_file_source_run(source, plx_import_sink(import), &summary, error))
        return FALSE;
    plx_sink *const sink = plx_import_sink(import);
    const struct plx_import_summary found = {summary.rows, summary.rejected, summary.duplicates};
    if (!sink->finish(sink, error) || !plx_import_finish(import, &found, &outcome, error))
        return FALSE;
    tell(job, &summary, &outcome);
    return TRUE;
}

/* The name without its ending: "survey.2024" of survey.2024.csv.gz. */
static char *stem_of(const char *path)
{
    char *const base = g_path_get_basename(path);
    for (guint k = 0; k < 2; k++) {
        char *const dot = strrchr(base, '.');
        const gboolean packed = dot && strcmp(dot, ".gz") == 0;
        if (dot && dot > base)
            *dot = '\0';
        if (!packed)
            break;
    }
    return base;
}

/* Bytes that the reader will see. */
static guint64 bytes_of(const char *path)
{
    struct stat status;
    if (g_str_has_suffix(path, ".gz") || stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return 0;
    return (guint64)status.st_size;
}

static gboolean import_file(struct job *job, const char *dataset, GError **error)
{
    g_autofree char *stem = stem_of(job->path);
    struct plx_first_needs *const first = plx_gaps_first_needs(plx_store_map(job->store), error);
    if (!first)
        return FALSE;
    job->import.needs = plx_first_needs_get(first, &job->import.n_needs);
    job->import.file = job->path;
    job->import.tick = look_around;
    job->import.tick_data = job;
    job->began = g_get_monotonic_time();
    job->bytes = bytes_of(job->path);
    job->import.dataset = dataset ? dataset : stem;
    job->file.dataset = job->import.dataset;
    plx_import *const import = plx_import_begin(job->store, &job->import, error);
    const gboolean ok = import && take(job, import, error);
    plx_import_free(import);
    plx_first_needs_free(first);
    return ok;
}

static gboolean prepare(struct job *job, const plx_invocation *invocation, plx_recipe **recipe,
                        GError **error)
{
    plx_map *const map = plx_store_map(job->store);
    if (!plx_cmd_file_options(job->app, invocation, &job->file, error) ||
        !plx_cmd_apply_audiences(map, invocation, error) ||
        !choose_repeat(invocation, &job->import.repeat, error) ||
        !plx_cmd_recipe(invocation, map, recipe, error))
        return FALSE;
    job->file.plan = *recipe ? plx_recipe_plan(*recipe) : NULL;
    job->import.recipe = plx_invocation_string(invocation, PLX_OPTION_RECIPE);
    job->import.dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN);
    job->import.n_workers = plx_app_threads(job->app);
    return TRUE;
}

static gboolean run_import(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct job job = {.app = app};
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    plx_recipe *recipe = NULL;
    if (!store)
        return FALSE;
    job.store = store;
    struct plx_interrupts interrupts;
    plx_interrupts_hold(&interrupts);
    gboolean ok = prepare(&job, invocation, &recipe, error);
    const char *dataset = plx_invocation_string(invocation, PLX_OPTION_DATASET);
    if (!dataset && job.file.plan)
        dataset = job.file.plan->dataset;
    for (guint i = 1; ok && i < plx_invocation_n_arguments(invocation); i++) {
        job.path = plx_invocation_argument(invocation, i);
        ok = import_file(&job, dataset, error);
        if (!ok && i > 1 && error && *error)
            g_prefix_error(error, "(%u of %u files %s taken before) ", i - 1,
                           plx_invocation_n_arguments(invocation) - 1,
                           job.import.dry_run ? "would be" : "were");
    }
    /* What was done is told, whatever ends the program now. */
    if (!plx_app_flush(app, NULL, ok ? error : NULL))
        ok = FALSE;
    plx_recipe_free(recipe);
    g_clear_pointer(&store, plx_store_free);
    plx_interrupts_release(&interrupts);
    return ok;
}

static const enum plx_option_id options[] = {
    PLX_OPTION_DATASET,      PLX_OPTION_DRY_RUN,   PLX_OPTION_REPLACE,       PLX_OPTION_ONLY_NEW,
    PLX_OPTION_ALLOW_REPEAT, PLX_OPTION_RECIPE,    PLX_OPTION_SET,           PLX_OPTION_DECLARE,
    PLX_OPTION_ENCODING,     PLX_OPTION_DELIMITER, PLX_OPTION_IGNORE_COLUMN, PLX_OPTION_MAX_ERRORS,
    PLX_OPTION_REJECTS,      PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"import shop.plx ratings.csv", "the answers of a file"},
    {"import shop.plx export.csv --recipe my-recipe.yaml", "of somebody else's file"},
    {"import shop.plx guests.csv --set audience=customer --set place=Graz", "what no column says"},
    {"import shop.plx ratings.csv --dry-run", "what would happen"},
    {0},
};

const struct plx_command plx_commands_import[] = {
    {.name = "import",
     .arguments = "WS FILE...",
     .min_arguments = 2,
     .max_arguments = G_MAXUINT,
     .summary = "Take files of answers into a workspace",
     .details =
         "Each file is taken wholly or not at all; nothing is seen of it before it is whole.\n\n"
         "The same file again changes nothing. Where keys are there already with other content, "
         "or most rows are there already, the file is refused and the message says what to do: "
         "--replace, --only-new or --allow-repeat.",
     .options = options,
     .examples = examples,
     .main = TRUE,
     .run = run_import},
    {0},
};
