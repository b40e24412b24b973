/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, out, and one's own account, as a browser does it. */

#include "base/error.h"
#include "serve/setup.h"
#include "serve/texts.h"
#include "serve/totp.h"
#include "site.h"
#include "store/accounts.h"
#include "store/audit.h"
#include "store/sessions.h"

#include <string.h>

#define FIRST "hop on the bus"
#define FIRST_FORM "hop+on+the+bus"
#define SECOND_FORM "off+the+bus+again"

static gint64 now(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

/* The address that parallax serve prints, to be freed. */
static char *setup_path(struct site *site)
{
    char *path = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_setup_first(site->desk.store, now(), &path, &error));
    g_assert_no_error(error);
    return path;
}

static void expect(struct answer answer, guint status, const char *text)
{
    g_assert_cmpuint(answer.status, ==, status);
    if (text && !strstr(answer.whole, text))
        g_test_message("no \"%s\" in %s", text, answer.whole);
    g_assert_true(!text || strstr(answer.whole, text));
    answer_clear(&answer);
}

/* Is the cookie ("NAME=...") the server's own of this kind ("plx", "plx-login")? */
static void expect_cookie(const struct site *site, const char *cookie, const char *kind)
{
    g_autofree char *begin = g_strdup_printf("%s-%u=", kind, plx_server_port(site->server));
    g_assert_true(g_str_has_prefix(cookie, begin));
}

static void expect_to(struct answer answer, const char *location)
{
    g_assert_cmpuint(answer.status, ==, 303);
    g_assert_cmpstr(answer.location, ==, location);
    answer_clear(&answer);
}

/* ruth, the first administrator, signed in. */
static void begin(struct site *site, struct visitor *ruth)
{
    site_begin(site, NULL, NULL);
    *ruth = (struct visitor){.site = site};
    g_autofree char *path = setup_path(site);
    expect_to(visitor_post(ruth, path, path, "login=ruth&new=" FIRST_FORM "&again=" FIRST_FORM),
              "/");
}

static void end(struct site *site, struct visitor *visitor)
{
    visitor_clear(visitor);
    site_end(site);
}

/* Once, for a day; a mistake does not use it up. */
static void test_setup(void)
{
    struct site site;
    site_begin(&site, NULL, NULL);
    struct visitor ruth = {.site = &site}, other = {.site = &site};
    g_autofree char *older = setup_path(&site);
    g_autofree char *path = setup_path(&site);
    expect(visitor_get(&ruth, older), 410, "It works once: it was used already");
    expect(visitor_get(&ruth, older), 410, "Nobody administers this workspace yet.");
    expect(visitor_get(&ruth, path), 200, "You become the first administrator.");
    expect(visitor_post(&ruth, path, path, "login=ruth&new=" FIRST_FORM "&again=x"), 400,
           "The two new passwords are not alike.");
    expect(visitor_post(&ruth, path, path, "login=a+b&new=" FIRST_FORM "&again=" FIRST_FORM), 400,
           "Please give an e-mail address or a short name");
    expect(visitor_post(&ruth, path, path, "login=ruth&new=short&again=short"), 400,
           "A password has at least 12 characters.");
    g_assert_null(ruth.cookie);
    expect_to(visitor_post(&ruth, path, path, "login=Ruth&new=" FIRST_FORM "&again=" FIRST_FORM),
              "/");
    expect_cookie(&site, ruth.cookie, "plx");
    expect(visitor_get(&ruth, "/visits"), 200, "You are signed in as ruth (administrator).");
    expect(visitor_get(&other, path), 410, "Please ask whoever invited you for a new link");
    g_assert_null(setup_path(&site));
    visitor_clear(&other);
    end(&site, &ruth);
}

