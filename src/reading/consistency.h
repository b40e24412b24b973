/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The consistency reading: is it always like that, or only in some places, on some days?
 *
 * Of the people served, point by point: how far answers agree (van der Eijk's A), how much of their
 * variation lies between places, channels, months and persons, the places in a funnel, the months
 * in a control chart. Over all points: the places whose answers lie further apart than those of
 * others, and what the visits of secret shoppers can tell of places.
 *
 * Everything is computed from counts with one split each, so that cost grows with the number of
 * points times places (channels, months), not of answers. This is the RELEASED form: parts with too
 * few persons are left out of every number below a point's own (reading/reach.h). NaN, NULL or -1:
 * does not exist, or may not be shown. Rules and errors: docs/readings.md, docs/methods/
 * consistency.md. Test: tests/reading/test_consistency.c. */

#include "reading/about.h"
#include "reading/figure.h"
#include "stats/oneway.h"

typedef struct plx_consistency plx_consistency;

/* Claims of one document: at most 5 of 100 are wrong (false coverage rate); a place, or a month, is
 * named wrongly in at most 5 of 100 documents. */
#define PLX_CONSISTENCY_RISK 0.05
#define PLX_CONSISTENCY_AGREE 0.6  /* A above: answers agree */
#define PLX_CONSISTENCY_WIDE 0.4   /* A below: they are wide; in between: mixed */
#define PLX_CONSISTENCY_SHARE 0.01 /* of the variation between parts: a small effect (Cohen) */
#define PLX_CONSISTENCY_SPREAD 1.2 /* a place this many times as wide as others is told */
#define PLX_CONSISTENCY_PERIODS 12 /* months or weeks that a control chart needs */
#define PLX_CONSISTENCY_PLACES 5   /* places that a funnel needs */
#define PLX_CONSISTENCY_AIM 0.7    /* share of what separates places that must be places */
#define PLX_CONSISTENCY_CROSSED 6  /* places and shoppers that shoppers' severity needs */

enum plx_consistency_verdict {
    PLX_CONSISTENCY_HIDDEN, /* null */
    PLX_CONSISTENCY_CONSISTENT,
    PLX_CONSISTENCY_MIXED,
    PLX_CONSISTENCY_INCONSISTENT, /* wide, and not by place, channel or month */
    PLX_CONSISTENCY_BY_PLACE,
    PLX_CONSISTENCY_BY_CHANNEL,
    PLX_CONSISTENCY_BY_MONTH,
    PLX_CONSISTENCY_NOT_ENOUGH
};
/* "consistent", "inconsistent", "differs_by_place" ...; NULL for HIDDEN. */
const char *plx_consistency_verdict_code(enum plx_consistency_verdict verdict);

enum plx_consistency_split {
    PLX_CONSISTENCY_PLACE,
    PLX_CONSISTENCY_CHANNEL,
    PLX_CONSISTENCY_MONTH,
    PLX_CONSISTENCY_SPLITS,
    PLX_CONSISTENCY_PERSON = PLX_CONSISTENCY_SPLITS, /* who answer the same point again */
    PLX_CONSISTENCY_PARTS
};

/* What lies between the parts of one kind. `missing` says why there is nothing: "one_part" (fewer
 * than two with the minimum of persons), "too_few" (no part with two answers), "no_variation",
 * "no_repeats" (persons); NULL where there is a share. */
struct plx_part_share {
    guint parts;
    double n; /* persons' answers: who answers a point again in a part counts once */
    double share;
    struct plx_interval ci, ci_adjusted;
    double sd;        /* between parts, in levels */
    gboolean decided; /* ci_adjusted wholly above PLX_CONSISTENCY_SHARE */
    const char *missing;
};

/* A place, or a month, of one point against what all have in common. */
struct plx_limit_part {
    const char *key;
    gint64 n; /* answers */
    double value;
    struct plx_interval inner, outer; /* funnel: 95 and 99.8 %; chart: NaN and three sigma */
    struct plx_interval adjusted;     /* holds for all that is looked at together */
    gint outside;                     /* of `adjusted`: -1 below, 1 above, 0 inside */
    gboolean signal;                  /* chart: outside of three sigma */
};

struct plx_limits {
    guint n_parts;
    struct plx_limit_part *parts; /* funnel: by key; chart: in order of time */
    double center;
    double widening;     /* square root of the overdispersion, at least 1 */
    gint first;          /* the first part that is outside, or -1 */
    const char *missing; /* "few_places", "few_periods", "no_variation"; NULL: it exists */
};

struct plx_consistency_point {
    const char *point, *title;
    const char *journey, *journey_title;         /* NULL without */
    const char *transaction, *transaction_title; /* NULL without */
    const struct plx_scale *scale;
    gint64 n, persons;
    double mean, sd, below_share; /* below met; NaN without the cut */
    double agreement;
    struct plx_interval agreement_ci, agreement_adjusted;
    struct plx_part_share part[PLX_CONSISTENCY_PARTS];
    struct plx_limits funnel, chart;
    enum plx_consistency_verdict verdict;
    enum plx_suppression suppressed;
};

/* A place over all points: do its answers to the same point lie further apart than elsewhere? */
struct plx_wide_point {
    guint point;
    gint64 n;
    double sd, elsewhere; /* standard deviations within the place, and within all others */
};
#define PLX_WIDEST 3
struct plx_consistency_place {
    const char *key;
    gint64 n, persons;
    double spread;                 /* its answers' standard deviation, those of others = 1 */
    struct plx_interval spread_ci; /* holds for all places together */
    double p, p_adjusted;          /* of "no wider than others"; adjusted over the places */
    gboolean wide;                 /* told as inconsistent */
    guint n_widest;
    struct plx_wide_point widest[PLX_WIDEST]; /* widest first */
};

/* Visits of shoppers. A visit's score is the mean of its answers, each against its point's mean. */
struct plx_consistency_visits {
    const char *audience; /* id; NULL: nobody of it asked for, or there */
    gint64 visits, shoppers;
    guint places; /* with at least one visit */
    double per_place;
    double between, within; /* variance of places; of visits to one place */
    double shopper;         /* variance of shoppers (crossed with places, REML); NaN: not told */
    double severity_share;  /* of what lies within a place: shoppers; NaN: not told */
    double share;           /* of a single visit: places / (places + visits) */
    struct plx_interval share_ci;
    double reliability;      /* of a place's mean of per_place visits */
    double needed;           /* visits per place that reach PLX_CONSISTENCY_AIM; infinite: never */
    double needed_alike;     /* the same with shoppers' strictness taken out; NaN: not told */
    const char *missing;     /* "few_shoppers", "one_place", "one_visit_each", "no_variation" */
    const char *no_severity; /* why `shopper` is NaN: "few_places", "few_shoppers", "no_repeats" */
};

/* All answers together: how much of their variation lies between points, persons, places (crossed,
 * REML; a kind that cannot be told apart from another, or has one part, is NaN), and within. */
enum plx_overall_kind {
    PLX_OVERALL_POINT,
    PLX_OVERALL_PERSON,
    PLX_OVERALL_PLACE,
    PLX_OVERALL_KINDS
};
struct plx_overall_part {
    guint parts;
    double variance;
    struct plx_interval ci; /* of the variance; NaN beyond 100,000 answers */
    double share;
};
struct plx_consistency_overall {
    gint64 n;
    struct plx_overall_part part[PLX_OVERALL_KINDS];
    double within, within_share;
    const char *missing; /* "one_part", "no_variation", "too_many" (over a million answers), ... */
};

struct plx_consistency {
    struct plx_about about;
    const char *measure;
    guint n_points;
    struct plx_consistency_point *points; /* map order, else by id */
    guint n_places;
    struct plx_consistency_place *places; /* by key; those whose names may be shown */
    struct plx_consistency_visits visits;
    struct plx_consistency_overall overall;
    const char *period;     /* "month", "week" */
    guint family_size;      /* decisions about spread and parts of points */
    double adjusted_level;  /* of their adjusted intervals */
    guint limits_looked_at; /* places and periods of all points */
    double limits_level;
    guint periods_looked_at; /* periods of all points alone */
};

void plx_consistency_free(plx_consistency *consistency);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_consistency, plx_consistency_free)

/* Asks the source once; twice where there are too few months, for the weeks. Options: dates, where,
 * audiences, measure (default level). Errors: PLX_ERROR_USAGE (--by: it splits by itself; unknown
 * keys), PLX_ERROR_NOT_FOUND (no answer passes; nobody served is asked for), PLX_ERROR_NOT_SHOWN
 * (the people served are too few, or protected), the source's own. */
plx_consistency *plx_consistency_read(plx_source *source, const struct plx_gaps_options *options,
                                      GError **error);

/* Agreement and the share of the variation between places, point by point, for `compare`: elements
 * struct plx_figure. */
void plx_consistency_figures(const plx_consistency *consistency, GArray *figures);
