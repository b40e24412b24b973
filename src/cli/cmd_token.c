/* SPDX-License-Identifier: GPL-3.0-or-later */
/* token: what programs show to use the API (docs/accounts.md). */
#include "base/date.h"
#include "base/json.h"
#include "cli/cmd_access.h"
#include "cli/cmd_step.h"
#include "report/story.h"
#include "store/accounts.h"
#include "store/api_tokens.h"
#include "store/audit.h"

#define YEAR_DAYS 365

/* Listing ------------------------------------------------------------------------------------- */

static const char *state_of(const plx_api_token *token, gint64 now)
{
    if (token->revoked)
        return "revoked";
    return token->expires <= now ? "expired" : "in force";
}

static void write_token(plx_json *json, const plx_api_token *token, gint64 now)
{
    g_autofree char *scopes = plx_scopes_text(token->scopes);
    g_auto(GStrv) words = g_strsplit(scopes, " ", 0);
    g_autofree char *created = plx_cmd_second(token->created);
    g_autofree char *expires = plx_cmd_second(token->expires);
    plx_json_integer(json, "token", token->id);
    plx_json_string(json, "name", token->name);
    plx_json_string(json, "prefix", token->prefix);
    plx_json_texts(json, "scopes", (const char *const *)words);
    plx_json_string(json, "state", state_of(token, now));
    plx_json_string(json, "created", created);
    plx_json_string(json, "expires", expires);
}

static void append_json(GString *out, const GPtrArray *list, gint64 now)
{
    g_autoptr(plx_json) json = plx_cmd_json_begin_list(out, "parallax.tokens/1", "tokens");
    for (guint i = 0; i < list->len; i++) {
        const plx_api_token *const token = list->pdata[i];
        plx_json_begin_object(json, NULL);
        write_token(json, token, now);
        if (token->used >= 0)
            plx_json_day(json, "used", (gint32)token->used);
        else
            plx_json_null(json, "used");
        plx_json_end_object(json);
    }
    plx_cmd_json_end_list(json);
}

static void append_row(plx_story *story, const plx_api_token *token, gint64 now)
{
    char day[PLX_DATE_SIZE];
    g_autofree char *scopes = plx_scopes_text(token->scopes);
    plx_story_cellf(story, "%" G_GINT64_FORMAT, token->id);
    plx_story_cell(story, token->name);
    plx_story_cellf(story, "%s…", token->prefix);
    plx_story_cell(story, scopes);
    plx_story_cell(story, state_of(token, now));
    plx_story_cell(story, plx_date_format(plx_date_of_seconds(token->expires - 1), day));
    plx_story_cell(story, token->used >= 0 ? plx_date_format((gint32)token->used, day) : NULL);
}

static void append_table(plx_app *app, const GPtrArray *list, gint64 now)
{
    static const struct plx_story_column columns[] = {
        {"Token", PLX_STORY_TEXT},    {"Name", PLX_STORY_WIDE},  {"Begins", PLX_STORY_TEXT},
        {"May", PLX_STORY_WIDE},      {"State", PLX_STORY_TEXT}, {"Until", PLX_STORY_TEXT},
        {"Last used", PLX_STORY_TEXT}};
    const struct plx_table_options options = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_story_new("tokens", "API tokens");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < list->len; i++)
        append_row(story, list->pdata[i], now);
    plx_story_text(story, &options, plx_app_out(app));
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_api_tokens_list(store, error) : NULL;
    if (!list)
        return FALSE;
    if (plx_cmd_is_json(invocation))
        append_json(plx_app_out(app), list, now);
    else if (list->len == 0)
        g_string_append(plx_app_out(app), "No program has a token yet: parallax token create WS "
                                          "NAME --scope collect\n");
    else
        append_table(app, list, now);
    return TRUE;
}

/* Changing ------------------------------------------------------------------------------------ */

static gboolean read_expiry(const struct plx_cmd_change *change, gint64 *expires, GError **error)
{
    const char *const text = plx_invocation_string(change->invocation, PLX_OPTION_EXPIRES);
    gint32 day = plx_date_of_seconds(change->now) + YEAR_DAYS;
    if (text && !plx_day_parse(text, &day))
        return plx_error(error, PLX_ERROR_USAGE, "--expires \"%s\": expected a day like 2026-01-31",
                         text);
    const gint64 seconds = (gint64)(day + 1) * PLX_DAY_SECONDS;
    if (seconds <= change->now)
        return plx_error(error, PLX_ERROR_USAGE, "--expires %s is over already", text);
    *expires = seconds;
    return TRUE;
}

