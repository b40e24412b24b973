/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/requests.h"

#include <string.h>

static gboolean find(struct desk *desk, struct plx_request *request, GError **error)
{
    gboolean found = FALSE;
    plx_db *const db = plx_store_db(desk->store);
    g_assert_true(plx_db_begin_write(db, NULL));
    const gboolean ok = plx_requests_find_within(desk->store, request, &found, error);
    plx_db_rollback(db);
    return ok && found;
}

static void add(struct desk *desk, const struct plx_request *request, gint32 day)
{
    g_autoptr(GError) error = NULL;
    plx_db *const db = plx_store_db(desk->store);
    g_assert_true(plx_db_begin_write(db, NULL));
    g_assert_true(plx_requests_add_within(desk->store, request, day, &error));
    g_assert_true(plx_store_end(desk->store, TRUE, &error));
    g_assert_no_error(error);
}

/* The same key with the same body is known; with another it is refused; another sender's key is
 * another key; after a week it is forgotten. */
static void test_again(void)
{
    struct desk desk;
    struct plx_request first = {.encounters = 3, .observations = 17}, same = {0}, other = {0};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    plx_request_hash(&first, 1, "k1", "body", 4);
    g_assert_false(find(&desk, &first, &error));
    g_assert_no_error(error);
    add(&desk, &first, 20000);
    plx_request_hash(&same, 1, "k1", "body", 4);
    g_assert_true(find(&desk, &same, &error));
    g_assert_cmpint(same.encounters, ==, 3);
    g_assert_cmpint(same.observations, ==, 17);
    plx_request_hash(&other, 1, "k1", "bodY", 4);
    g_assert_false(find(&desk, &other, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_USAGE);
    g_clear_error(&error);
    plx_request_hash(&other, 2, "k1", "bodY", 4);
    g_assert_false(find(&desk, &other, &error));
    g_assert_no_error(error);
    add(&desk, &other, 20000 + PLX_REQUEST_DAYS);
    g_assert_true(find(&desk, &same, &error));
    plx_request_hash(&other, 2, "k2", "", 0);
    add(&desk, &other, 20001 + PLX_REQUEST_DAYS);
    g_assert_false(find(&desk, &same, &error));
    g_assert_no_error(error);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/requests/again", test_again);
    return g_test_run();
}
