/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The reading `journey`: how many bad moments a way has, whether they fall on all or on some, where
 * along the way it falls, and what of it goes with how people feel in the end.
 *
 * A way is a journey of the map with its home points that somebody was asked about, in map order;
 * without journeys it is all points, and their order is not known. It is one served audience's
 * (reading/reach.h). A moment is bad when its mark is below the scale's `met` ("below Expected").
 * - Bad moments per journey need no linkage: the sum over points of (share of bad ones among those
 *   who met it) x (share who met it: the rest said `na`) x (reach: share of the journeys that lead
 *   past it, from asked_p; 1 without).
 * - Everything else is of trips (reading/journey_trips.h): of one person on one occasion, linked by
 *   the encounter, or by the respondent where encounters hold one point each. Nobody who was not
 *   asked about every point of the way counts for "everything was fine".
 * Points with too few persons are left out of everything. Rules, codes, JSON: docs/readings.md.
 * Cost: linear in answers; answers kept linked take about 8 bytes each.
 * Test: tests/reading/test_journey.c. */

#include "reading/about.h"
#include "reading/figure.h"
#include "reading/journey_trips.h"

typedef struct plx_ways plx_ways;

/* Why a part of the reading has numbers, or not. */
enum plx_way_state {
    PLX_WAY_SHOWN,
    PLX_WAY_NO_POINTS,   /* nobody served rated a point here */
    PLX_WAY_NO_CUT,      /* the scale says not what was expected */
    PLX_WAY_NOT_LINKED,  /* nobody is known to have rated two points */
    PLX_WAY_ASKED_PARTS, /* (almost) nobody was asked about every point */
    PLX_WAY_NO_OVERALL,  /* (almost) nobody said how it was as a whole */
    PLX_WAY_FEW,         /* fewer people than it takes */
    PLX_WAY_ALIKE,       /* all said the same: nothing can go with it */
    PLX_WAY_STATES
};
const char *plx_way_state_code(enum plx_way_state state); /* "shown", "no_points" ... */
const char *plx_way_rule_code(enum plx_trip_rule rule);   /* "mean", "worst", "peak" ... */

/* How the interval of the sum allows for people with several answers. */
enum plx_way_method {
    PLX_WAY_LINKED,      /* from who said what */
    PLX_WAY_INDEPENDENT, /* nobody answered at two points */
    PLX_WAY_BOUND        /* as if all answers of a person went the same way: too wide */
};

struct plx_way_point {
    guint32 subject; /* of the answer; of no meaning to views */
    const char *id, *title;
    const char *transaction; /* its title, or NULL */
    gint64 n, persons, na, declined;
    double below; /* share of those who met it */
    struct plx_interval below_ci;
    double met;   /* share of rated among rated and na */
    double reach; /* share of the journeys that lead past it, an estimate; 1 when not known */
    double bad;   /* per journey: below x met x reach; adds up to the way's */
    struct plx_interval bad_ci, bad_ci_adjusted; /* the latter at 1 - 0.05 / points */
    double part;                                 /* of the sum */
    gboolean most;       /* one of the fewest points that make half of the sum */
    gboolean stands_out; /* surely above the average point; simultaneous over points */
    double mean;
    struct plx_interval mean_ci;
    struct plx_trip_share still_fine, falls; /* NaN when not known; `falls`: first bad one here */
    gboolean falls_most; /* most of the firsts, and surely above the average point */
    enum plx_suppression suppressed;
};

struct plx_way_whole {
    enum plx_way_state state;
    const struct plx_scale *scale; /* of `overall` */
    gint64 n, persons;
    double mean;
    struct plx_interval mean_ci;
    double below; /* share below met */
    struct plx_interval below_ci;
};

/* The whole-journey cards. */
struct plx_way_cards {
    enum plx_way_state state;
    gint64 n, persons;
    double short_share, delighted_share;
    struct plx_interval short_ci, delighted_ci;
};

struct plx_way {
    const char *id, *title; /* of the journey; NULL without a map */
    gboolean ordered;
    enum plx_way_state state;
    guint n_points, n_shown; /* shown: not suppressed */
    struct plx_way_point *points;
    gint64 persons;
    double bad; /* bad moments per journey */
    struct plx_interval bad_ci;
    enum plx_way_method bad_method;
    gboolean reach_known;
    enum plx_way_state fine_state;
    gint64 trips; /* linked, of at least one rated point */
    double marks; /* rated points of a trip, mean */
    struct plx_trip_fine fine;
    enum plx_way_state rules_state;
    gboolean rules_known; /* only trips of which every point is known; else of what was asked */
    struct plx_trip_rules rules;
    enum plx_way_state apart_state;
    gboolean apart_known;
    struct plx_trip_whole apart; /* every step fine, journey bad; and the reverse */
    struct plx_way_whole whole;
    struct plx_way_cards cards;
};

struct plx_ways {
    struct plx_about about;
    const char *measure;
    const struct plx_scale *scale; /* of the points */
    gboolean by_person;            /* trips are linked by the respondent, not by the encounter */
    guint n;
    struct plx_way *ways; /* map order */
};

void plx_ways_free(plx_ways *ways);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_ways, plx_ways_free)

/* Asks the source. Errors: those of plx_question_new; PLX_ERROR_USAGE for a split and for a measure
 * that is not asked of points; PLX_ERROR_NOT_FOUND when nobody served is asked for or answered;
 * PLX_ERROR_NOT_SHOWN when the question cuts a protected audience, or too few answered. */
plx_ways *plx_ways_read(plx_source *source, const struct plx_gaps_options *options, GError **error);

/* Bad moments, share for whom everything was fine, and the mean as a whole, journey by journey, for
 * `compare`: elements struct plx_figure. */
void plx_ways_figures(const plx_ways *ways, GArray *figures);
