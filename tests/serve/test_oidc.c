/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in at a provider, from the link on our page and back. */

#include "serve/oidc.h"

#include "base/error.h"
#include "provider.h"
#include "serve/fetch.h"
#include "site.h"
#include "store/accounts.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>

struct scene {
    struct provider provider;
    struct site site;
};

static void add_account(struct scene *scene, const char *login, gboolean disabled)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_account) account = g_new0(plx_account, 1);
    account->login = g_strdup(login);
    account->name = g_strdup("");
    account->role = PLX_ROLE_ANALYST;
    account->disabled = disabled;
    g_assert_true(plx_accounts_add(scene->site.desk.store, account, &error));
    g_assert_no_error(error);
}

static void begin(struct scene *scene)
{
    provider_begin(&scene->provider);
    const struct plx_oidc_options options = {scene->provider.issuer, PROVIDER_CLIENT,
                                             PROVIDER_SECRET};
    site_begin_oidc(&scene->site, &options);
}

static void end(struct scene *scene)
{
    site_end(&scene->site);
    provider_end(&scene->provider);
}

/* A browser: `session` is ours, `began` the cookie of a login that is on its way. */
struct browser {
    struct visitor session;
    char *began;
    char *back; /* where the provider sent it */
};

static void browser_clear(struct browser *browser)
{
    visitor_clear(&browser->session);
    g_free(browser->began);
    g_free(browser->back);
}

/* From our page to the provider, and signed in there. */
static void go(struct scene *scene, struct browser *browser)
{
    struct visitor out = {.site = &scene->site};
    *browser = (struct browser){.session = {.site = &scene->site}};
    struct answer answer = visitor_get(&out, "/login/oidc?next=/account");
    g_assert_cmpuint(answer.status, ==, 303);
    g_assert_nonnull(strstr(answer.set_cookie, "; Path=/login/oidc; HttpOnly; SameSite=Lax"));
    browser->began = g_steal_pointer(&out.cookie);
    browser->back = provider_sign_in(&scene->provider, answer.location);
    answer_clear(&answer);
}

static struct answer come_back(struct browser *browser)
{
    g_free(browser->session.cookie);
    browser->session.cookie = g_strdup(browser->began);
    return visitor_get(&browser->session, browser->back);
}

static void expect(struct answer answer, guint status, const char *text)
{
    g_assert_cmpuint(answer.status, ==, status);
    g_assert_nonnull(strstr(answer.whole, text));
    g_assert_null(answer.set_cookie);
    answer_clear(&answer);
}

static void expect_in(struct browser *browser)
{
    struct answer answer = come_back(browser);
    g_assert_cmpuint(answer.status, ==, 303);
    g_assert_cmpstr(answer.location, ==, "/account");
    answer_clear(&answer);
    struct answer page = visitor_get(&browser->session, "/visits");
    g_assert_cmpuint(page.status, ==, 200);
    g_assert_nonnull(strstr(page.whole, "You are signed in as ruth@example.org (analyst)."));
    answer_clear(&page);
}

/* The first time by the verified address, from then on by the provider's own name. */
static void test_in(void)
{
    struct scene scene;
    struct browser browser;
    begin(&scene);
    add_account(&scene, "ruth@example.org", FALSE);
    struct visitor nobody = {.site = &scene.site};
    struct answer page = visitor_get(&nobody, "/login?next=/account");
    g_assert_nonnull(strstr(page.whole, "href=\"/login/oidc?next=/account\""));
    answer_clear(&page);
    go(&scene, &browser);
    expect_in(&browser);
    browser_clear(&browser);
    scene.provider.email = "renamed@example.org";
    go(&scene, &browser);
    expect_in(&browser);
    g_assert_cmpuint(scene.provider.exchanged, ==, 2);
    g_autoptr(plx_account) account =
        plx_accounts_by_login(scene.site.desk.store, "ruth@example.org", NULL);
    g_autofree char *subject = g_strconcat(scene.provider.issuer, " 17", NULL);
    g_assert_cmpstr(account->subject, ==, subject);
    browser_clear(&browser);
    /* somebody else, who has the address now */
    scene.provider.email = "ruth@example.org";
    scene.provider.sub = "18";
    go(&scene, &browser);
    expect(come_back(&browser), 403, "Nobody here is known by that name.");
    browser_clear(&browser);
    end(&scene);
}

