/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/agreement.h"

#include "check.h"
#include "stats/random.h"

#include <gsl/gsl_cdf.h>

static void check(double expected, double tolerance, guint k, const double *w)
{
    near(plx_agreement(w, k), expected, tolerance);
}

/* van der Eijk (2001) and the manual of R's agrmt; methods.md 8.4. */
static void test_published(void)
{
    check(.6113333, 5e-8, 7, (const double[]){30, 40, 210, 130, 530, 50, 10});
    check(.3125, 5e-5, 5, (const double[]){6, 8, 5, 3, 2});
    check(.0833333, 5e-8, 4, (const double[]){2, 0, 1, 1});
    check(.472, 5e-4, 6, (const double[]){3, 5, 9, 20, 11, 2});
    check(-.8, 1e-12, 6, (const double[]){20, 2, 1, 1, 2, 20});
    check(-.55, 5e-3, 6, (const double[]){5, 0, 0, 0, 5, 0});
    check(.8, 1e-12, 6, (const double[]){1, 1, 0, 0, 0, 0});
    check(.480, 5e-4, 6, leaders);
    check(.466, 5e-4, 6, customers);
}

static void test_ends(void)
{
    check(1, 0, 6, (const double[]){0, 0, 9, 0, 0, 0});
    check(0, 0, 6, (const double[]){4, 4, 4, 4, 4, 4});
    check(-1, 1e-12, 6, (const double[]){7, 0, 0, 0, 0, 7});
    check(1, 0, 1, (const double[]){3});
    check(0, 0, 2, (const double[]){3, 3});
    check(0.5, 1e-12, 2, (const double[]){3, 1});
    g_assert_true(isnan(plx_agreement((const double[]){0, 0, 0}, 3)));
}

static void test_scale_and_mirror(void)
{
    check(.6113333, 5e-8, 7, (const double[]){.3, .4, 2.1, 1.3, 5.3, .5, .1});
    check(.6113333, 5e-8, 7, (const double[]){10, 50, 530, 130, 210, 40, 30});
}

/* Rounded and cut normal numbers: the interval covers what everybody's answers would give. */
static void test_coverage(void)
{
    struct plx_random random;
    plx_random_seed(&random, 3);
    double everybody[6];
    for (guint i = 0; i < 6; i++) {
        const double below = i == 0 ? 0 : gsl_cdf_ugaussian_P((i + .5 - 3.3) / 1.1);
        everybody[i] = (i == 5 ? 1 : gsl_cdf_ugaussian_P((i + 1.5 - 3.3) / 1.1)) - below;
    }
    const double truth = plx_agreement(everybody, 6);
    const guint runs = 2000;
    guint covered = 0;
    for (guint run = 0; run < runs; run++) {
        double w[6] = {0};
        for (guint i = 0; i < 60; i++)
            w[plx_random_choice(&random, everybody, 6)]++;
        const struct plx_interval ci = plx_agreement_interval(w, 6, 60, .95);
        covered += ci.lo <= truth && truth <= ci.hi ? 1 : 0;
    }
    g_assert_cmpfloat(covered, >=, .93 * runs - 2 * sqrt(.93 * .07 * runs));
}

static void test_interval_ends(void)
{
    const struct plx_interval all =
        plx_agreement_interval((const double[]){0, 0, 40, 0}, 4, 40, .95);
    near(all.hi, 1, 0);
    g_assert_true(all.lo < 1 && all.lo > .5);
    /* weights of as many units say as much */
    const struct plx_interval counts = plx_agreement_interval(customers, 6, 200, .95);
    double w[6];
    for (guint i = 0; i < 6; i++)
        w[i] = customers[i] / 7;
    const struct plx_interval weights = plx_agreement_interval(w, 6, 200, .95);
    near(weights.lo, counts.lo, 1e-12);
    near(weights.hi, counts.hi, 1e-12);
    g_assert_true(counts.lo < .466 && counts.hi > .466);
    g_assert_true(isnan(plx_agreement_interval((const double[]){0, 1, 0}, 3, 1, .95).lo));
    g_assert_true(isnan(plx_agreement_interval((const double[]){0, 0, 0}, 3, 0, .95).lo));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/agreement/published", test_published);
    g_test_add_func("/agreement/ends", test_ends);
    g_test_add_func("/agreement/scale-and-mirror", test_scale_and_mirror);
    g_test_add_func("/agreement/coverage", test_coverage);
    g_test_add_func("/agreement/interval-ends", test_interval_ends);
    return g_test_run();
}
