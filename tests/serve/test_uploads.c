/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that are sent: under whose name they are found, what they may be called, and that nothing
 * is left. */

#include "base/error.h"
#include "serve/uploads.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *put(plx_uploads *uploads, gint64 account, const char *name)
{
    g_autoptr(GError) error = NULL;
    char *const path = plx_uploads_room(uploads, account, name, &error);
    g_assert_no_error(error);
    g_assert_true(g_file_set_contents(path, "audience,point,level\n", -1, NULL));
    return path;
}

static void check_missing(const plx_uploads *uploads, gint64 account, const char *reference)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *found = plx_uploads_find(uploads, account, reference, &error);
    g_assert_null(found);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
}

static void test_find(void)
{
    g_autoptr(plx_uploads) uploads = plx_uploads_new(NULL);
    g_autofree char *path = put(uploads, 3, "ratings.csv");
    g_autofree char *reference = plx_uploads_reference(uploads, path);
    g_autofree char *found = plx_uploads_find(uploads, 3, reference, NULL);
    g_assert_cmpstr(found, ==, path);
    check_missing(uploads, 4, reference);  /* somebody else's */
    check_missing(uploads, 33, reference); /* nor by a number that begins alike */
    check_missing(uploads, 3, "");
    check_missing(uploads, 3, "../../etc/passwd");
    g_autofree char *up = g_strdup_printf("%.43s/../x", reference);
    g_autofree char *dots = g_strdup_printf("%.43s/..", reference);
    g_autofree char *other = g_strdup_printf("%.43s/other.csv", reference);
    check_missing(uploads, 3, up);
    check_missing(uploads, 3, dots);
    check_missing(uploads, 3, other);
    plx_uploads_drop(path);
    check_missing(uploads, 3, reference);
}

static void test_names(void)
{
    static const char *const names[][2] = {
        {"ratings.csv", "ratings.csv"},
        {"C:\\2025\\my ratings.csv", "my ratings.csv"},
        {"../../etc/passwd", "passwd"},
        {"..", "file"},
        {"-o", "o"},
        {"a\nb\tc.csv", "abc.csv"},
        {"Übersicht.csv", "Übersicht.csv"},
        {"", "file"},
    };
    g_autoptr(plx_uploads) uploads = plx_uploads_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *path = put(uploads, 1, names[i][0]);
        g_autofree char *base = g_path_get_basename(path);
        g_assert_cmpstr(base, ==, names[i][1]);
    }
    g_autofree char *long_name = g_strnfill(4000, 'x');
    g_autofree char *path = put(uploads, 1, long_name);
    g_autofree char *base = g_path_get_basename(path);
    g_assert_cmpuint(strlen(base), ==, PLX_UPLOAD_NAME_MAX);
}

/* What people are told names no folder of ours. */
static void test_plain(void)
{
    g_autoptr(plx_uploads) uploads = plx_uploads_new(NULL);
    g_autofree char *path = put(uploads, 1, "ratings.csv");
    g_autofree char *text = g_strdup_printf("%s:3:4: level: 9; see %s", path, path);
    g_autofree char *plain = plx_uploads_plain(uploads, text);
    g_assert_cmpstr(plain, ==, "ratings.csv:3:4: level: 9; see ratings.csv");
    g_autofree char *same = plx_uploads_plain(uploads, "/etc/passwd: no");
    g_assert_cmpstr(same, ==, "/etc/passwd: no");
}

/* Nobody fills the disk: neither with large files nor with very many small ones. */
static void test_fits(void)
{
    g_autoptr(plx_uploads) uploads = plx_uploads_new(NULL);
    g_autoptr(GError) error = NULL;
    g_autofree char *large = put(uploads, 3, "large.csv");
    g_assert_cmpint(truncate(large, (off_t)(PLX_UPLOADS_BYTES - 3 * PLX_UPLOAD_LEAST)), ==, 0);
    g_autofree char *small = put(uploads, 3, "small.csv");
    g_assert_nonnull(small);
    g_assert_true(plx_uploads_fits(uploads, 3, 2 * PLX_UPLOAD_LEAST, &error));
    g_assert_false(plx_uploads_fits(uploads, 3, 2 * PLX_UPLOAD_LEAST + 1, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
    g_assert_true(plx_uploads_fits(uploads, 33, PLX_UPLOADS_BYTES, NULL)); /* somebody else's */
    plx_uploads_drop(large);
    g_assert_true(plx_uploads_fits(uploads, 3, 2 * PLX_UPLOAD_LEAST + 1, NULL));
}

static void test_gone(void)
{
    plx_uploads *uploads = plx_uploads_new(NULL);
    g_autofree char *path = put(uploads, 1, "ratings.csv");
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *all = g_path_get_dirname(folder);
    GStatBuf found;
    g_assert_cmpint(g_stat(folder, &found), ==, 0);
    g_assert_cmpuint(found.st_mode & 0077, ==, 0); /* for nobody else on the machine */
    plx_uploads_free(uploads);
    g_assert_false(g_file_test(all, G_FILE_TEST_EXISTS));
}

/* What a server that is killed leaves: the path of a file, to be freed. */
static char *left_by_dead(void)
{
    int ends[2];
    char path[4096] = "";
    g_assert_cmpint(pipe(ends), ==, 0);
    const pid_t child = fork();
    g_assert_cmpint(child, >=, 0);
    if (child == 0) {
        plx_uploads *const uploads = plx_uploads_new(NULL);
        const char *const file = put(uploads, 1, "ratings.csv");
        (void)!write(ends[1], file, strlen(file));
        raise(SIGKILL);
    }
    close(ends[1]);
    g_assert_cmpint(waitpid(child, NULL, 0), ==, child);
    g_assert_cmpint(read(ends[0], path, sizeof path - 1), >, 0);
    close(ends[0]);
    return g_strdup(path);
}

/* The next server removes it; of one that lives nothing, nor what is of somebody else. */
static void test_dead(void)
{
    g_autoptr(plx_uploads) living = plx_uploads_new(NULL);
    g_autofree char *kept = put(living, 1, "ratings.csv");
    g_autofree char *other = g_dir_make_tmp("parallax-uploads-XXXXXX", NULL); /* without a lock */
    g_autofree char *lost = left_by_dead();
    g_autofree char *folder = g_path_get_dirname(lost);
    g_autofree char *all = g_path_get_dirname(folder);
    g_assert_true(g_file_test(lost, G_FILE_TEST_IS_REGULAR));
    g_autoptr(plx_uploads) next = plx_uploads_new(NULL);
    g_assert_nonnull(next);
    g_assert_false(g_file_test(all, G_FILE_TEST_EXISTS));
    g_assert_true(g_file_test(kept, G_FILE_TEST_IS_REGULAR));
    g_assert_true(g_file_test(other, G_FILE_TEST_IS_DIR));
    g_assert_cmpint(g_rmdir(other), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_assert_cmpint(sodium_init(), >=, 0);
    g_test_add_func("/uploads/find", test_find);
    g_test_add_func("/uploads/names", test_names);
    g_test_add_func("/uploads/plain", test_plain);
    g_test_add_func("/uploads/fits", test_fits);
    g_test_add_func("/uploads/gone", test_gone);
    g_test_add_func("/uploads/dead", test_dead);
    return g_test_run();
}
