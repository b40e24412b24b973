/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "base/error.h"
#include "store/copies.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

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
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    assert_reads(copy, HEAD FIRST);
    desk_take(&desk, HEAD "customer,e3,cart,2,\n");
    assert_reads(copy, HEAD FIRST);
    g_assert_false(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "exists already; nothing was changed"));
    g_clear_error(&error);
    g_assert_false(plx_copies_backup(desk.store, "/nowhere/at/all.plx", NULL, NULL, &error));
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
    g_assert_true(plx_copies_backup(desk.store, first, NULL, NULL, &error));
    g_assert_cmpuint(mode_of(first), ==, 0600);
    g_assert_cmpint(g_chmod(desk.path, 0660), ==, 0);
    g_assert_true(plx_copies_backup(desk.store, second, NULL, NULL, &error));
    g_assert_cmpuint(mode_of(second), ==, 0660);
    g_assert_true(plx_copies_restore(first, third, FALSE, NULL, NULL, &error));
    g_assert_cmpuint(mode_of(third), ==, 0600);
    g_assert_true(plx_copies_restore(first, second, TRUE, NULL, NULL, &error));
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
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    desk_take(&desk, HEAD "customer,e3,cart,2,\n");
    g_assert_true(plx_copies_restore(copy, other, FALSE, NULL, NULL, &error));
    assert_reads(other, HEAD FIRST);
    g_assert_false(plx_copies_restore(copy, desk.path, FALSE, NULL, NULL, &error));
    g_assert_nonnull(strstr(error->message, "--replace puts the backup in its place"));
    g_clear_error(&error);
    /* Somebody has it open: this test. */
    g_assert_false(plx_copies_restore(copy, desk.path, TRUE, NULL, NULL, &error));
    g_assert_nonnull(strstr(error->message, "is in use; nothing was changed"));
    g_clear_error(&error);
    g_assert_cmpuint(desk_observations(&desk), ==, 3);
    g_clear_pointer(&desk.store, plx_store_free);
    g_assert_true(plx_copies_restore(copy, desk.path, TRUE, NULL, NULL, &error));
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
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    desk_take(&desk, HEAD "customer,e3,cart,2,\n");
    g_assert_true(g_file_get_contents(beside, &log, &n, &error));
    g_assert_cmpuint(n, >, 0);
    g_clear_pointer(&desk.store, plx_store_free);
    g_assert_true(g_file_set_contents(beside, log, (gssize)n, &error));
    g_free(log);
    g_assert_true(plx_copies_restore(copy, desk.path, TRUE, NULL, NULL, &error));
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
    g_assert_true(plx_copies_backup(desk.store, copy, NULL, NULL, &error));
    g_assert_true(g_file_get_contents(copy, &bytes, &n, &error));
    char *const word = memmem(bytes, n, "zqx", 3);
    g_assert_nonnull(word);
    word[0] = 'y';
    g_assert_true(g_file_set_contents(copy, bytes, (gssize)n, &error));
    g_free(bytes);
    g_assert_false(plx_copies_restore(copy, other, FALSE, NULL, NULL, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_nonnull(strstr(error->message, "the copy is not whole"));
    g_clear_error(&error);
    g_assert_true(g_file_set_contents(text, HEAD FIRST, -1, &error));
    g_assert_false(plx_copies_restore(text, other, FALSE, NULL, NULL, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_false(g_file_test(other, G_FILE_TEST_EXISTS));
    desk_clear(&desk);
}

static const struct plx_copy *copy_at(const GPtrArray *copies, guint i)
{
    g_assert_cmpuint(i, <, copies->len);
    return copies->pdata[i];
}

static void test_list(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autofree char *b = desk_file(&desk, "b.plx");
    g_autofree char *a = desk_file(&desk, "a.plx");
    g_assert_true(plx_copies_backup(desk.store, b, NULL, NULL, &error));
    g_assert_true(plx_copies_backup(desk.store, a, NULL, NULL, &error));
    g_assert_cmpint(g_remove(a), ==, 0);
    g_autoptr(GPtrArray) copies = plx_copies_list(plx_store_db(desk.store), &error);
    g_assert_cmpuint(copies->len, ==, 2);
    g_assert_cmpstr(copy_at(copies, 0)->path, ==, a);
    g_assert_false(copy_at(copies, 0)->there);
    g_assert_cmpstr(copy_at(copies, 1)->path, ==, b);
    g_assert_true(copy_at(copies, 1)->there);
    g_assert_cmpuint(strlen(copy_at(copies, 1)->made), ==, strlen("2026-11-25T18:02:11Z"));
    desk_clear(&desk);
}

/* A workspace brought back still knows all copies, and the one it was brought back from. */
static void test_known_after_restore(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autofree char *early = desk_file(&desk, "early.plx");
    g_autofree char *late = desk_file(&desk, "late.plx");
    g_autofree char *other = desk_file(&desk, "other.plx");
    g_assert_true(plx_copies_backup(desk.store, early, NULL, NULL, &error));
    g_assert_true(plx_copies_backup(desk.store, late, NULL, NULL, &error));
    g_clear_pointer(&desk.store, plx_store_free);
    g_assert_true(plx_copies_restore(early, desk.path, TRUE, NULL, NULL, &error));
    g_assert_true(plx_copies_restore(early, other, FALSE, NULL, NULL, &error));
    g_autoptr(plx_store) same = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_autoptr(plx_store) fresh = plx_store_open(other, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    g_autoptr(GPtrArray) known = plx_copies_list(plx_store_db(same), &error);
    g_assert_cmpuint(known->len, ==, 2);
    g_assert_cmpstr(copy_at(known, 0)->path, ==, early);
    g_assert_cmpstr(copy_at(known, 1)->path, ==, late);
    g_autoptr(GPtrArray) only = plx_copies_list(plx_store_db(fresh), &error);
    g_assert_cmpuint(only->len, ==, 1);
    g_assert_cmpstr(copy_at(only, 0)->path, ==, early);
    desk_clear(&desk);
}

static gboolean never(gpointer data)
{
    (*(guint *)data)++;
    return FALSE;
}

static void test_stopped(void)
{
    struct desk desk;
    guint asked = 0;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_autofree char *part = desk_file(&desk, "copy.plx.part");
    g_assert_false(plx_copies_backup(desk.store, copy, never, &asked, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpuint(asked, ==, 1);
    g_assert_false(g_file_test(copy, G_FILE_TEST_EXISTS));
    g_assert_false(g_file_test(part, G_FILE_TEST_EXISTS));
    desk_clear(&desk);
}

/* A workspace that one may only read is copied, and knows nothing of it. */
static void test_read_only(void)
{
    struct desk desk;
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    desk_take(&desk, HEAD FIRST);
    g_autofree char *copy = desk_file(&desk, "copy.plx");
    g_autoptr(plx_store) reader = plx_store_open(desk.path, PLX_STORE_READ, &error);
    g_assert_true(plx_copies_backup(reader, copy, NULL, NULL, &error));
    g_assert_no_error(error);
    assert_reads(copy, HEAD FIRST);
    g_autoptr(GPtrArray) known = plx_copies_list(plx_store_db(reader), &error);
    g_assert_cmpuint(known->len, ==, 0);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/copies/backup", test_backup);
    g_test_add_func("/copies/restore", test_restore);
    g_test_add_func("/copies/stale-log", test_stale_log);
    g_test_add_func("/copies/bad-backup", test_bad_backup);
    g_test_add_func("/copies/list", test_list);
    g_test_add_func("/copies/known-after-restore", test_known_after_restore);
    g_test_add_func("/copies/modes", test_modes);
    g_test_add_func("/copies/stopped", test_stopped);
    g_test_add_func("/copies/read-only", test_read_only);
    return g_test_run();
}
