/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/gstudy.h"

#include "check.h"
#include "stats/random.h"

/* Shrout and Fleiss (1979), Table 2: 6 targets, 4 judges; methods.md 8.3. */
static const double six[] = {9, 2, 5, 8, 6,  1, 3, 2, 8, 4, 6, 8,
                             7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};

#define MOST_ROWS 400
struct world {
    double y[MOST_ROWS];
    guint32 code[3][MOST_ROWS]; /* target, facets */
    gsize n;
};

static struct plx_gstudy_data data_of(const struct world *w, gsize targets, guint facets,
                                      gsize first, gsize second)
{
    return (struct plx_gstudy_data){
        w->y, w->n, w->code[0], targets, facets, {w->code[1], w->code[2]}, {first, second}};
}

static void fill(struct world *w, gsize targets, gsize first, gsize second)
{
    w->n = targets * first * second;
    for (gsize i = 0; i < w->n; i++) {
        w->code[0][i] = (guint32)(i / (first * second));
        w->code[1][i] = (guint32)(i / second % first);
        w->code[2][i] = (guint32)(i % second);
    }
}

static void check_six(const struct plx_gstudy *g, double tolerance)
{
    g_assert_cmpuint(g->sources, ==, 3);
    near(g->source[0].variance, 2.555556, tolerance);
    near(g->source[1].variance, 5.244444, tolerance);
    near(g->source[2].variance, 1.019444, tolerance);
    g_assert_true(g->source[0].of == 1 && g->source[1].of == 2 && g->source[2].of == 3);
    g_assert_true(g->crossed[0] && g->targets == 6 && g->levels[0] == 4);
}

/* Tied to the published coefficients; by ANOVA and by REML, which is the same in a full table. */
static void test_published(void)
{
    struct world w;
    guint which = 9;
    fill(&w, 6, 4, 1);
    for (guint i = 0; i < 24; i++)
        w.y[i] = six[i];
    const struct plx_gstudy_data data = data_of(&w, 6, 1, 4, 0);
    struct plx_gstudy g;
    g_assert_cmpint(plx_gstudy_reml(&data, 0, NULL, &g, &which), ==, PLX_GSTUDY_WELL);
    check_six(&g, 1e-6);
    g_assert_cmpint(plx_gstudy_anova(&data, &g, &which), ==, PLX_GSTUDY_WELL);
    check_six(&g, 5e-7);
    const struct plx_icc icc = plx_icc(six, 6, 4, .95);
    g = plx_gstudy_crossed(&icc);
    check_six(&g, 5e-7);
    const double four[] = {4};
    const double needed = plx_gstudy_needed(&g, PLX_GSTUDY_ABSOLUTE, .8, four, 0);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, four), icc.icc[PLX_ICC_2_K], 1e-12);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_RELATIVE, four), icc.icc[PLX_ICC_3_K], 1e-12);
    near(needed, 9.804, 5e-4);
    near(plx_gstudy_needed(&g, PLX_GSTUDY_RELATIVE, .8, four, 0), 1.596, 5e-4);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, &needed), .8, 1e-12);
    guint least = 0;
    plx_gstudy_least(&g, PLX_GSTUDY_ABSOLUTE, .8, &least);
    g_assert_cmpuint(least, ==, 10);
    plx_gstudy_least(&g, PLX_GSTUDY_RELATIVE, .8, &least);
    g_assert_cmpuint(least, ==, 2);
    g_assert_false(plx_gstudy_severity(&g, 0)); /* four judges */
}

