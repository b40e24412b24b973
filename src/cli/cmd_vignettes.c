/* SPDX-License-Identifier: GPL-3.0-or-later */
/* vignettes: do two audiences mean the same by a level? (docs/readings.md) */
#include "cli/reading.h"
#include "report/vignettes.h"

static gpointer read_vignettes(const plx_cmd_source *source, const plx_invocation *invocation,
                               GError **error)
{
    const struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    return plx_vignettes_read(plx_cmd_source_get(source), &options, error);
}

static void free_vignettes(gpointer reading)
{
    plx_vignette_reading_free(reading);
}

static plx_story *tell(gconstpointer reading)
{
    return plx_vignettes_story(reading);
}

static void write_json(gconstpointer reading, GString *out)
{
    plx_vignettes_json(reading, out);
}

static void write_csv(gconstpointer reading, GString *out)
{
    plx_vignettes_csv(reading, out);
}

const struct plx_reading_view plx_reading_view_vignettes = {
    .name = "vignettes",
    .in_report = TRUE,
    .read = read_vignettes,
    .free = free_vignettes,
    .story = tell,
    .json = write_json,
    .csv = write_csv,
};

static gboolean plx_cmd_vignettes(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_vignettes, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"vignettes ratings.csv --map map.yaml", "do they mean the same by a level?"},
    {"vignettes shop.plx --audiences leader,customer", "two audiences alone"},
    {"vignettes shop.plx --format json", "all numbers"},
    {"report shop.plx --reading vignettes -o v.html", "as a page"},
    {0},
};

const struct plx_command plx_commands_vignettes[] = {
    {.name = "vignettes",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show whether two audiences mean the same by a level",
     .details =
         "A vignette is a short description of a situation that everybody rates on the same "
         "levels. Who places the same description higher means something else by the level, and a "
         "gap between two audiences is partly one of words. The map lists vignettes, lowest first "
         "(key vignettes, docs/map.md); their answers come as those of points do. They count in no "
         "other reading.\n\n"
         "Where the same persons rated points and vignettes, it shows each gap as it is, and read "
         "by where each person's mark stands among the same person's vignettes. Where too few put "
         "the vignettes in the order of the map, nothing is read by them, and it says so. Whose "
         "use of a level is right no number can say.\n\n"
         "Protected people are looked at as a whole only, from ten persons on.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .formats = "table json csv",
     .run = plx_cmd_vignettes},
    {0},
};
