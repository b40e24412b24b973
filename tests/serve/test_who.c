/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/who.h"

#include "base/date.h"
#include "store/desk.h"
#include "store/sessions.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */
#define TODAY 20783

struct scene {
    struct desk desk;
    plx_entrance *entrance;
    char *tickets[PLX_ROLES]; /* of a session of each role, account role + 1 */
};

static void begin(struct scene *scene, gboolean secure)
{
    g_autoptr(GError) error = NULL;
    desk_init(&scene->desk, NULL);
    for (enum plx_role role = 0; role < PLX_ROLES; role++) {
        g_autoptr(plx_account) account = g_new0(plx_account, 1);
        account->login = g_strdup(plx_role_name(role));
        account->name = g_strdup("");
        account->role = role;
        g_assert_true(plx_accounts_add(scene->desk.store, account, &error));
        struct plx_session session = {
            .account = account->id, .created = NOW, .expires = NOW + PLX_SESSION_IDLE};
        scene->tickets[role] = plx_sessions_new(scene->desk.store, &session, &error);
    }
    const struct plx_cookie_names cookies = plx_cookie_names_of(8340, secure);
    scene->entrance = plx_entrance_new(scene->desk.path, &cookies, &error);
    g_assert_no_error(error);
}

static void end(struct scene *scene)
{
    for (guint i = 0; i < PLX_ROLES; i++)
        plx_ticket_free(scene->tickets[i]);
    plx_entrance_free(scene->entrance);
    desk_clear(&scene->desk);
}

/* Who a request with these headers ("Name: value\r\n") is from; to be unreffed. */
static plx_who *ask(struct scene *scene, const char *headers, gint64 now)
{
    struct plx_http_head head;
    gsize used;
    const char *why;
    plx_who *who = NULL;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("GET / HTTP/1.1\r\nHost: x\r\n%s\r\n", headers);
    g_assert_cmpuint(plx_http_head_read(text, strlen(text), &head, &used, &why), ==, 200);
    g_assert_true(plx_entrance_ask(scene->entrance, &head, now, &who, &error));
    g_assert_no_error(error);
    return who;
}

static plx_who *ask_cookie(struct scene *scene, const char *ticket, gint64 now)
{
    g_autofree char *headers = g_strdup_printf("Cookie: plx-8340=%s\r\n", ticket);
    return ask(scene, headers, now);
}

static void assert_nobody(struct scene *scene, const char *headers)
{
    g_assert_null(ask(scene, headers, NOW));
}

static void test_person(void)
{
    struct scene scene;
    begin(&scene, FALSE);
    g_autoptr(plx_who) who = ask_cookie(&scene, scene.tickets[PLX_ROLE_EDITOR], NOW);
    g_assert_cmpint(who->account, ==, PLX_ROLE_EDITOR + 1);
    g_assert_cmpint(who->token, ==, 0);
    g_assert_cmpstr(who->login, ==, "editor");
    g_assert_cmpstr(who->actor, ==, "account 4");
    g_assert_cmpint(who->may, ==, PLX_MAY_EDIT);
    g_autoptr(plx_who) again = ask_cookie(&scene, scene.tickets[PLX_ROLE_EDITOR], NOW);
    g_assert_true(again == who);
    end(&scene);
}

/* Whatever is not exactly one ticket that is in force is nobody. */
static void test_nobody(void)
{
    struct scene scene;
    begin(&scene, FALSE);
    const char *const ticket = scene.tickets[0];
    char *const other = plx_ticket_new();
    g_autofree char *unknown = g_strdup_printf("Cookie: plx-8340=%s\r\n", other);
    g_autofree char *twice =
        g_strdup_printf("Cookie: plx-8340=%s; plx-8340=%s\r\n", ticket, ticket);
    g_autofree char *headers =
        g_strdup_printf("Cookie: plx-8340=%s\r\nCookie: plx-8340=%s\r\n", ticket, ticket);
    g_autofree char *secure = g_strdup_printf("Cookie: __Host-plx-8340=%s\r\n", ticket);
    g_autofree char *bearer = g_strdup_printf("Authorization: Bearer %s\r\n", ticket);
    g_autofree char *both =
        g_strdup_printf("Cookie: plx-8340=%s\r\nAuthorization: Bearer plx_%s\r\n", ticket, other);
    g_autofree char *basic =
        g_strdup_printf("Cookie: plx-8340=%s\r\nAuthorization: Basic YTpi\r\n", ticket);
    assert_nobody(&scene, "");
    assert_nobody(&scene, unknown);
    assert_nobody(&scene, twice);
    assert_nobody(&scene, headers);
    assert_nobody(&scene, secure);
    assert_nobody(&scene, bearer);
    assert_nobody(&scene, both);
    assert_nobody(&scene, basic);
    g_assert_null(ask_cookie(&scene, ticket, NOW + PLX_SESSION_IDLE));
    plx_ticket_free(other);
    end(&scene);
}

