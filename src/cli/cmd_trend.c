/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trend: since when a level is another, and how sure that is (docs/readings.md). */
#include "cli/reading.h"
#include "reading/trend.h"
#include "report/trend.h"

static gpointer read_trend(const plx_cmd_source *source, const plx_invocation *invocation,
                           GError **error)
{
    struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_trend_read(plx_cmd_source_get(source), &options, error);
}

static void free_trend(gpointer trend)
{
    plx_trend_free(trend);
}

static plx_story *tell(gconstpointer trend)
{
    return plx_trend_story(trend);
}

static void write_json(gconstpointer trend, GString *out)
{
    plx_trend_json(trend, out);
}

static void write_csv(gconstpointer trend, GString *out)
{
    plx_trend_csv(trend, out);
}

const struct plx_reading_view plx_reading_view_trend = {
    .name = "trend",
    .in_report = TRUE,
    .read = read_trend,
    .free = free_trend,
    .story = tell,
    .json = write_json,
    .csv = write_csv,
    .not_compared = "it looks at all periods at once, and two of them differ by no more than their "
                    "gaps: leave --reading out, or look at one side by trend --where",
};

static gboolean plx_cmd_trend(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_trend, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"trend ratings.csv", "what changed, and when"},
    {"trend ratings.csv --by week", "week by week"},
    {"trend shop.plx --where place=Graz", "in one place"},
    {"report shop.plx --reading trend -o trend.html", "as a page, with drawings"},
    {0},
};

const struct plx_command plx_commands_trend[] = {
    {.name = "trend",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show what changed, and since when",
     .details =
         "Month by month (or --by week; weeks too where there are fewer than eight months): the "
         "mean level of each moment, and of each journey as a whole, as the people served say. A "
         "change is told with the range of its date and of its size, a slow drift with its size "
         "over the whole time, from 24 months on a season with the months that differ.\n\n"
         "What is told would be told of something that did not change in 5 of 100 such pages at "
         "most, however many moments are looked at. So a small change of one moment needs many "
         "answers. With fewer than 24 months nobody can tell a season from a change.\n\n"
         "Where customers' level fell and secret shoppers saw the same as before, not the service "
         "fell: what used to surprise is now expected. Protected people are not looked at by time.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .run = plx_cmd_trend},
    {0},
};
