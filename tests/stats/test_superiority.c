/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/superiority.h"

#include "check.h"

static void test_large_is_t(void)
{
    const struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_superiority s = plx_superiority(&a, &b, 0.95, 1);
    near(s.p_hat, .6691875, 1e-12); /* methods.md 8.5: leaders above customers */
    near(s.delta, .338375, 1e-12);
    g_assert_cmpint(s.p_method, ==, PLX_P_T);
    const struct plx_brunner_munzel bm = plx_brunner_munzel(&b, &a, 0.95);
    near(s.p, bm.p, 0);
    near(s.statistic, bm.statistic, 0);
    near(s.ci.lo, bm.ci.lo, 0.02);
    near(s.ci.hi, bm.ci.hi, 0.02);
    const struct plx_superiority back = plx_superiority(&b, &a, 0.95, 1);
    near(back.p_hat, 1 - s.p_hat, 1e-12);
    near(back.ci.lo, 1 - s.ci.hi, 1e-12);
    near(back.ci.hi, 1 - s.ci.lo, 1e-12);
    near(back.p, s.p, 1e-15);
}

static void test_small_is_exact(void)
{
    const double three[] = {0, 0, 0, 1, 2, 0};
    const struct plx_distribution a = plx_distribution_counts(three, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_superiority s = plx_superiority(&a, &b, 0.95, 1);
    g_assert_cmpint(s.p_method, ==, PLX_P_EXACT);
    double p = -1;
    plx_permutation_counts(&b, &a, PLX_EXACT_TABLES, PLX_PERMUTATIONS, 1, &p);
    g_assert_cmpfloat(s.p, ==, p);
}

/* At the ends the interval has a width and stays inside. */
static void test_separated(void)
{
    const double low[] = {0, 5, 0, 0, 0, 0};
    const double high[] = {0, 0, 0, 0, 8, 0};
    const struct plx_distribution a = plx_distribution_counts(high, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(low, 6, 1);
    const struct plx_superiority s = plx_superiority(&a, &b, 0.95, 1);
    g_assert_cmpfloat(s.p_hat, ==, 1);
    g_assert_cmpfloat(s.ci.hi, ==, 1);
    g_assert_cmpfloat(s.ci.lo, >, 0.4);
    g_assert_cmpfloat(s.ci.lo, <, 0.95);
    near(s.p, 1.0 / 1287, 1e-12); /* C(13, 5) */
}

/* Unanimous groups that differ, or agree, however large; the closed form is the enumeration's. */
static void test_without_spread(void)
{
    const double five[] = {0, 0, 0, 0, 20, 0};
    const double three[] = {0, 0, 500, 0, 0, 0};
    const struct plx_distribution a = plx_distribution_counts(five, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(three, 6, 1);
    double p = -1;
    plx_permutation_counts(&b, &a, PLX_EXACT_TABLES, PLX_PERMUTATIONS, 1, &p);
    const struct plx_superiority s = plx_superiority(&a, &b, 0.95, 1);
    g_assert_cmpint(s.p_method, ==, PLX_P_EXACT);
    near(s.p / p, 1, 1e-9);
    near(plx_superiority(&a, &a, 0.95, 1).p, 1, 0);
    const double four[] = {4, 0};
    const double other[] = {0, 4};
    const struct plx_distribution x = plx_distribution_counts(four, 2, 1);
    const struct plx_distribution y = plx_distribution_counts(other, 2, 1);
    near(plx_superiority(&x, &y, 0.95, 1).p, 2.0 / 70, 1e-15);
}

static void test_complete(void)
{
    struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    a.complete = TRUE;
    const struct plx_superiority s = plx_superiority(&a, &b, 0.95, 1);
    g_assert_cmpint(s.p_method, ==, PLX_P_T);
    near(s.df, 199, 1e-9);
    struct plx_distribution whole = b;
    whole.complete = TRUE;
    const struct plx_superiority both = plx_superiority(&a, &whole, 0.95, 1);
    g_assert_cmpfloat(both.ci.lo, ==, both.p_hat);
    g_assert_cmpint(both.p_method, ==, PLX_P_NONE);
    g_assert_true(isnan(both.p));
}

static void test_units(void)
{
    g_autoptr(plx_units) a = plx_units_new(6, 1);
    g_autoptr(plx_units) b = plx_units_new(6, 1);
    for (guint i = 0; i < 6; i++) {
        double w[6] = {0};
        w[i] = 1;
        plx_units_add(a, w, 1, (guint64)leaders[i]);
        plx_units_add(b, w, 1, (guint64)customers[i]);
    }
    const struct plx_distribution da = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution db = plx_distribution_counts(customers, 6, 1);
    const struct plx_superiority s = plx_superiority_units(a, b, 0.95, 1);
    const struct plx_superiority plain = plx_superiority(&da, &db, 0.95, 1);
    g_assert_cmpfloat(s.p, ==, plain.p);
    g_assert_cmpfloat(s.ci.lo, ==, plain.ci.lo);

    const double twice[] = {0, 0, 0, 0, 1, 1};
    g_autoptr(plx_units) few = plx_units_new(6, 1);
    plx_units_add(few, twice, 2, 5);
    const struct plx_superiority clustered = plx_superiority_units(few, b, 0.95, 1);
    g_assert_cmpint(clustered.p_method, ==, PLX_P_MONTE_CARLO);
    g_assert_cmpfloat(clustered.p, >=, 1.0 / (PLX_PERMUTATIONS + 1));
    g_assert_cmpfloat(clustered.p, <, 0.01);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/superiority/large-is-t", test_large_is_t);
    g_test_add_func("/superiority/small-is-exact", test_small_is_exact);
    g_test_add_func("/superiority/separated", test_separated);
    g_test_add_func("/superiority/without-spread", test_without_spread);
    g_test_add_func("/superiority/complete", test_complete);
    g_test_add_func("/superiority/units", test_units);
    return g_test_run();
}
