/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/funnel.h"

#include "check.h"

/* P(X <= x), by adding up. */
static double binomial(int x, int n, double p)
{
    double sum = 0;
    for (int i = 0; i <= x; i++)
        sum += exp(lgamma(n + 1) - lgamma(i + 1) - lgamma(n - i + 1) + i * log(p) +
                   (n - i) * log1p(-p));
    return sum;
}

/* What lies outside is rarer than the level says, and one answer further in it would not be. */
static void test_exact(void)
{
    for (int n = 5; n < 300; n += 7)
        for (double p = .05; p < 1; p += .15) {
            const struct plx_interval l = plx_funnel_share(n, p, .95);
            const int above = (int)floor(l.hi * n) + 1;
            const int below = (int)ceil(l.lo * n) - 1;
            g_assert_cmpfloat(1 - binomial(above - 1, n, p), <=, .025 + 1e-9);
            if (above <= n)
                g_assert_cmpfloat(1 - binomial(above - 2, n, p), >, .025 - 1e-9);
            if (below >= 0)
                g_assert_cmpfloat(binomial(below, n, p), <=, .025 + 1e-9);
            g_assert_cmpfloat(l.lo, <, p);
            g_assert_cmpfloat(l.hi, >, p);
        }
}

/* Large places: the normal limits; 0.998 lies outside 0.95. */
static void test_large(void)
{
    const struct plx_interval inner = plx_funnel_share(1e6, .3, .95);
    const struct plx_interval outer = plx_funnel_share(1e6, .3, .998);
    near(inner.hi, .3 + 1.959964 * sqrt(.21 / 1e6), 2e-6);
    near(outer.lo, .3 - 3.090232 * sqrt(.21 / 1e6), 2e-6);
    const struct plx_interval mean = plx_funnel_mean(25, 4, 1, .95);
    near(mean.lo, 4 - 1.959964 / 5, 1e-6);
    near(mean.hi, 4 + 1.959964 / 5, 1e-6);
}

static void test_degenerate(void)
{
    near(plx_funnel_share(10, 0, .95).hi, 0, 0);
    near(plx_funnel_share(10, 1, .95).lo, 1, 0);
    near(plx_funnel_share(1, .5, .95).lo, 0, 0);
    g_assert_true(isnan(plx_funnel_share(0, .5, .95).lo));
    g_assert_true(isnan(plx_funnel_share(2.5, .5, .95).lo));
    g_assert_true(isnan(plx_funnel_share(10, PLX_NAN, .95).lo));
    g_assert_true(isnan(plx_funnel_mean(10, 3, 0, .95).lo));
    g_assert_true(isnan(plx_funnel_mean(0, 3, 1, .95).hi));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/funnel/exact", test_exact);
    g_test_add_func("/funnel/large", test_large);
    g_test_add_func("/funnel/degenerate", test_degenerate);
    return g_test_run();
}
