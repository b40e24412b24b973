/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rps.h"

#include "check.h"

static const double forecast[] = {.05, .10, .25, .35, .20, .05};
static const double observed[] = {.10, .20, .30, .25, .10, .05};

/* methods.md 8.6: RPS .075, W1 .5 levels (Epstein 1969; by hand). */
static void test_published(void)
{
    const struct plx_rps r = plx_rps(forecast, observed, 6);
    near(r.rps, .075, 1e-12);
    near(r.normalised, .015, 1e-12);
    near(r.wasserstein, .5, 1e-12);
    near(r.bias, 3.7 - 3.2, 1e-12);
}

static void test_swap_and_scale(void)
{
    double scaled[6];
    for (int i = 0; i < 6; i++)
        scaled[i] = 40 * forecast[i];
    const struct plx_rps r = plx_rps(observed, scaled, 6);
    near(r.rps, .075, 1e-12);
    near(r.bias, -.5, 1e-12);
}

static void test_ends(void)
{
    const double low[] = {3, 0, 0};
    const double high[] = {0, 0, 5};
    const struct plx_rps worst = plx_rps(low, high, 3);
    near(worst.normalised, 1, 1e-15);
    near(worst.wasserstein, 2, 1e-15);
    near(plx_rps(low, low, 3).rps, 0, 0);
    g_assert_true(isnan(plx_rps((const double[]){0, 0, 0}, low, 3).rps));
}

/* Two people, one right and one two levels off: half of the far one's score. */
static void test_individual(void)
{
    const double people[] = {1, 0, 1};
    const double low[] = {3, 0, 0};
    near(plx_rps_individual(people, low, 3), 1, 1e-15);
    near(plx_rps(people, low, 3).rps, 0.5, 1e-15); /* pooled hides half of it */
    g_assert_true(isnan(plx_rps_individual((const double[]){0, 0, 0}, low, 3)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rps/published", test_published);
    g_test_add_func("/rps/swap-and-scale", test_swap_and_scale);
    g_test_add_func("/rps/ends", test_ends);
    g_test_add_func("/rps/individual", test_individual);
    return g_test_run();
}
