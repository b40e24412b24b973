/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/alpha.h"

#include "check.h"

#define NA PLX_NAN

/* Krippendorff (2011), example C; methods.md 8.2. */
static const double four[] = {
    1,  2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA, /* */
    1,  2, 3, 3, 2, 2, 4, 1, 2, 5,  NA, 3,  /* */
    NA, 3, 3, 3, 2, 3, 4, 2, 2, 5,  1,  NA, /* */
    1,  2, 3, 3, 2, 4, 4, 1, 2, 5,  1,  NA,
};

static double alpha(enum plx_alpha_scale scale)
{
    return plx_alpha(four, 4, 12, scale).alpha;
}

static void test_published(void)
{
    const double binary[] = {0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0};
    near(plx_alpha(binary, 2, 10, PLX_ALPHA_NOMINAL).alpha, .0952381, 5e-8);
    near(alpha(PLX_ALPHA_NOMINAL), .7434211, 5e-8);
    near(alpha(PLX_ALPHA_ORDINAL), .8153875, 5e-8);
    near(alpha(PLX_ALPHA_INTERVAL), .8491071, 5e-8);
    near(alpha(PLX_ALPHA_RATIO), .7974028, 5e-8);
    g_assert_cmpuint(plx_alpha(four, 4, 12, PLX_ALPHA_ORDINAL).units, ==, 11);
    g_assert_cmpuint(plx_alpha(four, 4, 12, PLX_ALPHA_ORDINAL).values, ==, 40);
}

/* Observers and units turned round: the same bits, also of the interval. */
static void test_order(void)
{
    double turned[48];
    for (guint i = 0; i < 48; i++)
        turned[i] = four[47 - i];
    g_assert_true(plx_alpha(turned, 4, 12, PLX_ALPHA_RATIO).alpha == alpha(PLX_ALPHA_RATIO));
    const struct plx_interval a = plx_alpha_bootstrap(four, 4, 12, PLX_ALPHA_ORDINAL, .95, 200, 7);
    const struct plx_interval b =
        plx_alpha_bootstrap(turned, 4, 12, PLX_ALPHA_ORDINAL, .95, 200, 7);
    g_assert_true(a.lo == b.lo && a.hi == b.hi);
    g_assert_true(a.lo < alpha(PLX_ALPHA_ORDINAL) && alpha(PLX_ALPHA_ORDINAL) < a.hi);
    g_assert_true(a.hi <= 1);
}

/* Interval alpha does not mind a change of unit and zero, ratio alpha one of unit. */
static void test_scales(void)
{
    double other[48];
    double twice[48];
    for (guint i = 0; i < 48; i++) {
        other[i] = 10 - 3 * four[i];
        twice[i] = 2 * four[i];
    }
    near(plx_alpha(other, 4, 12, PLX_ALPHA_INTERVAL).alpha, alpha(PLX_ALPHA_INTERVAL), 1e-12);
    near(plx_alpha(other, 4, 12, PLX_ALPHA_ORDINAL).alpha, alpha(PLX_ALPHA_ORDINAL), 1e-12);
    near(plx_alpha(twice, 4, 12, PLX_ALPHA_RATIO).alpha, alpha(PLX_ALPHA_RATIO), 1e-12);
}

static void test_nothing(void)
{
    g_assert_true(isnan(plx_alpha(four, 0, 3, PLX_ALPHA_NOMINAL).alpha));
    g_assert_true(isnan(plx_alpha(four, 1, 12, PLX_ALPHA_NOMINAL).alpha));
    g_assert_true(isnan(plx_alpha((const double[]){NA, NA, NA, NA}, 2, 2, 0).alpha));
    const double same[] = {3, 3, 3, 3, 3, 3};
    const double below[] = {-1, 1, 2, 1, 1, 2};
    g_assert_true(isnan(plx_alpha(same, 2, 3, PLX_ALPHA_INTERVAL).alpha));
    g_assert_true(isnan(plx_alpha(below, 2, 3, PLX_ALPHA_RATIO).alpha));
    g_assert_true(isnan(plx_alpha_bootstrap(same, 2, 3, PLX_ALPHA_ORDINAL, .95, 50, 1).lo));
    near(plx_alpha((const double[]){1, 2, 3, 1, 2, 3}, 2, 3, PLX_ALPHA_ORDINAL).alpha, 1, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/alpha/published", test_published);
    g_test_add_func("/alpha/order", test_order);
    g_test_add_func("/alpha/scales", test_scales);
    g_test_add_func("/alpha/nothing", test_nothing);
    return g_test_run();
}
