/* SPDX-License-Identifier: GPL-3.0-or-later */
/* info: what a workspace holds. */
#include "base/json.h"
#include "cli/cmd_workspace.h"
#include "map/map_tree.h"
#include "report/term.h"

static void append_json(GString *out, const struct plx_store_info *info)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.info/1");
    plx_json_integer(json, "observations", (gint64)info->observations);
    plx_json_integer(json, "encounters", (gint64)info->encounters);
    plx_json_integer(json, "respondents", (gint64)info->respondents);
    plx_json_integer(json, "encounters_unknown", (gint64)info->encounters_unknown);
    plx_json_integer(json, "bytes", (gint64)info->bytes);
    plx_json_integer(json, "schema_version", info->schema_version);
    plx_json_integer(json, "maps", info->maps);
    plx_json_integer(json, "imports", info->imports);
    plx_json_integer(json, "inbox", info->inbox);
    plx_json_integer(json, "links", info->links);
    plx_json_integer(json, "waiting", info->waiting);
    plx_json_integer(json, "steps", info->steps);
    plx_json_integer(json, "suggestion_acts", info->suggestion_acts);
    plx_json_end_object(json);
}

static void append_table(GString *out, const plx_map *map, const struct plx_store_info *info)
{
    g_autofree char *observations =
        plx_cmd_count(info->observations, "observation", "observations");
    g_autofree char *encounters = plx_cmd_count(info->encounters, "encounter", "encounters");
    g_autofree char *respondents = plx_cmd_count(info->respondents, "person", "people");
    g_autofree char *unknown = plx_cmd_count(info->encounters_unknown, "", "");
    g_strchomp(unknown);
    g_autofree char *bytes = g_format_size(info->bytes);
    if (map->title) {
        plx_term_safe(out, map->title);
        g_string_append_c(out, '\n');
    }
    plx_map_summary(map, out);
    if (!plx_map_is_closed(map))
        g_string_append(out, "; answers may be about any point");
    g_string_append_printf(out, "\n%s, %s", observations, encounters);
    if (info->encounters_unknown > 0)
        g_string_append_printf(out, " (%s anonymous)", unknown);
    if (info->respondents > 0 || info->encounters_unknown == 0)
        g_string_append_printf(out, ", %s", respondents);
    g_string_append_printf(out, "\n%s, version %u of the file\n", bytes, info->schema_version);
}

static gboolean run_info(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct plx_store_info info;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    if (!store || !plx_store_info(store, plx_app_threads(app), &info, error))
        return FALSE;
    if (plx_cmd_is_json(invocation))
        append_json(plx_app_out(app), &info);
    else
        append_table(plx_app_out(app), plx_store_map(store), &info);
    return plx_cmd_is_json(invocation) || plx_cmd_waiting(store, plx_app_out(app), error);
}

static const struct plx_example examples[] = {
    {"info shop.plx", "how much is in it"},
    {"info shop.plx --format json", "for scripts"},
    {0},
};

const struct plx_command plx_commands_info[] = {
    {.name = "info",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Say what a workspace holds",
     .formats = "table json",
     .examples = examples,
     .run = run_info},
    {0},
};
