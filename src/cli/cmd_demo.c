/* SPDX-License-Identifier: GPL-3.0-or-later */
/* demo: a marketplace simulated from a documented truth (docs/demo.md). */
#include "cli/cmd_workspace.h"
#include "cli/command.h"
#include "cli/demo_folder.h"
#include "cli/demo_workspace.h"
#include "cli/reading.h"
#include "ingest/file_source.h"
#include "reading/gaps.h"
#include "report/gaps_page.h"
#include "report/gaps_table.h"
#include "report/next.h"
#include "sim/demo_map.h"
#include "sim/outcome.h"
#include "sim/world.h"

#include <string.h>

#define DEFAULT_FOLDER "demo"
#define DEFAULT_SEED 1

static gboolean run_truth(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (plx_invocation_n_arguments(invocation) > 0)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--truth prints and writes nothing: leave '%s' out",
                         plx_invocation_argument(invocation, 0));
    g_autoptr(plx_map) map = plx_demo_map(error);
    if (!map)
        return FALSE;
    if (plx_cmd_is_json(invocation))
        plx_truth_json(plx_truth(), map, plx_app_out(app));
    else
        plx_truth_text(plx_truth(), map, plx_app_out(app));
    return TRUE;
}

/* What `report` reads of the sample, as a user's own file would be read. */
struct sample {
    plx_cmd_source *source;
    plx_invocation *invocation;
    plx_gaps *gaps;
    GPtrArray *sections;
    plx_next *next;
};

static void sample_clear(struct sample *sample)
{
    g_clear_pointer(&sample->sections, g_ptr_array_unref);
    plx_next_free(sample->next);
    plx_gaps_free(sample->gaps);
    plx_invocation_free(sample->invocation);
    plx_cmd_source_free(sample->source);
}

static gboolean read_sample(struct sample *sample, plx_app *app, plx_map *map, const GString *csv,
                            const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, "ratings.csv", NULL);
    const struct plx_file_options file = {.threads = plx_app_threads(app)};
    const char *const line[] = {"parallax", "report", path};
    plx_source *source = plx_file_source_new_memory(csv->str, csv->len, path, map, &file, error);
    if (!source)
        return FALSE;
    sample->source = plx_cmd_source_of(source, "map.yaml");
    sample->invocation = plx_invocation_parse(G_N_ELEMENTS(line), line, error);
    if (!sample->invocation)
        return FALSE;
    sample->gaps = plx_cmd_source_gaps(sample->source, sample->invocation, NULL, error);
    if (!sample->gaps)
        return FALSE;
    sample->sections =
        plx_reading_sections(sample->source, sample->invocation, &sample->next, error);
    return sample->sections != NULL;
}

/* A path as it must be typed. */
static char *as_word(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return plx_cmd_word(path);
}

static void say_what_next(const char *folder, GString *out)
{
    g_autofree char *map = as_word(folder, "map.yaml");
    g_autofree char *ratings = as_word(folder, "ratings.csv");
    g_autofree char *page = as_word(folder, "report.html");
    g_autofree char *store = as_word(folder, PLX_DEMO_WORKSPACE);
    g_string_append_printf(out,
                           "\nWritten: %s, %s, %s, %s\n\n"
                           "Try next:\n"
                           "  parallax serve %s\n"
                           "      the same in the browser, to look around in and to change\n"
                           "  parallax point %s doorstep --map %s\n"
                           "      everything that was said about the doorstep\n"
                           "  parallax gaps %s --map %s --by place --audiences customer,shopper\n"
                           "      the same gaps, place by place\n"
                           "  parallax next %s --map %s\n"
                           "      the one step to take, and why\n"
                           "  parallax step verify %s 1\n"
                           "      did it work? of a step registered in the sample's past; so is 2\n"
                           "  parallax demo --truth\n"
                           "      what the sample was drawn from, to see what was found of it\n",
                           map, ratings, page, store, store, ratings, map, ratings, map, ratings,
                           map, store);
}

/* What opens a page on this machine, or NULL: without a screen there is nothing to open it on, and
 * xdg-open would look for a browser of the terminal. */
static char *find_opener(void)
{
#ifdef __APPLE__
    return g_find_program_in_path("open");
#else
    static const char *const screens[] = {"DISPLAY", "WAYLAND_DISPLAY", "BROWSER"};
    for (guint i = 0; i < G_N_ELEMENTS(screens); i++)
        if (g_getenv(screens[i]) && *g_getenv(screens[i]))
            return g_find_program_in_path("xdg-open");
    return NULL;
#endif
}

static void open_page(plx_app *app, const char *folder)
{
    g_autofree char *page = g_build_filename(folder, "report.html", NULL);
    g_autofree char *opener = find_opener();
    char *argv[] = {opener, page, NULL};
    const GSpawnFlags quiet = G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
    if (!opener || !g_spawn_async(NULL, argv, NULL, quiet, NULL, NULL, NULL, NULL))
        plx_app_note(app, "no browser can be opened from here: open %s in one", page);
}

