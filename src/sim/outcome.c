/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/outcome.h"

#include "sim/person.h"

#include <math.h>

/* Its own stream: no world has it, so no sample can be mistaken for the truth. */
#define OUTCOME_SEED G_GUINT64_CONSTANT(0x7072757468)

const struct plx_outcome_window plx_outcome_everybody = {-1, 0, PLX_TRUTH_MONTHS};

static double normal_cdf(double z)
{
    return 0.5 * erfc(-z * G_SQRT2 / 2);
}

/* Adds `weight` of N(mean, sd), rounded and held to the levels. */
static void add_normal(double share[PLX_TRUTH_LEVELS], double weight, double mean, double sd)
{
    double below = 0;
    for (guint k = 0; k + 1 < PLX_TRUTH_LEVELS; k++) {
        const double upto = normal_cdf((k + 1.5 - mean) / sd);
        share[k] += weight * (upto - below);
        below = upto;
    }
    share[PLX_TRUTH_LEVELS - 1] += weight * (1 - below);
}

/* Turns weights into shares and sums them up. */
static struct plx_outcome_levels finish(struct plx_outcome_levels levels)
{
    double total = 0;
    for (guint k = 0; k < PLX_TRUTH_LEVELS; k++)
        total += levels.share[k];
    for (guint k = 0; k < PLX_TRUTH_LEVELS; k++) {
        levels.share[k] = total > 0 ? levels.share[k] / total : (double)NAN;
        levels.mean += (k + 1) * levels.share[k];
        if (k >= 3)
            levels.desired += levels.share[k];
    }
    levels.floor = levels.share[0];
    return levels;
}

/* One place in one month: the mixture over tier, channel, lateness and mishap. */
static void add_cell(const struct plx_truth *truth, guint p, guint place, guint month,
                     double weight, double share[PLX_TRUTH_LEVELS])
{
    const struct plx_truth_point *point = &truth->points[p];
    const double wobble = point->place * truth->places[place].wobble;
    const double shock = point->place * truth->shock;
    const double mood2 = truth->mood * truth->mood;
    const double sd = sqrt(point->spread * point->spread + wobble * wobble + shock * shock + mood2);
    for (guint tier = 0; tier < truth->n_tiers; tier++) {
        for (guint mix = 0; mix < 4; mix++) {
            const gboolean app = mix & 1, late = (mix & 2) != 0;
            const double w = weight * (1 - point->mishap) * truth->tiers[tier].share *
                             (app ? truth->app_share : 1 - truth->app_share) *
                             (late ? truth->promise.late : 1 - truth->promise.late);
            add_normal(share, w,
                       point->mean + plx_truth_shift(truth, p, place, month, tier, app, late), sd);
        }
    }
    add_normal(share, weight * point->mishap, truth->mishap_mean,
               sqrt(truth->mishap_spread * truth->mishap_spread + mood2));
}

struct plx_outcome_levels plx_outcome_customers(const struct plx_truth *truth, guint point,
                                                struct plx_outcome_window window)
{
    struct plx_outcome_levels levels = {0};
    for (guint place = 0; place < truth->n_places; place++) {
        if (window.group >= 0 && (gint)truth->places[place].group != window.group)
            continue;
        for (guint month = window.since; month < window.until; month++)
            add_cell(truth, point, place, month,
                     truth->places[place].share * plx_person_busy(month), levels.share);
    }
    return finish(levels);
}

struct plx_outcome_levels plx_outcome_staff(const struct plx_truth *truth, guint point)
{
    struct plx_outcome_levels levels = {0};
    const double sd = hypot(truth->staff_spread, truth->staff_person);
    add_normal(levels.share, 1, truth->points[point].staff, sd);
    return finish(levels);
}

struct plx_outcome_levels plx_outcome_leaders(const struct plx_truth *truth, guint point)
{
    struct plx_outcome_levels levels = {0};
    for (guint i = 0; i < PLX_TRUTH_LEADERS; i++)
        levels.share[plx_truth_leader_answer(truth, i, point).level - 1] += 1;
    return finish(levels);
}

struct plx_outcome_levels plx_outcome_shoppers(const struct plx_truth *truth, guint p)
{
    struct plx_outcome_levels levels = {0};
    const struct plx_truth_point *point = &truth->points[p];
    if (isnan(point->shopper))
        return finish(levels);
    for (guint place = 0; place < truth->n_places; place++) {
        const double sd = hypot(truth->shopper_spread,
                                point->place * hypot(truth->places[place].wobble, truth->shock));
        for (guint v = 0; v < PLX_TRUTH_VISITS; v++) {
            const struct plx_truth_visit visit = plx_truth_visit(place, v);
            const double shift = truth->shopper_severity[visit.shopper] + point->shopper;
            for (guint late = 0; late < 2; late++)
                add_normal(levels.share,
                           (1 - point->mishap) *
                               (late ? truth->promise.late : 1 - truth->promise.late),
                           point->mean + shift +
                               plx_truth_shift(truth, p, place, visit.month, PLX_TRUTH_TIER_PLAIN,
                                               visit.app, late == 1),
                           sd);
            add_normal(levels.share, point->mishap, truth->mishap_mean + shift,
                       truth->mishap_spread);
        }
    }
    return finish(levels);
}

