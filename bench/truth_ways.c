/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The judge of `journey`. What people would answer, whole journeys of them, is simulated once from
 * the same truth with a seed of its own; no reading is used for it. */

#include "bench/truth_demo.h"
#include "bench/truth_judge.h"
#include "reading/journey.h"
#include "sim/person.h"

#include <string.h>

#define PERSONS 200000
#define BELOW 2 /* the highest level below Expected */

/* What is true of the answers: by point, and by journey. */
struct ways_truth {
    double bad[PLX_TRUTH_POINTS_MAX]; /* per journey */
    double sum[2], average[2];        /* bad moments per journey; per point */
    double fine[2];                   /* share of journeys known at every point without one */
};

static gboolean add_way(const struct plx_truth *truth, const struct plx_person *person,
                        const struct plx_occasion *occasion, struct plx_random *random,
                        struct ways_truth *t)
{
    const double na = truth->na / (1 - truth->declined); /* among those who do not decline */
    gboolean fine = TRUE;
    for (guint p = 0; p < truth->n_points; p++) {
        if (!occasion->on_way[p] || plx_random_uniform(random) < na ||
            plx_occasion_answer(occasion, person, p) > BELOW)
            continue;
        t->bad[p]++;
        fine = FALSE;
    }
    return fine;
}

static struct ways_truth ways_truth(const struct plx_truth *truth)
{
    struct ways_truth t = {0};
    struct plx_random random;
    plx_random_seed(&random, 5);
    for (guint i = 0; i < PERSONS; i++) {
        const struct plx_person person = plx_person_draw(truth, &random);
        for (guint j = 0; j < truth->n_journeys; j++) {
            const guint month = plx_person_month(&random);
            const double shock = truth->shock * plx_random_normal(&random);
            struct plx_occasion occasion;
            plx_occasion_draw(truth, &person, j, month, shock, &random, &occasion);
            t.fine[j] += add_way(truth, &person, &occasion, &random, &t) / (double)PERSONS;
        }
    }
    guint points[2] = {0};
    for (guint p = 0; p < truth->n_points; p++) {
        const guint j = plx_truth_journey_of(truth, p);
        t.bad[p] /= PERSONS;
        t.sum[j] += t.bad[p];
        points[j]++;
    }
    for (guint j = 0; j < 2; j++)
        t.average[j] = t.sum[j] / points[j];
    return t;
}

static gboolean covers(struct plx_interval ci, double x)
{
    return ci.lo <= x && x <= ci.hi;
}

/* Moments that are told to make more than others, and are, or are not; of all the worst. */
static void judge_points(const struct plx_truth *truth, const struct ways_truth *t, guint journey,
                         const struct plx_way *way, struct plx_truth_named *named)
{
    gint worst = -1;
    for (guint p = 0; p < truth->n_points; p++)
        if (plx_truth_journey_of(truth, p) == journey && (worst < 0 || t->bad[p] > t->bad[worst]))
            worst = (gint)p;
    for (guint i = 0; i < way->n_points; i++) {
        const gint p = plx_truth_find_point(truth, way->points[i].id);
        named->others += way->points[i].stands_out && t->bad[p] <= t->average[journey];
        named->planted += way->points[i].stands_out && journey == 0 && p == worst;
    }
}

/* Where one bad moment spoils the whole, their number must be among the rules that go best with it.
 */
static void judge_rules(const struct plx_way *way, guint journey, struct plx_truth_named *named)
{
    const struct plx_trip_rules *rules = &way->rules;
    if (journey == 0 || way->rules_state != PLX_WAY_SHOWN)
        return;
    if (rules->best == PLX_RULE_BAD || rules->fit[PLX_RULE_BAD].tied)
        named->planted++;
    else
        named->others++;
}

enum part { NAMED, BAD_OF_ORDER, BAD_OF_RETURN, FINE_ON_RETURN };

static struct plx_truth_named judge(enum part part, guint64 seed)
{
    static struct ways_truth t; /* the same for every seed */
    const struct plx_truth *truth = plx_truth();
    struct plx_truth_named named = {0, 0};
    if (!(t.sum[0] > 0))
        t = ways_truth(truth);
    struct plx_truth_demo demo = plx_truth_demo_new(truth, seed);
    const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_ways) read = plx_ways_read(demo.source, &options, &error);
    g_assert_no_error(error);
    for (guint j = 0; j < read->n; j++) {
        const struct plx_way *way = &read->ways[j];
        g_assert_cmpstr(way->id, ==, truth->journeys[j].id);
        if (part == NAMED) {
            judge_points(truth, &t, j, way, &named);
            judge_rules(way, j, &named);
        } else if (part == (j == 0 ? BAD_OF_ORDER : BAD_OF_RETURN)) {
            named.planted += covers(way->bad_ci, t.sum[j]) ? 1 : 0;
        } else if (part == FINE_ON_RETURN && j == 1) {
            named.planted += covers(way->fine.known.ci, t.fine[j]) ? 1 : 0;
        }
    }
    g_clear_pointer(&read, plx_ways_free);
    plx_truth_demo_clear(&demo);
    return named;
}

struct plx_truth_named plx_truth_judge_journey(guint64 seed)
{
    return judge(NAMED, seed);
}

struct plx_truth_named plx_truth_judge_journey_order(guint64 seed)
{
    return judge(BAD_OF_ORDER, seed);
}

struct plx_truth_named plx_truth_judge_journey_return(guint64 seed)
{
    return judge(BAD_OF_RETURN, seed);
}

struct plx_truth_named plx_truth_judge_journey_fine(guint64 seed)
{
    return judge(FINE_ON_RETURN, seed);
}
