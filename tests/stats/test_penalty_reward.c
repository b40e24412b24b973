/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/penalty_reward.h"

#include "check.h"
#include "stats/random.h"

/* By hand (methods.md 8, section 6.12): group means 3, 5, 5.5. */
static void test_by_hand(void)
{
    const double x[] = {1, 2, 3, 4, 5, 6};
    const double y[] = {2, 4, 4, 6, 5, 6};
    struct plx_contrast c;
    const struct plx_contrasts all = plx_penalty_reward(x, y, 6, 1, 2, 5, &c);
    near(all.intercept, 5, 1e-12);
    near(c.penalty, -2, 1e-12);
    near(c.reward, .5, 1e-12);
    near(c.range, 2.5, 1e-12);
    near(c.satisfaction_potential, .2, 1e-12);
    near(c.dissatisfaction_potential, .8, 1e-12);
    near(c.asymmetry, -.6, 1e-12);
}

/* What was put in comes out: one that only hurts, one that only pleases. */
static void test_recovery(void)
{
    enum { N = 4000 };
    struct plx_random random;
    plx_random_seed(&random, 6);
    g_autofree double *x = g_new(double, (gsize)N * 2);
    g_autofree double *y = g_new(double, (gsize)N);
    for (guint i = 0; i < N; i++) {
        x[i] = 1 + (double)plx_random_below(&random, 6);
        x[N + i] = 1 + (double)plx_random_below(&random, 6);
        y[i] = 4 - (x[i] <= 2) + (x[N + i] >= 5) + plx_random_normal(&random) / 2;
    }
    struct plx_contrast c[2];
    plx_penalty_reward(x, y, N, 2, 2, 5, c);
    near(c[0].penalty, -1, 4 * c[0].penalty_se);
    near(c[0].reward, 0, 4 * c[0].reward_se);
    near(c[1].penalty, 0, 4 * c[1].penalty_se);
    near(c[1].reward, 1, 4 * c[1].reward_se);
}

static void test_degenerate(void)
{
    const double never_low[] = {3, 4, 5, 6, 3, 5};
    const double wrong_way[] = {1, 2, 3, 4, 5, 6};
    const double y[] = {2, 4, 4, 6, 5, 6};
    const double down[] = {6, 5, 4, 4, 3, 2};
    const double flat[] = {3, 3, 3, 3, 3, 3};
    struct plx_contrast c;
    plx_penalty_reward(never_low, y, 6, 1, 2, 5, &c);
    g_assert_true(isnan(c.penalty) && isnan(c.asymmetry) && !isnan(c.reward));
    plx_penalty_reward(wrong_way, down, 6, 1, 2, 5, &c);
    g_assert_true(!isnan(c.penalty) && isnan(c.range) && isnan(c.asymmetry));
    g_assert_true(isnan(plx_penalty_reward(wrong_way, flat, 6, 1, 2, 5, &c).r_squared));
    g_assert_true(isnan(c.penalty) && isnan(c.reward));
    g_assert_true(isnan(plx_penalty_reward(wrong_way, y, 3, 1, 2, 5, &c).r_squared));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/penalty-reward/by-hand", test_by_hand);
    g_test_add_func("/penalty-reward/recovery", test_recovery);
    g_test_add_func("/penalty-reward/degenerate", test_degenerate);
    return g_test_run();
}
