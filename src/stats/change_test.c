/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/change_test.h"

#include "base/number.h"
#include "stats/doubles.h"
#include "stats/random.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#define WORK 6e7 /* squared lengths simulated */
#define LEAST 400
#define MOST 4000
#define BEYOND 0.02 /* the tail is continued from this share of the simulated series on */
#define FACTORS 40  /* equally likely values of the variance's factor */
#define DATES 1000

struct plx_change_tail {
    gsize n_gains;
    double *gain; /* rising */
};

/* Sums of w, w x, w x^2 up to each place. */
struct running {
    double *w, *wx, *wxx;
};

static struct running running_new(gsize n)
{
    return (struct running){g_new0(double, n + 1), g_new0(double, n + 1), g_new0(double, n + 1)};
}

static void running_clear(struct running *r)
{
    g_free(r->w);
    g_free(r->wx);
    g_free(r->wxx);
}

static void running_fill(struct running *r, const double *x, const double *w, gsize n)
{
    const double origin = n ? x[0] : 0;
    for (gsize i = 0; i < n; i++) {
        const double weight = w ? w[i] : 1, d = x[i] - origin;
        r->w[i + 1] = r->w[i] + weight;
        r->wx[i + 1] = r->wx[i] + weight * d;
        r->wxx[i + 1] = r->wxx[i] + weight * d * d;
    }
}

static inline double squares(const struct running *r, gsize from, gsize to)
{
    const double sum = r->wx[to] - r->wx[from];
    return r->wxx[to] - r->wxx[from] - sum * sum / (r->w[to] - r->w[from]);
}

/* One more change: `best` becomes, for each end, the least squares with one part more. */
static void one_more(const struct running *r, double *best, double *next, gsize n, gsize parts,
                     gsize shortest)
{
    for (gsize to = 0; to <= n; to++) {
        next[to] = PLX_INFINITY;
        for (gsize from = parts * shortest; from + shortest <= to; from++) {
            const double tried = best[from] + squares(r, from, to);
            if (tried < next[to])
                next[to] = tried;
        }
    }
    for (gsize to = 0; to <= n; to++)
        best[to] = next[to];
}

static double gain_of(const struct running *r, double *best, double *next, gsize n, gsize shortest)
{
    for (gsize to = 0; to <= n; to++)
        best[to] = to >= shortest ? squares(r, 0, to) : PLX_INFINITY;
    const double whole = best[n];
    double gain = 0;
    for (gsize k = 1; k <= PLX_CHANGES_MOST && (k + 1) * shortest <= n; k++) {
        one_more(r, best, next, n, k, shortest);
        gain = MAX(gain, (whole - best[n]) / (double)k);
    }
    return gain;
}

double plx_change_gain(const double *x, const double *w, gsize n, gsize shortest)
{
    if (n < 2 * shortest)
        return 0;
    struct running r = running_new(n);
    running_fill(&r, x, w, n);
    g_autofree double *best = g_new(double, n + 1);
    g_autofree double *next = g_new(double, n + 1);
    const double gain = gain_of(&r, best, next, n, shortest);
    running_clear(&r);
    return gain;
}

plx_change_tail *plx_change_tail_new(gsize n, gsize shortest, guint64 seed)
{
    g_assert(shortest >= 1 && n >= 2 * shortest);
    plx_change_tail *tail = g_new0(plx_change_tail, 1);
    tail->n_gains = (gsize)CLAMP(WORK / ((double)n * (double)n), LEAST, MOST);
    tail->gain = g_new(double, tail->n_gains);
    struct plx_random random;
    plx_random_seed_stream(&random, seed, n);
    struct running r = running_new(n);
    g_autofree double *x = g_new(double, n);
    g_autofree double *best = g_new(double, n + 1);
    g_autofree double *next = g_new(double, n + 1);
    for (gsize i = 0; i < tail->n_gains; i++) {
        for (gsize t = 0; t < n; t++)
            x[t] = plx_random_normal(&random);
        running_fill(&r, x, NULL, n);
        tail->gain[i] = gain_of(&r, best, next, n, shortest);
    }
    running_clear(&r);
    qsort(tail->gain, tail->n_gains, sizeof(double), plx_doubles_compare);
    return tail;
}

