/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/progress.h"

/* To each account its own, the last; none once it is over. */
static void test_said(void)
{
    guint64 done = 7, total = 7;
    g_autoptr(plx_progress) progress = plx_progress_new();
    g_assert_false(plx_progress_of(progress, 3, &done, &total));
    g_assert_cmpuint(done + total, ==, 14);
    plx_progress_say(progress, 3, 10, 200);
    plx_progress_say(progress, 4, 5, 0);
    plx_progress_say(progress, 3, 210, 200);
    g_assert_true(plx_progress_of(progress, 3, &done, &total));
    g_assert_cmpuint(done, ==, 200);
    g_assert_cmpuint(total, ==, 200);
    g_assert_true(plx_progress_of(progress, 4, &done, &total));
    g_assert_cmpuint(done, ==, 5);
    g_assert_cmpuint(total, ==, 0);
    plx_progress_end(progress, 3);
    g_assert_false(plx_progress_of(progress, 3, &done, &total));
    g_assert_true(plx_progress_of(progress, 4, &done, &total));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/progress/said", test_said);
    return g_test_run();
}
