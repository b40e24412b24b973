/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/em_covariance.h"

#include "check.h"
#include "stats/comoments.h"
#include "stats/random.h"

#include <string.h>

static void draw(struct plx_random *random, double *rows, gsize n, guint k)
{
    for (gsize i = 0; i < n; i++) {
        const double mood = plx_random_normal(random);
        for (guint j = 0; j < k; j++)
            rows[i * k + j] = j + mood + (1 + j) * plx_random_normal(random);
    }
}

/* Without gaps: the plain covariance over n, with its textbook standard errors. */
static void test_complete(void)
{
    enum { N = 50, K = 4 };
    struct plx_random random;
    plx_random_seed(&random, 30);
    double rows[N * K];
    draw(&random, rows, N, K);
    double mean[K];
    double c[K * K];
    plx_comoments(rows, NULL, N, K, mean, c);
    g_autoptr(plx_em) em = plx_em_new(rows, N, K);
    g_assert_cmpuint(em->n, ==, N);
    for (guint i = 0; i < K; i++) {
        near(em->mean[i], mean[i], 1e-10);
        near(em->mean_se[i], sqrt(c[i * K + i]) / N, 1e-9);
        for (guint j = 0; j < K; j++) {
            const double sij = c[i * K + j] / N;
            near(em->covariance[i * K + j], sij, 1e-9);
            near(em->se[i * K + j], sqrt((c[i * K + i] * c[j * K + j] / N / N + sij * sij) / N),
                 1e-8);
            near(em->pairs[i * K + j], N, 0);
        }
    }
}

/* One column with gaps at the end: the factored likelihood has a closed form (Anderson 1957). */
static void test_monotone(void)
{
    const double rows[] = {1, 2, 2, 1, 3, 5, 4, 3, 5, 6, 6, PLX_NAN, 9, PLX_NAN, 2.5, PLX_NAN};
    const double known[] = {1, 2, 2, 1, 3, 5, 4, 3, 5, 6};
    const double x[] = {1, 2, 3, 4, 5, 6, 9, 2.5};
    double mean[2];
    double c[4];
    plx_comoments(known, NULL, 5, 2, mean, c);
    const double slope = c[1] / c[0];
    double all_mean = 0;
    double all = 0;
    plx_comoments(x, NULL, 8, 1, &all_mean, &all);
    g_autoptr(plx_em) em = plx_em_new(rows, 8, 2);
    near(em->mean[0], all_mean, 1e-9);
    near(em->mean[1], mean[1] + slope * (all_mean - mean[0]), 1e-7);
    near(em->covariance[0], all / 8, 1e-8);
    near(em->covariance[1], slope * all / 8, 1e-7);
    near(em->covariance[3], (c[3] - slope * c[1]) / 5 + slope * slope * all / 8, 1e-7);
    near(em->pairs[1], 5, 0);
}

/* Three of six asked by lot: the truth lies within the standard errors, and these are wider than
 * with all answers; the order of rows changes no byte. */
static void test_planned(void)
{
    enum { N = 3000, K = 6, CELLS = N * K };
    struct plx_random random;
    plx_random_seed(&random, 31);
    g_autofree double *rows = g_new(double, (gsize)CELLS);
    draw(&random, rows, N, K);
    g_autoptr(plx_em) whole = plx_em_new(rows, N, K);
    g_autofree double *turned = g_new(double, (gsize)CELLS);
    for (gsize i = 0; i < N; i++) {
        guint order[K] = {0, 1, 2, 3, 4, 5};
        plx_random_shuffle(&random, order, K);
        for (guint j = 0; j < K / 2; j++)
            rows[i * K + order[j]] = PLX_NAN;
        memcpy(turned + (N - 1 - i) * K, rows + i * K, (gsize)K * sizeof *rows);
    }
    g_autoptr(plx_em) em = plx_em_new(rows, N, K);
    for (guint i = 0; i < K; i++) {
        near(em->mean[i], i, 4 * em->mean_se[i]);
        g_assert_cmpfloat(em->mean_se[i], >, 1.2 * whole->mean_se[i]);
        for (guint j = 0; j < K; j++) {
            const double truth = 1 + (i == j ? (1 + i) * (1 + i) : 0);
            near(em->covariance[i * K + j], truth, 4 * em->se[i * K + j]);
            g_assert_cmpfloat(em->se[i * K + j], >, 1.2 * whole->se[i * K + j]);
        }
    }
    g_autoptr(plx_em) again = plx_em_new(turned, N, K);
    for (guint i = 0; i < K * K; i++)
        near(again->covariance[i], em->covariance[i], 0);
}

static void test_degenerate(void)
{
    const double apart[] = {1, PLX_NAN, 2, PLX_NAN, 3, PLX_NAN, PLX_NAN, 4, PLX_NAN, 5};
    const double few[] = {1, 2, 2, 3};
    g_autoptr(plx_em) never = plx_em_new(apart, 5, 2);
    g_assert_true(isnan(never->covariance[0]) && isnan(never->mean[0]));
    near(never->pairs[1], 0, 0);
    g_autoptr(plx_em) wide = plx_em_new(few, 2, 2);
    g_assert_true(isnan(wide->covariance[0]));
    const double flat[] = {1, 7, 2, 7, 3, 7, 4, PLX_NAN, PLX_NAN, 7};
    g_autoptr(plx_em) one = plx_em_new(flat, 5, 2);
    near(one->covariance[1], 0, 1e-12);
    near(one->covariance[3], 0, 1e-12);
    g_assert_true(isnan(one->se[0]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/em-covariance/complete", test_complete);
    g_test_add_func("/em-covariance/monotone", test_monotone);
    g_test_add_func("/em-covariance/planned", test_planned);
    g_test_add_func("/em-covariance/degenerate", test_degenerate);
    return g_test_run();
}
