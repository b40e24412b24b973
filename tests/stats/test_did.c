/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/did.h"

#include "check.h"
#include "stats/random.h"
#include "stats/ttest.h"

/* Card and Krueger (1994), table 3: full-time employment in New Jersey (treated) and Pennsylvania.
 * Published 2.76; the printed means, rounded, give 2.75. */
static void test_card_krueger(void)
{
    const double y[] = {20.44, 21.03, 23.33, 21.17};
    const double treated[] = {1, 1, 0, 0};
    const double after[] = {0, 1, 0, 1};
    const struct plx_did did = plx_did(&(struct plx_did_data){y, treated, after, NULL, 4}, .95);
    near(did.estimate, 2.75, 1e-12);
    near(did.estimate, 2.76, .0101);
    near(did.mean[0][1], 21.17, 0);
    g_assert_true(isnan(did.se) && isnan(did.p) && isnan(did.ci.lo));
}

struct rows {
    double y[200];
    double treated[200];
    double after[200];
    double unit[200];
};

/* 40 treated and 60 control units, each before and after, alike within a unit. */
static void draw(struct plx_random *random, struct rows *r)
{
    for (guint u = 0; u < 100; u++) {
        const double mood = 3 * plx_random_normal(random);
        for (guint a = 0; a < 2; a++) {
            const guint i = 2 * u + a;
            r->unit[i] = u;
            r->treated[i] = u < 40;
            r->after[i] = a;
            r->y[i] = mood + a + (u < 40 && a) + plx_random_normal(random);
        }
    }
}

/* Units with one row each time: Welch on their changes. */
static void test_panel(void)
{
    struct plx_random random;
    plx_random_seed(&random, 19);
    struct rows r;
    draw(&random, &r);
    const struct plx_did_data data = {r.y, r.treated, r.after, r.unit, 200};
    const struct plx_did did = plx_did(&data, .95);
    double mean[2] = {0};
    double variance[2] = {0};
    const double units[] = {60, 40};
    for (guint u = 0; u < 100; u++)
        mean[u < 40] += (r.y[2 * u + 1] - r.y[2 * u]) / units[u < 40];
    for (guint u = 0; u < 100; u++) {
        const double off = r.y[2 * u + 1] - r.y[2 * u] - mean[u < 40];
        variance[u < 40] += off * off / (units[u < 40] - 1) / units[u < 40];
    }
    near(did.estimate, mean[1] - mean[0], 1e-12);
    near(did.se, sqrt(variance[0] + variance[1]), 1e-12);
    near(did.df, plx_welch_df(variance[0], 59, variance[1], 39), 1e-9);
    near(did.units[1], 40, 0);
    near(did.estimate, 1, 4 * did.se);
}

/* Independent rows: the four textbook variances; larger here than with units, who are alike. */
static void test_rows(void)
{
    struct plx_random random;
    plx_random_seed(&random, 20);
    struct rows r;
    draw(&random, &r);
    const struct plx_did_data panel = {r.y, r.treated, r.after, r.unit, 200};
    struct plx_did_data data = {r.y, r.treated, r.after, NULL, 200};
    const struct plx_did did = plx_did(&data, .95);
    double variance = 0;
    for (guint cell = 0; cell < 4; cell++) {
        double sum = 0;
        const double m = did.mean[cell / 2][cell % 2];
        const double n = did.n[cell / 2][cell % 2];
        for (guint i = 0; i < 200; i++)
            if ((r.treated[i] != 0) == (cell / 2 == 1) && (r.after[i] != 0) == (cell % 2 == 1))
                sum += (r.y[i] - m) * (r.y[i] - m);
        variance += sum / (n - 1) / n;
    }
    near(did.se, sqrt(variance), 1e-12);
    g_assert_cmpfloat(did.se, >, 1.5 * plx_did(&panel, .95).se);
    near(did.ci.hi - did.estimate, plx_t_quantile(.95, did.df) * did.se, 1e-12);
    r.y[0] = PLX_NAN;
    near(plx_did(&data, .95).n[1][0], 39, 0);
}

static void test_degenerate(void)
{
    const double same[] = {.1, .1, .1, .1, .1, .1, .1, .1};
    const double y[] = {1, 2, 3, 4, 5, 6, 7, 9};
    const double treated[] = {1, 1, 1, 1, 0, 0, 0, 0};
    const double after[] = {0, 0, 1, 1, 0, 0, 1, 1};
    const double crossing[] = {1, 2, 1, 2, 1, 3, 4, 3};
    const double never[] = {0, 0, 0, 0, 0, 0, 0, 0};
    const struct plx_did flat = plx_did(&(struct plx_did_data){same, treated, after, NULL, 8}, .95);
    near(flat.estimate, 0, 1e-15);
    g_assert_true(isnan(flat.se) && isnan(flat.p) && isnan(flat.ci.hi));
    const struct plx_did both =
        plx_did(&(struct plx_did_data){y, treated, after, crossing, 8}, .95);
    g_assert_true(!isnan(both.estimate) && isnan(both.se));
    const struct plx_did empty = plx_did(&(struct plx_did_data){y, never, after, NULL, 8}, .95);
    g_assert_true(isnan(empty.estimate) && isnan(empty.se));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/did/card-krueger", test_card_krueger);
    g_test_add_func("/did/panel", test_panel);
    g_test_add_func("/did/rows", test_rows);
    g_test_add_func("/did/degenerate", test_degenerate);
    return g_test_run();
}
