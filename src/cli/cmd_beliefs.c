/* SPDX-License-Identifier: GPL-3.0-or-later */
/* beliefs: what was guessed beside what the people served say (docs/readings.md). */
#include "cli/cmd_source.h"
#include "report/beliefs.h"

#include <string.h>

static gboolean plx_cmd_beliefs(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open(app, invocation, error);
    if (!source)
        return FALSE;
    g_autoptr(plx_beliefs) beliefs = plx_cmd_source_beliefs(source, invocation, error);
    if (!beliefs)
        return FALSE;
    const char *format = plx_invocation_string(invocation, PLX_OPTION_FORMAT);
    if (strcmp(format, "json") == 0) {
        plx_beliefs_json(beliefs, plx_app_out(app));
    } else if (strcmp(format, "csv") == 0) {
        plx_beliefs_csv(beliefs, plx_app_out(app));
    } else {
        const struct plx_table_options table = {plx_app_width(app), plx_app_colour(app),
                                                plx_app_unicode(app), plx_app_verbose(app)};
        plx_beliefs_table(beliefs, &table, plx_app_out(app));
    }
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_MEASURE, ""},
    {0},
};
static const struct plx_example examples[] = {
    {"beliefs ratings.csv", "what leaders guessed, and what customers say"},
    {"beliefs shop.plx --audiences staff", "what staff guessed"},
    {"beliefs shop.plx --since 2026-01-01 --where place=Graz", "against part of the answers"},
    {"beliefs ratings.csv --named leader", "all leaders agreed to be shown"},
    {"report ratings.csv --reading beliefs -o reveal.html", "the same, to show in the room"},
    {0},
};

const struct plx_command plx_commands_beliefs[] = {
    {.name = "beliefs",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show what was guessed beside what is said",
     .details =
         "A guess is the measure believed: of 10 customers, how many would say that this moment is "
         "as they desire, or better? Those of leaders are shown, or of staff where only they "
         "guessed; --audiences staff asks for theirs.\n\n"
         "Each moment shows the guess, how far the guesses spread, and the share of those who "
         "answered, on their own scale, with its range of 95 %. A guess is too high or too low "
         "where the difference lies wholly beyond ten in a hundred, right where it lies wholly "
         "within. What is decided is listed: the three furthest apart, and those seen rightly.\n\n"
         "Each person's first guess counts, given before results were seen (seen is not 1), "
         "whenever it was given: dates and places apply to the people served only. Fewer than five "
         "guessers are not shown (--named AUDIENCE when all of them agreed); of fewer than ten the "
         "guess is rounded.",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .option_help = option_help,
     .formats = "table json csv",
     .run = plx_cmd_beliefs},
    {0},
};
