/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small part of `bench/calibrate steps`, with fixed seeds: the verdict on steps whose truth is
 * known. The whole table is in docs/calibration.md. */
#include "bench/calibration_trials.h"

#include <string.h>

static const struct plx_trial *find_trial(const char *world)
{
    for (guint i = 0; plx_trials_steps[i]; i++)
        if (strcmp(plx_trials_steps[i]->world, world) == 0)
            return plx_trials_steps[i];
    g_error("no world \"%s\"", world);
}

static double share_of(const char *world, guint row, guint runs)
{
    struct plx_score rows[PLX_TRIAL_ROWS];
    plx_trial_run(find_trial(world), runs, 1, g_get_num_processors(), rows);
    return plx_score_share(&rows[row]);
}

/* What is promised of worlds with few places, where it is hardest. */
static void test_promises(void)
{
    guint seen = 0;
    for (guint i = 0; plx_trials_steps[i]; i++) {
        const struct plx_trial *trial = plx_trials_steps[i];
        if (!g_str_has_prefix(trial->world, "4 + 4") ||
            !g_str_has_suffix(trial->world, "nothing happens"))
            continue;
        struct plx_score rows[PLX_TRIAL_ROWS];
        plx_trial_run(trial, 200, 1, g_get_num_processors(), rows);
        for (guint r = 0; r < PLX_TRIAL_ROWS && trial->rows[r].what; r++) {
            g_test_message("%s, %s: %.3f (+- %.3f)", trial->world, trial->rows[r].what,
                           plx_score_share(&rows[r]), plx_score_error(&rows[r]));
            g_assert_true(plx_score_holds(&rows[r], trial->rows[r].kind));
            g_assert_cmpuint(rows[r].worlds, ==, 200);
        }
        seen++;
    }
    g_assert_cmpuint(seen, >=, 8);
}

/* Half a level is seen, and sooner where more is looked. */
static void test_power(void)
{
    const char *world = "8 + 8 places, luck 0.05; 0.5 levels more";
    g_assert_cmpfloat(share_of(world, PLX_STEPS_UP, 60), >=, .8);
    g_assert_cmpfloat(share_of(world, PLX_STEPS_BY_LOOK, 60), <=,
                      share_of(world, PLX_STEPS_BY_LOOK + 1, 60));
}

/* The rebound of places chosen because they were worst: the baseline from before the choice shows
 * it, and the rule does not call it `up`. */
static void test_rebound(void)
{
    const char *world =
        "the worst 8 of 16, luck 0.2, baseline from before the choice; nothing happens";
    g_assert_cmpfloat(share_of(world, PLX_STEPS_LOOKS_UP, 60), >, .1);
    g_assert_cmpfloat(share_of(world, PLX_STEPS_UP, 60), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calibration-steps/promises", test_promises);
    g_test_add_func("/calibration-steps/power", test_power);
    g_test_add_func("/calibration-steps/rebound", test_rebound);
    return g_test_run();
}
