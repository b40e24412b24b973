/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/shrink.h"

#include "check.h"

/* Davies' dyestuff, lme4's documentation; methods.md 8.6. */
static const double dyes[6][5] = {{1545, 1440, 1440, 1520, 1580}, {1540, 1555, 1490, 1560, 1495},
                                  {1595, 1550, 1605, 1510, 1560}, {1445, 1440, 1595, 1465, 1545},
                                  {1595, 1630, 1515, 1635, 1625}, {1520, 1455, 1450, 1480, 1445}};

static void test_published(void)
{
    double mean[6] = {0};
    double n[6];
    double within = 0;
    double effect[6];
    for (guint i = 0; i < 6; i++) {
        n[i] = 5;
        for (guint j = 0; j < 5; j++)
            mean[i] += dyes[i][j] / 5;
        for (guint j = 0; j < 5; j++)
            within += (dyes[i][j] - mean[i]) * (dyes[i][j] - mean[i]);
    }
    const struct plx_shrink r = plx_shrink(mean, n, 6, within, effect);
    near(r.between, 1764.05, .005);
    near(r.within, 2451.25, .005);
    near(r.mean, 1527.5, 1e-9);
    const double expected[] = {-17.60685, .39126, 28.56223, -23.08454, 56.73319, -44.99529};
    for (guint i = 0; i < 6; i++)
        near(effect[i], expected[i], 5.1e-6);
}

/* Dyestuff2's mean squares (8.33633 < 14.94589): nothing between batches; methods.md 8.6. */
static void test_boundary(void)
{
    const double side = sqrt(8.33633 / 5 * 5 / 6);
    const double mean[] = {5 - side, 5 + side, 5 - side, 5 + side, 5 - side, 5 + side};
    const double n[] = {5, 5, 5, 5, 5, 5};
    double effect[6];
    const struct plx_shrink r = plx_shrink(mean, n, 6, 24 * 14.94589, effect);
    near(r.between, 0, 0);
    near(r.mean, 5, 1e-12);
    near(r.within, (24 * 14.94589 + 5 * 8.33633) / 29, 1e-9);
    for (guint i = 0; i < 6; i++)
        near(effect[i], 0, 0);
}

/* Of groups equally far from the mean the one with fewer answers is drawn in further. */
static void test_sizes(void)
{
    const double mean[] = {1, 3, 5};
    const double n[] = {2, 40, 40};
    double effect[3];
    const struct plx_shrink r = plx_shrink(mean, n, 3, 79, effect);
    g_assert_true(r.between > 0);
    for (guint i = 0; i < 3; i++)
        near(effect[i], (mean[i] - r.mean) * r.between / (r.between + r.within / n[i]), 1e-9);
    g_assert_true(effect[0] / (1 - r.mean) < effect[2] / (5 - r.mean));
}

static void test_nothing(void)
{
    const double mean[] = {1, 2};
    const double n[] = {3, 3};
    const double single[] = {1, 1};
    double effect[2];
    g_assert_true(isnan(plx_shrink(mean, n, 1, 2, effect).between) && isnan(effect[0]));
    g_assert_true(isnan(plx_shrink(mean, n, 0, 0, NULL).mean));
    g_assert_true(isnan(plx_shrink(mean, single, 2, 0, NULL).within));
    g_assert_true(isnan(plx_shrink(mean, n, 2, 0, effect).between) && isnan(effect[1]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/shrink/published", test_published);
    g_test_add_func("/shrink/boundary", test_boundary);
    g_test_add_func("/shrink/sizes", test_sizes);
    g_test_add_func("/shrink/nothing", test_nothing);
    return g_test_run();
}
