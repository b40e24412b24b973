/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/one_factor.h"

#include "check.h"

static void fill(const double *loading, guint p, double *r, double *weight)
{
    for (guint i = 0; i < p; i++)
        for (guint j = 0; j < p; j++) {
            r[i * p + j] = i == j ? 1 : loading[i] * loading[j];
            weight[i * p + j] = 100 + i + j;
        }
}

/* Three columns: Spearman's triad sqrt(r12 r13 / r23). */
static void test_triad(void)
{
    const double r[] = {1, .4, .3, .4, 1, .2, .3, .2, 1};
    const double weight[] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
    double loading[3];
    g_assert_true(plx_one_factor(r, weight, 3, loading));
    near(loading[0], sqrt(.4 * .3 / .2), 1e-9);
    near(loading[1], sqrt(.4 * .2 / .3), 1e-9);
    near(loading[2], sqrt(.3 * .2 / .4), 1e-9);
}

/* What one factor made is found again; a pair of weight 0 may say what it likes. */
static void test_exact(void)
{
    const double truth[] = {.8, .5, .3, .6, -.2};
    double r[25];
    double weight[25];
    double loading[5];
    fill(truth, 5, r, weight);
    r[1] = r[5] = .95;
    weight[1] = weight[5] = 0;
    g_assert_true(plx_one_factor(r, weight, 5, loading));
    for (guint j = 0; j < 5; j++)
        near(loading[j], truth[j], 1e-9);
}

static void test_another(void)
{
    const double loading[] = {.8, .5, .3};
    const double r[] = {.48, .3, .9};
    const double weight[] = {10, 10, 10};
    near(plx_factor_loading(r, weight, loading, 3, 2), .6, 1e-12);
    near(plx_factor_loading(r, weight, loading, 3, -1), (.384 + .15 + .27) / .98, 1e-12);
    const double none[] = {0, 0, 0};
    g_assert_true(isnan(plx_factor_loading(r, none, loading, 3, -1)));
}

static void test_too_few(void)
{
    const double r[] = {1, .4, .4, 1};
    const double weight[] = {1, 1, 1, 1};
    double loading[2];
    g_assert_false(plx_one_factor(r, weight, 2, loading));
    g_assert_true(isnan(loading[0]) && isnan(loading[1]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/one_factor/triad", test_triad);
    g_test_add_func("/one_factor/exact", test_exact);
    g_test_add_func("/one_factor/another", test_another);
    g_test_add_func("/one_factor/too_few", test_too_few);
    return g_test_run();
}
