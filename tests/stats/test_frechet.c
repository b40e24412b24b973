/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/frechet.h"

#include "check.h"
#include "stats/random.h"
#include "stats/share.h"

/* methods.md 8.10: 19 moments at .95 each. */
static void test_published(void)
{
    double p[19];
    for (guint i = 0; i < 19; i++)
        p[i] = .95;
    const struct plx_frechet r = plx_frechet(p, 19);
    near(r.all.lo, .05, 1e-12);
    near(r.all.hi, .95, 0);
    near(r.independent_all, .3773536, 5e-8);
    near(r.expected_bad, .95, 1e-12);
    near(r.any.lo, .95, 0);
    near(r.any.hi, 1, 0);
    near(r.independent_any, 1 - pow(.05, 19), 1e-15);
    near(r.dependence.lo, .05 / .3773536, 1e-6);
    near(r.dependence.hi, .95 / .3773536, 1e-6);
}

/* Any joint distribution of four moments lies within the bounds of its own shares. */
static void test_any_world(void)
{
    struct plx_random random;
    plx_random_seed(&random, 8);
    for (guint world = 0; world < 2000; world++) {
        double joint[16];
        double total = 0;
        for (guint i = 0; i < 16; i++) {
            joint[i] = pow(plx_random_uniform(&random), 6);
            total += joint[i];
        }
        double p[4] = {0};
        for (guint i = 0; i < 16; i++)
            for (guint j = 0; j < 4; j++)
                p[j] += (i >> j & 1) * joint[i] / total;
        const struct plx_frechet r = plx_frechet(p, 4);
        g_assert_cmpfloat(r.all.lo - 1e-12, <=, joint[15] / total);
        g_assert_cmpfloat(r.all.hi + 1e-12, >=, joint[15] / total);
        g_assert_cmpfloat(r.any.lo - 1e-12, <=, 1 - joint[0] / total);
        g_assert_cmpfloat(r.any.hi + 1e-12, >=, 1 - joint[0] / total);
        g_assert_true(r.all.lo <= r.independent_all && r.independent_all <= r.all.hi);
        g_assert_true(r.any.lo <= r.independent_any && r.independent_any <= r.any.hi);
    }
}

/* Nested and disjoint worlds reach the ends. */
static void test_ends(void)
{
    const double half[] = {.5, .5};
    near(plx_frechet(half, 2).all.lo, 0, 0);
    near(plx_frechet(half, 2).all.hi, .5, 0);
    near(plx_frechet(half, 2).any.lo, .5, 0);
    near(plx_frechet(half, 2).any.hi, 1, 0);
    const double none[] = {0, .7};
    g_assert_true(isnan(plx_frechet(none, 2).dependence.lo));
    g_assert_true(isnan(plx_frechet(NULL, 0).all.lo));
    g_assert_true(isnan(plx_frechet(NULL, 0).expected_bad));
}

/* One share: Wilson itself. More answers: nearer to the bounds of the shares; always around them.
 */
static void test_intervals(void)
{
    const double x[] = {90, 80, 95};
    const double n[] = {100, 100, 100};
    const struct plx_interval wilson = plx_wilson(90, 100, .95, FALSE);
    near(plx_frechet_all_interval(x, n, 1, .95).lo, wilson.lo, 1e-12);
    near(plx_frechet_any_interval(x, n, 1, .95).hi, wilson.hi, 1e-12);
    const double third = 1 - .05 / 3;
    double sum = -2;
    for (guint i = 0; i < 3; i++)
        sum += plx_wilson(x[i], n[i], third, FALSE).lo;
    const struct plx_interval all = plx_frechet_all_interval(x, n, 3, .95);
    const struct plx_interval any = plx_frechet_any_interval(x, n, 3, .95);
    near(all.lo, sum, 1e-12);
    near(all.hi, plx_wilson(80, 100, third, FALSE).hi, 1e-12);
    near(any.lo, plx_wilson(95, 100, third, FALSE).lo, 1e-12);
    near(any.hi, 1, 0);
    const double more_x[] = {9e6, 8e6, 9.5e6};
    const double more_n[] = {1e7, 1e7, 1e7};
    near(plx_frechet_all_interval(more_x, more_n, 3, .95).lo, .65, .002);
    near(plx_frechet_all_interval(more_x, more_n, 3, .95).hi, .8, .001);
    g_assert_true(isnan(plx_frechet_all_interval(x, n, 0, .95).lo));
    g_assert_true(isnan(plx_frechet_any_interval(x, n, 0, .95).lo));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/frechet/published", test_published);
    g_test_add_func("/frechet/any-world", test_any_world);
    g_test_add_func("/frechet/ends", test_ends);
    g_test_add_func("/frechet/intervals", test_intervals);
    return g_test_run();
}
