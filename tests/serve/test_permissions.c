/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every route × everybody: nobody, half a login, every role, tokens of every scope. What may be is
 * said here anew, so that neither the table nor who.c is its own judge. */

#include "serve/csrf.h"
#include "serve/routes.h"
#include "serve/who.h"
#include "site.h"
#include "store/sessions.h"

#include <string.h>

#define SCOPES 2

static const char *const ROLES[] = {"viewer", "shopper", "analyst", "editor", "administrator"};

/* Rows: permission; columns: ROLES. */
static const gboolean may_role[][5] = {
    [PLX_MAY_ALL] = {TRUE, TRUE, TRUE, TRUE, TRUE},
    [PLX_MAY_SHOPPER] = {TRUE, TRUE, TRUE, TRUE, TRUE},
    [PLX_MAY_VIEW] = {TRUE, FALSE, TRUE, TRUE, TRUE},
    [PLX_MAY_ANALYSE] = {FALSE, FALSE, TRUE, TRUE, TRUE},
    [PLX_MAY_EDIT] = {FALSE, FALSE, FALSE, TRUE, TRUE},
    [PLX_MAY_ADMINISTER] = {FALSE, FALSE, FALSE, FALSE, TRUE},
};

/* Rows: permission; columns: collect, read; of routes below /api/ alone. */
static const gboolean may_scope[][SCOPES] = {
    [PLX_MAY_ALL] = {TRUE, TRUE}, [PLX_MAY_SHOPPER] = {FALSE}, [PLX_MAY_VIEW] = {FALSE, TRUE},
    [PLX_MAY_ANALYSE] = {FALSE},  [PLX_MAY_EDIT] = {FALSE},    [PLX_MAY_ADMINISTER] = {FALSE},
};
static const gboolean may_scope_encounters[SCOPES] = {TRUE, FALSE};

/* "/r/{token:token}/{n:number}" -> "/r/x/1", to be freed. */
static char *path_of(const struct plx_route *route)
{
    GString *const path = g_string_new(NULL);
    for (const char *at = route->pattern; *at; at++) {
        if (*at != '{') {
            g_string_append_c(path, *at);
            continue;
        }
        const char *const end = strchr(at, '}');
        g_string_append(path, g_strstr_len(at, end - at, ":number") ? "1" : "x");
        at = end;
    }
    return g_string_free(path, FALSE);
}

static guint ask(struct visitor *visitor, const struct plx_route *route, const char *headers)
{
    g_autofree char *path = path_of(route);
    const gboolean sends = route->method != PLX_HTTP_GET;
    /* A reply without an end: its head says enough. */
    const char *const method =
        strcmp(route->pattern, "/app/events") == 0 ? "HEAD" : plx_http_method_name(route->method);
    struct answer answer = visitor_ask(visitor, method, path, headers, sends ? "" : NULL);
    const guint status = answer.status;
    answer_clear(&answer);
    return status;
}

/* A session of account `id`, new each time: some routes end it. Also what proves a form. */
static char *sign_in(struct site *site, gint64 id, gboolean half, struct visitor *visitor)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    struct plx_session session = {
        .account = id, .half = half, .created = now, .expires = now + 3600};
    char *const ticket = plx_sessions_new(site->desk.store, &session, NULL);
    g_assert_nonnull(ticket);
    *visitor = (struct visitor){.site = site, .cookie = site_session(site, ticket)};
    g_autofree char *csrf = plx_csrf_text(ticket);
    plx_ticket_free(ticket);
    return g_strdup_printf("X-CSRF: %s\r\n", csrf);
}

static void add_accounts(struct site *site)
{
    for (guint i = 0; i < G_N_ELEMENTS(ROLES); i++) {
        g_autoptr(plx_account) account = g_new0(plx_account, 1);
        account->login = g_strdup(ROLES[i]);
        account->name = g_strdup("");
        g_assert_true(plx_role_read(ROLES[i], &account->role));
        g_assert_true(plx_accounts_add(site->desk.store, account, NULL));
        g_assert_cmpint(account->id, ==, i + 1);
    }
}

static void check(const struct plx_route *route, const char *whom, guint status, gboolean may)
{
    const gboolean refused = status == 401 || status == 403;
    if (refused == may)
        g_test_message("%s %s as %s: %u", plx_http_method_name(route->method), route->pattern, whom,
                       status);
    g_assert_true(refused != may);
}

/* Whoever is let in gets to the handler, which finds nothing behind the made-up parameters; whoever
 * is not gets 401 or 403. Routes for everybody may refuse a wrong password with 403. */
