/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration_judge.h"

#include <math.h>

enum {
    SIDES = PLX_CROWD_SIDES,
    POINTS = PLX_CROWD_POINTS,
    LEVELS = PLX_CROWD_LEVELS,
    GUESSES = PLX_CROWD_GUESSES,
    CUSTOMER = PLX_CROWD_CUSTOMER
};

/* Truths --------------------------------------------------------------------------------------- */

/* Pairs are leader-staff, leader-customer, staff-customer. */
static guint pair_of(guint a, guint b)
{
    return a + b - 1;
}

static double mean_of(const double *shares, guint k, double first)
{
    double mean = 0;
    for (guint i = 0; i < k; i++)
        mean += shares[i] * (first + i);
    return mean;
}

double plx_judged_from(const double *shares, guint level)
{
    double sum = 0;
    for (guint i = level - 1; i < LEVELS; i++)
        sum += shares[i];
    return sum;
}

static double superiority_of(const double *a, const double *b)
{
    double sum = 0;
    for (guint i = 0; i < LEVELS; i++) {
        for (guint j = 0; j < i; j++)
            sum += a[i] * b[j];
        sum += a[i] * b[i] / 2;
    }
    return sum;
}

static double headline_of(const struct plx_crowd_truth *truth)
{
    double sum = 0;
    for (guint p = 0; p < POINTS; p++)
        sum += plx_judged_from(truth->level[CUSTOMER][p], 4);
    return sum / POINTS;
}

/* The verdict of a pair with customers, from the truth alone (docs/readings.md, "A level gap"). */
static enum plx_verdict true_verdict(double viewer, double served, double difference, double margin)
{
    const gboolean above = served >= 0.5;
    if (fabs(difference) < margin) {
        if (above != (viewer >= 0.5))
            return PLX_VERDICT_AGREE;
        return above ? PLX_VERDICT_SHARED_STRENGTH : PLX_VERDICT_KNOWN_PROBLEM;
    }
    if (difference > 0 && !above)
        return PLX_VERDICT_BLIND_SPOT;
    return difference < 0 && above ? PLX_VERDICT_HIDDEN_STRENGTH : PLX_VERDICT_VIEWS_DIFFER;
}

/* One document --------------------------------------------------------------------------------- */

static gboolean covers(struct plx_interval ci, double truth)
{
    return ci.lo <= truth + 1e-9 && truth <= ci.hi + 1e-9;
}

static void watch(struct plx_judged *judged, const struct plx_judged_promise *promise,
                  enum plx_watched what, guint point, guint side, struct plx_interval ci,
                  double truth)
{
    const guint64 hit = covers(ci, truth) ? 1 : 0;
    judged->seen[what][point][side]++;
    judged->hits[what][point][side] += hit;
    judged->here[promise->holds[what][point][side] ? 1 : 0][what] += hit;
    if (!isnan(ci.lo))
        judged->width[what] += llround((ci.hi - ci.lo) * PLX_JUDGED_FINE);
}

static void watch_voice(struct plx_judged *judged, const struct plx_judged_promise *promise,
                        guint point, const struct plx_voice *v, const double *shares)
{
    g_assert_true(v->suppressed == PLX_SHOWN);
    if (v->complete) /* nothing to estimate */
        return;
    const guint side = v->audience;
    watch(judged, promise, PLX_WATCH_MEAN, point, side, v->mean_ci, mean_of(shares, LEVELS, 1));
    watch(judged, promise, PLX_WATCH_FLOOR, point, side, v->floor_ci, shares[0]);
    watch(judged, promise, PLX_WATCH_MET, point, side, v->met_ci, plx_judged_from(shares, 3));
    watch(judged, promise, PLX_WATCH_DESIRED, point, side, v->desired_ci,
          plx_judged_from(shares, 4));
}

/* +1: a is said to be higher, -1: lower, 0: both alike. FALSE: nothing is said. */
static gboolean claim_of(enum plx_verdict verdict, double difference, gint *claim)
{
    switch (verdict) {
    case PLX_VERDICT_SHARED_STRENGTH:
    case PLX_VERDICT_KNOWN_PROBLEM:
    case PLX_VERDICT_AGREE:
    case PLX_VERDICT_SEES_IT:
        *claim = 0;
        return TRUE;
    case PLX_VERDICT_BLIND_SPOT:
    case PLX_VERDICT_OVERESTIMATES:
        *claim = 1;
        return TRUE;
    case PLX_VERDICT_HIDDEN_STRENGTH:
    case PLX_VERDICT_UNDERESTIMATES:
        *claim = -1;
        return TRUE;
    case PLX_VERDICT_VIEWS_DIFFER:
    case PLX_VERDICT_DIFFER:
        *claim = difference > 0 ? 1 : -1;
        return TRUE;
    case PLX_VERDICT_NOT_ENOUGH_YET:
        return FALSE;
    case PLX_VERDICT_NONE:
    case PLX_VERDICT_SCALES_DIFFER:
        break;
    }
    g_assert_not_reached();
}

/* TRUE when it is decided, and rightly. */
static gboolean judge(struct plx_judged_decisions *sums, guint64 *wrong_at,
                      enum plx_verdict verdict, double difference, struct plx_interval ci,
                      double truth, double margin)
{
    gint claim;
    sums->seen++;
    if (!claim_of(verdict, difference, &claim))
        return FALSE;
    const gboolean wrong = claim == 0 ? fabs(truth) >= margin : claim * truth <= margin;
    sums->decided++;
    sums->decided_here++;
    sums->missed_here += !covers(ci, truth);
    sums->wrong += wrong ? 1 : 0;
    *wrong_at += wrong ? 1 : 0;
    return !wrong;
}