/* Two who opened the link before anybody used it: the second comes too late. */
static void test_setup_twice(void)
{
    struct site site;
    struct visitor ruth, late = {.site = &site};
    begin(&site, &ruth);
    g_autoptr(GError) error = NULL;
    char *const ticket = plx_one_time_new(site.desk.store, 0, now() + 60, &error);
    g_autofree char *path = g_strconcat("/setup/", ticket, NULL);
    expect(visitor_post(&late, path, path, "login=eve&new=" FIRST_FORM "&again=" FIRST_FORM), 410,
           "This link does not work any more");
    g_assert_null(late.cookie);
    plx_ticket_free(ticket);
    end(&site, &ruth);
}

/* An administrator who was added by command meanwhile: page and button say the same, and what to
 * do; the link that the command printed does it. */
static void test_setup_administered(void)
{
    static const char over[] = "Somebody has been made an administrator by another way since.";
    struct site site;
    site_begin(&site, NULL, NULL);
    struct visitor first = {.site = &site}, ada = {.site = &site};
    g_autoptr(GError) error = NULL;
    g_autofree char *path = setup_path(&site);
    expect(visitor_get(&first, path), 200, "You become the first administrator.");
    g_autoptr(plx_account) account = g_new0(plx_account, 1);
    account->login = g_strdup("ada");
    account->name = g_strdup("");
    account->role = PLX_ROLE_ADMINISTRATOR;
    g_assert_true(plx_accounts_add(site.desk.store, account, &error));
    char *const ticket = plx_one_time_new(site.desk.store, account->id, now() + 60, &error);
    g_autofree char *hers = g_strconcat("/setup/", ticket, NULL);
    expect(visitor_post(&first, path, path, "login=eve&new=" FIRST_FORM "&again=" FIRST_FORM), 410,
           over);
    expect(visitor_get(&first, path), 410, over);
    expect(visitor_get(&first, path), 410, "parallax user reset");
    g_assert_null(first.cookie);
    expect_to(visitor_post(&ada, hers, hers, "new=" FIRST_FORM "&again=" FIRST_FORM), "/");
    plx_ticket_free(ticket);
    visitor_clear(&first);
    end(&site, &ada);
}

/* Nothing given is no wrong try: it is said, and counts for no lock-out. */
static void test_login_empty(void)
{
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    for (guint i = 0; i < 12; i++)
        expect(visitor_post(&ruth, "/login", "/login", "login=ruth&password=&next=/account"), 400,
               "Please give both: name and password.");
    expect(visitor_get(&ruth, "/login"), 200, "type=\"password\"");
    expect_to(visitor_post(&ruth, "/login", "/login", "login=ruth&password=" FIRST_FORM), "/");
    end(&site, &ruth);
}

/* In and out; each time another session, and the one before is over. */
static void test_login(void)
{
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    g_autofree char *first = g_strdup(ruth.cookie);
    expect_to(
        visitor_post(&ruth, "/login", "/login", "login=RUTH&password=" FIRST_FORM "&next=/account"),
        "/account");
    g_assert_cmpstr(ruth.cookie, !=, first);
    struct visitor before = {.site = &site, .cookie = g_strdup(first)};
    expect_to(visitor_get(&before, "/"), "/login?next=/");
    expect(visitor_get(&ruth, "/visits"), 200, "Sign out");
    g_autofree char *second = g_strdup(ruth.cookie);
    expect_to(visitor_post(&ruth, "/visits", "/logout", ""), "/login");
    g_assert_null(ruth.cookie);
    ruth.cookie = g_steal_pointer(&second);
    expect_to(visitor_get(&ruth, "/"), "/login?next=/");
    visitor_clear(&before);
    end(&site, &ruth);
}

/* Wrong in any way: the same words, and no cookie. */
static void test_login_wrong(void)
{
    static const char *const forms[] = {
        "login=ruth&password=wrong",        "login=otto&password=wrong",    "login=ruth", "",
        "login=ruth&password=a&password=b", "login=%27+OR+1%3D1&password=x"};
    struct site site;
    struct visitor ruth, eve = {.site = &site};
    begin(&site, &ruth);
    for (guint i = 0; i < G_N_ELEMENTS(forms); i++) {
        expect(visitor_post(&eve, "/login", "/login", forms[i]), 403,
               "That name and password do not fit.");
        g_assert_null(eve.cookie);
    }
    expect(visitor_ask(&eve, "POST", "/login", "Sec-Fetch-Site: cross-site\r\n",
                       "login=ruth&password=" FIRST_FORM),
           403, "This form was sent by another site.");
    expect(visitor_ask(&eve, "POST", "/login", "Origin: https://evil.example\r\n",
                       "login=ruth&password=" FIRST_FORM),
           403, "This form was sent by another site.");
    g_assert_null(eve.cookie);
    end(&site, &ruth);
}

