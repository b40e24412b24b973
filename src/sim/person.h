/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One customer and one occasion (an order, or a return), drawn from the truth.
 *
 * The one place where the generative model is run: sim/world.c samples with it, sim/outcome.c
 * averages over it. Test: tests/sim/test_person.c. */

#include "sim/truth.h"
#include "stats/random.h"

/* What a customer brings along and keeps. */
struct plx_person {
    guint place, tier;
    double mood; /* levels; colours every answer */
};

/* What happened to him on one way. Arrays run over truth->points. */
struct plx_occasion {
    guint journey, month;
    gboolean app, late;
    gboolean on_way[PLX_TRUTH_POINTS_MAX];
    double felt[PLX_TRUTH_POINTS_MAX]; /* a number on the level scale */
    gint8 level[PLX_TRUTH_POINTS_MAX]; /* the level felt, 1..6 */
};

/* Rounded and held to lo..hi. */
int plx_person_round(double x, int lo, int hi);

struct plx_person plx_person_draw(const struct plx_truth *truth, struct plx_random *random);

/* How busy a month is, 1 = as usual; and a month drawn accordingly. */
double plx_person_busy(guint month);
guint plx_person_month(struct plx_random *random);

/* `shock`: levels that the person's place is up or down in this month, 0 without. */
void plx_occasion_draw(const struct plx_truth *truth, const struct plx_person *person,
                       guint journey, guint month, double shock, struct plx_random *random,
                       struct plx_occasion *occasion);

/* What he would answer at a point: 1..6. */
int plx_occasion_answer(const struct plx_occasion *occasion, const struct plx_person *person,
                        guint point);

/* His judgement of the whole way before its own noise, on the level scale. */
double plx_occasion_overall(const struct plx_truth *truth, const struct plx_occasion *occasion,
                            const struct plx_person *person);

/* How much higher that would be had he felt one point on the way one level higher (6 stays 6). */
double plx_occasion_lift(const struct plx_truth *truth, const struct plx_occasion *occasion,
                         guint point);
