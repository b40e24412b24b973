/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/check.h"
#include "store/sessions.h"
#include "store/visits.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */

static plx_account *make(const char *login, enum plx_role role)
{
    plx_account *const account = g_new0(plx_account, 1);
    account->login = g_strdup(login);
    account->name = g_strdup("Änne");
    account->role = role;
    return account;
}

static gint64 add(struct desk *desk, const char *login, enum plx_role role)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_account) account = make(login, role);
    g_assert_true(plx_accounts_add(desk->store, account, &error));
    g_assert_no_error(error);
    return account->id;
}

static gint64 access_count(struct desk *desk)
{
    gint64 n = -1;
    g_assert_true(plx_access_count(desk->store, &n, NULL));
    return n;
}

static void assert_error(GError **error, enum plx_error code, const char *message)
{
    g_assert_error(*error, PLX_ERROR, (gint)code);
    g_assert_cmpstr((*error)->message, ==, message);
    g_clear_error(error);
}

static void test_words(void)
{
    static const char *const bad[] = {"", "Änne", "a b", "a\nb", "a/b", "a\"b", "<a>", "a,b"};
    g_autoptr(GError) error = NULL;
    g_autofree char *mail = plx_login_new("Anna.B+x@Example.ORG", &error);
    g_assert_cmpstr(mail, ==, "anna.b+x@example.org");
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_assert_null(plx_login_new(bad[i], &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
        g_clear_error(&error);
    }
    g_assert_null(plx_login_new("a b", &error));
    assert_error(&error, PLX_ERROR_USAGE,
                 "\"a b\": expected an e-mail address or a short name of letters a-z, digits and "
                 ". _ + - @");
    g_autofree char *longest = g_strnfill(PLX_LOGIN_MAX, 'a');
    g_autofree char *longer = g_strnfill(PLX_LOGIN_MAX + 1, 'a');
    g_autofree char *taken = plx_login_new(longest, &error);
    g_assert_nonnull(taken);
    g_assert_null(plx_login_new(longer, &error));
    g_clear_error(&error);
    g_assert_true(plx_account_name_is("", NULL));
    g_assert_true(plx_account_name_is("Jürgen O'Neill", NULL));
    g_assert_false(plx_account_name_is("a\nb", NULL));
    g_assert_false(plx_account_name_is("\xff", NULL));
    g_assert_false(plx_account_name_is(longer, NULL));
    for (enum plx_role role = 0, read = PLX_ROLES; role < PLX_ROLES; role++) {
        g_assert_true(plx_role_read(plx_role_name(role), &read));
        g_assert_cmpint(read, ==, role);
    }
    enum plx_role untouched = PLX_ROLE_EDITOR;
    g_assert_false(plx_role_read("Administrator", &untouched));
    g_assert_cmpint(untouched, ==, PLX_ROLE_EDITOR);
}

/* Found by all that names it, over opening again. */
static void test_kept(void)
{
    struct desk desk;
    gboolean is = TRUE;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_accounts_administered(desk.store, &is, NULL));
    g_assert_false(is);
    g_autoptr(plx_account) anna = make("anna", PLX_ROLE_ADMINISTRATOR);
    anna->password = g_strdup("$argon2id$...");
    anna->subject = g_strdup("https://id.example 17");
    g_assert_true(plx_accounts_add(desk.store, anna, &error));
    add(&desk, "abel", PLX_ROLE_SHOPPER);
    g_assert_true(plx_accounts_administered(desk.store, &is, NULL));
    g_assert_true(is);
    desk_reopen(&desk);
    g_autoptr(plx_account) one = plx_accounts_by_login(desk.store, "anna", &error);
    g_autoptr(plx_account) two = plx_accounts_by_id(desk.store, 1, &error);
    g_autoptr(plx_account) three =
        plx_accounts_by_subject(desk.store, "https://id.example 17", &error);
    g_assert_no_error(error);
    g_assert_cmpint(one->id, ==, 1);
    g_assert_cmpstr(two->password, ==, "$argon2id$...");
    g_assert_cmpstr(three->name, ==, "Änne");
    g_assert_false(one->has_totp || one->disabled);
    g_autoptr(GPtrArray) list = plx_accounts_list(desk.store, &error);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpstr(((plx_account *)list->pdata[0])->login, ==, "abel");
    g_assert_null(plx_accounts_by_login(desk.store, "otto", &error));
    assert_error(&error, PLX_ERROR_NOT_FOUND, "there is no account otto");
    g_assert_null(plx_accounts_by_id(desk.store, 3, &error));
    assert_error(&error, PLX_ERROR_NOT_FOUND, "there is no account number 3");
    g_autoptr(plx_account) twin = make("anna", PLX_ROLE_VIEWER);
    g_assert_false(plx_accounts_add(desk.store, twin, &error));
    assert_error(&error, PLX_ERROR_USAGE, "there is an account anna already");
    desk_clear(&desk);
}

