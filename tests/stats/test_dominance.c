/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/dominance.h"

#include "check.h"
#include "stats/sample.h"

static const double treated[] = {10, 10, 20, 20, 20, 30, 30, 30, 40, 50};
static const double control[] = {10, 20, 30, 40, 40, 50};
static const double tens[] = {10, 20, 30, 40, 50};

/* Hogarty and Kromrey (1999, SUGI 24, paper 238); intervals as R's effsize 0.8.1 gives them. */
static void test_hogarty_kromrey(void)
{
    g_autoptr(plx_sample) x = plx_sample_new(treated, NULL, 10, tens, 5);
    g_autoptr(plx_sample) y = plx_sample_new(control, NULL, 6, tens, 5);
    const struct plx_distribution *dx = plx_sample_distribution(x);
    const struct plx_distribution *dy = plx_sample_distribution(y);
    const struct plx_cliff t = plx_cliff(dx, dy, 0.95, PLX_CLIFF_UNBIASED, FALSE);
    near(t.delta, -0.25, 1e-15);
    near(t.a, .375, 1e-15);
    near(t.df, 14, 0);
    near(t.ci.lo, -.7265846, 5e-8);
    near(t.ci.hi, .3890062, 5e-8);
    const struct plx_cliff z = plx_cliff(dx, dy, 0.95, PLX_CLIFF_CONSISTENT, TRUE);
    near(z.ci.lo, -.7125351, 5e-8);
    near(z.ci.hi, .3639999, 5e-8);
}

/* methods.md 8.5: six-level oracle. */
static void test_six_levels(void)
{
    const struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_cliff c = plx_cliff(&a, &b, 0.95, PLX_CLIFF_UNBIASED, FALSE);
    g_assert_cmpfloat(c.greater, ==, 4466);
    g_assert_cmpfloat(c.less, ==, 1759);
    g_assert_cmpfloat(c.equal, ==, 1775);
    near(c.delta, .338375, 1e-12);
    near(c.variance, .0085631283, 5e-11);
    near(c.ci.lo, .14674824, 5e-9);
    near(c.ci.hi, .50552268, 5e-9);
    near(c.a, .6691875, 1e-12);
    const struct plx_cliff back = plx_cliff(&b, &a, 0.95, PLX_CLIFF_UNBIASED, FALSE);
    near(back.ci.lo, -c.ci.hi, 1e-12);
    near(back.variance, c.variance, 1e-15);
}

static void test_separated(void)
{
    const double low[] = {5, 0};
    const double high[] = {0, 8};
    const struct plx_distribution a = plx_distribution_counts(low, 2, 1);
    const struct plx_distribution b = plx_distribution_counts(high, 2, 1);
    const struct plx_cliff c = plx_cliff(&b, &a, 0.95, PLX_CLIFF_UNBIASED, FALSE);
    g_assert_cmpfloat(c.delta, ==, 1);
    g_assert_cmpfloat(c.ci.hi, ==, 1);
    near(c.ci.lo, 0.1310, 5e-5); /* 2 * Wilson(5/5).lo - 1; Wilson(5/5).lo = .5655 */
    const struct plx_cliff one = plx_cliff(
        &(struct plx_distribution){.k = 2, .w = (const double[]){1, 0}, .units = 1, .n = 1}, &b,
        0.95, PLX_CLIFF_UNBIASED, FALSE);
    g_assert_true(isnan(one.ci.lo));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/dominance/hogarty-kromrey", test_hogarty_kromrey);
    g_test_add_func("/dominance/six-levels", test_six_levels);
    g_test_add_func("/dominance/separated", test_separated);
    return g_test_run();
}