/* A browser that does not say where forms come from, and "null" for an origin as our pages tell no
 * referrer: old ones, and all where there is no TLS. */
static void test_origin_null(void)
{
    static const char null[] = "Accept: text/html\r\nOrigin: null\r\n";
    static const char form[] = "login=ruth&password=" FIRST_FORM;
    struct site site;
    struct visitor ruth, old = {.site = &site}, lured = {.site = &site};
    begin(&site, &ruth);
    struct answer page = visitor_ask(&old, "GET", "/login", "Accept: text/html\r\n", NULL);
    g_autofree char *token = answer_hidden(&page, "csrf");
    g_autofree char *whole = g_strdup_printf("%s&csrf=%s", form, token);
    expect_cookie(&site, page.set_cookie, "plx-login");
    g_assert_true(g_str_has_suffix(page.set_cookie, "; Path=/; HttpOnly; SameSite=Lax"));
    answer_clear(&page);
    /* another site's form has no token; one of the attacker's own does not fit the victim's cookie
     */
    expect(visitor_ask(&old, "POST", "/login", null, form), 403, "sent by another site");
    page = visitor_ask(&lured, "GET", "/login", "Accept: text/html\r\n", NULL);
    answer_clear(&page);
    expect(visitor_ask(&lured, "POST", "/login", null, whole), 403, "sent by another site");
    expect(visitor_ask(&old, "POST", "/login",
                       "Accept: text/html\r\nOrigin: null\r\nSec-Fetch-Site: cross-site\r\n",
                       whole),
           403, "sent by another site");
    /* a wrong password keeps the page's token */
    page = visitor_ask(&old, "POST", "/login", null, whole + strlen("login="));
    g_autofree char *again = answer_hidden(&page, "csrf");
    g_assert_cmpstr(again, ==, token);
    answer_clear(&page);
    expect_to(visitor_ask(&old, "POST", "/login", null, whole), "/");
    expect_cookie(&site, old.cookie, "plx");
    visitor_clear(&old);
    visitor_clear(&lured);
    end(&site, &ruth);
}

/* Nobody is led to another site by "next"; what was chosen in the app is there again. */
static void test_next(void)
{
    static const char *const elsewhere[] = {"//evil.example",
                                            "https%3A%2F%2Fevil.example",
                                            "/%5Cevil.example",
                                            "%2F%2Fevil",
                                            "javascript%3Ax",
                                            "/a%0D%0ASet-Cookie:x",
                                            "/a?b",
                                            "/app?b?c",
                                            "/app?b%3Bc",
                                            "/application?b"};
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    for (guint i = 0; i < G_N_ELEMENTS(elsewhere); i++) {
        g_autofree char *form =
            g_strconcat("login=ruth&password=" FIRST_FORM "&next=", elsewhere[i], NULL);
        expect_to(visitor_post(&ruth, "/login", "/login", form), "/");
    }
    static const char way[] =
        "/login?next=/app/point/doorstep%3Fwhere%3Dplace%253DGraz%26by%3Dmonth";
    struct visitor nobody = {.site = &site};
    expect_to(visitor_get(&nobody, "/app/point/doorstep?where=place%3DGraz&by=month"), way);
    expect(visitor_get(&nobody, way), 200,
           "value=\"/app/point/doorstep?where=place%3DGraz&amp;by=month\"");
    visitor_clear(&nobody);
    end(&site, &ruth);
}

