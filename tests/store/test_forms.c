/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/forms.h"

#include "base/error.h"
#include "desk.h"

#include <string.h>

#define TODAY 20783

struct form_desk {
    struct desk desk;
    char **addresses;
    plx_store *store;
};

static void set_up(struct form_desk *d, enum plx_link_kind kind, gint64 quota)
{
    static char audience[] = "customer", settings[] = "settings\t1\n";
    const struct plx_link link = {.kind = kind,
                                  .audience = audience,
                                  .settings = settings,
                                  .opens = PLX_LINK_ALWAYS,
                                  .closes = TODAY + 10,
                                  .quota = quota,
                                  .created = TODAY};
    gint64 first;
    GError *error = NULL;
    desk_init(&d->desk, desk_map);
    d->store = d->desk.store;
    g_assert_true(plx_links_add(d->store, "test", &link, 1, &first, &d->addresses, &error));
    g_assert_no_error(error);
}

static void tear_down(struct form_desk *d)
{
    g_strfreev(d->addresses);
    desk_clear(&d->desk);
}

static void begin(struct form_desk *d)
{
    g_assert_true(plx_db_begin_write(plx_store_db(d->store), NULL));
}

static void commit(struct form_desk *d)
{
    g_assert_true(plx_db_commit(plx_store_db(d->store), NULL));
}

static void put_draft(struct form_desk *d, const char *token, char *person, char *body)
{
    const struct plx_form_draft draft = {1, person, body};
    g_autoptr(GError) error = NULL;
    begin(d);
    g_assert_true(plx_forms_put_draft_within(d->store, token, TODAY, &draft, &error));
    g_assert_no_error(error);
    commit(d);
}

static enum plx_form_outcome complete(struct form_desk *d, const char *address, const char *token,
                                      gint32 day, const char *sealed)
{
    g_autoptr(GError) error = NULL;
    enum plx_form_outcome outcome = PLX_FORM_REFUSED;
    begin(d);
    g_assert_true(
        plx_forms_complete_within(d->store, address, token, day, sealed, &outcome, &error));
    g_assert_no_error(error);
    commit(d);
    return outcome;
}

static gboolean has_draft(struct form_desk *d, const char *token, struct plx_form_draft *draft)
{
    g_autoptr(GError) error = NULL;
    gboolean found = FALSE;
    g_assert_true(plx_forms_draft(d->store, token, &found, draft, &error));
    g_assert_no_error(error);
    return found;
}

static void test_tokens(void)
{
    struct form_desk d;
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    g_autofree char *one = plx_forms_token();
    g_autofree char *other = plx_forms_token();
    g_assert_cmpuint(strlen(one), ==, 32);
    g_assert_cmpstr(one, !=, other);
    g_assert_cmpuint(plx_forms_seed(d.store, one), ==, plx_forms_seed(d.store, one));
    g_assert_cmpuint(plx_forms_seed(d.store, one), !=, plx_forms_seed(d.store, other));

    g_autofree char *person = plx_forms_person(d.store, "customer", "booking 4711");
    g_autofree char *again = plx_forms_person(d.store, "customer", "booking 4711");
    g_autofree char *staff = plx_forms_person(d.store, "staff", "booking 4711");
    g_assert_cmpuint(strlen(person), ==, 32);
    g_assert_cmpstr(person, ==, again);
    g_assert_cmpstr(person, !=, staff);

    /* Another workspace has another secret. */
    struct desk elsewhere;
    desk_init(&elsewhere, desk_map);
    g_autofree char *foreign = plx_forms_person(elsewhere.store, "customer", "booking 4711");
    g_assert_cmpstr(person, !=, foreign);
    g_assert_cmpuint(plx_forms_seed(d.store, one), !=, plx_forms_seed(elsewhere.store, one));
    desk_clear(&elsewhere);
    tear_down(&d);
}

