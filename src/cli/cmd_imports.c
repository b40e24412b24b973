/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imports list, imports undo: what was taken into a workspace, and taking it out again. */
#include "base/json.h"
#include "cli/cmd_workspace.h"
#include "store/imports.h"

#include <string.h>

static void write_import(plx_json *json, gconstpointer data)
{
    const struct plx_imports_entry *const entry = data;
    plx_json_integer(json, "import", entry->id);
    plx_json_string(json, "kind", entry->kind);
    plx_json_string(json, "state", entry->state);
    plx_json_string(json, "time", entry->started);
    plx_json_string(json, "file", entry->file);
    plx_json_string(json, "dataset", entry->dataset);
    plx_json_string(json, "recipe", entry->recipe);
    plx_json_integer(json, "rows", (gint64)entry->rows);
    plx_json_integer(json, "observations", (gint64)entry->observations);
    plx_json_integer(json, "rejected", (gint64)entry->rejected);
    plx_json_integer(json, "duplicates", (gint64)entry->duplicates);
}

static void append_table(GString *out, const GPtrArray *list)
{
    if (list->len == 0)
        g_string_append(out, "No imports yet: parallax import WS FILE\n");
    for (guint i = 0; i < list->len; i++) {
        const struct plx_imports_entry *const entry = list->pdata[i];
        g_autofree char *n = plx_cmd_count(entry->observations, "observation", "observations");
        g_string_append_printf(
            out, "%4" G_GINT64_FORMAT "  %s  %s: %s%s%s", entry->id, entry->started, entry->file, n,
            strcmp(entry->dataset, "") != 0 ? ", data set " : "", entry->dataset);
        if (entry->recipe && *entry->recipe)
            g_string_append_printf(out, ", recipe %s", entry->recipe);
        plx_cmd_count_some(out, entry->rejected, "wrong row left out", "wrong rows left out");
        plx_cmd_count_some(out, entry->duplicates, "was there twice in the file",
                           "were there twice in the file");
        g_string_append_c(out, '\n');
        if (strcmp(entry->state, "undone") == 0)
            g_string_append(out, "      undone\n");
    }
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_imports_list(store, error) : NULL;
    if (!list)
        return FALSE;
    if (plx_cmd_is_json(invocation))
        plx_cmd_json_list(plx_app_out(app), "parallax.imports/1", "imports", list, write_import);
    else
        append_table(plx_app_out(app), list);
    return TRUE;
}

/* What an undo would take out, as the list has it. */
static gboolean would_undo(plx_store *store, gint64 id, GString *out, GError **error)
{
    g_autoptr(GPtrArray) list = plx_imports_list(store, error);
    for (guint i = 0; list && i < list->len; i++) {
        const struct plx_imports_entry *const entry = list->pdata[i];
        if (entry->id != id || strcmp(entry->state, "done") != 0 ||
            strcmp(entry->kind, "file") != 0)
            continue;
        g_autofree char *count = plx_cmd_count(entry->observations, "observation", "observations");
        g_string_append_printf(out,
                               "import %" G_GINT64_FORMAT " (%s): %s would go; nothing was "
                               "changed\n",
                               id, entry->file, count);
        return TRUE;
    }
    return list && plx_error(error, PLX_ERROR_NOT_FOUND,
                             "there is no import %" G_GINT64_FORMAT
                             " of a file to take out (parallax imports list)",
                             id);
}

static gboolean run_undo(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const text = plx_invocation_argument(invocation, 1);
    const gboolean dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN);
    gint64 id;
    guint64 n;
    if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "\"%s\": expected the number of an import (imports list)", text);
    g_autoptr(plx_store) store =
        plx_cmd_workspace_open(app, invocation, dry_run ? PLX_STORE_READ : PLX_STORE_WRITE, error);
    if (store && dry_run)
        return would_undo(store, id, plx_app_out(app), error);
    if (!store || !plx_imports_undo(store, id, &n, error))
        return FALSE;
    g_autofree char *count = plx_cmd_count(n, "observation", "observations");
    g_string_append_printf(plx_app_out(app), "import %" G_GINT64_FORMAT " is undone: %s went\n", id,
                           count);
    return TRUE;
}

static const enum plx_option_id undo_options[] = {PLX_OPTION_DRY_RUN, PLX_OPTION_STEP_BY,
                                                  PLX_OPTION_END};
static const struct plx_example list_examples[] = {
    {"imports list shop.plx", "what was taken in, and when"},
    {0},
};
static const struct plx_example undo_examples[] = {
    {"imports undo shop.plx 3 --dry-run", "how much that would take out"},
    {"imports undo shop.plx 3", "take the third out again"},
    {0},
};

const struct plx_command plx_commands_imports[] = {
    {.name = "imports",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List what was taken into a workspace",
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "imports",
     .verb = "undo",
     .arguments = "WS NUMBER",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Take an import out of a workspace again",
     .details = "All its answers go. The import stays in the list, marked as undone; the same file "
                "can be imported again.",
     .options = undo_options,
     .examples = undo_examples,
     .audit = PLX_AUDIT_ANSWERS,
     .run = run_undo},
    {0},
};
