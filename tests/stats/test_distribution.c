/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/distribution.h"

#include "check.h"
#include "stats/moments.h"
#include "stats/sample.h"

/* s^2 / n, by the textbook. */
static void test_independent_is_textbook(void)
{
    const struct plx_distribution d = plx_distribution_counts(customers, 6, 1);
    double sum = 0;
    for (guint i = 0; i < 6; i++)
        sum += customers[i] * (i + 1 - 3.535) * (i + 1 - 3.535);
    near(plx_mean_variance(&d), sum / 199 / 200, 1e-15);
    g_assert_cmpfloat(plx_n_eff(&d), ==, 200);
    g_assert_cmpfloat(plx_effective_units(&d), ==, 200);
}

/* Cochran (1977, Sampling Techniques, ch. 9): the mean of equal clusters varies as the mean of the
 * cluster means. */
static void test_clusters_vary_as_cluster_means(void)
{
    const double units[4][3] = {{2, 0, 0}, {0, 2, 0}, {0, 1, 1}, {0, 0, 2}};
    const double means[4] = {1, 2, 2.5, 3};
    g_autoptr(plx_units) clusters = plx_units_new(3, 1);
    double mean = 0;
    for (int i = 0; i < 4; i++) {
        plx_units_add(clusters, units[i], 2, 1);
        mean += means[i] / 4;
    }
    double s2 = 0;
    for (int i = 0; i < 4; i++)
        s2 += (means[i] - mean) * (means[i] - mean) / 3;
    const struct plx_distribution *d = plx_units_distribution(clusters);
    near(plx_mean_variance(d), s2 / 4, 1e-15);
    g_assert_cmpfloat(plx_distribution_df(d), ==, 3);
    g_assert_cmpfloat(plx_n_eff(d), <, 8);
}

/* The same answers as clusters of one, through M, give the same variance. */
static void test_clusters_of_one(void)
{
    double m[36] = {0};
    for (guint i = 0; i < 6; i++)
        m[i * 6 + i] = customers[i];
    const struct plx_distribution plain = plx_distribution_counts(customers, 6, 1);
    struct plx_distribution clustered = plain;
    clustered.m = m;
    near(plx_mean_variance(&clustered), plx_mean_variance(&plain), 1e-16);
    near(plx_n_eff(&clustered), 200, 1e-9);
}

/* A whole cluster that always agrees is one answer. */
static void test_repeated_answers_count_once(void)
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
    const struct plx_distribution *a = plx_units_distribution(once);
    const struct plx_distribution *b = plx_units_distribution(thrice);
    g_assert_cmpfloat(b->n, ==, 120);
    near(plx_mean_variance(b), plx_mean_variance(a), 1e-15);
    near(plx_n_eff(b), 40, 1e-9);
}

static void test_weights(void)
{
    /* Scaling all weights changes nothing; equal weights are no weights. */
    double w[6];
    double w2[6];
    for (guint i = 0; i < 6; i++) {
        w[i] = 2.5 * customers[i];
        w2[i] = 6.25 * customers[i];
    }
    const struct plx_distribution plain = plx_distribution_counts(customers, 6, 1);
    struct plx_distribution weighted = plain;
    weighted.w = w;
    weighted.w2 = w2;
    near(plx_mean(&weighted), plx_mean(&plain), 1e-15);
    near(plx_mean_variance(&weighted), plx_mean_variance(&plain), 1e-15);
    near(plx_n_eff(&weighted), 200, 1e-9);
    near(plx_variance(&weighted), plx_variance(&plain), 1e-12);
}

static void test_complete_and_missing(void)
{
    struct plx_distribution d = plx_distribution_counts(leaders, 6, 1);
    d.complete = TRUE;
    g_assert_cmpfloat(plx_mean_variance(&d), ==, 0);
    g_assert_true(isinf(plx_distribution_df(&d)));
    const double one[] = {0, 1, 0};
    const struct plx_distribution single = plx_distribution_counts(one, 3, 1);
    g_assert_true(isnan(plx_mean_variance(&single)));
    const double none[] = {0, 0, 0};
    const struct plx_distribution empty = plx_distribution_counts(none, 3, 1);
    g_assert_true(isnan(plx_mean(&empty)));
    g_assert_true(isnan(plx_mean_variance(&empty)));
    g_assert_true(isnan(plx_n_eff(&empty)));
}

/* Student's t: 12.706 (df 1), 2.776 (df 4), 1.960 (normal), any table. */
static void test_t(void)
{
    near(plx_t_quantile(0.95, 1), 12.7062047361747, 1e-9);
    near(plx_t_quantile(0.95, 4), 2.77644510519779, 1e-9);
    near(plx_t_quantile(0.95, PLX_INFINITY), 1.95996398454005, 1e-9);
    near(plx_t_two_sided(plx_t_quantile(0.99999, 30), 30), 1e-5, 1e-14);
    near(plx_t_two_sided(-2.77644510519779, 4), 0.05, 1e-12);
    near(plx_t_two_sided(1.95996398454005, PLX_INFINITY), 0.05, 1e-12);
    g_assert_cmpfloat(plx_t_two_sided(PLX_INFINITY, 4), ==, 0);
    g_assert_true(isnan(plx_t_quantile(0.95, 0)));
    g_assert_true(isnan(plx_t_two_sided(1, PLX_NAN)));
}

static void test_welch_df(void)
{
    near(plx_welch_df(1, 4, 1, 4), 8, 1e-12);
    near(plx_welch_df(0, PLX_INFINITY, 1, 4), 4, 1e-12);
    near(plx_welch_df(0, 7, 0, 4), 11, 1e-12);
    g_assert_true(isinf(plx_welch_df(0, PLX_INFINITY, 0, PLX_INFINITY)));
    near(plx_welch_df(0, PLX_INFINITY, 0, 4), 4, 0);
}

/* Montgomery's tables: F(.05; 10, 12) = 2.75, F(.01; 1, 4) = 21.20; and sizes no table has, where
 * it is nearly chi-square over df1, or nearly 1. */
static void test_f_quantile(void)
{
    near(plx_f_quantile(.95, 10, 12), 2.75, .005);
    near(plx_f_quantile(.99, 1, 4), 21.20, .005);
    near(plx_f_quantile(.05, 12, 10), 1 / 2.7534, .0005);
    near(plx_f_quantile(.9993, 19, 1e9), 2.36498, 1e-5);
    near(plx_f_quantile(.9993, 800, 1e7), 1.16744, 1e-4);
    const double z = 3.195; /* Phi(3.195) = .9993 */
    near(log(plx_f_quantile(.9993, 1e6, 1e6)), z * 2e-3, 1e-5);
    g_assert_true(isnan(plx_f_quantile(.5, 0, 3)));
    g_assert_true(isnan(plx_f_quantile(.5, 3, PLX_NAN)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/distribution/independent-is-textbook", test_independent_is_textbook);
    g_test_add_func("/distribution/clusters", test_clusters_vary_as_cluster_means);
    g_test_add_func("/distribution/clusters-of-one", test_clusters_of_one);
    g_test_add_func("/distribution/repeated-answers", test_repeated_answers_count_once);
    g_test_add_func("/distribution/weights", test_weights);
    g_test_add_func("/distribution/complete-and-missing", test_complete_and_missing);
    g_test_add_func("/distribution/t", test_t);
    g_test_add_func("/distribution/welch-df", test_welch_df);
    g_test_add_func("/distribution/f-quantile", test_f_quantile);
    return g_test_run();
}