/* Nobody gets an account by it, nor by an address that is not verified, nor when disabled. */
static void test_unknown(void)
{
    struct scene scene;
    struct browser browser;
    begin(&scene);
    go(&scene, &browser);
    expect(come_back(&browser), 403, "Nobody here is known by that name.");
    browser_clear(&browser);
    add_account(&scene, "ruth@example.org", FALSE);
    scene.provider.email = NULL;
    go(&scene, &browser);
    expect(come_back(&browser), 403, "Nobody here is known by that name.");
    browser_clear(&browser);
    add_account(&scene, "otto@example.org", TRUE);
    scene.provider.email = "otto@example.org";
    go(&scene, &browser);
    expect(come_back(&browser), 403, "Nobody here is known by that name.");
    browser_clear(&browser);
    end(&scene);
}

/* A login that this browser did not begin is none: a stranger's code, another state, twice. */
static void test_state(void)
{
    static const char not_begun[] = "That sign-in was not begun here";
    struct scene scene;
    struct browser browser, other;
    begin(&scene);
    add_account(&scene, "ruth@example.org", FALSE);
    go(&scene, &other);
    go(&scene, &browser);
    g_autofree char *own = g_strdup(browser.began);
    g_clear_pointer(&browser.began, g_free);
    expect(come_back(&browser), 400, not_begun);
    browser.began = g_strdup(other.began);
    expect(come_back(&browser), 400, not_begun);
    g_free(browser.began);
    browser.began = g_strdup_printf("%s; %s", own, own);
    expect(come_back(&browser), 400, not_begun);
    g_free(browser.began);
    browser.began = g_strdup(own);
    g_autofree char *back = g_steal_pointer(&browser.back);
    browser.back = g_strdup("/login/oidc/back?error=access_denied");
    expect(come_back(&browser), 400, not_begun);
    g_free(browser.back);
    browser.back = g_strdup(back);
    expect_in(&browser);
    expect(come_back(&browser), 502, "The provider could not tell who you are.");
    browser_clear(&other);
    browser_clear(&browser);
    end(&scene);
}

/* A provider that is wrong in any way signs nobody in. */
static void test_faults(void)
{
    static const enum provider_fault faults[] = {PROVIDER_OTHER_NONCE, PROVIDER_OTHER_KEY,
                                                 PROVIDER_NO_TOKEN, PROVIDER_REFUSES,
                                                 PROVIDER_NONSENSE};
    struct scene scene;
    struct browser browser;
    begin(&scene);
    add_account(&scene, "ruth@example.org", FALSE);
    for (guint i = 0; i < G_N_ELEMENTS(faults); i++) {
        go(&scene, &browser);
        scene.provider.fault = faults[i];
        expect(come_back(&browser), 502, "The provider could not tell who you are.");
        scene.provider.fault = PROVIDER_GOOD;
        browser_clear(&browser);
    }
    go(&scene, &browser);
    expect_in(&browser);
    browser_clear(&browser);
    end(&scene);
}

/* The configuration must be that of the issuer that was named. */
static void test_issuer(void)
{
    struct scene scene;
    begin(&scene);
    struct visitor nobody = {.site = &scene.site};
    scene.provider.fault = PROVIDER_OTHER_ISSUER;
    struct answer answer = visitor_ask(&nobody, "GET", "/login/oidc", NULL, NULL);
    g_assert_cmpuint(answer.status, ==, 502);
    answer_clear(&answer);
    scene.provider.fault = PROVIDER_GOOD;
    struct browser browser;
    go(&scene, &browser);
    browser_clear(&browser);
    visitor_clear(&nobody);
    end(&scene);
}

static gpointer ask(gpointer oidc)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *url = plx_oidc_begin(oidc, "state", &error);
    g_assert_null(url);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    return NULL;
}

/* Who waits for a provider that does not answer waits alone: everybody else is told at once, also
 * for a while behind it, without asking again. */
