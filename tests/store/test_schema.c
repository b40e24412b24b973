/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/schema.h"

static void set_version(const struct desk *desk, guint version)
{
    g_autofree char *sql = g_strdup_printf("PRAGMA user_version = %u", version);
    desk_sql(desk, sql);
}

static void test_created(void)
{
    struct desk desk;
    gint64 version = 0, pages = 0, id = 0;
    desk_init(&desk, NULL);
    plx_db *const db = plx_store_db(desk.store);
    g_assert_true(plx_db_number(db, "PRAGMA user_version", &version, NULL));
    g_assert_true(plx_db_number(db, "PRAGMA page_size", &pages, NULL));
    g_assert_true(plx_db_number(db, "PRAGMA application_id", &id, NULL));
    g_assert_cmpint(version, ==, plx_schema_version());
    g_assert_cmpint(pages, ==, 16384);
    g_assert_cmpint(id, ==, PLX_APPLICATION_ID);
    desk_clear(&desk);
}

static void assert_opens(const struct desk *desk, enum plx_store_mode mode, gint code,
                         const char *said)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *message = g_strdup_printf("%s: %s", desk->path, said);
    g_assert_null(plx_store_open(desk->path, mode, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}

/* A newer file is refused politely and stays as it is. */
static void test_newer(void)
{
    static const char said[] = "was written by a newer Parallax (version 7 of the file; this "
                               "program knows up to 1); nothing was changed. Use the newer program";
    struct desk desk;
    desk_init(&desk, NULL);
    desk_take(&desk, "audience,encounter,point,level\nleader,e1,x,3\n");
    set_version(&desk, 7);
    g_clear_pointer(&desk.store, plx_store_free);
    assert_opens(&desk, PLX_STORE_READ, PLX_ERROR_INPUT, said);
    assert_opens(&desk, PLX_STORE_WRITE, PLX_ERROR_INPUT, said);
    set_version(&desk, 1);
    desk_reopen(&desk);
    g_assert_cmpuint(desk_observations(&desk), ==, 1);
    desk_clear(&desk);
}

static void test_without_version(void)
{
    struct desk desk;
    desk_init(&desk, NULL);
    set_version(&desk, 0);
    g_clear_pointer(&desk.store, plx_store_free);
    assert_opens(&desk, PLX_STORE_WRITE, PLX_ERROR_IO,
                 "the workspace is damaged: it has no version; restore a backup (parallax "
                 "restore), or see what can be saved with parallax check");
    desk_clear(&desk);
}

/* A file of today needs no copy. */
static void test_nothing_to_do(void)
{
    struct desk desk;
    char *copy = NULL;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_assert_true(plx_schema_migrate(plx_store_db(desk.store), &copy, &error));
    g_assert_null(copy);
    g_assert_true(plx_schema_check(plx_store_db(desk.store), &error));
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/schema/created", test_created);
    g_test_add_func("/schema/newer", test_newer);
    g_test_add_func("/schema/without-version", test_without_version);
    g_test_add_func("/schema/nothing-to-do", test_nothing_to_do);
    return g_test_run();
}
