/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gaps: who sees what at each point, and where the views part (docs/readings.md). */
#include "cli/cmd_source.h"
#include "report/gaps_csv.h"
#include "report/gaps_json.h"
#include "report/gaps_table.h"

#include <string.h>

static gboolean plx_cmd_gaps(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    g_autoptr(plx_gaps) gaps = plx_cmd_source_gaps(source, invocation, /* point= */ NULL, error);
    if (!gaps)
        return FALSE;
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0) {
        plx_gaps_json(gaps, "gaps", plx_app_out(app));
    } else if (strcmp(format, "csv") == 0) {
        plx_gaps_csv(gaps, plx_app_out(app));
    } else {
        const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                                plx_app_unicode(app), plx_app_verbose(app)};
        plx_gaps_table(gaps, &table, plx_app_out(app));
    }
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_WEIGHTS_FILE,
                                             PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"gaps ratings.csv", "who sees what, from a file; nothing is written"},
    {"gaps ratings.csv --map map.yaml", "with titles, order and populations of the map"},
    {"gaps ratings.csv --named leader --population leader=3", "all three leaders agreed to it"},
    {"gaps ratings.csv --by place --audiences staff,customer", "one table per place"},
    {"gaps ratings.csv --since 2026-01-01 --where channel=web|app", "part of the answers"},
    {"gaps ratings.csv --format json", "every number, for scripts"},
    {0},
};

const struct plx_command plx_commands_gaps[] = {
    {.name = "gaps",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show where voices differ, point by point",
     .details =
         "SOURCE is a CSV file of answers ('-' is standard input; gzip is fine). The smallest "
         "useful one has the columns audience,point,level.\n\n"
         "Each point shows every voice with its number of answers, mean and shares, the gaps "
         "between voices in levels, and what leaders and staff believe against what the people "
         "served say. A gap counts only where its interval, adjusted for the number of gaps looked "
         "at, lies wholly beyond the margin (half a level).\n\n"
         "Fewer than five persons are never shown (--named AUDIENCE when all of them agreed). "
         "Leaders and staff are protected: dates are taken by whole months, small places are "
         "joined, and at most one key besides place may be used.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .main = TRUE,
     .run = plx_cmd_gaps},
    {0},
};
