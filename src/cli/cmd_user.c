/* SPDX-License-Identifier: GPL-3.0-or-later */
/* user: who may log in to the server, and what they may (docs/accounts.md). */
#include "base/date.h"
#include "base/json.h"
#include "cli/cmd_access.h"
#include "cli/cmd_link.h"
#include "cli/cmd_step.h"
#include "report/story.h"
#include "store/accounts.h"
#include "store/audit.h"

#include <string.h>

#define INVITATION (7 * PLX_DAY_SECONDS)
#define RESET PLX_DAY_SECONDS

/* Listing ------------------------------------------------------------------------------------- */

/* There is nothing yet by which they could sign in. */
static gboolean is_invited(const plx_account *account)
{
    return !account->password && !account->subject;
}

static const char *state_of(const plx_account *account)
{
    if (account->disabled)
        return "disabled";
    return is_invited(account) ? "invited" : "active";
}

static void write_account(plx_json *json, gconstpointer entry)
{
    const plx_account *const account = entry;
    plx_json_integer(json, "account", account->id);
    plx_json_string(json, "login", account->login);
    plx_json_string(json, "name", account->name);
    plx_json_string(json, "role", plx_role_name(account->role));
    plx_json_string(json, "state", state_of(account));
    plx_json_boolean(json, "password", account->password != NULL);
    plx_json_boolean(json, "code", account->has_totp);
    plx_json_string(json, "subject", account->subject);
}

static void append_table(plx_app *app, const GPtrArray *list)
{
    static const struct plx_story_column columns[] = {{"Login", PLX_STORY_WIDE},
                                                      {"Name", PLX_STORY_WIDE},
                                                      {"Role", PLX_STORY_TEXT},
                                                      {"State", PLX_STORY_TEXT},
                                                      {"Second factor", PLX_STORY_TEXT}};
    const struct plx_table_options options = plx_cmd_step_form(app);
    g_autoptr(plx_story) story = plx_story_new("users", "Accounts");
    plx_story_table(story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < list->len; i++) {
        const plx_account *const account = list->pdata[i];
        plx_story_cell(story, account->login);
        plx_story_cell(story, account->name);
        plx_story_cell(story, plx_role_name(account->role));
        plx_story_cell(story, state_of(account));
        plx_story_cell(story, account->has_totp ? "code" : NULL);
    }
    plx_story_text(story, &options, plx_app_out(app));
}

static gboolean run_list(plx_app *app, const plx_invocation *invocation, GError **error)
{
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_READ, error);
    g_autoptr(GPtrArray) list = store ? plx_accounts_list(store, error) : NULL;
    if (!list)
        return FALSE;
    if (plx_cmd_is_json(invocation))
        plx_cmd_json_list(plx_app_out(app), "parallax.users/1", "users", list, write_account);
    else if (list->len == 0)
        g_string_append(plx_app_out(app),
                        "Nobody has an account yet: parallax serve makes a link for the first "
                        "administrator, parallax user add one for anybody.\n");
    else
        append_table(app, list);
    return TRUE;
}

/* Changing ------------------------------------------------------------------------------------ */

static gboolean note_down(const struct plx_cmd_change *change, const char *act, gint64 account,
                          const char *more, GError **error)
{
    g_autofree char *about = g_strdup_printf("account %" G_GINT64_FORMAT "%s%s", account,
                                             more ? ": " : "", more ? more : "");
    return plx_audit_add(change->store, change->actor, act, about, error);
}

static void append_link(GString *out, const plx_account *account, const char *url, gint64 until)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    g_autofree char *time = plx_cmd_second(until);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.user-link/1");
    plx_json_integer(json, "account", account->id);
    plx_json_string(json, "login", account->login);
    plx_json_string(json, "role", plx_role_name(account->role));
    plx_json_string(json, "url", url);
    plx_json_string(json, "until", time);
    plx_json_end_object(json);
}

/* The link by which somebody sets a password. */
static gboolean give_link(const struct plx_cmd_change *change, const plx_account *account,
                          gint64 seconds, GError **error)
{
    g_autofree char *base = NULL;
    if (!plx_cmd_base_url(change->invocation, &base, error))
        return FALSE;
    char *const ticket = plx_one_time_new(change->store, account->id, change->now + seconds, error);
    if (!ticket)
        return FALSE;
    g_autofree char *until = plx_cmd_minute(change->now + seconds);
    g_autofree char *url = g_strconcat(base ? base : "", "/setup/", ticket, NULL);
    if (plx_cmd_is_json(change->invocation))
        append_link(plx_app_out(change->app), account, url, change->now + seconds);
    else
        g_string_append_printf(plx_app_out(change->app), "%s\n", url);
    plx_app_note(change->app,
                 "for %s, to choose a password%s. It works once, until %s UTC, and is not shown "
                 "again",
                 account->login, base ? "" : "; --base-url puts the server's address before it",
                 until);
    plx_ticket_free(ticket);
    return TRUE;
}

