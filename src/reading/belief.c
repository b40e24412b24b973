/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/gaps_exact.h"
#include "stats/kendall.h"
#include "stats/moments.h"

#include <math.h>

#define BELIEF_MARGIN 0.1 /* ten percentage points */

/* A guess on its scale (0..10) as a share 0..1. */
static double as_share(double guess, const struct plx_scale *scale)
{
    return (guess - scale->min) / (scale->max - scale->min);
}

static struct plx_interval as_shares(struct plx_interval ci, const struct plx_scale *scale)
{
    return (struct plx_interval){as_share(ci.lo, scale), as_share(ci.hi, scale)};
}

static struct plx_interval guess_range(const struct plx_tally *tally)
{
    guint lo = tally->k, hi = 0;
    for (guint i = 0; i < tally->k; i++) {
        if (tally->n[i] == 0)
            continue;
        lo = MIN(lo, i);
        hi = i;
    }
    return (struct plx_interval){as_share((double)lo + tally->scale->min, tally->scale),
                                 as_share((double)hi + tally->scale->min, tally->scale)};
}

static void fill_one(struct plx_exact *exact, struct plx_exact_belief *belief,
                     const struct plx_tally *tally, guint by, guint about)
{
    const gint64 population = exact->map->audiences[by].population;
    const struct plx_interval none = {NAN, NAN};
    struct plx_belief *b = &belief->b;
    *b = (struct plx_belief){.by = by,
                             .about = about,
                             .n = (gint64)tally->total,
                             .persons = (gint64)tally->persons,
                             .served = NAN,
                             .served_ci = none,
                             .served_n = PLX_NO_COUNT,
                             .difference = NAN,
                             .ci = none};
    b->complete = population > 0 && b->persons == population;
    const struct plx_distribution d = plx_tally_distribution(tally, b->complete, exact->memory);
    b->believed = as_share(plx_mean(&d), tally->scale);
    b->believed_range = guess_range(tally);
    b->ci = as_shares(plx_mean_interval(&d, 0.95), tally->scale); /* of believed, until compared */
    belief->unanimous = plx_tally_unanimous(tally);
}

static gboolean has_rows(const struct plx_exact *exact, guint audience)
{
    const struct plx_side *side = &exact->collected->sides[audience];
    const struct plx_table *table = &exact->collected->answer->tables[side->table];
    for (guint i = 0; i < table->n_cells; i++)
        if (table->cells[i].audience == audience)
            return TRUE;
    return FALSE;
}

/* Guesses are about those served who answer; about all of them only where none does. */
static gboolean is_about(const struct plx_exact *exact, guint about)
{
    const struct plx_audience *audiences = exact->map->audiences;
    const gboolean *asked = exact->question->audiences;
    if (!audiences[about].served || !asked[about])
        return FALSE;
    if (has_rows(exact, about))
        return TRUE;
    for (guint a = 0; a < exact->map->n_audiences; a++)
        if (audiences[a].served && asked[a] && has_rows(exact, a))
            return FALSE;
    return TRUE;
}

void plx_beliefs_fill(struct plx_exact *exact, const char *key, struct plx_exact_point *point)
{
    const struct plx_map *map = exact->map;
    const guint n = map->n_audiences;
    point->beliefs = plx_keep(exact->memory, (gsize)n * n, sizeof *point->beliefs);
    for (guint by = 0; by < n; by++) {
        const struct plx_cell *cell =
            plx_collected_cell(exact->collected, by, TRUE, key, point->subject_index);
        const struct plx_tally *tally = cell ? plx_cell_tally(cell, PLX_MEASURE_BELIEVED) : NULL;
        for (guint about = 0; tally && tally->total && about < n; about++)
            if (about != by && is_about(exact, about)) {
                struct plx_exact_belief *const belief = &point->beliefs[point->n_beliefs++];
                fill_one(exact, belief, tally, by, about);
                belief->rest = plx_collected_rest(exact->collected, by, point->subject_index);
            }
    }
}

static const struct plx_exact_voice *find_voice(const struct plx_exact_point *point, guint audience)
{
    for (guint i = 0; i < point->n_voices; i++)
        if (point->voices[i].v.audience == audience)
            return &point->voices[i];
    return NULL;
}

