/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import: files of answers into a workspace, each wholly or not at all. */
#include "cli/cmd_import.h"

#include "cli/cmd_reveal.h"
#include "cli/cmd_source.h"
#include "cli/import_told.h"
#include "cli/interrupt.h"
#include "cli/tryout.h"
#include "ingest/reader.h"
#include "ingest/recipe_builtin.h"
#include "store/import.h"
#include "store/reveals.h"

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
    const GString *text; /* what stands in it where there is no such file; then nothing is told */
    gboolean dry_run;    /* the store is a trial */
    guint taken, of;     /* files */
    struct plx_import_told *told; /* as JSON; NULL: in words */
    guint32 scaled;               /* audiences whose scale is the recipe's, a bit each */
    const char *kept;             /* what the file is remembered as; NULL: its path */
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

static const char *why_nothing(const struct job *job, const struct plx_file_summary *summary)
{
    if (summary->rows == summary->rejected)
        return "no row of it is left";
    return job->import.repeat == PLX_REPEAT_ONLY_NEW ? "nothing of it is new"
                                                     : "all of it is here already";
}

static void tell_scales(const struct job *job, GString *out)
{
    const plx_map *const map = plx_store_map(job->store);
    for (guint a = 0; a < map->n_audiences; a++)
        if (job->scaled >> a & 1)
            g_string_append_printf(
                out,
                "  %s: asked on a scale from %d to %d %s, in forms, too; undoing "
                "the import takes that back\n",
                map->audiences[a].title, map->audiences[a].scale->min, map->audiences[a].scale->max,
                job->dry_run ? "then" : "from now on");
}

static void tell(const struct job *job, const struct plx_file_summary *summary,
                 const struct plx_import_outcome *outcome)
{
    GString *const out = plx_app_out(job->app);
    g_autofree char *taken = plx_cmd_count(outcome->observations, "observation", "observations");
    g_string_append_printf(out, "%s: ", job->path);
    if (outcome->same)
        g_string_append_printf(out, "%s; nothing was changed", why_nothing(job, summary));
    else
        g_string_append_printf(out, job->dry_run ? "%s would be taken" : "%s taken", taken);
    plx_cmd_count_some(out, outcome->same ? 0 : outcome->known, "was here already",
                       "were here already");
    plx_cmd_count_some(out, outcome->replaced, "of them in place of another",
                       "of them in place of others");
    plx_cmd_count_some(out, outcome->repeated, "of them looks like one that was here",
                       "of them look like some that were here");
    plx_cmd_count_some(out, summary->duplicates, "was there twice in the file",
                       "were there twice in the file");
    plx_cmd_count_some(out, summary->rejected, "wrong row left out", "wrong rows left out");
    if (outcome->import > 0 && !job->dry_run)
        g_string_append_printf(out, " (import %" G_GINT64_FORMAT ")", outcome->import);
    g_string_append_c(out, '\n');
    plx_cmd_tell_late(out, &job->import, outcome, job->dry_run);
    if (!outcome->same)
        tell_scales(job, out);
}

static gboolean take(struct job *job, plx_import *import, GError **error)
{
    struct plx_file_summary summary = {0};
    struct plx_import_outcome outcome;
    job->file.row_salt = plx_import_salt(import);
    plx_map *const map = plx_store_map(job->store);
    g_autoptr(plx_source) source =
        job->text ? plx_file_source_new_memory(job->text->str, job->text->len, job->path, map,
                                               &job->file, error)
                  : plx_file_source_new(job->path, map, &job->file, error);
    if (!source || !plx_file_source_run(source, plx_import_sink(import), &summary, error))
        return FALSE;
    plx_sink *const sink = plx_import_sink(import);
    const struct plx_import_summary found = {summary.rows, summary.rejected, summary.duplicates};
    if (!sink->finish(sink, error) || !plx_import_finish(import, &found, &outcome, error))
        return FALSE;
    if (job->told)
        return plx_import_told_done(job->told, job->dry_run ? source : NULL, map, job->scaled,
                                    &summary, &outcome, error);
    if (!job->text)
        tell(job, &summary, &outcome);
    return TRUE;
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
    g_autofree char *stem = plx_file_dataset(job->path);
    struct plx_first_needs *const first = plx_gaps_first_needs(plx_store_map(job->store), error);
    if (!first)
        return FALSE;
    job->import.needs = plx_first_needs_get(first, &job->import.n_needs);
    job->import.file = job->kept ? job->kept : job->path;
    job->import.tick = look_around;
    job->import.tick_data = job;
    job->began = g_get_monotonic_time();
    job->bytes = job->text ? job->text->len : bytes_of(job->path);
    job->import.dataset = dataset ? dataset : stem;
    job->file.dataset = job->import.dataset;
    job->file.stopped = plx_interrupts_pending;
    plx_import *const import = plx_import_begin(job->store, &job->import, error);
    const gboolean ok = import && take(job, import, error);
    plx_import_free(import);
    plx_first_needs_free(first);
    return ok;
}

/* Those that guesses may be late for; to outlive the job. */
static gboolean find_reveals(struct job *job, GArray **reveals, GError **error)
{
    if (!plx_reveals_read(job->store, reveals, error))
        return FALSE;
    job->import.reveals = (const struct plx_shown *)(gconstpointer)(*reveals)->data;
    job->import.n_reveals = (*reveals)->len;
    return TRUE;
}

gboolean plx_cmd_import_file(plx_app *app, plx_store *store, const char *path, const char *dataset,
                             enum plx_import_repeat repeat, GError **error)
{
    const guint threads = plx_app_threads(app);
    struct job job = {.app = app,
                      .store = store,
                      .path = path,
                      .file = {.threads = threads},
                      .import = {.repeat = repeat, .n_workers = threads}};
    g_autoptr(GArray) reveals = NULL;
    if (!find_reveals(&job, &reveals, error))
        return FALSE;
    return import_file(&job, dataset, error);
}

