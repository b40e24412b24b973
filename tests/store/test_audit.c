/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/audit.h"
#include "store/check.h"
#include "store/copies.h"
#include "store/store_private.h"

#include <string.h>

#define OPEN "DROP TRIGGER audit_changed; DROP TRIGGER audit_deleted; "

static void add(struct desk *desk, const char *actor, const char *act, const char *about)
{
    g_autoptr(GError) error = NULL;
    plx_db *const db = plx_store_db(desk->store);
    g_assert_true(plx_db_begin_write(db, &error));
    g_assert_true(plx_audit_add(desk->store, actor, act, about, &error));
    g_assert_true(plx_db_commit(db, &error));
    g_assert_no_error(error);
}

static void fill(struct desk *desk)
{
    add(desk, "shell anna", "user add", "account 1");
    add(desk, "account 1", "link create", "link 4: Würzburg");
    add(desk, "server", "stop", "");
}

static void collect(const struct plx_audit_entry *entry, gpointer data)
{
    g_string_append_printf(data, "%" G_GINT64_FORMAT " %s|%s|%s\n", entry->number, entry->actor,
                           entry->act, entry->about);
    g_assert_cmpuint(strlen(entry->time), ==, strlen("2026-11-26T09:30:00Z"));
}

static struct plx_audit_state read_all(plx_store *store, const char *expected)
{
    struct plx_audit_state state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) all = g_string_new(NULL);
    g_assert_true(plx_audit_read(store, collect, all, &state, &error));
    g_assert_no_error(error);
    g_assert_cmpstr(all->str, ==, expected);
    return state;
}

/* In order, over opening again, in a copy; the chain goes on from where it was. */
static void test_kept(void)
{
    static const char expected[] = "1 shell anna|user add|account 1\n"
                                   "2 account 1|link create|link 4: Würzburg\n"
                                   "3 server|stop|\n";
    struct desk desk;
    desk_init(&desk, NULL);
    const struct plx_audit_state none = read_all(desk.store, "");
    g_assert_cmpint(none.entries, ==, 0);
    fill(&desk);
    const struct plx_audit_state three = read_all(desk.store, expected);
    g_assert_cmpint(three.entries, ==, 3);
    desk_reopen(&desk);
    const struct plx_audit_state again = read_all(desk.store, expected);
    g_assert_true(memcmp(three.chain, again.chain, sizeof again.chain) == 0);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, NULL));
    g_autoptr(plx_store) other = plx_store_open(copy, PLX_STORE_READ, NULL);
    read_all(other, expected);
    desk_clear(&desk);
}

/* Two workspaces have two beginnings: a log cannot be moved to another. */
static void test_own(void)
{
    struct desk one, two;
    desk_init(&one, NULL);
    desk_init(&two, NULL);
    const struct plx_audit_state a = read_all(one.store, ""), b = read_all(two.store, "");
    g_assert_true(memcmp(a.chain, b.chain, PLX_AUDIT_CHAIN) != 0);
    desk_clear(&one);
    desk_clear(&two);
}

/* Not even by SQL can a row be changed, as long as the triggers are there. */
static void test_triggers(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    plx_db *const db = plx_store_db(desk.store);
    g_assert_false(plx_db_execute(db, "UPDATE audit SET about = '' WHERE id = 2", &error));
    g_assert_nonnull(strstr(error->message, "the audit log is only added to"));
    g_clear_error(&error);
    g_assert_false(plx_db_execute(db, "DELETE FROM audit WHERE id = 3", &error));
    g_assert_nonnull(strstr(error->message, "the audit log is only added to"));
    desk_clear(&desk);
}

