/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/varcomp.h"

#include "check.h"
#include "stats/cholesky.h"
#include "stats/random.h"

#include <string.h>

/* Davies' dyestuff and its simulated twin, lme4's documentation; methods.md 8.6. */
static const double dyes[] = {1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495,
                              1595, 1550, 1605, 1510, 1560, 1445, 1440, 1595, 1465, 1545,
                              1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445};
static const double dyes_2[] = {7.298,  3.846,  2.434, 9.566,  7.990,  5.220, 6.556, 0.608,
                                11.788, -0.892, 0.110, 10.386, 13.434, 5.510, 8.166, 2.212,
                                4.852,  7.092,  9.288, 4.980,  0.282,  9.014, 4.458, 9.446,
                                7.198,  1.722,  4.782, 8.106,  0.758,  3.758};

/* Penicillin (Davies and Goldsmith 1972): 24 plates, six samples each, millimetres. */
static const guint8 penicillin[24][6] = {
    {27, 23, 26, 23, 23, 21}, {27, 23, 26, 23, 23, 21}, {25, 21, 25, 24, 24, 20},
    {26, 23, 25, 23, 23, 20}, {25, 22, 26, 22, 23, 20}, {24, 22, 25, 23, 22, 19},
    {24, 20, 23, 21, 22, 19}, {26, 22, 26, 24, 24, 21}, {24, 21, 24, 22, 22, 20},
    {24, 21, 24, 23, 22, 19}, {26, 23, 26, 24, 24, 21}, {25, 22, 26, 24, 24, 20},
    {26, 24, 26, 24, 25, 22}, {26, 23, 26, 23, 23, 20}, {26, 23, 25, 24, 24, 22},
    {25, 22, 25, 23, 23, 20}, {25, 21, 24, 23, 23, 20}, {25, 22, 24, 23, 23, 19},
    {24, 21, 23, 21, 21, 19}, {26, 23, 26, 24, 24, 21}, {25, 21, 24, 22, 22, 18},
    {25, 22, 25, 22, 22, 20}, {24, 21, 24, 22, 24, 19}, {24, 21, 24, 22, 21, 18}};

static struct plx_varcomp fit_dyes(const double *y, gboolean ml, double *effect)
{
    guint32 batch[30];
    for (guint32 i = 0; i < 30; i++)
        batch[i] = i / 5;
    double *effects[] = {effect};
    const struct plx_varcomp_data data = {y, 30, {batch}, {6}, 1};
    return plx_varcomp(&data, ml, .95, effects);
}

static void test_dyestuff(void)
{
    double effect[6];
    const struct plx_varcomp r = fit_dyes(dyes, FALSE, effect);
    near(r.component[0].variance, 1764.05, 5e-4);
    near(r.residual.variance, 2451.25, 5e-4);
    near(r.mean, 1527.5, 1e-9);
    near(-2 * r.log_likelihood, 319.654276842, 5e-9); /* lme4 1.1-31: REMLcrit */
    const double expected[] = {-17.60685, .39126, 28.56223, -23.08454, 56.73319, -44.99529};
    for (guint i = 0; i < 6; i++)
        near(effect[i], expected[i], 5.1e-6);
    g_assert_true(r.converged && !r.component[0].boundary);
}

/* Of equal groups the profile is a function of two mean squares: 12.196505 and 84.063411, found by
 * bisection. lme4's confint, which interpolates, says 12.19854 and 84.06305, and of the residual
 * 38.22998 and 67.65770. */
static void test_profile(void)
{
    double effect[6];
    const struct plx_varcomp r = fit_dyes(dyes, TRUE, effect);
    near(r.component[0].variance, 1388.3333, 5e-4);
    near(r.mean_se, 17.69455, 5e-6);
    near(r.log_likelihood, -163.663529941, 5e-9);
    near(sqrt(r.component[0].ci.lo), 12.196505, 1e-4);
    near(sqrt(r.component[0].ci.hi), 84.063411, 5e-4);
    near(sqrt(r.residual.ci.lo), 38.22998, 5e-4);
    near(sqrt(r.residual.ci.hi), 67.65770, 5e-4);
}

