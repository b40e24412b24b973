/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map apply: another map for a workspace, put together with what others changed meanwhile. */
#include "base/json.h"
#include "cli/cmd_map.h"
#include "map/map_comments.h"
#include "map/map_file.h"
#include "map/map_json.h"
#include "map/map_merge.h"
#include "map/map_write.h"
#include "report/term.h"
#include "store/map_log.h"

#include <string.h>

/* So often others may be faster. */
#define TURNS 5

struct applying {
    plx_app *app;
    const plx_invocation *invocation;
    plx_store *store;
    const char *path;
    char *text;                     /* of FILE, as a map file */
    gint64 onto, number;            /* what FILE was made of, or 0; the map in force */
    gboolean json, dry_run, merged; /* `json`: FILE is of a program, which has no comments */
    GPtrArray *changes, *conflicts; /* or NULL */
};

/* What people write stays as it is, comments too; what programs write becomes what people would. */
static gboolean read_text(struct applying *a, GError **error)
{
    g_autofree char *text = NULL;
    if (!plx_cmd_read_text(a->path, &text, error))
        return FALSE;
    a->json = plx_map_is_json(text);
    if (a->json) {
        g_autoptr(plx_map) map = plx_map_read_memory(text, strlen(text), a->path, error);
        if (!map)
            return FALSE;
        GString *const out = g_string_new(NULL);
        plx_map_write(map, out);
        a->text = g_string_free(out, FALSE);
        return TRUE;
    }
    a->text = g_steal_pointer(&text);
    return TRUE;
}

/* ---- both changes ---- */

static plx_map *read_log(const struct applying *a, gint64 number, GError **error)
{
    g_autofree char *text = plx_map_log_text(a->store, number, error);
    if (!text)
        return NULL;
    return *text ? plx_map_read_memory(text, strlen(text), plx_store_path(a->store), error)
                 : plx_map_new_open();
}

/* What people wrote beside the map: of FILE, or what a program wrote, of the map in force. */
static gboolean keep_comments(const struct applying *a, const char *to, char **text, GError **error)
{
    g_autofree char *from =
        a->json ? plx_map_log_text(a->store, a->number, error) : g_strdup(a->text);
    if (!from)
        return FALSE;
    *text = to == a->text && !a->json ? g_strdup(to) : plx_map_comments_carry(from, to);
    return TRUE;
}

/* The text to apply: FILE, or where another map is in force both; NULL text when somebody has to
 * choose. */
static gboolean put_together(struct applying *a, char **text, GError **error)
{
    const struct plx_map_choices choices = {
        .ours = plx_invocation_list(a->invocation, PLX_OPTION_OURS),
        .theirs = plx_invocation_list(a->invocation, PLX_OPTION_THEIRS)};
    g_autoptr(plx_map) ours = NULL, base = NULL, theirs = NULL, merged = NULL;
    a->merged = a->onto > 0 && a->onto != a->number;
    if (!a->merged)
        return keep_comments(a, a->text, text, error);
    ours = plx_map_read_memory(a->text, strlen(a->text), a->path, error);
    base = ours ? read_log(a, a->onto, error) : NULL;
    theirs = base ? read_log(a, a->number, error) : NULL;
    if (!theirs || !plx_map_merge(base, theirs, ours, &choices, &merged, &a->conflicts, error))
        return FALSE;
    if (merged) {
        GString *const out = g_string_new(NULL);
        plx_map_write(merged, out);
        g_autofree char *both = g_string_free(out, FALSE);
        return keep_comments(a, both, text, error);
    }
    return TRUE;
}

static gboolean apply(struct applying *a, GError **error)
{
    for (guint turn = 0; turn < TURNS && !a->changes; turn++) {
        g_autofree char *text = NULL;
        g_clear_pointer(&a->conflicts, g_ptr_array_unref);
        if (!plx_map_log_number(a->store, &a->number, error) || !put_together(a, &text, error))
            return FALSE;
        if (!text)
            return TRUE; /* conflicts */
        const struct plx_map_terms terms = {.onto = a->number,
                                            .dry_run = a->dry_run,
                                            .guarded = !plx_invocation_administers(a->invocation)};
        if (!plx_map_log_apply_on(a->store, text, plx_cmd_kept_name(a->invocation, a->path), &terms,
                                  &a->changes, error))
            return FALSE;
    }
    return a->changes ||
           plx_error(error, PLX_ERROR_IO, "%s: others change the map all the time; try again",
                     plx_invocation_argument(a->invocation, 0));
}

