/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What follows from the truth: the numbers that readings of a sampled world should come near to.
 *
 * Levels of a point are exact: the mixture of normals over place, month, tier, channel, lateness
 * and mishap is added up. Whole journeys are averaged over PLX_OUTCOME_PERSONS simulated customers
 * with a seed of its own, and `best_step` compares each of them with himself, one level higher at
 * one point, so that hardly any noise is left. Test: tests/sim/test_outcome.c. */

#include "sim/truth.h"

#include <glib.h>

#define PLX_OUTCOME_PERSONS 60000

/* What one voice would say of one point if everybody were asked. */
struct plx_outcome_levels {
    double share[PLX_TRUTH_LEVELS];
    double mean;
    double desired; /* share at level 4 or better */
    double floor;   /* share at level 1 */
};

/* Which customers: all of them when -1 (places, months), else those of one group of places
 * (enum plx_truth_group), from month `since` up to but not with `until`. */
struct plx_outcome_window {
    gint group;
    guint since, until;
};
extern const struct plx_outcome_window plx_outcome_everybody;

struct plx_outcome_levels plx_outcome_customers(const struct plx_truth *truth, guint point,
                                                struct plx_outcome_window window);
struct plx_outcome_levels plx_outcome_staff(const struct plx_truth *truth, guint point);
/* Exact: the nine answers themselves. */
struct plx_outcome_levels plx_outcome_leaders(const struct plx_truth *truth, guint point);
/* NaN where shoppers do not look. Every place counts the same. */
struct plx_outcome_levels plx_outcome_shoppers(const struct plx_truth *truth, guint point);
/* Mean belief of the nine, in tenths of customers. */
double plx_outcome_believed(const struct plx_truth *truth, guint point);

/* Difference in differences of a change at its point: (after - before at treated places) - (the
 * same at comparison places); and what it looks like without comparison. In levels. */
struct plx_outcome_change {
    double before, after, comparison_before, comparison_after, naive, difference;
};
struct plx_outcome_change plx_outcome_change(const struct plx_truth *truth,
                                             const struct plx_truth_change *change);

struct plx_outcome_journey {
    double share;       /* of all journeys */
    double overall;     /* mean, 1..6 */
    double bad;         /* moments felt at level 1 or 2 per journey */
    double all_fine;    /* share of journeys without one */
    double worst_point; /* lowest true mean among its points */
};

/* Whole journeys, and what one level more at one point would do to the mean `overall` of all
 * journeys taken together. */
struct plx_outcome {
    struct plx_outcome_journey journeys[2];
    double overall;                    /* over both journeys */
    double gain[PLX_TRUTH_POINTS_MAX]; /* by point, in levels of overall */
    gint best, second;                 /* among effort classes today and week; -1: none */
    double ratio;                      /* gain[best] / gain[second] */
};

/* `map` says the effort class of each point. */
struct plx_outcome plx_outcome(const struct plx_truth *truth, const plx_map *map);

/* The same in words and a table, for people; 80 columns. */
void plx_truth_text(const struct plx_truth *truth, const plx_map *map, GString *out);

/* Everything as JSON ("schema": "parallax.truth/1", docs/demo.md), ending in a newline. */
void plx_truth_json(const struct plx_truth *truth, const plx_map *map, GString *out);
