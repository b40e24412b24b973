/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The trend reading: is it getting better or worse, since when, and is it the service or the eye?
 *
 * For each point (its levels) and each journey (its `overall`) of the people served, by month or
 * week: the mean and the share below the met value; changes of the mean with when and how much; a
 * linear drift; a season; and whether customers' level fell while shoppers, who look with the same
 * eyes, saw the same as before ("yesterday's Surprising is today's Expected").
 *
 * struct plx_trend is the RELEASED form: only plx_trend_read makes one, through reading/reach.h: a
 * period needs its minimum of persons, and the next smallest goes with a small one; nothing is
 * computed from periods that are not shown. Protected audiences are not looked at by time.
 *
 * Changes: PELT on the means, weighted by 1 / variance, with the penalty at which a stable series
 * shows a change with chance alpha / tests (stats/change_test.h). The variance of a mean is that of
 * the answers within periods over n, times a design effect (people who answer again), times the
 * dispersion of the series: how much more neighbouring periods differ than that, at least 1 (median
 * over all series; a series' own where that is far larger), so that a place's bad month is no
 * change. Drift: weighted least squares. Season: twelve months against none, F test, from 24 months
 * on; changes are looked for without it, also where it is only likely (p <= 0.05). All tests are
 * held together at alpha = 0.05 (Bonferroni); intervals of what is found are at 1 - R alpha / tests
 * (Benjamini and Yekutieli 2005), R the number of series with a finding.
 *
 * Cost: linear in the rows, then in series times periods; one simulation of at most half a second.
 * Rules, JSON: docs/readings.md. Test: tests/reading/test_trend.c. */

#include "reading/about.h"

#define PLX_TREND_PERIODS 8        /* with answers, before changes are looked for */
#define PLX_TREND_SEASON_MONTHS 24 /* before a season is */
#define PLX_TREND_SHORTEST 2       /* periods between changes */
#define PLX_TREND_ALPHA 0.05
#define PLX_TREND_DATES 0.99 /* confidence of the range of a date: several are told together */

typedef struct plx_trend plx_trend;

enum plx_trend_verdict {
    PLX_TREND_NOT_ENOUGH_YET, /* too few periods */
    PLX_TREND_CHANGED,
    PLX_TREND_DRIFTS,
    PLX_TREND_STEADY, /* neither, and a drift as large as the margin is ruled out */
    PLX_TREND_NOT_SHOWN
};
/* "not_enough_yet", "changed", "drifts", "steady", "no_change_shown". */
const char *plx_trend_verdict_code(enum plx_trend_verdict verdict);

enum plx_trend_cut {
    PLX_CUT_NONE,               /* customers' level did not fall */
    PLX_CUT_DRIFTS,             /* it fell; shoppers' stayed within the margin, and fell less */
    PLX_CUT_SHOPPERS_FALL,      /* shoppers' fell too, by more than the margin */
    PLX_CUT_NOT_ENOUGH_YET,     /* shoppers' answers cannot decide it */
    PLX_CUT_NO_SHOPPERS,        /* nobody visited in these periods, or may be shown */
    PLX_CUT_SHOPPERS_PROTECTED, /* not looked at by time */
};
/* NULL for NONE, "cut_drifts", "shoppers_fall_too", "not_enough_yet", "no_shoppers",
 * "shoppers_protected". */
const char *plx_trend_cut_code(enum plx_trend_cut cut);

enum plx_trend_season {
    PLX_SEASON_NOT_ASKED, /* by week, or fewer than 24 months */
    PLX_SEASON_NOT_SHOWN,
    PLX_SEASON_SHOWN
};
/* "not_asked", "not_shown", "seasonal". */
const char *plx_trend_season_code(enum plx_trend_season season);

struct plx_trend_period {
    gint64 n, persons; /* 0: nobody; -1: hidden */
    double mean;
    struct plx_interval mean_ci; /* 95 % */
    double below;                /* share below the met value; NaN without a cut */
    struct plx_interval below_ci;
    enum plx_suppression suppressed;
};

struct plx_trend_change {
    guint at;               /* the first period of the new level */
    guint first, last;      /* the range of `at`, 99 % */
    guint from, until;      /* the periods compared: from..at-1, at..until */
    double before, after;   /* means */
    double difference;      /* after - before, without the season */
    struct plx_interval ci; /* adjusted */
    double below_before, below_after;
    double below_difference;
    struct plx_interval below_ci; /* adjusted */
};

struct plx_trend_month {
    double effect; /* against the mean of the twelve */
    struct plx_interval ci;
    gboolean decided;
};

struct plx_trend_cut_check {
    enum plx_trend_cut verdict;
    guint at;                               /* before it, from it on */
    double customers;                       /* change of the mean */
    gint64 shoppers_before, shoppers_after; /* answers; -1: hidden */
    double shoppers;                        /* change of the mean */
    struct plx_interval shoppers_ci;        /* adjusted */
    double apart;                           /* customers' change less shoppers' */
    struct plx_interval apart_ci;           /* adjusted */
};

struct plx_trend_series {
    enum plx_subject_kind kind; /* POINT: level; JOURNEY: overall */
    const char *id, *title;
    const struct plx_scale *scale;    /* or NULL: no answers */
    gint64 n;                         /* answers in the periods shown */
    guint shown;                      /* periods that are */
    struct plx_trend_period *periods; /* n_periods of the reading */
    enum plx_trend_verdict verdict;
    double dispersion, design_effect;
    double gain, penalty; /* of the best changes, and what they had to beat */
    guint n_changes;
    struct plx_trend_change *changes;
    double drift;                 /* over the whole window, in levels */
    struct plx_interval drift_ci; /* adjusted */
    double drift_p;
    enum plx_trend_season season;
    double season_p;
    struct plx_trend_month *months; /* 12, January first; NULL unless SHOWN */
    struct plx_trend_cut_check cut;
};

struct plx_trend {
    struct plx_about about;
    const char *by; /* "month" or "week" */
    guint n_periods;
    const char **periods; /* "2025-11" or "2025-W45", without gaps */
    guint tests;
    double adjusted_level;
    double margin; /* of a level, on a six-level scale */
    guint n_series;
    struct plx_trend_series *series; /* points in order, then journeys */
};

/* Year and month, or year and week, of a period's key. */
void plx_trend_key(const char *key, gint *year, gint *part);

/* Options as of the gaps; `by` is "month", "week" or NULL (months, from PLX_TREND_PERIODS of them
 * on, else weeks). Errors: PLX_ERROR_USAGE for another split or measure; PLX_ERROR_NOT_FOUND when
 * no answer has a time; PLX_ERROR_NOT_SHOWN when the people served are protected; those of the
 * source.
 */
plx_trend *plx_trend_read(plx_source *source, const struct plx_gaps_options *options,
                          GError **error);
void plx_trend_free(plx_trend *trend);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_trend, plx_trend_free)
