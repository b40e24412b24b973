/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/johnson.h"

#include "check.h"
#include "oracle_swiss.h"
#include "stats/lmg.h"

/* swiss, Fertility on the other five: Genizi's weights in the R package relaimpo. */
static void test_swiss(void)
{
    g_autofree double *products = oracle_swiss();
    if (!products)
        return;
    static const double published[] = {.0484169, .1547082, .2719641, .1146800, .1169657};
    double weight[5];
    near(plx_johnson(products, 5, weight), .7067350, 5e-8);
    for (guint j = 0; j < 5; j++)
        near(weight[j], published[j], 5e-8);
}

/* Of two columns Johnson's weights and LMG are the same number. */
static void test_two(void)
{
    const double products[] = {2, .8, .7, .8, 3, 1.1, .7, 1.1, 1.9};
    double weight[2];
    double share[2];
    near(plx_johnson(products, 2, weight), plx_lmg(products, 2, share), 1e-14);
    near(weight[0], share[0], 1e-14);
    near(weight[1], share[1], 1e-14);
}

static void test_degenerate(void)
{
    const double constant[] = {2, 0, 1, 0, 0, 0, 1, 0, 2};
    const double collinear[] = {1, 2, .5, 2, 4, 1, .5, 1, 1};
    const double flat[] = {2, 1, 0, 1, 2, 0, 0, 0, 0};
    const double *const none[] = {constant, collinear, flat};
    for (guint i = 0; i < 3; i++) {
        double weight[2];
        g_assert_true(isnan(plx_johnson(none[i], 2, weight)));
        g_assert_true(isnan(weight[0]) && isnan(weight[1]));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/johnson/swiss", test_swiss);
    g_test_add_func("/johnson/two", test_two);
    g_test_add_func("/johnson/degenerate", test_degenerate);
    return g_test_run();
}