/* A session that somebody else chose is no session, and does not become one. */
static void test_fixation(void)
{
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    char *const chosen = plx_ticket_new();
    g_autofree char *cookie = site_session(&site, chosen);
    struct visitor victim = {.site = &site, .cookie = g_strdup(cookie)};
    struct visitor attacker = {.site = &site, .cookie = g_strdup(cookie)};
    expect_to(visitor_post(&victim, "/login", "/login", "login=ruth&password=" FIRST_FORM), "/");
    g_assert_cmpstr(victim.cookie, !=, cookie);
    expect_to(visitor_get(&attacker, "/"), "/login?next=/");
    plx_ticket_free(chosen);
    visitor_clear(&victim);
    visitor_clear(&attacker);
    end(&site, &ruth);
}

/* Under TLS (here: behind a proxy that has it) the cookie is for TLS alone. */
static void test_secure(void)
{
    struct site site;
    site_begin(&site, NULL, "https://ask.example.org");
    struct visitor ruth = {.site = &site};
    g_autofree char *path = setup_path(&site);
    struct answer answer =
        visitor_post(&ruth, path, path, "login=ruth&new=" FIRST_FORM "&again=" FIRST_FORM);
    expect_cookie(&site, answer.set_cookie, "__Host-plx");
    g_assert_true(g_str_has_suffix(answer.set_cookie, "; Path=/; HttpOnly; SameSite=Lax; Secure"));
    answer_clear(&answer);
    expect(visitor_get(&ruth, "/visits"), 200, "Sign out");
    end(&site, &ruth);
}

static void test_password(void)
{
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    struct visitor elsewhere = {.site = &site};
    expect_to(visitor_post(&elsewhere, "/login", "/login", "login=ruth&password=" FIRST_FORM), "/");
    expect(visitor_post(&ruth, "/account", "/account/password",
                        "password=wrong&new=" SECOND_FORM "&again=" SECOND_FORM),
           400, "Your password does not fit. Nothing was changed.");
    expect(visitor_post(&ruth, "/account", "/account/password",
                        "password=" FIRST_FORM "&new=short&again=short"),
           400, "A password has at least 12 characters.");
    g_autofree char *before = g_strdup(ruth.cookie);
    expect_to(visitor_post(&ruth, "/account", "/account/password",
                           "password=" FIRST_FORM "&new=" SECOND_FORM "&again=" SECOND_FORM),
              "/account");
    g_assert_cmpstr(ruth.cookie, !=, before);
    expect(visitor_get(&ruth, "/account"), 200, "Your account");
    expect_to(visitor_get(&elsewhere, "/account"), "/login?next=/account");
    expect(visitor_post(&elsewhere, "/login", "/login", "login=ruth&password=" FIRST_FORM), 403,
           NULL);
    expect_to(visitor_post(&elsewhere, "/login", "/login", "login=ruth&password=" SECOND_FORM),
              "/");
    visitor_clear(&elsewhere);
    end(&site, &ruth);
}

/* The code of a key at a step from now, to be freed. */
static char *code_of(const char *text, gint64 steps)
{
    guint8 key[PLX_TOTP_BYTES];
    g_assert_true(plx_totp_read(text, key));
    return g_strdup_printf("%06u", plx_hotp(key, (guint64)(now() / PLX_TOTP_SECONDS + steps), 6));
}

/* Signs in with the second factor of this key; the code is of the step behind the last one used. */
static void sign_in_with_code(struct visitor *visitor, const char *key)
{
    g_autofree char *code = code_of(key, 1);
    g_autofree char *form = g_strconcat("next=/account&code=", code, NULL);
    expect_to(
        visitor_post(visitor, "/login", "/login", "next=/account&login=ruth&password=" FIRST_FORM),
        "/login/code?next=/account");
    /* the half session opens nothing */
    expect_to(visitor_get(visitor, "/account"), "/login?next=/account");
    g_autofree char *half = g_strdup(visitor->cookie);
    expect(visitor_post(visitor, "/login/code", "/login/code", "code=000000&next=/account"), 403,
           "That code does not fit.");
    expect(visitor_ask(visitor, "POST", "/login/code", "Accept: text/html\r\n", form), 403,
           "This form is out of date.");
    expect_to(visitor_post(visitor, "/login/code", "/login/code", form), "/account");
    g_assert_cmpstr(visitor->cookie, !=, half);
}

