/* SPDX-License-Identifier: GPL-3.0-or-later */
/* webhook: who is told of what happens (docs/api.md). */
#include "base/date.h"
#include "base/json.h"
#include "base/suggest.h"
#include "cli/cmd_access.h"
#include "cli/cmd_step.h"
#include "report/story.h"
#include "serve/outside.h"
#include "serve/webhooks.h"
#include "store/audit.h"

#include <string.h>

#define SHOWN 50 /* deliveries */

/* Listing ------------------------------------------------------------------------------------- */

static void write_webhook(plx_json *json, gconstpointer entry)
{
    const plx_webhook *const webhook = entry;
    g_auto(GStrv) events = g_strsplit(webhook->events, " ", 0);
    g_autofree char *created = plx_cmd_second(webhook->created);
    plx_json_integer(json, "webhook", webhook->id);
    plx_json_string(json, "url", webhook->url);
    plx_json_texts(json, "events", (const char *const *)events);
    plx_json_boolean(json, "inside", webhook->inside);
    plx_json_string(json, "created", created);
    plx_json_integer(json, "waiting", webhook->waiting);
    plx_json_integer(json, "failed", webhook->failed);
}

static void append_table(plx_app *app, const GPtrArray *list)
{
    static const struct plx_story_column columns[] = {{"Webhook", PLX_STORY_TEXT},
                                                      {"URL", PLX_STORY_WIDE},
                                                      {"Is told of", PLX_STORY_WIDE},
                                                      {"Waiting", PLX_STORY_TEXT},
                                                      {"Given up", PLX_STORY_TEXT}};
    const struct plx_table_options options = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_story_new("webhooks", "Webhooks");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < list->len; i++) {
        const plx_webhook *const webhook = list->pdata[i];
        plx_story_cellf(story, "%" G_GINT64_FORMAT, webhook->id);
        plx_story_cell(story, webhook->url);
        plx_story_cell(story, webhook->events);
        plx_story_cellf(story, "%" G_GINT64_FORMAT, webhook->waiting);
        plx_story_cellf(story, "%" G_GINT64_FORMAT, webhook->failed);
    }
    plx_story_text(story, &options, plx_app_out(app));
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_webhooks_list(store, error) : NULL;
    if (!list)
        return FALSE;
    if (plx_cmd_is_json(invocation))
        plx_cmd_json_list(plx_app_out(app), "parallax.webhooks/1", "webhooks", list, write_webhook);
    else if (list->len == 0)
        g_string_append(plx_app_out(app), "No program is told of anything yet: parallax webhook "
                                          "add WS https://HOST/PATH\n");
    else
        append_table(app, list);
    return TRUE;
}

/* Deliveries ---------------------------------------------------------------------------------- */

static void write_delivery(plx_json *json, gconstpointer entry)
{
    const plx_delivery *const delivery = entry;
    g_autofree char *created = plx_cmd_second(delivery->created);
    plx_json_integer(json, "delivery", delivery->id);
    plx_json_integer(json, "webhook", delivery->webhook);
    plx_json_string(json, "event", delivery->event);
    plx_json_string(json, "created", created);
    plx_json_string(json, "state", plx_delivery_state_name(delivery->state));
    plx_json_integer(json, "tries", delivery->tries);
    if (delivery->status >= 0)
        plx_json_integer(json, "status", delivery->status);
    else
        plx_json_null(json, "status");
}

static void append_delivery(plx_story *story, const plx_delivery *delivery)
{
    g_autofree char *created = plx_cmd_second(delivery->created);
    plx_story_cellf(story, "%" G_GINT64_FORMAT, delivery->id);
    plx_story_cellf(story, "%" G_GINT64_FORMAT, delivery->webhook);
    plx_story_cell(story, delivery->event);
    plx_story_cell(story, created);
    plx_story_cell(story, plx_delivery_state_name(delivery->state));
    plx_story_cellf(story, "%" G_GINT64_FORMAT, delivery->tries);
    if (delivery->status > 0)
        plx_story_cellf(story, "%" G_GINT64_FORMAT, delivery->status);
    else
        plx_story_cell(story, delivery->status == 0 ? "not reached" : NULL);
}

