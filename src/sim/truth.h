/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The truth behind the demo: a marketplace's order journey of which everything is known.
 *
 * All parameters stand in truth.c as const tables; docs/demo.md explains the model. The seed of a
 * world (sim/world.h) changes who is sampled and what they happen to meet, never the truth. No
 * reading is used anywhere in here, so that every reading can be tested against it.
 *
 * What one customer feels at one point is a number on the level scale:
 *     felt = mean + place_effect * place + tier + channel + late + dip + lift + wobble + shock + e
 * with e ~ N(0, spread); with chance `mishap` the moment goes wrong instead and felt is
 * N(mishap_mean, mishap_spread). What is answered is felt + mood, where the mood is one number per
 * person that colours all of his answers; both are rounded and held to 1..6. The whole journey
 * (`overall`) follows from what was felt at all points on the way, rated or not:
 *     base + sum of weight * (felt level - 4) - bad * (moments at level 1 or 2) + mood_in_overall *
 *     mood + N(0, overall_spread).
 * Tests: tests/sim/test_truth.c, tests/sim/test_outcome.c. */

#include "map/map.h"

#include <glib.h>

#define PLX_TRUTH_LEVELS 6
#define PLX_TRUTH_POINTS_MAX 48
#define PLX_TRUTH_MONTHS 18
#define PLX_TRUTH_LEADERS 9
#define PLX_TRUTH_SHOPPERS 12
#define PLX_TRUTH_VISITS 5     /* of shoppers to every place */
#define PLX_TRUTH_TIER_PLAIN 1 /* shoppers order as regular customers */
#define PLX_TRUTH_BEFORE 6     /* months before a change to compare with */

enum plx_truth_group { PLX_TRUTH_OTHER, PLX_TRUTH_TREATED, PLX_TRUTH_COMPARISON };

struct plx_truth_place {
    const char *name;
    enum plx_truth_group group;
    double share;  /* of the customers; all add up to 1 */
    double effect; /* in levels, on points that depend on the place */
    double wobble; /* sd in levels from one visit to the next, the same at all points of a visit */
};

struct plx_truth_point {
    const char *id;
    const char *journey;            /* where customers meet it */
    double mean;                    /* what customers feel, in levels, before anything moves it */
    double spread;                  /* sd from one occasion to the next */
    double mishap;                  /* chance that it goes wrong */
    double place;                   /* how much the place matters: 0 none, 1 all of its effect */
    double reach;                   /* chance that a customer's way leads past it ... */
    gboolean only_late;             /* ... and only when the parcel is late */
    const char *channel;            /* NULL: the channel of the order, app or web */
    double weight;                  /* levels of `overall` per level felt here */
    double app;                     /* levels that the app is better (or worse) than the web */
    double late;                    /* levels when the parcel comes later than promised */
    double leader, leader_believed; /* leaders' own level; of 10 customers, Desired or better */
    double staff, staff_believed;
    double shopper;    /* levels above (below) customers; NaN: shoppers do not see it */
    double ease;       /* mean of `effort`, 1..7 */
    double hesitation; /* chance that a customer visibly hesitates */
    double importance; /* mean, 1..5 */
};

struct plx_truth_tier {
    const char *name;
    double share, effect;
};

/* How a journey as a whole is judged. */
struct plx_truth_journey {
    const char *id;
    double base;
    double bad; /* levels lost per moment felt at level 1 or 2 */
    double mood;
    double spread;
};

/* Something begun at the treated places in the month `start` (index): `lift` is what it really does
 * from then on there. The dip (months from dip_first, dip_months of them) is met everywhere. */
struct plx_truth_change {
    const char *point;
    const char *about;
    guint start;
    double lift;
    guint dip_first, dip_months;
    double dip;
};

/* What shoppers see of the work itself: the chance that a task was done. */
struct plx_truth_task {
    const char *id;
    double done;
};

struct plx_truth_promise {
    const char *id;
    double late;  /* chance that the parcel comes later than promised: not kept */
    double known; /* chance that a customer knew of the promise */
};

struct plx_truth {
    guint first_year, first_month; /* of month 0 */
    const struct plx_truth_place *places;
    guint n_places;
    const struct plx_truth_point *points; /* in the order of the starter map */
    guint n_points;
    const struct plx_truth_tier *tiers;
    guint n_tiers;
    const struct plx_truth_journey *journeys; /* the order first, then the return */
    guint n_journeys;
    struct plx_truth_change real, apparent;
    struct plx_truth_promise promise;
    const struct plx_truth_task *tasks;
    guint n_tasks;
    const char *friction_point;     /* where it is hard to get on */
    const char *blind_point;        /* where leaders see least of what customers feel */
    const char *inconsistent_place; /* now good, now bad; on average like others */
    const double *shopper_severity; /* per shopper of the panel, in levels; adds up to 0 */
    double app_share;               /* of the orders */
    double mood;                    /* sd between persons, in levels */
    double shock;                   /* sd of a place in a month, in levels */
    double mishap_mean, mishap_spread;
    double again;         /* chance of a second order by the same person */
    double returned;      /* chance of a return after an order */
    double leader_spread; /* half the range of the nine leaders' answers, in levels */
    double staff_spread, staff_person, shopper_spread;
    double believed_spread; /* sd of a staff member's guess, in tenths of customers */
    /* the plan of the survey */
    guint asked;   /* points asked per customer, drawn at random from his way */
    guint persons; /* customers sampled */
    double na, declined, rated_journey, asked_promise, asked_effort, asked_feeling,
        asked_importance, noted;
};

/* The one truth; static. */
const struct plx_truth *plx_truth(void);

/* Index by id, or -1. */
gint plx_truth_find_point(const struct plx_truth *truth, const char *id);

/* Index of the journey in which customers meet a point. */
guint plx_truth_journey_of(const struct plx_truth *truth, guint point);

/* Every point of the map has a truth and the reverse, in the same order and home journey; the
 * promise and the tasks are on the map; every point has an effort class. Else PLX_ERROR_BUG. */
gboolean plx_truth_check(const struct plx_truth *truth, const plx_map *map, GError **error);

/* "2025-03": a month by index. */
void plx_truth_month_name(const struct plx_truth *truth, guint month, char out[8]);

/* All that moves the mean of what is felt at a point, besides chance: place, month, tier, channel
 * and lateness. In levels. */
double plx_truth_shift(const struct plx_truth *truth, guint point, guint place, guint month,
                       guint tier, gboolean app, gboolean late);

/* Leaders are a complete voice: their nine answers are themselves truth, the same for every seed.
 * The last of them rides along with drivers and sees more than the others. */
struct plx_truth_leader {
    int level, believed, predicted;
};
struct plx_truth_leader plx_truth_leader_answer(const struct plx_truth *truth, guint leader,
                                                guint point);

/* Which shopper comes in which month: visits are planned, so this too is truth. Nobody visits a
 * place twice. */
struct plx_truth_visit {
    guint month, shopper;
    gboolean app;
};
struct plx_truth_visit plx_truth_visit(guint place, guint visit);