static void check_roles(struct site *site, const struct plx_route *route)
{
    for (guint role = 0; role < G_N_ELEMENTS(ROLES); role++) {
        struct visitor visitor;
        g_autofree char *csrf = sign_in(site, role + 1, FALSE, &visitor);
        check(route, ROLES[role], ask(&visitor, route, csrf), may_role[route->permission][role]);
        if (route->method != PLX_HTTP_GET) /* without the form's token, from another site */
            check(route, "a form of another site", ask(&visitor, route, ""), FALSE);
        visitor_clear(&visitor);
    }
}

static void check_nobody(struct site *site, const struct plx_route *route)
{
    struct visitor nobody = {.site = site};
    struct visitor half;
    g_autofree char *csrf = sign_in(site, G_N_ELEMENTS(ROLES), TRUE, &half);
    check(route, "nobody", ask(&nobody, route, ""), FALSE);
    check(route, "half", ask(&half, route, csrf), FALSE);
    visitor_clear(&nobody);
    visitor_clear(&half);
}

static void check_tokens(struct site *site, const struct plx_route *route, char *const *tokens)
{
    const gboolean api = g_str_has_prefix(route->pattern, "/api/");
    const gboolean encounters = strcmp(route->pattern, "/api/encounters") == 0;
    for (guint i = 0; i < SCOPES; i++) {
        struct visitor program = {.site = site};
        g_autofree char *bearer = g_strdup_printf("Authorization: Bearer %s\r\n", tokens[i]);
        const gboolean may = encounters ? may_scope_encounters[i] : may_scope[route->permission][i];
        check(route, bearer, ask(&program, route, bearer), api && may);
        visitor_clear(&program);
    }
}

static void make_tokens(struct site *site, char **tokens)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    for (guint i = 0; i < SCOPES; i++) {
        g_autoptr(plx_api_token) token = g_new0(plx_api_token, 1);
        token->name = g_strdup("program");
        token->scopes = 1U << i;
        token->created = now;
        token->expires = now + 3600;
        tokens[i] = plx_api_tokens_new(site->desk.store, token, NULL);
    }
}

static void test_all(void)
{
    struct site site;
    char *tokens[SCOPES];
    guint n, guarded = 0;
    g_autofree struct plx_route *routes = plx_routes_all(NULL, &n);
    site_begin(&site, NULL, NULL);
    add_accounts(&site);
    make_tokens(&site, tokens);
    for (guint i = 0; i < n; i++) {
        if (routes[i].permission == PLX_MAY_ALL)
            continue;
        guarded++;
        check_nobody(&site, &routes[i]);
        check_roles(&site, &routes[i]);
        check_tokens(&site, &routes[i], tokens);
    }
    g_assert_cmpuint(guarded, >=, 6);
    for (guint i = 0; i < SCOPES; i++)
        plx_ticket_free(tokens[i]);
    site_end(&site);
}

/* What is for everybody begins like this, and nothing else: the API never. */
static void test_open(void)
{
    static const char *const open[] = {"/healthz",
                                       "/metrics",
                                       "/login",
                                       "/logout",
                                       "/setup/",
                                       "/f/",
                                       "/k/",
                                       "/w/",
                                       "/v/",
                                       "/walk/",
                                       "/answer/",
                                       "/asset",
                                       "/visit-worker.js",
                                       "/language/"};
    guint n;
    g_autofree struct plx_route *routes = plx_routes_all(NULL, &n);
    for (guint i = 0; i < n; i++) {
        gboolean known = routes[i].permission != PLX_MAY_ALL;
        for (guint k = 0; k < G_N_ELEMENTS(open); k++)
            known |= g_str_has_prefix(routes[i].pattern, open[k]);
        if (!known)
            g_test_message("%s is for everybody", routes[i].pattern);
        g_assert_true(known);
    }
}

/* A person is sent to sign in and comes back; what changes something is never sent along. */
static void test_sent_to_login(void)
{
    struct site site;
    site_begin(&site, NULL, NULL);
    struct visitor nobody = {.site = &site};
    struct answer page = visitor_get(&nobody, "/account");
    g_assert_cmpuint(page.status, ==, 303);
    g_assert_cmpstr(page.location, ==, "/login?next=/account");
    answer_clear(&page);
    struct answer form =
        visitor_ask(&nobody, "POST", "/account/password", "Accept: text/html\r\n", "new=1");
    g_assert_cmpuint(form.status, ==, 401);
    answer_clear(&form);
    struct answer program = visitor_ask(&nobody, "GET", "/account", NULL, NULL);
    g_assert_cmpuint(program.status, ==, 401);
    g_assert_nonnull(strstr(program.whole, "application/problem+json"));
    answer_clear(&program);
    site_end(&site);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/permissions/all", test_all);
    g_test_add_func("/permissions/open", test_open);
    g_test_add_func("/permissions/sent-to-login", test_sent_to_login);
    return g_test_run();
}
