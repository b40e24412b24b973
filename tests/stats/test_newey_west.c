/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/newey_west.h"

#include "check.h"
#include "stats/ols.h"
#include "stats/random.h"

enum { N = 80, P = 3 };

struct series {
    double design[N * P];
    double y[N];
};

/* A line and a wave, with residuals that remember `memory` of the last. */
static void draw(struct plx_random *random, double memory, struct series *s)
{
    double e = 0;
    for (guint t = 0; t < N; t++) {
        e = memory * e + plx_random_normal(random);
        s->design[t] = 1;
        s->design[N + t] = t;
        s->design[2 * N + t] = sin(t / 5.0);
        s->y[t] = 1 + .1 * t + e;
    }
}

/* sum over all pairs of times of weight e_t e_s x_t x_s', between the inverses. */
static void by_definition(const struct series *s, const plx_ols *fit, guint lag, double *covariance)
{
    double middle[P * P] = {0};
    for (int t = 0; t < N; t++)
        for (int u = 0; u < N; u++) {
            const double weight = MAX(0, 1 - abs(t - u) / (lag + 1.0));
            for (guint a = 0; a < P; a++)
                for (guint b = 0; b < P; b++)
                    middle[a * P + b] += weight * fit->residual[t] * fit->residual[u] *
                                         s->design[(int)a * N + t] * s->design[(int)b * N + u];
        }
    for (guint a = 0; a < P; a++)
        for (guint b = 0; b < P; b++) {
            double sum = 0;
            for (guint c = 0; c < P; c++)
                for (guint d = 0; d < P; d++)
                    sum += fit->inverse[a * P + c] * middle[c * P + d] * fit->inverse[d * P + b];
            covariance[a * P + b] = sum * N / (N - P);
        }
}

static void test_definition(void)
{
    struct plx_random random;
    plx_random_seed(&random, 15);
    struct series s;
    draw(&random, .6, &s);
    g_autoptr(plx_ols) fit = plx_ols_new(s.design + N, s.y, N, P - 1);
    for (guint lag = 0; lag < 100; lag += 9) {
        double ours[P * P];
        double naive[P * P];
        plx_newey_west(s.design, fit->residual, fit->inverse, N, P, lag, ours);
        by_definition(&s, fit, lag, naive);
        for (guint i = 0; i < P * P; i++)
            near(ours[i], naive[i], 1e-10 * (1 + fabs(naive[i])));
    }
}

/* Where residuals remember, the plain standard error of a slope is too small; this one is larger.
 */
static void test_memory(void)
{
    struct plx_random random;
    plx_random_seed(&random, 16);
    double plain = 0;
    double robust = 0;
    for (guint run = 0; run < 50; run++) {
        struct series s;
        draw(&random, .7, &s);
        g_autoptr(plx_ols) fit = plx_ols_new(s.design + N, s.y, N, P - 1);
        double covariance[P * P];
        plx_newey_west(s.design, fit->residual, fit->inverse, N, P, 8, covariance);
        plain += fit->se[1];
        robust += sqrt(covariance[P + 1]);
    }
    g_assert_cmpfloat(robust, >, 1.4 * plain);
}

static void test_lag_and_degenerate(void)
{
    g_assert_cmpuint(plx_newey_west_lag(100), ==, 4);
    g_assert_cmpuint(plx_newey_west_lag(59), ==, 3);
    const double design[] = {1, 1, 1, 2};
    const double residual[] = {0, 0};
    const double inverse[] = {5, -3, -3, 2};
    double covariance[4];
    plx_newey_west(design, residual, inverse, 2, 2, 1, covariance);
    for (guint i = 0; i < 4; i++)
        g_assert_true(isnan(covariance[i]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/newey-west/definition", test_definition);
    g_test_add_func("/newey-west/memory", test_memory);
    g_test_add_func("/newey-west/lag-and-degenerate", test_lag_and_degenerate);
    return g_test_run();
}
