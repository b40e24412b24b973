/* SPDX-License-Identifier: GPL-3.0-or-later */
/* workshop open and close: tables guess and answer on their devices (docs/workshop-online.md). */
#include "base/date.h"
#include "base/json.h"
#include "cli/cmd_link.h"
#include "cli/cmd_step.h"
#include "cli/cmd_workshop.h"
#include "form/settings.h"
#include "serve/texts.h"
#include "serve/workshop_rows.h"
#include "store/audit.h"
#include "store/gatherings.h"
#include "store/inbox.h"
#include "store/ticket.h"

#include <string.h>

#define NAME_BYTES 100

/* Opening ------------------------------------------------------------------------------------- */

static gboolean read_gathering(const plx_map *map, const plx_invocation *invocation,
                               struct plx_gathering *like, GError **error)
{
    const char *const *const languages = plx_invocation_list(invocation, PLX_OPTION_LANGUAGE);
    const char *const journey = plx_invocation_string(invocation, PLX_OPTION_JOURNEY);
    gint index = -1;
    if (!*like->workshop || strlen(like->workshop) > NAME_BYTES)
        return plx_error(error, PLX_ERROR_USAGE, "--workshop is a name of 1 to %d bytes",
                         NAME_BYTES);
    if (journey && !plx_form_find_journey(map, journey, &index, error))
        return FALSE;
    if (map->n_points == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "the map has no points to guess about; put one in force: parallax map "
                         "apply");
    if (languages[0] && (languages[1] || !g_strv_contains(plx_texts_languages(), languages[0])))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--language \"%s\": expected one of en, de, es, fr, ar, zh", languages[0]);
    g_free(like->journey);
    g_free(like->language);
    like->journey = index >= 0 ? g_strdup(map->journeys[index].id) : NULL;
    like->language = g_strdup(languages[0] ? languages[0] : "");
    like->predicted = plx_invocation_has(invocation, PLX_OPTION_PREDICTED);
    return TRUE;
}

struct address {
    const char *key, *words;
    char *path;
};

static void tell_addresses(plx_app *app, const plx_invocation *invocation, const char *workshop,
                           const struct address *addresses, guint n, const char *base)
{
    GString *const out = plx_app_out(app);
    if (plx_cmd_is_json(invocation)) {
        g_autoptr(plx_json) json = plx_json_new(out);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "schema",
                        n > 1 ? "parallax.workshop-open/1" : "parallax.workshop-lead/1");
        plx_json_string(json, "workshop", workshop);
        for (guint i = 0; i < n; i++) {
            g_autofree char *url = g_strconcat(base ? base : "", addresses[i].path, NULL);
            plx_json_string(json, addresses[i].key, url);
        }
        plx_json_end_object(json);
        return;
    }
    g_string_append_printf(out, "The workshop %s is open.%s\n", workshop,
                           n > 1 ? "" : " The address of who led it works no more.");
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "  %-16s %s%s\n", addresses[i].words, base ? base : "",
                               addresses[i].path);
    plx_app_note(app, "the address of who leads is shown once: only a hash of it is kept");
    if (!base)
        plx_app_note(app, "these are paths: --base-url puts the server's address before them");
}

static char *today(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    return g_date_time_format(now, "%Y-%m-%d");
}