static void open_session(struct desk *desk, gint64 account, struct plx_session *session)
{
    *session = (struct plx_session){.account = account, .created = NOW, .expires = NOW + 60};
    char *const ticket = plx_sessions_new(desk->store, session, NULL);
    g_assert_nonnull(ticket);
    plx_ticket_free(ticket);
}

static guint sessions(struct desk *desk, gint64 account)
{
    g_autoptr(GArray) list = plx_sessions_of(desk->store, account, NULL);
    return list->len;
}

/* A change of what may be done ends sessions, and but for the role links; another change does not.
 */
static void check_rights(void (*change)(plx_account *account), gboolean ends, gboolean voids)
{
    struct desk desk;
    struct plx_session mine, hers;
    gint64 whose = -1;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    add(&desk, "root", PLX_ROLE_ADMINISTRATOR);
    const gint64 id = add(&desk, "anna", PLX_ROLE_EDITOR);
    open_session(&desk, 1, &mine);
    open_session(&desk, id, &hers);
    char *const link = plx_one_time_new(desk.store, id, NOW + 60, &error);
    const gint64 before = access_count(&desk);
    g_autoptr(plx_account) account = plx_accounts_by_id(desk.store, id, &error);
    change(account);
    g_assert_true(plx_accounts_save(desk.store, account, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(sessions(&desk, 1), ==, 1);
    g_assert_cmpuint(sessions(&desk, id), ==, ends ? 0 : 1);
    g_assert_cmpint(access_count(&desk) > before, ==, ends);
    g_assert_cmpint(plx_one_time_find(desk.store, link, NOW, &whose, NULL), ==, !voids);
    g_autoptr(plx_account) again = plx_accounts_by_id(desk.store, id, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(again->name, ==, account->name);
    g_assert_cmpint(again->role, ==, account->role);
    g_assert_cmpint(again->disabled, ==, account->disabled);
    g_assert_cmpstr(again->password, ==, account->password);
    g_assert_cmpint(again->has_totp, ==, account->has_totp);
    g_assert_true(memcmp(again->totp, account->totp, sizeof account->totp) == 0);
    g_assert_cmpint(again->failures, ==, account->failures);
    g_assert_cmpint(again->locked_until, ==, account->locked_until);
    g_assert_cmpint(again->totp_step, ==, account->totp_step);
    plx_ticket_free(link);
    desk_clear(&desk);
}

static void change_name(plx_account *account)
{
    g_free(account->name);
    account->name = g_strdup("Anna");
    account->failures = 7;
    account->locked_until = NOW;
    account->totp_step = 99;
}

static void change_role(plx_account *account)
{
    account->role = PLX_ROLE_VIEWER;
}

static void change_state(plx_account *account)
{
    account->disabled = TRUE;
}

static void change_password(plx_account *account)
{
    account->password = g_strdup("other");
}

static void change_totp(plx_account *account)
{
    account->has_totp = TRUE;
    memset(account->totp, 7, sizeof account->totp);
}

static void test_rights(void)
{
    check_rights(change_name, FALSE, FALSE);
    check_rights(change_role, TRUE, FALSE);
    check_rights(change_state, TRUE, TRUE);
    check_rights(change_password, TRUE, TRUE);
    check_rights(change_totp, TRUE, TRUE);
}

static void test_last_administrator(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    add(&desk, "root", PLX_ROLE_ADMINISTRATOR);
    add(&desk, "anna", PLX_ROLE_EDITOR);
    g_autoptr(plx_account) root = plx_accounts_by_id(desk.store, 1, NULL);
    root->disabled = TRUE;
    plx_db *const db = plx_store_db(desk.store);
    g_assert_true(plx_db_begin_write(db, NULL));
    g_assert_false(plx_accounts_save(desk.store, root, &error));
    assert_error(&error, PLX_ERROR_USAGE, "root is the only administrator: make another one first");
    plx_db_rollback(db);
    g_autoptr(plx_account) anna = plx_accounts_by_id(desk.store, 2, NULL);
    anna->role = PLX_ROLE_ADMINISTRATOR;
    g_assert_true(plx_accounts_save(desk.store, anna, &error));
    g_assert_true(plx_accounts_save(desk.store, root, &error));
    g_assert_no_error(error);
    desk_clear(&desk);
}

/* Nothing of who somebody was is left but the number. */
static void test_remove(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    add(&desk, "root", PLX_ROLE_ADMINISTRATOR);
    const gint64 id = add(&desk, "anna@example.org", PLX_ROLE_EDITOR);
    g_autoptr(plx_account) root = plx_accounts_by_id(desk.store, 1, &error);
    plx_db *const db = plx_store_db(desk.store);
    g_assert_true(plx_db_begin_write(db, NULL));
    g_assert_false(plx_accounts_remove(desk.store, root, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_clear_error(&error);
    plx_db_rollback(db);
    g_autoptr(plx_account) account = plx_accounts_by_id(desk.store, id, &error);
    account->password = g_strdup("hash");
    account->subject = g_strdup("https://id.example 17");
    account->has_totp = TRUE;
    g_assert_true(plx_accounts_save(desk.store, account, &error));
    g_assert_true(plx_accounts_remove(desk.store, account, &error));
    g_assert_no_error(error);
    g_autoptr(plx_account) left = plx_accounts_by_login(desk.store, "removed-2", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(left->name, ==, "");
    g_assert_true(left->disabled && !left->password && !left->subject && !left->has_totp);
    g_assert_null(plx_accounts_by_login(desk.store, "anna@example.org", NULL));
    g_assert_true(plx_db_empty_log(db, &error));
    g_assert_false(desk_holds(&desk, "anna@example.org", strlen("anna@example.org")));
    desk_clear(&desk);
}

/* Shoppers have a name of their own, often the login; visits that they have not told yet stay. */
static void test_remove_shopper(void)
{
    static const char *const names[] = {"zoe@example.org", "Änne", "Zoë Miller"};
    static const char *const left[] = {"removed-2", "removed-2-2", "Zoë Miller"};
    gint64 shoppers[G_N_ELEMENTS(names)];
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    add(&desk, "root", PLX_ROLE_ADMINISTRATOR);
    const gint64 id = add(&desk, names[0], PLX_ROLE_SHOPPER);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_true(plx_visits_shopper_within(desk.store, names[i], &shoppers[i], &error));
    g_autoptr(plx_account) account = plx_accounts_by_id(desk.store, id, &error);
    g_assert_true(plx_accounts_remove(desk.store, account, &error));
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *name = plx_visits_shopper(desk.store, shoppers[i], &error);
        g_assert_cmpstr(name, ==, left[i]);
    }
    g_assert_true(plx_db_execute(plx_store_db(desk.store),
                                 "UPDATE account SET name = '' WHERE login = 'root'", &error));
    g_assert_true(plx_db_empty_log(plx_store_db(desk.store), &error));
    g_assert_no_error(error);
    g_assert_false(desk_holds(&desk, names[0], strlen(names[0])));
    g_assert_false(desk_holds(&desk, names[1], strlen(names[1])));
    desk_clear(&desk);
}

/* Works once, for its time; a newer one makes it void. */
static void test_one_time(void)
{
    struct desk desk;
    gint64 whose = -1;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    const gint64 id = add(&desk, "anna", PLX_ROLE_ADMINISTRATOR);
    char *const first = plx_one_time_new(desk.store, 0, NOW + 60, &error);
    char *const hers = plx_one_time_new(desk.store, id, NOW + 60, &error);
    char *const void_one = plx_one_time_new(desk.store, id, NOW + 60, &error);
    char *const last = plx_one_time_new(desk.store, id, NOW + 60, &error);
    g_assert_no_error(error);
    g_assert_false(plx_one_time_take(desk.store, hers, NOW, &whose, NULL));
    g_assert_false(plx_one_time_take(desk.store, void_one, NOW, &whose, NULL));
    g_assert_false(plx_one_time_take(desk.store, last, NOW + 60, &whose, NULL));
    g_assert_false(plx_one_time_take(desk.store, "nonsense", NOW, &whose, &error));
    assert_error(&error, PLX_ERROR_NOT_FOUND,
                 "this link does not work any more: it was used, or a newer one was made, or it "
                 "is too old");
    g_assert_cmpint(whose, ==, -1);
    g_assert_true(plx_one_time_find(desk.store, last, NOW + 59, &whose, NULL));
    g_assert_true(plx_one_time_take(desk.store, last, NOW + 59, &whose, NULL));
    g_assert_cmpint(whose, ==, id);
    g_assert_false(plx_one_time_take(desk.store, last, NOW, &whose, NULL));
    g_assert_true(plx_one_time_take(desk.store, first, NOW, &whose, NULL));
    g_assert_cmpint(whose, ==, 0);
    g_assert_false(desk_holds(&desk, last, strlen(last)));
    plx_ticket_free(first);
    plx_ticket_free(hers);
    plx_ticket_free(void_one);
    plx_ticket_free(last);
    desk_clear(&desk);
}

static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    add(&desk, "anna", PLX_ROLE_EDITOR);
    desk_sql(&desk, sql);
    g_assert_null(plx_accounts_list(desk.store, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "is damaged: its accounts;"));
    g_clear_error(&error);
    g_assert_null(plx_accounts_by_id(desk.store, 1, &error));
    g_assert_nonnull(strstr(error->message, "is damaged: its accounts;"));
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "accounts: its accounts");
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

/* Nobody becomes administrator by a flipped bit. */
static void test_damage(void)
{
    check_damage("UPDATE account SET role = 'administrator'");
    check_damage("UPDATE account SET disabled = 1");
    check_damage("UPDATE account SET password = ''||'x'");
    check_damage("UPDATE account SET login = 'anne'");
    check_damage("UPDATE account SET name = 'Anne'");
    check_damage("UPDATE account SET subject = 'x'");
    check_damage("UPDATE account SET totp = zeroblob(20)");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/accounts/words", test_words);
    g_test_add_func("/accounts/kept", test_kept);
    g_test_add_func("/accounts/rights", test_rights);
    g_test_add_func("/accounts/last-administrator", test_last_administrator);
    g_test_add_func("/accounts/remove", test_remove);
    g_test_add_func("/accounts/remove-shopper", test_remove_shopper);
    g_test_add_func("/accounts/one-time", test_one_time);
    g_test_add_func("/accounts/damage", test_damage);
    return g_test_run();
}
