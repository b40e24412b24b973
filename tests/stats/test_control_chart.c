/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/control_chart.h"

#include "check.h"
#include "stats/random.h"

/* All from Montgomery, Introduction to Statistical Quality Control, as in Scrucca (2004). */
static const double juice[] = {12, 15, 8, 10, 4,  7,  16, 9,  14, 10, 5,  6, 17, 12, 22,
                               8,  10, 5, 13, 11, 20, 18, 24, 15, 9,  12, 7, 13, 9,  6};
static const double boards[] = {21, 24, 16, 12, 15, 5,  28, 20, 31, 25, 20, 24, 16,
                                19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15};
static const double computers[] = {10, 12, 8, 14, 10, 16, 11, 7,  10, 15,
                                   9,  5,  7, 11, 12, 6,  8,  10, 7,  5};
static const double paint[] = {33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27,
                               33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84};

/* The signals, from 1, as a list of -1 behind the last. */
static void check_signals(const struct plx_control_point *point, gsize m, const int *expected)
{
    for (gsize i = 0; i < m; i++) {
        const gboolean is = *expected == (int)i + 1;
        g_assert_cmpint(point[i].signal, ==, is);
        expected += is;
    }
}

static void test_p(void)
{
    double n[30];
    struct plx_control_point point[30];
    for (guint i = 0; i < 30; i++)
        n[i] = 50;
    near(plx_p_chart(juice, n, 30, FALSE, point).center, .2313, 5e-5);
    near(point[0].limits.lo, .0524, 5e-5);
    near(point[0].limits.hi, .4102, 5e-5);
    check_signals(point, 30, (const int[]){15, 23, -1});
    n[14] = n[22] = 0; /* without the two */
    near(plx_p_chart(juice, n, 30, FALSE, point).center, .2150, 5e-5);
    near(point[0].limits.lo, .0407, 5e-5);
    near(point[0].limits.hi, .3893, 5e-5);
    check_signals(point, 30, (const int[]){21, -1});
    g_assert_true(isnan(point[14].value) && isnan(point[14].limits.lo));
}

static void test_c(void)
{
    double n[26];
    struct plx_control_point point[26];
    for (guint i = 0; i < 26; i++)
        n[i] = 1;
    near(plx_u_chart(boards, n, 26, FALSE, point).center, 19.85, 5e-3);
    near(point[0].limits.lo, 6.48, 5e-3);
    near(point[0].limits.hi, 33.21, 5e-3);
    check_signals(point, 26, (const int[]){6, 20, -1});
    n[5] = n[19] = 0;
    near(plx_u_chart(boards, n, 26, FALSE, point).center, 19.67, 5e-3);
    near(point[0].limits.lo, 6.36, 5e-3);
    near(point[0].limits.hi, 32.97, 5e-3);
}

static void test_u(void)
{
    double n[20];
    struct plx_control_point point[20];
    for (guint i = 0; i < 20; i++)
        n[i] = 5;
    near(plx_u_chart(computers, n, 20, FALSE, point).center, 1.93, 5e-3);
    near(point[0].limits.lo, .07, 5e-3);
    near(point[0].limits.hi, 3.79, 5e-3);
    check_signals(point, 20, (const int[]){-1});
}

static void test_xmr(void)
{
    struct plx_control_point point[15];
    struct plx_control_point range[15];
    const struct plx_xmr_chart chart = plx_xmr_chart(paint, 15, point, range);
    near(chart.center, 33.52, 5e-3);
    near(chart.mean_range, .4807143, 5e-8);
    near(chart.limits.lo, 32.24, 5e-3);
    near(chart.limits.hi, 34.80, 5e-3);
    near(chart.range_limit, 1.57, 5e-3);
    check_signals(point, 15, (const int[]){-1});
    check_signals(range, 15, (const int[]){-1});
    g_assert_true(isnan(range[0].value));
    near(range[1].value, .70, 1e-12);
}

/* Laney's chart against its definition; where only sampling varies it is the plain one, where there
 * is more it signals less. */
static void test_laney(void)
{
    enum { M = 200 };
    struct plx_random random;
    plx_random_seed(&random, 12);
    double n[M];
    double calm[M];
    double wild[M];
    for (guint i = 0; i < M; i++) {
        n[i] = 300 + (double)plx_random_below(&random, 400);
        const double p = .3 + .08 * plx_random_normal(&random);
        calm[i] = wild[i] = 0;
        for (guint j = 0; j < (guint)n[i]; j++) {
            calm[i] += plx_random_uniform(&random) < .3;
            wild[i] += plx_random_uniform(&random) < p;
        }
    }
    struct plx_control_point plain[M];
    struct plx_control_point laney[M];
    near(plx_p_chart(calm, n, M, TRUE, laney).sigma_z, 1, .15);
    const struct plx_control_chart chart = plx_p_chart(wild, n, M, TRUE, laney);
    near(plx_p_chart(wild, n, M, FALSE, plain).sigma_z, 1, 0);
    double ranges = 0;
    guint signals[2] = {0};
    for (guint i = 0; i < M; i++) {
        signals[0] += plain[i].signal ? 1 : 0;
        signals[1] += laney[i].signal ? 1 : 0;
        const double s = sqrt(chart.center * (1 - chart.center));
        if (i > 0)
            ranges += fabs((wild[i] / n[i] - chart.center) / (s / sqrt(n[i])) -
                           (wild[i - 1] / n[i - 1] - chart.center) / (s / sqrt(n[i - 1])));
    }
    near(chart.sigma_z, ranges / (M - 1) / 1.128, 1e-12);
    g_assert_cmpuint(signals[0], >, M / 10);
    g_assert_cmpuint(signals[1], <, 4);
    near(laney[5].limits.hi - chart.center, chart.sigma_z * (plain[5].limits.hi - chart.center),
         1e-12);
}

static void test_degenerate(void)
{
    const double zero[] = {0, 0, 0};
    const double full[] = {5, 5, 5};
    const double n[] = {5, 5, 5};
    struct plx_control_point point[3];
    struct plx_control_point range[3];
    near(plx_p_chart(zero, n, 3, FALSE, point).center, 0, 0);
    g_assert_true(isnan(point[0].limits.hi) && !point[0].signal);
    near(plx_p_chart(full, n, 3, TRUE, point).center, 1, 0);
    g_assert_true(isnan(point[0].limits.hi) && !point[0].signal);
    g_assert_true(isnan(plx_u_chart(zero, zero, 3, FALSE, point).center));
    const struct plx_xmr_chart flat = plx_xmr_chart(full, 3, point, range);
    near(flat.center, 5, 0);
    g_assert_true(isnan(flat.limits.lo) && isnan(flat.range_limit) && !point[1].signal);
    g_assert_true(isnan(plx_xmr_chart(full, 1, point, range).mean_range));
    g_assert_true(isnan(plx_xmr_chart(full, 0, point, range).center));
    const double gap[] = {1, PLX_NAN, 3};
    near(plx_xmr_chart(gap, 3, point, range).mean_range, 2, 0);
    g_assert_true(isnan(range[1].value) && isnan(point[1].limits.lo));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/control-chart/p", test_p);
    g_test_add_func("/control-chart/c", test_c);
    g_test_add_func("/control-chart/u", test_u);
    g_test_add_func("/control-chart/xmr", test_xmr);
    g_test_add_func("/control-chart/laney", test_laney);
    g_test_add_func("/control-chart/degenerate", test_degenerate);
    return g_test_run();
}
