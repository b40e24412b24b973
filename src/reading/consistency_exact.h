/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the parts of the consistency reading; never for views. Everything lives in the memory of
 * out->about. Tests: tests/reading/test_consistency.c. */

#include "reading/consistency.h"
#include "reading/gaps_exact.h"
#include "reading/reach.h"

/* The answers of one cell as numbers. */
struct plx_cell_stats {
    gint64 n;
    guint64 persons;
    double units;        /* who answers again counts once; Kish's number under weights */
    double mean, m2, m4; /* central moments of the weighted answers */
    double below;        /* share below met; NaN without the cut */
    gboolean shown;
};

/* One split: its parts, by key; those of all points together may be hidden already. */
struct plx_cut {
    const struct plx_table *table; /* NULL: not asked */
    guint n_parts;
    const guint *group;
    const char *const *key;
    const guint64 *persons;
    const enum plx_suppression *hidden;
};

/* A decision about one point: its agreement (split < 0), or what lies between parts. */
struct plx_consistency_decision {
    struct plx_consistency_point *point;
    gint split;
    struct plx_oneway oneway;
    const double *w; /* of the agreement: weighted counts of so many units */
    guint k;
    double units;
};

struct plx_consistency_exact {
    plx_consistency *out;
    const plx_question *question;
    const struct plx_answer *answer;
    struct plx_reach reach;
    guint audience;
    const struct plx_table *total;
    struct plx_cut cut[PLX_CONSISTENCY_SPLITS];
    struct plx_cut periods; /* months, or weeks (of another answer with subjects of its own) */
    const struct plx_answer *period_answer;
    const guint32 *subject;         /* by point: index into the answer */
    const struct plx_table *visits; /* of shoppers, split by place; or NULL */
    const struct plx_reach *visitors;
    guint64 visits_persons;
    double inflation;  /* of sums over points: answers of one person go together */
    GArray *decisions; /* struct plx_consistency_decision */
};

/* consistency_parts.c */
struct plx_cell_stats plx_cell_stats(const struct plx_tally *tally);
/* Of the split `table` whose first key is empty where an answer has none: no part. */
struct plx_cut plx_cut_new(const struct plx_consistency_exact *exact,
                           const struct plx_table *table);
/* The answers to one subject in every part of a cut; `shown` as all rules allow. */
void plx_cut_stats(const struct plx_consistency_exact *exact, const struct plx_cut *cut,
                   guint32 subject, struct plx_cell_stats *stats);
/* Fills agreement and parts of a point, and notes the decisions about them. */
void plx_consistency_parts(struct plx_consistency_exact *exact, guint point);
/* All decisions together: adjusted intervals and verdicts. */
void plx_consistency_decide(struct plx_consistency_exact *exact);

/* consistency_limits.c: funnels of places and charts of periods. */
void plx_consistency_limits(struct plx_consistency_exact *exact);

/* consistency_places.c: places whose answers lie further apart than those of others. */
void plx_consistency_places(struct plx_consistency_exact *exact);

/* How much places surely differ at a point, by index: what they do not make they cannot make badly.
 * To be freed with g_free. */
double *plx_consistency_weights(const struct plx_consistency_exact *exact);

/* One place at one point. */
struct plx_place_cell {
    double p; /* of "no wider than elsewhere"; NaN: nothing to compare */
    double sd, elsewhere;
    double mean, units, within; /* within: standard deviation within all places */
    gint64 n;
};

/* The answers of one visit: residuals, in standard deviations, and how much a place that is now
 * good, now bad would show at each (loading). Who answers has a mood (or is strict, as shoppers
 * are), which all his answers share: `together` is their correlation. The score is the one most
 * sensitive to such a place beside a mood: loadings times the inverse of the covariance (the score
 * test of a variance component). */
struct plx_visit {
    double n, sum, squares;
    double loaded, loading,
        loading2; /* sums of loading * residual, of loadings, of their squares */
};
struct plx_visit_score {
    double value, expected; /* expected: of the square, where visits differ as elsewhere */
};
struct plx_visit_pool { /* over visits */
    double products, pairs, squares, n;
};
void plx_visit_add(struct plx_visit *visit, double residual, double loading);
void plx_visit_pool(struct plx_visit_pool *pool, const struct plx_visit *visit);
double plx_visit_together(const struct plx_visit_pool *pool);
struct plx_visit_score plx_visit_score(const struct plx_visit *visit, double together);

/* consistency_linked.c: p of "visits to a place differ no more than visits to others", by place;
 * learns exact->inflation. NaN: not to be told. */
void plx_consistency_linked_spread(struct plx_consistency_exact *exact,
                                   const struct plx_place_cell *cell, const double *weight,
                                   double *p);
/* All answers together. */
void plx_consistency_overall(struct plx_consistency_exact *exact);

/* consistency_visits.c, of the shoppers (all do nothing without them): what visits tell of places.
 */
void plx_consistency_visits(struct plx_consistency_exact *exact);
/* Visits to each place that reach PLX_CONSISTENCY_AIM; infinite where places do not differ. */
double plx_consistency_needed(double between, double within);
/* How strict shoppers are: after the visits (consistency_severity.c). */
void plx_consistency_severity(struct plx_consistency_exact *exact);
/* Of each place of the cut: p of "visits to it differ no more than visits to others"; each point
 * counts by its weight, all alike where all are 0. NaN: not to be told. */
void plx_consistency_visits_spread(const struct plx_consistency_exact *exact, const double *weight,
                                   double *p);
