/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/multiplicity.h"

#include "check.h"

/* Benjamini and Hochberg (1995), section 3.2: thrombolysis trial; adjusted as R's p.adjust. */
static const double bh1995[] = {.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344,
                                .0459, .3240, .4262, .5719, .6528, .7590, 1};
static const double adjusted[] = {.0015, .0030, .0095,   .035625, .0603,   .063857, .063857, .0645,
                                  .0765, .486,  .581182, .714875, .753231, .813214, 1};

static void test_bh(void)
{
    double out[15];
    plx_bh_adjust(bh1995, 15, out);
    for (int i = 0; i < 15; i++)
        near(out[i], adjusted[i], 5e-7);
    g_assert_cmpuint(plx_bh_rejected(bh1995, 15, 0.05), ==, 4);
}

static void test_bh_order_and_missing(void)
{
    double p[17];
    for (int i = 0; i < 15; i++)
        p[(i * 7) % 17] = bh1995[i];
    gboolean used[17] = {FALSE};
    for (int i = 0; i < 15; i++)
        used[(i * 7) % 17] = TRUE;
    for (int i = 0; i < 17; i++)
        if (!used[i])
            p[i] = PLX_NAN;
    plx_bh_adjust(p, 17, p); /* in place */
    for (int i = 0; i < 15; i++)
        near(p[(i * 7) % 17], adjusted[i], 5e-7);
    for (int i = 0; i < 17; i++)
        g_assert_true(used[i] || isnan(p[i]));
}

/* With one-sided "intervals" that are decided exactly when p <= 1 - level, selection by intervals
 * is Benjamini and Hochberg's. */
static gboolean decided(gsize i, double level, gconstpointer data)
{
    return ((const double *)data)[i] <= 1 - level + 1e-15;
}

static void test_fcr_selection(void)
{
    g_assert_cmpuint(plx_fcr_selected(15, 0.05, decided, bh1995), ==, 4);
    near(plx_fcr_level(15, 4, 0.05), 1 - 4 * 0.05 / 15, 1e-15);
    near(plx_fcr_level(15, 0, 0.05), 1 - 0.05 / 15, 1e-15);
    near(plx_fcr_level(15, 15, 0.05), 0.95, 1e-15);
    const double none[] = {0.2, 0.3};
    g_assert_cmpuint(plx_fcr_selected(2, 0.05, decided, none), ==, 0);
    const double all[] = {0.01, 0.05};
    g_assert_cmpuint(plx_fcr_selected(2, 0.05, decided, all), ==, 2);
    g_assert_cmpuint(plx_fcr_selected(0, 0.05, decided, NULL), ==, 0);
}

/* R by its definition: the largest r with at least r decided at 1 - r q / m. */
static void test_fcr_is_largest(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(3);
    for (int run = 0; run < 500; run++) {
        double p[12];
        for (int i = 0; i < 12; i++)
            p[i] = pow(g_rand_double(rand), 3) * 0.2;
        gsize largest = 0;
        for (gsize r = 1; r <= 12; r++) {
            gsize count = 0;
            for (gsize i = 0; i < 12; i++)
                count += decided(i, plx_fcr_level(12, r, 0.1), p) ? 1 : 0;
            if (count >= r)
                largest = r;
        }
        g_assert_cmpuint(plx_fcr_selected(12, 0.1, decided, p), ==, largest);
    }
}

/* Fisher's own example, 21.1: .145, .263, .087 give chi-square 11.42 on 6. */
static void test_fisher(void)
{
    const double p[] = {.145, .263, PLX_NAN, .087};
    near(plx_fisher_p(p, 4, 1), .076, .0005);
    near(plx_fisher_p(p, 1, 1), .145, 1e-12);
    g_assert_true(plx_fisher_p(p, 4, 2) > plx_fisher_p(p, 4, 1));
    g_assert_true(plx_fisher_p((const double[]){0}, 1, 1) < 1e-300);
    g_assert_true(isnan(plx_fisher_p(p + 2, 1, 1)));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multiplicity/bh", test_bh);
    g_test_add_func("/multiplicity/bh-order-and-missing", test_bh_order_and_missing);
    g_test_add_func("/multiplicity/fcr-selection", test_fcr_selection);
    g_test_add_func("/multiplicity/fcr-is-largest", test_fcr_is_largest);
    g_test_add_func("/multiplicity/fisher", test_fisher);
    return g_test_run();
}