static void test_away(void)
{
    guint16 port;
    g_autoptr(GError) error = NULL;
    g_autoptr(GSocketListener) listener = g_socket_listener_new();
    port = g_socket_listener_add_any_inet_port(listener, NULL, &error);
    g_assert_no_error(error);
    g_autofree char *issuer = g_strdup_printf("http://localhost:%u", port);
    const struct plx_oidc_options options = {issuer, PROVIDER_CLIENT, NULL};
    g_autoptr(plx_oidc) oidc = plx_oidc_new(&options, "http://127.0.0.1", &error);
    GThread *const first = g_thread_new("first", ask, oidc);
    g_autoptr(GSocketConnection) asked =
        g_socket_listener_accept(listener, NULL, NULL, &error); /* the first waits now */
    g_assert_no_error(error);
    g_assert_null(plx_oidc_begin(oidc, "state", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "is being asked"));
    g_clear_error(&error);
    g_io_stream_close(G_IO_STREAM(asked), NULL, NULL); /* and is let go */
    g_thread_join(first);
    g_assert_null(plx_oidc_begin(oidc, "state", &error));
    g_assert_nonnull(strstr(error->message, "did not answer a moment ago"));

    struct site site;
    site_begin_oidc(&site, &options);
    struct visitor nobody = {.site = &site};
    g_socket_listener_close(listener);
    expect(visitor_get(&nobody, "/login/oidc"), 503, "sign-in does not answer just now");
    site_end(&site);
}

static void test_not_configured(void)
{
    struct site site;
    site_begin(&site, NULL, NULL);
    struct visitor nobody = {.site = &site};
    expect(visitor_get(&nobody, "/login/oidc"), 404, "There is nothing at this address.");
    expect(visitor_get(&nobody, "/login/oidc/back?code=x&state=y"), 400, "not begun here");
    struct answer page = visitor_get(&nobody, "/login");
    g_assert_null(strstr(page.whole, "organisation"));
    answer_clear(&page);
    site_end(&site);
}

static void test_addresses(void)
{
    static const char *const good[] = {"https://id.example.org", "https://id.example.org:444/a?b=c",
                                       "http://127.0.0.1:9/", "http://[::1]/", "http://localhost"};
    static const char *const bad[] = {"",
                                      "id.example.org",
                                      "http://id.example.org",
                                      "http://127.0.0.1.example.org",
                                      "http://localhost@evil.example",
                                      "https://a:b@id.example.org",
                                      "https://id.example.org/#x",
                                      "https://",
                                      "file:///etc/passwd",
                                      "ftp://127.0.0.1/",
                                      "javascript:x"};
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(good); i++)
        g_assert_true(plx_fetch_is_safe(good[i]));
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++)
        g_assert_false(plx_fetch_is_safe(bad[i]));
    const struct plx_oidc_options options = {"http://id.example.org", "c", NULL};
    g_assert_null(plx_oidc_new(&options, "http://127.0.0.1:8080", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_assert_cmpstr(error->message, ==,
                    "\"http://id.example.org\": expected the provider's address, https://...");
}

/* Nobody is there; and what is too much is not taken. */
static void test_fetch(void)
{
    g_autoptr(GError) error = NULL;
    struct provider provider;
    provider_begin(&provider);
    g_autofree char *url = g_strconcat(provider.issuer, "/nothing", NULL);
    const struct plx_fetch missing = {.url = url};
    g_assert_null(plx_fetch(&missing, &error));
    g_assert_cmpstr(error->message, ==, "127.0.0.1: answered with status 404");
    g_clear_error(&error);
    provider_end(&provider);
    g_assert_null(plx_fetch(&missing, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_true(g_str_has_prefix(error->message, "127.0.0.1: "));
    g_clear_error(&error);
    const struct plx_fetch unsafe = {.url = "http://id.example.org/"};
    g_assert_null(plx_fetch(&unsafe, &error));
    g_assert_cmpstr(error->message, ==, "id.example.org: neither https nor on this machine");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add_func("/oidc/in", test_in);
    g_test_add_func("/oidc/unknown", test_unknown);
    g_test_add_func("/oidc/state", test_state);
    g_test_add_func("/oidc/faults", test_faults);
    g_test_add_func("/oidc/issuer", test_issuer);
    g_test_add_func("/oidc/away", test_away);
    g_test_add_func("/oidc/not-configured", test_not_configured);
    g_test_add_func("/oidc/addresses", test_addresses);
    g_test_add_func("/oidc/fetch", test_fetch);
    return g_test_run();
}