static void test_draft(void)
{
    struct form_desk d;
    struct plx_form_draft draft = {0};
    char first[] = "form\t1\n", second[] = "form\t1\nlevel\t5\n", person[] = "cafe";
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    g_assert_false(has_draft(&d, "token", &draft));
    put_draft(&d, "token", NULL, first);
    put_draft(&d, "token", person, second);
    put_draft(&d, "other", NULL, first);
    g_assert_true(has_draft(&d, "token", &draft));
    g_assert_cmpint(draft.link, ==, 1);
    g_assert_cmpstr(draft.person, ==, "cafe");
    g_assert_cmpstr(draft.body, ==, second);
    plx_form_draft_clear(&draft);
    g_assert_true(has_draft(&d, "other", &draft));
    g_assert_null(draft.person);
    plx_form_draft_clear(&draft);
    tear_down(&d);
}

/* Somebody who may write to the file but has no token cannot make up a draft. */
static void test_draft_forged(void)
{
    struct form_desk d;
    char body[] = "form\t1\n";
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    put_draft(&d, "token", NULL, body);
    desk_sql(&d.desk, "UPDATE draft SET body = zeroblob(length(body))");
    GError *error = NULL;
    gboolean found = TRUE;
    struct plx_form_draft draft;
    g_assert_false(plx_forms_draft(d.store, "token", &found, &draft, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, ": the workspace is damaged: a draft of a form; "));
    g_clear_error(&error);
    tear_down(&d);
}

/* A second sending is counted once, and goes with the draft; a week later nothing tells of it. */
static void test_complete(void)
{
    struct form_desk d;
    struct plx_form_draft draft;
    char body[] = "form\t1\n";
    gboolean done = TRUE;
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    put_draft(&d, "token", NULL, body);
    g_assert_true(plx_forms_is_complete(d.store, "token", &done, &error));
    g_assert_false(done);
    g_assert_cmpint(complete(&d, d.addresses[0], "token", TODAY, NULL), ==, PLX_FORM_DONE);
    g_assert_false(has_draft(&d, "token", &draft));
    g_assert_true(plx_forms_is_complete(d.store, "token", &done, &error));
    g_assert_true(done);
    g_assert_cmpint(complete(&d, d.addresses[0], "token", TODAY, NULL), ==, PLX_FORM_DONE_BEFORE);
    g_assert_cmpint(complete(&d, d.addresses[0], "other", TODAY, NULL), ==, PLX_FORM_DONE);
    g_autoptr(plx_link) link = plx_links_get(d.store, 1, &error);
    g_assert_cmpint(link->completed, ==, 2);

    g_assert_true(plx_forms_purge(d.store, TODAY + 6, &error));
    g_assert_true(plx_forms_is_complete(d.store, "token", &done, &error));
    g_assert_true(done);
    g_assert_true(plx_forms_purge(d.store, TODAY + 7, &error));
    g_assert_true(plx_forms_is_complete(d.store, "token", &done, &error));
    g_assert_false(done);
    tear_down(&d);
}