static void test_alike(void)
{
    const double same[] = {2, 2, 2, 2, 2, 2};
    struct plx_icc icc = plx_icc(same, 3, 2, .95);
    struct plx_gstudy g = plx_gstudy_crossed(&icc);
    const double n[] = {4};
    g_assert_true(isnan(plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, n)));
    g_assert_true(isnan(plx_gstudy_needed(&g, PLX_GSTUDY_ABSOLUTE, .8, n, 0)));
    /* Targets alike, judges not: no number of judges tells targets apart. */
    const double alike[] = {1, 2, 2, 1, 1, 2, 2, 1};
    guint least = 7;
    icc = plx_icc(alike, 4, 2, .95);
    g = plx_gstudy_crossed(&icc);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, n), 0, 0);
    g_assert_true(isinf(plx_gstudy_needed(&g, PLX_GSTUDY_RELATIVE, .8, n, 0)));
    g_assert_true(g.source[0].boundary);
    plx_gstudy_least(&g, PLX_GSTUDY_RELATIVE, .8, &least);
    g_assert_cmpuint(least, ==, 0);
}

/* Davies' dyestuff (methods.md 8.6), and unequal groups by hand: n0 = (6 - 14/6) / 2, mean squares
 * 34.1667 and .8333. */
static void test_nested(void)
{
    static const double dyes[] = {1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495,
                                  1595, 1550, 1605, 1510, 1560, 1445, 1440, 1595, 1465, 1545,
                                  1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445};
    struct world w;
    struct plx_gstudy g;
    guint which = 9;
    fill(&w, 6, 5, 1);
    for (guint i = 0; i < 30; i++)
        w.y[i] = dyes[i];
    const struct plx_gstudy_data data = data_of(&w, 6, 0, 0, 0);
    g_assert_cmpint(plx_gstudy_anova(&data, &g, &which), ==, PLX_GSTUDY_WELL);
    near(g.source[0].variance, 1764.05, 1e-9);
    near(g.source[1].variance, 2451.25, 1e-9);
    /* T/(1 - T) * within / between, ranks and levels alike. */
    for (guint kind = 0; kind < 2; kind++)
        near(plx_gstudy_needed(&g, kind, .8, (const double[]){1}, 0), 4 * 2451.25 / 1764.05, 1e-9);
    g_assert_cmpint(plx_gstudy_reml(&data, .95, NULL, &g, &which), ==, PLX_GSTUDY_WELL);
    g_assert_true(g.sources == 2 && g.facets == 1 && g.source[1].of == 3 && !g.crossed[0]);
    near(g.source[0].variance, 1764.05, 1e-3);
    g_assert_true(g.source[0].ci.lo < 1764 && g.source[0].ci.hi > 1764);

    const struct world uneven = {{1, 2, 5, 8, 9, 10}, {{0, 0, 1, 2, 2, 2}}, 6};
    const struct plx_gstudy_data other = data_of(&uneven, 3, 0, 0, 0);
    g_assert_cmpint(plx_gstudy_anova(&other, &g, &which), ==, PLX_GSTUDY_WELL);
    near(g.source[0].variance, (34.0 + 1.0 / 6 - 2.5 / 3) / (11.0 / 6), 1e-12);
    near(g.source[1].variance, 2.5 / 3, 1e-12);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, (const double[]){2}),
         g.source[0].variance / (g.source[0].variance + 1.25 / 3), 1e-12);
}

/* Which group a row is in when groups are what `of` tells apart. */
static gsize cell_of(const struct world *w, gsize row, guint of, const gsize *levels)
{
    gsize cell = 0;
    for (guint f = 0; f < 3; f++)
        cell = of & (1u << f) ? cell * levels[f] + w->code[f][row] : cell;
    return cell;
}

/* By hand: the sum over groups of (sum of y)^2 / size, groups being what `of` tells apart. */
static double squares_of(const struct world *w, guint of, const gsize *levels)
{
    g_autofree double *sum = g_new0(double, MOST_ROWS);
    g_autofree double *size = g_new0(double, MOST_ROWS);
    double total = 0;
    for (gsize i = 0; i < w->n; i++) {
        const gsize cell = cell_of(w, i, of, levels);
        sum[cell] += w->y[i];
        size[cell]++;
    }
    for (gsize c = 0; c < MOST_ROWS && size[c] > 0; c++)
        total += sum[c] * sum[c] / size[c];
    return total;
}