static plx_account *named(const struct plx_cmd_change *change, GError **error)
{
    g_autofree char *login = plx_login_new(plx_invocation_argument(change->invocation, 1), error);
    return login ? plx_accounts_by_login(change->store, login, error) : NULL;
}

static gboolean read_role(const char *text, enum plx_role *role, GError **error)
{
    return plx_role_read(text, role) ||
           plx_error(error, PLX_ERROR_USAGE,
                     "\"%s\": a role is viewer, shopper, analyst, editor or administrator", text);
}

static gboolean add(const struct plx_cmd_change *change, GError **error)
{
    const char *const role = plx_invocation_string(change->invocation, PLX_OPTION_ROLE);
    const char *const name = plx_invocation_string(change->invocation, PLX_OPTION_NAME);
    g_autoptr(plx_account) account = g_new0(plx_account, 1);
    account->login = plx_login_new(plx_invocation_argument(change->invocation, 1), error);
    account->name = g_strdup(name ? name : "");
    account->role = PLX_ROLE_VIEWER;
    return account->login && plx_account_name_is(account->name, error) &&
           (!role || read_role(role, &account->role, error)) &&
           plx_accounts_add(change->store, account, error) &&
           note_down(change, "user add", account->id, plx_role_name(account->role), error) &&
           give_link(change, account, INVITATION, error);
}

static gboolean set_role(const struct plx_cmd_change *change, GError **error)
{
    const char *const text = plx_invocation_argument(change->invocation, 2);
    enum plx_role role;
    g_autoptr(plx_account) account = NULL;
    if (!read_role(text, &role, error) || !(account = named(change, error)))
        return FALSE;
    const gboolean same = account->role == role;
    account->role = role;
    if (!same && (!plx_accounts_save(change->store, account, error) ||
                  !note_down(change, "user role", account->id, text, error)))
        return FALSE;
    g_string_append_printf(plx_app_out(change->app), "%s: %s%s\n", account->login, text,
                           same ? " already; nothing was changed" : " from now on");
    return TRUE;
}

static gboolean reset(const struct plx_cmd_change *change, GError **error)
{
    g_autoptr(plx_account) account = named(change, error);
    if (!account)
        return FALSE;
    if (account->disabled)
        return plx_error(error, PLX_ERROR_USAGE, "%s is disabled: enable it first", account->login);
    const gint64 seconds = is_invited(account) ? INVITATION : RESET;
    g_clear_pointer(&account->password, g_free);
    account->has_totp = FALSE;
    memset(account->totp, 0, sizeof account->totp);
    account->failures = 0;
    account->locked_until = 0;
    return plx_accounts_save(change->store, account, error) &&
           note_down(change, "user reset", account->id, NULL, error) &&
           give_link(change, account, seconds, error);
}

static gboolean set_disabled(const struct plx_cmd_change *change, gboolean disabled, GError **error)
{
    const char *const word = disabled ? "disabled" : "enabled";
    g_autoptr(plx_account) account = named(change, error);
    if (!account)
        return FALSE;
    const gboolean same = account->disabled == disabled;
    account->disabled = disabled;
    if (!same &&
        (!plx_accounts_save(change->store, account, error) ||
         !note_down(change, disabled ? "user disable" : "user enable", account->id, NULL, error)))
        return FALSE;
    g_string_append_printf(plx_app_out(change->app), "%s: %s%s\n", account->login, word,
                           same ? " already; nothing was changed" : "");
    return TRUE;
}

static gboolean disable(const struct plx_cmd_change *change, GError **error)
{
    return set_disabled(change, TRUE, error);
}

static gboolean enable(const struct plx_cmd_change *change, GError **error)
{
    return set_disabled(change, FALSE, error);
}

static gboolean remove_one(const struct plx_cmd_change *change, GError **error)
{
    g_autoptr(plx_account) account = named(change, error);
    g_autofree char *before = account ? g_strdup(account->login) : NULL;
    if (!account || !plx_accounts_remove(change->store, account, error) ||
        !note_down(change, "user remove", account->id, NULL, error))
        return FALSE;
    g_string_append_printf(plx_app_out(change->app), "%s is %s now, and cannot come back\n", before,
                           account->login);
    return TRUE;
}