void plx_change_tail_free(plx_change_tail *tail)
{
    if (!tail)
        return;
    g_free(tail->gain);
    g_free(tail);
}

static double known_tail(const plx_change_tail *tail, double penalty)
{
    const gsize n = tail->n_gains;
    const gsize last = n - (gsize)((double)n * BEYOND);
    const double from = tail->gain[last];
    if (penalty > from)
        return (double)(n - last) / (double)n * sqrt(penalty / from) * exp((from - penalty) / 2);
    gsize low = 0, high = n;
    while (low < high) {
        const gsize middle = low + (high - low) / 2;
        if (tail->gain[middle] <= penalty)
            low = middle + 1;
        else
            high = middle;
    }
    return (double)(n - low) / (double)n;
}

/* What a variance may be of the true one when it was measured with `df` degrees of freedom, in
 * FACTORS equally likely parts; none is needed for one that is known. */
static void find_factors(double df, double factors[static FACTORS])
{
    for (guint i = 0; !isinf(df) && i < FACTORS; i++)
        factors[i] = gsl_cdf_chisq_Pinv((i + 0.5) / FACTORS, df) / df;
}

static double tail_p(const plx_change_tail *tail, double penalty, double df,
                     const double factors[static FACTORS])
{
    if (isinf(df))
        return known_tail(tail, penalty);
    double p = 0;
    for (guint i = 0; i < FACTORS; i++)
        p += known_tail(tail, penalty * factors[i]) / FACTORS;
    return p;
}

double plx_change_tail_p(const plx_change_tail *tail, double penalty, double df)
{
    double factors[FACTORS];
    find_factors(df, factors);
    return tail_p(tail, penalty, df, factors);
}

double plx_change_tail_penalty(const plx_change_tail *tail, double alpha, double df)
{
    double factors[FACTORS];
    find_factors(df, factors);
    double low = 0, high = 1;
    while (tail_p(tail, high, df, factors) > alpha && high < 1e6)
        high *= 2;
    for (guint i = 0; i < 50; i++) {
        const double middle = (low + high) / 2;
        if (tail_p(tail, middle, df, factors) > alpha)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* The least squares of one change, and of the change at `at`. */
static double best_place(const struct running *r, gsize n, gsize shortest)
{
    double least = PLX_INFINITY;
    for (gsize t = shortest; t + shortest <= n; t++)
        least = MIN(least, squares(r, 0, t) + squares(r, t, n));
    return least;
}

static double limit_of(const struct running *r, const double *w, gsize n, gsize at, gsize shortest,
                       double level, guint64 seed)
{
    const double step = (r->wx[n] - r->wx[at]) / (r->w[n] - r->w[at]) - r->wx[at] / r->w[at];
    struct plx_random random;
    plx_random_seed_stream(&random, seed, at);
    struct running drawn = running_new(n);
    g_autofree double *x = g_new(double, n);
    g_autofree double *behind = g_new(double, DATES);
    for (guint i = 0; i < DATES; i++) {
        for (gsize t = 0; t < n; t++)
            x[t] = (t >= at ? step : 0) + plx_random_normal(&random) / sqrt(w ? w[t] : 1);
        running_fill(&drawn, x, w, n);
        behind[i] =
            squares(&drawn, 0, at) + squares(&drawn, at, n) - best_place(&drawn, n, shortest);
    }
    running_clear(&drawn);
    qsort(behind, DATES, sizeof(double), plx_doubles_compare);
    return behind[MIN((gsize)ceil(level * DATES), DATES) - 1];
}

void plx_change_dates(const double *x, const double *w, gsize n, gsize at, gsize shortest,
                      double level, guint64 seed, gsize *first, gsize *last)
{
    g_assert(at >= 1 && at < n);
    struct running r = running_new(n);
    running_fill(&r, x, w, n);
    const double limit =
        limit_of(&r, w, n, at, shortest, level, seed) + best_place(&r, n, shortest);
    *first = *last = at;
    for (gsize t = shortest; t + shortest <= n; t++) {
        if (squares(&r, 0, t) + squares(&r, t, n) > limit)
            continue;
        *first = MIN(*first, t);
        *last = MAX(*last, t);
    }
    running_clear(&r);
}
