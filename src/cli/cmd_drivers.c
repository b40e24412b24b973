/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drivers: what goes with how people feel about the whole (docs/readings.md). */
#include "cli/reading.h"
#include "report/drivers.h"

static gpointer read_drivers(const plx_cmd_source *source, const plx_invocation *invocation,
                             GError **error)
{
    const struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_drivers_read(plx_cmd_source_get(source), &options, error);
}

static void free_drivers(gpointer reading)
{
    plx_drivers_free(reading);
}

static plx_story *tell(gconstpointer reading)
{
    return plx_drivers_story(reading);
}

static void write_json(gconstpointer reading, GString *out)
{
    plx_drivers_json(reading, out);
}

static void write_csv(gconstpointer reading, GString *out)
{
    plx_drivers_csv(reading, out);
}

static void give_figures(gconstpointer drivers, GArray *figures)
{
    plx_drivers_figures(drivers, figures);
}

const struct plx_reading_view plx_reading_view_drivers = {.name = "drivers",
                                                          .in_report = TRUE,
                                                          .read = read_drivers,
                                                          .free = free_drivers,
                                                          .story = tell,
                                                          .json = write_json,
                                                          .csv = write_csv,
                                                          .figures = give_figures};

static gboolean plx_cmd_drivers(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_drivers, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"drivers ratings.csv", "what goes with overall, other answers alike"},
    {"drivers shop.plx --measure recommend", "with whether they would recommend"},
    {"drivers ratings.csv --where channel=app -v", "of one part, with the method"},
    {"compare ratings.csv --reading drivers --a place=Graz --b place=Wien", "of two places"},
    {"report ratings.csv --reading drivers -o drivers.html", "the same as a page"},
    {0},
};

const struct plx_command plx_commands_drivers[] = {
    {.name = "drivers",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show what goes with how people feel in the end",
     .details =
         "Takes the answers of the people served who rated points and judged the whole (overall, "
         "else recommend) in one encounter, and shows how much of the differences in the whole "
         "goes with each point, other answers alike.\n\n"
         "All answers of a person share a mood, so every point goes with the whole a little. A "
         "point is named only when it goes with it beyond what one common mood would give; where "
         "too few people answered two points together, the point is left out and said so. For "
         "each point: what goes with an answer below Expected, and with one above Desired.\n\n"
         "Beside it stands what leaders, staff and customers say is important, where they were "
         "asked (importance). To go together is not to cause: what a change does, only a trial "
         "shows.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .run = plx_cmd_drivers},
    {0},
};
