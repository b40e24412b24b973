/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/changepoint.h"

#include "check.h"
#include "oracle.h"
#include "stats/random.h"

static const struct plx_segment *segment(const GArray *segments, guint i)
{
    return &((const struct plx_segment *)(const void *)segments->data)[i];
}

/* Nile 1871-1970 (Cobb 1978; Zeileis et al. 2003): one change, after 1898. */
static void test_nile(void)
{
    gsize n = 0;
    g_autofree double *nile = oracle_read("nile.csv", 2, &n);
    if (!nile)
        return;
    const double *flow = nile + n;
    const double penalty[] = {plx_pelt_penalty(flow, n), 100000, 500000, 1237600};
    for (guint i = 0; i < PLX_LEN(penalty); i++) {
        g_autoptr(GArray) parts = plx_pelt(flow, n, penalty[i], 1);
        g_assert_cmpuint(parts->len, ==, 2);
        g_assert_cmpuint(segment(parts, 1)->first, ==, 28);
        near(segment(parts, 0)->mean, 1097.75, 5e-3);
        near(segment(parts, 1)->mean, 849.9722, 5e-5);
        near(segment(parts, 0)->rss + segment(parts, 1)->rss, 1597457, .5);
    }
    g_autoptr(GArray) none = plx_pelt(flow, n, 1237800, 1);
    g_assert_cmpuint(none->len, ==, 1);
    near(segment(none, 0)->rss, 2835157, .5);
    /* the published 1552924 of two and 1538097 of three changes are of parts of at least 15 */
    g_autoptr(GArray) one = plx_pelt(flow, n, 44600, 15);
    g_assert_cmpuint(one->len, ==, 2);
    g_autoptr(GArray) more = plx_pelt(flow, n, 44400, 15);
    g_assert_cmpuint(more->len, ==, 3);
    double rss = 0;
    for (guint i = 0; i < 3; i++)
        rss += segment(more, i)->rss;
    near(rss, 1552924, .5);
    const struct plx_pettitt pettitt = plx_pettitt(flow, n);
    near(pettitt.k, 1617, 0);
    g_assert_cmpuint(pettitt.before, ==, 28);
    near(pettitt.p, 3.59e-07, 5e-10);
}

static double square_cost(const double *x, gsize from, gsize to)
{
    double mean = 0;
    for (gsize i = from; i < to; i++)
        mean += x[i] / (double)(to - from);
    double sum = 0;
    for (gsize i = from; i < to; i++)
        sum += (x[i] - mean) * (x[i] - mean);
    return sum;
}

/* The least value by trying every last part, without pruning. */
static double best_value(const double *x, gsize n, double penalty, gsize shortest)
{
    g_autofree double *value = g_new(double, n + 1);
    value[0] = -penalty;
    for (gsize to = 1; to <= n; to++) {
        value[to] = PLX_INFINITY;
        for (gsize from = 0; from + shortest <= to; from++)
            value[to] = MIN(value[to], value[from] + square_cost(x, from, to) + penalty);
    }
    return value[n];
}

static void test_exact(void)
{
    struct plx_random random;
    plx_random_seed(&random, 13);
    for (guint run = 0; run < 200; run++) {
        double x[60];
        double level = 0;
        for (guint i = 0; i < 60; i++) {
            if (plx_random_below(&random, 10) == 0)
                level = 4 * plx_random_normal(&random);
            x[i] = 1000 + level + plx_random_normal(&random);
        }
        const gsize shortest = 1 + run % 4;
        const double penalty = .5 + (double)(run % 7);
        g_autoptr(GArray) parts = plx_pelt(x, 60, penalty, shortest);
        double value = penalty * (parts->len - 1);
        gsize next = 0;
        for (guint i = 0; i < parts->len; i++) {
            const struct plx_segment *part = segment(parts, i);
            g_assert_cmpuint(part->first, ==, next);
            g_assert_cmpuint(part->length, >=, shortest);
            next += part->length;
            value += square_cost(x, part->first, next);
        }
        g_assert_cmpuint(next, ==, 60);
        near(value, best_value(x, 60, penalty, shortest), 1e-7);
    }
}

/* By ranks only: any rising change of the values gives the same; ties share their ranks. */
static void test_pettitt(void)
{
    const double x[] = {1, 2, 1, 2, 2, 5, 6, 5, 6, 6};
    double bent[10];
    for (guint i = 0; i < 10; i++)
        bent[i] = exp(x[i]);
    const struct plx_pettitt a = plx_pettitt(x, 10);
    const struct plx_pettitt b = plx_pettitt(bent, 10);
    near(a.k, 25, 0); /* all 5 x 5 pairs one way */
    g_assert_cmpuint(a.before, ==, 5);
    near(a.p, 2 * exp(-6 * 625.0 / 1100), 1e-12);
    near(b.k, a.k, 0);
}

static void test_degenerate(void)
{
    const double flat[] = {3, 3, 3, 3};
    g_assert_true(isnan(plx_pettitt(flat, 4).p));
    g_assert_cmpuint(plx_pettitt(flat, 4).before, ==, 0);
    g_assert_true(isnan(plx_pettitt(flat, 1).p));
    near(plx_pettitt((const double[]){1, 2}, 2).p, 1, 0);
    g_assert_true(isnan(plx_pelt_penalty(flat, 4)));
    g_assert_true(isnan(plx_pelt_penalty(flat, 1)));
    g_autoptr(GArray) one = plx_pelt(flat, 4, 1, 1);
    g_assert_cmpuint(one->len, ==, 1);
    g_autoptr(GArray) none = plx_pelt(flat, 0, 1, 1);
    g_assert_cmpuint(none->len, ==, 0);
    g_autoptr(GArray) few = plx_pelt(flat, 4, 1, 5); /* fewer than a part needs: one part */
    g_assert_cmpuint(few->len, ==, 1);
    near(segment(few, 0)->mean, 3, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/changepoint/nile", test_nile);
    g_test_add_func("/changepoint/exact", test_exact);
    g_test_add_func("/changepoint/pettitt", test_pettitt);
    g_test_add_func("/changepoint/degenerate", test_degenerate);
    return g_test_run();
}