static gboolean run_remove(plx_app *app, const plx_invocation *invocation, GError **error)
{
    if (!plx_cmd_change(app, invocation, remove_one, error))
        return FALSE;
    g_autoptr(plx_store) store = plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error);
    return store && plx_db_empty_log(plx_store_db(store), error);
}

static gboolean run_add(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, add, error);
}

static gboolean run_role(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, set_role, error);
}

static gboolean run_reset(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, reset, error);
}

static gboolean run_disable(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, disable, error);
}

static gboolean run_enable(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, enable, error);
}

/* What they are called ------------------------------------------------------------------------ */

static const enum plx_option_id add_options[] = {
    PLX_OPTION_ROLE, PLX_OPTION_NAME, PLX_OPTION_STEP_BY, PLX_OPTION_BASE_URL, PLX_OPTION_END};
static const enum plx_option_id reset_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_BASE_URL,
                                                   PLX_OPTION_END};
static const enum plx_option_id by_options[] = {PLX_OPTION_STEP_BY, PLX_OPTION_END};
static const struct plx_example add_examples[] = {
    {"user add shop.plx anna@example.org --role editor --name \"Anna B.\"",
     "an account, and the link for its password"},
    {0},
};
static const struct plx_example list_examples[] = {
    {"user list shop.plx", "who may log in, and what they may"},
    {0},
};
static const struct plx_example role_examples[] = {
    {"user role shop.plx anna@example.org analyst", "she may read and analyse, no longer edit"},
    {0},
};
static const struct plx_example reset_examples[] = {
    {"user reset shop.plx anna@example.org", "a new link: the password or the phone is lost"},
    {0},
};
static const struct plx_example disable_examples[] = {
    {"user disable shop.plx anna@example.org", "she can log in no more, from now on"},
    {0},
};
static const struct plx_example remove_examples[] = {
    {"user remove shop.plx anna@example.org", "she left: her name and address go"},
    {0},
};
static const struct plx_example enable_examples[] = {
    {"user enable shop.plx anna@example.org", "she can again"},
    {0},
};

const struct plx_command plx_commands_user[] = {
    {.name = "user",
     .summary = "Decide who may log in to the server",
     .details =
         "Roles, each with all that stands before it: viewer (readings), analyst (rows out, "
         "steps), editor (map, forms, links, answers in), administrator (accounts, tokens). A "
         "shopper has the own visits alone. A server that runs knows of a change within a second."},
    {.name = "user",
     .verb = "add",
     .arguments = "WS LOGIN",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Add an account",
     .details = "Writes a link by which the person chooses a password; it works once, for seven "
                "days. LOGIN is an e-mail address or a short name.",
     .options = add_options,
     .formats = "text json",
     .examples = add_examples,
     .run = run_add},
    {.name = "user",
     .verb = "list",
     .arguments = "WS",
     .min_arguments = 1,
     .max_arguments = 1,
     .summary = "List accounts",
     .formats = "table json",
     .examples = list_examples,
     .run = run_list},
    {.name = "user",
     .verb = "role",
     .arguments = "WS LOGIN ROLE",
     .min_arguments = 3,
     .max_arguments = 3,
     .words = PLX_ROLE_WORDS,
     .summary = "Change what somebody may",
     .details =
         "Their sessions end: they log in again. A link that waits for them stays good. The only "
         "administrator stays one.",
     .options = by_options,
     .examples = role_examples,
     .run = run_role},
    {.name = "user",
     .verb = "reset",
     .arguments = "WS LOGIN",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Make a link for a new password",
     .details = "Password, second factor, waits and sessions end at once; the link works once, for "
                "a day. Who has no password yet gets another invitation, for seven days.",
     .options = reset_options,
     .formats = "text json",
     .examples = reset_examples,
     .run = run_reset},
    {.name = "user",
     .verb = "disable",
     .arguments = "WS LOGIN",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Let somebody log in no more",
     .details = "Sessions and links end at once. What they did stays in the audit log.",
     .options = by_options,
     .examples = disable_examples,
     .run = run_disable},
    {.name = "user",
     .verb = "enable",
     .arguments = "WS LOGIN",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Let somebody log in again",
     .options = by_options,
     .examples = enable_examples,
     .run = run_enable},
    {.name = "user",
     .verb = "remove",
     .arguments = "WS LOGIN",
     .min_arguments = 2,
     .max_arguments = 2,
     .summary = "Let go of somebody's name and address",
     .details = "What they did stays in the audit log, under a number that says nothing of them. "
                "Copies of the file keep what they had.",
     .options = by_options,
     .examples = remove_examples,
     .run = run_remove},
    {0},
};
