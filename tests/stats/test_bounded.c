/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bounded.h"

#include "check.h"

/* Wilson (1927) is the case ratio = z^2 / n: 81/263 .2553-.3662, 0/20 0-.1611 (Newcombe 1998). */
static void test_wilson(void)
{
    const double z2 = 3.84145882069412;
    const struct plx_interval a = plx_score_interval(81.0 / 263, z2 / 263);
    near(a.lo, .2553, 5e-5);
    near(a.hi, .3662, 5e-5);
    const struct plx_interval b = plx_score_interval(0, z2 / 20);
    g_assert_cmpfloat(b.lo, ==, 0);
    near(b.hi, .1611, 5e-5);
}

/* Both limits solve the defining equation. */
static void test_definition(void)
{
    for (double p = 0.05; p < 1; p += 0.1) {
        for (double ratio = 1e-8; ratio < 100; ratio *= 7) {
            const struct plx_interval ci = plx_score_interval(p, ratio);
            near((p - ci.lo) * (p - ci.lo) / (ratio * ci.lo * (1 - ci.lo)), 1, 1e-6);
            near((p - ci.hi) * (p - ci.hi) / (ratio * ci.hi * (1 - ci.hi)), 1, 1e-6);
            g_assert_true(0 <= ci.lo && ci.lo <= p && p <= ci.hi && ci.hi <= 1);
        }
    }
}

static void test_ends(void)
{
    const struct plx_interval all = plx_score_interval(0.3, PLX_INFINITY);
    g_assert_cmpfloat(all.lo, ==, 0);
    g_assert_cmpfloat(all.hi, ==, 1);
    const struct plx_interval point = plx_score_interval(0.3, 0);
    near(point.lo, 0.3, 1e-15);
    near(point.hi, 0.3, 1e-15);
    near(plx_score_interval(1, 0).lo, 1, 0);
    near(plx_score_interval(0, 0).lo, 0, 0);
    g_assert_true(isnan(plx_score_interval(PLX_NAN, 1).lo));
    g_assert_true(isnan(plx_score_interval(0.5, PLX_NAN).hi));
}

/* The spread of real answers and even pseudo-answers taken together, by the definition. */
static void test_smoothing(void)
{
    const double x[] = {0.2, 0.2, 0.6, 0.8};
    const double c = PLX_PSEUDO_ANSWERS;
    const double even = 7.0 / 60; /* six levels on 0..1 */
    double mean = 0;
    double s2 = 0;
    for (int i = 0; i < 4; i++)
        mean += x[i] / 4;
    for (int i = 0; i < 4; i++)
        s2 += (x[i] - mean) * (x[i] - mean) / 3;
    const double centre = (4 * mean + c / 2) / (4 + c);
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += (x[i] - centre) * (x[i] - centre);
    for (int i = 0; i < 6; i++)
        sum += c / 6 * (i / 5.0 - centre) * (i / 5.0 - centre);
    near(plx_smoothed_spread(s2, 4, mean, even), sum / (3 + c), 1e-12);
    near(plx_smoothed_binomial(mean, 4), centre * (1 - centre), 1e-15);
    g_assert_cmpfloat(plx_smoothed_spread(0, 9, 1, even), >, 0);
    g_assert_cmpfloat(plx_smoothed_binomial(1, 9), >, 0);
    near(plx_smoothed_spread(0.05, 1e9, 0.5, even), 0.05, 1e-9);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bounded/wilson", test_wilson);
    g_test_add_func("/bounded/definition", test_definition);
    g_test_add_func("/bounded/ends", test_ends);
    g_test_add_func("/bounded/smoothing", test_smoothing);
    return g_test_run();
}
