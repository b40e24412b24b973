/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/rank_sum.h"

#include "check.h"
#include "stats/sample.h"

static struct plx_rank_sum of(const double *x, gsize nx, const double *y, gsize ny, gboolean cc,
                              gboolean exact)
{
    g_autoptr(GArray) support = plx_support(x, nx, y, ny);
    const double *values = (const double *)(const void *)support->data;
    g_autoptr(plx_sample) a = plx_sample_new(x, NULL, nx, values, support->len);
    g_autoptr(plx_sample) b = plx_sample_new(y, NULL, ny, values, support->len);
    return plx_rank_sum(plx_sample_distribution(a), plx_sample_distribution(b), cc, exact);
}

/* Hollander and Wolfe (1973), permeability; R's wilcox.test: W 35, p .1272 one-, .2544 two-sided.
 */
static void test_hollander_wolfe(void)
{
    const double x[] = {.80, .83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, .73, 1.46};
    const double y[] = {1.15, .88, .90, .74, 1.21};
    const struct plx_rank_sum r = of(x, 10, y, 5, TRUE, TRUE);
    g_assert_true(r.exact);
    g_assert_cmpfloat(r.u, ==, 35);
    near(r.p_greater, .1272, 5e-5);
    near(r.p, .2544, 5e-5);
    const struct plx_rank_sum back = of(y, 5, x, 10, TRUE, TRUE);
    g_assert_cmpfloat(back.u, ==, 15);
    near(back.p_less, r.p_greater, 1e-15);
    near(back.p, r.p, 1e-15);
}

/* Hogarty and Kromrey (1999): U = 22.5, p .4057 without, .4378 with continuity correction. */
static void test_hogarty_kromrey(void)
{
    const double x[] = {10, 10, 20, 20, 20, 30, 30, 30, 40, 50};
    const double y[] = {10, 20, 30, 40, 40, 50};
    const struct plx_rank_sum plain = of(x, 10, y, 6, FALSE, TRUE);
    g_assert_false(plain.exact); /* ties */
    g_assert_cmpfloat(plain.u, ==, 22.5);
    near(plain.p, .4057, 5e-5);
    near(of(x, 10, y, 6, TRUE, TRUE).p, .4378, 5e-5);
}

/* Pain scores of Brunner and Munzel (2000): U(Y) = 32.5, p(cc, ties) .0077408 (methods.md 8.5). */
static void test_pain(void)
{
    const double y[] = {1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1};
    const double n[] = {3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4};
    const struct plx_rank_sum r = of(y, 14, n, 11, TRUE, TRUE);
    g_assert_cmpfloat(r.u, ==, 32.5);
    near(r.p, .0077408, 5e-8);
}

/* methods.md 8.5: six-level oracle: U 5353.5, p(cc) .000465097. */
static void test_six_levels(void)
{
    const struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_rank_sum r = plx_rank_sum(&a, &b, TRUE, TRUE);
    g_assert_cmpfloat(r.u, ==, 5353.5);
    near(r.p, .000465097, 5e-10);
}

/* The exact distribution against enumeration by hand: 2 and 2, u = 4 has 1 of 6 divisions. */
static void test_exact_small(void)
{
    const struct plx_rank_sum r =
        of((const double[]){3, 4}, 2, (const double[]){1, 2}, 2, TRUE, TRUE);
    near(r.p_greater, 1.0 / 6, 1e-15);
    near(r.p, 1.0 / 3, 1e-15);
    near(r.p_less, 1, 1e-15);
}

static void test_all_equal(void)
{
    const double same[] = {2, 2, 2};
    g_assert_cmpfloat(of(same, 3, same, 3, TRUE, TRUE).p, ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/rank-sum/hollander-wolfe", test_hollander_wolfe);
    g_test_add_func("/rank-sum/hogarty-kromrey", test_hogarty_kromrey);
    g_test_add_func("/rank-sum/pain", test_pain);
    g_test_add_func("/rank-sum/six-levels", test_six_levels);
    g_test_add_func("/rank-sum/exact-small", test_exact_small);
    g_test_add_func("/rank-sum/all-equal", test_all_equal);
    return g_test_run();
}
