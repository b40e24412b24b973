/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/poisson.h"

#include "check.h"

/* Two groups: the log of the ratio of rates, with the textbook error. */
static void test_two_groups(void)
{
    const double design[] = {1, 1, 1, 1, 0, 0, 1, 1};
    const double y[] = {10, 14, 30, 26};
    const double offset[] = {log(100), log(140), log(150), log(130)};
    g_autoptr(plx_poisson) fit = plx_poisson_new(design, y, offset, 4, 2);
    near(fit->coefficient[0], log(.1), 1e-10);
    near(fit->coefficient[1], log(2), 1e-10);
    near(fit->se[0], sqrt(1 / 24.0), 1e-10);
    near(fit->se[1], sqrt(1 / 24.0 + 1 / 56.0), 1e-10);
    near(fit->df, 2, 0);
    near(fit->deviance, 0, 1e-10); /* every count is as expected */
    near(fit->dispersion, 0, 1e-10);
}

/* Dobson (1990), the example of R's glm: counts by outcome and treatment. */
static void test_dobson(void)
{
    const double y[] = {18, 17, 15, 20, 10, 20, 25, 13, 12};
    double design[5 * 9];
    for (guint i = 0; i < 9; i++) {
        design[i] = 1;
        design[9 + i] = i % 3 == 1;
        design[18 + i] = i % 3 == 2;
        design[27 + i] = i / 3 == 1;
        design[36 + i] = i / 3 == 2;
    }
    g_autoptr(plx_poisson) fit = plx_poisson_new(design, y, NULL, 9, 5);
    static const double coefficient[] = {3.045, -.4543, -.2930, 0, 0};
    static const double se[] = {.1709, .2022, .1927, .2000, .2000};
    for (guint j = 0; j < 5; j++) {
        near(fit->coefficient[j], coefficient[j], j == 0 ? 5e-4 : 5e-5);
        near(fit->se[j], se[j], 5e-5);
    }
    near(fit->deviance, 5.1291, 5e-5);
}

static void test_degenerate(void)
{
    const double design[] = {1, 1, 1, 1, 0, 0, 1, 1};
    const double one_sided[] = {3, 4, 0, 0};
    const double zeros[] = {0, 0, 0, 0};
    const double negative[] = {3, 4, -1, 2};
    const double *const none[] = {one_sided, zeros, negative};
    for (guint i = 0; i < 3; i++) {
        g_autoptr(plx_poisson) fit = plx_poisson_new(design, none[i], NULL, 4, 2);
        g_assert_true(isnan(fit->coefficient[0]) && isnan(fit->se[1]) && isnan(fit->dispersion));
    }
    g_autoptr(plx_poisson) wide = plx_poisson_new(design, one_sided, NULL, 2, 2);
    g_assert_true(isnan(wide->coefficient[0]));
    const double twice[] = {1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 2, 2};
    const double y[] = {3, 5, 9, 7};
    g_autoptr(plx_poisson) collinear = plx_poisson_new(twice, y, NULL, 4, 3);
    near(collinear->coefficient[1], log(2), 1e-10);
    g_assert_true(isnan(collinear->coefficient[2]) && isnan(collinear->se[2]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/poisson/two-groups", test_two_groups);
    g_test_add_func("/poisson/dobson", test_dobson);
    g_test_add_func("/poisson/degenerate", test_degenerate);
    return g_test_run();
}
