/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/icc.h"
#include "stats/oneway.h"
#include "stats/random.h"

#include "check.h"

static struct plx_oneway_group group_of(const double *x, guint n)
{
    struct plx_oneway_group g = {n, 0, 0, 1};
    for (guint i = 0; i < n; i++)
        g.mean += x[i] / n;
    for (guint i = 0; i < n; i++)
        g.squares += (x[i] - g.mean) * (x[i] - g.mean);
    return g;
}

/* Davies' dyestuff, lme4's documentation: with equal sizes ANOVA is REML; methods.md 8.6. */
static void test_published(void)
{
    static const double dyes[6][5] = {
        {1545, 1440, 1440, 1520, 1580}, {1540, 1555, 1490, 1560, 1495},
        {1595, 1550, 1605, 1510, 1560}, {1445, 1440, 1595, 1465, 1545},
        {1595, 1630, 1515, 1635, 1625}, {1520, 1455, 1450, 1480, 1445}};
    struct plx_oneway_group group[6];
    for (guint i = 0; i < 6; i++)
        group[i] = group_of(dyes[i], 5);
    const struct plx_oneway r = plx_oneway(group, 6);
    near(r.between, 1764.05, .005);
    near(r.within, 2451.25, .005);
    near(r.size, 5, 1e-12);
    near(r.share, 1764.05 / (1764.05 + 2451.25), 1e-6);
}

/* Shrout and Fleiss (1979): ICC(1,1) of their six targets is .17, in -.13..72; methods.md 8.3. What
 * is below 0 there is 0 here. */
static void test_icc(void)
{
    static const double judged[6][4] = {{9, 2, 5, 8}, {6, 1, 3, 2},  {8, 4, 6, 8},
                                        {7, 1, 2, 6}, {10, 5, 6, 9}, {6, 2, 4, 7}};
    struct plx_oneway_group group[6];
    for (guint i = 0; i < 6; i++)
        group[i] = group_of(judged[i], 4);
    const struct plx_oneway r = plx_oneway(group, 6);
    near(r.share, .17, .005);
    const struct plx_interval ci = plx_oneway_interval(&r, .95);
    near(ci.lo, 0, 0);
    const struct plx_icc icc = plx_icc(judged[0], 6, 4, .95);
    near(ci.hi, icc.ci[PLX_ICC_1_1].hi, 1e-9);
}

/* With groups of unequal size the interval still covers the truth. */
static void test_coverage(void)
{
    struct plx_random random;
    plx_random_seed(&random, 11);
    guint covered = 0;
    const guint runs = 2000;
    for (guint run = 0; run < runs; run++) {
        struct plx_oneway_group group[12];
        for (guint i = 0; i < 12; i++) {
            double x[40];
            const guint n = 5 + 3 * i;
            const double effect = .5 * plx_random_normal(&random);
            for (guint j = 0; j < n; j++)
                x[j] = effect + plx_random_normal(&random);
            group[i] = group_of(x, n);
        }
        const struct plx_oneway r = plx_oneway(group, 12);
        const struct plx_interval ci = plx_oneway_interval(&r, .95);
        covered += ci.lo <= .2 && .2 <= ci.hi ? 1 : 0;
    }
    g_assert_cmpfloat(covered, >=, .93 * runs - 2 * sqrt(.93 * .07 * runs));
}

static void test_times(void)
{
    const struct plx_oneway_group apart[] = {
        {3, 2, 4, 1}, {5, 3, 6, 1}, {3, 2, 4, 1}, {5, 3, 6, 1}};
    const struct plx_oneway_group alike[] = {{3, 2, 4, 2}, {5, 3, 6, 2}};
    near(plx_oneway(alike, 2).share, plx_oneway(apart, 4).share, 1e-12);
    near(plx_oneway(alike, 2).size, plx_oneway(apart, 4).size, 1e-12);
}

static void test_nothing(void)
{
    const struct plx_oneway_group one[] = {{5, 3, 2, 1}};
    g_assert_true(isnan(plx_oneway(one, 1).share));
    const struct plx_oneway_group singles[] = {{1, 3, 0, 1}, {1, 4, 0, 1}};
    g_assert_true(isnan(plx_oneway(singles, 2).share));
    const struct plx_oneway_group alike[] = {{5, 3, 0, 1}, {5, 3, 0, 1}};
    const struct plx_oneway same = plx_oneway(alike, 2);
    g_assert_true(isnan(same.share));
    g_assert_true(isnan(plx_oneway_interval(&same, .95).lo));
    const struct plx_oneway_group apart[] = {{5, 3, 0, 1}, {5, 4, 0, 1}};
    const struct plx_oneway all = plx_oneway(apart, 2);
    near(all.share, 1, 0);
    g_assert_true(isnan(plx_oneway_interval(&all, .95).lo));
    g_assert_true(isnan(plx_oneway(NULL, 0).share));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/oneway/published", test_published);
    g_test_add_func("/oneway/icc", test_icc);
    g_test_add_func("/oneway/coverage", test_coverage);
    g_test_add_func("/oneway/times", test_times);
    g_test_add_func("/oneway/nothing", test_nothing);
    return g_test_run();
}
