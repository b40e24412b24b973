/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spread.h"

#include "check.h"
#include "stats/random.h"

/* Of normal numbers it is the F test. Montgomery's quantile F(.05; 10, 12) = 2.75. */
static void test_normal(void)
{
    const struct plx_spread r = plx_spread_compare(2.75, 10, 1, 12, 3, .9);
    near(r.p, .05, .0005);
    near(r.ratio * r.ratio, 2.75, 1e-12);
    near(r.ci.lo, 1, .001);
    g_assert_true(r.ci.hi > r.ratio);
}

/* One to six as people answer, rounded and cut off: the promise about false alarms holds. */
static void test_false_alarms(void)
{
    struct plx_random random;
    plx_random_seed(&random, 5);
    const guint runs = 4000, n = 30, others = 600;
    guint alarms = 0;
    for (guint run = 0; run < runs; run++) {
        double s[3] = {0}, t[3] = {0}, m4 = 0, m2 = 0;
        double x[630];
        for (guint i = 0; i < n + others; i++) {
            x[i] = CLAMP(round(3.2 + 1.2 * plx_random_normal(&random)), 1, 6);
            double *at = i < n ? s : t;
            at[0] += 1;
            at[1] += x[i];
            at[2] += x[i] * x[i];
        }
        for (guint i = 0; i < n + others; i++) {
            const double *at = i < n ? s : t;
            const double off = x[i] - at[1] / at[0];
            m2 += off * off;
            m4 += off * off * off * off;
        }
        const double kurtosis = m4 * (n + others) / (m2 * m2);
        const double a = (s[2] - s[1] * s[1] / n) / (n - 1);
        const double b = (t[2] - t[1] * t[1] / others) / (others - 1);
        alarms += plx_spread_compare(a, n - 1, b, others - 1, kurtosis, .95).p < .05 ? 1 : 0;
    }
    g_assert_cmpfloat(alarms, <=, .05 * runs + 2 * sqrt(.05 * .95 * runs));
    g_assert_cmpfloat(alarms, >=, .03 * runs);
}

static void test_nothing(void)
{
    g_assert_true(isnan(plx_spread_compare(0, 10, 1, 10, 3, .95).p));
    g_assert_true(isnan(plx_spread_compare(1, 10, 0, 10, 3, .95).ratio));
    g_assert_true(isnan(plx_spread_compare(1, 0, 1, 10, 3, .95).ci.lo));
    g_assert_true(isnan(plx_spread_compare(1, 10, 1, 10, 1, .95).p));
    g_assert_true(isnan(plx_spread_compare(1, 10, 1, 10, PLX_NAN, .95).p));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spread/normal", test_normal);
    g_test_add_func("/spread/false-alarms", test_false_alarms);
    g_test_add_func("/spread/nothing", test_nothing);
    return g_test_run();
}
