/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/brunner_munzel.h"

#include "check.h"
#include "stats/sample.h"

/* Brunner and Munzel (2000), pain scores: W 3.1375, df 17.683, p .005786, p_hat .788961,
 * CI .5952169 .. .9827052. */
static void test_pain(void)
{
    const double y[] = {11, 2, 0, 1, 0};
    const double n[] = {3, 1, 4, 2, 1};
    const struct plx_distribution a = plx_distribution_counts(y, 5, 1);
    const struct plx_distribution b = plx_distribution_counts(n, 5, 1);
    const struct plx_brunner_munzel r = plx_brunner_munzel(&a, &b, 0.95);
    near(r.p_hat, .788961, 5e-7);
    near(r.statistic, 3.1374674, 1e-7);
    near(r.df, 17.683, 5e-4);
    near(r.p, .005786, 5e-7);
    near(r.ci.lo, .5952169, 5e-8);
    near(r.ci.hi, .9827052, 5e-8);
    const struct plx_brunner_munzel back = plx_brunner_munzel(&b, &a, 0.95);
    near(back.statistic, -r.statistic, 1e-12);
    near(back.p_hat, 1 - r.p_hat, 1e-12);
    near(back.p, r.p, 1e-15);
}

/* Only the order matters: a level nobody uses, and stretched scores, change nothing. */
static void test_ordinal(void)
{
    const double a[] = {3, 2, 1};
    const double b[] = {1, 2, 4};
    const double wide_a[] = {3, 0, 2, 0, 1};
    const double wide_b[] = {1, 0, 2, 0, 4};
    const struct plx_distribution da = plx_distribution_counts(a, 3, 1);
    const struct plx_distribution db = plx_distribution_counts(b, 3, 1);
    const struct plx_distribution wa = plx_distribution_counts(wide_a, 5, 1);
    const struct plx_distribution wb = plx_distribution_counts(wide_b, 5, 1);
    near(plx_brunner_munzel(&wa, &wb, 0.95).p, plx_brunner_munzel(&da, &db, 0.95).p, 1e-12);
}

/* Units that say the same thing three times are worth one answer each. */
static void test_clusters(void)
{
    g_autoptr(plx_units) once = plx_units_new(6, 1);
    g_autoptr(plx_units) thrice = plx_units_new(6, 1);
    for (guint i = 0; i < 6; i++) {
        double w[6] = {0};
        w[i] = 1;
        plx_units_add(once, w, 1, (guint64)leaders[i]);
        w[i] = 3;
        plx_units_add(thrice, w, 3, (guint64)leaders[i]);
    }
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_brunner_munzel a1 = plx_brunner_munzel(plx_units_distribution(once), &b, 0.95);
    const struct plx_brunner_munzel a3 =
        plx_brunner_munzel(plx_units_distribution(thrice), &b, 0.95);
    near(a3.statistic, a1.statistic, 1e-12);
    near(a3.df, a1.df, 1e-9);
    near(a3.p, a1.p, 1e-12);
}

static void test_no_variance(void)
{
    const double low[] = {5, 0};
    const double high[] = {0, 8};
    const struct plx_distribution a = plx_distribution_counts(low, 2, 1);
    const struct plx_distribution b = plx_distribution_counts(high, 2, 1);
    const struct plx_brunner_munzel r = plx_brunner_munzel(&a, &b, 0.95);
    g_assert_cmpfloat(r.p_hat, ==, 1);
    g_assert_true(isnan(r.statistic));
    g_assert_true(isnan(r.p));
}

static void test_placements(void)
{
    double out[3];
    const double w[] = {1, 2, 1};
    const struct plx_distribution d = plx_distribution_counts(w, 3, 1);
    plx_placements(&d, out);
    near(out[0], 1.0 / 8, 1e-15);
    near(out[1], 1.0 / 2, 1e-15);
    near(out[2], 7.0 / 8, 1e-15);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/brunner-munzel/pain", test_pain);
    g_test_add_func("/brunner-munzel/ordinal", test_ordinal);
    g_test_add_func("/brunner-munzel/clusters", test_clusters);
    g_test_add_func("/brunner-munzel/no-variance", test_no_variance);
    g_test_add_func("/brunner-munzel/placements", test_placements);
    return g_test_run();
}
