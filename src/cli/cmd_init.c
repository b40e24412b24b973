/* SPDX-License-Identifier: GPL-3.0-or-later */
/* init: a new workspace. */
#include "cli/cmd_source.h"
#include "cli/cmd_workspace.h"
#include "ingest/draft.h"
#include "map/map_file.h"
#include "map/map_tree.h"
#include "map/template.h"

#include <string.h>

static gboolean read_text(const char *path, char **text, GError **error)
{
    g_autoptr(plx_map) map = plx_map_read(path, error); /* its errors name line and column */
    return map && plx_cmd_read_text(path, text, error);
}

/* A map with every point of a file of answers, for its owner to edit. */
static gboolean draft(plx_app *app, const plx_invocation *invocation, const char *path, char **text,
                      GError **error)
{
    g_autofree char *base = g_path_get_basename(plx_invocation_argument(invocation, 0));
    g_autofree char *title = g_strndup(base, strcspn(base, "."));
    g_autoptr(plx_cmd_source) source = plx_cmd_source_open_file(app, invocation, path, error);
    g_autoptr(GString) out = g_string_new(NULL);
    if (!source || !plx_draft_from_source(plx_cmd_source_get(source), title, path, out, error))
        return FALSE;
    *text = g_string_free(g_steal_pointer(&out), FALSE);
    return TRUE;
}

/* The text of the new map and what it is called; NULL: one that accepts any point. */
static gboolean choose_map(plx_app *app, const plx_invocation *invocation, char **text,
                           const char **name, GError **error)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_MAP);
    const char *const template = plx_invocation_string(invocation, PLX_OPTION_TEMPLATE);
    const char *const from = plx_invocation_string(invocation, PLX_OPTION_FROM);
    if ((path != NULL) + (template != NULL) + (from != NULL) > 1)
        return plx_error(error, PLX_ERROR_USAGE, "only one of --map, --template and --from");
    *name = path ? path : template ? template : from ? from : "open map";
    if (path)
        return read_text(path, text, error);
    if (from)
        return draft(app, invocation, from, text, error);
    const char *const starter = template ? plx_template_text(template, NULL, error) : NULL;
    *text = g_strdup(starter);
    return !template || starter;
}

static gboolean run_init(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    g_autofree char *text = NULL;
    const char *name = NULL;
    if (!choose_map(app, invocation, &text, &name, error))
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

static const enum plx_option_id options[] = {
    PLX_OPTION_MAP,           PLX_OPTION_TEMPLATE, PLX_OPTION_FROM,     PLX_OPTION_RECIPE,
    PLX_OPTION_SET,           PLX_OPTION_DECLARE,  PLX_OPTION_ENCODING, PLX_OPTION_DELIMITER,
    PLX_OPTION_IGNORE_COLUMN, PLX_OPTION_END};
static const struct plx_example examples[] = {
    {"init shop.plx --template marketplace-order", "begin with a starter map"},
    {"init shop.plx --map map.yaml", "begin with your own"},
    {"init shop.plx --from ratings.csv", "draft a map from a file, which is not imported yet"},
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
