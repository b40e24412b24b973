/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/sample.h"

#include "check.h"
#include "stats/moments.h"

static void test_support(void)
{
    const double x[] = {3, 1, 2.5};
    const double y[] = {2.5, -1};
    g_autoptr(GArray) support = plx_support(x, 3, y, 2);
    const double expected[] = {-1, 1, 2.5, 3};
    g_assert_cmpuint(support->len, ==, 4);
    for (guint i = 0; i < 4; i++)
        g_assert_cmpfloat(g_array_index(support, double, i), ==, expected[i]);
}

static void test_sample(void)
{
    const double x[] = {0.7, -1.6, 0.7, 2};
    g_autoptr(plx_sample) sample = plx_sample_new(x, NULL, 4, NULL, 0);
    const struct plx_distribution *d = plx_sample_distribution(sample);
    g_assert_cmpuint(d->k, ==, 3);
    g_assert_cmpfloat(d->n, ==, 4);
    g_assert_cmpfloat(d->w[1], ==, 2);
    near(plx_mean(d), 0.45, 1e-15);
}

/* The order of adding, and adding one at a time, change nothing: not one bit. */
static void test_units_order(void)
{
    const double w[3][3] = {{0.1, 0, 0}, {0, 0.3, 0.7}, {1.1, 0, 0.2}};
    g_autoptr(plx_units) a = plx_units_new(3, 1);
    g_autoptr(plx_units) b = plx_units_new(3, 1);
    for (int i = 0; i < 3; i++)
        plx_units_add(a, w[i], 2, 5);
    for (int i = 14; i >= 0; i--)
        plx_units_add(b, w[(i * 2) % 3], 2, 1);
    const struct plx_distribution *da = plx_units_distribution(a);
    const struct plx_distribution *db = plx_units_distribution(b);
    g_assert_cmpuint(plx_units_distinct(b), ==, 3);
    g_assert_cmpfloat(da->units, ==, db->units);
    g_assert_cmpfloat(plx_mean_variance(da), ==, plx_mean_variance(db));
    double answers = 0;
    guint64 times = 0;
    g_assert_cmpfloat(plx_units_get(b, 2, &answers, &times)[0], ==, 1.1);
    g_assert_cmpuint(times, ==, 5);
}

/* Units of one unweighted answer are plain counts. */
static void test_units_of_one(void)
{
    g_autoptr(plx_units) units = plx_units_new(2, 1);
    const double low[] = {1, 0};
    const double high[] = {0, 1};
    plx_units_add(units, low, 1, 3);
    plx_units_add(units, high, 1, 4);
    const struct plx_distribution *d = plx_units_distribution(units);
    g_assert_null(d->m);
    g_assert_null(d->w2);
    g_assert_cmpfloat(d->w[1], ==, 4);
    const double weighted[] = {0, 0.5};
    plx_units_add(units, weighted, 1, 1);
    d = plx_units_distribution(units);
    g_assert_null(d->m);
    near(d->w2[1], 4.25, 0);
    const double twice[] = {1, 1};
    plx_units_add(units, twice, 2, 1);
    g_assert_nonnull(plx_units_distribution(units)->m);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sample/support", test_support);
    g_test_add_func("/sample/sample", test_sample);
    g_test_add_func("/sample/units-order", test_units_order);
    g_test_add_func("/sample/units-of-one", test_units_of_one);
    return g_test_run();
}
