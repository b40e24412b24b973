/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/copies.h"

#include <glib/gstdio.h>
#include <string.h>

#define HEAD "audience,encounter,point,level,note\n"
#define FIRST "customer,e1,page,4,zqx\ncustomer,e2,cart,2,\n"

static void assert_reads(const char *path, const char *text)
{
    g_autoptr(GError) error = NULL;
    struct desk other = {.path = (char *)(gsize)path};
    other.store = plx_store_open(path, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    desk_assert_reads(&other, desk_map, text);
    plx_store_free(other.store);
}

static void test_backup(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD FIRST);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, &error));
    assert_reads(copy, HEAD FIRST);
    desk_take(&desk, HEAD "customer,e3,cart,2,\n");
    assert_reads(copy, HEAD FIRST);
    g_assert_false(plx_copies_backup(desk.store, copy, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "exists already; nothing was changed"));
    g_clear_error(&error);
    g_assert_false(plx_copies_backup(desk.store, "/nowhere/at/all.plx", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    desk_clear(&desk);
}

static guint mode_of(const char *path)
{
    GStatBuf status;
    g_assert_cmpint(g_stat(path, &status), ==, 0);
    return status.st_mode & 0777;
}

/* Copies are for those who may read what they were made of, or what they replace. */
static void test_modes(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD FIRST);
    g_autofree char *first = desk_file(&desk, "first.plx");
    g_autofree char *second = desk_file(&desk, "second.plx");
    g_autofree char *third = desk_file(&desk, "third.plx");
    g_assert_cmpuint(mode_of(desk.path), ==, 0600);
    g_assert_true(plx_copies_backup(desk.store, first, &error));
    g_assert_cmpuint(mode_of(first), ==, 0600);
    g_assert_cmpint(g_chmod(desk.path, 0660), ==, 0);
    g_assert_true(plx_copies_backup(desk.store, second, &error));
    g_assert_cmpuint(mode_of(second), ==, 0660);
    g_assert_true(plx_copies_restore(first, third, FALSE, &error));
    g_assert_cmpuint(mode_of(third), ==, 0600);
    g_assert_true(plx_copies_restore(first, second, TRUE, &error));
    g_assert_cmpuint(mode_of(second), ==, 0660);
    desk_clear(&desk);
}

static void test_restore(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD FIRST);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_autofree char *other = desk_file(&desk, "other.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, &error));
    desk_take(&desk, HEAD "customer,e3,cart,2,\n");
    g_assert_true(plx_copies_restore(copy, other, FALSE, &error));
    assert_reads(other, HEAD FIRST);
    g_assert_false(plx_copies_restore(copy, desk.path, FALSE, &error));
    g_assert_nonnull(strstr(error->message, "--replace puts the backup in its place"));
    g_clear_error(&error);
    /* Somebody has it open: this test. */
    g_assert_false(plx_copies_restore(copy, desk.path, TRUE, &error));
    g_assert_nonnull(strstr(error->message, "is in use; nothing was changed"));
    g_clear_error(&error);
    g_assert_cmpuint(desk_observations(&desk), ==, 3);
    g_clear_pointer(&desk.store, plx_store_free);
    g_assert_true(plx_copies_restore(copy, desk.path, TRUE, &error));
    assert_reads(desk.path, HEAD FIRST);
    desk_clear(&desk);
}

/* A log left of what was there before is not played into what is put in its place. */
static void test_stale_log(void)
{
    struct desk desk;
    char *log = NULL;
    gsize n;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD FIRST);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_autofree char *beside = g_strconcat(desk.path, "-wal", NULL);
    g_assert_true(plx_copies_backup(desk.store, copy, &error));
    desk_take(&desk, HEAD "customer,e3,cart,2,\n");
    g_assert_true(g_file_get_contents(beside, &log, &n, &error));
    g_assert_cmpuint(n, >, 0);
    g_clear_pointer(&desk.store, plx_store_free);
    g_assert_true(g_file_set_contents(beside, log, (gssize)n, &error));
    g_free(log);
    g_assert_true(plx_copies_restore(copy, desk.path, TRUE, &error));
    g_assert_false(g_file_test(beside, G_FILE_TEST_EXISTS));
    assert_reads(desk.path, HEAD FIRST);
    desk_clear(&desk);
}

static void test_bad_backup(void)
{
    struct desk desk;
    char *bytes = NULL;
    gsize n;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD FIRST);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_autofree char *text = desk_file(&desk, "a.csv");
    g_autofree char *other = desk_file(&desk, "other.plx");
    g_assert_true(plx_copies_backup(desk.store, copy, &error));
    g_assert_true(g_file_get_contents(copy, &bytes, &n, &error));
    char *const word = memmem(bytes, n, "zqx", 3);
    g_assert_nonnull(word);
    word[0] = 'y';
    g_assert_true(g_file_set_contents(copy, bytes, (gssize)n, &error));
    g_free(bytes);
    g_assert_false(plx_copies_restore(copy, other, FALSE, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "the copy is not whole"));
    g_clear_error(&error);
    g_assert_true(g_file_set_contents(text, HEAD FIRST, -1, &error));
    g_assert_false(plx_copies_restore(text, other, FALSE, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
    desk_clear(&desk);
}

static void test_list(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autofree char *b = desk_file(&desk, "b.plx");
    g_autofree char *a = desk_file(&desk, "a.plx");
    g_assert_true(plx_copies_backup(desk.store, b, &error));
    g_assert_true(plx_copies_backup(desk.store, a, &error));
    g_autoptr(GPtrArray) both = plx_copies_list(plx_store_db(desk.store), &error);
    g_assert_cmpuint(both->len, ==, 2);
    g_assert_cmpstr(both->pdata[0], ==, a);
    g_assert_cmpint(g_remove(a), ==, 0);
    g_autoptr(GPtrArray) left = plx_copies_list(plx_store_db(desk.store), &error);
    g_assert_cmpuint(left->len, ==, 1);
    g_assert_cmpstr(left->pdata[0], ==, b);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/copies/backup", test_backup);
    g_test_add_func("/copies/modes", test_modes);
    g_test_add_func("/copies/restore", test_restore);
    g_test_add_func("/copies/stale-log", test_stale_log);
    g_test_add_func("/copies/bad-backup", test_bad_backup);
    g_test_add_func("/copies/list", test_list);
    return g_test_run();
}