/* Expected mean squares of a full table of three ways, by inclusion and exclusion. */
static void full_anova(const struct world *w, const gsize *levels, double variance[8])
{
    double ms[8];
    for (guint of = 1; of < 8; of++) {
        double df = 1;
        ms[of] = 0;
        for (guint part = 0; part <= of; part++)
            if ((part & of) == part)
                ms[of] +=
                    (__builtin_popcount(of ^ part) % 2 ? -1 : 1) * squares_of(w, part, levels);
        for (guint f = 0; f < 3; f++)
            df *= of & (1u << f) ? (double)levels[f] - 1 : 1;
        ms[of] /= df;
    }
    for (guint of = 1; of < 8; of++) {
        double outside = 1;
        variance[of] = 0;
        for (guint more = of; more < 8; more++)
            if ((more & of) == of)
                variance[of] += (__builtin_popcount(of ^ more) % 2 ? -1 : 1) * ms[more];
        for (guint f = 0; f < 3; f++)
            outside *= of & (1u << f) ? 1 : (double)levels[f];
        variance[of] /= outside;
    }
}

/* An effect of each place, shopper, occasion, pair, and less of all three. */
static void draw(struct world *w, const gsize *levels)
{
    struct plx_random random;
    double effect[8][200];
    plx_random_seed(&random, 12);
    fill(w, levels[0], levels[1], levels[2]);
    for (guint of = 0; of < 8; of++)
        for (guint c = 0; c < 200; c++)
            effect[of][c] = (of == 7 ? .3 : 1) * plx_random_normal(&random);
    for (gsize i = 0; i < w->n; i++) {
        w->y[i] = 0;
        for (guint of = 1; of < 8; of++)
            w->y[i] += effect[of][cell_of(w, i, of, levels)];
    }
}

/* Places x shoppers x occasions, seven sources: REML is ANOVA in a full table (none negative). */
static void test_two_facets(void)
{
    static const guint order[] = {1, 2, 4, 3, 5, 6, 7};
    static const gsize levels[] = {8, 5, 4};
    struct world w;
    double variance[8];
    guint which = 9;
    draw(&w, levels);
    full_anova(&w, levels, variance);
    const struct plx_gstudy_data data = data_of(&w, 8, 2, 5, 4);
    struct plx_gstudy g;
    g_assert_cmpint(plx_gstudy_reml(&data, 0, NULL, &g, &which), ==, PLX_GSTUDY_WELL);
    g_assert_cmpuint(g.sources, ==, 7);
    for (guint i = 0; i < 7; i++) {
        g_assert_cmpuint(g.source[i].of, ==, order[i]);
        g_assert_cmpfloat(variance[order[i]], >, 0);
        near(g.source[i].variance, variance[order[i]], 1e-5);
    }
    const double n[] = {3, 2};
    const double relative = variance[3] / 3 + variance[5] / 2 + variance[7] / 6;
    const double absolute = relative + variance[2] / 3 + variance[4] / 2 + variance[6] / 6;
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_RELATIVE, n), variance[1] / (variance[1] + relative),
         1e-5);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, n), variance[1] / (variance[1] + absolute),
         1e-5);
    /* The fewest looks reach it, and one fewer of either facet does not. */
    guint least[2];
    plx_gstudy_least(&g, PLX_GSTUDY_RELATIVE, .7, least);
    g_assert_true(least[0] > 1 && least[1] > 1);
    const double enough[] = {least[0], least[1]};
    g_assert_cmpfloat(plx_gstudy_reliability(&g, PLX_GSTUDY_RELATIVE, enough), >=, .7);
    for (guint f = 0; f < 2; f++) {
        double fewer[] = {least[0], least[1]};
        fewer[f]--;
        g_assert_cmpfloat(plx_gstudy_reliability(&g, PLX_GSTUDY_RELATIVE, fewer), <, .7);
    }
    g_assert_cmpint(plx_gstudy_anova(&data, &g, &which), ==, PLX_GSTUDY_INCOMPLETE);
}