static gboolean run_deliveries(plx_app *app, const plx_invocation *invocation, GError **error)
{
    static const struct plx_story_column columns[] = {
        {"Delivery", PLX_STORY_TEXT}, {"Webhook", PLX_STORY_TEXT}, {"Event", PLX_STORY_TEXT},
        {"Since", PLX_STORY_TEXT},    {"State", PLX_STORY_TEXT},   {"Tries", PLX_STORY_TEXT},
        {"Answer", PLX_STORY_TEXT}};
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_deliveries_list(store, 0, SHOWN, error) : NULL;
    if (!list)
        return FALSE;
    if (plx_cmd_is_json(invocation)) {
        plx_cmd_json_list(plx_app_out(app), "parallax.deliveries/1", "deliveries", list,
                          write_delivery);
        return TRUE;
    }
    if (list->len == 0) {
        g_string_append(plx_app_out(app), "Nothing was to be told yet.\n");
        return TRUE;
    }
    const struct plx_table_options options = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_story_new("deliveries", "The newest deliveries");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < list->len; i++)
        append_delivery(story, list->pdata[i]);
    plx_story_text(story, &options, plx_app_out(app));
    return TRUE;
}

/* Changing ------------------------------------------------------------------------------------ */

/* "a b", to be freed; of none: all there are. */
static char *read_events(const plx_invocation *invocation, GError **error)
{
    const char *const *const asked = plx_invocation_list(invocation, PLX_OPTION_EVENTS);
    g_auto(GStrv) known = g_strsplit(PLX_WEBHOOK_EVENTS, " ", 0);
    for (guint i = 0; asked[i]; i++)
        if (!g_strv_contains((const char *const *)known, asked[i])) {
            g_autofree char *near =
                plx_suggest_text(asked[i], (const char *const *)known, g_strv_length(known));
            plx_error(error, PLX_ERROR_USAGE, "--events \"%s\": expected some of %s%s", asked[i],
                      PLX_WEBHOOK_EVENTS, near);
            return NULL;
        }
    return asked[0] ? g_strjoinv(" ", (char **)(guintptr)asked) : g_strdup(PLX_WEBHOOK_EVENTS);
}

static void append_secret(const struct plx_cmd_change *change, const plx_webhook *webhook)
{
    GString *const out = plx_app_out(change->app);
    if (!plx_cmd_is_json(change->invocation)) {
        g_string_append_printf(out, "%s\n", webhook->secret);
        return;
    }
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.webhook-add/1");
    write_webhook(json, webhook);
    plx_json_string(json, "secret", webhook->secret);
    plx_json_end_object(json);
}

static gboolean add(const struct plx_cmd_change *change, GError **error)
{
    g_autoptr(plx_webhook) webhook = g_new0(plx_webhook, 1);
    struct plx_outside_url url;
    webhook->url = g_strdup(plx_invocation_argument(change->invocation, 1));
    webhook->inside = plx_invocation_has(change->invocation, PLX_OPTION_ALLOW_PRIVATE);
    webhook->created = change->now;
    webhook->events = read_events(change->invocation, error);
    if (!webhook->events || !plx_outside_parse(webhook->url, &url, error))
        return FALSE;
    g_autofree char *host = g_steal_pointer(&url.host);
    if (!url.https && !webhook->inside)
        return plx_error(error, PLX_ERROR_USAGE,
                         "‘%s’ is not encrypted: expected https://…, or --allow-private for a host "
                         "of one's own network",
                         webhook->url);
    if (!plx_webhooks_add(change->store, webhook, error))
        return FALSE;
    g_autofree char *about =
        g_strdup_printf("webhook %" G_GINT64_FORMAT " at %s", webhook->id, host);
    append_secret(change, webhook);
    plx_app_note(change->app,
                 "%s. The line above is its secret, which signs what is sent; it is not shown "
                 "again",
                 about);
    return plx_audit_add(change->store, change->actor, "webhook add", about, error);
}

static gboolean read_number(const struct plx_cmd_change *change, const char *what, gint64 *id,
                            GError **error)
{
    const char *const text = plx_invocation_argument(change->invocation, 1);
    return g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, id, NULL) ||
           plx_error(error, PLX_ERROR_USAGE, "\"%s\": expected the number of a %s", text, what);
}

static gboolean remove_one(const struct plx_cmd_change *change, GError **error)
{
    gint64 id;
    if (!read_number(change, "webhook (parallax webhook list)", &id, error) ||
        !plx_webhooks_remove(change->store, id, error))
        return FALSE;
    g_autofree char *about = g_strdup_printf("webhook %" G_GINT64_FORMAT, id);
    g_string_append_printf(plx_app_out(change->app), "%s is removed\n", about);
    return plx_audit_add(change->store, change->actor, "webhook remove", about, error);
}

