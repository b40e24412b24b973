/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/person.h"

#include <math.h>

/* November and December are the busiest months of any marketplace. Month 0 is a March. */
static const double busy[PLX_TRUTH_MONTHS] = {
    0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 1.0, 1.1, 1.5, 1.6, 1.0, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9,
};

int plx_person_round(double x, int lo, int hi)
{
    const double r = floor(x + 0.5);
    if (r <= lo)
        return lo;
    return r >= hi ? hi : (int)r;
}

double plx_person_busy(guint month)
{
    return busy[month];
}

guint plx_person_month(struct plx_random *random)
{
    return plx_random_choice(random, busy, PLX_TRUTH_MONTHS);
}

struct plx_person plx_person_draw(const struct plx_truth *truth, struct plx_random *random)
{
    struct plx_person person = {0};
    double u = plx_random_uniform(random);
    while (person.place + 1 < truth->n_places && u >= truth->places[person.place].share)
        u -= truth->places[person.place++].share;
    u = plx_random_uniform(random);
    while (person.tier + 1 < truth->n_tiers && u >= truth->tiers[person.tier].share)
        u -= truth->tiers[person.tier++].share;
    person.mood = truth->mood * plx_random_normal(random);
    return person;
}

void plx_occasion_draw(const struct plx_truth *truth, const struct plx_person *person,
                       guint journey, guint month, double shock, struct plx_random *random,
                       struct plx_occasion *occasion)
{
    occasion->journey = journey;
    occasion->month = month;
    occasion->app = plx_random_uniform(random) < truth->app_share;
    occasion->late = plx_random_uniform(random) < truth->promise.late;
    const double visit = shock + truth->places[person->place].wobble * plx_random_normal(random);
    for (guint p = 0; p < truth->n_points; p++) {
        const struct plx_truth_point *point = &truth->points[p];
        occasion->on_way[p] = FALSE;
        if (plx_truth_journey_of(truth, p) != journey)
            continue;
        occasion->on_way[p] =
            plx_random_uniform(random) < point->reach && (occasion->late || !point->only_late);
        const gboolean wrong = plx_random_uniform(random) < point->mishap;
        const double e = plx_random_normal(random);
        occasion->felt[p] = wrong
                                ? truth->mishap_mean + truth->mishap_spread * e
                                : point->mean +
                                      plx_truth_shift(truth, p, person->place, month, person->tier,
                                                      occasion->app, occasion->late) +
                                      point->place * visit + point->spread * e;
        occasion->level[p] = (gint8)plx_person_round(occasion->felt[p], 1, PLX_TRUTH_LEVELS);
    }
}

int plx_occasion_answer(const struct plx_occasion *occasion, const struct plx_person *person,
                        guint point)
{
    return plx_person_round(occasion->felt[point] + person->mood, 1, PLX_TRUTH_LEVELS);
}

double plx_occasion_overall(const struct plx_truth *truth, const struct plx_occasion *occasion,
                            const struct plx_person *person)
{
    const struct plx_truth_journey *journey = &truth->journeys[occasion->journey];
    double overall = journey->base + journey->mood * person->mood;
    for (guint p = 0; p < truth->n_points; p++) {
        if (!occasion->on_way[p])
            continue;
        overall += truth->points[p].weight * (occasion->level[p] - 4);
        if (occasion->level[p] <= 2)
            overall -= journey->bad;
    }
    return overall;
}

double plx_occasion_lift(const struct plx_truth *truth, const struct plx_occasion *occasion,
                         guint point)
{
    const int level = occasion->level[point];
    if (!occasion->on_way[point] || level == PLX_TRUTH_LEVELS)
        return 0;
    return truth->points[point].weight + (level == 2 ? truth->journeys[occasion->journey].bad : 0);
}
