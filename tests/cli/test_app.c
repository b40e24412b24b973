/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/app.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "cli/invocation.h"

struct fixture {
    char *folder;
    FILE *out;
    FILE *err;
    plx_app *app;
};

static void set_up(struct fixture *f, gconstpointer data)
{
    (void)data;
    f->folder = g_dir_make_tmp("parallax-app-XXXXXX", NULL);
    f->out = tmpfile();
    f->err = tmpfile();
    f->app = plx_app_new(f->out, f->err);
}

static void tear_down(struct fixture *f, gconstpointer data)
{
    (void)data;
    plx_app_free(f->app);
    fclose(f->out);
    fclose(f->err);
    g_rmdir(f->folder);
    g_free(f->folder);
}

static void assert_holds(FILE *stream, const char *expected)
{
    char text[256];
    rewind(stream);
    const size_t n = fread(text, 1, sizeof text - 1, stream);
    text[n] = '\0';
    g_assert_cmpstr(text, ==, expected);
}

static void configure(struct fixture *f, const char *option, const char *value)
{
    const char *const argv[] = {"parallax", option, value};
    g_autoptr(plx_invocation) invocation = plx_invocation_parse(value ? 3 : 2, argv, NULL);
    g_assert_nonnull(invocation);
    plx_app_configure(f->app, invocation);
}

/* What others wrote does not steer the terminal. */
static void test_note_is_safe(struct fixture *f, gconstpointer data)
{
    (void)data;
    plx_app_note(f->app, "\"%s\" merged", "a\033]0;b\aü");
    g_assert_true(plx_app_flush(f->app, NULL, NULL));
    assert_holds(f->err, "\"a\uFFFD]0;b\uFFFDü\" merged\n");
}

/* Nothing is written before the end; then all of it, once. */
static void test_flush(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_string_append(plx_app_out(f->app), "result\n");
    plx_app_note(f->app, "written %s", "monday.html");
    assert_holds(f->out, "");
    assert_holds(f->err, "");
    g_assert_true(plx_app_flush(f->app, NULL, NULL));
    g_assert_true(plx_app_flush(f->app, NULL, NULL));
    assert_holds(f->out, "result\n");
    assert_holds(f->err, "written monday.html\n");
}

static void test_flush_to_file(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autofree char *path = g_build_filename(f->folder, "out.txt", NULL);
    plx_app_set_binary(f->app); /* as it is, without a newline behind it */
    g_string_append_len(plx_app_out(f->app), "a\0b", 3);
    g_assert_true(plx_app_flush(f->app, path, NULL));
    assert_holds(f->out, "");
    g_autofree char *text = NULL;
    gsize length = 0;
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_assert_cmpuint(length, ==, 3);
    g_assert_true(memcmp(text, "a\0b", 3) == 0);
    g_unlink(path);
}

static void test_dash_is_standard_output(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_string_append(plx_app_out(f->app), "x");
    g_assert_true(plx_app_flush(f->app, "-", NULL));
    assert_holds(f->out, "x\n");
}

static void test_full_disk(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_string_append(plx_app_out(f->app), "x");
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_app_flush(f->app, "/dev/full", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpstr(error->message, ==, "cannot write /dev/full: No space left on device");
}

static void test_unwritable(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GString) text = g_string_new("x");
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_app_save(f->app, f->folder, text, &error));
    g_autofree char *message = g_strdup_printf("cannot write %s: it is a directory", f->folder);
    g_assert_cmpstr(error->message, ==, message);
    g_autofree char *missing = g_build_filename(f->folder, "no", "x", NULL);
    g_autoptr(GError) second = NULL;
    g_assert_false(plx_app_save(f->app, missing, text, &second));
    g_assert_error(second, PLX_ERROR, PLX_ERROR_IO);
}

static void test_quiet(struct fixture *f, gconstpointer data)
{
    (void)data;
    configure(f, "-q", NULL);
    plx_app_note(f->app, "unheard");
    g_assert_true(plx_app_flush(f->app, NULL, NULL));
    assert_holds(f->err, "");
    g_assert_true(plx_app_quiet(f->app));
    g_assert_false(plx_app_verbose(f->app));
}

/* What is not a terminal gets 80 columns, no colour and no progress. */
static void test_no_terminal(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_cmpuint(plx_app_width(f->app), ==, 80);
    g_assert_false(plx_app_colour(f->app));
    plx_app_progress(f->app, "reading", 1, 2);
    plx_app_clear(f->app);
    assert_holds(f->err, "");
}

static void test_threads(struct fixture *f, gconstpointer data)
{
    (void)data;
    g_assert_cmpuint(plx_app_threads(f->app), >=, 1);
    configure(f, "--threads", "7");
    g_assert_cmpuint(plx_app_threads(f->app), ==, 7);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    static const struct {
        const char *path;
        void (*run)(struct fixture *f, gconstpointer data);
    } tests[] = {
        {"/cli/app/flush", test_flush},
        {"/cli/app/note-is-safe", test_note_is_safe},
        {"/cli/app/flush-to-file", test_flush_to_file},
        {"/cli/app/dash", test_dash_is_standard_output},
        {"/cli/app/full-disk", test_full_disk},
        {"/cli/app/unwritable", test_unwritable},
        {"/cli/app/quiet", test_quiet},
        {"/cli/app/no-terminal", test_no_terminal},
        {"/cli/app/threads", test_threads},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].path, struct fixture, NULL, set_up, tests[i].run, tear_down);
    return g_test_run();
}
