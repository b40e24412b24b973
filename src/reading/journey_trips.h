/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people met on one way, each on one occasion, and what follows of it: private to the reading
 * `journey` (reading/journey.h), never for views.
 *
 * A trip is what one person said of one way on one occasion: answers at points of the way, in the
 * order of the way, and perhaps how it was as a whole. Levels are turned so that high is good. All
 * of a unit's trips stand side by side; units are in an order that does not depend on rows. Every
 * function passes over the answers once or twice: linear in answers, times the number of points at
 * most. Intervals allow for units with several trips. Test: tests/reading/test_journey_trips.c. */

#include "stats/distribution.h"
#include "stats/share.h"

#include <glib.h>

#define PLX_TRIP_NA G_MININT8             /* of a level: did not happen */
#define PLX_TRIP_DECLINED (G_MININT8 + 1) /* it happened, but how is not said */
#define PLX_TRIP_NONE G_MININT8           /* of the whole: not said */

/* Marks from min to max, of which those from `met` on are what was expected, or better. */
struct plx_trip_scale {
    gint min, max, met;
};

struct plx_trips {
    guint n_points;
    struct plx_trip_scale levels, whole;
    gsize n;
    const guint32 *unit;  /* n: never falling */
    const guint32 *first; /* n + 1: where the answers of a trip begin */
    const guint16 *point; /* of an answer: never falling within a trip */
    const gint8 *level;   /* of an answer, or PLX_TRIP_NA, PLX_TRIP_DECLINED */
    const gint8 *overall; /* n, or PLX_TRIP_NONE */
    const double *chance; /* n: with which a point of this way was asked about; NULL: all were */
};

/* A share over units: how many trips (n), of how many units, and for how many it holds (x). */
struct plx_trip_share {
    guint64 n, units, x;
    double p;
    struct plx_interval ci;
};

/* Bad moments --------------------------------------------------------------------------------- */

/* The share of trips that lead past a point: `reached`, the sum of 1 / chance over the trips asked
 * about it, by the number of trips. By chance it may lie somewhat above 1; cut there the sum over
 * points would be too low. Beyond three standard errors (`spread`: the sum of 1 / chance - 1 over
 * all trips) the chances cannot be right, and it is 1. */
double plx_trip_reach(double reached, double trips, double spread);

/* How many points of a way fall below `met`, on average: the sum over points of
 *     (share of bad ones among the rated) x (rated among rated and na) x (reach),
 * where reach is the share of trips that lead past the point (plx_trip_reach), or 1 without
 * chances. Points that are not in `use` are left out. The interval is linearised over units (Binder
 * 1983), so that people who meet several bad moments count as one, and bounded by 0 and the number
 * of points as Wilson's is. `reach` (n_points) is set. NaN below two units. */
struct plx_trip_sum {
    double value, se;
    struct plx_interval ci;
    guint64 units;
};
struct plx_trip_sum plx_trips_bad(const struct plx_trips *trips, const gboolean *use,
                                  double *reach);

/* Everything fine ----------------------------------------------------------------------------- */

/* Of trips of which every point is known: rated, or did not happen (and at least one rated).
 * `rated`: those rated at every point. Fine: no point below `met`. still_fine[j], falls[j]
 * (n_points; may be NULL): fine up to point j; first bad one at j; `falls_level`: confidence of
 * the latter. */
struct plx_trip_fine {
    struct plx_trip_share known, rated;
};
struct plx_trip_fine plx_trips_fine(const struct plx_trips *trips,
                                    struct plx_trip_share *still_fine, struct plx_trip_share *falls,
                                    double falls_level);

/* Points and the whole: which trips with `overall` were fine at every answered point, and good as a
 * whole. `known_only`: only trips of which every point is known. */
struct plx_trip_whole {
    guint64 n, units;
    struct plx_trip_share fine_bad; /* of those that were fine at every point: bad as a whole */
    struct plx_trip_share bad_good; /* of those with a bad moment: good as a whole */
    struct plx_trip_share all_bad;  /* of all: bad as a whole */
    struct plx_trip_share of_all;   /* of all: fine at every point and bad as a whole */
};
struct plx_trip_whole plx_trips_whole(const struct plx_trips *trips, gboolean known_only);

/* Rules --------------------------------------------------------------------------------------- */

/* One number of a trip's marks. Peak: the mark furthest from `met` (of two as far the worse one);
 * end: the last one; bad: how many are below `met`. */
enum plx_trip_rule {
    PLX_RULE_MEAN,
    PLX_RULE_WORST,
    PLX_RULE_PEAK,
    PLX_RULE_END,
    PLX_RULE_PEAK_END,
    PLX_RULE_BAD,
    PLX_RULES
};

#define PLX_RULE_UNITS 30    /* least units for a comparison of rules */
#define PLX_RULE_FOLDS 10    /* units are dealt in turn, so that folds are alike */
#define PLX_RULE_MARGIN 0.01 /* of R squared: a smaller difference is none */
#define PLX_RULE_LEAST 2     /* marks of a trip; with one mark all rules are the same */

/* How well a straight line over each rule predicts `overall` of units it was not fitted to:
 * r_squared = 1 - (squared errors) / (those of the mean), by cross-validation. `versus` is the
 * best's lead over each other one, with paired intervals over units that hold together for all
 * pairs (Bonferroni over pairs, so that looking for the best costs nothing). */
struct plx_trip_rule_fit {
    double r_squared; /* NaN: the rule or the whole does not vary */
    struct plx_interval ci;
    double correlation; /* Pearson's, of all */
    double behind;      /* best's r_squared minus this one's */
    struct plx_interval behind_ci;
    gboolean tied; /* cannot be told from the best, or is as good as it */
};
struct plx_trip_rules {
    guint64 n, units;
    double marks;   /* of a trip, mean */
    gint best;      /* highest r_squared, or -1 */
    gboolean alone; /* nothing is tied with it, and it predicts anything at all */
    struct plx_trip_rule_fit fit[PLX_RULES];
};
/* `ordered`: the end is known; else end and peak-end are left out. */
struct plx_trip_rules plx_trips_rules(const struct plx_trips *trips, gboolean known_only,
                                      gboolean ordered);

/* The number of one trip; NaN without a mark. */
double plx_trip_rule_value(const struct plx_trips *trips, gsize trip, enum plx_trip_rule rule);

/* Shared: is every point known? */
gboolean plx_trip_is_known(const struct plx_trips *trips, gsize trip);
/* Is some point below met? */
gboolean plx_trip_has_bad(const struct plx_trips *trips, gsize trip);
/* The end (exclusive) of the trips of the unit that trip `t` begins. */
gsize plx_trips_unit_end(const struct plx_trips *trips, gsize t);
