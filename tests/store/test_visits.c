/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/accounts.h"
#include "store/check.h"
#include "store/copies.h"
#include "store/db.h"
#include "store/visit_ties.h"
#include "store/visits.h"

#include <string.h>

#define WHEN G_GINT64_CONSTANT(1795685400) /* 2026-11-26 09:30 UTC */

static char author[] = "anna", plan[] = "plan", assign[] = "assign", send[] = "send";
static char body[] = "{\"place\": \"Köln\"}";
static const char told[] = "{\"words\": \"It was dark in there.\"}";
static const char picture[] = "a picture of the lamp that was broken";

static gboolean add_two(plx_store *store, gpointer data, GError **error)
{
    const gint64 last = *(const gint64 *)data;
    const struct plx_act acts[] = {{last, 1, WHEN + last, author, last ? send : plan, body},
                                   {last + 1, 1, WHEN + last, author, assign, body}};
    return plx_visits_add_within(store, &acts[0], error) &&
           plx_visits_add_within(store, &acts[1], error);
}

static gboolean put_all(plx_store *store, gpointer data, GError **error)
{
    enum plx_visit_put *const put = data;
    gint64 shopper = 0;
    g_autoptr(GBytes) sent = g_bytes_new_static("sent", 4);
    g_autoptr(GBytes) kept = g_bytes_new_static(picture, sizeof picture);
    return plx_visits_shopper_within(store, "Zoë Miller", &shopper, error) && shopper == 1 &&
           plx_visits_put_report_within(store, 1, "r1", told, &put[0], error) &&
           plx_visits_put_photo_within(store, 1, "p1", sent, kept, &put[1], error);
}

static void fill(struct desk *desk)
{
    enum plx_visit_put put[2];
    gint64 last = 0;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_visits_write(desk->store, add_two, &last, &error));
    g_assert_no_error(error);
    for (guint again = 0; again < 2; again++) {
        g_assert_true(plx_visits_write(desk->store, put_all, put, &error));
        g_assert_no_error(error);
        g_assert_cmpint(put[0], ==, again ? PLX_VISIT_PUT_AGAIN : PLX_VISIT_PUT_NEW);
        g_assert_cmpint(put[1], ==, put[0]);
    }
}

static void check_filled(plx_store *store)
{
    gboolean has = FALSE, other = TRUE;
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) acts = plx_visits_read(store, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(acts->len, ==, 2);
    const struct plx_act *const act = acts->pdata[1];
    g_assert_cmpint(act->number, ==, 2);
    g_assert_cmpint(act->about, ==, 1);
    g_assert_cmpint(act->utc_seconds, ==, WHEN);
    g_assert_cmpstr(act->author, ==, author);
    g_assert_cmpstr(act->act, ==, assign);
    g_assert_cmpstr(act->body, ==, body);
    g_autofree char *name = plx_visits_shopper(store, 1, &error);
    g_assert_cmpstr(name, ==, "Zoë Miller");
    g_autofree char *report = plx_visits_report(store, 1, "r1", &error);
    g_assert_cmpstr(report, ==, told);
    g_autoptr(GBytes) photo = plx_visits_photo(store, 1, "p1", &error);
    g_assert_no_error(error);
    g_autoptr(GBytes) kept = g_bytes_new_static(picture, sizeof picture);
    g_assert_true(g_bytes_equal(photo, kept));
    g_assert_true(plx_visits_has_photo(store, 1, "p1", &has, NULL) && has);
    g_assert_true(plx_visits_has_photo(store, 2, "p1", &other, NULL) && !other);
}

