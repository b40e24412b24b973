/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/vignettes.h"

#include "check.h"
#include "stats/random.h"

/* King and Wand (2007), table 1; methods.md 8.6. */
static void test_published(void)
{
    const double y[] = {1, 3, 3, 4, 4, 2, 2, 3, 1, 2, 3, 3, 4};
    const double z1[] = {2, 3, 2, 2, 2, 3, 2, 2, 3, 3, 4, 3, 3};
    const double z2[] = {3, 4, 4, 4, 3, 3, 2, 2, 2, 2, 2, 2, 2};
    const guint lo[] = {1, 2, 3, 4, 5, 1, 2, 5, 1, 1, 1, 2, 5};
    const guint hi[] = {1, 2, 3, 4, 5, 1, 4, 5, 1, 4, 5, 5, 5};
    double z[26];
    for (guint i = 0; i < 13; i++) {
        z[2 * i] = z1[i];
        z[2 * i + 1] = z2[i];
        const struct plx_vignette_range c = plx_vignette_range(y[i], z + 2 * i, 2);
        g_assert_cmpuint(c.lo, ==, lo[i]);
        g_assert_cmpuint(c.hi, ==, hi[i]);
    }
    double share[5];
    const struct plx_vignettes r = plx_vignettes(y, z, 13, 2, share);
    g_assert_cmpuint(r.ranges, ==, 4);
    g_assert_cmpuint(r.tied, ==, 3);
    g_assert_cmpuint(r.misordered, ==, 5);
    g_assert_false(r.orders); /* 5 of 13 order */
    /* C = 1: cases 1, 6, 9, a quarter of 10, a fifth of 11. */
    near(share[0] * 13, 3 + .25 + .2, 1e-12);
    near(share[1] * 13, 1 + 1 / 3.0 + .25 + .2 + .25, 1e-12);
    near(share[4] * 13, 3 + .2 + .25, 1e-12);
    near(r.mean_lo, 33 / 13.0, 1e-12);
    near(r.mean_hi, 45 / 13.0, 1e-12);
    near(r.raw, 35 / 13.0, 1e-12);
}

/* One scale for all, but group b calls everything one level lower: raw they differ, by C not.
 * Answers 1..6; y - z stays, so C does. */
static void test_shifted(void)
{
    enum { N = 200 };
    double ya[N];
    double za[2 * N];
    double yb[N];
    double zb[2 * N];
    struct plx_random random;
    plx_random_seed(&random, 2);
    for (guint i = 0; i < N; i++) {
        ya[i] = 2 + (double)plx_random_below(&random, 5);
        yb[i] = 1 + (double)plx_random_below(&random, 5);
        za[2 * i] = 3;
        za[2 * i + 1] = 5;
        zb[2 * i] = 2;
        zb[2 * i + 1] = 4;
    }
    const struct plx_vignette_difference r = plx_vignette_difference(ya, za, N, yb, zb, N, 2, .95);
    g_assert_cmpfloat(r.raw_ci.lo, >, 0);
    g_assert_cmpfloat(r.raw_p_ci.lo, >, .5);
    g_assert_true(r.corrected_ci.lo < 0 && r.corrected_ci.hi > 0);
    g_assert_true(r.corrected_p_ci.lo < .5 && r.corrected_p_ci.hi > .5);
    /* Without ranges nothing is left open. */
    near(r.corrected_bounds.lo, r.corrected, 1e-12);
    near(r.corrected_bounds.hi, r.corrected, 1e-12);
    const struct plx_vignette_difference turned =
        plx_vignette_difference(yb, zb, N, ya, za, N, 2, .95);
    near(turned.corrected, -r.corrected, 1e-12);
    near(turned.corrected_p, 1 - r.corrected_p, 1e-12);
    near(turned.raw_p_ci.lo, 1 - r.raw_p_ci.hi, 1e-9);
}

/* Any number of vignettes in order: C is one value, and the middle one where y is the middle. */
static void test_ordered(void)
{
    const double z[] = {1, 2, 3, 4, 5};
    for (guint j = 1; j <= 5; j++)
        for (double y = .5; y <= 6; y += .5) {
            const struct plx_vignette_range c = plx_vignette_range(y, z, j);
            g_assert_cmpuint(c.lo, ==, c.hi);
            g_assert_cmpuint(c.lo, ==, (guint)MIN(2 * y, 2 * j + 1));
        }
}

/* Vignettes of one group in the wrong order correct nothing, and the raw difference stays. */
static void test_not_ordered(void)
{
    const double y[] = {1, 2, 3, 4};
    const double good[] = {2, 3, 2, 3, 2, 3, 2, 3};
    const double bad[] = {3, 2, 3, 2, 2, 3, 2, 3}; /* half: not more than half */
    const struct plx_vignette_difference r = plx_vignette_difference(y, good, 4, y, bad, 4, 2, .95);
    near(r.raw, 0, 0);
    g_assert_true(isnan(r.corrected) && isnan(r.corrected_ci.lo) && isnan(r.corrected_bounds.hi));
    double share[5];
    g_assert_true(plx_vignettes(y, good, 4, 2, share).orders);
    g_assert_false(plx_vignettes(y, bad, 4, 2, share).orders);
    g_assert_true(plx_vignettes(y, good, 4, 1, share).orders); /* one alone has no order */
    g_assert_false(plx_vignettes(y, good, 0, 2, share).orders);
    g_assert_true(isnan(share[0]));
    g_assert_true(isnan(plx_vignette_difference(y, good, 0, y, good, 4, 2, .95).raw));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vignettes/published", test_published);
    g_test_add_func("/vignettes/shifted", test_shifted);
    g_test_add_func("/vignettes/ordered", test_ordered);
    g_test_add_func("/vignettes/not-ordered", test_not_ordered);
    return g_test_run();
}