static void test_secure(void)
{
    struct scene scene;
    begin(&scene, TRUE);
    g_autofree char *plain = g_strdup_printf("Cookie: plx-8340=%s\r\n", scene.tickets[0]);
    g_autofree char *secure = g_strdup_printf("Cookie: __Host-plx-8340=%s\r\n", scene.tickets[0]);
    assert_nobody(&scene, plain);
    g_autoptr(plx_who) who = ask(&scene, secure, NOW);
    g_assert_nonnull(who);
    end(&scene);
}

/* The half session of a second factor to come is good for nothing. */
static void test_half(void)
{
    static const struct plx_route own = {.pattern = "/", .permission = PLX_MAY_SHOPPER};
    static const struct plx_route open = {.pattern = "/login/code", .permission = PLX_MAY_ALL};
    struct scene scene;
    begin(&scene, FALSE);
    struct plx_session session = {.account = PLX_ROLE_ADMINISTRATOR + 1,
                                  .half = TRUE,
                                  .created = NOW,
                                  .expires = NOW + PLX_SESSION_HALF};
    char *const ticket = plx_sessions_new(scene.desk.store, &session, NULL);
    g_autoptr(plx_who) who = ask_cookie(&scene, ticket, NOW);
    g_assert_true(who->half);
    g_assert_cmpint(who->may, ==, PLX_MAY_ALL);
    g_assert_false(plx_who_may(who, &own));
    g_assert_true(plx_who_may(who, &open));
    plx_ticket_free(ticket);
    end(&scene);
}

static char *make_token(struct scene *scene, guint scopes)
{
    g_autoptr(plx_api_token) token = g_new0(plx_api_token, 1);
    token->name = g_strdup("till");
    token->scopes = scopes;
    token->created = NOW;
    token->expires = NOW + 10 * PLX_DAY_SECONDS;
    return plx_api_tokens_new(scene->desk.store, token, NULL);
}

static plx_who *ask_bearer(struct scene *scene, const char *token, gint64 now)
{
    g_autofree char *headers = g_strdup_printf("Authorization: Bearer %s\r\n", token);
    return ask(scene, headers, now);
}

/* A token may what its scopes say, below /api/ alone. */
static void test_program(void)
{
    static const struct plx_route collect = {.pattern = "/api/encounters",
                                             .permission = PLX_MAY_EDIT};
    static const struct plx_route edit = {.pattern = "/api/map", .permission = PLX_MAY_EDIT};
    static const struct plx_route view = {.pattern = "/api/readings/{name:text}",
                                          .permission = PLX_MAY_VIEW};
    static const struct plx_route rows = {.pattern = "/api/rows", .permission = PLX_MAY_ANALYSE};
    static const struct plx_route visits = {.pattern = "/api/v", .permission = PLX_MAY_SHOPPER};
    static const struct plx_route admin = {.pattern = "/api/x", .permission = PLX_MAY_ADMINISTER};
    static const struct plx_route page = {.pattern = "/readings", .permission = PLX_MAY_VIEW};
    static const struct plx_route open = {.pattern = "/healthz", .permission = PLX_MAY_ALL};
    static const struct plx_route *const routes[] = {&collect, &view};
    struct scene scene;
    begin(&scene, FALSE);
    for (guint scope = 0; scope < G_N_ELEMENTS(routes); scope++) {
        char *const token = make_token(&scene, 1U << scope);
        g_autoptr(plx_who) who = ask_bearer(&scene, token, NOW);
        g_autofree char *actor = g_strdup_printf("token %.8s", token);
        g_assert_cmpstr(who->actor, ==, actor);
        g_assert_cmpint(who->account, ==, 0);
        for (guint route = 0; route < G_N_ELEMENTS(routes); route++)
            g_assert_cmpint(plx_who_may(who, routes[route]), ==, route == scope);
        g_assert_false(plx_who_may(who, &rows));
        g_assert_false(plx_who_may(who, &edit));
        g_assert_false(plx_who_may(who, &visits));
        g_assert_false(plx_who_may(who, &admin));
        g_assert_false(plx_who_may(who, &page));
        g_assert_true(plx_who_may(who, &open));
        plx_ticket_free(token);
    }
    end(&scene);
}