static void judge_gap(struct plx_judged *judged, const struct plx_judged_promise *promise,
                      guint point, const struct plx_gap *g, const struct plx_crowd_truth *truth,
                      double margin)
{
    const double *a = truth->level[g->a][point], *b = truth->level[g->b][point];
    const double difference = mean_of(a, LEVELS, 1) - mean_of(b, LEVELS, 1);
    const guint pair = pair_of(g->a, g->b);
    watch(judged, promise, PLX_WATCH_GAP, point, pair, g->ci, difference);
    watch(judged, promise, PLX_WATCH_SUPERIORITY, point, pair, g->superiority_ci,
          superiority_of(a, b));
    const double viewer = plx_judged_from(a, 4), served = plx_judged_from(b, 4);
    if (!judge(&judged->gaps, &judged->gaps.wrong_at[point][pair], g->verdict, g->difference,
               g->ci_adjusted, difference, margin) ||
        g->b != CUSTOMER || fabs(viewer - 0.5) < 0.1 || fabs(served - 0.5) < 0.1)
        return;
    judged->words++;
    judged->words_off += g->verdict != true_verdict(viewer, served, difference, margin);
}

static void judge_belief(struct plx_judged *judged, const struct plx_judged_promise *promise,
                         guint point, const struct plx_belief *b,
                         const struct plx_crowd_truth *truth, double margin)
{
    const double difference = mean_of(truth->guess[b->by][point], GUESSES, 0) / 10 -
                              plx_judged_from(truth->level[CUSTOMER][point], 4);
    watch(judged, promise, PLX_WATCH_BELIEF, point, b->by, b->ci, difference);
    judge(&judged->beliefs, &judged->beliefs.wrong_at[point][b->by], b->verdict, b->difference,
          b->ci, difference, margin);
}

static void end_decisions(struct plx_judged_decisions *sums)
{
    const double fraction =
        sums->decided_here ? (double)sums->missed_here / (double)sums->decided_here : 0;
    sums->fraction += llround(fraction * PLX_JUDGED_FINE);
    sums->fraction_2 += llround(fraction * fraction * PLX_JUDGED_FINE);
    sums->missed_here = 0;
    sums->decided_here = 0;
}

/* The level of the adjusted intervals follows from how many of the family they decide. */
static void check_level(const struct plx_judged_decisions *sums, const plx_gaps *gaps)
{
    const double r = (double)MAX(sums->decided_here, 1);
    g_assert_cmpuint(gaps->family_size, ==, POINTS * SIDES);
    g_assert_cmpfloat_with_epsilon(gaps->adjusted_level, 1 - r * 0.05 / gaps->family_size, 1e-9);
}

void plx_judge_document(struct plx_judged *judged, const struct plx_judged_promise *promise,
                        const plx_gaps *gaps, const struct plx_crowd_truth *truth)
{
    g_assert_cmpuint(gaps->n_audiences, ==, SIDES);
    g_assert_cmpuint(gaps->n_groups, ==, 1);
    g_assert_cmpuint(gaps->groups[0].n_points, ==, POINTS);
    for (guint p = 0; p < POINTS; p++) {
        const struct plx_gaps_point *point = &gaps->groups[0].points[p];
        g_assert_cmpuint(point->n_voices, ==, SIDES);
        g_assert_cmpuint(point->n_gaps, ==, SIDES);
        g_assert_cmpuint(point->n_beliefs, ==, SIDES - 1);
        for (guint i = 0; i < point->n_voices; i++) {
            const struct plx_voice *v = &point->voices[i];
            watch_voice(judged, promise, p, v, truth->level[v->audience][p]);
        }
        for (guint i = 0; i < point->n_gaps; i++)
            judge_gap(judged, promise, p, &point->gaps[i], truth, gaps->margin);
        for (guint i = 0; i < point->n_beliefs; i++)
            judge_belief(judged, promise, p, &point->beliefs[i], truth, gaps->belief_margin);
    }
    check_level(&judged->gaps, gaps);
    watch(judged, promise, PLX_WATCH_HEADLINE, 0, 0, gaps->headline.about_ci, headline_of(truth));
    end_decisions(&judged->gaps);
    end_decisions(&judged->beliefs);
    for (guint i = 0; i < 2; i++) {
        for (guint w = 0; w < PLX_WATCHED; w++) {
            judged->sum[i][w] += judged->here[i][w];
            judged->sum_2[i][w] += judged->here[i][w] * judged->here[i][w];
            judged->here[i][w] = 0;
        }
    }
}

/* Threads -------------------------------------------------------------------------------------- */

static void add_decisions(struct plx_judged_decisions *sum, const struct plx_judged_decisions *more)
{
    sum->seen += more->seen;
    sum->decided += more->decided;
    sum->wrong += more->wrong;
    for (guint p = 0; p < POINTS; p++)
        for (guint s = 0; s < SIDES; s++)
            sum->wrong_at[p][s] += more->wrong_at[p][s];
    sum->fraction += more->fraction;
    sum->fraction_2 += more->fraction_2;
}

void plx_judged_add(struct plx_judged *sum, const struct plx_judged *more)
{
    for (guint w = 0; w < PLX_WATCHED; w++) {
        for (guint p = 0; p < POINTS; p++) {
            for (guint s = 0; s < SIDES; s++) {
                sum->seen[w][p][s] += more->seen[w][p][s];
                sum->hits[w][p][s] += more->hits[w][p][s];
            }
        }
        for (guint i = 0; i < 2; i++) {
            sum->sum[i][w] += more->sum[i][w];
            sum->sum_2[i][w] += more->sum_2[i][w];
        }
        sum->width[w] += more->width[w];
    }
    add_decisions(&sum->gaps, &more->gaps);
    add_decisions(&sum->beliefs, &more->beliefs);
    sum->words += more->words;
    sum->words_off += more->words_off;
}