static gboolean replay(const struct plx_cmd_change *change, GError **error)
{
    gint64 id;
    if (!read_number(change, "delivery (parallax webhook deliveries)", &id, error) ||
        !plx_deliveries_replay(change->store, id, change->now, error))
        return FALSE;
    g_autofree char *about = g_strdup_printf("delivery %" G_GINT64_FORMAT, id);
    g_string_append_printf(plx_app_out(change->app),
                           "%s goes out again, within seconds when a server runs\n", about);
    return plx_audit_add(change->store, change->actor, "webhook replay", about, error);
}

/* Without the outbox: what happens is told at once. */
static gboolean run_test(plx_app *app, const plx_invocation *invocation, GError **error)
{
    char event[] = "test", body[] = "{\"test\": true}";
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    const char *const text = plx_invocation_argument(invocation, 1);
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_webhooks_list(store, error) : NULL;
    for (guint i = 0; list && i < list->len; i++) {
        const plx_webhook *const webhook = list->pdata[i];
        g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, webhook->id);
        if (strcmp(number, text) != 0)
            continue;
        const plx_delivery delivery = {.webhook = webhook->id, .event = event, .body = body};
        g_autofree char *why = NULL;
        const gint64 status = plx_webhook_deliver(webhook, &delivery, now, &why);
        if (status == 0)
            return plx_error(error, PLX_ERROR_IO, "%s: %s", webhook->url, why);
        g_string_append_printf(plx_app_out(app), "%s answered with status %" G_GINT64_FORMAT "\n",
                               webhook->url, status);
        return TRUE;
    }
    return list && plx_error(error, PLX_ERROR_NOT_FOUND, "there is no webhook %s", text);
}

/* A name is looked up before anything is locked. */
static gboolean run_add(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const char *const url = plx_invocation_argument(invocation, 1);
    if (!plx_invocation_has(invocation, PLX_OPTION_ALLOW_PRIVATE) && plx_webhook_leads_inside(url))
        return plx_error(error, PLX_ERROR_USAGE,
                         "‘%s’ is inside our own network: expected an address of the internet, or "
                         "--allow-private for a host of one's own network",
                         url);
    return plx_cmd_change(app, invocation, add, error);
}

static gboolean run_remove(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, remove_one, error);
}

static gboolean run_replay(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, replay, error);
}

/* What they are called ------------------------------------------------------------------------ */

static const enum plx_option_id add_options[] = {PLX_OPTION_EVENTS, PLX_OPTION_ALLOW_PRIVATE,
                                                 PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id by_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example add_examples[] = {
    {"webhook add shop.plx https://hooks.example.org/parallax", "told of everything"},
    {"webhook add shop.plx http://10.0.0.5/in --allow-private", "a host of one's own network"},
    {0},
};
static const struct plx_example list_examples[] = {{"webhook list shop.plx", "who is told"}, {0}};
static const struct plx_example remove_examples[] = {
    {"webhook remove shop.plx 1", "no more, and what waits is dropped"}, {0}};
static const struct plx_example test_examples[] = {
    {"webhook test shop.plx 1", "is it reached, and what does it answer?"}, {0}};
static const struct plx_example deliveries_examples[] = {
    {"webhook deliveries shop.plx", "what was told, what waits, what was given up"}, {0}};
static const struct plx_example replay_examples[] = {
    {"webhook replay shop.plx 17", "once more, also what was taken"}, {0}};

const struct plx_command plx_commands_webhook[] = {
    {.name = "webhook",
     .summary = "Tell programs of what happens",
     .details = "A webhook is posted JSON with counts and numbers, never with what people said, "
                "and signed with its secret (docs/api.md). What is not taken is tried again for "
                "about two days. Addresses inside one's own network need --allow-private."},
    {.name = "webhook",
     .verb = "add",
     .arguments = "WS URL",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Tell a program from now on",
     .details = "Writes its secret, once. Without --events it is told of everything.",
     .options = add_options,
     .formats = "text json",
     .examples = add_examples,
     .run = run_add},
    {.name = "webhook",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List webhooks",
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "webhook",
     .verb = "remove",
     .arguments = "WS NUMBER",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Tell a program no more",
     .options = by_options,
     .examples = remove_examples,
     .run = run_remove},
    {.name = "webhook",
     .verb = "test",
     .arguments = "WS NUMBER",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Send a webhook something now",
     .examples = test_examples,
     .run = run_test},
    {.name = "webhook",
     .verb = "deliveries",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "Show what was told, and what waits",
     .formats = "table json",
     .examples = deliveries_examples,
     .run = run_deliveries},
    {.name = "webhook",
     .verb = "replay",
     .arguments = "WS NUMBER",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Tell something once more",
     .options = by_options,
     .examples = replay_examples,
     .run = run_replay},
    {0},
};
