/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the trend reading; never for views. Test: tests/reading/test_trend.c. */

#include "reading/gaps_exact.h"
#include "reading/reach.h"
#include "reading/trend.h"
#include "stats/change_test.h"

/* What a source said: answers by period and, for people who answer again, of all periods. */
struct plx_trend_asked {
    const plx_question *question;
    struct plx_answer *answer; /* tables: by period; whole */
    gint served;
    struct plx_reach *reach; /* by map index */
    gboolean *heard;         /* by map index: served or shoppers, may be looked at by time */
    gboolean weekly;
    guint n_periods;
    char **periods; /* keys without gaps; owned */
    gint *group;    /* of each period in the first table, or -1 */
};
gboolean plx_trend_ask(struct plx_trend_asked *asked, plx_source *source,
                       const plx_question *question, const char *by, GError **error);
void plx_trend_asked_clear(struct plx_trend_asked *asked);

/* Month of the year of a key "2025-11", 0..11. */
guint plx_trend_month_of(const char *key);

/* One audience's answers at one subject, period by period, where they may be shown. */
struct plx_line {
    guint n;              /* periods shown */
    guint *period;        /* n: which */
    double *mean, *units; /* n; effective numbers of answers, over the design effect */
    double *below;        /* n: share below; NaN without a cut */
    double variance;      /* of answers within periods */
    double design_effect;
    double units_total;            /* sampling units over all periods */
    const struct plx_scale *scale; /* NULL: no answers */
};
/* `periods` (n_periods, may be NULL) takes what is released of each. */
struct plx_line plx_line_read(const struct plx_trend_asked *asked, guint32 subject, guint audience,
                              enum plx_measure measure, struct plx_trend_period *periods,
                              GPtrArray *memory);

/* How much more neighbouring periods differ than their variances say: squares of standardised
 * differences are appended to `squares` (double). */
void plx_line_differences(const struct plx_line *line, GArray *squares);
/* Their median as a multiple of what it would be; sorts them. 1 without any. */
double plx_trend_dispersion(double *squares, guint n);

/* What all series share. */
struct plx_trend_plan {
    plx_trend *out;
    const struct plx_trend_asked *asked;
    plx_change_tail *tail;
    double dispersion, df; /* of all series together */
    double alpha;          /* of one test */
    guint64 seed;
    GPtrArray *memory;
};
/* A series being tested: values without season, weights 1 / variance. */
struct plx_trend_work {
    struct plx_line line;
    double *value, *weight; /* line.n */
    double df;              /* of the dispersion */
    double drift_se;
};

/* Tests; fill all of the series but intervals, which need the number of findings. */
void plx_trend_test(const struct plx_trend_plan *plan, struct plx_trend_work *work,
                    struct plx_trend_series *series);
/* Intervals at the adjusted level, and whether it is steady. */
void plx_trend_conclude(const struct plx_trend_plan *plan, const struct plx_trend_work *work,
                        struct plx_trend_series *series);
/* reading/trend_cut.c: `works` as the series of the plan. Asks the source where a level fell. */
gboolean plx_trend_check_cuts(const struct plx_trend_plan *plan, plx_source *source,
                              const struct plx_trend_work *works, GError **error);

/* Mean, its variance and effective number over the periods from..until of a line, given weights;
 * FALSE without any. */
struct plx_stretch {
    double mean, variance, units, below;
};
gboolean plx_line_stretch(const struct plx_line *line, const double *value, const double *weight,
                          guint from, guint until, struct plx_stretch *out);
