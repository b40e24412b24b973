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

/* The blocked form gives what the plain one gives, for sizes around its blocks, whatever stood
 * above the diagonal. */
static void test_large(void)
{
    static const guint sizes[] = {0, 1, 3, 63, 64, 65, 131, 192};
    struct plx_random random;
    plx_random_seed(&random, 9);
    for (guint s = 0; s < PLX_LEN(sizes); s++) {
        const guint k = sizes[s];
        const gsize square = (gsize)k * k;
        g_autofree double *plain = g_new0(double, square + 1);
        g_autofree double *large = g_new0(double, square + 1);
        g_autofree double *inverse = g_new0(double, square + 1);
        g_autofree double *other = g_new0(double, square + 1);
        for (guint i = 0; i < k; i++)
            for (guint j = 0; j <= i; j++) {
                const double x = i == j ? k + 1 : plx_random_normal(&random);
                plain[i * k + j] = plain[j * k + i] = large[i * k + j] = x;
                large[j * k + i] = i == j ? x : 77;
            }
        g_assert_true(plx_cholesky(plain, k) && plx_cholesky_large(large, k));
        plx_cholesky_inverse(plain, k, inverse);
        plx_cholesky_large_inverse(large, k, other);
        for (gsize i = 0; i < square; i++) {
            near(large[i], plain[i], 1e-12);
            near(other[i], inverse[i], 1e-13);
        }
    }
}

/* One pivot that is nothing, in a later block. */
static void test_large_singular(void)
{
    const guint k = 100;
    g_autofree double *a = g_new0(double, (gsize)k *k);
    for (guint i = 0; i < k; i++)
        a[i * k + i] = 1;
    a[90 * k + 10] = 1;
    g_assert_false(plx_cholesky_large(a, k));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cholesky/inverse", test_inverse);
    g_test_add_func("/cholesky/indefinite", test_indefinite);
    g_test_add_func("/cholesky/large", test_large);
    g_test_add_func("/cholesky/large-singular", test_large_singular);
    return g_test_run();
}
