/* SPDX-License-Identifier: GPL-3.0-or-later */
/* consistency: is it always like that, or only in some places, on some days? (docs/readings.md) */
#include "cli/reading.h"
#include "report/consistency.h"

static gpointer read_consistency(const plx_cmd_source *source, const plx_invocation *invocation,
                                 GError **error)
{
    const struct plx_gaps_options options = plx_cmd_selection(
        invocation, /* point= */ NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_consistency_read(plx_cmd_source_get(source), &options, error);
}

static void free_consistency(gpointer reading)
{
    plx_consistency_free(reading);
}

static plx_story *story_of(gconstpointer reading)
{
    return plx_consistency_story(reading);
}

static void write_json(gconstpointer reading, GString *out)
{
    plx_consistency_json(reading, out);
}

static void write_csv(gconstpointer reading, GString *out)
{
    plx_consistency_csv(reading, out);
}

static void take_figures(gconstpointer reading, GArray *figures)
{
    plx_consistency_figures(reading, figures);
}

const struct plx_reading_view plx_reading_view_consistency = {
    .name = "consistency",
    .in_report = TRUE,
    .read = read_consistency,
    .free = free_consistency,
    .story = story_of,
    .json = write_json,
    .csv = write_csv,
    .figures = take_figures,
};

static gboolean run(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_consistency, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"consistency ratings.csv", "is it always like that, or only in some places?"},
    {"consistency ratings.csv -v", "with how it is computed"},
    {"consistency shop.plx --where place=Graz", "one place: its channels and months"},
    {"consistency shop.plx --measure effort", "of another question"},
    {"report ratings.csv --reading consistency -o consistency.html",
     "a page with funnels and control charts"},
    {0},
};

const struct plx_command plx_commands_consistency[] = {
    {.name = "consistency",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show whether it is always like that",
     .details =
         "Are answers about a moment alike, wide everywhere, or different by place, channel or "
         "month? Which places are now good, now bad? In which month was it unlike the others? And "
         "how many more visits of secret shoppers it takes before places may be compared.\n\n"
         "A moment differs by place when more than 1 in 100 of the variation lies between places; "
         "else its answers agree, or are wide, when van der Eijk's agreement lies above 0.6 or "
         "below 0.4. At most 5 in 100 of these claims are wrong. A place or a month is named only "
         "beyond limits that hold for all of them together, and those limits are wide where there "
         "are few answers: no place is blamed for being small.\n\n"
         "A control chart needs 12 months (or weeks), a funnel 5 places.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .run = run},
    {0},
};