static enum plx_verdict verdict_of(struct plx_interval ci)
{
    switch (plx_decide(ci, BELIEF_MARGIN)) {
    case PLX_DECISION_ABOVE:
        return PLX_VERDICT_OVERESTIMATES;
    case PLX_DECISION_BELOW:
        return PLX_VERDICT_UNDERESTIMATES;
    case PLX_DECISION_WITHIN:
        return PLX_VERDICT_SEES_IT;
    case PLX_DECISION_NONE:
        break;
    }
    return PLX_VERDICT_NOT_ENOUGH_YET;
}

void plx_beliefs_compare(struct plx_exact *exact, struct plx_exact_point *point)
{
    (void)exact;
    const struct plx_interval none = {NAN, NAN};
    for (guint i = 0; i < point->n_beliefs; i++) {
        struct plx_belief *b = &point->beliefs[i].b;
        const struct plx_interval believed = b->ci;
        const struct plx_exact_voice *served = find_voice(point, b->about);
        b->ci = none;
        if (!served || served->v.suppressed || isnan(served->v.desired_share))
            continue;
        b->served = served->v.desired_share;
        b->served_ci = served->v.desired_ci;
        b->served_n = served->v.n;
        b->difference = b->believed - b->served;
        b->ci = plx_mover(b->believed, believed, b->served, b->served_ci);
        b->verdict = verdict_of(b->ci);
    }
}

struct ranked {
    guint n;
    double *believed, *served;
    guint32 *subject;
};

/* The points of a group where both sides are shown. */
static struct ranked ranked_points(const struct plx_exact *exact,
                                   const struct plx_exact_group *group, guint by, guint about)
{
    struct ranked r = {0, plx_keep(exact->memory, group->n_points, sizeof(double)),
                       plx_keep(exact->memory, group->n_points, sizeof(double)),
                       plx_keep(exact->memory, group->n_points, sizeof(guint32))};
    for (guint p = 0; p < group->n_points; p++) {
        const struct plx_exact_point *point = &group->points[p];
        for (guint i = 0; i < point->n_beliefs; i++) {
            const struct plx_belief *b = &point->beliefs[i].b;
            if (b->by != by || b->about != about || b->suppressed || isnan(b->served))
                continue;
            r.believed[r.n] = b->believed;
            r.served[r.n] = b->served;
            r.subject[r.n++] = point->subject_index;
        }
    }
    return r;
}

/* Mean over persons of each one's own tau; those who cannot rank (all guesses equal, fewer than two
 * points) are left out. */
static double mean_tau(const struct plx_exact *exact, const struct ranked *r, guint by,
                       const char *key, gint64 *persons)
{
    const struct plx_side *side = &exact->collected->sides[by];
    const gint group = plx_collected_group(exact->collected, by, TRUE, key);
    const struct plx_table *table = &exact->collected->answer->tables[side->belief_table];
    const guint n_subjects = exact->collected->answer->n_subjects;
    g_autofree double *own = g_new0(double, r->n + 1);
    double sum = 0;
    *persons = 0;
    for (guint t = 0; group >= 0 && t < table->n_profiles; t++) {
        const struct plx_profiles *p = &table->profiles[t];
        if (p->group != (guint)group || p->audience != by || p->measure != PLX_MEASURE_BELIEVED)
            continue;
        for (guint u = 0; u < p->n_units; u++) {
            for (guint i = 0; i < r->n; i++)
                own[i] = p->value[(gsize)u * n_subjects + r->subject[i]];
            const struct plx_kendall k = plx_kendall(own, r->served, r->n);
            if (isnan(k.tau))
                continue;
            sum += k.tau;
            ++*persons;
        }
    }
    return *persons ? sum / (double)*persons : NAN;
}

void plx_rankings_fill(struct plx_exact *exact, struct plx_exact_group *group)
{
    const guint n = exact->map->n_audiences;
    const gboolean rows = exact->question->split && plx_key_splits_rows(&exact->question->by);
    group->rankings = plx_keep(exact->memory, (gsize)n * n, sizeof *group->rankings);
    for (guint by = 0; by < n; by++) {
        for (guint about = 0; about < n; about++) {
            const struct ranked r = ranked_points(exact, group, by, about);
            if (r.n < 2)
                continue;
            struct plx_ranking *ranking = &group->rankings[group->n_rankings++];
            *ranking = (struct plx_ranking){.by = by, .about = about, .points = r.n};
            ranking->tau_pooled = plx_kendall(r.believed, r.served, r.n).tau;
            ranking->tau_mean =
                mean_tau(exact, &r, by, rows ? group->key : NULL, &ranking->persons);
        }
    }
}
