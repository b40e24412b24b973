/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/whitehead.h"

#include "check.h"

/* Whitehead (1993); methods.md 8.9. */
static const double control[] = {.2, .5, .2, .1};

static void test_published(void)
{
    double p[4];
    plx_whitehead_shift(control, 4, .887, p);
    near(p[0], .378, 5e-4);
    near(p[1], .472, 5e-4);
    near(p[2], .106, 5e-4);
    near(p[3], .044, 5e-4);
    near(plx_whitehead_total(control, 4, .887, .05, .9), 187, .5);
}

static void test_mirror(void)
{
    const double turned[] = {.1, .2, .5, .2};
    near(plx_whitehead_total(turned, 4, -.887, .05, .9),
         plx_whitehead_total(control, 4, .887, .05, .9), 1e-9);
}

static void test_nothing(void)
{
    const double one[] = {0, 1, 0};
    g_assert_true(isnan(plx_whitehead_total(control, 4, 0, .05, .9)));
    g_assert_true(isnan(plx_whitehead_total(one, 3, .5, .05, .9)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/whitehead/published", test_published);
    g_test_add_func("/whitehead/mirror", test_mirror);
    g_test_add_func("/whitehead/nothing", test_nothing);
    return g_test_run();
}
