/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_trips.h"

#include <math.h>
#include <string.h>

/* A share of trips, added up unit by unit: what a distribution over (not, yes) needs. */
struct tick {
    guint64 n, x, units;
    double xx, xn, nn;
    gboolean repeats;
};

static void tick_add(struct tick *tick, guint64 x, guint64 n)
{
    if (n == 0)
        return;
    tick->n += n;
    tick->x += x;
    tick->units++;
    tick->xx += (double)x * (double)x;
    tick->xn += (double)x * (double)n;
    tick->nn += (double)n * (double)n;
    tick->repeats = tick->repeats || n > 1;
}

static struct plx_trip_share tick_share(const struct tick *tick, double level)
{
    const double x = (double)tick->x, n = (double)tick->n;
    const double w[2] = {n - x, x};
    const double m[4] = {tick->nn - 2 * tick->xn + tick->xx, tick->xn - tick->xx,
                         tick->xn - tick->xx, tick->xx};
    const struct plx_distribution d = {
        .k = 2, .w = w, .m = tick->repeats ? m : NULL, .units = (double)tick->units, .n = n};
    struct plx_trip_share share = {tick->n, tick->units, tick->x, NAN, {NAN, NAN}};
    if (tick->n > 0) {
        const struct plx_share s = plx_share(&d, 1, 1, level);
        share.p = s.p;
        share.ci = s.ci;
    }
    return share;
}

gsize plx_trips_unit_end(const struct plx_trips *trips, gsize t)
{
    gsize end = t + 1;
    while (end < trips->n && trips->unit[end] == trips->unit[t])
        end++;
    return end;
}

gboolean plx_trip_is_known(const struct plx_trips *trips, gsize trip)
{
    guint points = 0, rated = 0;
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++) {
        if (trips->level[i] == PLX_TRIP_DECLINED)
            return FALSE;
        points += i == trips->first[trip] || trips->point[i] != trips->point[i - 1];
        rated += trips->level[i] != PLX_TRIP_NA;
    }
    return rated > 0 && points == trips->n_points;
}

static gboolean is_bad(const struct plx_trips *trips, guint32 i)
{
    return trips->level[i] != PLX_TRIP_NA && trips->level[i] != PLX_TRIP_DECLINED &&
           trips->level[i] < trips->levels.met;
}

gboolean plx_trip_has_bad(const struct plx_trips *trips, gsize trip)
{
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++)
        if (is_bad(trips, i))
            return TRUE;
    return FALSE;
}

/* Index of the point that was bad first, or n_points. */
static guint first_bad(const struct plx_trips *trips, gsize trip)
{
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++)
        if (is_bad(trips, i))
            return trips->point[i];
    return trips->n_points;
}

static gboolean is_rated(const struct plx_trips *trips, gsize trip)
{
    for (guint32 i = trips->first[trip]; i < trips->first[trip + 1]; i++)
        if (trips->level[i] == PLX_TRIP_NA)
            return FALSE;
    return TRUE;
}

struct fine {
    const struct plx_trips *trips;
    struct tick known, rated;
    struct tick *still, *falls; /* per point */
    guint64 *at;                /* n_points + 1: trips of a unit by their first bad point */
};

/* The known trips [t, end) of one unit; leaves `at` empty again. */
static void add_unit(struct fine *f, gsize t, gsize end)
{
    const guint points = f->trips->n_points;
    guint64 n = 0, n_rated = 0, fine_rated = 0;
    for (gsize i = t; i < end; i++) {
        if (!plx_trip_is_known(f->trips, i))
            continue;
        const guint first = first_bad(f->trips, i);
        const gboolean all = is_rated(f->trips, i);
        f->at[first]++;
        n++;
        n_rated += (guint64)all;
        fine_rated += (guint64)(all && first == points);
    }
    if (n == 0)
        return;
    tick_add(&f->known, f->at[points], n);
    tick_add(&f->rated, fine_rated, n_rated);
    guint64 left = n;
    for (guint j = 0; j < points; j++) {
        left -= f->at[j];
        tick_add(&f->still[j], left, n);
        tick_add(&f->falls[j], f->at[j], n);
    }
    memset(f->at, 0, (points + 1) * sizeof *f->at);
}

struct plx_trip_fine plx_trips_fine(const struct plx_trips *trips,
                                    struct plx_trip_share *still_fine, struct plx_trip_share *falls,
                                    double falls_level)
{
    const guint points = trips->n_points;
    g_autofree struct tick *ticks = g_new0(struct tick, 2 * points + 1);
    g_autofree guint64 *at = g_new0(guint64, points + 1);
    struct fine f = {.trips = trips, .still = ticks, .falls = ticks + points, .at = at};
    for (gsize t = 0, end; t < trips->n; t = end) {
        end = plx_trips_unit_end(trips, t);
        add_unit(&f, t, end);
    }
    for (guint j = 0; j < points; j++) {
        if (still_fine)
            still_fine[j] = tick_share(&f.still[j], 0.95);
        if (falls)
            falls[j] = tick_share(&f.falls[j], falls_level);
    }
    return (struct plx_trip_fine){tick_share(&f.known, 0.95), tick_share(&f.rated, 0.95)};
}

struct plx_trip_whole plx_trips_whole(const struct plx_trips *trips, gboolean known_only)
{
    struct tick fine_bad = {0}, bad_good = {0}, all_bad = {0}, of_all = {0};
    for (gsize t = 0, end; t < trips->n; t = end) {
        end = plx_trips_unit_end(trips, t);
        guint64 n[2][2] = {{0}}; /* [a bad moment][good as a whole] */
        for (gsize i = t; i < end; i++) {
            if (trips->overall[i] == PLX_TRIP_NONE ||
                (known_only ? !plx_trip_is_known(trips, i)
                            : isnan(plx_trip_rule_value(trips, i, PLX_RULE_MEAN))))
                continue;
            n[plx_trip_has_bad(trips, i)][trips->overall[i] >= trips->whole.met]++;
        }
        const guint64 all = n[0][0] + n[0][1] + n[1][0] + n[1][1];
        tick_add(&fine_bad, n[0][0], n[0][0] + n[0][1]);
        tick_add(&bad_good, n[1][1], n[1][0] + n[1][1]);
        tick_add(&all_bad, n[0][0] + n[1][0], all);
        tick_add(&of_all, n[0][0], all);
    }
    return (struct plx_trip_whole){.n = all_bad.n,
                                   .units = all_bad.units,
                                   .fine_bad = tick_share(&fine_bad, 0.95),
                                   .bad_good = tick_share(&bad_good, 0.95),
                                   .all_bad = tick_share(&all_bad, 0.95),
                                   .of_all = tick_share(&of_all, 0.95)};
}
