/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/kappa.h"

#include "check.h"

#include <string.h>

/* Fleiss (1971), 30 patients, 6 psychiatrists; methods.md 8.3. */
static const char *const patients =
    "00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 "
    "00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006";

static void test_fleiss(void)
{
    double counts[150];
    gsize n = 0;
    for (const char *p = patients; *p; p++)
        if (*p != ' ')
            counts[n++] = *p - '0';
    g_assert_cmpuint(n, ==, 150);
    const struct plx_kappa r = plx_kappa_fleiss(counts, 30, 5);
    near(r.kappa, .430, 5e-4);
    near(r.z, 17.7, .05);
}

/* The algebra of quadratic weights: 1 - E(x - y)^2 / (var x + var y + (mean x - mean y)^2). */
static double quadratic(const double *t, guint k)
{
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, gap = 0;
    for (guint i = 0; i < k; i++)
        for (guint j = 0; j < k; j++) {
            const double w = t[i * k + j];
            n += w;
            x += w * i;
            y += w * j;
            xx += w * i * i;
            yy += w * j * j;
            gap += w * (i - (double)j) * (i - (double)j);
        }
    x /= n;
    y /= n;
    return 1 - gap / n / (xx / n - x * x + yy / n - y * y + (x - y) * (x - y));
}

static const double three[] = {106, 10, 4, 22, 28, 10, 2, 12, 6};

static void test_cohen(void)
{
    /* .7 agree, .475 by chance: by hand. */
    const struct plx_kappa r = plx_kappa_cohen(three, 3, PLX_KAPPA_NONE, .95);
    near(r.observed, .7, 1e-12);
    near(r.expected, .475, 1e-12);
    near(r.kappa, .225 / .525, 1e-12);
    near(r.n, 200, 0);
    near(plx_kappa_cohen(three, 3, PLX_KAPPA_QUADRATIC, .95).kappa, quadratic(three, 3), 1e-12);
    g_assert_true(r.ci.lo < r.kappa && r.kappa < r.ci.hi);
    /* With two categories all weights are the same. */
    const double two[] = {20, 5, 10, 15};
    const struct plx_kappa a = plx_kappa_cohen(two, 2, PLX_KAPPA_NONE, .95);
    const struct plx_kappa b = plx_kappa_cohen(two, 2, PLX_KAPPA_LINEAR, .95);
    near(a.kappa, .4, 1e-12);
    near(b.kappa, .4, 1e-12);
    near(a.se, b.se, 1e-12);
}

/* The standard error is the delta method's: by numeric derivatives of kappa in each cell. */
static void test_error(void)
{
    for (guint weights = PLX_KAPPA_NONE; weights <= PLX_KAPPA_QUADRATIC; weights++) {
        double slope[9];
        double mean = 0;
        double variance = 0;
        for (guint c = 0; c < 9; c++) {
            double t[9];
            memcpy(t, three, sizeof t);
            t[c] += .01;
            const double up = plx_kappa_cohen(t, 3, weights, .95).kappa;
            t[c] -= .02;
            slope[c] = (up - plx_kappa_cohen(t, 3, weights, .95).kappa) / .02 * 200;
            mean += slope[c] * three[c] / 200;
        }
        for (guint c = 0; c < 9; c++)
            variance += (slope[c] - mean) * (slope[c] - mean) * three[c] / 200 / 200;
        near(plx_kappa_cohen(three, 3, weights, .95).se, sqrt(variance), 1e-6);
    }
}

static void test_nothing(void)
{
    const double zeros[9] = {0};
    const double one[] = {7, 0, 0, 0};
    const double uneven[] = {2, 1, 1, 1};
    const double missing[] = {2, PLX_NAN, 1, 1};
    g_assert_true(isnan(plx_kappa_cohen(zeros, 3, PLX_KAPPA_LINEAR, .95).kappa));
    g_assert_true(isnan(plx_kappa_cohen(one, 2, PLX_KAPPA_LINEAR, .95).kappa));
    g_assert_true(isnan(plx_kappa_cohen(one, 1, PLX_KAPPA_LINEAR, .95).kappa));
    g_assert_true(isnan(plx_kappa_cohen(missing, 2, PLX_KAPPA_NONE, .95).kappa));
    g_assert_true(isnan(plx_kappa_fleiss(uneven, 2, 2).kappa));
    g_assert_true(isnan(plx_kappa_fleiss(missing, 2, 2).kappa));
    g_assert_true(isnan(plx_kappa_fleiss((const double[]){3, 0, 3, 0}, 2, 2).kappa));
    g_assert_true(isnan(plx_kappa_fleiss(zeros, 0, 0).kappa));
    near(plx_kappa_fleiss((const double[]){3, 0, 0, 3}, 2, 2).kappa, 1, 1e-12);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kappa/fleiss", test_fleiss);
    g_test_add_func("/kappa/cohen", test_cohen);
    g_test_add_func("/kappa/error", test_error);
    g_test_add_func("/kappa/nothing", test_nothing);
    return g_test_run();
}
