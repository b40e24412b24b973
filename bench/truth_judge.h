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
