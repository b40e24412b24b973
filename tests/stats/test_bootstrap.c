/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/bootstrap.h"

#include "check.h"
#include "stats/doubles.h"

#include <gsl/gsl_cdf.h>
#include <string.h>

static double mean_of(const double *w, guint k, gpointer first)
{
    double n = 0;
    double sum = 0;
    for (guint i = 0; i < k; i++) {
        n += w[i];
        sum += w[i] * (i + *(const double *)first);
    }
    return n > 0 ? sum / n : PLX_NAN;
}

static struct plx_bootstrap_how how(enum plx_bootstrap_kind kind, guint replicates, guint64 seed)
{
    return (struct plx_bootstrap_how){kind, replicates, .95, seed, 1};
}

/* Every one of the n^n resamples of a list, counted: the mean's exact bootstrap quantile. */
static double exact_quantile(const double *value, guint n, double q)
{
    guint all = 1;
    for (guint i = 0; i < n; i++)
        all *= n;
    g_autofree double *mean = g_new0(double, all);
    for (guint r = 0; r < all; r++)
        for (guint i = 0, rest = r; i < n; i++, rest /= n)
            mean[r] += value[rest % n] / n;
    qsort(mean, all, sizeof *mean, plx_doubles_compare);
    return mean[(guint)floor(q * (all - 1) + .5)];
}

/* Five answers 1, 1, 2, 4, 6: 3,125 resamples; between 2,000 random ones and all of them lies less
 * than one step (a fifth of an answer). */
static void test_exact(void)
{
    const guint32 counts[] = {2, 1, 0, 1, 0, 1};
    const double value[] = {1, 1, 2, 4, 6};
    double first = 1;
    const struct plx_bootstrap_how h = how(PLX_BOOTSTRAP_PERCENTILE, 2000, 1);
    const struct plx_interval ci = plx_bootstrap_counts(counts, 6, mean_of, &first, &h);
    near(ci.lo, exact_quantile(value, 5, .025), .201);
    near(ci.hi, exact_quantile(value, 5, .975), .201);
    g_assert_cmpfloat(ci.lo, <, 2.8);
    g_assert_cmpfloat(ci.hi, >, 2.8);
}

/* How often each of all resamples of two kinds comes: binomial, by either way of drawing. */
static void check_binomial(guint32 a, guint32 b)
{
    enum { DRAWS = 20000 };
    const guint32 times[] = {a, b};
    const double p = (double)a / (a + b);
    struct plx_random random;
    plx_random_seed(&random, a);
    double sum = 0;
    double squares = 0;
    for (guint i = 0; i < DRAWS; i++) {
        guint32 drawn[2];
        plx_bootstrap_draw(&random, times, 2, a + b, drawn);
        g_assert_cmpuint(drawn[0] + drawn[1], ==, a + b);
        sum += drawn[0];
        squares += (drawn[0] - p * (a + b)) * (drawn[0] - p * (a + b));
    }
    const double variance = p * (1 - p) * (a + b);
    near(sum / DRAWS, a, 5 * sqrt(variance / DRAWS));
    near(squares / DRAWS / variance, 1, .06);
}

static void test_draw(void)
{
    check_binomial(2, 3);
    check_binomial(30, 70);
    check_binomial(90000, 10000);
    const guint32 times[] = {0, 40, 0};
    guint32 drawn[3];
    struct plx_random random;
    plx_random_seed(&random, 1);
    plx_bootstrap_draw(&random, times, 3, 40, drawn);
    g_assert_cmpuint(drawn[1], ==, 40);
}

/* BCa by hand (Efron and Tibshirani 1993, 14.9 to 14.15) from the replicates themselves. */
struct kept {
    double *value;
    guint n;
    guint at;
};

static void keep_mean(const guint32 *times, guint thread, double *out, gpointer data)
{
    static const double value[] = {1, 1, 1, 2, 2, 3, 9};
    (void)thread;
    struct kept *kept = data;
    double n = 0;
    *out = 0;
    for (guint i = 0; i < 7; i++) {
        n += times[i];
        *out += times[i] * value[i];
    }
    *out /= n;
    if (kept->at < kept->n)
        kept->value[kept->at++] = *out;
}

static double place(double z, double bias, double a)
{
    return gsl_cdf_ugaussian_P(bias + (bias + z) / (1 - a * (bias + z)));
}

