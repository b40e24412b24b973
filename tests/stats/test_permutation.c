/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/permutation.h"

#include "check.h"
#include "stats/brunner_munzel.h"

#define LIMIT 50000
#define DRAWS 9999

static double size_of(const double *x, const double *y, guint k)
{
    const struct plx_distribution dx = plx_distribution_counts(x, k, 1);
    const struct plx_distribution dy = plx_distribution_counts(y, k, 1);
    const struct plx_brunner_munzel r = plx_brunner_munzel(&dx, &dy, 0.95);
    if (!isnan(r.statistic))
        return fabs(r.statistic);
    return r.p_hat == 0.5 ? 0 : PLX_INFINITY;
}

/* The definition, naively: every subset of the pooled answers. */
static double by_subsets(const double *x, const double *y, guint k)
{
    guint level[16];
    guint all = 0;
    guint n = 0;
    for (guint i = 0; i < k; i++) {
        n += (guint)x[i];
        for (guint j = 0; j < (guint)(x[i] + y[i]); j++)
            level[all++] = i;
    }
    const double observed = size_of(x, y, k);
    double hits = 0;
    double total = 0;
    for (guint set = 0; set < 1u << all; set++) {
        if ((guint)__builtin_popcount(set) != n)
            continue;
        double a[8] = {0};
        double b[8] = {0};
        for (guint i = 0; i < all; i++)
            (set >> i & 1 ? a : b)[level[i]]++;
        total++;
        hits += size_of(a, b, k) >= observed * (1 - 1e-9);
    }
    return hits / total;
}

static void check_exact(const double *x, const double *y, guint k)
{
    const struct plx_distribution dx = plx_distribution_counts(x, k, 1);
    const struct plx_distribution dy = plx_distribution_counts(y, k, 1);
    double p = -1;
    g_assert_cmpint(plx_permutation_counts(&dx, &dy, LIMIT, DRAWS, 1, &p), ==, PLX_P_EXACT);
    near(p, by_subsets(x, y, k), 1e-12);
    double swapped = -1;
    plx_permutation_counts(&dy, &dx, LIMIT, DRAWS, 1, &swapped);
    near(swapped, p, 1e-12);
    /* Monte Carlo agrees: within five standard errors. */
    double drawn = -1;
    g_assert_cmpint(plx_permutation_counts(&dx, &dy, 0, DRAWS, 1, &drawn), ==, PLX_P_MONTE_CARLO);
    near(drawn, p, 5 * sqrt(p * (1 - p) / DRAWS) + 1.0 / DRAWS);
}

static void test_exact_is_enumeration(void)
{
    check_exact((const double[]){0, 1, 2, 1}, (const double[]){3, 2, 1, 0}, 4);
    check_exact((const double[]){1, 0, 1, 3, 0, 1}, (const double[]){0, 2, 2, 1, 1, 1}, 6);
    check_exact((const double[]){0, 0, 4}, (const double[]){5, 3, 1}, 3);
    check_exact((const double[]){1, 1, 1}, (const double[]){4, 4, 4}, 3);
}

/* Separated groups: only the two separating divisions are as extreme. */
static void test_separated(void)
{
    const double low[] = {4, 0};
    const double high[] = {0, 5};
    const struct plx_distribution x = plx_distribution_counts(low, 2, 1);
    const struct plx_distribution y = plx_distribution_counts(high, 2, 1);
    double p = -1;
    plx_permutation_counts(&x, &y, LIMIT, DRAWS, 1, &p);
    near(p, 1.0 / 126, 1e-12); /* C(9, 4) = 126; the mirror image is no division of 4 and 5 */
}

static void test_all_equal_and_missing(void)
{
    const double same[] = {0, 4, 0};
    const double one[] = {1, 0, 0};
    const struct plx_distribution x = plx_distribution_counts(same, 3, 1);
    const struct plx_distribution y = plx_distribution_counts(one, 3, 1);
    double p = -1;
    plx_permutation_counts(&x, &x, LIMIT, DRAWS, 1, &p);
    g_assert_cmpfloat(p, ==, 1);
    g_assert_cmpint(plx_permutation_counts(&x, &y, LIMIT, DRAWS, 1, &p), ==, PLX_P_NONE);
    g_assert_true(isnan(p));
}

static void add(plx_units *units, guint first, guint second, guint64 times)
{
    double w[4] = {0};
    w[first]++;
    w[second]++;
    plx_units_add(units, w, 2, times);
}

/* Whole clusters: with every unit answering twice the same, it is the test of single answers. */
static void test_units(void)
{
    const double x[] = {0, 1, 2, 1};
    const double y[] = {3, 2, 1, 0};
    g_autoptr(plx_units) a = plx_units_new(4, 1);
    g_autoptr(plx_units) b = plx_units_new(4, 1);
    for (guint i = 0; i < 4; i++) {
        add(a, i, i, (guint64)x[i]);
        add(b, i, i, (guint64)y[i]);
    }
    double p = -1;
    g_assert_cmpint(plx_permutation_units(a, b, DRAWS, 1, &p), ==, PLX_P_MONTE_CARLO);
    const double exact = by_subsets(x, y, 4);
    near(p, exact, 5 * sqrt(exact * (1 - exact) / DRAWS) + 1.0 / DRAWS);
}

/* The order in which units were added has no effect. */
static void test_units_order(void)
{
    g_autoptr(plx_units) a = plx_units_new(4, 1);
    g_autoptr(plx_units) b = plx_units_new(4, 1);
    g_autoptr(plx_units) c = plx_units_new(4, 1);
    add(a, 0, 1, 2);
    add(a, 2, 3, 3);
    add(b, 3, 3, 4);
    add(b, 1, 1, 1);
    add(b, 0, 3, 1);
    add(c, 2, 3, 3);
    add(c, 0, 1, 1);
    add(c, 0, 1, 1);
    double p = -1;
    double q = -2;
    plx_permutation_units(a, b, 999, 7, &p);
    plx_permutation_units(c, b, 999, 7, &q);
    g_assert_cmpfloat(p, ==, q);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/permutation/exact-is-enumeration", test_exact_is_enumeration);
    g_test_add_func("/permutation/separated", test_separated);
    g_test_add_func("/permutation/all-equal-and-missing", test_all_equal_and_missing);
    g_test_add_func("/permutation/units", test_units);
    g_test_add_func("/permutation/units-order", test_units_order);
    return g_test_run();
}
