/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibrate_readings.h"

#include "bench/calibration_trials.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *promise_of(enum plx_score_kind kind)
{
    switch (kind) {
    case PLX_SCORE_COVERS:
        return "93-97";
    case PLX_SCORE_COVERS_FEW:
        return ">= 93";
    case PLX_SCORE_COVERS_REST:
        return ">= 90";
    case PLX_SCORE_ALL_AT_ONCE:
        return ">= 95";
    case PLX_SCORE_FALSE:
        return "<= 5";
    case PLX_SCORE_TOLD:
        break;
    }
    return "-";
}

/* Notes a promise that is broken. */
static gboolean judge_row(const struct plx_trial *trial, guint r, const struct plx_score *score,
                          GString *broken)
{
    const struct plx_score_row *row = &trial->rows[r];
    if (plx_score_holds(score, row->kind))
        return TRUE;
    g_string_append_printf(broken, "%s, %s: %s: %.2f %% (+- %.2f)\n", trial->reading, trial->world,
                           row->what, 100 * plx_score_share(score), 100 * plx_score_error(score));
    return FALSE;
}

static gboolean print_trial(const struct plx_trial *trial, guint runs, guint64 seed, guint threads,
                            GString *broken)
{
    struct plx_score rows[PLX_TRIAL_ROWS];
    gboolean held = TRUE;
    plx_trial_run(trial, runs, seed, threads, rows);
    for (guint r = 0; r < PLX_TRIAL_ROWS && trial->rows[r].what; r++) {
        const struct plx_score_row *row = &trial->rows[r];
        if (rows[r].worlds == 0)
            continue;
        const double share = 100 * plx_score_share(&rows[r]);
        const double error = 100 * plx_score_error(&rows[r]);
        const gboolean holds = judge_row(trial, r, &rows[r], broken);
        printf("| `%s` | %s | %s | %s | %s%.1f ± %.1f%s | %" G_GUINT64_FORMAT " |\n",
               trial->reading, trial->world, row->what, promise_of(row->kind), holds ? "" : "**",
               share, error, holds ? "" : "**", rows[r].worlds);
        held = held && holds;
    }
    fflush(stdout);
    return held;
}

static gboolean told(gboolean held, const GString *broken)
{
    if (!held) {
        printf("\n**Promise broken**\n\n%s", broken->str);
        fprintf(stderr, "promise broken: %s", broken->str);
    }
    return held;
}

static gboolean print_trials(const struct plx_trial *const *trials, const char *only, guint runs,
                             guint64 seed, guint threads)
{
    gboolean held = TRUE;
    g_autoptr(GString) broken = g_string_new(NULL);
    printf("\n| reading | world | what | promised %% | measured %% | worlds |\n"
           "|:--|:--|:--|--:|--:|--:|\n");
    for (guint i = 0; trials[i]; i++)
        if (!only || strcmp(only, trials[i]->reading) == 0)
            held = print_trial(trials[i], runs, seed + i, threads, broken) && held;
    return told(held, broken);
}

gboolean plx_print_readings(const char *only, guint runs, guint64 seed, guint threads)
{
    static const struct plx_trial *const trials[] = {&plx_trial_friction,
                                                     &plx_trial_friction_few,
                                                     &plx_trial_friction_alike,
                                                     &plx_trial_consistency,
                                                     &plx_trial_consistency_places,
                                                     &plx_trial_consistency_visits,
                                                     &plx_trial_journey,
                                                     &plx_trial_journey_few,
                                                     &plx_trial_journey_alike,
                                                     &plx_trial_drivers,
                                                     &plx_trial_drivers_mood,
                                                     &plx_trial_drivers_few,
                                                     &plx_trial_promises,
                                                     &plx_trial_promises_line,
                                                     &plx_trial_trend,
                                                     &plx_trial_trend_season,
                                                     &plx_trial_trend_faint,
                                                     &plx_trial_trend_change,
                                                     &plx_trial_trend_shocks,
                                                     &plx_trial_trend_waves,
                                                     &plx_trial_compare,
                                                     &plx_trial_compare_alike,
                                                     NULL};
    return print_trials(trials, only, runs, seed, threads);
}

/* One world in one line: verdicts, whether the intervals hold, and the look by which half of the
 * worlds had their `up`. */
static gboolean print_step(const struct plx_trial *trial, guint runs, guint64 seed, guint threads,
                           GString *broken)
{
    struct plx_score rows[PLX_TRIAL_ROWS];
    gboolean held = TRUE;
    const char *half = NULL;
    plx_trial_run(trial, runs, seed, threads, rows);
    printf("| %s |", trial->world);
    for (guint r = 0; r < PLX_STEPS_BY_LOOK; r++) {
        const gboolean holds = judge_row(trial, r, &rows[r], broken);
        const char *mark = holds ? "" : "**";
        printf(" %s%.1f%s |", mark, 100 * plx_score_share(&rows[r]), mark);
        held = held && holds;
    }
    for (guint r = PLX_STEPS_BY_LOOK; r < PLX_TRIAL_ROWS && trial->rows[r].what; r++) {
        const char *week = strrchr(trial->rows[r].what, ' ');
        printf("%s%s: %.0f", r == PLX_STEPS_BY_LOOK ? "" : ",", week,
               100 * plx_score_share(&rows[r]));
        half = !half && plx_score_share(&rows[r]) >= 0.5 ? week : half;
    }
    printf(" |%s |\n", half ? half : " –");
    fflush(stdout);
    return held;
}

gboolean plx_print_steps(guint runs, guint64 seed, guint threads)
{
    gboolean held = TRUE;
    g_autoptr(GString) broken = g_string_new(NULL);
    printf("\n| world | `up` %% | `looks up` %% | `down` %% | `not shown` %% | all intervals hold "
           "%% | "
           "`up` by week: %% | half by week |\n|:--|--:|--:|--:|--:|--:|:--|--:|\n");
    for (guint i = 0; plx_trials_steps[i]; i++)
        held = print_step(plx_trials_steps[i], runs, seed + i, threads, broken) && held;
    return told(held, broken);
}