static void check_damage(const char *sql, const char *where)
{
    struct desk desk;
    struct plx_audit_state state;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    desk_sql(&desk, sql);
    g_assert_false(plx_audit_read(desk.store, NULL, NULL, &state, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_autofree char *said = g_strdup_printf("is damaged: its audit log (%s);", where);
    g_assert_nonnull(strstr(error->message, said));
    g_clear_error(&error);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_autofree char *fault = g_strdup_printf("audit: its audit log (%s)", where);
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, fault);
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage(OPEN "UPDATE audit SET about = 'x' WHERE id = 1", "entry 1");
    check_damage(OPEN "UPDATE audit SET actor = 'shell otto' WHERE id = 2", "entry 2");
    check_damage(OPEN "UPDATE audit SET act = 'start' WHERE id = 3", "entry 3");
    check_damage(OPEN "UPDATE audit SET time = '2026-11-26T09:30:00Z' WHERE id = 2", "entry 2");
    check_damage(OPEN "UPDATE audit SET chain = x'00' WHERE id = 2", "entry 2");
    check_damage(OPEN "UPDATE audit SET actor = 'account', act = ' 1' WHERE id = 2", "entry 2");
    check_damage(OPEN "DELETE FROM audit WHERE id = 2", "entry 2");
    check_damage(OPEN "DELETE FROM audit WHERE id = 1", "entry 1");
    check_damage(OPEN "DELETE FROM audit WHERE id = 3", "behind entry 2");
    check_damage(OPEN "DELETE FROM audit", "behind entry 0");
    check_damage("UPDATE fact SET value = 2 WHERE name = 'audit'", "behind entry 3");
    check_damage("UPDATE fact SET value = zeroblob(32) WHERE name = 'audit_chain'",
                 "behind entry 3");
}

/* After tampering at the end nothing that is logged goes on. */
static void check_refused(const char *sql)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    desk_sql(&desk, sql);
    g_assert_true(plx_db_begin_write(plx_store_db(desk.store), NULL));
    g_assert_false(plx_audit_add(desk.store, "server", "stop", "", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "is damaged: its audit log (at its end);"));
    plx_db_rollback(plx_store_db(desk.store));
    desk_clear(&desk);
}

static void test_refused(void)
{
    check_refused(OPEN "DELETE FROM audit WHERE id = 3");
    check_refused(OPEN "DELETE FROM audit");
    check_refused(OPEN "UPDATE audit SET chain = zeroblob(32) WHERE id = 3");
    check_refused("UPDATE fact SET value = 1 WHERE name = 'audit'");
    check_refused("UPDATE fact SET value = x'' WHERE name = 'audit_chain'");
    check_refused("DELETE FROM fact WHERE name = 'audit'");
}

static void change(struct desk *desk, gboolean answers, gboolean keep)
{
    plx_db *const db = plx_store_db(desk->store);
    g_assert_true(plx_db_begin_write(db, NULL));
    g_assert_true(
        answers ? plx_store_changed(desk->store, 0, NULL)
                : plx_db_execute(db, "UPDATE fact SET value = value WHERE name = 'kept'", NULL));
    g_assert_true(plx_store_end(desk->store, keep, NULL) == keep);
}

/* What is done is logged with it, and only then; what is taken back is not. */
static void test_follow(void)
{
    const struct plx_audit_deed once = {"shell anna", "workshop open", "", FALSE};
    const struct plx_audit_deed answers = {"shell", "imports undo", "3", TRUE};
    struct desk desk;
    desk_init(&desk, NULL);
    plx_audit_follow(desk.store, &once);
    g_assert_true(plx_db_begin_write(plx_store_db(desk.store), NULL));
    g_assert_true(plx_db_commit(plx_store_db(desk.store), NULL));
    change(&desk, FALSE, FALSE);
    read_all(desk.store, "");
    change(&desk, FALSE, TRUE);
    change(&desk, TRUE, TRUE);
    plx_audit_follow(desk.store, &answers);
    change(&desk, FALSE, TRUE);
    change(&desk, TRUE, FALSE);
    change(&desk, FALSE, TRUE);
    read_all(desk.store, "1 shell anna|workshop open|\n");
    change(&desk, TRUE, TRUE);
    change(&desk, TRUE, TRUE);
    read_all(desk.store, "1 shell anna|workshop open|\n"
                         "2 shell|imports undo|3\n"
                         "3 shell|imports undo|3\n");
    /* a log that was tampered with takes nothing any more */
    desk_sql(&desk, OPEN "UPDATE audit SET chain = x'00' WHERE id = 3");
    g_assert_true(plx_db_begin_write(plx_store_db(desk.store), NULL));
    g_assert_true(plx_store_changed(desk.store, 0, NULL));
    g_assert_false(plx_store_end(desk.store, TRUE, NULL));
    desk_clear(&desk);
}

