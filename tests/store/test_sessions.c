/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/check.h"
#include "store/sessions.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */

static void begin(struct desk *desk)
{
    static const char *const logins[] = {"anna", "otto"};
    desk_init(desk, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_autoptr(plx_account) account = g_new0(plx_account, 1);
        account->login = g_strdup(logins[i]);
        account->name = g_strdup("");
        g_assert_true(plx_accounts_add(desk->store, account, NULL));
    }
}

/* Its ticket must be freed. */
static char *make(struct desk *desk, gint64 account, gint64 created, struct plx_session *session)
{
    g_autoptr(GError) error = NULL;
    *session = (struct plx_session){
        .account = account, .half = account == 2, .created = created, .expires = created + 60};
    char *const ticket = plx_sessions_new(desk->store, session, &error);
    g_assert_no_error(error);
    return ticket;
}

/* The ticket is what the hash is of, and the file does not hold it. */
static void test_ticket(void)
{
    struct desk desk;
    struct plx_session made, found;
    guint8 hash[PLX_TICKET_HASH];
    begin(&desk);
    char *const ticket = make(&desk, 2, NOW, &made);
    g_assert_true(plx_ticket_is(ticket, strlen(ticket)));
    plx_ticket_hash(ticket, strlen(ticket), hash);
    g_assert_true(memcmp(hash, made.hash, sizeof made.hash) == 0);
    g_assert_false(desk_holds(&desk, ticket, strlen(ticket)));
    g_assert_true(desk_holds(&desk, hash, sizeof hash));
    desk_reopen(&desk);
    g_assert_true(plx_sessions_find(desk.store, hash, NOW + 59, &found, NULL));
    g_assert_cmpint(found.account, ==, 2);
    g_assert_true(found.half);
    g_assert_cmpint(found.created, ==, NOW);
    g_assert_cmpint(found.used, ==, NOW);
    g_assert_cmpint(found.expires, ==, NOW + 60);
    plx_ticket_free(ticket);
    desk_clear(&desk);
}

static gboolean is_there(struct desk *desk, const struct plx_session *session, gint64 now)
{
    struct plx_session found;
    g_autoptr(GError) error = NULL;
    if (plx_sessions_find(desk->store, session->hash, now, &found, &error))
        return TRUE;
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "this session has ended: log in again");
    return FALSE;
}

static void test_ends(void)
{
    struct desk desk;
    struct plx_session a, b, c, other;
    begin(&desk);
    plx_ticket_free(make(&desk, 1, NOW, &a));
    plx_ticket_free(make(&desk, 1, NOW + 1, &b));
    plx_ticket_free(make(&desk, 1, NOW + 2, &c));
    plx_ticket_free(make(&desk, 2, NOW + 2, &other));
    g_assert_true(is_there(&desk, &a, NOW + 59));
    g_assert_false(is_there(&desk, &a, NOW + 60));
    g_assert_true(plx_sessions_use(desk.store, a.hash, NOW + 30, NOW + 90, NULL));
    g_assert_true(is_there(&desk, &a, NOW + 89));
    g_assert_true(plx_sessions_end(desk.store, a.hash, NULL));
    g_assert_false(is_there(&desk, &a, NOW));
    g_assert_true(plx_sessions_use(desk.store, a.hash, NOW, NOW + 90, NULL));
    g_assert_false(is_there(&desk, &a, NOW));
    g_autoptr(GArray) list = plx_sessions_of(desk.store, 1, NULL);
    g_assert_cmpuint(list->len, ==, 2);
    g_assert_cmpint(g_array_index(list, struct plx_session, 0).created, ==, NOW + 2);
    g_assert_true(plx_sessions_end_all(desk.store, 1, b.hash, NULL));
    g_assert_true(is_there(&desk, &b, NOW + 2));
    g_assert_false(is_there(&desk, &c, NOW + 2));
    g_assert_true(is_there(&desk, &other, NOW + 2));
    g_assert_true(plx_sessions_end_all(desk.store, 1, NULL, NULL));
    g_assert_false(is_there(&desk, &b, NOW + 2));
    desk_clear(&desk);
}

/* A new one clears away what has expired. */
static void test_purge(void)
{
    struct desk desk;
    gint64 n = -1;
    struct plx_session a, b;
    begin(&desk);
    plx_ticket_free(make(&desk, 1, NOW, &a));
    plx_ticket_free(make(&desk, 2, NOW + 60, &b));
    g_assert_true(
        plx_db_number(plx_store_db(desk.store), "SELECT count(*) FROM session", &n, NULL));
    g_assert_cmpint(n, ==, 1);
    desk_clear(&desk);
}

static void check_damage(const char *sql)
{
    struct desk desk;
    struct plx_session session, found;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    begin(&desk);
    plx_ticket_free(make(&desk, 2, NOW, &session));
    desk_sql(&desk, sql);
    g_assert_false(plx_sessions_find(desk.store, session.hash, NOW, &found, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "is damaged: its sessions;"));
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, "sessions: its sessions");
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

/* Nobody becomes somebody else by a flipped bit. */
static void test_damage(void)
{
    check_damage("UPDATE session SET account = 1");
    check_damage("UPDATE session SET half = 0");
    check_damage("UPDATE session SET created = created + 1");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sessions/ticket", test_ticket);
    g_test_add_func("/sessions/ends", test_ends);
    g_test_add_func("/sessions/purge", test_purge);
    g_test_add_func("/sessions/damage", test_damage);
    return g_test_run();
}
