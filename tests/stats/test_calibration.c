/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small part of bench/calibrate, with a fixed seed: the promises of design.md section 8. The
 * tolerance is two Monte Carlo standard errors, as promised there; docs/calibration.md has the
 * whole table from 2,000 runs. */
#include "bench/calibration.h"

#include "check.h"
#include "stats/random.h"
#include "stats/sample.h"
#include "stats/share.h"

#define RUNS 300

static void check(struct plx_setup setup, guint n)
{
    setup.level = setup.level > 0 ? setup.level : 0.95;
    const struct plx_coverage c = plx_calibrate(&setup, n, RUNS, 1);
    if (isnan(c.coverage))
        return;
    g_test_message("n %u: %.4f (+- %.4f)", n, c.coverage, c.error);
    g_assert_cmpfloat(c.coverage, >=, 0.93 - 2 * c.error);
    if (n >= 20)
        g_assert_cmpfloat(c.coverage, <=, 0.97 + 2 * c.error);
    g_assert_true(isnan(c.rest) || c.rest >= 0.9);
    g_assert_cmpfloat(c.width, >, 0);
}

static void check_sizes(struct plx_setup setup)
{
    check(setup, 5);
    check(setup, 12);
    check(setup, 20);
    check(setup, 50);
    check(setup, 200);
}

static void test_mean(void)
{
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_MEAN});
}

static void test_difference(void)
{
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_DIFFERENCE});
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_DIFFERENCE, .n_b = 200});
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_DIFFERENCE, .complete = TRUE});
}

static void test_clusters_and_weights(void)
{
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_DIFFERENCE, .clustered = TRUE});
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_DIFFERENCE, .weighted = TRUE});
}

static void test_shares(void)
{
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_SHARE});
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_SHARE, .clustered = TRUE});
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_SHARE_DIFFERENCE});
}

/* Workshop tables of seven, half of whose answers repeat the first; 3 % answer one way. Few
 * tables have such an answer; that none of them has two must not be taken for independence. */
static void test_rare_in_tables(void)
{
    const double p = 0.03;
    const guint sizes[] = {20, 30, 50};
    for (guint i = 0; i < PLX_LEN(sizes); i++) {
        struct plx_random random;
        plx_random_seed_stream(&random, 1, sizes[i]);
        guint hits = 0;
        for (guint run = 0; run < 1000; run++) {
            g_autoptr(plx_units) tables = plx_units_new(2, 0);
            for (guint t = 0; t < sizes[i]; t++) {
                const gboolean first = plx_random_uniform(&random) < p;
                double w[2] = {0};
                w[first ? 1 : 0]++;
                for (guint a = 1; a < 7; a++) {
                    const gboolean again = plx_random_below(&random, 2) == 0;
                    w[(again ? first : plx_random_uniform(&random) < p) ? 1 : 0]++;
                }
                plx_units_add(tables, w, 7, 1);
            }
            const struct plx_interval ci = plx_share(plx_units_distribution(tables), 1, 1, 0.95).ci;
            hits += ci.lo <= p && p <= ci.hi ? 1 : 0;
        }
        g_test_message("%u tables: %.3f", sizes[i], hits / 1000.0);
        g_assert_cmpfloat(hits / 1000.0, >=, 0.93);
    }
}

static void test_superiority(void)
{
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_SUPERIORITY});
    check_sizes((struct plx_setup){.quantity = PLX_QUANTITY_SUPERIORITY, .n_b = 200});
}

/* The simulation can tell a bad interval: the classical one of the probability of superiority
 * fails the promise in small groups. */
static void test_bites(void)
{
    const struct plx_setup setup = {
        .quantity = PLX_QUANTITY_SUPERIORITY, .level = 0.95, .classical = TRUE};
    g_assert_cmpfloat(plx_calibrate(&setup, 5, RUNS, 1).coverage, <, 0.9);
}

static void test_decided(void)
{
    const guint sizes[][2] = {{5, 30}, {12, 200}, {50, 200}};
    for (guint i = 0; i < PLX_LEN(sizes); i++) {
        const struct plx_decided d =
            plx_calibrate_decided(sizes[i][0], sizes[i][1], i == 1, 0.05, RUNS, 1);
        g_assert_cmpfloat(d.decided, >, 0);
        g_assert_cmpfloat(d.non_covering, <=, 0.05);
        g_assert_cmpfloat(d.wrong, <=, 0.05);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calibration/mean", test_mean);
    g_test_add_func("/calibration/difference", test_difference);
    g_test_add_func("/calibration/clusters-and-weights", test_clusters_and_weights);
    g_test_add_func("/calibration/shares", test_shares);
    g_test_add_func("/calibration/rare-in-tables", test_rare_in_tables);
    g_test_add_func("/calibration/superiority", test_superiority);
    g_test_add_func("/calibration/bites", test_bites);
    g_test_add_func("/calibration/decided", test_decided);
    return g_test_run();
}