double plx_outcome_believed(const struct plx_truth *truth, guint point)
{
    double sum = 0;
    for (guint i = 0; i < PLX_TRUTH_LEADERS; i++)
        sum += plx_truth_leader_answer(truth, i, point).believed;
    return sum / (10 * PLX_TRUTH_LEADERS);
}

struct plx_outcome_change plx_outcome_change(const struct plx_truth *truth,
                                             const struct plx_truth_change *change)
{
    const gint p = plx_truth_find_point(truth, change->point);
    g_assert(p >= 0);
    double mean[2][2]; /* [comparison][after] */
    for (guint comparison = 0; comparison < 2; comparison++) {
        for (guint after = 0; after < 2; after++) {
            /* Six months before: what a manager would have looked at. */
            const struct plx_outcome_window window = {
                comparison ? PLX_TRUTH_COMPARISON : PLX_TRUTH_TREATED,
                after ? change->start : change->start - PLX_TRUTH_BEFORE,
                after ? PLX_TRUTH_MONTHS : change->start,
            };
            mean[comparison][after] = plx_outcome_customers(truth, (guint)p, window).mean;
        }
    }
    return (struct plx_outcome_change){
        .before = mean[0][0],
        .after = mean[0][1],
        .comparison_before = mean[1][0],
        .comparison_after = mean[1][1],
        .naive = mean[0][1] - mean[0][0],
        .difference = (mean[0][1] - mean[0][0]) - (mean[1][1] - mean[1][0]),
    };
}

/* E of a latent judgement plus N(0, sd), rounded and held to 1..6. */
static double expected_overall(double latent, double sd)
{
    double sum = 1;
    for (guint k = 1; k < PLX_TRUTH_LEVELS; k++)
        sum += normal_cdf((latent - k - 0.5) / sd);
    return sum;
}

struct ways {
    double n, overall, bad, fine;
};

/* One whole journey of one person: what it adds to the sums. */
static void add_occasion(const struct plx_truth *truth, const struct plx_person *person,
                         const struct plx_occasion *occasion, struct ways *tally, double *gain)
{
    const double sd = truth->journeys[occasion->journey].spread;
    const double latent = plx_occasion_overall(truth, occasion, person);
    const double as_is = expected_overall(latent, sd);
    guint bad = 0;
    for (guint p = 0; p < truth->n_points; p++) {
        if (!occasion->on_way[p])
            continue;
        bad += occasion->level[p] <= 2;
        gain[p] += expected_overall(latent + plx_occasion_lift(truth, occasion, p), sd) - as_is;
    }
    tally->n++;
    tally->overall += as_is;
    tally->bad += bad;
    tally->fine += bad == 0;
}

static void choose_best(const struct plx_truth *truth, const plx_map *map, struct plx_outcome *o)
{
    o->best = o->second = -1;
    for (guint p = 0; p < truth->n_points; p++) {
        const gint on_map = plx_map_find_point(map, truth->points[p].id);
        const int effort = on_map >= 0 ? map->points[on_map].effort : -1;
        if (effort != PLX_EFFORT_TODAY && effort != PLX_EFFORT_WEEK)
            continue;
        if (o->best < 0 || o->gain[p] > o->gain[o->best]) {
            o->second = o->best;
            o->best = (gint)p;
        } else if (o->second < 0 || o->gain[p] > o->gain[o->second]) {
            o->second = (gint)p;
        }
    }
    o->ratio = o->second >= 0 ? o->gain[o->best] / o->gain[o->second] : (double)NAN;
}

struct plx_outcome plx_outcome(const struct plx_truth *truth, const plx_map *map)
{
    struct plx_outcome o = {0};
    struct ways tally[2] = {0};
    struct plx_random random;
    plx_random_seed(&random, OUTCOME_SEED);
    for (guint i = 0; i < PLX_OUTCOME_PERSONS; i++) {
        const struct plx_person person = plx_person_draw(truth, &random);
        const guint month = plx_person_month(&random);
        const double shock = truth->shock * plx_random_normal(&random);
        const guint journeys = plx_random_uniform(&random) < truth->returned ? 2 : 1;
        for (guint j = 0; j < journeys; j++) {
            struct plx_occasion occasion;
            plx_occasion_draw(truth, &person, j, month, shock, &random, &occasion);
            add_occasion(truth, &person, &occasion, &tally[j], o.gain);
        }
    }
    const double n = tally[0].n + tally[1].n;
    o.overall = (tally[0].overall + tally[1].overall) / n;
    for (guint p = 0; p < truth->n_points; p++)
        o.gain[p] /= n;
    for (guint j = 0; j < 2; j++) {
        o.journeys[j] = (struct plx_outcome_journey){
            .share = tally[j].n / n,
            .overall = tally[j].overall / tally[j].n,
            .bad = tally[j].bad / tally[j].n,
            .all_fine = tally[j].fine / tally[j].n,
            .worst_point = PLX_TRUTH_LEVELS,
        };
    }
    for (guint p = 0; p < truth->n_points; p++) {
        double *worst = &o.journeys[plx_truth_journey_of(truth, p)].worst_point;
        *worst = MIN(*worst, plx_outcome_customers(truth, p, plx_outcome_everybody).mean);
    }
    choose_best(truth, map, &o);
    return o;
}
