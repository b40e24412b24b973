/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/lockout.h"

#define NOW G_GINT64_CONSTANT(1795685400)

/* Twice as long each time, to a quarter of an hour and no further. */
static void test_doubles(void)
{
    static const gint64 waits[] = {0,  0,  0,   0,   1,   2,   4,   8,   16,
                                   32, 64, 128, 256, 512, 900, 900, 900, 900};
    plx_account account = {0};
    for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
        g_assert_false(plx_lockout_waits(&account, NOW));
        account.locked_until = 0;
        plx_lockout_failed(&account, NOW);
        g_assert_cmpint(account.failures, ==, i + 1);
        g_assert_cmpint(account.locked_until, ==, waits[i] ? NOW + waits[i] : 0);
        g_assert_cmpint(plx_lockout_waits(&account, NOW), ==, waits[i] > 0);
        g_assert_cmpint(plx_lockout_waits(&account, NOW + waits[i]), ==, FALSE);
        account.locked_until = 0;
    }
}

static void test_passed(void)
{
    plx_account account = {.failures = G_MAXINT64 - 1};
    plx_lockout_failed(&account, NOW);
    g_assert_true(plx_lockout_waits(&account, NOW + PLX_LOCKOUT_MAX - 1));
    plx_lockout_passed(&account);
    g_assert_false(plx_lockout_waits(&account, NOW));
    plx_lockout_failed(&account, NOW);
    g_assert_false(plx_lockout_waits(&account, NOW));
}

/* A clock that was a year ahead when it failed locks nobody out. */
static void test_clock(void)
{
    plx_account account = {.failures = 20, .locked_until = NOW + 365 * 86400};
    g_assert_false(plx_lockout_waits(&account, NOW));
    account.locked_until = NOW + PLX_LOCKOUT_MAX;
    g_assert_true(plx_lockout_waits(&account, NOW));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lockout/doubles", test_doubles);
    g_test_add_func("/lockout/passed", test_passed);
    g_test_add_func("/lockout/clock", test_clock);
    return g_test_run();
}
