/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/save.h"

#include "base/error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void test_file(void)
{
    g_autofree char *folder = g_dir_make_tmp("plx-save-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "a.csv", NULL);
    static const char *const texts[] = {"one\n", "two and more\n", ""};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_true(plx_save(path, texts[i], strlen(texts[i]), &error));
        g_autofree char *text = NULL;
        g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
        g_assert_cmpstr(text, ==, texts[i]);
    }
    g_unlink(path);
    g_rmdir(folder);
}

/* A pipe gets the text and stays a pipe: renaming a file over it would be the end of /dev/null. */
static void test_pipe(void)
{
    g_autofree char *folder = g_dir_make_tmp("plx-save-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "pipe", NULL);
    g_assert_cmpint(mkfifo(path, 0600), ==, 0);
    const int reader = open(path, O_RDWR | O_CLOEXEC);
    g_assert_cmpint(reader, >=, 0);
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_save(path, "one\n", 4, &error));
    char got[8] = {0};
    g_assert_cmpint(read(reader, got, sizeof got), ==, 4);
    g_assert_cmpstr(got, ==, "one\n");
    struct stat status;
    g_assert_cmpint(stat(path, &status), ==, 0);
    g_assert_true(S_ISFIFO(status.st_mode));
    close(reader);
    g_unlink(path);
    g_rmdir(folder);
}

static void test_errors(void)
{
    g_autofree char *folder = g_dir_make_tmp("plx-save-XXXXXX", NULL);
    g_autofree char *inside = g_build_filename(folder, "no", "file", NULL);
    const struct {
        const char *path, *reason;
    } cases[] = {
        {folder, "it is a directory"},
        {inside, "No such file or directory"},
        {"/dev/full", "No space left on device"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(plx_save(cases[i].path, "one\n", 4, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
        g_autofree char *expected =
            g_strdup_printf("cannot write %s: %s", cases[i].path, cases[i].reason);
        g_assert_cmpstr(error->message, ==, expected);
    }
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/save/file", test_file);
    g_test_add_func("/save/pipe", test_pipe);
    g_test_add_func("/save/errors", test_errors);
    return g_test_run();
}
