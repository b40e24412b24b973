/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shrinks, resamples, ranks, decides. */
#include "step/proposals_private.h"

#include "stats/oneway.h"
#include "stats/random.h"
#include "stats/shrink.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define NOTHING 1e-12 /* of a variance: only rounding */

/* All points of the document: also those that are no candidates say what is usual. */
struct pool {
    guint n;
    const char **point;
    double *mean, *size, *effect;
    struct plx_oneway_group *group;
    struct plx_shrink shrink;
    double p;
};

static void pool_clear(struct pool *pool)
{
    g_free(pool->point);
    g_free(pool->mean);
    g_free(pool->size);
    g_free(pool->effect);
    g_free(pool->group);
}

static double size_of(const struct plx_voice *v)
{
    return isfinite(v->n_eff) && v->n_eff >= 1 ? v->n_eff : (double)v->n;
}

static void pool_add(struct pool *pool, const char *point, const struct plx_next_levels *levels,
                     gboolean above)
{
    double variance;
    const guint i = pool->n++;
    pool->point[i] = point;
    pool->mean[i] = plx_next_short_of(levels, plx_next_aim(levels, above), &variance);
    pool->size[i] = size_of(levels->voice);
    pool->group[i] =
        (struct plx_oneway_group){pool->size[i], pool->mean[i], variance * pool->size[i], 1};
}

static struct pool pool_new(const plx_next *next, gboolean above)
{
    const struct plx_gaps_group *group = plx_next_group(next);
    const guint most = group->n_points + 1;
    struct pool pool = {.point = g_new0(const char *, most),
                        .mean = g_new0(double, most),
                        .size = g_new0(double, most),
                        .effect = g_new0(double, most),
                        .group = g_new0(struct plx_oneway_group, most),
                        .p = NAN};
    double within = 0;
    for (guint i = 0; i < group->n_points; i++) {
        struct plx_next_levels levels;
        const struct plx_gaps_point *point = &group->points[i];
        if (plx_next_levels_of(plx_next_voice(next, point, next->about.audience), &levels))
            pool_add(&pool, point->point, &levels, above);
    }
    for (guint i = 0; i < pool.n; i++)
        within += pool.group[i].squares;
    pool.shrink = plx_shrink(pool.mean, pool.size, pool.n, within, pool.effect);
    const struct plx_oneway f = plx_oneway(pool.group, pool.n);
    if (pool.n > 1 && f.df_within > 0 && f.ms_within <= NOTHING && f.ms_between > NOTHING)
        pool.p = 0; /* at each point all answered alike, and not at all of them the same */
    else if (pool.n > 1 && f.df_within > 0 && f.ms_within > NOTHING)
        pool.p = gsl_cdf_fdist_Q(f.ms_between / f.ms_within, f.df_between, f.df_within);
    return pool;
}

/* The posterior of its mean: where nothing is known of the others it is what it is. */
static void shrink_one(struct plx_proposal *p, const struct pool *pool)
{
    p->shrunken = p->shortfall;
    for (guint i = 0; i < pool->n; i++) {
        const double error = p->error * p->error, between = pool->shrink.between;
        if (strcmp(pool->point[i], p->point) != 0 || !isfinite(pool->effect[i]) ||
            !isfinite(between))
            continue;
        p->shrunken = pool->shrink.mean + pool->effect[i];
        p->error = between > 0 && error > 0 ? sqrt(between * error / (between + error)) : 0;
    }
    p->score = p->touched * MAX(p->shrunken, 0) * p->weight;
}

static gint by_score(gconstpointer a, gconstpointer b)
{
    const struct plx_proposal *x = a, *y = b;
    if (x->above != y->above)
        return x->above - y->above;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    const gint order = strcmp(x->point, y->point);
    return order ? order : (gint)x->repair - (gint)y->repair;
}

/* What one point may be, as far as the answers leave it open (both standard normal). Two repairs of
 * it stand on the same draw. */
struct draw {
    double shift, touch;
};

static struct draw draw_point(struct plx_random *random)
{
    struct draw draw; /* one by one: compilers differ */
    draw.shift = plx_random_normal(random);
    draw.touch = plx_random_normal(random);
    return draw;
}

static double score_drawn(const struct plx_proposal *p, const struct draw *draw)
{
    const double touched = CLAMP(p->touched + p->touched_error * draw->touch, 0, 100);
    return touched * p->weight * MAX(p->shrunken + p->error * draw->shift, 0);
}

/* By proposal: the first in order that is of the same point. */
static guint *first_of_point(const plx_next *next, guint n)
{
    guint *const first = g_new0(guint, n + 1);
    for (guint i = 0; i < n; i++)
        while (strcmp(next->proposals[first[i]].point, next->proposals[i].point) != 0)
            first[i]++;
    return first;
}

