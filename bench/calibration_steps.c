/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the verdict on a step: eight points at places whose months have luck of their own. The
 * point is chosen as the worst, or as the one that fell most, over all places; then a baseline of
 * eight weeks is collected, the step begins, and it is looked at when registered. Harder worlds:
 * luck that stays for months, places chosen because they were worst, a baseline from before the
 * choice, no comparison places, and many looks. */

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
    LOOKS_MAX = 4,
    PER_WEEK = 4, /* answers to a point at a place */
    WEEKS_OF_MONTH = 4,
    PLACES_MAX = 16
};
static const guint two_looks[LOOKS] = {6, 12}, four_looks[LOOKS_MAX] = {4, 8, 12, 24};

struct world {
    guint per_side;        /* places */
    double shock;          /* sd of a place's month, at each point, in levels */
    double lift;           /* what the step adds to what is felt */
    gboolean drop;         /* chosen as the one that fell most, else as the worst */
    double waves;          /* correlation of a month's luck with that of the month before */
    gboolean worst_places; /* treated are those that were worst, else any */
    gboolean stale;        /* the baseline is the last weeks before the choice */
    gboolean alone;        /* treated everywhere */
    gboolean many_looks;   /* four, else two */
};

/* What is felt at the points and places, for as long as it lasts. */
struct service {
    double point[POINTS];
    double place[PLACES_MAX];
    gboolean treated[PLACES_MAX];
    gboolean begun;
    double shock[POINTS][PLACES_MAX];         /* of this month */
    double all[POINTS];                       /* of this month, everywhere */
    double chosen_sum[POINTS][PLACES_MAX];    /* of answers in the last half before the choice */
    double stale[POINTS][PLACES_MAX][LEVELS]; /* counts of the last weeks before the choice */
    double counts[PLACES_MAX][2][LEVELS];
};

static guint places_of(const struct world *w)
{
    return 2 * w->per_side;
}

/* The luck of the next month: as often above as below 0, with the same sd in every month. */
static double next_luck(const struct world *w, gboolean begun, double luck,
                        struct plx_random *random)
{
    const double kept = begun ? w->waves : 0;
    return kept * luck + sqrt(1 - kept * kept) * w->shock * plx_random_normal(random);
}

static void next_month(const struct world *w, struct plx_random *random, struct service *service)
{
    for (guint p = 0; p < POINTS; p++) {
        service->all[p] = next_luck(w, service->begun, service->all[p], random);
        for (guint i = 0; i < places_of(w); i++)
            service->shock[p][i] = next_luck(w, service->begun, service->shock[p][i], random);
    }
    service->begun = TRUE;
}

static guint answer(const struct service *service, guint p, guint place, double lift,
                    struct plx_random *random)
{
    const double felt = service->point[p] + service->place[place] + service->all[p] +
                        service->shock[p][place] + lift + plx_random_normal(random);
    return (guint)CLAMP(lround(felt), 1, LEVELS) - 1;
}

/* All points are asked; the last weeks are kept, for whoever takes them as the baseline. */
static void ask_week(const struct world *w, guint week, double sum[POINTS][2],
                     struct plx_random *random, struct service *service)
{
    const gboolean late = week >= WEEKS_BEFORE_CHOICE / 2;
    for (guint p = 0; p < POINTS; p++)
        for (guint i = 0; i < places_of(w) * PER_WEEK; i++) {
            const guint place = i / PER_WEEK;
            const guint said = answer(service, p, place, 0, random);
            sum[p][late] += said;
            if (late)
                service->chosen_sum[p][place] += said;
            if (week >= WEEKS_BEFORE_CHOICE - BASELINE)
                service->stale[p][place][said]++;
        }
}

