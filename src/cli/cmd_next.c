/* SPDX-License-Identifier: GPL-3.0-or-later */
/* next: the one step to take, or why none can be named (docs/readings.md). */
#include "cli/cmd_step.h"
#include "cli/reading.h"
#include "report/next.h"
#include "serve/answers.h"

/* Whom one owes an answer, in a workspace. */
static gboolean count_waiting(const plx_cmd_source *source, const plx_invocation *invocation,
                              plx_next *next, GError **error)
{
    plx_store *const store = plx_cmd_source_store(source);
    gint32 day;
    if (!plx_cmd_day(invocation, &day, error))
        return FALSE;
    if (!store)
        return TRUE;
    g_autoptr(plx_suggestion_list) list =
        plx_answers_read(store, plx_cmd_source_get(source), NULL, error);
    if (!list)
        return FALSE;
    next->waiting = plx_suggestion_waiting(list, day, PLX_SUGGESTION_LATE);
    next->waiting_at = day;
    return TRUE;
}

/* What is under way in a workspace. */
static gboolean mark_steps(const plx_cmd_source *source, plx_next *next, GError **error)
{
    plx_store *const store = plx_cmd_source_store(source);
    gint64 last;
    GPtrArray *const steps = store ? plx_cmd_steps_read(store, &last, error) : NULL;
    if (!steps)
        return !store;
    plx_next_take_steps(next, steps);
    return TRUE;
}

static gpointer read_next(const plx_cmd_source *source, const plx_invocation *invocation,
                          GError **error)
{
    const struct plx_gaps_options options =
        plx_cmd_selection(invocation, NULL, plx_invocation_string(invocation, PLX_OPTION_BY));
    g_autoptr(plx_next) next = plx_next_read(plx_cmd_source_get(source), &options, error);
    if (!next)
        return NULL;
    next->map_file = plx_cmd_source_map_file(source);
    next->recipe_file = plx_cmd_source_recipe_file(source);
    return count_waiting(source, invocation, next, error) && mark_steps(source, next, error)
               ? g_steal_pointer(&next)
               : NULL;
}

static void free_next(gpointer next)
{
    plx_next_free(next);
}

static plx_story *tell(gconstpointer next)
{
    return plx_next_story(next);
}

static void write_json(gconstpointer next, GString *out)
{
    plx_next_json(next, out);
}

static void write_csv(gconstpointer next, GString *out)
{
    plx_next_csv(next, out);
}

const struct plx_reading_view plx_reading_view_next = {
    .name = "next",
    .in_report = TRUE,
    .read = read_next,
    .free = free_next,
    .story = tell,
    .json = write_json,
    .csv = write_csv,
    .not_compared = "next says one step for all of the answers asked about: run it twice, with "
                    "--where for each part",
};

static gboolean plx_cmd_next(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_reading_run(&plx_reading_view_next, app, invocation, error);
}

static const enum plx_option_id options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_SEED, PLX_OPTION_AT,
                                             PLX_OPTION_END};
static const struct plx_option_help option_help[] = {
    {PLX_OPTION_BY, ""},
    {PLX_OPTION_AT, "The day up to which unanswered suggestions wait (default: today, UTC)"},
    {0},
};
static const struct plx_example examples[] = {
    {"next ratings.csv --map map.yaml", "the one step to take"},
    {"next shop.plx --since 2026-01-01 -v", "from this year's answers, with the method"},
    {"next shop.plx --format json", "all proposals, with the parts of their order"},
    {"report shop.plx --reading next -o next.html", "the same as a page"},
    {0},
};

const struct plx_command plx_commands_next[] = {
    {.name = "next",
     .arguments = "SOURCE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Name the one step to take next",
     .details =
         "Puts moments in order by how many customers meet them, how far these are short of "
         "Expected, who of leaders and staff does not see it, whether it goes with the whole "
         "beyond mood, and how little it takes (effort of the point in the map: today, week, "
         "quarter, project). What is broken comes before what could be better.\n\n"
         "It recommends one step only where that stays first when the order is drawn anew from "
         "what the answers leave open; else it says what cannot be told apart, or what to "
         "measure first. It may also say that nothing needs to change.\n\n"
         "Nothing here says what a step would bring. Only a trial shows that: how many answers, "
         "places and weeks one takes is said.\n\n"
         "Of a workspace it says too how many suggestions and complaints have waited for an answer "
         "for more than 14 days (`suggestion list --waiting`).",
     .examples = examples,
     .groups = PLX_GROUP_INPUT | PLX_GROUP_SELECTION,
     .options = options,
     .option_help = option_help,
     .formats = "table json csv",
     .main = TRUE,
     .run = plx_cmd_next},
    {0},
};
