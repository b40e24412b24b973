/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/requests.h"

#include <string.h>

enum { SENDER = 7, DAY = 20000 };

static struct plx_request request_of(guint number, const char *body)
{
    struct plx_request request = {.encounters = number, .observations = 2 * (gint64)number};
    g_autofree char *key = g_strdup_printf("key %u", number);
    plx_request_hash(&request, SENDER, key, body, strlen(body));
    return request;
}

static void begin(plx_store *store)
{
    g_assert_true(plx_db_begin_write(plx_store_db(store), NULL));
}

static void end(plx_store *store)
{
    g_assert_true(plx_store_end(store, TRUE, NULL));
}

static void add(plx_store *store, guint number, gint32 day)
{
    g_autoptr(GError) error = NULL;
    const struct plx_request request = request_of(number, "body");
    g_assert_true(plx_requests_add_within(store, &request, day, &error));
    g_assert_no_error(error);
}

static gboolean has(plx_store *store, guint number)
{
    g_autoptr(GError) error = NULL;
    gboolean found = FALSE;
    struct plx_request request = request_of(number, "body");
    request.encounters = request.observations = 0;
    g_assert_true(plx_requests_find_within(store, &request, &found, &error));
    g_assert_no_error(error);
    if (found) {
        g_assert_cmpint(request.encounters, ==, number);
        g_assert_cmpint(request.observations, ==, 2 * (gint64)number);
    }
    return found;
}

/* What was carried out is known, in this transaction, in the next and when the file is opened anew;
 * also of more than the index begins with. */
static void test_known(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    begin(desk.store);
    g_assert_false(has(desk.store, 1));
    for (guint i = 1; i <= 20000; i++)
        add(desk.store, i, DAY);
    g_assert_true(has(desk.store, 1) && has(desk.store, 20000));
    end(desk.store);
    for (guint open = 0; open < 2; open++) {
        begin(desk.store);
        for (guint i = 1; i <= 20000; i += 7)
            g_assert_true(has(desk.store, i));
        for (guint i = 20001; i < 40000; i += 7)
            g_assert_false(has(desk.store, i));
        end(desk.store);
        desk_reopen(&desk);
    }
    desk_clear(&desk);
}

static void test_other_body(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    gboolean found = FALSE;
    desk_init(&desk, NULL);
    begin(desk.store);
    add(desk.store, 1, DAY);
    struct plx_request other = request_of(1, "another body");
    g_assert_false(plx_requests_find_within(desk.store, &other, &found, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    g_assert_cmpstr(error->message, ==,
                    "this Idempotency-Key was used for something else; nothing was stored");
    g_assert_false(found);
    /* The same key of another sender is another's. */
    plx_request_hash(&other, SENDER + 1, "key 1", "another body", 12);
    g_assert_true(plx_requests_find_within(desk.store, &other, &found, NULL));
    g_assert_false(found);
    end(desk.store);
    desk_clear(&desk);
}

/* What was taken back is not known; its number may become another's. */
static void test_taken_back(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    begin(desk.store);
    add(desk.store, 1, DAY);
    end(desk.store);
    begin(desk.store);
    for (guint i = 2; i < 10; i++)
        add(desk.store, i, DAY);
    g_assert_false(plx_store_end(desk.store, FALSE, NULL));
    begin(desk.store);
    g_assert_true(has(desk.store, 1));
    g_assert_false(has(desk.store, 2));
    add(desk.store, 12, DAY);
    g_assert_true(has(desk.store, 12));
    g_assert_false(has(desk.store, 2));
    end(desk.store);
    desk_clear(&desk);
}

/* What another process added is known before the next question. */
static void test_another_process(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    begin(desk.store);
    add(desk.store, 1, DAY);
    end(desk.store);
    g_autoptr(GError) error = NULL;
    plx_store *const other = plx_store_open(desk.path, PLX_STORE_WRITE, &error);
    g_assert_no_error(error);
    for (guint i = 2; i < 6; i++) {
        plx_store *const turn = i % 2 ? desk.store : other;
        begin(turn);
        for (guint k = 1; k < 8; k++)
            g_assert_cmpint(has(turn, k), ==, k < i);
        add(turn, i, DAY);
        end(turn);
    }
    plx_store_free(other);
    desk_clear(&desk);
}

static void test_purge(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_requests_purge(desk.store, DAY, &error)); /* of nothing */
    begin(desk.store);
    for (guint i = 1; i <= 30; i++)
        add(desk.store, i, DAY + (gint32)i);
    end(desk.store);
    g_assert_true(plx_requests_purge(desk.store, DAY + 30, &error));
    begin(desk.store);
    for (guint i = 1; i <= 30; i++)
        g_assert_cmpint(has(desk.store, i), ==, i >= 30 - PLX_REQUEST_DAYS);
    end(desk.store);
    g_assert_true(plx_requests_purge(desk.store, DAY + 1000, &error)); /* all but the last */
    begin(desk.store);
    g_assert_true(has(desk.store, 30));
    g_assert_false(has(desk.store, 29));
    add(desk.store, 31, DAY + 1000);
    g_assert_true(has(desk.store, 31));
    end(desk.store);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/requests/known", test_known);
    g_test_add_func("/requests/other-body", test_other_body);
    g_test_add_func("/requests/taken-back", test_taken_back);
    g_test_add_func("/requests/another-process", test_another_process);
    g_test_add_func("/requests/purge", test_purge);
    return g_test_run();
}
