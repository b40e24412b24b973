/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/change_test.h"

#include "check.h"
#include "oracle.h"
#include "stats/changepoint.h"
#include "stats/random.h"

#include <math.h>

static void draw(struct plx_random *random, double *x, gsize n)
{
    for (gsize i = 0; i < n; i++)
        x[i] = plx_random_normal(random);
}

/* Weighted squares about the weighted mean. */
static double squares(const double *x, const double *w, gsize from, gsize to)
{
    double sum = 0, total = 0, rest = 0;
    for (gsize i = from; i < to; i++) {
        sum += w[i] * x[i];
        total += w[i];
    }
    for (gsize i = from; i < to; i++)
        rest += w[i] * (x[i] - sum / total) * (x[i] - sum / total);
    return rest;
}

/* By trying all places of one, two and three changes. */
static double naive_gain(const double *x, const double *w, gsize n, gsize s)
{
    const double whole = squares(x, w, 0, n);
    double gain = 0;
    for (gsize a = s; a + s <= n; a++) {
        const double first = squares(x, w, 0, a);
        gain = MAX(gain, whole - first - squares(x, w, a, n));
        for (gsize b = a + s; b + s <= n; b++) {
            const double two = first + squares(x, w, a, b);
            gain = MAX(gain, (whole - two - squares(x, w, b, n)) / 2);
            for (gsize c = b + s; c + s <= n; c++)
                gain = MAX(gain, (whole - two - squares(x, w, b, c) - squares(x, w, c, n)) / 3);
        }
    }
    return gain;
}

/* The gain is what all places give, and the penalty at which PELT stops to see changes. */
static void test_gain(void)
{
    struct plx_random random;
    plx_random_seed(&random, 7);
    for (guint run = 0; run < 40; run++) {
        double x[11], w[11];
        draw(&random, x, 11);
        for (guint i = 0; i < 11; i++)
            w[i] = 0.5 + plx_random_uniform(&random);
        for (gsize shortest = 1; shortest <= 3; shortest++) {
            const double gain = plx_change_gain(x, w, 11, shortest);
            near(gain, naive_gain(x, w, 11, shortest), 1e-12);
            g_autoptr(GArray) some = plx_pelt_weighted(x, w, 11, gain * (1 - 1e-9), shortest);
            g_assert_cmpuint(some->len, >, 1);
            const double more = shortest == 3 ? gain * (1 + 1e-9) : 2 * gain + 1;
            g_autoptr(GArray) none = plx_pelt_weighted(x, w, 11, more, shortest);
            g_assert_cmpuint(none->len, ==, 1);
        }
    }
    const double few[] = {1, 2, 3};
    near(plx_change_gain(few, NULL, 3, 2), 0, 0);
}

/* Series without a change are told to have one as often as was asked for: with known variance, and
 * with one that is estimated beside. Shares of 2,000 within three standard errors. */
static void test_false_alarms(void)
{
    g_autoptr(plx_change_tail) tail = plx_change_tail_new(18, 2, 1);
    const double alpha = 0.05, df = 10;
    const double known = plx_change_tail_penalty(tail, alpha, INFINITY);
    const double estimated = plx_change_tail_penalty(tail, alpha, df);
    near(plx_change_tail_p(tail, known, INFINITY), alpha, 1e-3);
    g_assert_cmpfloat(estimated, >, known);
    struct plx_random random;
    plx_random_seed(&random, 99);
    guint alarms = 0, alarms_estimated = 0;
    for (guint run = 0; run < 2000; run++) {
        double x[18], factor = 0;
        draw(&random, x, 18);
        for (guint i = 0; i < (guint)df; i++) {
            const double z = plx_random_normal(&random);
            factor += z * z / df;
        }
        const double gain = plx_change_gain(x, NULL, 18, 2);
        alarms += gain > known;
        alarms_estimated += gain / factor > estimated;
    }
    g_assert_cmpuint(alarms, >=, 70);
    g_assert_cmpuint(alarms, <=, 130);
    g_assert_cmpuint(alarms_estimated, >=, 65);
    g_assert_cmpuint(alarms_estimated, <=, 135);
}

