/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_access.h"

#include "store/audit.h"

char *plx_cmd_actor(const plx_invocation *invocation, GError **error)
{
    const char *author;
    if (plx_invocation_actor(invocation))
        return g_strdup(plx_invocation_actor(invocation));
    return plx_cmd_author(invocation, &author, error) ? g_strconcat("shell ", author, NULL) : NULL;
}

gboolean plx_cmd_change(plx_app *app, const plx_invocation *invocation,
                        gboolean (*make)(const struct plx_cmd_change *change, GError **error),
                        GError **error)
{
    g_autofree char *actor = plx_cmd_actor(invocation, error);
    g_autoptr(plx_store) store =
        actor ? plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error) : NULL;
    if (!store || !plx_db_begin_write(plx_store_db(store), error))
        return FALSE;
    const struct plx_cmd_change change = {app, invocation, store, actor,
                                          g_get_real_time() / G_USEC_PER_SEC};
    if (make(&change, error))
        return plx_db_commit(plx_store_db(store), error);
    plx_db_rollback(plx_store_db(store));
    return FALSE;
}

gboolean plx_cmd_note_taken(plx_app *app, const plx_invocation *invocation, const char *name,
                            GError **error)
{
    const char *const actor = plx_invocation_actor(invocation);
    if (!actor)
        return TRUE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    g_autofree char *act = plx_command_full_name(plx_invocation_command(invocation));
    const char *const about = plx_cmd_kept_name(invocation, name);
    return store && plx_db_begin_write(plx_store_db(store), error) &&
           plx_store_end(store, plx_audit_add(store, actor, act, about, error), error);
}

static char *format_time(gint64 seconds, const char *format)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return time ? g_date_time_format(time, format) : g_strdup("");
}

char *plx_cmd_minute(gint64 seconds)
{
    return format_time(seconds, "%Y-%m-%d %H:%M");
}

char *plx_cmd_second(gint64 seconds)
{
    return format_time(seconds, "%Y-%m-%dT%H:%M:%SZ");
}
