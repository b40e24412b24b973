/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journey: bad moments on the way, and what goes with how it was as a whole (docs/readings.md). */
#include "cli/reading.h"
#include "report/journey.h"

static gpointer read_journey(const plx_cmd_source *source, const plx_invocation *invocation,
                             GError **error)
{
    const struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_ways_read(plx_cmd_source_get(source), &options, error);
}

static void free_journey(gpointer reading)
{
    plx_ways_free(reading);
}

static plx_story *tell_journey(gconstpointer reading)
{
    return plx_journey_story(reading);
}

static void write_json(gconstpointer reading, GString *out)
{
    plx_journey_json(reading, out);
}

static void write_csv(gconstpointer reading, GString *out)
{
    plx_journey_csv(reading, out);
}

static void add_figures(gconstpointer reading, GArray *figures)
{
    plx_ways_figures(reading, figures);
}

const struct plx_reading_view plx_reading_view_journey = {.name = "journey",
                                                          .alike = TRUE,
                                                          .in_report = TRUE,
                                                          .read = read_journey,
                                                          .free = free_journey,
                                                          .story = tell_journey,
                                                          .json = write_json,
                                                          .csv = write_csv,
                                                          .figures = add_figures};

static gboolean plx_cmd_journey(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_journey, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_BY, ""},
    {PLX_OPTION_MEASURE, "Question about the moments (default: level)"},
    {0},
};
static const struct plx_example examples[] = {
    {"journey ratings.csv --map map.yaml", "bad moments along the way, in order of the map"},
    {"journey shop.plx --where place=Graz", "of one place"},
    {"journey shop.plx --format json", "all numbers"},
    {"report shop.plx --reading journey -o journey.html", "as a page"},
    {0},
};

const struct plx_command plx_commands_journey[] = {
    {.name = "journey",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show bad moments on the way, and what goes with the end",
     .details =
         "A moment is bad where its mark is below Expected (the cut met of its scale). How many of "
         "them a journey has is the sum of the shares, whoever they fall on; moments that did not "
         "happen (na) do not count.\n\n"
         "Where people rated the whole way, it also says for how many everything was fine, after "
         "which moment that falls, and how many call the journey bad although every step was "
         "fine. Where nobody did, only bounds would follow, and it says so.\n\n"
         "Where they also said how it was as a whole (overall), the mean of the moments, the "
         "worst, "
         "the peak, the last, peak and end, and the number of bad ones are compared: which goes "
         "best with it, on people it was not fitted to. Rules that cannot be told apart are called "
         "so. What goes together is not yet cause and effect.\n\n"
         "The people served are looked at, journey by journey of the map. Without a map all "
         "moments "
         "are one way, and their order is not known.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .option_help = option_help,
     .formats = "table json csv",
     .run = plx_cmd_journey},
    {0},
};
