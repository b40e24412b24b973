/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_workspace.h"

#include "base/date.h"
#include "report/words.h"
#include "store/audit.h"
#include "store/forms.h"

#include <string.h>
#include <unistd.h>

#define PATIENCE 2 /* seconds before a wait is told */

static gboolean tell_waiting(guint seconds, gpointer data)
{
    if (seconds >= PATIENCE)
        plx_app_waiting(data, seconds);
    return !plx_interrupts_pending(); /* held back, they would not end the wait */
}

/* "import 3" of 'imports undo WS 3': what is named by its number behind the workspace; else "", as
 * names may be people's. To be freed. */
static char *about(const plx_invocation *invocation)
{
    const struct plx_command *const command = plx_invocation_command(invocation);
    const char *const second = plx_invocation_argument(invocation, 1);
    if (!command->verb || !second || second[strspn(second, "0123456789")] != '\0')
        return g_strdup("");
    const gsize length = strlen(command->name);
    const gboolean many = g_str_has_suffix(command->name, "s");
    return g_strdup_printf("%.*s %s", (int)(many ? length - 1 : length), command->name, second);
}

void plx_cmd_workspace_about(plx_store *store, const plx_invocation *invocation, const char *what)
{
    const struct plx_command *const command = plx_invocation_command(invocation);
    if (command->audit == PLX_AUDIT_NOTHING)
        return;
    g_autofree char *actor = plx_cmd_shell(invocation);
    g_autofree char *act = plx_command_full_name(command);
    const struct plx_audit_deed deed = {actor, act, what, command->audit == PLX_AUDIT_ANSWERS};
    plx_audit_follow(store, &deed);
}

plx_store *plx_cmd_workspace_open(plx_app *app, const plx_invocation *invocation,
                                  enum plx_store_mode mode, GError **error)
{
    plx_store *const store = plx_store_open(plx_invocation_argument(invocation, 0), mode, error);
    if (store)
        plx_store_set_waiting(store, tell_waiting, app);
    if (store && mode == PLX_STORE_WRITE) {
        g_autofree char *what = about(invocation);
        plx_cmd_workspace_about(store, invocation, what);
    }
    return store;
}

enum plx_store_mode plx_cmd_workspace_mode(const plx_invocation *invocation)
{
    const char *const path = plx_invocation_argument(invocation, 0);
    g_autofree char *folder = g_path_get_dirname(path);
    return access(path, W_OK) == 0 && access(folder, W_OK) == 0 ? PLX_STORE_WRITE : PLX_STORE_READ;
}

gboolean plx_cmd_go_on(gpointer nothing)
{
    (void)nothing;
    return !plx_interrupts_pending();
}

void plx_cmd_release(plx_app *app, const struct plx_interrupts *interrupts, gboolean done)
{
    if (plx_interrupts_pending() && done)
        plx_app_flush(app, NULL, NULL);
    else if (plx_interrupts_pending())
        plx_app_stopped(app);
    plx_interrupts_release(interrupts);
}

const char *plx_cmd_kept_name(const plx_invocation *invocation, const char *path)
{
    const char *const slash = path && plx_invocation_actor(invocation) ? strrchr(path, '/') : NULL;
    return slash ? slash + 1 : path;
}

