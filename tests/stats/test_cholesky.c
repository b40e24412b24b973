/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/cholesky.h"

#include "check.h"
#include "stats/random.h"

#include <string.h>

/* A A^-1 = 1 and A (A^-1 b) = b for B'B of random B. */
static void test_inverse(void)
{
    struct plx_random random;
    plx_random_seed(&random, 4);
    for (guint k = 1; k <= 8; k++) {
        double b[8 * 8];
        double a[8 * 8];
        double factor[8 * 8];
        for (guint i = 0; i < k * k; i++)
            b[i] = plx_random_normal(&random);
        for (guint i = 0; i < k; i++)
            for (guint j = 0; j < k; j++) {
                a[i * k + j] = i == j ? 0.1 : 0;
                for (guint l = 0; l < k; l++)
                    a[i * k + j] += b[l * k + i] * b[l * k + j];
            }
        memcpy(factor, a, sizeof a);
        g_assert_true(plx_cholesky(factor, k));
        double inverse[8 * 8];
        plx_cholesky_inverse(factor, k, inverse);
        for (guint i = 0; i < k; i++)
            for (guint j = 0; j < k; j++) {
                double sum = 0;
                for (guint l = 0; l < k; l++)
                    sum += a[i * k + l] * inverse[l * k + j];
                near(sum, i == j, 1e-9);
            }
    }
}

static void test_indefinite(void)
{
    double singular[] = {1, 2, 2, 4};
    double indefinite[] = {1, 2, 2, 1};
    double nothing[] = {0};
    double missing[] = {1, PLX_NAN, PLX_NAN, 1};
    g_assert_false(plx_cholesky(singular, 2));
    g_assert_false(plx_cholesky(indefinite, 2));
    g_assert_false(plx_cholesky(nothing, 1));
    g_assert_false(plx_cholesky(missing, 2));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cholesky/inverse", test_inverse);
    g_test_add_func("/cholesky/indefinite", test_indefinite);
    return g_test_run();
}