/* What is sent twice is there once; over opening again, and in a copy. */
static void test_kept(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autoptr(GPtrArray) none = plx_visits_read(desk.store, &error);
    g_assert_cmpuint(none->len, ==, 0);
    fill(&desk);
    desk_reopen(&desk);
    check_filled(desk.store);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_autoptr(plx_store) other = plx_store_open(copy, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    check_filled(other);
    g_assert_true(plx_visits_check(other, &error));
    desk_clear(&desk);
}

/* All or nothing, and never over what was done meanwhile. */
static void test_refused(void)
{
    struct desk desk;
    gint64 late = 1;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    g_assert_false(plx_visits_write(desk.store, add_two, &late, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "another program changed the visits meanwhile"));
    check_filled(desk.store);
    desk_clear(&desk);
}

/* Of walk 3, by more than one. */
static gboolean put_of_walk(plx_store *store, gpointer data, GError **error)
{
    static char walk[] = "walk";
    enum plx_visit_put *const put = data;
    const struct plx_act act = {2, 3, WHEN, author, walk, body};
    g_autoptr(GBytes) bytes = g_bytes_new_static("other", 5);
    if (!plx_visits_add_within(store, &act, error))
        return FALSE;
    for (guint i = 0; i <= PLX_VISIT_PHOTOS_MAX; i++) {
        g_autofree char *id = g_strdup_printf("p%u", i);
        if (!plx_visits_put_photo_within(store, 3, id, bytes, bytes, put, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean put_others(plx_store *store, gpointer data, GError **error)
{
    enum plx_visit_put *const put = data;
    g_autoptr(GBytes) bytes = g_bytes_new_static("other", 5);
    if (!plx_visits_put_report_within(store, 1, "r1", "{}", &put[0], error) ||
        !plx_visits_put_photo_within(store, 1, "p1", bytes, bytes, &put[1], error))
        return FALSE;
    for (guint i = 2; i <= PLX_VISIT_PHOTOS_MAX; i++) {
        g_autofree char *id = g_strdup_printf("p%u", i);
        if (!plx_visits_put_photo_within(store, 1, id, bytes, bytes, &put[2], error))
            return FALSE;
    }
    return plx_visits_put_photo_within(store, 1, "more", bytes, bytes, &put[3], error) &&
           plx_visits_put_photo_within(store, 2, "more", bytes, bytes, &put[4], error);
}

/* Nothing replaces what is there, and no visit fills the disk. */
static void test_limits(void)
{
    struct desk desk;
    enum plx_visit_put put[5];
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    g_assert_true(plx_visits_write(desk.store, put_others, put, &error));
    g_assert_no_error(error);
    g_assert_cmpint(put[0], ==, PLX_VISIT_PUT_OTHER);
    g_assert_cmpint(put[1], ==, PLX_VISIT_PUT_OTHER);
    g_assert_cmpint(put[2], ==, PLX_VISIT_PUT_NEW);
    g_assert_cmpint(put[3], ==, PLX_VISIT_PUT_FULL);
    g_assert_cmpint(put[4], ==, PLX_VISIT_PUT_NEW);
    check_filled(desk.store);
    g_assert_true(plx_visits_write(desk.store, put_of_walk, put, &error));
    g_assert_no_error(error);
    g_assert_cmpint(put[0], ==, PLX_VISIT_PUT_NEW);
    g_assert_null(plx_visits_report(desk.store, 1, "r2", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "what was told of visit 1 is not there");
    g_clear_error(&error);
    g_assert_null(plx_visits_photo(desk.store, 2, "p1", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "visit 2 has no picture \"p1\"");
    desk_clear(&desk);
}

/* Of visit 5: as many reports as are taken, then as many bytes. */
static gboolean put_many(plx_store *store, gpointer data, GError **error)
{
    enum plx_visit_put *const put = data;
    g_autofree char *large = g_strnfill(PLX_VISIT_REPORTS_BYTES_MAX / 32, ' ');
    for (guint i = 0; i <= PLX_VISIT_REPORTS_MAX; i++) {
        g_autofree char *id = g_strdup_printf("r%u", i);
        if (!plx_visits_put_report_within(store, 5, id, told, &put[i < PLX_VISIT_REPORTS_MAX],
                                          error))
            return FALSE;
    }
    for (guint i = 0; i <= 32; i++) {
        g_autofree char *id = g_strdup_printf("r%u", i);
        if (!plx_visits_put_report_within(store, 6, id, large, &put[2 + (i < 32)], error))
            return FALSE;
    }
    return plx_visits_put_report_within(store, 5, "r7", told, &put[4], error);
}

/* Many tell of a walk, and none of them fills the disk; what is there stays known. */
static void test_reports_full(void)
{
    struct desk desk;
    enum plx_visit_put put[5];
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_visits_write(desk.store, put_many, put, &error));
    g_assert_no_error(error);
    g_assert_cmpint(put[0], ==, PLX_VISIT_PUT_FULL);
    g_assert_cmpint(put[1], ==, PLX_VISIT_PUT_NEW);
    g_assert_cmpint(put[2], ==, PLX_VISIT_PUT_FULL);
    g_assert_cmpint(put[3], ==, PLX_VISIT_PUT_NEW);
    g_assert_cmpint(put[4], ==, PLX_VISIT_PUT_AGAIN);
    desk_clear(&desk);
}

/* Visits from the one after `from` up to the one before `until`, each with a link of its own. */
struct many {
    gint64 from, until;
};

static gboolean add_many(plx_store *store, gpointer data, GError **error)
{
    const struct many *const many = data;
    for (gint64 i = many->from; i < many->until; i++) {
        g_autofree char *link = g_strdup_printf("{\"hash\": \"h%" G_GINT64_FORMAT "\"}", i + 1);
        const struct plx_act planned = {2 * i, i + 1, WHEN, author, plan, body};
        const struct plx_act assigned = {2 * i + 1, i + 1, WHEN, author, assign, link};
        if (!plx_visits_add_within(store, &planned, error) ||
            !plx_visits_add_within(store, &assigned, error))
            return FALSE;
    }
    return TRUE;
}

static int count_step(void *steps)
{
    ++*(guint64 *)steps;
    return 0;
}

/* What a request does: the visit of a link, its acts, one more. */
struct request {
    gint64 last;
    guint64 steps;
};

static gboolean ask(plx_store *store, gpointer data, GError **error)
{
    struct request *const request = data;
    gint64 visit = 0;
    enum plx_visit_put put;
    sqlite3_progress_handler(plx_db_handle(plx_store_db(store)), 1, count_step, &request->steps);
    g_autoptr(GPtrArray) acts = plx_visits_find_link(store, "h3", &visit, error)
                                    ? plx_visits_of(store, visit, &request->last, error)
                                    : NULL;
    const struct plx_act more = {request->last, visit, WHEN, author, send, body};
    const gboolean ok = acts && acts->len >= 2 && visit == 3 &&
                        plx_visits_add_within(store, &more, error) &&
                        plx_visits_put_report_within(store, visit, "r1", told, &put, error);
    sqlite3_progress_handler(plx_db_handle(plx_store_db(store)), 0, NULL, NULL);
    return ok;
}

static guint64 steps_among(gint64 visits)
{
    struct desk desk;
    struct many many = {0, visits};
    struct request request = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_visits_write(desk.store, add_many, &many, &error));
    g_assert_no_error(error);
    g_assert_true(plx_visits_write(desk.store, ask, &request, &error));
    g_assert_no_error(error);
    g_assert_cmpint(request.last, ==, 2 * visits);
    g_assert_true(plx_visits_check(desk.store, &error));
    desk_clear(&desk);
    return request.steps;
}

/* A request costs the same among 10,000 visits as among ten. */
static void test_alone(void)
{
    const guint64 few = steps_among(10), many = steps_among(10000);
    g_assert_cmpuint(few, >, 50);
    g_assert_cmpuint(many, ==, few);
}

/* No link, one that is void, and a visit that there is not. */
static void test_links(void)
{
    struct desk desk;
    struct many many = {0, 3};
    gint64 visit = -1, last = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_visits_write(desk.store, add_many, &many, &error));
    g_assert_false(plx_visits_find_link(desk.store, "h4", &visit, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpint(visit, ==, -1);
    g_clear_error(&error);
    g_autoptr(GPtrArray) none = plx_visits_of(desk.store, 4, &last, &error);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_cmpint(last, ==, 6);
    g_autoptr(GPtrArray) acts = plx_visits_of(desk.store, 2, &last, &error);
    g_assert_cmpuint(acts->len, ==, 2);
    const struct plx_act *const act = acts->pdata[1];
    g_assert_cmpint(act->number, ==, 4);
    g_assert_cmpstr(act->body, ==, "{\"hash\": \"h2\"}");
    desk_clear(&desk);
}

/* Of visit 2 alone, after damage to it; that of others does not matter to it. */
static void check_alone(const char *sql, gboolean well)
{
    struct desk desk;
    struct many many = {0, 3};
    gint64 last = -1;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_visits_write(desk.store, add_many, &many, &error));
    desk_sql(&desk, sql);
    g_autoptr(GPtrArray) acts = plx_visits_of(desk.store, 2, &last, &error);
    g_assert_true((acts != NULL) == well);
    g_assert_cmpint(last, ==, well ? 6 : -1);
    if (!well)
        g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_false(plx_visits_check(desk.store, NULL));
    desk_clear(&desk);
}

static void test_lost(void)
{
    check_alone("DELETE FROM visit_act WHERE id = 3", FALSE);
    check_alone("DELETE FROM visit_act WHERE id = 4", FALSE);
    check_alone("DELETE FROM visit_act WHERE visit = 2", FALSE);
    check_alone("DELETE FROM visit_count WHERE visit = 2", FALSE);
    check_alone("UPDATE visit_act SET body = '{}' WHERE id = 4", FALSE);
    check_alone("DELETE FROM visit_act WHERE id = 6", TRUE);
    check_alone("UPDATE visit_count SET acts = 1 WHERE visit = 1", TRUE);
    check_alone("INSERT INTO visit_count (visit, acts) VALUES (4, 0)", TRUE);
}

static int stop(void *steps)
{
    return ++*(guint *)steps > 1;
}

/* Nothing is said of a link that could not be looked for. */
static void test_stopped(void)
{
    struct desk desk;
    struct many many = {0, 3};
    gint64 visit = -1;
    guint steps = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_visits_write(desk.store, add_many, &many, &error));
    g_assert_true(plx_visits_find_link(desk.store, "h2", &visit, &error));
    g_assert_cmpint(visit, ==, 2);
    sqlite3_progress_handler(plx_db_handle(plx_store_db(desk.store)), 1, stop, &steps);
    g_assert_false(plx_visits_find_link(desk.store, "h3", &visit, &error));
    sqlite3_progress_handler(plx_db_handle(plx_store_db(desk.store)), 0, NULL, NULL);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpint(visit, ==, 2);
    desk_clear(&desk);
}

static void check_gone(struct desk *desk)
{
    gboolean has = TRUE;
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_visits_report(desk->store, 1, "r1", &error));
    g_assert_cmpstr(error->message, ==, "what was told of visit 1 was erased");
    g_clear_error(&error);
    g_assert_null(plx_visits_shopper(desk->store, 1, &error));
    g_assert_no_error(error);
    g_assert_true(plx_visits_has_photo(desk->store, 1, "p1", &has, NULL) && !has);
    g_assert_false(desk_holds(desk, "Zoë Miller", strlen("Zoë Miller")));
    g_assert_false(desk_holds(desk, "dark in there", strlen("dark in there")));
    g_assert_false(desk_holds(desk, "the lamp", strlen("the lamp")));
}

/* Of somebody who is erased neither name nor words nor pictures are left in the file. */
static void test_erased(void)
{
    static const gint64 visits[] = {1, 2};
    struct desk desk;
    guint64 reports = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    gint64 shopper = 0;
    g_assert_true(plx_visits_find_shopper(desk.store, "Zoë Miller", &shopper, &error));
    const struct plx_visits_forgotten all = {visits, &shopper, 2, 1};
    g_assert_true(plx_visits_forget(desk.store, &all, TRUE, &reports, &error));
    g_assert_cmpuint(reports, ==, 1);
    check_filled(desk.store);
    g_assert_true(desk_holds(&desk, "the lamp", strlen("the lamp")));
    g_assert_true(plx_visits_forget(desk.store, &all, FALSE, &reports, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(reports, ==, 1);
    check_gone(&desk);
    g_assert_true(plx_visits_check(desk.store, &error));
    g_assert_true(plx_visits_forget(desk.store, &all, FALSE, &reports, &error));
    g_assert_cmpuint(reports, ==, 0);
    g_assert_false(plx_visits_find_shopper(desk.store, "Zoë Miller", &shopper, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==, "no shopper is called \"Zoë Miller\"");
    desk_clear(&desk);
}

/* A visit is one account's at a time, and nobody's once it is forgotten or the account is. */
static void test_ties(void)
{
    static const gint64 visits[] = {1};
    const struct plx_visits_forgotten first = {visits, NULL, 1, 0};
    static const char *const logins[] = {"zoe", "otto"};
    guint64 reports = 0;
    struct desk desk;
    desk_init(&desk, NULL);
    for (guint i = 0; i < G_N_ELEMENTS(logins); i++) {
        g_autoptr(plx_account) account = g_new0(plx_account, 1);
        account->login = g_strdup(logins[i]);
        account->name = g_strdup("");
        g_assert_true(plx_accounts_add(desk.store, account, NULL));
        g_assert_true(plx_visit_ties_set_within(desk.store, i + 1, account->id, "t", NULL));
    }
    g_assert_true(plx_visit_ties_set_within(desk.store, 3, 1, "of zoe", NULL));
    g_assert_true(plx_visit_ties_set_within(desk.store, 3, 2, "of otto", NULL));
    g_autoptr(GPtrArray) zoe = plx_visit_ties_of(desk.store, 1, NULL);
    g_autoptr(GPtrArray) otto = plx_visit_ties_of(desk.store, 2, NULL);
    g_autoptr(GPtrArray) nobody = plx_visit_ties_of(desk.store, 0, NULL);
    g_assert_cmpuint(zoe->len, ==, 1);
    g_assert_cmpuint(otto->len, ==, 2);
    g_assert_cmpuint(nobody->len, ==, 0);
    g_assert_cmpstr(((struct plx_visit_tie *)otto->pdata[1])->token, ==, "of otto");
    g_assert_true(plx_visits_forget(desk.store, &first, FALSE, &reports, NULL));
    g_autoptr(GPtrArray) forgotten = plx_visit_ties_of(desk.store, 1, NULL);
    g_assert_cmpuint(forgotten->len, ==, 0);
    g_autoptr(plx_account) leaves = plx_accounts_by_id(desk.store, 2, NULL);
    g_assert_true(plx_accounts_remove(desk.store, leaves, NULL));
    g_autoptr(GPtrArray) left = plx_visit_ties_of(desk.store, 2, NULL);
    g_assert_cmpuint(left->len, ==, 0);
    g_assert_true(plx_visit_ties_set_within(desk.store, 2, 1, "t", NULL));
    g_assert_true(plx_visit_ties_set_within(desk.store, 2, 0, NULL, NULL));
    g_autoptr(GPtrArray) none = plx_visit_ties_of(desk.store, 1, NULL);
    g_assert_cmpuint(none->len, ==, 0);
    g_assert_true(plx_visit_ties_set_within(desk.store, 2, 1, "t", NULL));
    desk_sql(&desk, "UPDATE visit_tie SET account = 2");
    g_assert_null(plx_visit_ties_of(desk.store, 2, NULL));
    g_assert_false(plx_visits_check(desk.store, NULL));
    desk_clear(&desk);
}

static void check_damage(const char *sql, const char *what)
{
    struct desk desk;
    struct plx_check_report report;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    fill(&desk);
    desk_sql(&desk, sql);
    g_assert_true(plx_check_run(desk.store, FALSE, &report, &error));
    g_assert_cmpuint(report.faults->len, ==, 1);
    g_assert_cmpstr(report.faults->pdata[0], ==, what);
    plx_check_report_clear(&report);
    desk_clear(&desk);
}

static void test_damage(void)
{
    check_damage("UPDATE visit_act SET visit = 2 WHERE id = 1", "visits: its visits");
    check_damage("UPDATE visit_act SET body = '{}' WHERE id = 2", "visits: its visits");
    check_damage("DELETE FROM visit_act WHERE id = 2", "visits: its visits");
    check_damage("INSERT INTO visit_link (hash, visit) VALUES ('h', 1)", "visits: its visits");
    check_damage("UPDATE visit_report SET bytes = 1", "visits: its visits");
    check_damage("UPDATE visit_report SET body = '{}'", "visits: its visits");
    check_damage("DELETE FROM visit_report", "visits: its visits");
    check_damage("UPDATE visit_photo SET bytes = x'00'", "visits: the pictures of its visits");
    check_damage("UPDATE visit_photo SET id = 'p2'", "visits: the pictures of its visits");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/visits/kept", test_kept);
    g_test_add_func("/visits/refused", test_refused);
    g_test_add_func("/visits/limits", test_limits);
    g_test_add_func("/visits/reports-full", test_reports_full);
    g_test_add_func("/visits/links", test_links);
    g_test_add_func("/visits/alone", test_alone);
    g_test_add_func("/visits/lost", test_lost);
    g_test_add_func("/visits/stopped", test_stopped);
    g_test_add_func("/visits/erased", test_erased);
    g_test_add_func("/visits/ties", test_ties);
    g_test_add_func("/visits/damage", test_damage);
    return g_test_run();
}
