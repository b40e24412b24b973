/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map check, show, draft, apply, adopt, export, log: the map file (docs/map.md) and the maps of a
 * workspace. */
#include "cli/cmd_map.h"
#include "cli/cmd_source.h"
#include "ingest/draft.h"
#include "map/map_file.h"
#include "map/map_json.h"
#include "map/map_tree.h"
#include "map/map_walk.h"

#include <string.h>

/* What a good map may still lack, in one line each; nothing where there is nothing to say. */
static void append_advice(const plx_map *map, GString *out)
{
    guint bare = 0, aimless = 0;
    for (guint i = 0; i < map->n_points; i++) {
        bare += map->points[i].levels == NULL ? 1 : 0;
        aimless += map->points[i].target == 0 ? 1 : 0;
    }
    if (!plx_map_is_closed(map))
        g_string_append(out, "It has no journeys, so that any point is accepted.\n");
    if (bare > 0)
        g_string_append_printf(out,
                               "%u of %u points do not say what the levels look like (levels).\n",
                               bare, map->n_points);
    if (aimless > 0)
        g_string_append_printf(out, "%u of %u points have no target level (target).\n", aimless,
                               map->n_points);
}

static gboolean run_check(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *path = plx_invocation_argument(invocation, 0);
    g_autoptr(plx_map) map = plx_map_read(path, error);
    if (!map)
        return FALSE;
    GString *out = plx_app_out(app);
    g_string_append_printf(out,
                           "%s: a good map: ", strcmp(path, "-") == 0 ? "standard input" : path);
    plx_map_summary(map, out);
    g_string_append_c(out, '\n');
    append_advice(map, out);
    return TRUE;
}

static gboolean show_json(plx_app *app, const plx_map *map, GError **error)
{
    g_autoptr(GString) members = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(members);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.map/1");
    plx_map_force_json(json, map);
    plx_json_end_object(json);
    return plx_cmd_map_json(app, members->str, map, error);
}

static gboolean run_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    if (plx_store_is_one(path))
        return plx_cmd_map_show(app, invocation, error);
    if (plx_invocation_has(invocation, PLX_OPTION_NUMBER))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--number is for workspaces: %s is a file, which has one map", path);
    g_autoptr(plx_map) map = plx_map_read(path, error);
    if (!map)
        return FALSE;
    if (plx_cmd_is_json(invocation))
        return show_json(app, map, error);
    plx_cmd_map_tree(app, map);
    return TRUE;
}

/* The name of a file without folder and extension, as a title to begin with. */
static char *title_of(const char *path)
{
    g_autofree char *base = g_path_get_basename(path);
    base[strcspn(base, ".")] = '\0';
    return g_strdup(strcmp(path, "-") == 0 || !*base ? "The service" : base);
}

/* What answers name: of a file that is ours, or read by --recipe. */
static gboolean draft_answers(const plx_app *app, const plx_invocation *invocation,
                              const char *path, const char *title, GString *text, GError **error)
{
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open_file(app, invocation, path, error);
    return source && plx_draft_from_source(plx_cmd_source_get(source), title, path, text, error);
}

/* Options that say how answers are read make no sense of a walk. */
static gboolean check_walk_options(const plx_invocation *invocation, GError **error)
{
    static const enum plx_option_id answers_only[] = {
        PLX_OPTION_RECIPE,    PLX_OPTION_SET,           PLX_OPTION_DECLARE,   PLX_OPTION_ENCODING,
        PLX_OPTION_DELIMITER, PLX_OPTION_IGNORE_COLUMN, PLX_OPTION_MAX_ERRORS};
    for (gsize i = 0; i < G_N_ELEMENTS(answers_only); i++)
        if (plx_invocation_has(invocation, answers_only[i]))
            return plx_error(error, PLX_ERROR_USAGE, "--%s is for answers: add --answers",
                             plx_option_get(answers_only[i])->name);
    return TRUE;
}

