/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the verdict on a step: eight points at places whose months have luck of their own. The
 * point is chosen as the worst, or as the one that fell most, over all places; then a baseline of
 * eight weeks is collected, the step begins, and it is looked at after six and twelve weeks. */

#include "bench/calibration_trials.h"

#include "base/number.h"
#include "stats/spending.h"
#include "step/verdict.h"

#include <math.h>
#include <string.h>

enum {
    POINTS = 8,
    LEVELS = 6,
    WEEKS_BEFORE_CHOICE = 24, /* the last half against the first: the drop */
    BASELINE = 8,
    LOOKS = 2,
    AFTER = 12,
    PER_WEEK = 4, /* answers to a point at a place */
    WEEKS_OF_MONTH = 4,
    PLACES_MAX = 16
};
static const guint look_weeks[LOOKS] = {6, 12};

struct world {
    guint per_side; /* places */
    double shock;   /* sd of a place's month, at each point, in levels */
    double lift;    /* what the step adds to what is felt */
    gboolean drop;  /* chosen as the one that fell most, else as the worst */
};

/* What is felt at the points and places, for as long as it lasts. */
struct service {
    double point[POINTS];
    double place[PLACES_MAX];
    double shock[POINTS][PLACES_MAX]; /* of this month */
    double all[POINTS];               /* of this month, everywhere */
    double counts[PLACES_MAX][2][LEVELS];
};

static void next_month(const struct world *w, struct plx_random *random, struct service *service)
{
    for (guint p = 0; p < POINTS; p++) {
        service->all[p] = w->shock * plx_random_normal(random);
        for (guint i = 0; i < 2 * w->per_side; i++)
            service->shock[p][i] = w->shock * plx_random_normal(random);
    }
}

static guint answer(const struct service *service, guint p, guint place, double lift,
                    struct plx_random *random)
{
    const double felt = service->point[p] + service->place[place] + service->all[p] +
                        service->shock[p][place] + lift + plx_random_normal(random);
    return (guint)CLAMP(lround(felt), 1, LEVELS) - 1;
}

/* The point as people choose it: from the means over all places. */
static guint choose(const struct world *w, struct plx_random *random, struct service *service)
{
    double sum[POINTS][2] = {{0}};
    for (guint week = 0; week < WEEKS_BEFORE_CHOICE; week++) {
        if (week % WEEKS_OF_MONTH == 0)
            next_month(w, random, service);
        for (guint p = 0; p < POINTS; p++)
            for (guint i = 0; i < 2 * w->per_side * PER_WEEK; i++)
                sum[p][week >= WEEKS_BEFORE_CHOICE / 2] +=
                    answer(service, p, i / PER_WEEK, 0, random);
    }
    guint chosen = 0;
    double least = PLX_INFINITY;
    for (guint p = 0; p < POINTS; p++) {
        const double score = w->drop ? sum[p][1] - sum[p][0] : sum[p][1];
        if (score < least) {
            least = score;
            chosen = p;
        }
    }
    return chosen;
}

static void collect(const struct world *w, guint chosen, guint week, guint after,
                    struct plx_random *random, struct service *service)
{
    if (week % WEEKS_OF_MONTH == 0)
        next_month(w, random, service);
    for (guint i = 0; i < 2 * w->per_side * PER_WEEK; i++) {
        const guint place = i / PER_WEEK;
        const double lift = after && place < w->per_side ? w->lift : 0;
        service->counts[place][after][answer(service, chosen, place, lift, random)]++;
    }
}

static struct plx_step_decision look(const struct world *w, const struct service *service, guint at,
                                     guint64 seed)
{
    double times[LOOKS], part[LOOKS];
    struct plx_step_place places[PLACES_MAX];
    for (guint l = 0; l < LOOKS; l++)
        times[l] = (double)look_weeks[l] / AFTER;
    plx_spending(times, LOOKS, PLX_STEP_ALPHA, PLX_STEP_RHO, part);
    for (guint i = 0; i < 2 * w->per_side; i++)
        places[i] = (struct plx_step_place){
            i < w->per_side, plx_distribution_counts(service->counts[i][0], LEVELS, 1),
            plx_distribution_counts(service->counts[i][1], LEVELS, 1)};
    const struct plx_step_rule registered = {part[at], at + 1 == LOOKS, 0, seed, FALSE};
    return plx_step_decide(places, 2 * w->per_side, &registered);
}

/* What the lift is in levels, for the chosen point: what is answered stops at 1 and 6. */
static double true_lift(const struct world *w, const struct service *service, guint chosen)
{
    const double sd = sqrt(1 + 2 * w->shock * w->shock);
    double lift = 0;
    for (guint i = 0; i < w->per_side; i++)
        for (guint v = 1; v < LEVELS; v++) {
            const double centre = service->point[chosen] + service->place[i];
            lift += erfc((v + 0.5 - centre - w->lift) / sd / G_SQRT2) / 2;
            lift -= erfc((v + 0.5 - centre) / sd / G_SQRT2) / 2;
        }
    return lift / w->per_side;
}

