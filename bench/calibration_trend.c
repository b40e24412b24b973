/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the reading trend: moments month by month that stay as they are, that have a season, of
 * which one changes, and whose months are good or bad for all by chance, alone or in waves. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "reading/trend.h"

#include <math.h>
#include <string.h>

enum { POINTS = 4, MONTHS = 30, PER_MONTH = 25, CHANGE_AT = 15 };

struct world {
    double season; /* half of what lies between the best and the worst month, in levels */
    double change; /* of the first moment, from CHANGE_AT on */
    double shock;  /* sd of a month's own luck, at each point */
    double stays;  /* correlation of it with that of the next month */
};
static const double centre[POINTS] = {3.9, 3.4, 3.0, 4.2};

static double mean_of(const struct world *w, guint point, guint month)
{
    const double season = w->season * sin(2 * G_PI * month / 12);
    const double change = point == 0 && month >= CHANGE_AT ? w->change : 0;
    return centre[point] + season + change;
}

static void write_world(GString *csv, const struct world *w, struct plx_random *random)
{
    double luck[POINTS] = {0};
    guint who = 0;
    g_string_append(csv, "audience,respondent,time,point,level\n");
    for (guint m = 0; m < MONTHS; m++) {
        for (guint p = 0; p < POINTS; p++) {
            double share[PLX_PEOPLE_LEVELS];
            const double fresh = m == 0 ? 1 : sqrt(1 - w->stays * w->stays);
            luck[p] = w->stays * luck[p] + fresh * w->shock * plx_random_normal(random);
            plx_people_normal(mean_of(w, p, m) + luck[p], 1.1, share);
            for (guint i = 0; i < PER_MONTH; i++, who++)
                g_string_append_printf(csv, "customer,c%u,%u-%02u-15,p%u,%u\n", who, 2024 + m / 12,
                                       m % 12 + 1, p, plx_people_level(random, share, 0, 0));
        }
    }
}

enum { MEANS, CHANGED, DRIFTS, SEASON, ANYTHING, DATES, SIZE, FOUND };

/* The one that is planted, when it is told as one change. */
static void look_at_change(const struct plx_trend_series *it, const struct world *w,
                           struct plx_score *rows)
{
    struct plx_score_hits size = {0, 0};
    double before[PLX_PEOPLE_LEVELS], after[PLX_PEOPLE_LEVELS];
    plx_score_add_whether(&rows[FOUND], it->n_changes == 1);
    if (it->n_changes != 1)
        return;
    const struct plx_trend_change *change = &it->changes[0];
    plx_people_normal(mean_of(w, 0, CHANGE_AT - 1), 1.1, before);
    plx_people_normal(mean_of(w, 0, CHANGE_AT), 1.1, after);
    plx_score_look(&size, change->ci, plx_people_mean(after) - plx_people_mean(before));
    plx_score_add_hits(&rows[SIZE], &size);
    plx_score_add_whether(&rows[DATES], change->first <= CHANGE_AT && change->last >= CHANGE_AT);
}

static void judge(const plx_trend *read, const struct world *w, struct plx_score *rows)
{
    struct plx_score_hits means = {0, 0};
    gboolean changed = FALSE, drifts = FALSE, season = FALSE;
    for (guint i = 0; i < read->n_series; i++) {
        const struct plx_trend_series *it = &read->series[i];
        if (it->kind != PLX_SUBJECT_POINT)
            continue;
        const guint p = (guint)(it->id[1] - '0');
        for (guint m = 0; m < read->n_periods && w->shock <= 0; m++) {
            double share[PLX_PEOPLE_LEVELS];
            plx_people_normal(mean_of(w, p, m), 1.1, share);
            plx_score_look(&means, it->periods[m].mean_ci, plx_people_mean(share));
        }
        season = season || it->season == PLX_SEASON_SHOWN;
        if (p == 0 && fabs(w->change) > 0) {
            look_at_change(it, w, rows);
            continue;
        }
        changed = changed || it->verdict == PLX_TREND_CHANGED;
        drifts = drifts || it->verdict == PLX_TREND_DRIFTS;
    }
    plx_score_add_hits(&rows[MEANS], &means);
    plx_score_add_whether(&rows[CHANGED], changed);
    plx_score_add_whether(&rows[DRIFTS], drifts);
    plx_score_add_whether(&rows[SEASON], season);
    plx_score_add_whether(&rows[ANYTHING], changed || drifts || (season && w->season <= 0));
}