static gboolean run_draft(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    g_autofree char *title = title_of(path);
    g_autoptr(GString) text = g_string_new(NULL);
    const gboolean drafted =
        plx_invocation_has(invocation, PLX_OPTION_ANSWERS)
            ? draft_answers(app, invocation, path, title, text, error)
            : check_walk_options(invocation, error) && plx_map_walk(path, title, text, error);
    if (!drafted)
        return FALSE;
    g_autoptr(plx_map) map = plx_map_read_memory(text->str, text->len, "the draft", error);
    if (!map || !plx_command_new_file(app, invocation, error))
        return FALSE;
    g_string_append_len(plx_app_out(app), text->str, (gssize)text->len);
    return TRUE;
}

static const enum plx_option_id draft_options[] = {
    PLX_OPTION_ANSWERS,  PLX_OPTION_RECIPE,    PLX_OPTION_SET,           PLX_OPTION_DECLARE,
    PLX_OPTION_ENCODING, PLX_OPTION_DELIMITER, PLX_OPTION_IGNORE_COLUMN, PLX_OPTION_MAX_ERRORS,
    PLX_OPTION_OUTPUT,   PLX_OPTION_END};
static const struct plx_example draft_examples[] = {
    {"map draft walk.csv -o map.yaml", "from what somebody noted on the way"},
    {"map draft survey.csv --answers --recipe survey.yaml", "from what a survey asked"},
    {0},
};
static const enum plx_option_id show_options[] = {PLX_OPTION_OUTPUT, PLX_OPTION_NUMBER,
                                                  PLX_OPTION_END};
