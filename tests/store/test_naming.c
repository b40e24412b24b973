/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/copies.h"
#include "store/naming.h"

#include <glib/gstdio.h>
#include <string.h>

static void put(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

static void assert_holds(const char *path, const char *text)
{
    g_autofree char *found = NULL;
    g_assert_true(g_file_get_contents(path, &found, NULL, NULL));
    g_assert_cmpstr(found, ==, text);
}

/* How many files there are in the desk's folder whose names hold `word`. */
static guint count(const struct desk *desk, const char *word)
{
    guint n = 0;
    g_autoptr(GDir) folder = g_dir_open(desk->folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(folder));)
        n += strstr(name, word) != NULL;
    return n;
}

static void test_give(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autofree char *path = desk_file(&desk, "new.plx");
    g_autofree char *log = desk_file(&desk, "new.plx-wal");
    g_autofree char *part = plx_naming_part(path, &error);
    g_assert_no_error(error);
    g_assert_true(g_str_has_prefix(part, path) && g_str_has_suffix(part, ".part"));
    put(part, "new");
    put(log, "of another file");
    g_assert_true(plx_naming_give(part, path, &error));
    assert_holds(path, "new");
    g_assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(log, G_FILE_TEST_EXISTS));
    desk_clear(&desk);
}

/* Somebody else was faster: theirs stays as it is, with its log, and nothing is left behind. */
static void test_taken(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, NULL);
    g_autofree char *path = desk_file(&desk, "new.plx");
    g_autofree char *log = desk_file(&desk, "new.plx-wal");
    g_autofree char *part = plx_naming_part(path, &error);
    g_autofree char *message = g_strconcat(path, ": exists already; nothing was changed", NULL);
    put(part, "mine");
    put(path, "theirs");
    put(log, "log");
    g_assert_false(plx_naming_give(part, path, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpstr(error->message, ==, message);
    assert_holds(path, "theirs");
    assert_holds(log, "log");
    g_assert_cmpuint(count(&desk, ".part"), ==, 0);
    g_clear_error(&error);
    g_assert_null(plx_naming_part(path, &error));
    g_assert_cmpstr(error->message, ==, message);
    desk_clear(&desk);
}

/* A new workspace beside the log of one that was deleted reads as a new one. */
static void test_create(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, "audience,encounter,point,level\nleader,e1,page,3\n");
    g_autofree char *path = desk_file(&desk, "new.plx");
    g_autofree char *log = desk_file(&desk, "new.plx-wal");
    g_autofree char *old = g_strconcat(desk.path, "-wal", NULL);
    g_autofree char *bytes = NULL;
    gsize n;
    g_assert_true(g_file_get_contents(old, &bytes, &n, NULL) && n > 0);
    g_assert_true(g_file_set_contents(log, bytes, (gssize)n, NULL));
    g_autoptr(plx_store) store = plx_store_create(path, desk_map, "map.yaml", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(plx_store_path(store), ==, path);
    gint64 waiting = -1;
    g_assert_true(plx_db_number(plx_store_db(store), "SELECT count(*) FROM block", &waiting, NULL));
    g_assert_cmpint(waiting, ==, 0);
    g_clear_pointer(&store, plx_store_free);
    g_assert_cmpuint(count(&desk, ".part"), ==, 0);
    desk_clear(&desk);
}

/* What cannot be made leaves nothing, and is called by the name it was to have. */
static void test_create_fails(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_store_create("/nowhere/at/all.plx", NULL, "open map", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpstr(error->message, ==,
                    "/nowhere/at/all.plx: cannot be created: No such file or directory");
    g_clear_error(&error);
    struct desk desk;
    desk_init(&desk, NULL);
    g_assert_null(plx_store_create(desk.path, NULL, "open map", &error));
    g_assert_true(g_str_has_suffix(error->message, ": exists already; nothing was changed"));
    desk_reopen(&desk);
    g_assert_cmpuint(count(&desk, ".part"), ==, 0);
    desk_clear(&desk);
}

/* A backup beside the log of an older one is what was copied. */
static void test_backup(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, "audience,encounter,point,level\nleader,e1,page,3\n");
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_autofree char *log = desk_file(&desk, "copy.plx-wal");
    put(log, "of another file");
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_assert_false(g_file_test(log, G_FILE_TEST_EXISTS));
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/naming/give", test_give);
    g_test_add_func("/naming/taken", test_taken);
    g_test_add_func("/naming/create", test_create);
    g_test_add_func("/naming/create-fails", test_create_fails);
    g_test_add_func("/naming/backup", test_backup);
    return g_test_run();
}
