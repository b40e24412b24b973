/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/drift_chart.h"

#include "check.h"

/* Montgomery, Introduction to Statistical Quality Control, the CUSUM example. */
static const double series[] = {9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46,
                                9.20,  10.34, 9.03,  11.47, 10.51, 9.40,  10.08, 9.37,
                                10.62, 10.31, 8.52,  10.84, 10.90, 9.33,  12.29, 11.50,
                                10.60, 11.08, 10.38, 11.62, 11.31, 10.52};

static void test_cusum(void)
{
    struct plx_cusum_point point[30];
    near((double)plx_cusum(series, 30, 10, .5, 5, point), 21, 0); /* after period 22 */
    near(point[28].high, 5.28, 5e-3);
    g_assert_cmpuint(point[28].high_run, ==, 7);
    double low = 0;
    for (guint i = 0; i < 30; i++) {
        g_assert_cmpint(point[i].signal, ==, i >= 28);
        low = MAX(low, point[i].low);
    }
    near(low, 1.77, 5e-3);
}

static void test_ewma(void)
{
    struct plx_control_point point[30];
    plx_ewma(series, 30, 10, 1, .1, 2.7, point);
    near(point[27].value, 10.5731, 5e-5);
    near(point[28].value, 10.6468, 5e-5);
    near(point[28].limits.hi, 10.6187, 5e-5);
    near(point[0].limits.lo, 10 - 2.7 * .1, 1e-12);
    for (guint i = 0; i < 29; i++)
        g_assert_cmpint(point[i].signal, ==, i == 28);
}

/* lambda 1 is Shewhart's chart; a mirrored series has mirrored sums. */
static void test_properties(void)
{
    struct plx_control_point point[30];
    plx_ewma(series, 30, 10, 1, 1, 3, point);
    double mirrored[30];
    for (guint i = 0; i < 30; i++) {
        near(point[i].value, series[i], 1e-12);
        near(point[i].limits.hi, 13, 1e-12);
        mirrored[i] = 20 - series[i];
    }
    struct plx_cusum_point a[30];
    struct plx_cusum_point b[30];
    near((double)plx_cusum(mirrored, 30, 10, .5, 5, b), (double)plx_cusum(series, 30, 10, .5, 5, a),
         0);
    for (guint i = 0; i < 30; i++) {
        near(a[i].high, b[i].low, 1e-12);
        g_assert_cmpuint(a[i].low_run, ==, b[i].high_run);
    }
}

static void test_degenerate(void)
{
    const double jump[] = {20, PLX_NAN, 10};
    struct plx_cusum_point sum[3];
    near((double)plx_cusum(jump, 3, 10, .5, 5, sum), -1, 0); /* from the start */
    near(sum[1].high, 9.5, 0);
    g_assert_false(sum[1].signal);
    near((double)plx_cusum(jump, 3, 10, .5, PLX_NAN, sum), -2, 0);
    near((double)plx_cusum(jump, 0, 10, .5, 5, sum), -2, 0);
    struct plx_control_point point[3];
    plx_ewma(jump, 3, 10, 0, .2, 3, point);
    g_assert_true(isnan(point[0].limits.lo) && !point[0].signal);
    g_assert_true(isnan(point[1].value));
    g_assert_true(isnan(plx_moving_sigma(jump, 1)));
    near(plx_moving_sigma(jump, 3), 10 / 1.128, 1e-12);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/drift-chart/cusum", test_cusum);
    g_test_add_func("/drift-chart/ewma", test_ewma);
    g_test_add_func("/drift-chart/properties", test_properties);
    g_test_add_func("/drift-chart/degenerate", test_degenerate);
    return g_test_run();
}