/* What a transaction says of itself is told of it alone, where the command says nothing. */
static void test_doing(void)
{
    const struct plx_audit_deed none = {"shell", "import", "", TRUE};
    const struct plx_audit_deed own = {"shell", "imports undo", "import 3", TRUE};
    struct desk desk;
    desk_init(&desk, NULL);
    plx_store_doing(desk.store, "a.csv, %u rows", 1u); /* before anybody listens */
    change(&desk, TRUE, TRUE);
    plx_audit_follow(desk.store, &none);
    change(&desk, TRUE, TRUE);
    plx_store_doing(desk.store, "b.csv, %u rows", 2u);
    change(&desk, TRUE, FALSE); /* taken back */
    change(&desk, TRUE, TRUE);
    plx_store_doing(desk.store, "c.csv, %u rows", 3u);
    change(&desk, TRUE, TRUE);
    plx_audit_follow(desk.store, &own);
    plx_store_doing(desk.store, "d.csv, %u rows", 4u);
    change(&desk, TRUE, TRUE);
    read_all(desk.store, "1 shell|import|\n"
                         "2 shell|import|\n"
                         "3 shell|import|c.csv, 3 rows\n"
                         "4 shell|imports undo|import 3\n");
    desk_clear(&desk);
}

/* What is kept to be faster is no change: neither told, nor in the way of telling the first one. */
static void test_follow_reading(void)
{
    static const struct plx_audit_deed once = {"shell anna", "suggestion answer", "", FALSE};
    struct desk desk;
    gint64 kept = 0;
    desk_init(&desk, NULL);
    g_autoptr(GString) rows = g_string_new("audience,encounter,point,level\n");
    for (guint i = 0; i < 50000; i++) /* as many as make an answer worth keeping */
        g_string_append_printf(rows, "customer,e%u,page,4\n", i);
    desk_take(&desk, rows->str);
    desk_sql(&desk, "DELETE FROM cache");
    plx_audit_follow(desk.store, &once);
    g_assert_cmpuint(desk_observations(&desk), ==, 50000);
    g_assert_true(
        plx_db_number(plx_store_db(desk.store), "SELECT count(*) FROM cache", &kept, NULL));
    g_assert_cmpint(kept, >, 0);
    read_all(desk.store, "");
    change(&desk, FALSE, TRUE);
    read_all(desk.store, "1 shell anna|suggestion answer|\n");
    desk_clear(&desk);
}

/* What fails only when it goes to the disk is not told, and what follows it is. */
static void test_follow_failing(void)
{
    static const struct plx_audit_deed deeds[] = {{"shell anna", "step add", "", FALSE},
                                                  {"shell anna", "import", "", TRUE}};
    for (guint i = 0; i < G_N_ELEMENTS(deeds); i++) {
        struct desk desk;
        g_autoptr(GError) error = NULL;
        desk_init(&desk, NULL);
        plx_db *const db = plx_store_db(desk.store);
        plx_audit_follow(desk.store, &deeds[i]);
        g_assert_true(plx_db_begin_write(db, NULL));
        g_assert_true(plx_store_changed(desk.store, 0, NULL));
        g_assert_true(plx_db_execute(db,
                                     "PRAGMA defer_foreign_keys = ON; INSERT INTO visit_tie "
                                     "(visit, account, token, crc) VALUES (1, 99, 't', 0)",
                                     NULL));
        g_assert_false(plx_store_end(desk.store, TRUE, &error));
        g_assert_nonnull(strstr(error->message, "FOREIGN KEY"));
        read_all(desk.store, "");
        change(&desk, TRUE, TRUE);
        g_autofree char *told = g_strdup_printf("1 shell anna|%s|\n", deeds[i].act);
        read_all(desk.store, told);
        change(&desk, FALSE, TRUE);
        read_all(desk.store, told);
        desk_clear(&desk);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/audit/kept", test_kept);
    g_test_add_func("/audit/own", test_own);
    g_test_add_func("/audit/triggers", test_triggers);
    g_test_add_func("/audit/damage", test_damage);
    g_test_add_func("/audit/refused", test_refused);
    g_test_add_func("/audit/follow", test_follow);
    g_test_add_func("/audit/doing", test_doing);
    g_test_add_func("/audit/follow-reading", test_follow_reading);
    g_test_add_func("/audit/follow-failing", test_follow_failing);
    return g_test_run();
}
