/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/spending.h"

#include "check.h"
#include "stats/random.h"

#include <math.h>

/* alpha t^rho at each look: .05 spent by a half is .05 / 8 with rho = 3, .025 with rho = 1. */
static void test_parts(void)
{
    const double times[] = {0.5, 1};
    double part[2];
    plx_spending(times, 2, 0.05, 3, part);
    near(part[0], 0.00625, 1e-15);
    near(part[1], 0.04375, 1e-15);
    plx_spending(times, 2, 0.05, 1, part);
    near(part[0], 0.025, 1e-15);
    near(part[1], 0.025, 1e-15);
}

/* Kim and DeMets' family at looks of equal distance and at those of a step, by exact fractions:
 * alpha (t_k^rho - t_(k-1)^rho). */
static void test_family(void)
{
    static const double fifths[] = {.2, .4, .6, .8, 1}, weeks[] = {4 / 24., 8 / 24., .5, 1};
    /* of 1/20: k^3 - (k-1)^3 = 1, 7, 19, 37, 61 of 125; k^2 - (k-1)^2 = 1, 3, 5, 27 of 36 */
    static const double cubes[] = {.0004, .0028, .0076, .0148, .0244};
    static const double squares[] = {1 / 720., 3 / 720., 5 / 720., 27 / 720.};
    double part[5];
    plx_spending(fifths, 5, 0.05, 3, part);
    for (guint i = 0; i < 5; i++)
        near(part[i], cubes[i], 1e-15);
    plx_spending(weeks, 4, 0.05, 2, part);
    for (guint i = 0; i < 4; i++)
        near(part[i], squares[i], 1e-15);
}

/* What the parts are for: looks at one growing sum, nothing in it. Wherever each look is a z test
 * of its part, all looks together cry at most as often as alpha; looking at 5 % each time does not
 * hold that (14.2 % at five looks: Armitage, McPherson and Rowe 1969, table 2). */
static void test_all_looks(void)
{
    enum { WORLDS = 20000, LOOKS = 5 };
    static const double times[] = {.2, .4, .6, .8, 1};
    double part[LOOKS];
    struct plx_random random;
    plx_random_seed(&random, 69);
    plx_spending(times, LOOKS, 0.05, 2, part);
    guint spent = 0, naive = 0;
    for (guint world = 0; world < WORLDS; world++) {
        double sum = 0;
        gboolean cried = FALSE, cried_naively = FALSE;
        for (guint look = 0; look < LOOKS; look++) {
            sum += plx_random_normal(&random);
            const double p = erfc(fabs(sum) / sqrt(look + 1.0) / G_SQRT2);
            cried |= p <= part[look];
            cried_naively |= p <= 0.05;
        }
        spent += cried ? 1 : 0;
        naive += cried_naively ? 1 : 0;
    }
    const double error = 4 * sqrt(.142 * .858 / WORLDS);
    g_assert_cmpfloat((double)spent / WORLDS, <=, 0.05);
    near((double)naive / WORLDS, .142, error);
}

static void test_one_look(void)
{
    const double end = 1;
    double part;
    plx_spending(&end, 1, 0.05, 3, &part);
    near(part, 0.05, 0);
}

/* Whatever the looks, all is spent and never more. */
static void test_sum(void)
{
    const double times[] = {0.1, 0.25, 0.26, 0.7, 0.99, 1};
    double part[6];
    for (double rho = 0.5; rho < 5; rho += 0.5) {
        plx_spending(times, 6, 0.05, rho, part);
        double sum = 0;
        for (guint i = 0; i < 6; i++) {
            g_assert_cmpfloat(part[i], >, 0);
            sum += part[i];
        }
        near(sum, 0.05, 1e-15);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/spending/parts", test_parts);
    g_test_add_func("/spending/family", test_family);
    g_test_add_func("/spending/all-looks", test_all_looks);
    g_test_add_func("/spending/one-look", test_one_look);
    g_test_add_func("/spending/sum", test_sum);
    return g_test_run();
}
