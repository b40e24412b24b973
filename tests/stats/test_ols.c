/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/ols.h"

#include "check.h"
#include "oracle.h"
#include "stats/random.h"

/* NIST Statistical Reference Datasets, Longley (1967): certified, and very badly conditioned. */
static void test_longley(void)
{
    gsize n = 0;
    g_autofree double *x = oracle_read("longley.csv", 7, &n);
    if (!x)
        return;
    static const double certified[] = {-3482258.63459582, 15.0618722713733,  -0.0358191792925910,
                                       -2.02022980381683, -1.03322686717359, -0.0511041056535807,
                                       1829.15146461355};
    static const double certified_se[] = {890420.383607373,  84.9149257747669,  0.0334910077722432,
                                          0.488399681651699, 0.214274163161675, 0.226073200069370,
                                          455.478499142212};
    g_autoptr(plx_ols) fit = plx_ols_new(x, x + 6 * n, n, 6);
    g_assert_cmpuint(fit->n, ==, 16);
    g_assert_cmpuint(fit->rank, ==, 7);
    for (guint j = 0; j < 7; j++) {
        near(fit->coefficient[j] / certified[j], 1, 1e-9);
        near(fit->se[j] / certified_se[j], 1, 1e-9);
    }
    near(fit->sigma, 304.854073561965, 1e-8);
    near(fit->r_squared, 0.995479004577296, 1e-12);
    near(fit->df, 9, 0);
    /* NIST's F of the regression, 330.285339234588 on 6 and 9: p as R's summary prints it */
    g_autoptr(plx_ols) mean = plx_ols_new(NULL, x + 6 * n, n, 0);
    near(plx_ols_f_p(mean, fit) / 4.984e-10, 1, 1e-3);
    g_assert_true(isnan(plx_ols_f_p(fit, fit)));
}

/* One regressor has a closed form. */
static void test_line(void)
{
    const double x[] = {1, 2, 3, 4, 5};
    const double y[] = {2, 1, 4, 3, 6};
    g_autoptr(plx_ols) fit = plx_ols_new(x, y, 5, 1);
    near(fit->coefficient[1], 1, 1e-14);
    near(fit->coefficient[0], 0.2, 1e-14);
    near(fit->rss, 4.8, 1e-13);
    near(fit->r_squared, 1 - 4.8 / 14.8, 1e-14);
    near(fit->adjusted_r_squared, 1 - (4.8 / 3) / (14.8 / 4), 1e-14);
    near(fit->se[1], sqrt(4.8 / 3 / 10), 1e-14);
    near(fit->se[0], sqrt(4.8 / 3 * (1.0 / 5 + 9.0 / 10)), 1e-14);
    const double expected[] = {0.8, -1.2, 0.8, -1.2, 0.8};
    for (int i = 0; i < 5; i++)
        near(fit->residual[i], expected[i], 1e-13);
}

static void draw(struct plx_random *random, double *x, gsize n)
{
    for (gsize i = 0; i < n; i++)
        x[i] = plx_random_normal(random);
}

/* Residuals are orthogonal to every column; a collinear column changes nothing but its own place.
 */
static void test_properties(void)
{
    struct plx_random random;
    plx_random_seed(&random, 3);
    for (int run = 0; run < 20; run++) {
        double x[4 * 30];
        double y[30];
        draw(&random, x, PLX_LEN(x));
        draw(&random, y, 30);
        g_autoptr(plx_ols) whole = plx_ols_new(x, y, 30, 4);
        for (guint j = 0; j < 4; j++) {
            double dot = 0;
            for (guint i = 0; i < 30; i++)
                dot += whole->residual[i] * x[j * 30 + i];
            near(dot, 0, 1e-12);
        }
        g_autoptr(plx_ols) three = plx_ols_new(x, y, 30, 3);
        for (guint i = 0; i < 30; i++) /* the fourth becomes a combination of the first two */
            x[90 + i] = 2 * x[i] - x[30 + i] + 7;
        g_autoptr(plx_ols) deficient = plx_ols_new(x, y, 30, 4);
        g_assert_cmpuint(deficient->rank, ==, 4);
        near(deficient->r_squared, three->r_squared, 1e-13);
        for (guint j = 0; j < 4; j++) {
            near(deficient->coefficient[j], three->coefficient[j], 1e-12);
            near(deficient->se[j], three->se[j], 1e-12);
        }
        g_assert_true(isnan(deficient->coefficient[4]) && isnan(deficient->se[4]));
    }
}

static void test_nothing_to_estimate(void)
{
    const double x[] = {1, 2, 3, 1, 4, 9, 1, 8, 27};
    const double y[] = {1, 2, 4};
    g_autoptr(plx_ols) wide = plx_ols_new(x, y, 3, 3);
    g_autoptr(plx_ols) full = plx_ols_new(x, y, 3, 2);
    const double same[] = {2, 2, 2};
    g_autoptr(plx_ols) flat = plx_ols_new(x, same, 3, 1);
    const double gone[] = {PLX_NAN, PLX_NAN, PLX_NAN};
    g_autoptr(plx_ols) empty = plx_ols_new(x, gone, 3, 1);
    plx_ols *const none[] = {wide, full, flat, empty};
    for (guint i = 0; i < 4; i++) {
        g_assert_true(isnan(none[i]->r_squared) && isnan(none[i]->sigma));
        g_assert_true(isnan(none[i]->coefficient[0]) && isnan(none[i]->se[1]));
    }
}

/* A row with a missing value counts as if it were not there; a constant regressor likewise. */
static void test_missing_and_constant(void)
{
    const double x[] = {1, 2, PLX_NAN, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 5};
    const double y[] = {2, 1, 8, 4, 3, 6, PLX_NAN};
    g_autoptr(plx_ols) fit = plx_ols_new(x, y, 7, 2);
    g_assert_cmpuint(fit->n, ==, 5);
    near(fit->coefficient[1], 1, 1e-14);
    g_assert_true(isnan(fit->coefficient[2]));
    near(fit->df, 3, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/ols/longley", test_longley);
    g_test_add_func("/ols/line", test_line);
    g_test_add_func("/ols/properties", test_properties);
    g_test_add_func("/ols/nothing-to-estimate", test_nothing_to_estimate);
    g_test_add_func("/ols/missing-and-constant", test_missing_and_constant);
    return g_test_run();
}
