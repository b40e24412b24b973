/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/journey_private.h"

#include <math.h>

static const struct plx_trip_share nothing = {0, 0, 0, NAN, {NAN, NAN}};

static void no_points(struct plx_way *way)
{
    for (guint i = 0; i < way->n_points; i++) {
        way->points[i].still_fine = way->points[i].falls = nothing;
        way->points[i].falls_most = FALSE;
    }
}

static void no_rules(struct plx_way *way, enum plx_way_state state)
{
    way->rules_state = state;
    way->rules_known = FALSE;
    way->rules.best = -1;
    way->rules.alone = FALSE;
    for (guint k = 0; k < PLX_RULES; k++)
        way->rules.fit[k] = (struct plx_trip_rule_fit){.r_squared = NAN,
                                                       .ci = {NAN, NAN},
                                                       .correlation = NAN,
                                                       .behind = NAN,
                                                       .behind_ci = {NAN, NAN}};
}

static void no_apart(struct plx_way *way, enum plx_way_state state)
{
    way->apart_state = state;
    way->apart_known = FALSE;
    way->apart = (struct plx_trip_whole){
        .fine_bad = nothing, .bad_good = nothing, .all_bad = nothing, .of_all = nothing};
}

void plx_way_no_trips(struct plx_way *way, enum plx_way_state state)
{
    way->fine_state = state;
    way->fine = (struct plx_trip_fine){nothing, nothing};
    way->marks = NAN;
    no_points(way);
    no_rules(way, way->whole.state == PLX_WAY_NO_OVERALL ? PLX_WAY_NO_OVERALL : state);
    no_apart(way, way->rules_state);
}

/* Trips with a mark, those with two answered points, and the marks of a trip. */
static void look(const struct plx_trips *trips, struct plx_way *way, guint64 *linked_units)
{
    guint64 marks = 0;
    *linked_units = 0;
    for (gsize t = 0, end; t < trips->n; t = end) {
        gboolean linked = FALSE;
        end = plx_trips_unit_end(trips, t);
        for (gsize i = t; i < end; i++) {
            guint64 rated = 0;
            for (guint32 a = trips->first[i]; a < trips->first[i + 1]; a++)
                rated += trips->level[a] != PLX_TRIP_NA && trips->level[a] != PLX_TRIP_DECLINED;
            marks += rated;
            way->trips += rated > 0;
            linked = linked || (rated > 0 && trips->point[trips->first[i]] !=
                                                 trips->point[trips->first[i + 1] - 1]);
        }
        *linked_units += (guint64)linked;
    }
    way->marks = way->trips ? (double)marks / (double)way->trips : NAN;
}

/* The interval of the sum of what people met, where it is the sum of the counts. */
static void take_sum(const struct plx_trips *trips, struct plx_way *way)
{
    g_autofree double *reach = g_new0(double, trips->n_points + 1);
    const struct plx_trip_sum sum = plx_trips_bad(trips, NULL, reach);
    if (fabs(sum.value - way->bad) > 1e-6 || isnan(sum.ci.lo))
        return;
    way->bad_ci = sum.ci;
    way->bad_method = PLX_WAY_LINKED;
    plx_way_rank(way);
}

static void take_fine(const struct plx_reach *reach, const struct plx_trips *trips,
                      const guint *place, struct plx_way *way)
{
    const guint n = trips->n_points;
    g_autofree struct plx_trip_share *still = g_new0(struct plx_trip_share, n + 1);
    g_autofree struct plx_trip_share *falls = g_new0(struct plx_trip_share, n + 1);
    const struct plx_trip_fine fine = plx_trips_fine(trips, still, falls, 1 - 0.05 / n);
    if (!plx_reach_allows(reach, fine.known.units)) {
        way->fine_state = PLX_WAY_ASKED_PARTS;
        return;
    }
    way->fine_state = PLX_WAY_SHOWN;
    way->fine.known = fine.known;
    if (plx_reach_allows(reach, fine.rated.units))
        way->fine.rated = fine.rated;
    gint most = -1;
    for (guint j = 0; way->ordered && j < n; j++) {
        way->points[place[j]].still_fine = still[j];
        way->points[place[j]].falls = falls[j];
        if (most < 0 || falls[j].x > falls[most].x)
            most = (gint)j;
    }
    if (most >= 0 && falls[most].ci.lo > (1 - fine.known.ci.lo) / n)
        way->points[place[most]].falls_most = TRUE;
}

static void take_rules(const struct plx_trips *trips, struct plx_way *way)
{
    struct plx_trip_rules rules = plx_trips_rules(trips, TRUE, way->ordered);
    way->rules_known = rules.units >= PLX_RULE_UNITS;
    if (!way->rules_known)
        rules = plx_trips_rules(trips, FALSE, way->ordered);
    if (rules.units < PLX_RULE_UNITS) {
        no_rules(way, PLX_WAY_FEW);
        return;
    }
    way->rules_state = rules.best < 0 ? PLX_WAY_ALIKE : PLX_WAY_SHOWN;
    way->rules = rules;
    way->rules.alone = rules.alone && way->rules_known;
}

static void take_apart(const struct plx_reach *reach, const struct plx_trips *trips,
                       struct plx_way *way)
{
    struct plx_trip_whole apart = plx_trips_whole(trips, TRUE);
    way->apart_known = plx_reach_allows(reach, apart.units);
    if (!way->apart_known)
        apart = plx_trips_whole(trips, FALSE);
    if (!plx_reach_allows(reach, apart.units)) {
        no_apart(way, PLX_WAY_FEW);
        return;
    }
    way->apart_state = PLX_WAY_SHOWN;
    way->apart = apart;
    if (!plx_reach_allows(reach, apart.fine_bad.units))
        way->apart.fine_bad = nothing;
    if (!plx_reach_allows(reach, apart.bad_good.units))
        way->apart.bad_good = nothing;
}

void plx_way_take_trips(const struct plx_reach *reach, const struct plx_trips *trips,
                        struct plx_way *way)
{
    g_autofree guint *place = g_new0(guint, way->n_points + 1); /* of the points that are shown */
    guint n = 0;
    for (guint i = 0; i < way->n_points; i++)
        if (!way->points[i].suppressed)
            place[n++] = i;
    g_assert(n == trips->n_points);
    guint64 linked;
    look(trips, way, &linked);
    take_sum(trips, way);
    if (n < 2 || linked == 0)
        return;
    if (!plx_reach_allows(reach, linked)) {
        plx_way_no_trips(way, PLX_WAY_FEW);
        return;
    }
    take_fine(reach, trips, place, way);
    if (way->whole.state == PLX_WAY_NO_OVERALL)
        return;
    take_rules(trips, way);
    if (way->whole.scale->met == PLX_NO_CUT)
        no_apart(way, PLX_WAY_NO_CUT);
    else
        take_apart(reach, trips, way);
}