/* `shown`: the token itself, which is written this once. */
static void tell_created(const struct plx_cmd_change *change, const plx_api_token *token,
                         const char *shown)
{
    char day[PLX_DATE_SIZE];
    GString *const out = plx_app_out(change->app);
    if (plx_cmd_is_json(change->invocation)) {
        g_autoptr(plx_json) json = plx_json_new(out);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "schema", "parallax.token-create/1");
        write_token(json, token, change->now);
        plx_json_string(json, "secret", shown);
        plx_json_end_object(json);
    } else {
        g_string_append_printf(out, "%s\n", shown);
    }
    plx_app_note(change->app, "shown once: only a hash of it is kept. It works until %s",
                 plx_date_format(plx_date_of_seconds(token->expires - 1), day));
}

static gboolean create(const struct plx_cmd_change *change, GError **error)
{
    g_autoptr(plx_api_token) token = g_new0(plx_api_token, 1);
    token->name = g_strdup(plx_invocation_argument(change->invocation, 1));
    token->created = change->now;
    if (!plx_account_name_is(token->name, error) ||
        !plx_scopes_read(plx_invocation_list(change->invocation, PLX_OPTION_SCOPE), &token->scopes,
                         error) ||
        !read_expiry(change, &token->expires, error))
        return FALSE;
    char *const shown = plx_api_tokens_new(change->store, token, error);
    if (!shown)
        return FALSE;
    g_autofree char *scopes = plx_scopes_text(token->scopes);
    g_autofree char *about =
        g_strdup_printf("token %" G_GINT64_FORMAT " %s: %s", token->id, token->prefix, scopes);
    tell_created(change, token, shown);
    plx_ticket_free(shown);
    return plx_audit_add(change->store, change->actor, "token create", about, error);
}

static gboolean revoke_one(const struct plx_cmd_change *change, GError **error)
{
    const char *const text = plx_invocation_argument(change->invocation, 1);
    gint64 id;
    if (!g_ascii_string_to_signed(text, 10, 1, G_MAXINT64, &id, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "\"%s\": expected the number of a token (parallax token list)", text);
    g_autofree char *about = g_strdup_printf("token %" G_GINT64_FORMAT, id);
    if (!plx_api_tokens_revoke(change->store, id, error) ||
        !plx_audit_add(change->store, change->actor, "token revoke", about, error))
        return FALSE;
    g_string_append_printf(plx_app_out(change->app), "%s is revoked\n", about);
    return TRUE;
}

static gboolean run_create(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, create, error);
}

static gboolean run_revoke(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, revoke_one, error);
}

/* What they are called ------------------------------------------------------------------------ */

static const enum plx_option_id create_options[] = {PLX_OPTION_SCOPE, PLX_OPTION_EXPIRES,
                                                    PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const enum plx_option_id revoke_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example create_examples[] = {
    {"token create shop.plx \"till 3\" --scope collect", "a till may put answers in, no more"},
    {"token create shop.plx dashboard --scope read --expires 2099-12-31", "readings, for long"},
    {0},
};
static const struct plx_example list_examples[] = {
    {"token list shop.plx", "what there is, and when each was used last"},
    {0},
};
static const struct plx_example revoke_examples[] = {
    {"token revoke shop.plx 1", "it works no more, from now on"},
    {0},
};

const struct plx_command plx_commands_token[] = {
    {.name = "token",
     .summary = "Let programs use the API",
     .details =
         "A token is sent as \"Authorization: Bearer TOKEN\". It may what its scopes say, each of "
         "them only that: collect (put answers in), read (readings)."},
    {.name = "token",
     .verb = "create",
     .arguments = "WS NAME",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Make a token for a program",
     .details = "Written once, and kept as a hash. Without --expires it works for a year.",
     .options = create_options,
     .formats = "text json",
     .examples = create_examples,
     .run = run_create},
    {.name = "token",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List tokens",
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "token",
     .verb = "revoke",
     .arguments = "WS NUMBER",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Make a token work no more",
     .details = "A server that runs knows of it within a second.",
     .options = revoke_options,
     .examples = revoke_examples,
     .run = run_revoke},
    {0},
};
