/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Places that are now good, now bad: their answers to the same point lie further apart than those
 * of other places, whatever their means. */

#include "base/number.h"
#include "reading/consistency_exact.h"
#include "stats/multiplicity.h"
#include "stats/spread.h"

#include <math.h>

/* A variance of fewer says nothing. */
#define LEAST_UNITS 5
/* Share of the risk that goes to where places differ. */
#define WEIGHTED 0.8

/* One place over the points: squares over the variance elsewhere, and their degrees of freedom. */
struct place_sums {
    double scaled, df;
};

struct sums {
    guint n_points;
    struct plx_place_cell *cell; /* [place x points] */
    struct place_sums *place;    /* [place] */
    const double *linked;        /* [place]: p of what visits have in common, or NaN */
    const double *visits;        /* [place]: p of shoppers' visits, or NaN */
    double kurtosis, weight;
};

static gboolean counts(const struct plx_cell_stats *stats)
{
    return stats->shown && stats->units >= LEAST_UNITS;
}

/* Each place's variance at one point against that within all others. */
static void add_point(const struct plx_consistency_exact *exact, guint point, struct sums *sums)
{
    const struct plx_cut *cut = &exact->cut[PLX_CONSISTENCY_PLACE];
    g_autofree struct plx_cell_stats *stats = g_new0(struct plx_cell_stats, cut->n_parts + 1);
    double squares = 0, df = 0, fourth = 0, units = 0;
    plx_cut_stats(exact, cut, exact->subject[point], stats);
    for (guint i = 0; i < cut->n_parts; i++) {
        if (!counts(&stats[i]))
            continue;
        squares += stats[i].units * stats[i].m2;
        fourth += stats[i].units * stats[i].m4;
        units += stats[i].units;
        df += stats[i].units - 1;
    }
    if (!(squares > 0))
        return;
    const double kurtosis = fourth * units / (squares * squares);
    sums->kurtosis += kurtosis * units;
    sums->weight += units;
    for (guint i = 0; i < cut->n_parts; i++) {
        if (!counts(&stats[i]))
            continue;
        const double own = stats[i].units - 1, here = stats[i].units * stats[i].m2;
        const double elsewhere = (squares - here) / (df - own);
        if (!(df > own) || !(elsewhere > 0))
            continue;
        struct plx_place_cell *cell = &sums->cell[(gsize)i * sums->n_points + point];
        const struct plx_spread r =
            plx_spread_compare(here / own, own, elsewhere, df - own, kurtosis, 0.95);
        *cell = (struct plx_place_cell){.p = here > 0 ? r.p : 1,
                                        .sd = sqrt(here / own),
                                        .elsewhere = sqrt(elsewhere),
                                        .mean = stats[i].mean,
                                        .units = stats[i].units,
                                        .within = sqrt(squares / df),
                                        .n = stats[i].n};
        struct place_sums *place = &sums->place[i];
        place->scaled += here / elsewhere;
        place->df += own;
    }
}

/* Where it shows most clearly, at most PLX_WIDEST of them. */
static void find_widest(const struct sums *sums, guint place, struct plx_consistency_place *out)
{
    const struct plx_place_cell *cells = &sums->cell[(gsize)place * sums->n_points];
    for (guint p = 0; p < sums->n_points; p++) {
        const struct plx_place_cell *cell = &cells[p];
        if (isnan(cell->p) || cell->sd < PLX_CONSISTENCY_SPREAD * cell->elsewhere)
            continue;
        guint at = out->n_widest;
        while (at > 0 && cell->p < cells[out->widest[at - 1].point].p)
            at--;
        if (at == PLX_WIDEST)
            continue;
        const guint last = MIN(out->n_widest, PLX_WIDEST - 1);
        for (guint i = last; i > at; i--)
            out->widest[i] = out->widest[i - 1];
        out->widest[at] = (struct plx_wide_point){p, cell->n, cell->sd, cell->elsewhere};
        out->n_widest = last + 1;
    }
}