/* Of those that are first in line together: how often is each first, and from where to where. */
static void draw_ranks(plx_next *next, guint n, guint64 seed)
{
    g_autofree double *score = g_new0(double, n + 1);
    g_autofree struct draw *drawn = g_new0(struct draw, n + 1);
    g_autofree guint *point = first_of_point(next, n);
    g_autofree guint *seen = g_new0(guint, (gsize)n * n + 1);
    struct plx_random random;
    plx_random_seed(&random, seed);
    for (guint d = 0; d < PLX_NEXT_DRAWS; d++) {
        for (guint i = 0; i < n; i++) {
            if (point[i] == i)
                drawn[i] = draw_point(&random);
            score[i] = score_drawn(&next->proposals[i], &drawn[point[i]]);
        }
        for (guint i = 0; i < n; i++) {
            guint better = 0;
            for (guint j = 0; j < n; j++)
                better += j < i ? score[j] >= score[i] : score[j] > score[i];
            seen[i * n + better]++;
        }
    }
    for (guint i = 0; i < n; i++) {
        struct plx_proposal *p = &next->proposals[i];
        guint sum = 0;
        p->first = (double)seen[i * n] / PLX_NEXT_DRAWS;
        for (guint r = 0; r < n; r++) {
            sum += seen[i * n + r];
            if (!p->rank_best && sum > PLX_NEXT_DRAWS / 20)
                p->rank_best = r + 1;
            if (!p->rank_worst && sum >= PLX_NEXT_DRAWS - PLX_NEXT_DRAWS / 20)
                p->rank_worst = r + 1;
        }
    }
}

static void decide(plx_next *next, enum plx_next_outcome outcome, enum plx_next_reason reason)
{
    next->outcome = outcome;
    next->reason = reason;
    next->recommended = outcome == PLX_NEXT_RECOMMENDED ? &next->proposals[0] : NULL;
}

static void decide_empty(plx_next *next, guint looked)
{
    if (looked == 0)
        decide(next, PLX_NEXT_MEASURE_FIRST, PLX_NEXT_NO_LEVELS);
    else
        decide(next, next->n_untold ? PLX_NEXT_EXPLAIN_BETTER : PLX_NEXT_NOTHING_NEEDED,
               PLX_NEXT_ALL_AS_EXPECTED);
}

/* Drawn towards a mean from which none differs they stand in an order that means nothing. */
static void decide_alike(plx_next *next, guint n)
{
    decide(next, PLX_NEXT_TIE, PLX_NEXT_NO_DIFFERENCE);
    for (guint i = 0; i < n; i++) {
        next->proposals[i].rank_best = 1;
        next->proposals[i].rank_worst = n;
        next->proposals[i].first = 1.0 / n;
    }
}

/* The first ones, at least two, down to the last that is first often enough. */
static guint count_tied(const plx_next *next, guint n)
{
    guint tied = MIN(n, 2);
    for (guint i = 0; i < n; i++)
        if (next->proposals[i].first >= PLX_NEXT_NEAR)
            tied = MAX(tied, i + 1);
    return tied;
}

static void decide_ranked(plx_next *next, guint n, const struct pool *pool)
{
    const struct plx_proposal *best = &next->proposals[0];
    /* Whether many are short of anything, not which of two levels the first step leads to. */
    const double sure = best->above ? best->below_ci.lo : best->below_met_ci.lo;
    const gboolean alike = pool->n > 1 && !(pool->p < PLX_NEXT_ALPHA);
    next->n_tied = alike ? n : count_tied(next, n);
    if (best->voice->n < PLX_NEXT_ANSWERS)
        decide(next, PLX_NEXT_MEASURE_FIRST, PLX_NEXT_FEW_ANSWERS);
    else if (sure < PLX_NEXT_SIZEABLE)
        decide(next, PLX_NEXT_MEASURE_FIRST, PLX_NEXT_NOT_SURE);
    else if (alike)
        decide_alike(next, n);
    else if (best->first >= PLX_NEXT_FIRST)
        decide(next, PLX_NEXT_RECOMMENDED, PLX_NEXT_FIRST_IN_DRAWS);
    else
        decide(next, PLX_NEXT_TIE, PLX_NEXT_NEAR_TO_EACH_OTHER);
    if (next->outcome != PLX_NEXT_TIE)
        next->n_tied = 0;
}

void plx_next_rank(plx_next *next, guint64 seed)
{
    struct pool below = pool_new(next, FALSE), above = pool_new(next, TRUE);
    guint n = 0;
    for (guint i = 0; i < next->n; i++)
        shrink_one(&next->proposals[i], next->proposals[i].above ? &above : &below);
    if (next->n > 0)
        qsort(next->proposals, next->n, sizeof *next->proposals, by_score);
    for (guint i = 0; i < next->n; i++) {
        next->proposals[i].rank = i + 1;
        n += next->proposals[i].above == next->proposals[0].above;
    }
    next->heterogeneity_p = n > 0 && next->proposals[0].above ? above.p : below.p;
    const gboolean only_above = next->n > 0 && next->proposals[0].above;
    if (n == 0 || (only_above && next->n_untold > 0)) {
        decide_empty(next, below.n);
    } else {
        draw_ranks(next, n, seed);
        decide_ranked(next, n, only_above ? &above : &below);
    }
    pool_clear(&below);
    pool_clear(&above);
}
