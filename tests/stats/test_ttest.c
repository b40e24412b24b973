/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ttest.h"

#include "check.h"
#include "stats/moments.h"
#include "stats/sample.h"

/* Student (1908), the sleep data of R. */
static const double sleep1[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2};
static const double sleep2[] = {1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4};

/* methods.md 8.5: t = -1.8608, df 17.776, p .07939, CI -3.3655 .. .2055. */
static void test_welch_sleep(void)
{
    g_autoptr(plx_sample) a = plx_sample_new(sleep1, NULL, 10, NULL, 0);
    g_autoptr(plx_sample) b = plx_sample_new(sleep2, NULL, 10, NULL, 0);
    const struct plx_ttest t =
        plx_welch(plx_sample_distribution(a), plx_sample_distribution(b), 0.95);
    near(t.statistic, -1.8608, 5e-5);
    near(t.df, 17.776, 5e-4);
    near(t.p, .07939, 5e-6);
    near(t.ci.lo, -3.3655, 5e-5);
    near(t.ci.hi, .2055, 5e-5);
}

/* The same data paired, as in Student's paper and R's help: t = -4.0621, df 9, p .002833,
 * CI -2.4599 .. -0.7001. */
static void test_paired_sleep(void)
{
    double differences[10];
    for (int i = 0; i < 10; i++)
        differences[i] = sleep1[i] - sleep2[i];
    g_autoptr(plx_sample) sample = plx_sample_new(differences, NULL, 10, NULL, 0);
    const struct plx_ttest t = plx_ttest_one(plx_sample_distribution(sample), 0, 0.95);
    near(t.estimate, -1.58, 1e-12);
    near(t.statistic, -4.0621, 5e-5);
    near(t.df, 9, 0);
    near(t.p, .002833, 5e-7);
    near(t.ci.lo, -2.4598858, 5e-7);
    near(t.ci.hi, -0.7001142, 5e-7);
}

/* methods.md 8.5: six-level oracle, from counts. */
static void test_welch_counts(void)
{
    const struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_ttest t = plx_welch(&a, &b, 0.95);
    near(t.estimate, 0.69, 1e-12);
    near(t.statistic, 3.4314, 5e-5);
    near(t.df, 54.903, 5e-4);
    near(t.ci.lo, .2870, 5e-5);
    near(t.ci.hi, 1.0930, 5e-5);
    const struct plx_ttest back = plx_welch(&b, &a, 0.95);
    near(back.statistic, -t.statistic, 1e-15);
    near(back.ci.lo, -t.ci.hi, 1e-15);
}

static void test_complete_side(void)
{
    struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    a.complete = TRUE;
    const struct plx_ttest t = plx_welch(&a, &b, 0.95);
    const struct plx_ttest one = plx_ttest_one(&b, plx_mean(&a), 0.95);
    near(t.statistic, -one.statistic, 1e-12);
    near(t.df, 199, 1e-9);
}

static void test_pair_table(void)
{
    /* rows x = 1..2, columns y = 1..3 */
    const double table[] = {1, 2, 3, 4, 5, 6};
    double out[4];
    plx_pair_differences(table, 2, 3, out);
    const double expected[] = {3, 2 + 6, 1 + 5, 4}; /* x - y = -2, -1, 0, 1 */
    for (guint i = 0; i < 4; i++)
        g_assert_cmpfloat(out[i], ==, expected[i]);
    const struct plx_distribution d = plx_distribution_counts(out, 4, -2);
    near(plx_mean(&d), (-6 - 8 + 4) / 21.0, 1e-15);
}

static void test_no_variance(void)
{
    const double same[] = {0, 4, 0};
    const struct plx_distribution d = plx_distribution_counts(same, 3, 1);
    const struct plx_ttest t = plx_ttest_one(&d, 1, 0.95);
    g_assert_true(isnan(t.statistic));
    g_assert_true(isnan(t.p));
    near(t.estimate, 2, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ttest/welch-sleep", test_welch_sleep);
    g_test_add_func("/ttest/paired-sleep", test_paired_sleep);
    g_test_add_func("/ttest/welch-counts", test_welch_counts);
    g_test_add_func("/ttest/complete-side", test_complete_side);
    g_test_add_func("/ttest/pair-table", test_pair_table);
    g_test_add_func("/ttest/no-variance", test_no_variance);
    return g_test_run();
}
