/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "serve/log.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static char *read_all(const char *path)
{
    g_autoptr(GError) error = NULL;
    char *text = NULL;
    g_file_get_contents(path, &text, NULL, &error);
    g_assert_no_error(error);
    return text;
}

static const struct plx_log_entry entry = {.time = G_GINT64_CONSTANT(1795702740123456),
                                           .request = 0x4d2,
                                           .method = "GET",
                                           .pattern = "/f/{link:token}",
                                           .status = 200,
                                           .microseconds = 345,
                                           .bytes = 1234};

static void test_lines(void)
{
    g_autofree char *folder = g_dir_make_tmp("parallax-log-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "log", NULL);
    g_autoptr(GError) error = NULL;
    struct plx_log_entry refused = entry;
    refused.pattern = NULL;
    refused.status = 400;
    refused.why = "a \"line\"";
    plx_log *log = plx_log_new(path, &error);
    g_assert_no_error(error);
    plx_log_request(log, &entry);
    plx_log_request(log, &refused);
    plx_log_free(log);
    g_autofree char *text = read_all(path);
    g_assert_cmpstr(text, ==,
                    "{\"time\":\"2026-11-26T14:19:00.123Z\",\"request\":\"4d2\",\"method\":\"GET\","
                    "\"route\":\"/f/{link:token}\",\"status\":200,\"microseconds\":345,"
                    "\"bytes\":1234}\n"
                    "{\"time\":\"2026-11-26T14:19:00.123Z\",\"request\":\"4d2\",\"method\":\"GET\","
                    "\"route\":null,\"status\":400,\"microseconds\":345,\"bytes\":1234,"
                    "\"why\":\"a \\\"line\\\"\"}\n");
    log = plx_log_new(path, &error); /* goes on where it was */
    plx_log_event(log, "warning", "the disk is full");
    plx_log_free(log);
    g_autofree char *more = read_all(path);
    g_assert_true(g_str_has_prefix(more, text));
    g_assert_true(
        g_str_has_suffix(more, "Z\",\"level\":\"warning\",\"message\":\"the disk is full\"}\n"));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static gpointer write_many(gpointer log)
{
    for (guint i = 0; i < 5000; i++)
        plx_log_request(log, &entry);
    return NULL;
}

/* Of several threads, and while the file is opened anew, every line is whole and there. */
static void test_threads(void)
{
    g_autofree char *folder = g_dir_make_tmp("parallax-log-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "log", NULL);
    g_autoptr(GError) error = NULL;
    GThread *threads[3];
    guint lines = 0;
    plx_log *log = plx_log_new(path, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < 3; i++)
        threads[i] = g_thread_new("lines", write_many, log);
    g_assert_true(plx_log_reopen(log, &error));
    for (guint i = 0; i < 3; i++)
        g_thread_join(threads[i]);
    g_assert_cmpuint(plx_log_dropped(log), ==, 0);
    plx_log_free(log);
    g_autofree char *text = read_all(path);
    g_auto(GStrv) all = g_strsplit(text, "\n", -1);
    for (; all[lines] && *all[lines]; lines++)
        g_assert_cmpstr(all[lines], ==, all[0]);
    g_assert_cmpuint(lines, ==, 15000);
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

/* A disk that takes nothing costs lines, and nothing else. */
static void test_full(void)
{
    g_autoptr(GError) error = NULL;
    plx_log *log = plx_log_new("/dev/full", &error);
    g_assert_no_error(error);
    plx_log_request(log, &entry);
    while (plx_log_dropped(log) == 0)
        g_thread_yield();
    g_assert_cmpuint(plx_log_dropped(log), ==, 1);
    plx_log_free(log);
}

/* As many descriptors as there may be, none of which is closed before the log is. */
static void test_no_descriptor(void)
{
    g_autofree char *folder = g_dir_make_tmp("parallax-log-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "log", NULL);
    g_autoptr(GError) error = NULL;
    struct rlimit whole;
    g_assert_cmpint(getrlimit(RLIMIT_NOFILE, &whole), ==, 0);
    plx_log *log = plx_log_new(path, &error);
    g_assert_no_error(error);
    const int next = dup(STDIN_FILENO);
    const struct rlimit none = {(rlim_t)next, whole.rlim_max};
    close(next);
    g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &none), ==, 0);
    g_assert_cmpint(dup(STDIN_FILENO), ==, -1);
    plx_log_event(log, "info", "no descriptor is left");
    g_assert_false(plx_log_reopen(log, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    plx_log_event(log, "info", "it goes on where it was");
    plx_log_free(log);
    g_assert_cmpint(setrlimit(RLIMIT_NOFILE, &whole), ==, 0);
    g_autofree char *text = read_all(path);
    g_assert_nonnull(strstr(text, "no descriptor is left"));
    g_assert_nonnull(strstr(text, "it goes on where it was"));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

/* What is written after it was moved away and opened anew is in the new one. */
static void test_anew(void)
{
    g_autofree char *folder = g_dir_make_tmp("parallax-log-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "log", NULL);
    g_autofree char *moved = g_build_filename(folder, "log.1", NULL);
    g_autoptr(GError) error = NULL;
    plx_log *log = plx_log_new(path, &error);
    g_assert_no_error(error);
    g_assert_cmpint(g_rename(path, moved), ==, 0);
    g_assert_true(plx_log_reopen(log, &error));
    plx_log_event(log, "info", "new");
    plx_log_free(log);
    g_autofree char *older = read_all(moved), *newer = read_all(path);
    g_assert_cmpstr(older, ==, "");
    g_assert_nonnull(strstr(newer, "new"));
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpint(g_unlink(moved), ==, 0);
    g_assert_cmpint(g_rmdir(folder), ==, 0);
}

static void test_nowhere(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_log_new("/nowhere/log", &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_IO));
    g_assert_cmpstr(error->message, ==,
                    "cannot write to the log /nowhere/log: No such file or directory");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/lines", test_lines);
    g_test_add_func("/log/threads", test_threads);
    g_test_add_func("/log/full", test_full);
    g_test_add_func("/log/no-descriptor", test_no_descriptor);
    g_test_add_func("/log/anew", test_anew);
    g_test_add_func("/log/nowhere", test_nowhere);
    return g_test_run();
}
