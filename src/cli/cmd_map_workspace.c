/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "cli/cmd_map.h"
#include "map/map_file.h"
#include "map/map_json.h"
#include "map/map_tree.h"
#include "map/map_write.h"
#include "report/map_plan.h"
#include "report/term.h"
#include "store/map_log.h"

#include <jansson.h>
#include <string.h>

gboolean plx_cmd_map_json(plx_app *app, const char *members, const plx_map *map, GError **error)
{
    GString *const out = plx_app_out(app);
    g_string_append_len(out, members, (gssize)(strrchr(members, '\n') - members));
    g_string_append(out, ",\n  \"map\": ");
    if (!plx_map_write_json(map, out, error))
        return FALSE;
    g_string_append(out, "\n}\n");
    return TRUE;
}

void plx_cmd_map_tree(plx_app *app, const plx_map *map)
{
    g_autoptr(GString) tree = g_string_new(NULL);
    plx_map_tree(map, !plx_app_unicode(app), tree);
    plx_term_safe(plx_app_out(app), tree->str);
}

/* The map that --number asks for, as it was applied; NULL without the option. */
static gboolean read_older(plx_store *store, const plx_invocation *invocation, plx_map **map,
                           GError **error)
{
    const gint64 number = plx_invocation_integer(invocation, PLX_OPTION_NUMBER, 0);
    if (number == 0)
        return TRUE;
    g_autofree char *text = plx_map_log_text(store, number, error);
    if (!text)
        return FALSE;
    *map = *text ? plx_map_read_memory(text, strlen(text), plx_store_path(store), error)
                 : plx_map_new_open();
    return *map != NULL;
}

static void write_answers(const struct plx_map_data *answers, gpointer data)
{
    plx_json *const json = data;
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "kind", plx_thing_name(answers->kind));
    plx_json_string(json, "id", answers->id);
    plx_json_integer(json, "answers", (gint64)answers->count);
    plx_json_end_object(json);
}

/* `number` 0: the map in force. */
static gboolean show_json(plx_app *app, plx_store *store, const plx_map *map, gint64 number,
                          GError **error)
{
    g_autoptr(GString) members = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(members);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.map/1");
    if (number == 0 && !plx_map_log_number(store, &number, error))
        return FALSE;
    plx_json_integer(json, "number", number);
    plx_json_begin_array(json, "answers");
    const gboolean ok = plx_map_log_answers(store, write_answers, json, error);
    plx_json_end_array(json);
    plx_map_force_json(json, map);
    plx_json_end_object(json);
    return ok && plx_cmd_map_json(app, members->str, map, error);
}

gboolean plx_cmd_map_show(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(plx_map) older = NULL;
    if (!store || !read_older(store, invocation, &older, error))
        return FALSE;
    const plx_map *const map = older ? older : plx_store_map(store);
    if (plx_cmd_is_json(invocation))
        return show_json(app, store, map, plx_invocation_integer(invocation, PLX_OPTION_NUMBER, 0),
                         error);
    plx_cmd_map_tree(app, map);
    return TRUE;
}

/* A sentence holds titles, which may hold anything. */
static void append_line(GString *out, const char *indent, const char *sentence)
{
    g_string_append(out, indent);
    plx_term_safe(out, sentence);
    g_string_append_c(out, '\n');
}

void plx_cmd_map_tell(GString *out, const char *path, const GPtrArray *changes, gboolean dry_run)
{
    if (changes->len == 0)
        g_string_append_printf(out, "%s: the map is the same; nothing was changed\n", path);
    else
        g_string_append_printf(out, dry_run ? "%s: would change:\n" : "%s: changed:\n", path);
    for (guint i = 0; i < changes->len; i++)
        append_line(out, "  ", ((const struct plx_map_change *)changes->pdata[i])->sentence);
}

/* Asked for, or by the end of the name. */
static gboolean is_drawing(const plx_invocation *invocation)
{
    const char *const path = plx_invocation_string(invocation, PLX_OPTION_OUTPUT);
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    return strcmp(plx_invocation_string(invocation, PLX_OPTION_FORMAT), "svg") == 0 ||
           (lower && g_str_has_suffix(lower, ".svg"));
}

gboolean plx_cmd_map_export(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    const gint64 number = plx_invocation_integer(invocation, PLX_OPTION_NUMBER, 0);
    g_autofree char *text = store ? plx_map_log_text(store, number, error) : NULL;
    g_autoptr(plx_map) older = NULL;
    gint64 amendments;
    /* What imports added is not in the text of the map's author. */
    if (!text || !read_older(store, invocation, &older, error) ||
        !plx_db_number(plx_store_db(store), "SELECT count(*) FROM amendment", &amendments, error) ||
        !plx_command_new_file(app, invocation, error))
        return FALSE;
    const plx_map *const map = older ? older : plx_store_map(store);
    if (is_drawing(invocation)) {
        g_autoptr(plx_svg) plan = plx_map_plan(map);
        g_string_append(plx_app_out(app), plx_svg_finish(plan));
    } else if (strcmp(plx_invocation_string(invocation, PLX_OPTION_FORMAT), "csv") == 0)
        plx_map_write_csv(map, plx_app_out(app));
    else if (*text && (older || amendments == 0))
        g_string_append(plx_app_out(app), text);
    else
        plx_map_write(map, plx_app_out(app));
    return TRUE;
}

/* The sentences of a map's changes, which the workspace keeps as JSON. */
static void append_sentences(GString *out, const char *changes)
{
    json_t *const list = json_loads(changes, 0, NULL);
    gsize i;
    json_t *change;
    json_array_foreach(list, i, change)
    {
        const char *const sentence = json_string_value(json_object_get(change, "sentence"));
        append_line(out, "      ", sentence ? sentence : "");
    }
    json_decref(list);
}

static void append_changes(plx_json *json, const char *changes)
{
    static const char *const texts[] = {"change", "kind", "id", "other", "sentence"};
    json_t *const list = json_loads(changes, 0, NULL);
    gsize i;
    json_t *change;
    plx_json_begin_array(json, "changes");
    json_array_foreach(list, i, change)
    {
        plx_json_begin_object(json, NULL);
        for (gsize k = 0; k < G_N_ELEMENTS(texts); k++)
            plx_json_string(json, texts[k], json_string_value(json_object_get(change, texts[k])));
        plx_json_integer(json, "answers", json_integer_value(json_object_get(change, "answers")));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    json_decref(list);
}

static void write_map(plx_json *json, gconstpointer data)
{
    const struct plx_map_log_entry *const entry = data;
    plx_json_integer(json, "map", entry->number);
    plx_json_string(json, "applied", entry->applied);
    plx_json_string(json, "file", entry->name);
    plx_json_string(json, "by", entry->by);
    append_changes(json, entry->changes);
}

gboolean plx_cmd_map_log(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_map_log_list(store, error) : NULL;
    if (!list)
        return FALSE;
    GString *const out = plx_app_out(app);
    if (plx_cmd_is_json(invocation)) {
        plx_cmd_json_list(out, "parallax.maplog/1", "maps", list, write_map);
        return TRUE;
    }
    for (guint i = 0; i < list->len; i++) {
        const struct plx_map_log_entry *const entry = list->pdata[i];
        g_string_append_printf(out, "%4" G_GINT64_FORMAT "  %s  %s\n", entry->number,
                               entry->applied, entry->name);
        append_sentences(out, entry->changes);
    }
    return TRUE;
}
