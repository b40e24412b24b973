/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <gio/gio.h>

static void test_places(void)
{
    static const struct {
        struct plx_loc loc;
        const char *message;
    } cases[] = {
        {{"f.csv", 3, 7}, "f.csv:3:7: level is 9"},
        {{"f.csv", 3, 0}, "f.csv:3: level is 9"},
        {{"f.csv", 0, 0}, "f.csv: level is 9"},
        {{NULL, 0, 0}, "level is 9"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_false(plx_error_at(&error, PLX_ERROR_INPUT, &cases[i].loc, "level is %d", 9));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, cases[i].message);
    }
    g_assert_false(plx_error(NULL, PLX_ERROR_USAGE, "nobody wants to know"));
}

/* What a file holds must not drive the terminal that shows the message. */
static void test_control_characters(void)
{
    g_autoptr(GError) error = NULL;
    plx_error(&error, PLX_ERROR_INPUT, "no \"%s\"\nat all",
              "a\x1B[31m\x7F\r\t\xC2\x9B"
              "b é €");
    g_assert_cmpstr(error->message, ==, "no \"a\\x1B[31m\\x7F\\x0D\\x09\\x9Bb é €\"\nat all");
}

static void test_exit_status(void)
{
    static const enum plx_error codes[] = {PLX_ERROR_USAGE,     PLX_ERROR_INPUT,
                                           PLX_ERROR_NOT_FOUND, PLX_ERROR_NOT_SHOWN,
                                           PLX_ERROR_IO,        PLX_ERROR_BUG};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        g_autoptr(GError) error = NULL;
        plx_error(&error, codes[i], "no");
        g_assert_cmpint(plx_error_exit_status(error), ==, (gint)codes[i]);
    }
    g_autoptr(GError) io = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_FAILED, "no");
    g_assert_cmpint(plx_error_exit_status(io), ==, PLX_ERROR_IO);
    g_autoptr(GError) other = g_error_new_literal(G_OPTION_ERROR, 0, "no");
    g_assert_cmpint(plx_error_exit_status(other), ==, PLX_ERROR_BUG);
}

static void test_nothing(void)
{
    static const struct {
        enum plx_error code;
        gboolean nothing;
    } all[] = {{PLX_ERROR_NOT_FOUND, TRUE},
               {PLX_ERROR_NOT_SHOWN, TRUE},
               {PLX_ERROR_USAGE, FALSE},
               {PLX_ERROR_INPUT, FALSE},
               {PLX_ERROR_IO, FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        g_autoptr(GError) error = NULL;
        plx_error(&error, all[i].code, "x");
        g_assert_true(plx_error_is_nothing(error) == all[i].nothing);
    }
    g_assert_false(plx_error_is_nothing(NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/error/places", test_places);
    g_test_add_func("/error/control-characters", test_control_characters);
    g_test_add_func("/error/exit-status", test_exit_status);
    g_test_add_func("/error/nothing", test_nothing);
    return g_test_run();
}