static void test_boundary(void)
{
    double effect[6];
    const struct plx_varcomp r = fit_dyes(dyes_2, FALSE, effect);
    g_assert_true(r.component[0].variance == 0 && r.component[0].boundary && r.converged);
    near(r.residual.variance, 13.80630963, 5e-7);
    near(-2 * r.log_likelihood, 161.828277812, 5e-9);
    for (guint i = 0; i < 6; i++)
        near(effect[i], 0, 0);
    g_assert_true(isnan(r.component[0].se) && r.component[0].ci.lo == 0);
    g_assert_true(r.component[0].ci.hi > 0 && isfinite(r.component[0].ci.hi));
}

/* Of a full table REML is ANOVA: by its mean squares. lme4 1.1-31 (lmer(diameter ~ 1 + (1|plate) +
 * (1|sample)), R 4.2.2) finds .71691, 3.73113, .30241, and the criterion. */
static void test_penicillin(void)
{
    double y[144];
    guint32 plate[144];
    guint32 sample[144];
    for (guint32 i = 0; i < 144; i++) {
        plate[i] = i / 6;
        sample[i] = i % 6;
        y[i] = penicillin[plate[i]][sample[i]];
    }
    const struct plx_varcomp_data data = {y, 144, {plate, sample}, {24, 6}, 2};
    const struct plx_varcomp r = plx_varcomp(&data, FALSE, 0, NULL);
    near(r.component[0].variance, .71690821256, 1e-7);
    near(r.component[1].variance, 3.7309178744, 1e-6);
    near(r.residual.variance, .30241545894, 1e-8);
    near(-2 * r.log_likelihood, 330.860589, 5e-7);
    g_assert_true(isnan(r.residual.ci.lo));
}

/* A made-up design: `place` with more levels than `shopper`, `region` of places, holes. */
#define ROWS 60
struct world {
    double y[ROWS];
    guint32 place[ROWS];
    guint32 shopper[ROWS];
    guint32 region[ROWS];
    gsize n;
};

static void draw(struct world *w, guint64 seed, double between)
{
    struct plx_random random;
    double place[14];
    double shopper[5];
    plx_random_seed(&random, seed);
    for (guint i = 0; i < 14; i++)
        place[i] = between * plx_random_normal(&random);
    for (guint i = 0; i < 5; i++)
        shopper[i] = plx_random_normal(&random);
    w->n = ROWS - seed % 7;
    for (gsize i = 0; i < w->n; i++) {
        w->place[i] = (guint32)plx_random_below(&random, 14);
        w->shopper[i] = (guint32)plx_random_below(&random, 5);
        w->region[i] = w->place[i] / 4;
        w->y[i] = 100 + place[w->place[i]] + shopper[w->shopper[i]] + plx_random_normal(&random);
    }
}

static struct plx_varcomp_data data_of(const struct world *w)
{
    return (struct plx_varcomp_data){w->y, w->n, {w->region, w->place, w->shopper}, {4, 14, 5}, 3};
}

/* -2 restricted log likelihood by the n x n covariance of the rows; *mean, and solved = V^-1 (y -
 * mean). */
static double naive(const struct plx_varcomp_data *data, const double *variance, double *mean,
                    double *solved)
{
    const guint n = (guint)data->n;
    g_autofree double *v = g_new0(double, (gsize)n *n);
    g_autofree double *w = g_new(double, n);
    double one = 0;
    double sum = 0;
    for (guint i = 0; i < n; i++)
        for (guint j = 0; j < n; j++) {
            v[i * n + j] = i == j ? variance[data->k] : 0;
            for (guint f = 0; f < data->k; f++)
                v[i * n + j] += data->code[f][i] == data->code[f][j] ? variance[f] : 0;
        }
    g_assert_true(plx_cholesky(v, n));
    for (guint i = 0; i < n; i++)
        w[i] = 1;
    plx_cholesky_solve(v, n, w);
    for (guint i = 0; i < n; i++) {
        one += w[i];
        sum += w[i] * data->y[i];
    }
    *mean = sum / one;
    for (guint i = 0; i < n; i++)
        solved[i] = data->y[i] - *mean;
    plx_cholesky_solve(v, n, solved);
    double deviance = (n - 1) * log(2 * G_PI) + log(one);
    for (guint i = 0; i < n; i++)
        deviance += 2 * log(v[i * n + i]) + solved[i] * (data->y[i] - *mean);
    return deviance;
}