/* ---- telling ---- */

static void json_conflicts(plx_json *json, const GPtrArray *conflicts)
{
    plx_json_begin_array(json, "conflicts");
    for (guint i = 0; conflicts && i < conflicts->len; i++) {
        const struct plx_map_conflict *const c = conflicts->pdata[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "name", c->name);
        plx_json_string(json, "kind", c->kind);
        plx_json_string(json, "id", c->id);
        plx_json_string(json, "title", c->title);
        plx_json_string(json, "key", c->key);
        plx_json_string(json, "base", c->base);
        plx_json_string(json, "theirs", c->theirs);
        plx_json_string(json, "ours", c->ours);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void tell_json(const struct applying *a)
{
    GString *const out = plx_app_out(a->app);
    const gboolean applied = a->changes && a->changes->len > 0 && !a->dry_run;
    {
        g_autoptr(plx_json) json = plx_json_new(out);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "schema", "parallax.mapapply/1");
        plx_json_boolean(json, "applied", applied);
        plx_json_boolean(json, "dry_run", a->dry_run);
        plx_json_integer(json, "map", a->number + (applied ? 1 : 0));
        plx_json_boolean(json, "merged", a->merged);
        plx_map_changes_json(json, "changes", a->changes);
        json_conflicts(json, a->conflicts && !a->changes ? a->conflicts : NULL);
        plx_json_end_object(json);
    }
}

static void append_value(GString *text, const char *value)
{
    g_autofree char *quoted = value ? plx_yaml_quote(value) : NULL;
    g_string_append(text, quoted ? quoted : "nothing");
}

/* All of them in the message; always FALSE. */
static gboolean refuse(const struct applying *a, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < a->conflicts->len; i++) {
        const struct plx_map_conflict *const c = a->conflicts->pdata[i];
        g_string_append_printf(text, "\n  %s: ", c->name);
        if (*c->key) {
            append_value(text, c->theirs);
            g_string_append(text, " there, ");
            append_value(text, c->ours);
            g_string_append_printf(text, " in %s", a->path);
        } else {
            g_string_append(text,
                            c->ours ? "removed there, changed in " : "changed there, removed in ");
            g_string_append(text, a->path);
        }
    }
    return plx_error(error, PLX_ERROR_INPUT,
                     "%s has map %" G_GINT64_FORMAT
                     " now, which others changed where you did; nothing was done; say --ours NAME "
                     "or --theirs NAME for each:%s",
                     plx_invocation_argument(a->invocation, 0), a->number, text->str);
}

static gboolean tell(const struct applying *a, GError **error)
{
    if (plx_cmd_is_json(a->invocation))
        tell_json(a);
    if (!a->changes)
        return refuse(a, error);
    if (!plx_cmd_is_json(a->invocation))
        plx_cmd_map_tell(plx_app_out(a->app), plx_invocation_argument(a->invocation, 0), a->changes,
                         a->dry_run);
    return TRUE;
}

gboolean plx_cmd_map_apply(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct applying a = {.app = app,
                         .invocation = invocation,
                         .path = plx_invocation_argument(invocation, 1),
                         .onto = plx_invocation_integer(invocation, PLX_OPTION_ONTO, 0),
                         .dry_run = plx_invocation_has(invocation, PLX_OPTION_DRY_RUN)};
    if (a.onto == 0 && (plx_invocation_has(invocation, PLX_OPTION_OURS) ||
                        plx_invocation_has(invocation, PLX_OPTION_THEIRS)))
        return plx_error(error, PLX_ERROR_USAGE, "--ours and --theirs need --onto");
    gboolean ok = read_text(&a, error);
    if (ok)
        a.store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    ok = ok && a.store && apply(&a, error) && tell(&a, error);
    plx_store_free(a.store);
    g_clear_pointer(&a.changes, g_ptr_array_unref);
    g_clear_pointer(&a.conflicts, g_ptr_array_unref);
    g_free(a.text);
    return ok;
}
