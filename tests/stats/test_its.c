/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/its.h"

#include "check.h"
#include "oracle.h"
#include "stats/random.h"

/* Sicily's smoking ban (Lopez Bernal, Cummins and Gasparrini 2017, the authors' corrected code):
 * quasi-Poisson with the population as offset, change of level. */
static void test_sicily(void)
{
    gsize n = 0;
    g_autofree double *x = oracle_read("sicily.csv", 7, &n);
    if (!x)
        return;
    g_assert_cmpuint(n, ==, 59);
    double offset[59];
    for (gsize i = 0; i < n; i++)
        offset[i] = log(x[6 * n + i]);
    g_autoptr(plx_its) its = plx_its_new(&(struct plx_its_data){
        .y = x + 2 * n, .time = x + 3 * n, .offset = offset, .n = n, .start = 37, .counts = TRUE});
    near(exp(its->estimate[PLX_ITS_LEVEL]), .894, 5e-4);
    near(exp(its->estimate[PLX_ITS_TIME]), 1.00496, 5e-6);
    near(its->dispersion, 3.559, 5e-4);
    const double quasi = 1.959964 * its->se[PLX_ITS_LEVEL];
    near(exp(its->estimate[PLX_ITS_LEVEL] - quasi), .839, 5e-4);
    near(exp(its->estimate[PLX_ITS_LEVEL] + quasi), .953, 5e-4);
    const double plain = quasi / sqrt(its->dispersion);
    near(exp(its->estimate[PLX_ITS_LEVEL] - plain), .865, 5e-4);
    near(exp(its->estimate[PLX_ITS_LEVEL] + plain), .925, 5e-4);
}

/* What was put in comes out: level, slope and season. */
static void test_recovery(void)
{
    struct plx_random random;
    plx_random_seed(&random, 18);
    double time[120];
    double y[120];
    double exact[120];
    for (guint t = 0; t < 120; t++) {
        time[t] = t;
        exact[t] = 3 + .01 * t + (t >= 70 ? .5 + .02 * (t - 70) : 0) + .3 * sin(G_PI * t / 6);
        y[t] = exact[t] + .2 * plx_random_normal(&random);
    }
    struct plx_its_data data = {.y = exact,
                                .time = time,
                                .n = 120,
                                .start = 70,
                                .slope = TRUE,
                                .period = 12,
                                .harmonics = 1,
                                .lag = -1};
    static const double truth[] = {3, .01, .5, .02, .3, 0};
    g_autoptr(plx_its) sure = plx_its_new(&data);
    data.y = y;
    g_autoptr(plx_its) its = plx_its_new(&data);
    g_assert_cmpuint(its->p, ==, 6);
    g_assert_cmpuint(its->lag, ==, 4);
    for (guint j = 0; j < 6; j++) {
        near(sure->estimate[j], truth[j], 1e-10);
        near(its->estimate[j], truth[j], 4 * its->se[j]);
    }
    near(its->df, 114, 0);
}

static void test_degenerate(void)
{
    const double time[] = {1, 2, 3, 4, 5, 6};
    const double y[] = {1, 2, 2, 3, 5, 4};
    const double flat[] = {2, 2, 2, 2, 2, 2};
    struct plx_its_data data = {.y = y, .time = time, .n = 6, .start = 6, .slope = TRUE};
    g_autoptr(plx_its) late = plx_its_new(&data); /* one period after: no slope */
    g_assert_true(isnan(late->estimate[PLX_ITS_SLOPE]) && !isnan(late->estimate[PLX_ITS_LEVEL]));
    data.start = 9;
    g_autoptr(plx_its) never = plx_its_new(&data);
    g_assert_true(isnan(never->estimate[PLX_ITS_LEVEL]) && isnan(never->se[PLX_ITS_LEVEL]));
    data.start = 4;
    data.y = flat;
    g_autoptr(plx_its) still = plx_its_new(&data);
    g_assert_true(isnan(still->estimate[0]) && isnan(still->se[0]));
    data.y = y;
    data.n = 4;
    g_autoptr(plx_its) few = plx_its_new(&data);
    g_assert_true(isnan(few->estimate[0]) && isnan(few->se[0]));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/its/sicily", test_sicily);
    g_test_add_func("/its/recovery", test_recovery);
    g_test_add_func("/its/degenerate", test_degenerate);
    return g_test_run();
}