/* Beyond what was simulated the tail goes on falling, and as fast as that of 20,000 series. */
static void test_far_tail(void)
{
    g_autoptr(plx_change_tail) tail = plx_change_tail_new(18, 2, 1);
    const double far = plx_change_tail_penalty(tail, 0.001, INFINITY);
    struct plx_random random;
    plx_random_seed(&random, 5);
    guint alarms = 0;
    for (guint run = 0; run < 20000; run++) {
        double x[18];
        draw(&random, x, 18);
        alarms += plx_change_gain(x, NULL, 18, 2) > far;
    }
    g_assert_cmpuint(alarms, <=, 35); /* 20 expected */
    g_assert_cmpuint(alarms, >=, 5);
    double last = 1;
    for (double penalty = 1; penalty < 60; penalty += 1) {
        const double p = plx_change_tail_p(tail, penalty, INFINITY);
        g_assert_cmpfloat(p, <=, last);
        last = p;
    }
}

/* Nile 1871-1970: one change after 1898, published ranges of its date 1895-1902 (Zeileis et al.
 * 2003, by Bai and Perron's method, whose ends are the last years before). */
static void test_nile(void)
{
    gsize n = 0;
    g_autofree double *nile = oracle_read("nile.csv", 2, &n);
    if (!nile)
        return;
    g_autofree double *w = g_new(double, n);
    for (gsize i = 0; i < n; i++)
        w[i] = (double)(n - 2) / 1597457.0;
    gsize first = 0, last = 0;
    plx_change_dates(nile + n, w, n, 28, 1, 0.95, 1, &first, &last);
    g_assert_cmpuint(first, >=, 24); /* 1895 */
    g_assert_cmpuint(first, <=, 28);
    g_assert_cmpuint(last, >=, 28);
    g_assert_cmpuint(last, <=, 32); /* 1903 is the first year of the new level */
    near(plx_change_gain(nile + n, w, n, 1), (2835157 - 1597457) * w[0], 1e-3);
}

/* The range of the date holds the true place in 95 of 100 series, at the place that was found. */
static void test_dates_cover(void)
{
    struct plx_random random;
    plx_random_seed(&random, 3);
    guint held = 0;
    double widths = 0;
    for (guint run = 0; run < 300; run++) {
        double x[24];
        draw(&random, x, 24);
        for (guint i = 14; i < 24; i++)
            x[i] += 1.8;
        g_autoptr(GArray) parts = plx_pelt(x, 24, 8, 1);
        gsize at = 12;
        if (parts->len == 2)
            at = ((struct plx_segment *)(void *)parts->data)[1].first;
        gsize first = 0, last = 0;
        plx_change_dates(x, NULL, 24, at, 1, 0.95, run, &first, &last);
        g_assert_cmpuint(first, <=, at);
        g_assert_cmpuint(last, >=, at);
        held += first <= 14 && last >= 14;
        widths += (double)(last - first);
    }
    g_assert_cmpuint(held, >=, 273); /* 95 % less three standard errors */
    g_assert_cmpfloat(widths / 300, <, 8);
}

/* A level, and a unit: neither changes what is found. */
static void test_invariance(void)
{
    struct plx_random random;
    plx_random_seed(&random, 11);
    double x[20], y[20], w[20];
    draw(&random, x, 20);
    for (guint i = 0; i < 20; i++) {
        y[i] = 1e4 + 10 * x[i];
        w[i] = 0.01;
    }
    near(plx_change_gain(x, NULL, 20, 2) / plx_change_gain(y, w, 20, 2), 1, 1e-9);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/change-test/gain", test_gain);
    g_test_add_func("/change-test/false-alarms", test_false_alarms);
    g_test_add_func("/change-test/far-tail", test_far_tail);
    g_test_add_func("/change-test/nile", test_nile);
    g_test_add_func("/change-test/dates-cover", test_dates_cover);
    g_test_add_func("/change-test/invariance", test_invariance);
    return g_test_run();
}