/* Once more, and with the same key: it is in the authenticator by now. */
static void expect_key(struct answer answer, const char *key, const char *text)
{
    g_autofree char *shown = answer_hidden(&answer, "key");
    g_assert_cmpstr(shown, ==, key);
    expect(answer, 400, text);
}

static void test_code(void)
{
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    struct answer page = visitor_get(&ruth, "/account");
    g_autofree char *key = answer_hidden(&page, "key");
    answer_clear(&page);
    g_autofree char *code = code_of(key, 0);
    g_autofree char *wrong = g_strdup_printf("key=%s&code=000000&password=" FIRST_FORM, key);
    g_autofree char *form = g_strdup_printf("key=%s&code=%s&password=" FIRST_FORM, key, code);
    g_autofree char *no_password = g_strdup_printf("key=%s&code=%s&password=x", key, code);
    expect_key(visitor_post(&ruth, "/account", "/account/code", wrong), key,
               "That code does not fit the key, which is still the same.");
    expect_key(visitor_post(&ruth, "/account", "/account/code", no_password), key,
               "Your password does not fit.");
    expect_to(visitor_post(&ruth, "/account", "/account/code", form), "/account");
    expect(visitor_get(&ruth, "/account"), 200, "You sign in with a code of your authenticator.");
    struct visitor elsewhere = {.site = &site};
    sign_in_with_code(&elsewhere, key);
    expect(visitor_get(&elsewhere, "/account"), 200, "ruth");
    expect_to(visitor_post(&elsewhere, "/account", "/account/code/off", "password=" FIRST_FORM),
              "/account");
    expect(visitor_get(&elsewhere, "/account"), 200, "Use a second factor");
    visitor_clear(&elsewhere);
    end(&site, &ruth);
}

/* One's own sessions end, others' do not. */
static void test_sessions(void)
{
    struct site site;
    struct visitor ruth;
    begin(&site, &ruth);
    struct visitor phone = {.site = &site}, desk = {.site = &site};
    expect_to(visitor_post(&phone, "/login", "/login", "login=ruth&password=" FIRST_FORM), "/");
    struct answer page = visitor_get(&ruth, "/account");
    g_autofree char *session = answer_hidden(&page, "session");
    answer_clear(&page);
    g_autofree char *form = g_strconcat("session=", session, NULL);
    expect_to(visitor_post(&ruth, "/account", "/account/sessions/end", form), "/account");
    expect_to(visitor_get(&phone, "/"), "/login?next=/");
    expect_to(visitor_post(&desk, "/login", "/login", "login=ruth&password=" FIRST_FORM), "/");
    expect_to(visitor_post(&desk, "/account", "/account/sessions/end", ""), "/account");
    expect_to(visitor_get(&ruth, "/"), "/login?next=/");
    expect(visitor_get(&desk, "/visits"), 200, NULL);

    g_autoptr(plx_account) otto = g_new0(plx_account, 1);
    otto->login = g_strdup("otto");
    otto->name = g_strdup("");
    g_assert_true(plx_accounts_add(site.desk.store, otto, NULL));
    struct plx_session his = {.account = otto->id, .created = now(), .expires = now() + 60};
    char *const ticket = plx_sessions_new(site.desk.store, &his, NULL);
    struct visitor visitor = {.site = &site, .cookie = site_session(&site, ticket)};
    g_autoptr(GString) hex = g_string_new("session=");
    for (guint i = 0; i < PLX_TICKET_HASH; i++)
        g_string_append_printf(hex, "%02x", his.hash[i]);
    expect_to(visitor_post(&desk, "/account", "/account/sessions/end", hex->str), "/account");
    expect(visitor_get(&visitor, "/visits"), 200, "You are signed in as otto (viewer).");
    plx_ticket_free(ticket);
    visitor_clear(&visitor);
    visitor_clear(&phone);
    visitor_clear(&desk);
    end(&site, &ruth);
}