static void test_bca(void)
{
    enum { B = 999 };
    double value[B];
    struct kept kept = {value, B, 0};
    struct plx_interval ci;
    struct plx_bootstrap b = {.how = how(PLX_BOOTSTRAP_BCA, B, 4),
                              .units = 7,
                              .statistics = 1,
                              .enough = 1,
                              .statistic = keep_mean,
                              .data = &kept};
    plx_bootstrap(&b, &ci);
    qsort(value, B, sizeof *value, plx_doubles_compare);
    const double mean = 19 / 7.0;
    double below = 0;
    for (guint i = 0; i < B; i++)
        below += value[i] < mean - 1e-12 ? 1 : value[i] < mean + 1e-12 ? .5 : 0;
    /* Of a mean the acceleration is its skewness: sum d^3 / (6 (sum d^2)^1.5). */
    double squares = 0;
    double cubes = 0;
    const double data[] = {1, 1, 1, 2, 2, 3, 9};
    for (guint i = 0; i < 7; i++) {
        squares += pow(data[i] - mean, 2);
        cubes += pow(data[i] - mean, 3);
    }
    const double a = cubes / (6 * pow(squares, 1.5));
    const double bias = gsl_cdf_ugaussian_Pinv(below / B);
    const double low = place(-1.959963984540054, bias, a) * (B - 1);
    const double high = place(1.959963984540054, bias, a) * (B - 1);
    near(ci.lo,
         value[(guint)low] + (low - floor(low)) * (value[(guint)low + 1] - value[(guint)low]),
         1e-9);
    near(ci.hi,
         value[(guint)high] + (high - floor(high)) * (value[(guint)high + 1] - value[(guint)high]),
         1e-9);
    b.how.kind = PLX_BOOTSTRAP_PERCENTILE;
    struct plx_interval plain;
    plx_bootstrap(&b, &plain);
    g_assert_cmpfloat(ci.hi, >, plain.hi); /* skewed to the right */
    g_assert_cmpfloat(ci.lo, >, plain.lo);
}

/* Neither threads nor the order of persons change a byte; an interval by persons is wider than one
 * that takes their answers for independent. */
static void test_units(void)
{
    g_autoptr(plx_units) one = plx_units_new(3, 1);
    g_autoptr(plx_units) two = plx_units_new(3, 1);
    const double person[4][3] = {{6, 0, 0}, {0, 6, 0}, {0, 1, 5}, {3, 3, 0}};
    for (guint i = 0; i < 4; i++) {
        plx_units_add(one, person[i], 6, 5);
        plx_units_add(two, person[3 - i], 6, 3);
        plx_units_add(two, person[3 - i], 6, 2);
    }
    double first = 1;
    for (guint kind = PLX_BOOTSTRAP_PERCENTILE; kind <= PLX_BOOTSTRAP_BCA; kind++) {
        struct plx_bootstrap_how h = how(kind, 500, 3);
        const struct plx_interval a = plx_bootstrap_units(one, mean_of, &first, &h);
        h.threads = 3;
        const struct plx_interval b = plx_bootstrap_units(two, mean_of, &first, &h);
        near(a.lo, b.lo, 0);
        near(a.hi, b.hi, 0);
        const guint32 counts[] = {45, 50, 25};
        const struct plx_interval c = plx_bootstrap_counts(counts, 3, mean_of, &first, &h);
        g_assert_cmpfloat(a.hi - a.lo, >, 1.5 * (c.hi - c.lo));
    }
}

/* Coverage of a mean of 40 answers on a skewed scale, 400 worlds: within three standard errors
 * (3.3 points) below, two above 95 %. */
static void test_coverage(void)
{
    const double truth[] = {.1, .1, .2, .4, .2};
    double first = 1;
    for (guint kind = PLX_BOOTSTRAP_PERCENTILE; kind <= PLX_BOOTSTRAP_BCA; kind++) {
        guint covered = 0;
        struct plx_random random;
        plx_random_seed(&random, 11);
        for (guint world = 0; world < 400; world++) {
            guint32 counts[5] = {0};
            for (guint i = 0; i < 40; i++)
                counts[plx_random_choice(&random, truth, 5)]++;
            const struct plx_bootstrap_how h = how(kind, 400, world);
            const struct plx_interval ci = plx_bootstrap_counts(counts, 5, mean_of, &first, &h);
            covered += ci.lo <= 3.5 && 3.5 <= ci.hi ? 1 : 0;
        }
        g_assert_cmpuint(covered, >=, 367);
        g_assert_cmpuint(covered, <=, 389);
    }
}

static double rarely(const double *w, guint k, gpointer data)
{
    (void)k;
    (void)data;
    return w[0] > 0 ? w[0] : PLX_NAN;
}

/* No spread is no certainty, one unit no sample, and a number that mostly is not there has none. */
static void test_nothing(void)
{
    double first = 1;
    const guint32 same[] = {0, 9};
    const guint32 single[] = {1, 0};
    const guint32 rare[] = {1, 99};
    for (guint kind = PLX_BOOTSTRAP_PERCENTILE; kind <= PLX_BOOTSTRAP_BCA; kind++) {
        const struct plx_bootstrap_how h = how(kind, 200, 1);
        const struct plx_bootstrap_how none = how(kind, 0, 1);
        g_assert_true(isnan(plx_bootstrap_counts(same, 2, mean_of, &first, &h).lo));
        g_assert_true(isnan(plx_bootstrap_counts(single, 2, mean_of, &first, &h).hi));
        g_assert_true(isnan(plx_bootstrap_counts(rare, 2, rarely, NULL, &h).lo));
        g_assert_true(isnan(plx_bootstrap_counts(rare, 2, mean_of, &first, &none).lo));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/bootstrap/exact", test_exact);
    g_test_add_func("/bootstrap/draw", test_draw);
    g_test_add_func("/bootstrap/bca", test_bca);
    g_test_add_func("/bootstrap/units", test_units);
    g_test_add_func("/bootstrap/coverage", test_coverage);
    g_test_add_func("/bootstrap/nothing", test_nothing);
    return g_test_run();
}
