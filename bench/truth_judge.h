/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Does a reading name what is planted in the demo (docs/demo.md), and nothing else?
 * bench/truth runs many seeds, the tests of the readings a few. */

#include <glib.h>

struct plx_truth_named {
    guint planted; /* planted things named */
    guint others;  /* things named that are not planted */
};

/* Of 1: the point with friction heads the order. Others: one that is surely first and another. */
struct plx_truth_named plx_truth_judge_friction(guint64 seed);
/* Of 1: the promise that is not kept. */
struct plx_truth_named plx_truth_judge_promises(guint64 seed);

/* Of 2: the points with the largest weights in the whole, doorstep and delay-message. */
struct plx_truth_named plx_truth_judge_drivers(guint64 seed);

/* A world in which nothing but one mood per person is at work: answers to points and to the whole
 * are that mood, weighted, and chance. `plan` 0: 20 points, six of them asked by lot; 1: ten
 * points, all asked; 2: six points, 100 people; 3: twelve points, a strong mood. Everything that
 * `drivers` names there is another thing than what is planted. */
#define PLX_MOOD_PLANS 4
struct plx_truth_named plx_truth_judge_mood(guint plan, guint64 seed);
/* Of 1: the three bad months of the tracking page, both ends with their dates. The improvement of
 * parcel-condition happened in eight of twenty places only: over all of them it is small, and may
 * be named or not. */
struct plx_truth_named plx_truth_judge_trend(guint64 seed);
/* Of 1: that improvement, asked of the eight places. There the bad months may be named or not. */
struct plx_truth_named plx_truth_judge_trend_treated(guint64 seed);
/* Of 0: the demo without its changes. */
struct plx_truth_named plx_truth_judge_trend_still(guint64 seed);

/* truth_places.c. Of 1: the place whose visits differ more than those to others (Hull). Others: a
 * place, a month, or a kind of parts named where nothing is planted. */
struct plx_truth_named plx_truth_judge_consistency(guint64 seed);
/* Of 0: the same without such a place. */
struct plx_truth_named plx_truth_judge_consistency_steady(guint64 seed);

/* truth_ways.c. Of 2: the worst moment of the order makes surely more bad moments than the average
 * one; on the return the number of bad moments is among the rules that go best with the whole.
 * Others: a moment that makes no more than the average one; another rule. */
struct plx_truth_named plx_truth_judge_journey(guint64 seed);
/* Of 1: the true sum of bad moments of the journey lies in its interval. */
struct plx_truth_named plx_truth_judge_journey_order(guint64 seed);
struct plx_truth_named plx_truth_judge_journey_return(guint64 seed);
/* Of 1: the true share of returns without a bad moment lies in its interval. */
struct plx_truth_named plx_truth_judge_journey_fine(guint64 seed);

/* truth_step.c. Of 1: the step recommended is the best one (delay-message). Others: another one. */
struct plx_truth_named plx_truth_judge_next(guint64 seed);
/* Of 0: a world in which all points are alike. Others: a step is recommended. */
struct plx_truth_named plx_truth_judge_next_noise(guint64 seed);

/* Of 1: the improvement of parcel-condition, registered eight months before at the treated places
 * against the comparison places, gets `up` at the second look, nine months after. Others: `down`.
 */
struct plx_truth_named plx_truth_judge_step_up(guint64 seed);
/* Of 0: the same of the tracking page, which rises everywhere after the winter. Others: any verdict
 * but `not shown` (or `too early`). */
struct plx_truth_named plx_truth_judge_step_rebound(guint64 seed);
