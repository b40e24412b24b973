/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kendall.h"

#include "check.h"
#include "stats/random.h"

/* Hollander and Wolfe (1973), tuna lightness and panel scores, as in R's cor.test: 26 of 36 pairs
 * agree, tau 0.4444. */
static void test_tuna(void)
{
    const double lightness[] = {44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1};
    const double panel[] = {2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8};
    const struct plx_kendall r = plx_kendall(lightness, panel, 9);
    near(r.tau, 16.0 / 36, 1e-12);
    g_assert_cmpuint(r.n, ==, 9);
}

/* Against the definition, pair by pair, with many ties. */
static void test_definition(void)
{
    struct plx_random random;
    plx_random_seed(&random, 5);
    for (int run = 0; run < 50; run++) {
        double x[40];
        double y[40];
        for (int i = 0; i < 40; i++) {
            x[i] = (double)plx_random_below(&random, 6);
            y[i] = (double)plx_random_below(&random, 4);
        }
        double score = 0;
        double free_x = 0;
        double free_y = 0;
        for (int i = 0; i < 40; i++)
            for (int j = 0; j < i; j++) {
                const double product = (x[i] - x[j]) * (y[i] - y[j]);
                score += (product > 0) - (product < 0);
                free_x += x[i] != x[j];
                free_y += y[i] != y[j];
            }
        near(plx_kendall(x, y, 40).tau, score / sqrt(free_x * free_y), 1e-12);
        near(plx_kendall(y, x, 40).tau, score / sqrt(free_x * free_y), 1e-12);
    }
}

static void test_missing_and_constant(void)
{
    const double x[] = {1, 2, PLX_NAN, 3};
    const double y[] = {2, PLX_NAN, 9, 4};
    const struct plx_kendall r = plx_kendall(x, y, 4);
    g_assert_cmpuint(r.n, ==, 2);
    near(r.tau, 1, 0);
    const double same[] = {1, 1, 1};
    const double rising[] = {1, 2, 3};
    g_assert_true(isnan(plx_kendall(same, rising, 3).tau));
    g_assert_true(isnan(plx_kendall(rising, rising, 1).tau));
    near(plx_kendall(rising, rising, 3).tau, 1, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kendall/tuna", test_tuna);
    g_test_add_func("/kendall/definition", test_definition);
    g_test_add_func("/kendall/missing-and-constant", test_missing_and_constant);
    return g_test_run();
}
