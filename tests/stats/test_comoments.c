/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/comoments.h"

#include "check.h"
#include "stats/random.h"

/* Against the definition, with and without times, also far from zero. */
static void test_definition(void)
{
    struct plx_random random;
    plx_random_seed(&random, 11);
    for (int run = 0; run < 20; run++) {
        double rows[50 * 3];
        double repeated[150 * 3];
        guint32 times[50];
        gsize m = 0;
        for (guint i = 0; i < 50; i++) {
            times[i] = (guint32)plx_random_below(&random, 3);
            for (guint j = 0; j < 3; j++)
                rows[i * 3 + j] = plx_random_normal(&random);
            for (guint t = 0; t < times[i]; t++, m++)
                for (guint j = 0; j < 3; j++)
                    repeated[m * 3 + j] = rows[i * 3 + j] + 1e6;
        }
        double mean[2][3];
        double products[2][9];
        near(plx_comoments(rows, times, 50, 3, mean[0], products[0]), (double)m, 0);
        near(plx_comoments(repeated, NULL, m, 3, mean[1], products[1]), (double)m, 0);
        for (guint i = 0; i < 3; i++) {
            near(mean[1][i] - 1e6, mean[0][i], 1e-8);
            for (guint j = 0; j < 3; j++) {
                double sum = 0;
                for (guint r = 0; r < 50; r++)
                    sum +=
                        times[r] * (rows[r * 3 + i] - mean[0][i]) * (rows[r * 3 + j] - mean[0][j]);
                near(products[0][i * 3 + j], sum, 1e-12);
                near(products[1][i * 3 + j], sum, 1e-6);
            }
        }
    }
}

/* Prepared rows give what the rows give, for any number of columns. */
static void test_prepared(void)
{
    struct plx_random random;
    plx_random_seed(&random, 14);
    for (guint k = 1; k <= 12; k++) {
        double rows[40 * 12];
        guint32 times[40];
        for (guint i = 0; i < 40 * k; i++)
            rows[i] = 100 + plx_random_normal(&random);
        for (guint i = 0; i < 40; i++)
            times[i] = (guint32)plx_random_below(&random, 3);
        g_autoptr(plx_comoment_rows) prepared = plx_comoment_rows_new(rows, 40, k);
        double mean[12];
        double expected[144];
        double products[144];
        near(plx_comoment_rows_sum(prepared, times, products),
             plx_comoments(rows, times, 40, k, mean, expected), 0);
        for (guint i = 0; i < k * k; i++)
            near(products[i], expected[i], 1e-11);
    }
    const double flat[] = {.1, 1, .1, 2, .1, 4};
    const guint32 twice[] = {2, 1, 0};
    const guint32 never[] = {0, 0, 0};
    g_autoptr(plx_comoment_rows) prepared = plx_comoment_rows_new(flat, 3, 2);
    double products[4];
    near(plx_comoment_rows_sum(prepared, twice, products), 3, 0);
    near(products[0], 0, 0);
    near(products[3], 2.0 / 3, 1e-12);
    near(plx_comoment_rows_sum(prepared, never, products), 0, 0);
    g_assert_true(isnan(products[0]) && isnan(products[3]));
}

static void test_degenerate(void)
{
    const double rows[] = {1, 0.1, 2, 0.1, 3, 0.1};
    double mean[2];
    double products[4];
    near(plx_comoments(rows, NULL, 3, 2, mean, products), 3, 0);
    near(products[0], 2, 1e-15);
    near(products[3], 0, 0); /* 0.1 three times is not 0.3 in binary */
    plx_correlation(products, 2);
    near(products[0], 1, 0);
    g_assert_true(isnan(products[1]) && isnan(products[2]) && isnan(products[3]));
    near(plx_comoments(rows, NULL, 0, 2, mean, products), 0, 0);
    g_assert_true(isnan(mean[0]) && isnan(products[0]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/comoments/definition", test_definition);
    g_test_add_func("/comoments/prepared", test_prepared);
    g_test_add_func("/comoments/degenerate", test_degenerate);
    return g_test_run();
}
