/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to visits: assign, take, erase. */
#include "base/error.h"
#include "base/json.h"
#include "cli/cmd_link.h"
#include "cli/cmd_step.h"
#include "cli/cmd_visit.h"

#include "serve/visit_file.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/suggestions.h"
#include "store/visit_ties.h"

#include <string.h>

#define NAME_BYTES_MAX 255

gboolean plx_cmd_visit_change(const struct plx_cmd_change *change, plx_cmd_visit_make make,
                              GError **error)
{
    struct plx_visit_desk desk;
    if (!plx_visit_desk_open(&desk, change->store, error))
        return FALSE;
    const gboolean ok = make(change, &desk, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

gboolean plx_cmd_visit_audit(const struct plx_cmd_change *change, const char *what, gint64 visit,
                             const char *verdict, GError **error)
{
    g_autofree char *name = g_strdup_printf("visit %s", what);
    g_autofree char *about = g_strdup_printf("visit %" G_GINT64_FORMAT "%s%s", visit,
                                             verdict ? ": " : "", verdict ? verdict : "");
    return plx_audit_add(change->store, change->actor, name, about, error);
}

gboolean plx_cmd_visit_act(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                           gint64 visit, const char *what, const char *body, const char *verdict,
                           GError **error)
{
    const char *author;
    return plx_cmd_author(change->invocation, &author, error) &&
           plx_visit_desk_act(desk, visit, change->now, author, what, body, error) &&
           plx_cmd_visit_audit(change, what, visit, verdict, error);
}

static plx_visit *named(const struct plx_cmd_change *change, const struct plx_visit_desk *desk,
                        GError **error)
{
    return plx_visit_find(desk->list, plx_invocation_argument(change->invocation, 1), FALSE, error);
}

/* Assigning ---------------------------------------------------------------------------------- */

void plx_cmd_visit_link_clear(struct plx_cmd_visit_link *link)
{
    g_free(link->url);
    g_free(link->token);
    g_free(link->hash);
}

gboolean plx_cmd_visit_link_make(const struct plx_cmd_change *change, const char *path,
                                 struct plx_cmd_visit_link *link, GError **error)
{
    g_autofree char *base = NULL;
    if (!plx_cmd_base_url(change->invocation, &base, error))
        return FALSE;
    link->token = plx_suggestions_token(&link->hash);
    link->url = g_strconcat(base ? base : "", path, link->token, NULL);
    if (!base)
        plx_app_note(change->app, "this is a path: --base-url puts the server's address before it");
    return TRUE;
}

/* Whose account --account names; *account stays NULL where it is not given. */
static gboolean find_account(const struct plx_cmd_change *change, plx_account **account,
                             GError **error)
{
    const char *const text = plx_invocation_string(change->invocation, PLX_OPTION_VISIT_ACCOUNT);
    if (!text)
        return TRUE;
    g_autofree char *login = plx_login_new(text, error);
    g_autoptr(plx_account) found =
        login ? plx_accounts_by_login(change->store, login, error) : NULL;
    if (!found)
        return FALSE;
    if (found->disabled)
        return plx_error(error, PLX_ERROR_USAGE, "%s is disabled: nobody could sign in", login);
    *account = g_steal_pointer(&found);
    return TRUE;
}

/* Who makes it now: by name, and whose account finds it. */
struct shopper {
    const char *name;
    plx_account *account; /* or NULL */
    gboolean again;       /* another link led to it before */
};

static void tell_assigned(const struct plx_cmd_change *change, gint64 visit,
                          const struct shopper *shopper, const char *url)
{
    const plx_account *const account = shopper->account;
    GString *const out = plx_app_out(change->app);
    const char *const older = shopper->again ? "; the older link is void" : "";
    if (plx_cmd_is_json(change->invocation)) {
        g_autoptr(plx_json) json = plx_json_new(out);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "schema", "parallax.visit-assign/1");
        plx_json_integer(json, "visit", visit);
        plx_json_string(json, "shopper", shopper->name);
        plx_json_string(json, "account", account ? account->login : NULL);
        plx_json_string(json, "url", url);
        plx_json_boolean(json, "again", shopper->again);
        plx_json_end_object(json);
    } else {
        g_string_append_printf(out, "%s\n", url);
    }
    if (account)
        plx_app_note(change->app, "for %s alone, who also finds it signed in as %s%s",
                     shopper->name, account->login, older);
    else
        plx_app_note(change->app, "for %s alone; shown once: only a hash of it is kept%s",
                     shopper->name, older);
}

static gboolean give(const struct plx_cmd_change *change, struct plx_visit_desk *desk, gint64 visit,
                     const struct shopper *shopper, GError **error)
{
    gint64 id;
    struct plx_cmd_visit_link link = {NULL, NULL, NULL};
    if (!plx_visits_shopper_within(change->store, shopper->name, &id, error) ||
        !plx_cmd_visit_link_make(change, "/v/", &link, error))
        return FALSE;
    g_autofree char *body = plx_visit_assign_text(id, link.hash);
    const gboolean ok =
        plx_cmd_visit_act(change, desk, visit, "assign", body, NULL, error) &&
        plx_visit_ties_set_within(change->store, visit, shopper->account ? shopper->account->id : 0,
                                  link.token, error);
    if (ok)
        tell_assigned(change, visit, shopper, link.url);
    plx_cmd_visit_link_clear(&link);
    return ok;
}

static gboolean assign(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                       GError **error)
{
    const char *const to = plx_invocation_string(change->invocation, PLX_OPTION_VISIT_TO);
    g_autoptr(plx_account) account = NULL;
    const plx_visit *const visit = named(change, desk, error);
    if (!visit || !find_account(change, &account, error))
        return FALSE;
    const char *const name = to ? to : account ? account->login : NULL;
    if (!name)
        return plx_error(error, PLX_ERROR_USAGE,
                         "say who makes the visit: --to NAME, or --account LOGIN");
    if (strlen(name) > NAME_BYTES_MAX)
        return plx_error(error, PLX_ERROR_USAGE, "--to: at most %d bytes are taken",
                         NAME_BYTES_MAX);
    const struct shopper shopper = {name, account, visit->hash != NULL};
    return plx_visit_check_words("to", name, error) &&
           give(change, desk, visit->id, &shopper, error);
}

static gboolean make_assign(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, assign, error);
}

