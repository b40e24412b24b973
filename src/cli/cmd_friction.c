/* SPDX-License-Identifier: GPL-3.0-or-later */
/* friction: where the people served meet trouble (docs/readings.md). */
#include "cli/cmd_source.h"
#include "cli/reading.h"
#include "report/friction.h"

static gpointer read_friction(const plx_cmd_source *source, const plx_invocation *invocation,
                              GError **error)
{
    const struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_friction_read(plx_cmd_source_get(source), &options, error);
}

static void free_friction(gpointer friction)
{
    plx_friction_free(friction);
}

static plx_story *tell(gconstpointer friction)
{
    return plx_friction_story(friction);
}

static void write_json(gconstpointer friction, GString *out)
{
    plx_friction_json(friction, out);
}

static void write_csv(gconstpointer friction, GString *out)
{
    plx_friction_csv(friction, out);
}

static void take_figures(gconstpointer friction, GArray *figures)
{
    plx_friction_numbers(friction, figures);
}

const struct plx_reading_view plx_reading_view_friction = {
    .name = "friction",
    .in_report = TRUE,
    .read = read_friction,
    .free = free_friction,
    .story = tell,
    .json = write_json,
    .csv = write_csv,
    .figures = take_figures,
};

static gboolean plx_cmd_friction(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_friction, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_WEIGHTS_FILE,
                                             PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_BY, "One table per place, channel, source, language, month, week or segment.KEY"},
    {PLX_OPTION_MEASURE, ""},
    {0},
};
static const struct plx_example examples[] = {
    {"friction ratings.csv", "where customers meet trouble, most first"},
    {"friction shop.plx --since 2026-01-01 --where place=Graz", "of a part of the answers"},
    {"friction shop.plx --by place", "place by place"},
    {"friction shop.plx --where point=till --by month", "one moment, month by month"},
    {"report shop.plx --reading friction -o friction.html", "a page of it"},
    {0},
};

const struct plx_command plx_commands_friction[] = {
    {.name = "friction",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show where customers hesitate or work too hard",
     .details =
         "Of 100 people served, how many fell below Expected at a moment, found it very bad "
         "(the lowest level), did not find it easy (effort), hesitated, were badly surprised, "
         "complained, "
         "wrote of waiting or of doing things again. Each of those who were asked; what nobody was "
         "asked is left open.\n\n"
         "One number puts moments in order: how many met any friction, of what is asked at "
         "(nearly) "
         "all of them. Places are ranges where moments are too near to each other to be told "
         "apart.\n\n"
         "Much friction that leaders or staff do not see is named: where they rate clearly higher, "
         "or believe clearly more people content.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .option_help = option_help,
     .by = "place channel source language month week segment.",
     .formats = "table json csv",
     .run = plx_cmd_friction},
    {0},
};