/* Shoppers who each saw one place are nested in it; severity needs six by six, and is there. */
static void test_kinds(void)
{
    struct world w;
    struct plx_random random;
    struct plx_gstudy g;
    guint which = 9;
    plx_random_seed(&random, 2);
    fill(&w, 7, 6, 3);
    for (gsize i = 0; i < w.n; i++)
        w.y[i] = w.code[0][i] + (w.code[1][i] == 4 ? -2.0 : 0) + plx_random_normal(&random);
    double severity[6];
    double *const room[] = {severity, NULL};
    struct plx_gstudy_data data = data_of(&w, 7, 1, 6, 0);
    g_assert_cmpint(plx_gstudy_reml(&data, 0, room, &g, &which), ==, PLX_GSTUDY_WELL);
    g_assert_true(plx_gstudy_severity(&g, 0));
    g_assert_cmpuint(g.sources, ==, 4); /* three visits each: the interaction is seen by itself */
    for (guint i = 0; i < 6; i++)
        g_assert_true(i == 4 ? severity[i] < -1 : fabs(severity[i]) < 1);
    for (gsize i = 0; i < w.n; i++)
        w.code[1][i] += 6 * w.code[0][i];
    data.levels[0] = 42;
    double many[42];
    double *const more[] = {many, NULL};
    g_assert_cmpint(plx_gstudy_reml(&data, 0, more, &g, &which), ==, PLX_GSTUDY_WELL);
    g_assert_true(!g.crossed[0] && !plx_gstudy_severity(&g, 0) && isnan(many[3]));
    g_assert_true(g.sources == 3 && g.source[1].of == 3 && g.source[2].of == 3);
    near(plx_gstudy_reliability(&g, PLX_GSTUDY_RELATIVE, (const double[]){5}),
         plx_gstudy_reliability(&g, PLX_GSTUDY_ABSOLUTE, (const double[]){5}), 0);
}

static void test_faults(void)
{
    const struct world w = {{1, 2, 3, 5}, {{0, 0, 1, 1}, {0, 1, 0, 1}, {1, 1, 0, 0}}, 4};
    struct plx_gstudy g = {.facets = 77};
    guint which = 9;
    struct plx_gstudy_data data = data_of(&w, 2, 2, 2, 2);
    g_assert_cmpint(plx_gstudy_reml(&data, 0, NULL, &g, &which), ==, PLX_GSTUDY_CONFOUNDED);
    g_assert_cmpuint(which, ==, 1);
    const guint32 none[] = {0, 0, 0, 0};
    const guint32 each[] = {0, 1, 2, 3};
    data.facet[1] = none;
    data.levels[1] = 1;
    g_assert_cmpint(plx_gstudy_reml(&data, 0, NULL, &g, &which), ==, PLX_GSTUDY_ONE_LEVEL);
    g_assert_cmpuint(which, ==, 1);
    data.facets = 1;
    data.target = each;
    data.targets = 4;
    g_assert_cmpint(plx_gstudy_reml(&data, 0, NULL, &g, &which), ==, PLX_GSTUDY_EACH_ROW);
    g_assert_cmpint(plx_gstudy_anova(&data, &g, &which), ==, PLX_GSTUDY_EACH_ROW);
    data.target = none;
    data.targets = 1;
    g_assert_cmpint(plx_gstudy_reml(&data, 0, NULL, &g, &which), ==, PLX_GSTUDY_ONE_TARGET);
    g_assert_cmpint(plx_gstudy_anova(&data, &g, &which), ==, PLX_GSTUDY_ONE_TARGET);
    data.target = w.code[0];
    data.targets = 2;
    data.facet[0] = w.code[2];
    g_assert_cmpint(plx_gstudy_anova(&data, &g, &which), ==, PLX_GSTUDY_INCOMPLETE);
    g_assert_cmpuint(g.facets, ==, 77);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gstudy/published", test_published);
    g_test_add_func("/gstudy/alike", test_alike);
    g_test_add_func("/gstudy/nested", test_nested);
    g_test_add_func("/gstudy/two-facets", test_two_facets);
    g_test_add_func("/gstudy/kinds", test_kinds);
    g_test_add_func("/gstudy/faults", test_faults);
    return g_test_run();
}
