/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/lmg.h"

#include "check.h"
#include "oracle_swiss.h"
#include "stats/comoments.h"
#include "stats/ols.h"
#include "stats/random.h"

#include <string.h>

/* The manual of the R package relaimpo (Gromping 2006): swiss, Fertility on the other five. */
static void test_swiss(void)
{
    g_autofree double *products = oracle_swiss();
    if (!products)
        return;
    static const double published[] = {.05709122, .17117303, .26013468, .10557015, .11276592};
    double share[5];
    near(plx_lmg(products, 5, share), .7067350, 5e-8);
    for (guint j = 0; j < 5; j++)
        near(share[j], published[j], 5e-9);
}

static void draw(struct plx_random *random, double *rows, gsize n, guint k)
{
    for (gsize i = 0; i < n; i++) {
        const double mood = plx_random_normal(random);
        for (guint j = 0; j < k; j++)
            rows[i * k + j] = mood * (j % 3) / 2 + plx_random_normal(random);
    }
}

/* The columns of `order` one after the other; what each adds to R2 by regression on the rows. */
static void add_order(const double *rows, gsize n, guint p, const guint *order, double *sum)
{
    g_autofree double *x = g_new(double, n *p);
    g_autofree double *y = g_new(double, n);
    double before = 0;
    for (guint entered = 0; entered < p; entered++) {
        for (gsize i = 0; i < n; i++) {
            x[entered * n + i] = rows[i * (p + 1) + order[entered]];
            y[i] = rows[i * (p + 1) + p];
        }
        g_autoptr(plx_ols) fit = plx_ols_new(x, y, n, entered + 1);
        sum[order[entered]] += fit->r_squared - before;
        before = fit->r_squared;
    }
}

/* Every order of `order` from place `from` on. */
static guint all_orders(const double *rows, gsize n, guint p, guint *order, guint from, double *sum)
{
    if (from == p) {
        add_order(rows, n, p, order, sum);
        return 1;
    }
    guint count = 0;
    for (guint i = from; i < p; i++) {
        const guint kept = order[from];
        order[from] = order[i];
        order[i] = kept;
        count += all_orders(rows, n, p, order, from + 1, sum);
        order[i] = order[from];
        order[from] = kept;
    }
    return count;
}

/* Against the definition: the mean over all orders, by least squares on the rows. */
static void test_all_orders(void)
{
    struct plx_random random;
    plx_random_seed(&random, 8);
    for (guint p = 1; p <= 5; p++) {
        double rows[30 * 6];
        draw(&random, rows, 30, p + 1);
        double mean[6];
        double products[36];
        plx_comoments(rows, NULL, 30, p + 1, mean, products);
        double share[5];
        plx_lmg(products, p, share);
        guint order[] = {0, 1, 2, 3, 4};
        double sum[5] = {0};
        const guint count = all_orders(rows, 30, p, order, 0, sum);
        for (guint j = 0; j < p; j++)
            near(share[j], sum[j] / count, 1e-12);
    }
}

/* With as many columns as there may be: R2 is shared out whole, twins have equal shares, and their
 * order does not matter. */
static void test_twenty(void)
{
    enum { P = PLX_LMG_MAX, K = P + 1, N = 200 };
    struct plx_random random;
    plx_random_seed(&random, 21);
    g_autofree double *rows = g_new(double, N *K);
    draw(&random, rows, N, K);
    for (guint i = 0; i < N; i++)
        rows[i * K + 7] = 3 * rows[i * K + 2] - 1; /* a twin: collinear */
    double mean[K];
    double products[K * K];
    plx_comoments(rows, NULL, N, K, mean, products);
    double share[P];
    const double r_squared = plx_lmg(products, P, share);
    double sum = 0;
    for (guint j = 0; j < P; j++)
        sum += share[j];
    near(sum, r_squared, 1e-12);
    near(share[7], share[2], 1e-9);
    g_autofree double *x = g_new(double, N *P);
    g_autofree double *y = g_new(double, N);
    for (guint i = 0; i < N; i++) {
        for (guint j = 0; j < P; j++)
            x[j * N + i] = rows[i * K + j];
        y[i] = rows[i * K + P];
    }
    g_autoptr(plx_ols) fit = plx_ols_new(x, y, N, P);
    near(r_squared, fit->r_squared, 1e-12);
}

static void test_degenerate(void)
{
    /* columns: varying, constant; y varies */
    const double constant[] = {2, 0, 1, 0, 0, 0, 1, 0, 2};
    double share[2];
    near(plx_lmg(constant, 2, share), 0.25, 1e-15);
    near(share[0], 0.25, 1e-15);
    g_assert_true(isnan(share[1]));
    const double flat[] = {2, 1, 0, 1, 2, 0, 0, 0, 0};
    g_assert_true(isnan(plx_lmg(flat, 2, share)));
    g_assert_true(isnan(share[0]) && isnan(share[1]));
}

/* The same bytes for any threads and order of rows; holds the estimate; narrows with more rows. */
static void test_bootstrap(void)
{
    enum { N = 400, K = 4 };
    struct plx_random random;
    plx_random_seed(&random, 2);
    double rows[N * K];
    draw(&random, rows, N, K);
    double turned[N * K];
    for (guint i = 0; i < N; i++)
        memcpy(turned + (gsize)i * K, rows + (gsize)(N - 1 - i) * K, (gsize)K * sizeof *rows);
    struct plx_interval one[K];
    struct plx_interval two[K];
    struct plx_interval few[K];
    plx_lmg_bootstrap(rows, N, K - 1, 400, .95, 5, 1, one);
    plx_lmg_bootstrap(turned, N, K - 1, 400, .95, 5, 2, two);
    plx_lmg_bootstrap(rows, N / 8, K - 1, 400, .95, 5, 2, few);
    for (guint j = 0; j < K; j++) {
        near(two[j].lo, one[j].lo, 0);
        near(two[j].hi, one[j].hi, 0);
    }
    double mean[K];
    double products[K * K];
    double share[K];
    plx_comoments(rows, NULL, N, K, mean, products);
    share[K - 1] = plx_lmg(products, K - 1, share);
    for (guint j = 0; j < K; j++) {
        g_assert_cmpfloat(one[j].lo, <, share[j]);
        g_assert_cmpfloat(one[j].hi, >, share[j]);
    }
    g_assert_cmpfloat(few[K - 1].hi - few[K - 1].lo, >, one[K - 1].hi - one[K - 1].lo);
    plx_lmg_bootstrap(rows, K, K - 1, 100, .95, 5, 1, few);
    g_assert_true(isnan(few[0].lo) && isnan(few[K - 1].hi));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/lmg/swiss", test_swiss);
    g_test_add_func("/lmg/all-orders", test_all_orders);
    g_test_add_func("/lmg/twenty", test_twenty);
    g_test_add_func("/lmg/degenerate", test_degenerate);
    g_test_add_func("/lmg/bootstrap", test_bootstrap);
    return g_test_run();
}