gboolean plx_cmd_visit_assign(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_assign, error);
}

/* Taking a file ------------------------------------------------------------------------------ */

gboolean plx_cmd_visit_take(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                            gboolean walk, GError **error)
{
    const char *const path = plx_invocation_argument(change->invocation, 2);
    const plx_visit *const visit =
        plx_visit_find(desk->list, plx_invocation_argument(change->invocation, 1), walk, error);
    enum plx_visit_put put;
    const char *author;
    g_autofree char *text = NULL;
    if (!visit || !plx_cmd_author(change->invocation, &author, error) ||
        !plx_cmd_read_text(path, &text, error))
        return FALSE;
    const struct plx_visit_parcel parcel = {text, strlen(text), change->now, "en", author};
    if (!plx_visit_file_take(desk, visit, &parcel, &put, error)) {
        g_prefix_error(error, "%s: ", path);
        return FALSE;
    }
    g_string_append_printf(plx_app_out(change->app), "%s: %s\n", path,
                           put == PLX_VISIT_PUT_NEW ? "what was told is taken"
                                                    : "it is here already; nothing was changed");
    if (put == PLX_VISIT_PUT_NEW && visit->outside)
        g_string_append_printf(plx_app_out(change->app),
                               "Visit %" G_GINT64_FORMAT
                               " began on a day that was not planned: it is marked as outside the "
                               "window.\n",
                               visit->id);
    return TRUE;
}

static gboolean take(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                     GError **error)
{
    return plx_cmd_visit_take(change, desk, FALSE, error);
}

static gboolean make_take(const struct plx_cmd_change *change, GError **error)
{
    return plx_cmd_visit_change(change, take, error);
}

gboolean plx_cmd_visit_run_take(plx_app *app, const plx_invocation *invocation, GError **error)
{
    return plx_cmd_change(app, invocation, make_take, error);
}

/* Erasing ------------------------------------------------------------------------------------ */

struct erasing {
    const plx_invocation *invocation;
    const char *actor;
    gboolean walk;
    guint64 reports;
};

static gboolean erase_told(plx_store *store, gpointer data, GError **error)
{
    struct erasing *const erasing = data;
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    const char *const noun = erasing->walk ? "walk" : "visit";
    const char *const number = plx_invocation_argument(erasing->invocation, 1);
    g_autofree char *act = g_strconcat(noun, " erase", NULL);
    g_autofree char *about = g_strdup_printf("%s %s", noun, number);
    const char *author;
    struct plx_visit_desk desk;
    if (!plx_cmd_author(erasing->invocation, &author, error) ||
        !plx_visit_desk_open(&desk, store, error))
        return FALSE;
    const plx_visit *const visit = plx_visit_find(desk.list, number, erasing->walk, error);
    const gboolean ok = visit &&
                        plx_visit_desk_empty(&desk, visit, now, author, &erasing->reports, error) &&
                        plx_audit_add(store, erasing->actor, act, about, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

gboolean plx_cmd_visit_erase(plx_app *app, const plx_invocation *invocation, gboolean walk,
                             GError **error)
{
    g_autofree char *actor = plx_cmd_actor(invocation, error);
    g_autoptr(plx_store) store =
        actor ? plx_cmd_workspace_open(app, invocation, PLX_STORE_WRITE, error) : NULL;
    struct erasing erasing = {invocation, actor, walk, 0};
    if (!store || !plx_visits_write(store, erase_told, &erasing, error) ||
        !plx_visits_settle(store, error))
        return FALSE;
    g_autofree char *reports = plx_cmd_count(erasing.reports, "report", "reports");
    g_string_append_printf(plx_app_out(app), "%s %s: %s and all pictures are erased%s\n",
                           walk ? "Walk" : "Visit", plx_invocation_argument(invocation, 1), reports,
                           walk ? "; it is closed." : ". Answers that came of it stay.");
    plx_app_note(app, "backups and exported files are not reached: erase there, too");
    return TRUE;
}
