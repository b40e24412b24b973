/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init: a new workspace. */
#include "cli/cmd_workspace.h"
#include "map/map_file.h"
#include "map/map_tree.h"
#include "map/template.h"

static gboolean read_text(const char *path, char **text, GError **error)
{
    g_autoptr(plx_map) map = plx_map_read(path, error); /* its errors name line and column */
    return map && plx_cmd_read_text(path, text, error);
}

/* The text of the new map and what it is called; NULL: one that accepts any point. */
static gboolean choose_map(const plx_invocation *invocation, char **text, const char **name,
                           GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_MAP);
    const char *const template = plx_invocation_string(invocation, PLX_OPTION_TEMPLATE);
    if (path && template)
        return plx_error(error, PLX_ERROR_USAGE, "either --map or --template");
    *name = path ? path : template ? template : "open map";
    if (path)
        return read_text(path, text, error);
    const char *const starter = template ? plx_template_text(template, NULL, error) : NULL;
    *text = g_strdup(starter);
    return !template || starter;
}

static gboolean run_init(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    g_autofree char *text = NULL;
    const char *name = NULL;
    if (!choose_map(invocation, &text, &name, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_store_create(path, text, name, error);
    if (!store)
        return FALSE;
    GString *const out = plx_app_out(app);
    g_string_append_printf(out, "%s: ", path);
    if (text)
        plx_map_summary(plx_store_map(store), out);
    else
        g_string_append(out, "a workspace that takes any point; 'map apply' gives it a map");
    g_string_append_c(out, '\n');
    return TRUE;
}

static const enum plx_option_id options[] = {PLX_OPTION_MAP, PLX_OPTION_TEMPLATE, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"init shop.plx --template marketplace-order", "begin with a starter map"},
    {"init shop.plx --map map.yaml", "begin with your own"},
    {"init shop.plx", "take any point for now"},
    {0},
};

const struct plx_command plx_commands_init[] = {
    {.name = "init",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Make a new workspace",
     .details = "A workspace is one file that keeps a map and its answers; every reading works on "
                "it as it does on a file of answers. The file must not exist yet.",
     .options = options,
     .examples = examples,
     .main = TRUE,
     .run = run_init},
    {0},
};
