/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/urn.h"

#include "check.h"

#define K 4

static plx_units *units_of(const double (*w)[K], const guint64 *times, guint n)
{
    plx_units *units = plx_units_new(K, 1);
    for (guint u = 0; u < n; u++) {
        double answers = 0;
        for (guint i = 0; i < K; i++)
            answers += w[u][i];
        plx_units_add(units, w[u], answers, times[u]);
    }
    return units;
}

/* Both sides together are always everybody, and each side's M is that of some of its units: a unit
 * of weights w adds (sum w)^2 to the sum of M. */
static void test_sides_add_up(void)
{
    const double wx[][K] = {{1, 0, 0, 1}, {0, 2, 0, 0}};
    const double wy[][K] = {{0, 0, 1, 0}, {1, 1, 1, 0}, {0, 0, 0, 2}};
    g_autoptr(plx_units) x = units_of(wx, (guint64[]){3, 2}, 2);
    g_autoptr(plx_units) y = units_of(wy, (guint64[]){4, 1, 3}, 3);
    g_autoptr(plx_urn) urn = plx_urn_new(x, y);
    struct plx_random random;
    plx_random_seed(&random, 5);
    const double all[K] = {3 + 1, 4 + 1, 4 + 1, 3 + 6};
    for (guint draw = 0; draw < 200; draw++) {
        struct plx_urn_side a;
        struct plx_urn_side b;
        plx_urn_draw(urn, &random, &a, &b);
        g_assert_cmpfloat(a.units, ==, 5);
        g_assert_cmpfloat(b.units, ==, 8);
        g_assert_cmpfloat(a.total + b.total, ==, 23);
        double total = 0;
        for (guint i = 0; i < K; i++) {
            g_assert_cmpfloat(a.w[i] + b.w[i], ==, all[i]);
            total += a.w[i];
        }
        g_assert_cmpfloat(total, ==, a.total);
        double m = 0;
        for (guint i = 0; i < K * (K + 1) / 2; i++)
            m += a.m[i] + b.m[i];
        g_assert_cmpfloat(m, ==, 5 * 4 + 4 * 1 + 1 * 9 + 3 * 4);
    }
}

/* Every unit is drawn equally often, whatever kind it is of and however many are like it. */
static void test_each_equally_often(void)
{
    const double wx[][K] = {{1, 0, 0, 0}, {0, 1, 0, 0}};
    const double wy[][K] = {{0, 0, 1, 0}, {0, 0, 0, 1}};
    const guint64 times[] = {1, 2, 1000, 7};
    g_autoptr(plx_units) x = units_of(wx, times, 2);
    g_autoptr(plx_units) y = units_of(wy, times + 2, 2);
    g_autoptr(plx_urn) urn = plx_urn_new(x, y);
    struct plx_random random;
    plx_random_seed(&random, 9);
    const guint draws = 200000;
    double sum[K] = {0};
    for (guint draw = 0; draw < draws; draw++) {
        struct plx_urn_side a;
        struct plx_urn_side b;
        plx_urn_draw(urn, &random, &a, &b);
        for (guint i = 0; i < K; i++)
            sum[i] += a.w[i];
    }
    for (guint i = 0; i < K; i++) {
        const double expected = draws * 3.0 * (double)times[i] / 1010;
        near(sum[i], expected, 5 * sqrt(expected));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/urn/sides-add-up", test_sides_add_up);
    g_test_add_func("/urn/each-equally-often", test_each_equally_often);
    return g_test_run();
}