/* parallax user add and reset: a link for the password. */
static void test_invited(void)
{
    struct site site;
    struct visitor ruth, otto = {.site = &site};
    g_autoptr(GError) error = NULL;
    begin(&site, &ruth);
    g_autoptr(plx_account) account = g_new0(plx_account, 1);
    account->login = g_strdup("otto");
    account->name = g_strdup("Otto <b>");
    account->role = PLX_ROLE_SHOPPER;
    g_assert_true(plx_accounts_add(site.desk.store, account, &error));
    char *const ticket = plx_one_time_new(site.desk.store, account->id, now() + 60, &error);
    g_autofree char *path = g_strconcat("/setup/", ticket, NULL);
    expect(visitor_get(&otto, path), 200, "You sign in as otto. Please choose a password.");
    expect_to(visitor_post(&otto, path, path, "login=eve&new=" FIRST_FORM "&again=" FIRST_FORM),
              "/");
    expect(visitor_get(&otto, "/visits"), 200, "You are signed in as Otto &lt;b&gt; (shopper).");
    expect(visitor_get(&otto, path), 410, "Whoever has a password by now can sign in.");
    g_clear_pointer(&account, plx_account_free);
    account = plx_accounts_by_login(site.desk.store, "otto", &error);
    account->disabled = TRUE;
    g_assert_true(plx_accounts_save(site.desk.store, account, &error));
    g_assert_no_error(error);
    expect(visitor_post(&otto, "/login", "/login", "login=otto&password=" FIRST_FORM), 403, NULL);
    plx_ticket_free(ticket);
    visitor_clear(&otto);
    end(&site, &ruth);
}

/* One page, as a browser of this language gets it. */
static void expect_in(struct visitor *visitor, const char *language, const char *path, guint status,
                      const char *const *keys)
{
    g_autofree char *headers = g_strdup_printf(
        "Accept: text/html\r\nSec-Fetch-Site: none\r\nAccept-Language: %s-XX, en;q=0.5\r\n",
        language);
    g_autofree char *begin =
        g_strdup_printf("<html lang=\"%s\" dir=\"%s\">", language, plx_texts_direction(language));
    struct answer answer = visitor_ask(visitor, "GET", path, headers, NULL);
    for (guint i = 0; keys[i]; i++) {
        if (!strstr(answer.whole, plx_texts(language, keys[i])))
            g_test_message("no \"%s\" in %s", plx_texts(language, keys[i]), answer.whole);
        g_assert_true(strstr(answer.whole, plx_texts(language, keys[i])));
        if (strcmp(language, "en") != 0)
            g_assert_cmpstr(plx_texts(language, keys[i]), !=, plx_texts("en", keys[i]));
    }
    expect(answer, status, begin);
}

/* Every page of these in every language that there is, from right to left where it is read so. */
static void test_languages(void)
{
    static const char *const login[] = {"account.login.title", "account.login.name",
                                        "account.login.password", NULL};
    static const char *const gone[] = {"account.gone.title", "account.gone.why",
                                       "account.gone.again", NULL};
    static const char *const front[] = {"account.title", "account.app",
                                        "account.role.administrator", "account.login.out", NULL};
    static const char *const own[] = {"account.password.now",   "account.password.change",
                                      "account.new.hint",       "account.new.again",
                                      "account.factor.about",   "account.factor.open",
                                      "account.factor.on",      "account.code.hint",
                                      "account.sessions.title", "account.sessions.begun",
                                      "account.sessions.this",  "account.sessions.others",
                                      "account.back",           NULL};
    static const char *const invited[] = {"account.setup.title", "account.setup.keep", NULL};
    const char *const *const languages = plx_texts_languages();
    struct site site;
    struct visitor ruth, nobody = {.site = &site};
    begin(&site, &ruth);
    char *const ticket = plx_one_time_new(site.desk.store, 1, now() + 60, NULL);
    g_autofree char *path = g_strconcat("/setup/", ticket, NULL);
    for (guint i = 0; languages[i]; i++) {
        expect_in(&nobody, languages[i], "/login", 200, login);
        expect_in(&nobody, languages[i], path, 200, invited);
        expect_in(&nobody, languages[i], "/setup/x", 410, gone);
        expect_in(&ruth, languages[i], "/visits", 200, front);
        expect_in(&ruth, languages[i], "/account", 200, own);
    }
    plx_ticket_free(ticket);
    end(&site, &ruth);
}