gboolean plx_cmd_import_text(plx_app *app, plx_store *store, const GString *text, const char *name,
                             GError **error)
{
    const guint threads = plx_app_threads(app);
    struct job job = {.app = app,
                      .store = store,
                      .path = name,
                      .text = text,
                      .file = {.threads = threads},
                      .import = {.repeat = PLX_REPEAT_REFUSE, .n_workers = threads}};
    return import_file(&job, NULL, error);
}

/* The recipe's scales on the map; which audiences have another one than before. */
static gboolean apply_recipe(struct job *job, const plx_invocation *invocation, plx_recipe **recipe,
                             GError **error)
{
    plx_map *const map = plx_store_map(job->store);
    const struct plx_scale *before[PLX_AUDIENCES_MAX];
    for (guint a = 0; a < map->n_audiences; a++)
        before[a] = map->audiences[a].scale;
    if (!plx_cmd_recipe(invocation, map, recipe, error))
        return FALSE;
    for (guint a = 0; a < map->n_audiences; a++)
        if (!plx_scale_same(before[a], map->audiences[a].scale))
            job->scaled |= 1U << a;
    return TRUE;
}

static gboolean prepare(struct job *job, const plx_invocation *invocation, plx_recipe **recipe,
                        GError **error)
{
    plx_map *const map = plx_store_map(job->store);
    if (!plx_cmd_file_options(job->app, invocation, &job->file, error) ||
        !plx_cmd_apply_audiences(map, invocation, error) ||
        !choose_repeat(invocation, &job->import.repeat, error) ||
        !apply_recipe(job, invocation, recipe, error))
        return FALSE;
    job->file.plan = *recipe ? plx_recipe_plan(*recipe) : NULL;
    job->import.recipe =
        plx_cmd_kept_name(invocation, plx_invocation_string(invocation, PLX_OPTION_RECIPE));
    job->import.n_workers = plx_app_threads(job->app);
    return TRUE;
}

static gboolean import_files(struct job *job, const plx_invocation *invocation, GError **error)
{
    plx_recipe *recipe = NULL;
    g_autoptr(GArray) reveals = NULL;
    if (!find_reveals(job, &reveals, error))
        return FALSE;
    gboolean ok = prepare(job, invocation, &recipe, error);
    const char *dataset = plx_invocation_string(invocation, PLX_OPTION_DATASET);
    if (!dataset && job->file.plan)
        dataset = job->file.plan->dataset;
    job->of = plx_invocation_n_arguments(invocation) - 1;
    while (ok && job->taken < job->of) {
        job->path = plx_invocation_argument(invocation, job->taken + 1);
        job->kept = plx_cmd_kept_name(invocation, job->path);
        if (job->told)
            plx_import_told_begin(job->told, job->path, &job->file);
        ok = import_file(job, dataset, error);
        job->taken += ok ? 1 : 0;
    }
    if (!ok && job->taken > 0 && error && *error)
        g_prefix_error(error, "(%u of %u files %s taken before) ", job->taken, job->of,
                       job->dry_run ? "would be" : "were");
    plx_recipe_free(recipe);
    return ok;
}

static gboolean run_import(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct job job = {.app = app, .dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN)};
    g_autoptr(plx_store) store = plx_cmd_workspace_open(
        app, invocation, job.dry_run ? PLX_STORE_READ : PLX_STORE_WRITE, error);
    struct plx_tryout tryout = {0};
    g_autoptr(plx_store) tried = NULL;
    if (!store)
        return FALSE;
    struct plx_interrupts interrupts;
    plx_interrupts_hold(&interrupts);
    if (job.dry_run)
        tried = plx_tryout_open(&tryout, store, error);
    job.store = job.dry_run ? tried : store;
    if (plx_cmd_is_json(invocation))
        job.told = plx_import_told_new(plx_app_out(app), job.dry_run);
    g_autoptr(GError) cause = NULL;
    gboolean ok = job.store && import_files(&job, invocation, &cause);
    if (job.told && cause)
        plx_import_told_failed(job.told, cause);
    plx_import_told_free(job.told);
    if (cause)
        g_propagate_error(error, g_steal_pointer(&cause));
    /* What was done is told, whatever ends the program now. */
    if (!plx_app_flush(app, NULL, ok ? error : NULL))
        ok = FALSE;
    g_clear_pointer(&tried, plx_store_free);
    plx_tryout_clear(&tryout);
    g_clear_pointer(&store, plx_store_free);
    plx_cmd_release(app, &interrupts, job.taken > 0 && !job.dry_run);
    return ok;
}

static const enum plx_option_id options[] = {
    PLX_OPTION_DATASET,   PLX_OPTION_DRY_RUN,       PLX_OPTION_REPLACE,
    PLX_OPTION_ONLY_NEW,  PLX_OPTION_ALLOW_REPEAT,  PLX_OPTION_RECIPE,
    PLX_OPTION_SET,       PLX_OPTION_DECLARE,       PLX_OPTION_ENCODING,
    PLX_OPTION_DELIMITER, PLX_OPTION_IGNORE_COLUMN, PLX_OPTION_MAX_ERRORS,
    PLX_OPTION_REJECTS,   PLX_OPTION_STEP_BY,       PLX_OPTION_END};
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
     .formats = "text json",
     .examples = examples,
     .main = TRUE,
     .audit = PLX_AUDIT_ANSWERS,
     .run = run_import},
    {0},
};