/* Z'V^-1 (y - mean) times the variance. */
static void check_effects(const struct plx_varcomp_data *data, const double *variance,
                          const double *solved, double *const *effect)
{
    for (guint f = 0; f < data->k; f++)
        for (guint32 l = 0; l < data->levels[f]; l++) {
            double sum = 0;
            gsize rows = 0;
            for (gsize i = 0; i < data->n; i++)
                if (data->code[f][i] == l) {
                    sum += solved[i];
                    rows++;
                }
            if (rows > 0)
                near(effect[f][l], variance[f] * sum, 1e-8);
            else
                g_assert_true(isnan(effect[f][l]));
        }
}

/* The naive form gives the same likelihood, mean and effects, and no lower deviance nearby. */
static void test_naive(void)
{
    guint boundaries = 0;
    for (guint64 seed = 1; seed <= 40; seed++) {
        struct world w;
        draw(&w, seed, seed % 2 ? 1.5 : .2);
        const struct plx_varcomp_data data = data_of(&w);
        double effect[3][14];
        double *const effects[] = {effect[0], effect[1], effect[2]};
        const struct plx_varcomp r = plx_varcomp(&data, FALSE, 0, effects);
        double variance[4];
        double other[ROWS];
        double solved[ROWS];
        double mean = 0;
        for (guint f = 0; f < 4; f++) {
            const struct plx_component *c = f < 3 ? &r.component[f] : &r.residual;
            variance[f] = c->variance;
            boundaries += c->boundary ? 1 : 0;
        }
        const double least = naive(&data, variance, &mean, solved);
        near(least, -2 * r.log_likelihood, 1e-8);
        near(mean, r.mean, 1e-9);
        check_effects(&data, variance, solved, effects);
        for (guint f = 0; f < 4; f++)
            for (int sign = -1; sign <= 1; sign += 2) {
                double moved[4];
                memcpy(moved, variance, sizeof moved);
                moved[f] = MAX(0, moved[f] + sign * .02 * MAX(moved[f], .05));
                if (moved[f] != variance[f])
                    g_assert_cmpfloat(naive(&data, moved, &mean, other), >, least);
            }
    }
    g_assert_cmpuint(boundaries, >=, 5); /* both kinds were seen */
    g_assert_cmpuint(boundaries, <=, 60);
}

/* The interval's ends are where the naive deviance, the others at their best, has risen by 3.84.
 * Here the others are one: the residual. */
static void test_interval_naive(void)
{
    struct world w;
    draw(&w, 3, 1.5);
    const struct plx_varcomp_data data = {w.y, w.n, {w.place}, {14}, 1};
    const struct plx_varcomp r = plx_varcomp(&data, FALSE, .95, NULL);
    const double ends[] = {r.component[0].ci.lo, r.component[0].ci.hi};
    for (guint i = 0; i < 2; i++) {
        double best = PLX_INFINITY;
        double solved[ROWS];
        double mean = 0;
        for (double residual = .2; residual < 6; residual *= 1.002)
            best = MIN(best, naive(&data, (double[]){ends[i], residual}, &mean, solved));
        near(best + 2 * r.log_likelihood, 3.841459, 2e-3);
    }
}

static void test_row_order(void)
{
    struct world w;
    struct world turned;
    draw(&w, 8, 1);
    turned.n = w.n;
    for (gsize i = 0; i < w.n; i++) {
        const gsize from = (i * 37 + 11) % w.n;
        turned.y[i] = w.y[from];
        turned.place[i] = w.place[from];
        turned.shopper[i] = w.shopper[from];
        turned.region[i] = w.region[from];
    }
    const struct plx_varcomp_data a = data_of(&w);
    const struct plx_varcomp_data b = data_of(&turned);
    const struct plx_varcomp one = plx_varcomp(&a, FALSE, .9, NULL);
    const struct plx_varcomp other = plx_varcomp(&b, FALSE, .9, NULL);
    for (guint f = 0; f < 3; f++) {
        near(one.component[f].variance, other.component[f].variance, 0);
        near(one.component[f].ci.hi, other.component[f].ci.hi, 0);
    }
    near(one.mean, other.mean, 0);
    near(one.log_likelihood, other.log_likelihood, 0);
}