enum { UP, DOWN, COVERED, BY_FIRST, IN_END };

static void run_world(const struct world *w, struct plx_random *random, guint64 seed,
                      struct plx_score *rows)
{
    struct service service;
    memset(&service, 0, sizeof service);
    enum plx_step_verdict verdict = PLX_STEP_TOO_EARLY;
    struct plx_score_hits covers = {0, 0};
    for (guint p = 0; p < POINTS; p++)
        service.point[p] = 3.5 + 0.25 * plx_random_normal(random);
    for (guint i = 0; i < 2 * w->per_side; i++)
        service.place[i] = 0.2 * plx_random_normal(random);
    const guint chosen = choose(w, random, &service);
    const double truth = true_lift(w, &service, chosen);
    for (guint week = 0; week < BASELINE; week++)
        collect(w, chosen, week, 0, random, &service);
    for (guint week = 0, at = 0; week < AFTER; week++) {
        collect(w, chosen, week, 1, random, &service);
        if (week + 1 != look_weeks[at])
            continue;
        const struct plx_step_decision decision = look(w, &service, at, seed);
        plx_score_look(&covers, decision.change.ci, truth);
        if (verdict != PLX_STEP_UP && verdict != PLX_STEP_DOWN)
            verdict = decision.verdict;
        if (at == 0)
            plx_score_add_whether(&rows[BY_FIRST], verdict == PLX_STEP_UP);
        at++;
    }
    plx_score_add_whether(&rows[UP], verdict == PLX_STEP_UP);
    plx_score_add_whether(&rows[DOWN], verdict == PLX_STEP_DOWN);
    plx_score_add_whether(&rows[IN_END], verdict == PLX_STEP_NOT_SHOWN);
    plx_score_add_all(&rows[COVERED], &covers);
}

#define ROWS(up)                                                                                   \
    {                                                                                              \
        [UP] = {up, "`up`"}, [DOWN] = {PLX_SCORE_FALSE, "`down`"},                                 \
        [COVERED] = {PLX_SCORE_ALL_AT_ONCE, "the truth in the intervals of both looks"},           \
        [BY_FIRST] = {PLX_SCORE_TOLD, "`up` after six weeks"},                                     \
        [IN_END] = {PLX_SCORE_TOLD, "`not shown` after twelve"},                                   \
    }

/* A world, how it is run, its trial. */
#define TRIAL(name, words, up, ...)                                                                \
    static void run_##name(struct plx_random *random, guint64 seed, gconstpointer data,            \
                           struct plx_score *rows)                                                 \
    {                                                                                              \
        static const struct world world = {__VA_ARGS__};                                           \
        (void)data;                                                                                \
        run_world(&world, random, seed, rows);                                                     \
    }                                                                                              \
    static const struct plx_trial trial_##name = {                                                 \
        .reading = "step", .world = words, .run = run_##name, .rows = ROWS(up)}

/* Nothing happens: chosen as the worst, or as the one that fell most. */
TRIAL(calm, "4 + 4 places, luck 0.05, the worst point; nothing happens", PLX_SCORE_FALSE, 4, .05, 0,
      FALSE);
TRIAL(lucky, "4 + 4 places, luck 0.2, the worst point; nothing happens", PLX_SCORE_FALSE, 4, .2, 0,
      FALSE);
TRIAL(fallen, "4 + 4 places, luck 0.2, the largest drop; nothing happens", PLX_SCORE_FALSE, 4, .2,
      0, TRUE);
TRIAL(more_calm, "8 + 8 places, luck 0.05, the worst point; nothing happens", PLX_SCORE_FALSE, 8,
      .05, 0, FALSE);
TRIAL(more_lucky, "8 + 8 places, luck 0.2, the worst point; nothing happens", PLX_SCORE_FALSE, 8,
      .2, 0, FALSE);
TRIAL(more_fallen, "8 + 8 places, luck 0.2, the largest drop; nothing happens", PLX_SCORE_FALSE, 8,
      .2, 0, TRUE);
/* Something happens. */
TRIAL(small, "8 + 8 places, luck 0.1; 0.1 levels more", PLX_SCORE_TOLD, 8, .1, .1, FALSE);
TRIAL(middle, "8 + 8 places, luck 0.1; 0.3 levels more", PLX_SCORE_TOLD, 8, .1, .3, FALSE);
TRIAL(large, "8 + 8 places, luck 0.1; 0.5 levels more", PLX_SCORE_TOLD, 8, .1, .5, FALSE);
TRIAL(few_middle, "4 + 4 places, luck 0.1; 0.3 levels more", PLX_SCORE_TOLD, 4, .1, .3, FALSE);
TRIAL(few_large, "4 + 4 places, luck 0.1; 0.5 levels more", PLX_SCORE_TOLD, 4, .1, .5, FALSE);

const struct plx_trial *const plx_trials_steps[] = {
    &trial_calm,       &trial_lucky,       &trial_fallen,    &trial_more_calm,
    &trial_more_lucky, &trial_more_fallen, &trial_small,     &trial_middle,
    &trial_large,      &trial_few_middle,  &trial_few_large, NULL};
