/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/icc.h"

#include "check.h"

/* Shrout and Fleiss (1979), Table 2; more digits by R's psych; methods.md 8.3, whose lower
 * limit of ICC(1,1), -.132933, is one off in the last digit: integrating the density of F by
 * Simpson's rule gives -.13293232. */
static const double six[] = {9, 2, 5, 8, 6,  1, 3, 2, 8, 4, 6, 8,
                             7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};

static void test_published(void)
{
    const struct plx_icc r = plx_icc(six, 6, 4, .95);
    near(r.between, 11.24, .005);
    near(r.within, 6.26, .005);
    near(r.judge, 32.49, .005);
    near(r.error, 1.02, .005);
    const double expected[][3] = {{.165742, -.132932, .722560}, {.289764, .018787, .761084},
                                  {.714841, .342465, .945858},  {.442797, -.884442, .912415},
                                  {.620051, .071137, .927232},  {.909316, .675675, .985892}};
    for (guint f = 0; f < PLX_ICC_FORMS; f++) {
        near(r.icc[f], expected[f][0], 5.1e-7);
        near(r.ci[f].lo, expected[f][1], 5.1e-7);
        near(r.ci[f].hi, expected[f][2], 5.1e-7);
    }
}

static void test_missing(void)
{
    double more[28];
    for (guint i = 0; i < 24; i++)
        more[i] = six[i] + 1e9;
    for (guint i = 24; i < 28; i++)
        more[i] = i == 25 ? PLX_NAN : 1;
    const struct plx_icc r = plx_icc(more, 7, 4, .95);
    g_assert_cmpuint(r.targets, ==, 6);
    near(r.icc[PLX_ICC_2_1], .289764, 5.1e-7);
}

static void test_nothing(void)
{
    const double same[] = {2, 2, 2, 2, 2, 2};
    struct plx_icc r = plx_icc(same, 3, 2, .95);
    for (guint f = 0; f < PLX_ICC_FORMS; f++)
        g_assert_true(isnan(r.icc[f]) && isnan(r.ci[f].lo) && isnan(r.ci[f].hi));
    r = plx_icc(six, 1, 4, .95);
    g_assert_true(isnan(r.icc[0]) && isnan(r.between));
    g_assert_true(isnan(plx_icc(six, 6, 1, .95).icc[0]));
    g_assert_true(isnan(plx_icc(six, 0, 0, .95).icc[0]));
    const double agreed[] = {1, 1, 2, 2, 5, 5};
    r = plx_icc(agreed, 3, 2, .95);
    near(r.icc[PLX_ICC_1_1], 1, 1e-12);
    near(r.icc[PLX_ICC_3_K], 1, 1e-12);
    g_assert_true(isnan(r.ci[PLX_ICC_3_1].lo));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/icc/published", test_published);
    g_test_add_func("/icc/missing", test_missing);
    g_test_add_func("/icc/nothing", test_nothing);
    return g_test_run();
}
