/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Trials of the readings: worlds whose truth is known, one file of code per reading. */

#include "bench/calibration_score.h"

extern const struct plx_trial plx_trial_friction, plx_trial_friction_few, plx_trial_friction_alike;
extern const struct plx_trial plx_trial_consistency, plx_trial_consistency_places,
    plx_trial_consistency_visits;
extern const struct plx_trial plx_trial_journey, plx_trial_journey_few, plx_trial_journey_alike;
extern const struct plx_trial plx_trial_drivers, plx_trial_drivers_mood, plx_trial_drivers_few;
extern const struct plx_trial plx_trial_promises, plx_trial_promises_line;
extern const struct plx_trial plx_trial_trend, plx_trial_trend_season, plx_trial_trend_faint,
    plx_trial_trend_change, plx_trial_trend_shocks, plx_trial_trend_waves;
extern const struct plx_trial plx_trial_compare, plx_trial_compare_alike;

/* Rows of the trials of the verdict on a step; from BY_LOOK one for each look, its week the last
 * word. */
enum {
    PLX_STEPS_UP,
    PLX_STEPS_LOOKS_UP,
    PLX_STEPS_DOWN,
    PLX_STEPS_NOT_SHOWN,
    PLX_STEPS_COVERED,
    PLX_STEPS_BY_LOOK
};
/* NULL-terminated. */
extern const struct plx_trial *const plx_trials_steps[];