/* A language that was chosen goes before the browser's, and leads back. */
static void test_language(void)
{
    static const char chinese[] =
        "Accept: text/html\r\nSec-Fetch-Site: none\r\nAccept-Language: zh\r\n";
    struct site site;
    site_begin(&site, NULL, NULL);
    struct visitor visitor = {.site = &site};
    expect(visitor_ask(&visitor, "GET", "/login?next=/account", chinese, NULL), 200,
           "<a href=\"/language/ar?page=/login&amp;next=/account\" lang=\"ar\" hreflang=\"ar\">");
    expect_to(visitor_get(&visitor, "/language/ar?page=/login&next=/account"),
              "/login?next=/account");
    g_assert_cmpstr(visitor.cookie, ==, "plx-language=ar");
    expect(visitor_ask(&visitor, "GET", "/login", chinese, NULL), 200,
           "<html lang=\"ar\" dir=\"rtl\">");
    expect(visitor_ask(&visitor, "POST", "/account/code", chinese, ""), 401,
           plx_texts("ar", "account.refused.out"));
    expect_to(visitor_get(&visitor, "/language/de?page=//evil.example"), "/");
    expect(visitor_get(&visitor, "/language/xx?page=/login"), 404, NULL);
    visitor_clear(&visitor);
    site_end(&site);
}

static void collect(const struct plx_audit_entry *entry, gpointer data)
{
    g_string_append_printf(data, "%s|%s|%s\n", entry->actor, entry->act, entry->about);
}

static void test_audit(void)
{
    struct site site;
    struct visitor ruth;
    struct plx_audit_state state;
    g_autoptr(GString) log = g_string_new(NULL);
    begin(&site, &ruth);
    expect_to(visitor_post(&ruth, "/account", "/account/password",
                           "password=" FIRST_FORM "&new=" SECOND_FORM "&again=" SECOND_FORM),
              "/account");
    expect_to(visitor_post(&ruth, "/account", "/account/sessions/end", ""), "/account");
    expect_to(visitor_post(&ruth, "/visits", "/logout", ""), "/login");
    g_assert_true(plx_audit_read(site.desk.store, collect, log, &state, NULL));
    g_assert_cmpstr(log->str, ==,
                    "account 1|first administrator|\n"
                    "account 1|login|\n"
                    "account 1|password changed|\n"
                    "account 1|login|\n"
                    "account 1|other sessions ended|\n"
                    "account 1|logout|\n");
    g_assert_false(desk_holds(&site.desk, FIRST, strlen(FIRST)));
    end(&site, &ruth);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/account-pages/setup", test_setup);
    g_test_add_func("/account-pages/setup-twice", test_setup_twice);
    g_test_add_func("/account-pages/setup-administered", test_setup_administered);
    g_test_add_func("/account-pages/login-empty", test_login_empty);
    g_test_add_func("/account-pages/login", test_login);
    g_test_add_func("/account-pages/login-wrong", test_login_wrong);
    g_test_add_func("/account-pages/origin-null", test_origin_null);
    g_test_add_func("/account-pages/languages", test_languages);
    g_test_add_func("/account-pages/language", test_language);
    g_test_add_func("/account-pages/next", test_next);
    g_test_add_func("/account-pages/fixation", test_fixation);
    g_test_add_func("/account-pages/secure", test_secure);
    g_test_add_func("/account-pages/password", test_password);
    g_test_add_func("/account-pages/code", test_code);
    g_test_add_func("/account-pages/sessions", test_sessions);
    g_test_add_func("/account-pages/invited", test_invited);
    g_test_add_func("/account-pages/audit", test_audit);
    return g_test_run();
}