/* Every permission × every role, and nobody. */
static void test_roles(void)
{
    static const gboolean may[PLX_ROLES][6] = {
        /* all, shopper, view, analyse, edit, administer */
        [PLX_ROLE_VIEWER] = {TRUE, TRUE, TRUE, FALSE, FALSE, FALSE},
        [PLX_ROLE_SHOPPER] = {TRUE, TRUE, FALSE, FALSE, FALSE, FALSE},
        [PLX_ROLE_ANALYST] = {TRUE, TRUE, TRUE, TRUE, FALSE, FALSE},
        [PLX_ROLE_EDITOR] = {TRUE, TRUE, TRUE, TRUE, TRUE, FALSE},
        [PLX_ROLE_ADMINISTRATOR] = {TRUE, TRUE, TRUE, TRUE, TRUE, TRUE},
    };
    for (enum plx_role role = 0; role < PLX_ROLES; role++) {
        const plx_who who = {.account = 1, .role = role, .may = plx_who_permission(role)};
        for (guint permission = PLX_MAY_ALL; permission <= PLX_MAY_ADMINISTER; permission++) {
            const struct plx_route route = {.pattern = "/x",
                                            .permission = (enum plx_permission)permission};
            g_assert_cmpint(plx_who_may(&who, &route), ==, may[role][permission]);
            g_assert_cmpint(plx_who_may(NULL, &route), ==, permission == PLX_MAY_ALL);
        }
    }
}

/* At once in this process; by another one within the second. */
static void test_revoked(void)
{
    struct scene scene;
    g_autoptr(GError) error = NULL;
    begin(&scene, FALSE);
    char *const token = make_token(&scene, PLX_SCOPE_READ);
    const char *const ticket = scene.tickets[PLX_ROLE_EDITOR];
    g_autoptr(plx_who) program = ask_bearer(&scene, token, NOW);
    g_autoptr(plx_who) person = ask_cookie(&scene, ticket, NOW);
    g_assert_true(program && person);
    g_assert_true(plx_api_tokens_revoke(scene.desk.store, 1, &error));
    plx_entrance_changed(scene.entrance);
    g_assert_null(ask_bearer(&scene, token, NOW));
    g_autoptr(plx_account) account =
        plx_accounts_by_id(scene.desk.store, PLX_ROLE_EDITOR + 1, &error);
    account->disabled = TRUE;
    g_assert_true(plx_accounts_save(scene.desk.store, account, &error));
    g_assert_no_error(error);
    g_assert_null(ask_cookie(&scene, ticket, NOW + 1));
    plx_ticket_free(token);
    end(&scene);
}

/* Use is noted now and then, and makes a session last; not beyond its longest. */
static void test_used(void)
{
    struct scene scene;
    begin(&scene, FALSE);
    char *const token = make_token(&scene, PLX_SCOPE_READ);
    g_autoptr(plx_who) program = ask_bearer(&scene, token, NOW);
    g_assert_true(plx_who_is_due(program, NOW));
    g_assert_true(plx_who_note(program, scene.desk.store, NOW, NULL));
    g_autoptr(plx_who) noted = ask_bearer(&scene, token, NOW);
    g_assert_false(plx_who_is_due(noted, NOW));
    g_assert_cmpint(noted->used, ==, TODAY);
    g_assert_true(plx_who_is_due(noted, NOW + PLX_DAY_SECONDS));

    const char *const ticket = scene.tickets[0];
    gint64 now = NOW + PLX_SESSION_USE;
    g_autoptr(plx_who) person = ask_cookie(&scene, ticket, NOW);
    g_assert_false(plx_who_is_due(person, now - 1));
    for (guint i = 0; i < 100; i++, now += PLX_SESSION_IDLE - 1) {
        g_autoptr(plx_who) who = ask_cookie(&scene, ticket, now);
        g_assert_true((who != NULL) == (now < NOW + PLX_SESSION_LONGEST));
        if (!who)
            break;
        g_assert_true(plx_who_is_due(who, now));
        g_assert_true(plx_who_note(who, scene.desk.store, now, NULL));
    }
    g_assert_cmpint(now, >=, NOW + PLX_SESSION_LONGEST);
    plx_ticket_free(token);
    end(&scene);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/who/person", test_person);
    g_test_add_func("/who/nobody", test_nobody);
    g_test_add_func("/who/secure", test_secure);
    g_test_add_func("/who/half", test_half);
    g_test_add_func("/who/program", test_program);
    g_test_add_func("/who/roles", test_roles);
    g_test_add_func("/who/revoked", test_revoked);
    g_test_add_func("/who/used", test_used);
    return g_test_run();
}