/* The point as people choose it: from the means over all places. */
static guint choose(const struct world *w, struct plx_random *random, struct service *service)
{
    double sum[POINTS][2] = {{0}};
    for (guint week = 0; week < WEEKS_BEFORE_CHOICE; week++) {
        if (week % WEEKS_OF_MONTH == 0)
            next_month(w, random, service);
        ask_week(w, week, sum, random, service);
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

/* The places where the step is done: the first ones, those that were worst, or all. */
static void choose_places(const struct world *w, guint chosen, struct service *service)
{
    const double *sum = service->chosen_sum[chosen];
    for (guint i = 0; i < places_of(w); i++) {
        guint worse = 0;
        for (guint j = 0; j < places_of(w); j++)
            worse += sum[j] < sum[i] || (sum[j] <= sum[i] && j < i) ? 1 : 0;
        service->treated[i] = w->alone || (w->worst_places ? worse : i) < w->per_side;
    }
}

static void collect(const struct world *w, guint chosen, guint week, guint after,
                    struct plx_random *random, struct service *service)
{
    if (week % WEEKS_OF_MONTH == 0)
        next_month(w, random, service);
    for (guint i = 0; i < places_of(w) * PER_WEEK; i++) {
        const guint place = i / PER_WEEK;
        const double lift = after && service->treated[place] ? w->lift : 0;
        service->counts[place][after][answer(service, chosen, place, lift, random)]++;
    }
}

static void collect_baseline(const struct world *w, guint chosen, struct plx_random *random,
                             struct service *service)
{
    if (w->stale)
        for (guint i = 0; i < places_of(w); i++)
            memcpy(service->counts[i][0], service->stale[chosen][i], sizeof service->counts[i][0]);
    for (guint week = 0; !w->stale && week < BASELINE; week++)
        collect(w, chosen, week, 0, random, service);
}

/* When it is looked at, in weeks. */
struct plan {
    const guint *weeks;
    guint n;
};

static struct plan plan_of(const struct world *w)
{
    return w->many_looks ? (struct plan){four_looks, LOOKS_MAX} : (struct plan){two_looks, LOOKS};
}

static struct plx_step_decision look(const struct world *w, const struct service *service, guint at,
                                     guint64 seed)
{
    const struct plan plan = plan_of(w);
    double times[LOOKS_MAX], part[LOOKS_MAX];
    struct plx_step_place places[PLACES_MAX];
    for (guint l = 0; l < plan.n; l++)
        times[l] = (double)plan.weeks[l] / plan.weeks[plan.n - 1];
    plx_spending(times, plan.n, PLX_STEP_ALPHA, PLX_STEP_RHO, part);
    for (guint i = 0; i < places_of(w); i++)
        places[i] = (struct plx_step_place){
            service->treated[i], plx_distribution_counts(service->counts[i][0], LEVELS, 1),
            plx_distribution_counts(service->counts[i][1], LEVELS, 1)};
    const struct plx_step_rule registered = {part[at], at + 1 == plan.n,
                                             w->stale ? PLX_STEP_WEAK_STALE : 0, seed, TRUE};
    return plx_step_decide(places, places_of(w), &registered);
}

/* What the lift is in levels, for the chosen point: what is answered stops at 1 and 6. */
static double true_lift(const struct world *w, const struct service *service, guint chosen)
{
    const double sd = sqrt(1 + 2 * w->shock * w->shock);
    double lift = 0;
    guint n = 0;
    for (guint i = 0; i < places_of(w); i++) {
        if (!service->treated[i])
            continue;
        n++;
        for (guint v = 1; v < LEVELS; v++) {
            const double centre = service->point[chosen] + service->place[i];
            lift += erfc((v + 0.5 - centre - w->lift) / sd / G_SQRT2) / 2;
            lift -= erfc((v + 0.5 - centre) / sd / G_SQRT2) / 2;
        }
    }
    return lift / n;
}

/* What is settled stays settled: who has heard `up` looks no more. */
static gboolean is_settled(enum plx_step_verdict verdict)
{
    return verdict == PLX_STEP_UP || verdict == PLX_STEP_DOWN || verdict == PLX_STEP_LOOKS_UP;
}

static void count_verdict(enum plx_step_verdict verdict, struct plx_score *rows)
{
    plx_score_add_whether(&rows[PLX_STEPS_UP], verdict == PLX_STEP_UP);
    plx_score_add_whether(&rows[PLX_STEPS_LOOKS_UP], verdict == PLX_STEP_LOOKS_UP);
    plx_score_add_whether(&rows[PLX_STEPS_DOWN], verdict == PLX_STEP_DOWN);
    plx_score_add_whether(&rows[PLX_STEPS_NOT_SHOWN], verdict == PLX_STEP_NOT_SHOWN);
}

static void watch(const struct world *w, guint chosen, struct plx_random *random, guint64 seed,
                  struct service *service, struct plx_score *rows)
{
    const struct plan plan = plan_of(w);
    const double truth = true_lift(w, service, chosen);
    enum plx_step_verdict verdict = PLX_STEP_TOO_EARLY;
    struct plx_score_hits covers = {0, 0};
    for (guint week = 0, at = 0; at < plan.n; week++) {
        collect(w, chosen, week, 1, random, service);
        if (week + 1 != plan.weeks[at])
            continue;
        const struct plx_step_decision decision = look(w, service, at, seed);
        plx_score_look(&covers, decision.change.ci, truth);
        if (!is_settled(verdict))
            verdict = decision.verdict;
        plx_score_add_whether(&rows[PLX_STEPS_BY_LOOK + at++], verdict == PLX_STEP_UP);
    }
    count_verdict(verdict, rows);
    plx_score_add_all(&rows[PLX_STEPS_COVERED], &covers);
}

static void run_world(const struct world *w, struct plx_random *random, guint64 seed,
                      struct plx_score *rows)
{
    struct service service;
    memset(&service, 0, sizeof service);
    for (guint p = 0; p < POINTS; p++)
        service.point[p] = 3.5 + 0.25 * plx_random_normal(random);
    for (guint i = 0; i < places_of(w); i++)
        service.place[i] = 0.2 * plx_random_normal(random);
    const guint chosen = choose(w, random, &service);
    choose_places(w, chosen, &service);
    collect_baseline(w, chosen, random, &service);
    watch(w, chosen, random, seed, &service, rows);
}

/* The kinds of world: which rows there are, and what is promised. */
#define HELD(up)                                                                                   \
    [PLX_STEPS_UP] = {up, "`up`"}, [PLX_STEPS_LOOKS_UP] = {PLX_SCORE_FALSE, "`looks up`"},         \
    [PLX_STEPS_DOWN] = {PLX_SCORE_FALSE, "`down`"},                                                \
    [PLX_STEPS_COVERED] = {PLX_SCORE_ALL_AT_ONCE, "the truth in the intervals of all looks"},      \
    [PLX_STEPS_NOT_SHOWN] = {PLX_SCORE_TOLD, "`not shown` at the last look"}
/* Told, not promised: `looks up` is what the rule answers where it must not say `up`. */
#define TOLD                                                                                       \
    [PLX_STEPS_UP] = {PLX_SCORE_TOLD, "`up`"},                                                     \
    [PLX_STEPS_LOOKS_UP] = {PLX_SCORE_TOLD, "`looks up`"},                                         \
    [PLX_STEPS_DOWN] = {PLX_SCORE_TOLD, "`down`"},                                                 \
    [PLX_STEPS_COVERED] = {PLX_SCORE_TOLD, "the truth in the intervals of all looks"},             \
    [PLX_STEPS_NOT_SHOWN] = {PLX_SCORE_TOLD, "`not shown` at the last look"}
#define TWO                                                                                        \
    [PLX_STEPS_BY_LOOK] = {PLX_SCORE_TOLD, "`up` by week 6"},                                      \
    [PLX_STEPS_BY_LOOK + 1] = {PLX_SCORE_TOLD, "`up` by week 12"}
#define FOUR                                                                                       \
    [PLX_STEPS_BY_LOOK] = {PLX_SCORE_TOLD, "`up` by week 4"},                                      \
    [PLX_STEPS_BY_LOOK + 1] = {PLX_SCORE_TOLD, "`up` by week 8"},                                  \
    [PLX_STEPS_BY_LOOK + 2] = {PLX_SCORE_TOLD, "`up` by week 12"},                                 \
    [PLX_STEPS_BY_LOOK + 3] = {PLX_SCORE_TOLD, "`up` by week 24"}

#define NOTHING_HAPPENS                                                                            \
    {                                                                                              \
        HELD(PLX_SCORE_FALSE), TWO                                                                 \
    }
#define NOTHING_LOOKED_AT_OFTEN                                                                    \
    {                                                                                              \
        HELD(PLX_SCORE_FALSE), FOUR                                                                \
    }
#define SOMETHING_HAPPENS                                                                          \
    {                                                                                              \
        HELD(PLX_SCORE_TOLD), TWO                                                                  \
    }
#define SOMETHING_LOOKED_AT_OFTEN                                                                  \
    {                                                                                              \
        HELD(PLX_SCORE_TOLD), FOUR                                                                 \
    }
#define ONLY_TOLD                                                                                  \
    {                                                                                              \
        TOLD, TWO                                                                                  \
    }

/* A world, how it is run, its trial. */
#define TRIAL(name, words, rows_of, ...)                                                           \
    static void run_##name(struct plx_random *random, guint64 seed, gconstpointer data,            \
                           struct plx_score *rows)                                                 \
    {                                                                                              \
        static const struct world world = {__VA_ARGS__};                                           \
        (void)data;                                                                                \
        run_world(&world, random, seed, rows);                                                     \
    }                                                                                              \
    static const struct plx_trial trial_##name = {                                                 \
        .reading = "step", .world = words, .run = run_##name, .rows = rows_of}

/* Nothing happens: the worst point, and the one that fell most. */
#define NOTHING(name, n, luck)                                                                     \
    TRIAL(name##_worst, #n " + " #n " places, luck " #luck ", the worst point; nothing happens",   \
          NOTHING_HAPPENS, .per_side = (n), .shock = (luck));                                      \
    TRIAL(name##_drop, #n " + " #n " places, luck " #luck ", the largest drop; nothing happens",   \
          NOTHING_HAPPENS, .per_side = (n), .shock = (luck), .drop = TRUE)
NOTHING(few_calm, 4, 0.05);
NOTHING(few_middle, 4, 0.1);
NOTHING(few_lucky, 4, 0.2);
NOTHING(more_calm, 8, 0.05);
NOTHING(more_middle, 8, 0.1);
NOTHING(more_lucky, 8, 0.2);

/* Something happens. */
#define LIFT(name, n, luck, levels)                                                                \
    TRIAL(name, #n " + " #n " places, luck " #luck "; " #levels " levels more", SOMETHING_HAPPENS, \
          .per_side = (n), .shock = (luck), .lift = (levels))
#define LIFTS(name, n, luck)                                                                       \
    LIFT(name##_1, n, luck, 0.1);                                                                  \
    LIFT(name##_3, n, luck, 0.3);                                                                  \
    LIFT(name##_5, n, luck, 0.5)
LIFTS(few_calm, 4, 0.05);
LIFTS(few_middle, 4, 0.1);
LIFTS(few_lucky, 4, 0.2);
LIFTS(more_calm, 8, 0.05);
LIFTS(more_middle, 8, 0.1);
LIFTS(more_lucky, 8, 0.2);

/* Looked at four times. */
TRIAL(often_few, "4 + 4 places, luck 0.2, four looks; nothing happens", NOTHING_LOOKED_AT_OFTEN,
      .per_side = 4, .shock = .2, .many_looks = TRUE);
TRIAL(often_more, "8 + 8 places, luck 0.2, four looks; nothing happens", NOTHING_LOOKED_AT_OFTEN,
      .per_side = 8, .shock = .2, .many_looks = TRUE);
#define OFTEN(name, levels)                                                                        \
    TRIAL(name, "8 + 8 places, luck 0.1, four looks; " #levels " levels more",                     \
          SOMETHING_LOOKED_AT_OFTEN, .per_side = 8, .shock = .1, .lift = (levels),                 \
          .many_looks = TRUE)
OFTEN(often_1, 0.1);
OFTEN(often_3, 0.3);
OFTEN(often_5, 0.5);

/* Luck that stays. */
TRIAL(waves_few, "4 + 4 places, luck 0.2 in waves (0.5); nothing happens", NOTHING_HAPPENS,
      .per_side = 4, .shock = .2, .waves = .5);
TRIAL(waves_more, "8 + 8 places, luck 0.2 in waves (0.5); nothing happens", NOTHING_HAPPENS,
      .per_side = 8, .shock = .2, .waves = .5);
TRIAL(waves_long, "8 + 8 places, luck 0.2 in long waves (0.8); nothing happens", NOTHING_HAPPENS,
      .per_side = 8, .shock = .2, .waves = .8);

/* Done where it was worst. */
TRIAL(worst, "8 + 8 places, luck 0.2, done at the worst eight; nothing happens", NOTHING_HAPPENS,
      .per_side = 8, .shock = .2, .worst_places = TRUE);
TRIAL(worst_waves, "the same, luck in waves (0.5)", ONLY_TOLD, .per_side = 8, .shock = .2,
      .worst_places = TRUE, .waves = .5);
TRIAL(worst_long, "the same, luck in long waves (0.8)", ONLY_TOLD, .per_side = 8, .shock = .2,
      .worst_places = TRUE, .waves = .8);

/* What the rule demands is not there. */
TRIAL(stale, "any 8 of 16 places, luck 0.2, baseline from before the choice; nothing happens",
      ONLY_TOLD, .per_side = 8, .shock = .2, .stale = TRUE);
TRIAL(stale_worst, "the worst 8 of 16, luck 0.2, baseline from before the choice; nothing happens",
      ONLY_TOLD, .per_side = 8, .shock = .2, .worst_places = TRUE, .stale = TRUE);
TRIAL(stale_waves, "the same, luck in waves (0.5)", ONLY_TOLD, .per_side = 8, .shock = .2,
      .worst_places = TRUE, .waves = .5, .stale = TRUE);
TRIAL(alone, "8 places, none to compare with, luck 0.1; nothing happens", ONLY_TOLD, .per_side = 4,
      .shock = .1, .alone = TRUE);
TRIAL(alone_stale, "the same, baseline from before the choice", ONLY_TOLD, .per_side = 4,
      .shock = .1, .alone = TRUE, .stale = TRUE);
TRIAL(worst_much, "8 + 8 places, luck 0.4 in long waves (0.8), done at the worst eight", ONLY_TOLD,
      .per_side = 8, .shock = .4, .worst_places = TRUE, .waves = .8);

#define BOTH(name) &trial_##name##_worst, &trial_##name##_drop
#define THREE(name) &trial_##name##_1, &trial_##name##_3, &trial_##name##_5
const struct plx_trial *const plx_trials_steps[] = {
    BOTH(few_calm),    BOTH(few_middle),   BOTH(few_lucky),    BOTH(more_calm),
    BOTH(more_middle), BOTH(more_lucky),   THREE(few_calm),    THREE(few_middle),
    THREE(few_lucky),  THREE(more_calm),   THREE(more_middle), THREE(more_lucky),
    &trial_often_few,  &trial_often_more,  THREE(often),       &trial_waves_few,
    &trial_waves_more, &trial_waves_long,  &trial_worst,       &trial_worst_waves,
    &trial_worst_long, &trial_stale,       &trial_stale_worst, &trial_stale_waves,
    &trial_alone,      &trial_alone_stale, &trial_worst_much,  NULL};