static const enum plx_option_id apply_options[] = {PLX_OPTION_ONTO,    PLX_OPTION_OURS,
                                                   PLX_OPTION_THEIRS,  PLX_OPTION_DRY_RUN,
                                                   PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example apply_examples[] = {
    {"map apply shop.plx map.yaml --dry-run", "what would change"},
    {"map apply shop.plx map.yaml", "change it"},
    {"map apply shop.plx map.yaml --onto 4", "with what others changed since map 4"},
    {0},
};
static const enum plx_option_id adopt_options[] = {
    PLX_OPTION_OUTPUT,      PLX_OPTION_POINT,   PLX_OPTION_AS,
    PLX_OPTION_TRANSACTION, PLX_OPTION_AFTER,   PLX_OPTION_THEME,
    PLX_OPTION_DRY_RUN,     PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_option_help adopt_help[] = {
    {PLX_OPTION_AFTER, "Behind this point (default: the transaction's last)"},
    {0},
};
static const struct plx_example adopt_examples[] = {
    {"map adopt shop.plx", "the moments that people miss on the map, numbered"},
    {"map adopt shop.plx 1 --point doorstep", "it is about a point that is there"},
    {"map adopt shop.plx 2 --as \"Free parking\" --transaction Arrive", "it becomes a point"},
    {0},
};
static const struct plx_example export_examples[] = {
    {"map export shop.plx -o map.yaml", "to edit it"},
    {"map export shop.plx --number 1 -o first.yaml", "as it was once ('map log' has the numbers)"},
    {"map export shop.plx -o map.svg", "the map as a picture"},
    {"map export shop.plx --format csv -o map.csv", "for a spreadsheet"},
    {0},
};
static const struct plx_example log_examples[] = {
    {"map log shop.plx", "what changed, and when"},
    {0},
};
static const struct plx_example check_examples[] = {
    {"map check map.yaml", "before it is used or handed on"},
    {0},
};
static const struct plx_example show_examples[] = {
    {"map show map.yaml", "to read it, or to talk about it"},
    {"template show hotel-stay | parallax map show -", "a starter map as a tree"},
    {0},
};

const struct plx_command plx_commands_map[] = {
    {.name = "map",
     .verb = "check",
     .arguments = "FILE",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Check a map file, and say what it may still lack",
     .details = "Reads the whole file and stops at the first thing that is wrong: an unknown key, "
                "an id used twice, a point that does not exist, an empty journey, a scale that "
                "cannot be. The message names file, line and column, what stands there, what was "
                "expected, and what was probably meant.\n\nFILE is a map as docs/map.md explains "
                "it; - is standard input.",
     .examples = check_examples,
     .run = run_check},
    {.name = "map",
     .verb = "show",
     .arguments = "FILE|WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show a map as a tree",
     .details = "Journeys, their transactions and points; beside each point its id, senses, "
                "channels, value category, target level and effort class, the promises made about "
                "it and the tasks that make it. A point that another journey uses is marked with "
                "an arrow and its home.",
     .options = show_options,
     .formats = "table json",
     .examples = show_examples,
     .main = TRUE,
     .run = run_show},
    {.name = "map",
     .verb = "draft",
     .arguments = "NOTES",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Make a first map of the notes of a walk",
     .details =
         "NOTES is a CSV file with a row per moment, in the order in which somebody met them, "
         "walking through the service: words (what was seen, heard, felt; the one column that must "
         "be there), sense (see, hear, touch, taste, smell, feel; several: see+hear), level (1 to "
         "6), and where it is known title, journey, transaction, channel. Journey and transaction "
         "stay as they are until a row names another.\n\nThe draft is a map to edit: moments "
         "become points in their order, called by their first words, and what was noted stands "
         "above each as a comment. A file that exists is left as it is.",
     .options = draft_options,
     .examples = draft_examples,
     .run = run_draft},
    {.name = "map",
     .verb = "apply",
     .arguments = "WS FILE",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Give a workspace another map",
     .details = "Answers keep their place: what is renamed, split or merged says so in the map "
                "(was), what is no longer asked is listed under retired (docs/map.md). A map under "
                "which answers would lose their place is refused, and the message says what to "
                "write. --dry-run tells what would change.\n\n"
                "With --onto FILE is what became of the map of that number ('map log'). If the "
                "workspace has a newer one, both changes are put together, by ids. Where both "
                "changed the same to something else nothing is done, and the message names each: "
                "say --ours NAME or --theirs NAME. FILE may be JSON with the same keys, as 'map "
                "show --format json' has it.",
     .options = apply_options,
     .formats = "table json",
     .examples = apply_examples,
     .audit = PLX_AUDIT_ANSWERS,
     .run = plx_cmd_map_apply},
    {.name = "map",
     .verb = "adopt",
     .arguments = "WS [MOMENT]",
     .min_arguments = 1,
     .max_arguments = 2,
     .summary = "Take moments that people miss on the map",
     .details =
         "Without MOMENT it lists what the tables of a workshop answered to `moment` and that is "
         "on no point yet. MOMENT is a number of that list, or the words; what may not be shown "
         "is not in it (docs/readings.md).\n\n"
         "--point says which point of the map it is about. --as TITLE puts a new point into the "
         "map: one line in the map's text, whose comments and order stay, as if it had been "
         "edited and applied ('map log' shows it). Either way the moment is kept in a theme, "
         "which is tied to the point; 'workshop code --undo' takes that back, the map stays.",
     .options = adopt_options,
     .option_help = adopt_help,
     .formats = "table json",
     .examples = adopt_examples,
     .audit = PLX_AUDIT_CHANGE,
     .run = plx_cmd_map_adopt},
    {.name = "map",
     .verb = "export",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Write the map of a workspace as a file",
     .details = "yaml: the file as it was applied, with its comments; csv: an outline for a "
                "spreadsheet, one row per point; svg: a picture, journeys as rows, "
                "transactions as boxes, points with their senses, promises as flags (so is a file "
                "whose name ends in .svg). A file that exists is left as it is.",
     .options = show_options,
     .formats = "yaml csv svg",
     .examples = export_examples,
     .run = plx_cmd_map_export},
    {.name = "map",
     .verb = "log",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Tell how the map of a workspace changed",
     .formats = "table json",
     .examples = log_examples,
     .run = plx_cmd_map_log},
    {0},
};
