/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the reading drivers: worlds of nothing but mood (bench/truth_judge.h), and one in which
 * two of six moments weigh in the whole. What is true of that one is what the reading says of
 * 60,000 people. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "bench/truth_judge.h"
#include "reading/drivers.h"

#include <math.h>

enum { POINTS = 6, PERSONS = 400, ALL = 60000 };

static void write_people(GString *csv, guint persons, struct plx_random *random)
{
    static const double weight[POINTS] = {0.5, 0, 0.35, 0, 0, 0};
    static const double centre[POINTS] = {3.2, 3.8, 3.5, 4.1, 2.9, 3.6};
    g_string_append(csv, "audience,encounter,journey,point,level,overall\n");
    for (guint i = 0; i < persons; i++) {
        const double mood = 0.6 * plx_random_normal(random);
        double whole = 3.6 + 0.6 * mood + 0.6 * plx_random_normal(random);
        for (guint p = 0; p < POINTS; p++) {
            const double off = mood + plx_random_normal(random);
            whole += weight[p] * off;
            g_string_append_printf(csv, "customer,e%u,visit,p%u,%.0f,\n", i, p,
                                   CLAMP(floor(centre[p] + off + 0.5), 1, 6));
        }
        g_string_append_printf(csv, "customer,e%u,visit,,,%.0f\n", i,
                               CLAMP(floor(whole + 0.5), 1, 6));
    }
}

static plx_drivers *read_people(guint persons, struct plx_random *random)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_people_map(NULL);
    g_autoptr(GString) csv = g_string_new(NULL);
    write_people(csv, persons, random);
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    plx_drivers *read = plx_drivers_read(source, &plain, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(read->n_parts, ==, 1);
    return read;
}

struct truth {
    double share[POINTS], beyond[POINTS], correlation[POINTS], penalty[POINTS], reward[POINTS];
    double r_squared, mood;
};

static void begin(gpointer *data)
{
    struct truth *t = g_new0(struct truth, 1);
    struct plx_random random;
    plx_random_seed(&random, 20261126);
    g_autoptr(plx_drivers) read = read_people(ALL, &random);
    const struct plx_drivers_part *part = &read->parts[0];
    t->r_squared = part->r_squared;
    t->mood = part->mood;
    for (guint i = 0; i < part->n_points; i++) {
        const guint p = (guint)(part->points[i].point[1] - '0');
        t->share[p] = part->points[i].share;
        t->beyond[p] = part->points[i].beyond;
        t->correlation[p] = part->points[i].correlation;
        t->penalty[p] = part->points[i].penalty;
        t->reward[p] = part->points[i].reward;
    }
    *data = t;
}

enum { CORRELATIONS, SHARES, CONTRASTS, R_SQUARED, MOOD, NAMED, MISSED, FOUND };

static void run(struct plx_random *random, guint64 seed, gconstpointer data, struct plx_score *rows)
{
    const struct truth *t = data;
    (void)seed;
    struct plx_score_hits correlation = {0, 0}, share = {0, 0}, contrast = {0, 0}, r2 = {0, 0},
                          mood = {0, 0};
    guint wrong = 0, missed = 0, named = 0, found = 0;
    g_autoptr(plx_drivers) read = read_people(PERSONS, random);
    const struct plx_drivers_part *part = &read->parts[0];
    for (guint i = 0; i < part->n_points; i++) {
        const struct plx_driver *it = &part->points[i];
        const guint p = (guint)(it->point[1] - '0');
        plx_score_look(&correlation, it->correlation_ci, t->correlation[p]);
        plx_score_look(&share, it->share_ci, t->share[p]);
        plx_score_look(&contrast, it->penalty_ci, t->penalty[p]);
        plx_score_look(&contrast, it->reward_ci, t->reward[p]);
        named += it->named ? 1 : 0;
        wrong += it->named && t->beyond[p] <= PLX_DRIVER_MARGIN ? 1 : 0;
        missed += it->named && (it->beyond_ci.lo > t->beyond[p] || it->beyond_ci.hi < t->beyond[p])
                      ? 1
                      : 0;
        found += it->named && (p == 0 || p == 2) ? 1 : 0;
    }
    plx_score_look(&r2, part->r_squared_ci, t->r_squared);
    plx_score_look(&mood, part->mood_ci, t->mood);
    plx_score_add_all(&rows[CORRELATIONS], &correlation);
    plx_score_add_all(&rows[SHARES], &share);
    plx_score_add_all(&rows[CONTRASTS], &contrast);
    plx_score_add_hits(&rows[R_SQUARED], &r2);
    plx_score_add_hits(&rows[MOOD], &mood);
    plx_score_add(&rows[NAMED], wrong, MAX(named, 1));
    plx_score_add(&rows[MISSED], missed, MAX(named, 1));
    plx_score_add(&rows[FOUND], found, 2);
}

const struct plx_trial plx_trial_drivers = {
    .reading = "drivers",
    .world = "400 customers, two of six moments weigh",
    .begin = begin,
    .end = g_free,
    .run = run,
    .rows = {[CORRELATIONS] = {PLX_SCORE_ALL_AT_ONCE, "all intervals of correlations at once"},
             [SHARES] = {PLX_SCORE_ALL_AT_ONCE, "all intervals of shares at once"},
             [CONTRASTS] = {PLX_SCORE_ALL_AT_ONCE, "all intervals of low and high at once"},
             [R_SQUARED] = {PLX_SCORE_COVERS, "interval of what all moments tell"},
             [MOOD] = {PLX_SCORE_COVERS, "interval of what moves together"},
             [NAMED] = {PLX_SCORE_FALSE, "named moments that are none"},
             [MISSED] = {PLX_SCORE_FALSE, "intervals of named ones that miss"},
             [FOUND] = {PLX_SCORE_TOLD, "of the two, named"}}};

/* Mood alone ----------------------------------------------------------------------------------- */

static void run_plan(guint plan, guint64 seed, struct plx_score *rows)
{
    const struct plx_truth_named named = plx_truth_judge_mood(plan, seed + 1000);
    plx_score_add_whether(&rows[0], named.planted + named.others > 0);
}

static void run_mood(struct plx_random *random, guint64 seed, gconstpointer data,
                     struct plx_score *rows)
{
    (void)random;
    (void)data;
    run_plan(1, seed, rows);
}

static void run_few(struct plx_random *random, guint64 seed, gconstpointer data,
                    struct plx_score *rows)
{
    (void)random;
    (void)data;
    run_plan(2, seed, rows);
}

const struct plx_trial plx_trial_drivers_mood = {
    .reading = "drivers",
    .world = "400 customers at 10 moments, mood alone",
    .run = run_mood,
    .rows = {{PLX_SCORE_FALSE, "documents that name a moment"}}};
const struct plx_trial plx_trial_drivers_few = {
    .reading = "drivers",
    .world = "100 customers at 6 moments, mood alone",
    .run = run_few,
    .rows = {{PLX_SCORE_FALSE, "documents that name a moment"}}};