/* Two ways to be wide: where places differ at all (what a place does well or badly it may do now
 * well, now badly), or at many points a little (Fisher). The smaller,
 * each with its share of the risk; and what shoppers saw, who are others, beside it. */
static double place_p(const struct sums *sums, guint place, double inflation)
{
    g_autofree double *p = g_new0(double, sums->n_points + 1);
    for (guint i = 0; i < sums->n_points; i++)
        p[i] = sums->cell[(gsize)place * sums->n_points + i].p;
    const double all = plx_fisher_p(p, sums->n_points, inflation);
    const double weighted = sums->linked[place];
    const double served =
        isnan(weighted) ? all : MIN(1, MIN(all / (1 - WEIGHTED), weighted / WEIGHTED));
    const double both[] = {served, sums->visits[place]};
    return plx_fisher_p(both, G_N_ELEMENTS(both), 1);
}

static void fill_place(const struct plx_consistency_exact *exact, const struct sums *sums,
                       guint place, struct plx_consistency_place *out, guint family)
{
    const struct plx_cut *cut = &exact->cut[PLX_CONSISTENCY_PLACE];
    *out = (struct plx_consistency_place){.key = cut->key[place],
                                          .persons = (gint64)cut->persons[place],
                                          .spread = PLX_NAN,
                                          .spread_ci = {PLX_NAN, PLX_NAN},
                                          .p = place_p(sums, place, exact->inflation)};
    double df = 0;
    for (guint i = 0; i < cut->n_parts; i++)
        df += i == place ? 0 : sums->place[i].df;
    for (guint p = 0; p < sums->n_points; p++)
        out->n += sums->cell[(gsize)place * sums->n_points + p].n;
    const struct plx_spread all = plx_spread_compare(
        sums->place[place].scaled / sums->place[place].df, sums->place[place].df / exact->inflation,
        1, df / exact->inflation, sums->kurtosis / sums->weight, 1 - PLX_CONSISTENCY_RISK / family);
    out->spread = all.ratio;
    out->spread_ci = all.ci;
    out->p_adjusted = MIN(1, out->p * family);
    find_widest(sums, place, out);
    out->wide = out->p_adjusted < PLX_CONSISTENCY_RISK && out->n_widest > 0;
}

static guint count_family(const struct sums *sums, guint n_parts)
{
    guint family = 0;
    for (guint i = 0; i < n_parts; i++)
        family += sums->place[i].df > 0 ? 1 : 0;
    return MAX(family, 1);
}

void plx_consistency_places(struct plx_consistency_exact *exact)
{
    plx_consistency *out = exact->out;
    const struct plx_cut *cut = &exact->cut[PLX_CONSISTENCY_PLACE];
    const gsize cells = (gsize)cut->n_parts * out->n_points;
    g_autofree struct plx_place_cell *cell = g_new0(struct plx_place_cell, cells + 1);
    g_autofree struct place_sums *place = g_new0(struct place_sums, cut->n_parts + 1);
    g_autofree double *weights = plx_consistency_weights(exact);
    g_autofree double *visits = g_new0(double, cut->n_parts + 1);
    g_autofree double *linked = g_new0(double, cut->n_parts + 1);
    struct sums sums = {.n_points = out->n_points,
                        .cell = cell,
                        .place = place,
                        .linked = linked,
                        .visits = visits};
    plx_consistency_visits_spread(exact, weights, visits);
    for (gsize i = 0; i < cells; i++)
        cell[i] = (struct plx_place_cell){.p = PLX_NAN, .sd = PLX_NAN, .elsewhere = PLX_NAN};
    for (guint p = 0; p < out->n_points; p++)
        if (out->points[p].suppressed == PLX_SHOWN)
            add_point(exact, p, &sums);
    plx_consistency_linked_spread(exact, cell, weights, linked);
    const guint family = count_family(&sums, cut->n_parts);
    out->places = plx_keep(out->about.memory, cut->n_parts, sizeof *out->places);
    for (guint i = 0; i < cut->n_parts; i++)
        if (cut->hidden[i] == PLX_SHOWN)
            fill_place(exact, &sums, i, &out->places[out->n_places++], family);
}
