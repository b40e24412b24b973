/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/moments.h"

#include "check.h"

static struct plx_distribution of(const double *counts, guint k)
{
    return plx_distribution_counts(counts, k, 1);
}

static void test_mean(void)
{
    const struct plx_distribution a = of(leaders, 6);
    const struct plx_distribution b = of(customers, 6);
    near(plx_mean(&a), 4.225, 1e-15); /* methods.md 8.5 */
    near(plx_mean(&b), 3.535, 1e-15);
}

static void test_variance(void)
{
    const double counts[] = {0, 1, 0, 2, 0, 1}; /* 2, 4, 4, 6 */
    const struct plx_distribution d = of(counts, 6);
    near(plx_variance(&d), 8.0 / 3, 1e-15);
    const double one[] = {0, 1, 0};
    const struct plx_distribution single = of(one, 3);
    g_assert_true(isnan(plx_variance(&single)));
}

static void check_median(const double *counts, guint k, double median, double interpolated)
{
    const struct plx_distribution d = of(counts, k);
    g_assert_cmpfloat(plx_median(&d), ==, median);
    near(plx_interpolated_median(&d), interpolated, 1e-12);
}

static void test_medians(void)
{
    check_median((const double[]){1, 1, 1}, 3, 2, 2);
    check_median((const double[]){1, 1, 2}, 3, 2.5, 2.5);
    check_median((const double[]){2, 0, 2}, 3, 2, 2);
    check_median((const double[]){0, 0, 5, 0}, 4, 3, 3);
    check_median((const double[]){1, 2, 4, 3}, 4, 3, 3); /* 2.5 + (5 - 3) / 4 */
    check_median((const double[]){0, 1, 4, 0}, 4, 3, 2.875);
    g_assert_true(isnan(
        plx_median(&(struct plx_distribution){.k = 2, .first = 1, .w = (const double[]){0, 0}})));
}

static void test_shares(void)
{
    const struct plx_distribution d = of(leaders, 6);
    near(plx_share_from(&d, 5), 17.0 / 40, 1e-15); /* methods.md 8.5: top two 17/40 */
    near(plx_share_to(&d, 1), 1.0 / 40, 1e-15);
    near(plx_share_from(&d, 7), 0, 0);
}

static void test_kish(void)
{
    /* methods.md 8.6: Kish n_eff of (1,1,2,4) = 2.9091 */
    near(plx_kish((const double[]){1, 1, 2, 4}, 4), 2.9091, 5e-5);
    near(plx_kish((const double[]){3, 3, 3}, 3), 3, 1e-12);
    g_assert_true(isnan(plx_kish((const double[]){0, 0}, 2)));
}

/* Shifting the scale shifts location and leaves spread. */
static void test_shift(void)
{
    const struct plx_distribution a = plx_distribution_counts(customers, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 11);
    near(plx_mean(&b) - plx_mean(&a), 10, 1e-12);
    near(plx_median(&b) - plx_median(&a), 10, 1e-12);
    near(plx_variance(&b), plx_variance(&a), 1e-12);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/moments/mean", test_mean);
    g_test_add_func("/moments/variance", test_variance);
    g_test_add_func("/moments/medians", test_medians);
    g_test_add_func("/moments/shares", test_shares);
    g_test_add_func("/moments/kish", test_kish);
    g_test_add_func("/moments/shift", test_shift);
    return g_test_run();
}
