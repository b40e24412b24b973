/* SPDX-License-Identifier: GPL-3.0-or-later */
/* promises: who knew what was promised, and for whom it was kept (docs/readings.md). */
#include "cli/reading.h"
#include "reading/promises.h"
#include "report/promises.h"

static gpointer read_promises(const plx_cmd_source *source, const plx_invocation *invocation,
                              GError **error)
{
    struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_promises_read(plx_cmd_source_get(source), &options, error);
}

static void free_promises(gpointer promises)
{
    plx_promises_free(promises);
}

static plx_story *tell(gconstpointer promises)
{
    return plx_promises_story(promises);
}

static void write_json(gconstpointer promises, GString *out)
{
    plx_promises_json(promises, out);
}

static void write_csv(gconstpointer promises, GString *out)
{
    plx_promises_csv(promises, out);
}

static void give_figures(gconstpointer promises, GArray *figures)
{
    plx_promises_figures(promises, figures);
}

const struct plx_reading_view plx_reading_view_promises = {
    .name = "promises",
    .in_report = TRUE,
    .read = read_promises,
    .free = free_promises,
    .story = tell,
    .json = write_json,
    .csv = write_csv,
    .figures = give_figures,
};

static gboolean plx_cmd_promises(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_promises, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_WEIGHTS_FILE,
                                             PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_BY, ""},
    {PLX_OPTION_MEASURE, ""},
    {0},
};
static const struct plx_example examples[] = {
    {"promises ratings.csv --map map.yaml", "which promises are known, and kept"},
    {"promises shop.plx --since 2026-01-01", "by the answers of this year"},
    {"promises shop.plx --format json", "the same for scripts"},
    {"report shop.plx --reading promises -o promises.html", "as a page"},
    {0},
};

const struct plx_command plx_commands_promises[] = {
    {.name = "promises",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show which promises are known, and which are kept",
     .details =
         "A promise stands on the map: its words, where and since when they are said, and the "
         "moments it is about. Rows with the columns promise, known and kept say who knew of it "
         "and for whom it was kept.\n\n"
         "A promise is kept where the share, with a range adjusted for all that is looked at, lies "
         "wholly above 90 in a hundred, and not kept where it lies wholly below; it is known, or "
         "hardly known, likewise at 50. Everything else is not enough yet. Channels are compared "
         "with all others. The levels at its moments are shown beside it, before and after it was "
         "made; time alone may explain a difference between the two.\n\n"
         "A promise that is not kept can be repaired in two ways: lift what is delivered, or "
         "correct what is said. Which one fits, answers do not say.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .option_help = option_help,
     .formats = "table json csv",
     .run = plx_cmd_promises},
    {0},
};