gboolean plx_cmd_read_text(const char *path, char **text, GError **error)
{
    g_autoptr(GError) cause = NULL;
    if (g_file_get_contents(strcmp(path, "-") == 0 ? "/dev/stdin" : path, text, NULL, &cause))
        return TRUE;
    const char *const reason = g_strrstr(cause->message, ": ");
    return plx_error(error,
                     g_error_matches(cause, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? PLX_ERROR_NOT_FOUND
                                                                              : PLX_ERROR_IO,
                     "cannot read %s: %s", path, reason ? reason + 2 : cause->message);
}

char *plx_cmd_count(guint64 n, const char *one, const char *many)
{
    g_autofree char *digits = g_strdup_printf("%" G_GUINT64_FORMAT, n);
    const gsize length = strlen(digits);
    GString *const text = g_string_new(NULL);
    for (gsize i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            g_string_append_c(text, ',');
        g_string_append_c(text, digits[i]);
    }
    g_string_append_printf(text, " %s", n == 1 ? one : many);
    return g_string_free(text, FALSE);
}

gboolean plx_cmd_author(const plx_invocation *invocation, const char **author, GError **error)
{
    const char *const by = plx_invocation_string(invocation, PLX_OPTION_STEP_BY);
    const char *const known = plx_invocation_author(invocation);
    const char *const name = known ? known : by ? by : g_getenv("USER");
    if (!name || !*name)
        return plx_error(error, PLX_ERROR_USAGE,
                         "say who does this by --by NAME: the environment has no USER");
    if (!g_utf8_validate(name, -1, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "say who does this by --by NAME: USER of the environment is not UTF-8");
    *author = name;
    return TRUE;
}

char *plx_cmd_shell(const plx_invocation *invocation)
{
    if (plx_invocation_actor(invocation))
        return g_strdup(plx_invocation_actor(invocation));
    const char *const by = plx_invocation_string(invocation, PLX_OPTION_STEP_BY);
    const char *const name = by && *by ? by : g_getenv("USER");
    const gboolean known = name && *name && g_utf8_validate(name, -1, NULL);
    return g_strconcat("shell", known ? " " : NULL, known ? name : NULL, NULL);
}

gboolean plx_cmd_day(const plx_invocation *invocation, gint32 *day, GError **error)
{
    const char *const text = plx_invocation_string(invocation, PLX_OPTION_AT);
    if (text)
        return plx_day_parse(text, day) ||
               plx_error(error, PLX_ERROR_USAGE, "--at \"%s\": expected a day like 2026-01-31",
                         text);
    *day = plx_date_of_seconds(g_get_real_time() / G_USEC_PER_SEC);
    return TRUE;
}

void plx_cmd_count_some(GString *out, guint64 n, const char *one, const char *many)
{
    g_autofree char *text = n > 0 ? plx_cmd_count(n, one, many) : NULL;
    if (text)
        g_string_append_printf(out, ", %s", text);
}

gboolean plx_cmd_is_json(const plx_invocation *invocation)
{
    return strcmp(plx_invocation_string(invocation, PLX_OPTION_FORMAT), "json") == 0;
}

static void write_entries(plx_json *json, const GPtrArray *list,
                          void (*write)(plx_json *json, gconstpointer entry))
{
    for (guint i = 0; i < list->len; i++) {
        plx_json_begin_object(json, NULL);
        write(json, list->pdata[i]);
        plx_json_end_object(json);
    }
}

void plx_cmd_json_objects(plx_json *json, const char *name, const GPtrArray *list,
                          void (*write)(plx_json *json, gconstpointer entry))
{
    plx_json_begin_array(json, name);
    write_entries(json, list, write);
    plx_json_end_array(json);
}

plx_json *plx_cmd_json_begin_list(GString *out, const char *schema, const char *name)
{
    plx_json *const json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", schema);
    plx_json_begin_array(json, name);
    return json;
}

void plx_cmd_json_end_list(plx_json *json)
{
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_cmd_json_list(GString *out, const char *schema, const char *name, const GPtrArray *list,
                       void (*write)(plx_json *json, gconstpointer entry))
{
    g_autoptr(plx_json) json = plx_cmd_json_begin_list(out, schema, name);
    write_entries(json, list, write);
    plx_cmd_json_end_list(json);
}

gboolean plx_cmd_never_enough(const struct plx_audience *audience)
{
    return !audience->named && audience->population > 0 && audience->population < audience->minimum;
}

static void append_waiting(const struct plx_audience *audience, gint64 n, GString *out)
{
    const char *const people = plx_words_audience(audience->id, audience->title);
    g_autofree char *count = plx_cmd_count((guint64)n, "anonymous answer", "anonymous answers");
    const char *const wait = n == 1 ? "waits" : "wait";
    if (audience->named)
        g_string_append_printf(out, "%s of %s %s for the server, which takes %s in\n", count,
                               people, wait, n == 1 ? "it" : "them");
    else if (plx_cmd_never_enough(audience))
        g_string_append_printf(
            out,
            "%s of %s %s until %u are there, and the map says that there are %u: for ever, unless "
            "all of them agree to be shown (named: true in the map; docs/forms.md)\n",
            count, people, wait, audience->minimum, (guint)audience->population);
    else
        g_string_append_printf(out, "%s of %s %s until %u are there (docs/forms.md)\n", count,
                               people, wait, audience->minimum);
}

gboolean plx_cmd_waiting(plx_store *store, GString *out, GError **error)
{
    const plx_map *const map = plx_store_map(store);
    gint64 all, known = 0;
    if (!plx_forms_waiting(store, &all, error))
        return FALSE;
    for (guint a = 0; all > known && a < map->n_audiences; a++) {
        const struct plx_audience *const audience = &map->audiences[a];
        gint64 n;
        if (!plx_forms_waiting_of(store, audience->id, &n, error))
            return FALSE;
        if (n > 0)
            append_waiting(audience, n, out);
        known += n;
    }
    g_autofree char *rest =
        plx_cmd_count((guint64)(all - known), "anonymous answer", "anonymous answers");
    if (all > known)
        g_string_append_printf(out, "%s of an audience that the map has no more\n", rest);
    return TRUE;
}

gboolean plx_cmd_note_waiting(plx_app *app, plx_store *store, GError **error)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    if (!plx_cmd_waiting(store, lines, error))
        return FALSE;
    if (lines->len > 0) {
        g_string_truncate(lines, lines->len - 1);
        plx_app_note(app, "%s", lines->str);
    }
    return TRUE;
}
