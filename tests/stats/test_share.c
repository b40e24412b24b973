/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/share.h"

#include "check.h"
#include "stats/sample.h"

/* Newcombe (1998, Stat. Med. 17:857), Table I. */
static void test_wilson(void)
{
    const struct {
        double x, n, lo, hi, cc_lo, cc_hi;
    } row[] = {{81, 263, .2553, .3662, .2535, .3682},
               {15, 148, .0624, .1605, .0598, .1644},
               {0, 20, 0, .1611, 0, .2005},
               {1, 29, .0061, .1718, .0018, .1963}};
    for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
        const struct plx_interval plain = plx_wilson(row[i].x, row[i].n, 0.95, FALSE);
        const struct plx_interval cc = plx_wilson(row[i].x, row[i].n, 0.95, TRUE);
        near(plain.lo, row[i].lo, 5e-5);
        near(plain.hi, row[i].hi, 5e-5);
        near(cc.lo, row[i].cc_lo, 5e-5);
        near(cc.hi, row[i].cc_hi, 5e-5);
    }
}

/* Newcombe (1998, Stat. Med. 17:873), Table II, methods 10 and 11. */
static void test_newcombe(void)
{
    const struct {
        double x1, n1, x2, n2, lo, hi, cc_lo, cc_hi;
    } row[] = {
        {56, 70, 48, 80, .0524, .3339, .0428, .3422}, {9, 10, 3, 10, .1705, .8090, .1013, .8387},
        {5, 56, 0, 29, -.0381, .1926, -.0667, .2037}, {0, 10, 0, 20, -.1611, .2775, -.2005, .3445},
        {10, 10, 0, 20, .6791, 1, .6014, 1},          {10, 10, 0, 10, .6075, 1, .5128, 1}};
    for (gsize i = 0; i < G_N_ELEMENTS(row); i++) {
        const struct plx_interval m10 =
            plx_newcombe(row[i].x1, row[i].n1, row[i].x2, row[i].n2, 0.95, FALSE);
        const struct plx_interval m11 =
            plx_newcombe(row[i].x1, row[i].n1, row[i].x2, row[i].n2, 0.95, TRUE);
        near(m10.lo, row[i].lo, 5e-5);
        near(m10.hi, row[i].hi, 5e-5);
        near(m11.lo, row[i].cc_lo, 5e-5);
        near(m11.hi, row[i].cc_hi, 5e-5);
    }
}

/* methods.md 8.5: top two 17/40 and 36/200, .245, .0931176-.4051192. */
static void test_from_distributions(void)
{
    const struct plx_distribution a = plx_distribution_counts(leaders, 6, 1);
    const struct plx_distribution b = plx_distribution_counts(customers, 6, 1);
    const struct plx_share pa = plx_share(&a, 4, 5, 0.95);
    const struct plx_share pb = plx_share(&b, 4, 5, 0.95);
    near(pa.p - pb.p, .245, 1e-15);
    const struct plx_interval ci = plx_share_difference(pa, pb);
    near(ci.lo, .0931176, 5e-8);
    near(ci.hi, .4051192, 5e-8);
    const struct plx_interval against = plx_share_against(pa, 0.5);
    near(against.lo, pa.ci.lo - 0.5, 1e-15);
    near(against.hi, pa.ci.hi - 0.5, 1e-15);
}

static void test_swap_is_mirror(void)
{
    const struct plx_interval ab = plx_newcombe(9, 10, 3, 12, 0.9, FALSE);
    const struct plx_interval ba = plx_newcombe(3, 12, 9, 10, 0.9, FALSE);
    near(ab.lo, -ba.hi, 1e-15);
    near(ab.hi, -ba.lo, 1e-15);
    const struct plx_interval p = plx_wilson(3, 12, 0.9, FALSE);
    const struct plx_interval q = plx_wilson(9, 12, 0.9, FALSE);
    near(p.lo, 1 - q.hi, 1e-15);
}

/* Weights: Kish's number. Clusters that agree within: the number of clusters. */
static void test_weights_and_clusters(void)
{
    const double w[] = {10, 30};
    const double w2[] = {20, 60};
    const struct plx_distribution weighted = {
        .k = 2, .first = 0, .w = w, .w2 = w2, .units = 30, .n = 30};
    const struct plx_share s = plx_share(&weighted, 1, 1, 0.95);
    near(s.n_eff, 20, 1e-12);
    near(s.ci.lo, plx_wilson(15, 20, 0.95, FALSE).lo, 1e-15);

    g_autoptr(plx_units) units = plx_units_new(2, 0);
    const double no[] = {3, 0};
    const double yes[] = {0, 3};
    plx_units_add(units, no, 3, 5);
    plx_units_add(units, yes, 3, 15);
    const struct plx_share c = plx_share(plx_units_distribution(units), 1, 1, 0.95);
    near(c.p, 0.75, 1e-15);
    g_assert_cmpfloat(c.n_eff, <=, 20);
    g_assert_cmpfloat(c.n_eff, >, 18); /* 20, less what 20 clusters do not know of themselves */
    const struct plx_share all = plx_share(plx_units_distribution(units), 0, 1, 0.95);
    near(all.n_eff, 20, 1e-12);
}

/* One answer of its kind among 30 tables of 7 does not tell how alike tables answer. By hand: a
 * design effect of 1 is seen, 7 is possible, one unit speaks: (1 * 1 + 7) / 2 = 4. From two tables:
 * (2 * 1 + 7) / 3. */
static void test_rare_in_clusters(void)
{
    const double plain[] = {7, 0}, one[] = {6, 1};
    const double ratio = plx_t_quantile(0.95, 209) / plx_t_quantile(0.95, 29);
    for (guint rare = 1; rare <= 2; rare++) {
        g_autoptr(plx_units) tables = plx_units_new(2, 0);
        plx_units_add(tables, plain, 7, 30 - rare);
        plx_units_add(tables, one, 7, rare);
        const struct plx_distribution *d = plx_units_distribution(tables);
        const struct plx_share s = plx_share(d, 1, 1, 0.95);
        near(s.n_eff, 210 / ((rare + 7.0) / (rare + 1.0)) * ratio * ratio, 1e-9);
        near(plx_share(d, 0, 0, 0.95).n_eff, s.n_eff, 1e-9); /* the others are as rare */
    }
}

static void test_edges(void)
{
    g_assert_true(isnan(plx_wilson(0, 0, 0.95, FALSE).lo));
    g_assert_true(isnan(plx_wilson(3, 2, 0.95, FALSE).lo));
    const double none[] = {0, 0};
    const struct plx_distribution empty = plx_distribution_counts(none, 2, 0);
    g_assert_true(isnan(plx_share(&empty, 0, 1, 0.95).p));
    struct plx_distribution d = plx_distribution_counts(leaders, 6, 1);
    g_assert_cmpfloat(plx_share(&d, 6, 5, 0.95).p, ==, 0); /* an empty set of values */
    d.complete = TRUE;
    const struct plx_share s = plx_share(&d, 4, 5, 0.95);
    g_assert_cmpfloat(s.ci.lo, ==, s.p);
    g_assert_cmpfloat(s.ci.hi, ==, s.p);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/share/wilson", test_wilson);
    g_test_add_func("/share/newcombe", test_newcombe);
    g_test_add_func("/share/from-distributions", test_from_distributions);
    g_test_add_func("/share/swap-is-mirror", test_swap_is_mirror);
    g_test_add_func("/share/weights-and-clusters", test_weights_and_clusters);
    g_test_add_func("/share/rare-in-clusters", test_rare_in_clusters);
    g_test_add_func("/share/edges", test_edges);
    return g_test_run();
}