/* In 300 worlds of 12 places x 6 shoppers the intervals hold their 95 %, give or take. */
static void test_coverage(void)
{
    struct plx_random random;
    guint hits[3] = {0};
    plx_random_seed(&random, 5);
    for (guint run = 0; run < 300; run++) {
        double y[72];
        guint32 place[72];
        guint32 shopper[72];
        double p[12];
        double s[6];
        for (guint i = 0; i < 12; i++)
            p[i] = plx_random_normal(&random);
        for (guint i = 0; i < 6; i++)
            s[i] = .7 * plx_random_normal(&random);
        for (guint32 i = 0; i < 72; i++) {
            place[i] = i / 6;
            shopper[i] = i % 6;
            y[i] = p[place[i]] + s[shopper[i]] + 1.5 * plx_random_normal(&random);
        }
        const struct plx_varcomp_data data = {y, 72, {place, shopper}, {12, 6}, 2};
        const struct plx_varcomp r = plx_varcomp(&data, FALSE, .95, NULL);
        const double truth[] = {1, .49, 2.25};
        for (guint f = 0; f < 3; f++) {
            const struct plx_interval ci = f < 2 ? r.component[f].ci : r.residual.ci;
            hits[f] += ci.lo <= truth[f] && truth[f] <= ci.hi ? 1 : 0;
        }
    }
    g_test_message("covered: %u, %u, %u of 300", hits[0], hits[1], hits[2]);
    for (guint f = 0; f < 3; f++) {
        g_assert_cmpuint(hits[f], >=, 276);
        g_assert_cmpuint(hits[f], <=, 297);
    }
}

/* A table that two factors explain wholly, and one that does not vary. */
static void test_no_residual(void)
{
    double y[20];
    guint32 a[20];
    guint32 b[20];
    for (guint32 i = 0; i < 20; i++) {
        a[i] = i / 4;
        b[i] = i % 4;
        y[i] = 3 * a[i] + (b[i] == 2);
    }
    const struct plx_varcomp_data data = {y, 20, {a, b}, {5, 4}, 2};
    const struct plx_varcomp r = plx_varcomp(&data, FALSE, .95, NULL);
    g_assert_true(r.residual.boundary && r.residual.variance == 0 && isnan(r.residual.ci.hi));
    near(r.component[0].variance, 22.5, 1e-5);
    near(r.component[1].variance, .25, 1e-5);
    memset(y, 0, sizeof y);
    const struct plx_varcomp none = plx_varcomp(&data, FALSE, .95, NULL);
    g_assert_true(isnan(none.mean) && isnan(none.component[1].variance) && !none.converged);
}

static void test_faults(void)
{
    const double y[] = {1, 2, 4, 3};
    const guint32 a[] = {0, 0, 1, 1};
    const guint32 turned[] = {1, 1, 0, 0};
    const guint32 each[] = {0, 1, 2, 3};
    const guint32 one[] = {0, 0, 0, 0};
    const guint32 other[] = {0, 1, 0, 1};
    guint which = 9;
    guint whose = 9;
    struct plx_varcomp_data data = {y, 4, {a, other}, {2, 2}, 2};
    g_assert_cmpint(plx_varcomp_check(&data, &which, &whose), ==, PLX_VARCOMP_WELL);
    data.code[1] = turned;
    g_assert_cmpint(plx_varcomp_check(&data, &which, &whose), ==, PLX_VARCOMP_ALIKE);
    g_assert_true(which == 1 && whose == 0);
    data.code[1] = each;
    data.levels[1] = 4;
    g_assert_cmpint(plx_varcomp_check(&data, &which, &whose), ==, PLX_VARCOMP_EACH_ROW);
    data.code[1] = one;
    g_assert_cmpint(plx_varcomp_check(&data, &which, &whose), ==, PLX_VARCOMP_ONE_LEVEL);
    data.code[1] = other;
    data.levels[0] = data.levels[1] = PLX_VARCOMP_WIDE + 1;
    g_assert_cmpint(plx_varcomp_check(&data, &which, &whose), ==, PLX_VARCOMP_TOO_WIDE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/varcomp/dyestuff", test_dyestuff);
    g_test_add_func("/varcomp/profile", test_profile);
    g_test_add_func("/varcomp/boundary", test_boundary);
    g_test_add_func("/varcomp/penicillin", test_penicillin);
    g_test_add_func("/varcomp/naive", test_naive);
    g_test_add_func("/varcomp/interval-naive", test_interval_naive);
    g_test_add_func("/varcomp/row-order", test_row_order);
    g_test_add_func("/varcomp/coverage", test_coverage);
    g_test_add_func("/varcomp/no-residual", test_no_residual);
    g_test_add_func("/varcomp/faults", test_faults);
    return g_test_run();
}