static void run_world(const struct world *w, struct plx_random *random, struct plx_score *rows)
{
    static const struct plx_gaps_options by_month = {.seed = 1, .by = "month"};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_people_map(NULL);
    g_autoptr(GString) csv = g_string_new(NULL);
    write_world(csv, w, random);
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    g_autoptr(plx_trend) read = plx_trend_read(source, &by_month, &error);
    g_assert_no_error(error);
    judge(read, w, rows);
}

static void run_stable(struct plx_random *random, guint64 seed, gconstpointer data,
                       struct plx_score *rows)
{
    (void)seed;
    (void)data;
    run_world(&(struct world){0, 0, 0, 0}, random, rows);
}

static void run_season(struct plx_random *random, guint64 seed, gconstpointer data,
                       struct plx_score *rows)
{
    (void)seed;
    (void)data;
    run_world(&(struct world){0.4, 0, 0, 0}, random, rows);
}

static void run_faint(struct plx_random *random, guint64 seed, gconstpointer data,
                      struct plx_score *rows)
{
    (void)seed;
    (void)data;
    run_world(&(struct world){0.2, 0, 0, 0}, random, rows);
}

static void run_change(struct plx_random *random, guint64 seed, gconstpointer data,
                       struct plx_score *rows)
{
    (void)seed;
    (void)data;
    run_world(&(struct world){0, -0.5, 0, 0}, random, rows);
}

static void run_shocks(struct plx_random *random, guint64 seed, gconstpointer data,
                       struct plx_score *rows)
{
    (void)seed;
    (void)data;
    run_world(&(struct world){0, 0, 0.2, 0}, random, rows);
}

static void run_waves(struct plx_random *random, guint64 seed, gconstpointer data,
                      struct plx_score *rows)
{
    (void)seed;
    (void)data;
    run_world(&(struct world){0, 0, 0.2, 0.5}, random, rows);
}

/* Waves are taken for changes, and docs/methods/trend.md says so: told only. */
#define NAMES(false_kind, season_kind)                                                             \
    {                                                                                              \
        [MEANS] = {PLX_SCORE_COVERS, "interval of a month's mean"},                                \
        [CHANGED] = {false_kind, "documents with a change that is none"},                          \
        [DRIFTS] = {false_kind, "documents with a drift that is none"},                            \
        [SEASON] = {season_kind, "documents with a season"},                                       \
        [ANYTHING] = {false_kind, "documents with anything that is none"},                         \
        [DATES] = {PLX_SCORE_COVERS_FEW, "range of the date of the change found"},                 \
        [SIZE] = {PLX_SCORE_COVERS_FEW, "interval of its size"},                                   \
        [FOUND] = {PLX_SCORE_TOLD, "the change is found, alone"},                                  \
    }

const struct plx_trial plx_trial_trend = {.reading = "trend",
                                          .world = "4 moments, 30 months, 25 answers; stable",
                                          .run = run_stable,
                                          .rows = NAMES(PLX_SCORE_FALSE, PLX_SCORE_FALSE)};
const struct plx_trial plx_trial_trend_season = {.reading = "trend",
                                                 .world = "the same with a season of +-0.4",
                                                 .run = run_season,
                                                 .rows = NAMES(PLX_SCORE_FALSE, PLX_SCORE_TOLD)};
const struct plx_trial plx_trial_trend_faint = {.reading = "trend",
                                                .world = "the same with a season of +-0.2",
                                                .run = run_faint,
                                                .rows = NAMES(PLX_SCORE_FALSE, PLX_SCORE_TOLD)};
const struct plx_trial plx_trial_trend_change = {.reading = "trend",
                                                 .world = "one moment falls by half a level",
                                                 .run = run_change,
                                                 .rows = NAMES(PLX_SCORE_FALSE, PLX_SCORE_FALSE)};
const struct plx_trial plx_trial_trend_shocks = {.reading = "trend",
                                                 .world = "stable, months with luck (sd 0.2)",
                                                 .run = run_shocks,
                                                 .rows = NAMES(PLX_SCORE_FALSE, PLX_SCORE_FALSE)};
const struct plx_trial plx_trial_trend_waves = {.reading = "trend",
                                                .world =
                                                    "stable, such luck in waves (correlation 0.5)",
                                                .run = run_waves,
                                                .rows = NAMES(PLX_SCORE_TOLD, PLX_SCORE_FALSE)};
