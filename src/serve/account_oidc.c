/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /login/oidc: signing in at the provider that was configured. Nobody gets an account by it: it is
 * for who was invited, known by the provider's own name for them or, the first time, by the e-mail
 * address that the provider has verified. */

#include "base/error.h"
#include "serve/account_form.h"
#include "serve/login.h"
#include "serve/oidc.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "store/audit.h"

#include <sodium.h>
#include <string.h>

#define COOKIE_SECONDS 600

/* What the provider did is for the log. */
static void refuse(plx_call *call, guint status, const char *key, const GError *error)
{
    if (error && call->server->options.log)
        plx_log_event(call->server->options.log, "oidc", error->message);
    plx_call_refuse(call, status, key);
}

/* There -----------------------------------------------------------------------------------------
 */

static void get_there(plx_call *call)
{
    plx_oidc *const oidc = call->server->oidc;
    g_autoptr(GError) error = NULL;
    if (!oidc) {
        plx_call_problem(call, 404, "There is nothing at this address.");
        return;
    }
    const char *const next = plx_guard_next(plx_fields_get(call->query, "next"));
    char *const state = plx_ticket_new();
    g_autofree char *url = plx_oidc_begin(oidc, state, &error);
    const struct plx_cookie_names *const names = plx_entrance_cookies(call->server->entrance);
    g_autofree char *cookie = g_strdup_printf(
        "%s=%s:%s; Path=/login/oidc; HttpOnly; SameSite=Lax; Max-Age=%d%s",
        names->of[PLX_COOKIE_OIDC], state, next, COOKIE_SECONDS, names->secure ? "; Secure" : "");
    plx_ticket_free(state);
    if (url)
        plx_call_redirect(call, url, cookie);
    else if (g_error_matches(error, PLX_ERROR, PLX_ERROR_IO))
        refuse(call, 503, "account.provider.away", error);
    else
        refuse(call, 502, "account.provider.failed", error);
}

/* And back ---------------------------------------------------------------------------------------
 */

struct arrival {
    struct plx_oidc_person person;
    char *next;
    char *ticket; /* NULL: unknown, or disabled */
};

static void free_arrival(gpointer data)
{
    struct arrival *const arrival = data;
    plx_oidc_person_clear(&arrival->person);
    plx_ticket_free(arrival->ticket);
    g_free(arrival->next);
    g_free(arrival);
}

/* By subject; else by the verified address, to which the subject is tied from then on. NULL without
 * an error: nobody. */
static plx_account *find_person(plx_store *store, const char *subject, const char *email,
                                GError **error)
{
    g_autoptr(GError) cause = NULL;
    plx_account *account = plx_accounts_by_subject(store, subject, &cause);
    if (account || !g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND)) {
        if (cause)
            g_propagate_error(error, g_steal_pointer(&cause));
        return account;
    }
    g_clear_error(&cause);
    g_autofree char *login = email ? plx_login_new(email, NULL) : NULL;
    account = login ? plx_accounts_by_login(store, login, &cause) : NULL;
    if (cause && !g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        g_propagate_error(error, g_steal_pointer(&cause));
    if (!account || account->subject || account->disabled) {
        plx_account_free(account); /* somebody else has the address now */
        return NULL;
    }
    account->subject = g_strdup(subject);
    return account;
}

static gboolean apply_arrival(plx_call *call, plx_store *store, GError **error)
{
    struct arrival *const arrival = call->data;
    const gint64 now = plx_call_now(call).utc;
    g_autoptr(GError) cause = NULL;
    g_autofree char *subject =
        g_strdup_printf("%s %s", plx_oidc_issuer(call->server->oidc), arrival->person.sub);
    g_autoptr(plx_account) account = find_person(store, subject, arrival->person.email, &cause);
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (!account || account->disabled)
        return TRUE;
    if (!plx_accounts_save(store, account, error))
        return FALSE;
    arrival->ticket = plx_login_session(store, account->id, now, error);
    return arrival->ticket != NULL;
}

static void settle_arrival(plx_call *call, const GError *failure)
{
    const struct arrival *const arrival = call->data;
    if (failure) {
        plx_call_failed(call, failure);
        return;
    }
    if (!arrival->ticket) {
        plx_call_refuse(call, 403, "account.provider.unknown");
        return;
    }
    g_autofree char *cookie = plx_account_cookie(call, arrival->ticket);
    plx_call_redirect(call, arrival->next, cookie);
}

/* The state and the way of the login that this browser began; FALSE: it is not this one. */
static gboolean take_state(const plx_call *call, char **state, char **next)
{
    const struct plx_http_slice value = plx_call_cookie(call, PLX_COOKIE_OIDC);
    const char *const said = plx_fields_get(call->query, "state");
    if (!value.at || value.length <= PLX_TICKET_LENGTH || value.at[PLX_TICKET_LENGTH] != ':' ||
        !plx_ticket_is(value.at, PLX_TICKET_LENGTH) || !said || strlen(said) != PLX_TICKET_LENGTH ||
        sodium_memcmp(said, value.at, PLX_TICKET_LENGTH) != 0)
        return FALSE;
    g_autofree char *way =
        g_strndup(value.at + PLX_TICKET_LENGTH + 1, value.length - PLX_TICKET_LENGTH - 1);
    *state = g_strdup(said);
    *next = g_strdup(plx_guard_next(way));
    return TRUE;
}

static void get_back(plx_call *call)
{
    plx_oidc *const oidc = call->server->oidc;
    const char *const code = plx_fields_get(call->query, "code");
    g_autofree char *state = NULL;
    g_autoptr(GError) error = NULL;
    struct arrival *const arrival = g_new0(struct arrival, 1);
    call->data = arrival;
    call->data_free = free_arrival;
    if (!oidc || !code || !take_state(call, &state, &arrival->next))
        refuse(call, 400, "account.provider.begun", NULL);
    else if (!plx_oidc_finish(oidc, state, code, plx_call_now(call).utc, &arrival->person, &error))
        refuse(call, 502, "account.provider.failed", error);
    else
        plx_call_write(call, apply_arrival, settle_arrival);
}

const struct plx_route plx_routes_oidc[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/login/oidc",
     .place = PLX_ON_FAR_WORKER,
     .guess = TRUE,
     .summary = "Sign in at the provider that was configured",
     .handle = get_there},
    {.method = PLX_HTTP_GET,
     .pattern = PLX_OIDC_BACK,
     .place = PLX_ON_FAR_WORKER,
     .guess = TRUE,
     .summary = "Back from the provider",
     .handle = get_back},
    {.pattern = NULL},
};