static void test_refused(void)
{
    struct form_desk d;
    char body[] = "form\t1\n";
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_CAMPAIGN, 2);
    /* The last day is TODAY + 10; who began then may finish later. */
    put_draft(&d, "begun", NULL, body);
    enum plx_link_state state;
    g_autoptr(plx_link) link = plx_links_get(d.store, 1, &error);
    g_assert_true(plx_forms_state(d.store, link, "new", TODAY + 11, &state, &error));
    g_assert_cmpint(state, ==, PLX_LINK_LATE);
    g_assert_true(plx_forms_state(d.store, link, "begun", TODAY + 11, &state, &error));
    g_assert_cmpint(state, ==, PLX_LINK_OPEN);
    g_assert_cmpint(complete(&d, d.addresses[0], "new", TODAY + 11, NULL), ==, PLX_FORM_REFUSED);
    g_assert_cmpint(complete(&d, d.addresses[0], "begun", TODAY + 30, NULL), ==, PLX_FORM_DONE);
    g_assert_cmpint(complete(&d, d.addresses[0], "begun2", TODAY + 11, NULL), ==, PLX_FORM_REFUSED);
    g_assert_cmpint(complete(&d, d.addresses[0], "two", TODAY, NULL), ==, PLX_FORM_DONE);
    g_assert_cmpint(complete(&d, d.addresses[0], "three", TODAY, "x"), ==, PLX_FORM_REFUSED);
    put_draft(&d, "full", NULL, body);
    g_assert_cmpint(complete(&d, d.addresses[0], "full", TODAY, NULL), ==, PLX_FORM_REFUSED);
    g_assert_cmpint(complete(&d, d.addresses[0], "full", TODAY + 11, NULL), ==, PLX_FORM_REFUSED);
    gint64 waiting = -1;
    g_assert_true(plx_forms_waiting(d.store, &waiting, &error));
    g_assert_cmpint(waiting, ==, 0);

    enum plx_form_outcome outcome;
    begin(&d);
    g_assert_false(
        plx_forms_complete_within(d.store, "nowhere", "four", TODAY, NULL, &outcome, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    plx_db_rollback(plx_store_db(d.store));
    tear_down(&d);
}

/* Closed: who is in the middle of a form finishes it, nobody begins one. */
static void test_closed(void)
{
    struct form_desk d;
    char body[] = "form\t1\n";
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    put_draft(&d, "begun", NULL, body);
    g_assert_true(plx_links_close(d.store, "test", 1, &error));
    g_assert_cmpint(complete(&d, d.addresses[0], "new", TODAY, NULL), ==, PLX_FORM_REFUSED);
    g_assert_cmpint(complete(&d, d.addresses[0], "begun", TODAY, NULL), ==, PLX_FORM_DONE);
    g_assert_cmpint(complete(&d, d.addresses[0], "begun", TODAY, NULL), ==, PLX_FORM_DONE_BEFORE);
    tear_down(&d);
}

static guint receipts_of_a_day(struct form_desk *d)
{
    guint n = 0;
    plx_db *const db = plx_store_db(d->store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT due FROM receipt WHERE due < 1000000", NULL);
    while (plx_db_step(db, statement, NULL) == SQLITE_ROW)
        n++;
    sqlite3_reset(statement);
    return n;
}

/* An address for one form is used up with it, whichever way it comes again. */
static void test_single(void)
{
    struct form_desk d;
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_SINGLE, 2);
    g_assert_cmpint(complete(&d, d.addresses[0], "token", TODAY, NULL), ==, PLX_FORM_DONE);
    g_assert_cmpint(complete(&d, d.addresses[0], "token", TODAY, NULL), ==, PLX_FORM_DONE_BEFORE);
    g_assert_cmpint(complete(&d, d.addresses[0], "other", TODAY, NULL), ==, PLX_FORM_REFUSED);
    g_assert_cmpuint(receipts_of_a_day(&d), ==, 1); /* of the form, for a week */
    g_assert_null(plx_links_find(d.store, d.addresses[0], &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_clear_error(&error);
    gboolean used = FALSE;
    g_assert_true(plx_forms_is_complete(d.store, d.addresses[0], &used, &error));
    g_assert_true(used);
    /* For good: when its form is forgotten it still says so, and tells nobody when it was. */
    g_assert_true(plx_forms_purge(d.store, TODAY + 5000, &error));
    g_assert_true(plx_forms_is_complete(d.store, "token", &used, &error));
    g_assert_false(used);
    g_assert_true(plx_forms_is_complete(d.store, d.addresses[0], &used, &error));
    g_assert_true(used);
    g_assert_cmpint(complete(&d, d.addresses[0], "late", TODAY + 9, NULL), ==, PLX_FORM_REFUSED);
    g_assert_cmpuint(receipts_of_a_day(&d), ==, 0);
    g_assert_cmpint(complete(&d, d.addresses[1], d.addresses[1], TODAY, NULL), ==, PLX_FORM_DONE);
    g_autoptr(plx_link) link = plx_links_get(d.store, 1, &error);
    g_assert_cmpint(plx_link_state(link, TODAY), ==, PLX_LINK_FULL);
    tear_down(&d);
}

static void test_old_drafts(void)
{
    struct form_desk d;
    struct plx_form_draft draft;
    char body[] = "form\t1\n";
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    put_draft(&d, "token", NULL, body);
    g_assert_true(plx_forms_purge(d.store, TODAY + 30, &error));
    g_assert_true(has_draft(&d, "token", &draft));
    plx_form_draft_clear(&draft);
    g_assert_true(plx_forms_purge(d.store, TODAY + 31, &error));
    g_assert_false(has_draft(&d, "token", &draft));
    tear_down(&d);
}

static void test_panel(void)
{
    struct form_desk d;
    gint32 day = 1;
    gboolean was = FALSE;
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_CAMPAIGN, 0);
    g_assert_true(plx_forms_consented(d.store, "cafe", &day, &error));
    g_assert_cmpint(day, ==, PLX_LINK_ALWAYS);
    begin(&d);
    g_assert_true(plx_forms_consent_within(d.store, "cafe", TODAY, &error));
    g_assert_true(plx_forms_consent_within(d.store, "cafe", TODAY + 1, &error));
    commit(&d);
    g_assert_true(plx_forms_consented(d.store, "cafe", &day, &error));
    g_assert_cmpint(day, ==, TODAY);
    g_assert_true(plx_forms_withdraw(d.store, "cafe", &was, &error));
    g_assert_true(was);
    g_assert_true(plx_forms_withdraw(d.store, "cafe", &was, &error));
    g_assert_false(was);
    g_assert_true(plx_forms_forget(d.store, &error));
    g_assert_false(desk_holds(&d.desk, "cafe", 4));
    tear_down(&d);
}

/* What is never in the file: tokens of forms, references of bookings, words of a draft, not even
 * beside it; and when a form is completed nothing is left of what the draft was kept under. */
static void test_dug_out(void)
{
    static const char token[] = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    static const char reference[] = "booking-of-mrs-dupont";
    char words[] = "note\tc1\tThey were unforgettably rude\n";
    struct form_desk d;
    g_autoptr(GError) error = NULL;
    set_up(&d, PLX_LINK_SINGLE, 2);
    g_autofree char *person = plx_forms_person(d.store, "customer", reference);
    for (guint i = 0; i < 3; i++)
        put_draft(&d, token, person, words);
    g_assert_false(desk_holds(&d.desk, token, strlen(token)));
    g_assert_false(desk_holds(&d.desk, reference, strlen(reference)));
    g_assert_false(desk_holds(&d.desk, person, strlen(person)));
    g_assert_false(desk_holds(&d.desk, "unforgettably", strlen("unforgettably")));

    sqlite3_stmt *const statement =
        plx_db_prepare(plx_store_db(d.store),
                       "SELECT key FROM draft UNION ALL SELECT key FROM link_address", NULL);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    while (plx_db_step(plx_store_db(d.store), statement, NULL) == SQLITE_ROW)
        g_ptr_array_add(keys, g_memdup2(sqlite3_column_blob(statement, 0), 32));
    g_assert_cmpuint(keys->len, ==, 3);
    for (guint i = 0; i < keys->len; i++)
        g_assert_true(desk_holds(&d.desk, keys->pdata[i], 32));

    g_assert_cmpint(complete(&d, d.addresses[0], token, TODAY, "said"), ==, PLX_FORM_DONE);
    g_assert_true(plx_forms_forget(d.store, &error));
    guint left = 0;
    for (guint i = 0; i < keys->len; i++)
        left += desk_holds(&d.desk, keys->pdata[i], 32) ? 1 : 0;
    g_assert_cmpuint(left, ==, 1); /* the address nobody used */
    g_assert_false(desk_holds(&d.desk, d.addresses[0], strlen(d.addresses[0])));
    tear_down(&d);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/forms/tokens", test_tokens);
    g_test_add_func("/forms/draft", test_draft);
    g_test_add_func("/forms/draft_forged", test_draft_forged);
    g_test_add_func("/forms/complete", test_complete);
    g_test_add_func("/forms/refused", test_refused);
    g_test_add_func("/forms/closed", test_closed);
    g_test_add_func("/forms/single", test_single);
    g_test_add_func("/forms/old_drafts", test_old_drafts);
    g_test_add_func("/forms/panel", test_panel);
    g_test_add_func("/forms/dug_out", test_dug_out);
    return g_test_run();
}