/* The page as `report` makes it, to the byte. */
static GString *make_page(const struct sample *sample, const char *folder)
{
    g_autofree char *ratings_word = as_word(folder, "ratings.csv");
    g_autofree char *map_word = as_word(folder, "map.yaml");
    g_autofree char *page_word = as_word(folder, "report.html");
    g_autofree char *command =
        g_strdup_printf("parallax report %s --map %s -o %s", ratings_word, map_word, page_word);
    g_autoptr(plx_story) step = sample->next ? plx_next_story(sample->next) : NULL;
    const struct plx_page_options options = {.version = PLX_VERSION,
                                             .command = command,
                                             .sections = sample->sections,
                                             .step = step,
                                             .quotes = sample->next};
    return plx_gaps_page(sample->gaps, &options);
}

static gboolean write_sample(plx_app *app, const struct sample *sample, const char *folder,
                             const char *map_text, const GString *csv, GError **error)
{
    g_autoptr(GString) page = make_page(sample, folder);
    const struct plx_demo_sample taken = {app, map_text, csv};
    const struct plx_demo_file files[] = {
        {.name = "map.yaml", .text = map_text, .length = strlen(map_text)},
        {.name = "ratings.csv", .text = csv->str, .length = csv->len},
        {.name = "report.html", .text = page->str, .length = page->len},
        {.name = PLX_DEMO_WORKSPACE, .make = plx_demo_workspace_make, .data = &taken},
    };
    if (!plx_demo_folder_write(folder, files, G_N_ELEMENTS(files), error))
        return FALSE;
    if (plx_app_quiet(app))
        return TRUE;
    const struct plx_table_options table = {.width = plx_app_width(app),
                                            .colour = plx_app_colour(app),
                                            .unicode = plx_app_unicode(app),
                                            .verbose = plx_app_verbose(app)};
    plx_gaps_table(sample->gaps, &table, plx_app_out(app));
    return TRUE;
}

/* Everything is made in memory and read back before the first byte is written. */
static gboolean write_demo(plx_app *app, const char *folder, guint64 seed, GError **error)
{
    g_autofree char *map_text = plx_demo_map_text(error);
    g_autoptr(plx_map) map = map_text ? plx_demo_map(error) : NULL;
    if (!map)
        return FALSE;
    g_autoptr(GString) csv = g_string_sized_new(3 << 20);
    plx_world_write(plx_truth(), seed, csv);
    struct sample sample = {0};
    const gboolean ok = read_sample(&sample, app, map, csv, folder, error) &&
                        write_sample(app, &sample, folder, map_text, csv, error);
    sample_clear(&sample);
    return ok;
}

static gboolean run_demo(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (plx_invocation_has(invocation, PLX_OPTION_TRUTH))
        return run_truth(app, invocation, error);
    if (strcmp(plx_invocation_string(invocation, PLX_OPTION_FORMAT), "table") != 0)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--format json belongs to --truth; for the gaps "
                         "as JSON: parallax gaps DIR/ratings.csv --map "
                         "DIR/map.yaml --format json");
    const char *argument = plx_invocation_argument(invocation, 0);
    const char *folder = argument ? argument : DEFAULT_FOLDER;
    const gint64 seed = plx_invocation_integer(invocation, PLX_OPTION_SEED, DEFAULT_SEED);
    if (*folder == '\0')
        return plx_error(error, PLX_ERROR_USAGE, "the folder has no name");
    if (!plx_demo_folder_check(folder, error) || !write_demo(app, folder, (guint64)seed, error))
        return FALSE;
    if (!plx_app_quiet(app))
        say_what_next(folder, plx_app_out(app));
    if (plx_invocation_has(invocation, PLX_OPTION_OPEN))
        open_page(app, folder);
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_SEED, PLX_OPTION_OPEN, PLX_OPTION_TRUTH,
                                             PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"demo", "writes demo/ and shows the gaps"},
    {"demo shop --seed 7 --open", "another sample, and its page in the browser"},
    {"demo --truth --format json", "what the sample is drawn from"},
    {0},
};

const struct plx_command plx_commands_demo[] = {
    {.name = "demo",
     .arguments = "[DIR]",
     .max_arguments = 1,
     .summary = "Write a sample to play with, and show its gaps",
     .details =
         "A marketplace's order journey over 18 months, simulated from a documented truth: nine "
         "leaders, staff, workshop tables, secret shoppers and two thousand customers at twenty "
         "places. Writes map.yaml, ratings.csv, report.html and demo.plx (a workspace with the "
         "answers and two steps to verify) into DIR (default: demo), which must be new, empty, or "
         "an "
         "earlier demo.\n\nThe seed changes who is sampled, never the "
         "truth. --truth prints that truth and writes nothing: what the customers would say if "
         "all were asked, which improvement was real, and which step would help most. "
         "docs/demo.md explains it. With -q the files are written and nothing is shown.",
     .options = options,
     .formats = "table json",
     .examples = examples,
     .main = TRUE,
     .run = run_demo},
    {0},
};
