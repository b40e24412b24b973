/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/one_pass.h"

#include "check.h"
#include "stats/distribution.h"
#include "stats/moments.h"
#include "stats/random.h"

/* The six-level oracle, unweighted and weighted, as stats/moments.h has it. */
static void test_moments(void)
{
    struct plx_one_pass sum = {0};
    for (guint v = 0; v < 6; v++)
        for (guint i = 0; i < leaders[v]; i++)
            plx_one_pass_add(&sum, v + 1, 1);
    const struct plx_distribution d = plx_distribution_counts(leaders, 6, 1);
    near(plx_one_pass_mean(&sum), 4.225, 1e-12);
    near(plx_one_pass_variance(&sum), plx_variance(&d), 1e-12);
    near(sum.n, 40, 0);

    struct plx_one_pass weighted = {0};
    const double w[] = {1, 1, 2, 4};
    for (guint i = 0; i < 4; i++)
        plx_one_pass_add(&weighted, i, w[i]);
    near(plx_one_pass_n_eff(&weighted), 2.9091, 5e-5);
    near(plx_one_pass_n_eff(&weighted), plx_kish(w, 4), 1e-12);
    near(plx_one_pass_mean(&weighted), 17.0 / 8, 1e-12);
}

/* However a list is cut, the parts together are the list. */
static void test_merge(void)
{
    enum { N = 3000 };
    struct plx_random random;
    plx_random_seed(&random, 3);
    struct plx_one_pass whole = {0};
    struct plx_one_pass part[7] = {0};
    for (guint i = 0; i < N; i++) {
        const double x = 1e6 + plx_random_normal(&random);
        const double w = plx_random_uniform(&random);
        plx_one_pass_add(&whole, x, w);
        plx_one_pass_add(&part[plx_random_below(&random, 6)], x, w);
    }
    for (guint i = 1; i < 7; i++) /* the last is empty */
        plx_one_pass_merge(&part[0], &part[i]);
    near(part[0].n, N, 0);
    near(part[0].mean / whole.mean, 1, 1e-13);
    near(part[0].squares / whole.squares, 1, 1e-9);
    near(plx_one_pass_variance(&part[0]), plx_one_pass_variance(&whole), 1e-8);
    struct plx_one_pass empty = {0};
    plx_one_pass_merge(&empty, &whole);
    near(empty.mean, whole.mean, 0);
    near(empty.squares, whole.squares, 0);
}

/* Far from 0 a sum of squares would have lost all digits: the variance of 1, 2, 3 is 1. */
static void test_far(void)
{
    struct plx_one_pass sum = {0};
    for (guint i = 1; i <= 3; i++)
        plx_one_pass_add(&sum, 1e12 + i, 5);
    near(plx_one_pass_variance(&sum), 1, 1e-3);
}

static void test_nothing(void)
{
    struct plx_one_pass sum = {0};
    plx_one_pass_add(&sum, 3, 0);
    g_assert_true(isnan(plx_one_pass_mean(&sum)) && isnan(plx_one_pass_n_eff(&sum)));
    plx_one_pass_add(&sum, 3, 2);
    near(plx_one_pass_mean(&sum), 3, 0);
    g_assert_true(isnan(plx_one_pass_variance(&sum)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/one-pass/moments", test_moments);
    g_test_add_func("/one-pass/merge", test_merge);
    g_test_add_func("/one-pass/far", test_far);
    g_test_add_func("/one-pass/nothing", test_nothing);
    return g_test_run();
}