gboolean plx_cmd_workshop_open(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const named = plx_invocation_string(invocation, PLX_OPTION_WORKSHOP);
    g_autoptr(plx_gathering) like = g_new0(struct plx_gathering, 1);
    g_autofree char *base = NULL, *code = NULL;
    char *lead = NULL;
    like->workshop = named ? g_strstrip(g_strdup(named)) : today();
    if (!plx_cmd_base_url(invocation, &base, error) ||
        !plx_cmd_day(invocation, &like->created, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    if (!store || !read_gathering(plx_store_map(store), invocation, like, error) ||
        !plx_gatherings_add(store, like, &code, &lead, error))
        return FALSE;
    struct address addresses[] = {
        {"join", "tables join at", g_strdup_printf("/w/%s", code)},
        {"wall", "the wall", g_strdup_printf("/w/%s/wall", code)},
        {"lead", "who leads", g_strdup_printf("/w/%s/lead/%s", code, lead)}};
    tell_addresses(app, invocation, like->workshop, addresses, G_N_ELEMENTS(addresses), base);
    for (guint i = 0; i < G_N_ELEMENTS(addresses); i++)
        g_free(addresses[i].path);
    plx_ticket_free(lead);
    return TRUE;
}

/* The open one that --workshop names, or the only open one; borrowed. */
static struct plx_gathering *find_open(const GPtrArray *all, const plx_invocation *invocation,
                                       GError **error)
{
    const char *const name = plx_invocation_string(invocation, PLX_OPTION_WORKSHOP);
    struct plx_gathering *found = NULL;
    guint n = 0;
    for (guint i = 0; i < all->len; i++) {
        struct plx_gathering *const one = all->pdata[i];
        if (one->phase == PLX_GATHERING_ENDED)
            continue;
        n++;
        if (!name || strcmp(one->workshop, name) == 0)
            found = one;
    }
    if (n > 1 && !name) {
        plx_error(error, PLX_ERROR_USAGE, "%u workshops are open: say which with --workshop", n);
        return NULL;
    }
    if (!found && name)
        plx_error(error, PLX_ERROR_NOT_FOUND, "no workshop \"%s\" is open", name);
    else if (!found)
        plx_error(error, PLX_ERROR_NOT_FOUND, "no workshop is open");
    return found;
}

/* Leading again ------------------------------------------------------------------------------- */

gboolean plx_cmd_workshop_lead(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autofree char *base = NULL;
    char *lead = NULL;
    if (!plx_cmd_base_url(invocation, &base, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    if (!store || !plx_db_begin_write(plx_store_db(store), error))
        return FALSE;
    g_autoptr(GPtrArray) all = plx_gatherings_read(store, error);
    struct plx_gathering *const found = all ? find_open(all, invocation, error) : NULL;
    if (!plx_store_end(store, found && plx_gathering_lead_again_within(store, found, &lead, error),
                       error)) {
        plx_ticket_free(lead);
        return FALSE;
    }
    g_autofree char *path = g_strdup_printf("/w/%s/lead/%s", found->code, lead);
    const struct address address = {"lead", "who leads", path};
    tell_addresses(app, invocation, found->workshop, &address, 1, base);
    plx_ticket_free(lead);
    return TRUE;
}

/* Closing ------------------------------------------------------------------------------------- */

static gboolean take(gpointer builder, const struct plx_occasion *occasion,
                     const struct plx_builder_row *rows, guint n, GError **error)
{
    return plx_builder_add(builder, occasion, rows, n, error);
}

static gboolean append(plx_store *store, const plx_builder *builder, GError **error)
{
    struct plx_batch batch;
    for (guint i = 0; plx_builder_batch(builder, i, &batch); i++)
        if (!plx_inbox_append_within(store, &batch, 1, error))
            return FALSE;
    return TRUE;
}

/* Within the transaction. */
static gboolean end(plx_store *store, const plx_invocation *invocation, plx_builder *builder,
                    char **workshop, GError **error)
{
    g_autoptr(GPtrArray) all = plx_gatherings_read(store, error);
    struct plx_gathering *const found = all ? find_open(all, invocation, error) : NULL;
    if (!found)
        return FALSE;
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    const gint64 utc = g_date_time_to_unix(now);
    const gint64 local = utc + g_date_time_get_utc_offset(now) / G_TIME_SPAN_SECOND;
    const struct plx_workshop_when when = {
        .clock = "minute", .day = plx_date_of_seconds(local), .utc = utc};
    g_autofree char *actor = plx_cmd_shell(invocation);
    *workshop = g_strdup(found->workshop);
    return plx_audit_add(store, actor, "workshop close", *workshop, error) &&
           plx_workshop_go_within(store, found, PLX_GATHERING_ENDED, &when, take, builder, error) &&
           append(store, builder, error);
}

gboolean plx_cmd_workshop_close(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autofree char *workshop = NULL;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    if (!store || !plx_db_begin_write(plx_store_db(store), error))
        return FALSE;
    g_autoptr(plx_builder) builder = plx_builder_new(plx_store_map(store));
    if (!plx_store_end(store, end(store, invocation, builder, &workshop, error), error))
        return FALSE;
    g_autofree char *rows = plx_cmd_count(plx_builder_rows(builder), "answer", "answers");
    g_string_append_printf(plx_app_out(app), "The workshop %s is over; %s taken in.\n", workshop,
                           rows);
    return TRUE;
}
