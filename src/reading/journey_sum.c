/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_trips.h"

#include "base/number.h"
#include "stats/bounded.h"

#include <math.h>

/* Sums of one point over trips; `reached` counts trips by 1 / chance. */
struct moment {
    double rated, bad, na, reached;
};

static double weight_of(const struct plx_trips *trips, gsize trip)
{
    return trips->chance && trips->chance[trip] > 0 ? 1 / trips->chance[trip] : 1;
}

static void add_answer(const struct plx_trips *trips, guint32 i, double weight,
                       struct moment *moment)
{
    const gint8 level = trips->level[i];
    if (level == PLX_TRIP_NA)
        moment->na++;
    else if (level != PLX_TRIP_DECLINED) {
        moment->rated++;
        moment->bad += level < trips->levels.met;
    }
    moment->reached += weight;
}

static void add_trip(const struct plx_trips *trips, gsize trip, struct moment *moments)
{
    const double weight = weight_of(trips, trip);
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++)
        add_answer(trips, i, weight, &moments[trips->point[i]]);
}

/* What one more answer of each kind moves the sum by: the linearisation, as numbers per point. */
struct pull {
    double bad, rated, na, reached, trip;
};

#define BY_CHANCE 3 /* standard errors */

double plx_trip_reach(double reached, double trips, double spread)
{
    const double share = reached / trips;
    return share <= 1 + BY_CHANCE * sqrt(spread) / trips ? share : 1;
}

static double spread_of(const struct plx_trips *trips)
{
    double spread = 0;
    for (gsize t = 0; t < trips->n; t++)
        spread += weight_of(trips, t) - 1;
    return spread;
}

static gboolean is_used(const struct moment *m, const gboolean *use, guint j)
{
    return m[j].rated > 0 && (!use || use[j]);
}

static double sum_up(const struct plx_trips *trips, const gboolean *use, const struct moment *m,
                     double *reach, struct pull *pull)
{
    const double n = (double)trips->n, spread = spread_of(trips);
    double sum = 0;
    for (guint j = 0; j < trips->n_points; j++) {
        reach[j] = trips->chance ? plx_trip_reach(m[j].reached, n, spread) : 1;
        const gboolean free = trips->chance && fabs(reach[j] - m[j].reached / n) < 1e-12;
        pull[j] = (struct pull){0};
        if (!is_used(m, use, j))
            continue;
        const double met = m[j].rated / (m[j].rated + m[j].na);
        const double bad = m[j].bad / m[j].rated;
        sum += bad * met * reach[j];
        const double by_bad = reach[j] * met / m[j].rated;
        const double by_met = reach[j] * bad / (m[j].rated + m[j].na);
        pull[j].bad = by_bad;
        pull[j].rated = by_met * (1 - met) - by_bad * bad;
        pull[j].na = -by_met * met;
        pull[j].reached = free ? bad * met / n : 0;
        pull[j].trip = -pull[j].reached * reach[j];
    }
    return sum;
}

static double pull_of(const struct plx_trips *trips, gsize trip, const struct pull *pull)
{
    const double weight = weight_of(trips, trip);
    double z = 0;
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++) {
        struct moment one = {0};
        const struct pull *by = &pull[trips->point[i]];
        add_answer(trips, i, weight, &one);
        z +=
            by->bad * one.bad + by->rated * one.rated + by->na * one.na + by->reached * one.reached;
    }
    return z;
}

static double variance_of(const struct plx_trips *trips, const struct pull *pull, guint64 *units)
{
    double per_trip = 0, sum = 0;
    for (guint j = 0; j < trips->n_points; j++)
        per_trip += pull[j].trip;
    *units = 0;
    for (gsize t = 0, end; t < trips->n; t = end) {
        end = plx_trips_unit_end(trips, t);
        double z = 0;
        for (gsize i = t; i < end; i++)
            z += pull_of(trips, i, pull) + per_trip;
        sum += z * z;
        ++*units;
    }
    return *units > 1 ? sum * (double)*units / ((double)*units - 1) : PLX_NAN;
}

/* As of a mean on a scale from 0 to the number of points (stats/mean_interval.c): it stays inside
 * and is never [x, x]. */
static struct plx_interval interval_of(double value, double variance, double points, double units)
{
    if (isnan(variance) || points < 1)
        return (struct plx_interval){PLX_NAN, PLX_NAN};
    const double p = CLAMP(value / points, 0, 1);
    const double s2 = variance * units / (points * points);
    const double even = (points + 2) / (12 * points);
    const double t = plx_t_quantile(0.95, units - 1 + PLX_PSEUDO_DF);
    const double ratio =
        t * t / units * plx_smoothed_spread(s2, units, p, even) / plx_smoothed_binomial(p, units);
    const struct plx_interval ci = plx_score_interval(p, ratio);
    return (struct plx_interval){MIN(points * ci.lo, value), MAX(points * ci.hi, value)};
}

struct plx_trip_sum plx_trips_bad(const struct plx_trips *trips, const gboolean *use, double *reach)
{
    g_autofree struct moment *m = g_new0(struct moment, trips->n_points + 1);
    g_autofree struct pull *pull = g_new0(struct pull, trips->n_points + 1);
    for (gsize t = 0; t < trips->n; t++)
        add_trip(trips, t, m);
    guint points = 0;
    for (guint j = 0; j < trips->n_points; j++)
        points += is_used(m, use, j) ? 1 : 0;
    struct plx_trip_sum sum = {.value = PLX_NAN, .se = PLX_NAN, .ci = {PLX_NAN, PLX_NAN}};
    if (!points)
        return sum;
    sum.value = sum_up(trips, use, m, reach, pull);
    const double variance = variance_of(trips, pull, &sum.units);
    sum.se = sqrt(variance);
    sum.ci = interval_of(sum.value, variance, points, (double)sum.units);
    return sum;
}
