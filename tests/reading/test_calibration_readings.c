/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small part of `bench/calibrate readings`, with fixed seeds: what the readings say of simulated
 * worlds against what is true of them. The whole table is in docs/calibration.md. */
#include "bench/calibration_people.h"
#include "bench/calibration_trials.h"

#include <math.h>

static struct plx_score scored(guint yes, guint no)
{
    struct plx_score score = {0};
    for (guint i = 0; i < yes; i++)
        plx_score_add_whether(&score, TRUE);
    for (guint i = 0; i < no; i++)
        plx_score_add_whether(&score, FALSE);
    return score;
}

static void expect(guint yes, guint no, enum plx_score_kind kind, gboolean holds)
{
    const struct plx_score score = scored(yes, no);
    g_assert_cmpint(plx_score_holds(&score, kind), ==, holds);
}

/* Of 10,000 worlds two standard errors are less than half a point. */
static void test_promises(void)
{
    expect(9280, 720, PLX_SCORE_COVERS, TRUE); /* within two standard errors */
    expect(9200, 800, PLX_SCORE_COVERS, FALSE);
    expect(9800, 200, PLX_SCORE_COVERS, FALSE);
    expect(9800, 200, PLX_SCORE_COVERS_FEW, TRUE);
    expect(9200, 800, PLX_SCORE_COVERS_FEW, FALSE);
    expect(9000, 1000, PLX_SCORE_COVERS_REST, TRUE);
    expect(8900, 1100, PLX_SCORE_COVERS_REST, FALSE);
    expect(9500, 500, PLX_SCORE_ALL_AT_ONCE, TRUE);
    expect(9400, 600, PLX_SCORE_ALL_AT_ONCE, FALSE);
    expect(500, 9500, PLX_SCORE_FALSE, TRUE);
    expect(600, 9400, PLX_SCORE_FALSE, FALSE);
    expect(0, 10000, PLX_SCORE_TOLD, TRUE);
    expect(0, 0, PLX_SCORE_COVERS, TRUE);
}

static void test_score(void)
{
    struct plx_score score = {0};
    struct plx_score_hits hits = {0, 0};
    plx_score_look(&hits, (struct plx_interval){1, 2}, 1.5);
    plx_score_look(&hits, (struct plx_interval){1, 2}, 2.5);
    plx_score_look(&hits, (struct plx_interval){NAN, NAN}, 2.5);
    plx_score_add_hits(&score, &hits);
    plx_score_add_all(&score, &hits);
    plx_score_add(&score, 1, 0); /* nothing to count */
    g_assert_cmpfloat(plx_score_share(&score), ==, 0.25);
    g_assert_cmpfloat_with_epsilon(plx_score_error(&score), 0.25 / sqrt(2), 1e-12);
}

/* What people say has the shares that were asked for, whatever their mood. */
static void test_people(void)
{
    struct plx_random random;
    double share[PLX_PEOPLE_LEVELS], said[PLX_PEOPLE_LEVELS] = {0};
    enum { N = 40000 };
    plx_people_world("mild", share);
    plx_random_seed(&random, 1);
    for (guint i = 0; i < N; i++)
        said[plx_people_level(&random, share, plx_random_normal(&random), 0.5) - 1] += 1.0 / N;
    for (guint i = 0; i < PLX_PEOPLE_LEVELS; i++)
        g_assert_cmpfloat_with_epsilon(said[i], share[i], 0.01);
    plx_people_normal(3.5, 1, share);
    g_assert_cmpfloat_with_epsilon(plx_people_mean(share), 3.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(share[2], 0.3413447460685429, 1e-12);
}

/* All rows with a promise hold; those told only are seen at all. */
static void check(const struct plx_trial *trial, guint runs)
{
    struct plx_score rows[PLX_TRIAL_ROWS];
    guint seen = 0;
    plx_trial_run(trial, runs, 1, g_get_num_processors(), rows);
    for (guint r = 0; r < PLX_TRIAL_ROWS && trial->rows[r].what; r++) {
        g_test_message("%s, %s: %.3f (+- %.3f)", trial->world, trial->rows[r].what,
                       plx_score_share(&rows[r]), plx_score_error(&rows[r]));
        g_assert_true(plx_score_holds(&rows[r], trial->rows[r].kind));
        seen += rows[r].worlds > 0 ? 1 : 0;
    }
    g_assert_cmpuint(seen, >, 0);
}

static void test_friction(void)
{
    check(&plx_trial_friction, 40);
    check(&plx_trial_friction_few, 40);
}

static void test_consistency(void)
{
    check(&plx_trial_consistency, 12);
    check(&plx_trial_consistency_places, 12);
    check(&plx_trial_consistency_visits, 20);
}

static void test_journey(void)
{
    check(&plx_trial_journey, 60);
    check(&plx_trial_journey_alike, 40);
}

static void test_drivers(void)
{
    check(&plx_trial_drivers, 20);
    check(&plx_trial_drivers_few, 30);
}

static void test_promised(void)
{
    check(&plx_trial_promises, 60);
    check(&plx_trial_promises_line, 60);
}

static void test_trend(void)
{
    check(&plx_trial_trend, 10);
    check(&plx_trial_trend_shocks, 10);
}

/* A season, told or not quite sure, is not taken for a change. */
static void test_season(void)
{
    struct plx_score rows[PLX_TRIAL_ROWS];
    plx_trial_run(&plx_trial_trend_season, 30, 1, g_get_num_processors(), rows);
    for (guint r = 0; r < PLX_TRIAL_ROWS && plx_trial_trend_season.rows[r].what; r++)
        if (plx_trial_trend_season.rows[r].kind == PLX_SCORE_FALSE)
            g_assert_cmpfloat(plx_score_share(&rows[r]), <=, 0.05);
}

static void test_compare(void)
{
    check(&plx_trial_compare, 20);
    check(&plx_trial_compare_alike, 20);
}

/* The same numbers, however many threads there are. */
static void test_threads(void)
{
    struct plx_score one[PLX_TRIAL_ROWS], three[PLX_TRIAL_ROWS];
    plx_trial_run(&plx_trial_promises, 9, 5, 1, one);
    plx_trial_run(&plx_trial_promises, 9, 5, 3, three);
    for (guint r = 0; r < PLX_TRIAL_ROWS; r++) {
        g_assert_cmpuint(one[r].worlds, ==, three[r].worlds);
        g_assert_cmpuint(one[r].sum, ==, three[r].sum);
        g_assert_cmpuint(one[r].squares, ==, three[r].squares);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/calibration/promises", test_promises);
    g_test_add_func("/calibration/score", test_score);
    g_test_add_func("/calibration/people", test_people);
    g_test_add_func("/calibration/friction", test_friction);
    g_test_add_func("/calibration/consistency", test_consistency);
    g_test_add_func("/calibration/journey", test_journey);
    g_test_add_func("/calibration/drivers", test_drivers);
    g_test_add_func("/calibration/promised", test_promised);
    g_test_add_func("/calibration/trend", test_trend);
    g_test_add_func("/calibration/season", test_season);
    g_test_add_func("/calibration/compare", test_compare);
    g_test_add_func("/calibration/threads", test_threads);
    return g_test_run();
}
