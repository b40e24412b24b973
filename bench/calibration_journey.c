/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the reading journey: five moments and the whole, answered by everybody in one mood. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "reading/journey.h"

#include <math.h>
#include <string.h>

enum { POINTS = 5, MET = 3 };
static const double alike = 0.5;

static const char shop[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"
    "      - title: In\n        points:\n          - P0\n          - P1\n          - P2\n"
    "          - P3\n          - P4\n";

struct world {
    guint persons;
    double share[POINTS][PLX_PEOPLE_LEVELS];
    double whole[PLX_PEOPLE_LEVELS];
    double below[POINTS], sum;
    double fine[POINTS + 1]; /* up to so many moments */
    double fine_bad;         /* of those with all fine: the whole bad */
};

struct reach {
    const struct world *w;
    guint points;
    gboolean bad; /* and the whole below met */
};

static double in_mood(double z, gconstpointer data)
{
    const struct reach *r = data;
    double chance = r->bad ? plx_people_up_to_in_mood(r->w->whole, MET - 1, z, alike) : 1;
    for (guint p = 0; p < r->points; p++)
        chance *= 1 - plx_people_up_to_in_mood(r->w->share[p], MET - 1, z, alike);
    return chance;
}

static gpointer world_new(guint persons, gboolean same)
{
    static const char *const names[POINTS] = {"customers", "lukewarm", "low", "leaders", "bell"};
    struct world *w = g_new0(struct world, 1);
    w->persons = persons;
    for (guint p = 0; p < POINTS; p++) {
        plx_people_world(names[same ? 1 : p], w->share[p]);
        w->below[p] = plx_people_up_to(w->share[p], MET - 1);
        w->sum += w->below[p];
    }
    plx_people_world("mild", w->whole);
    for (guint p = 0; p <= POINTS; p++)
        w->fine[p] = plx_people_over_moods(in_mood, &(struct reach){w, p, FALSE});
    w->fine_bad =
        plx_people_over_moods(in_mood, &(struct reach){w, POINTS, TRUE}) / w->fine[POINTS];
    return w;
}

enum { BELOW, SUM, SUM_PARTS, FINE, STILL, FALLS, APART, STANDS_OUT, FALLS_MOST, SEEN };

/* Told as surely above the average moment, and is not. */
static gboolean wrong_above(gboolean told, double truth, double mean)
{
    return told && truth <= mean + 1e-9;
}

static void judge(const struct plx_way *way, const struct world *w, struct plx_score *rows)
{
    struct plx_score_hits below = {0, 0}, sum = {0, 0}, fine = {0, 0}, still = {0, 0},
                          apart = {0, 0}, parts = {0, 0}, falls = {0, 0};
    gboolean out = FALSE, most = FALSE, seen = FALSE;
    g_assert_cmpuint(way->n_points, ==, POINTS);
    for (guint p = 0; p < POINTS; p++) {
        const struct plx_way_point *it = &way->points[p];
        const double first = w->fine[p] - w->fine[p + 1];
        plx_score_look(&below, it->below_ci, w->below[p]);
        plx_score_look(&parts, it->bad_ci_adjusted, w->below[p]);
        plx_score_look(&still, it->still_fine.ci, w->fine[p + 1]);
        plx_score_look(&falls, it->falls.ci, first);
        out = out || wrong_above(it->stands_out, w->below[p], w->sum / POINTS);
        most = most || wrong_above(it->falls_most, first, (1 - w->fine[POINTS]) / POINTS);
        seen = seen || it->stands_out;
    }
    plx_score_look(&sum, way->bad_ci, w->sum);
    plx_score_look(&fine, way->fine.rated.ci, w->fine[POINTS]);
    plx_score_look(&apart, way->apart.fine_bad.ci, w->fine_bad);
    plx_score_add_hits(&rows[BELOW], &below);
    plx_score_add_hits(&rows[SUM], &sum);
    plx_score_add_all(&rows[SUM_PARTS], &parts);
    plx_score_add_hits(&rows[FINE], &fine);
    plx_score_add_hits(&rows[STILL], &still);
    plx_score_add_all(&rows[FALLS], &falls);
    plx_score_add_hits(&rows[APART], &apart);
    plx_score_add_whether(&rows[STANDS_OUT], out);
    plx_score_add_whether(&rows[FALLS_MOST], most);
    plx_score_add_whether(&rows[SEEN], seen);
}

static void run(struct plx_random *random, guint64 seed, gconstpointer data, struct plx_score *rows)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    const struct world *w = data;
    (void)seed;
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_people_map(shop);
    g_autoptr(GString) csv = g_string_new("audience,encounter,journey,point,level,overall\n");
    for (guint i = 0; i < w->persons; i++) {
        const double mood = plx_random_normal(random);
        for (guint p = 0; p < POINTS; p++)
            g_string_append_printf(csv, "customer,e%u,visit,p%u,%u,\n", i, p,
                                   plx_people_level(random, w->share[p], mood, alike));
        g_string_append_printf(csv, "customer,e%u,visit,,,%u\n", i,
                               plx_people_level(random, w->whole, mood, alike));
    }
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    g_autoptr(plx_ways) read = plx_ways_read(source, &plain, &error);
    g_assert_no_error(error);
    judge(&read->ways[0], w, rows);
}

static void begin(gpointer *data)
{
    *data = world_new(150, FALSE);
}

static void begin_few(gpointer *data)
{
    *data = world_new(15, FALSE);
}

static void begin_alike(gpointer *data)
{
    *data = world_new(100, TRUE);
}

/* `at_once`: with 15 people a first bad moment has one or two answers; told only. */
#define NAMES(covers, rest, at_once)                                                               \
    {                                                                                              \
        [BELOW] = {rest, "interval of the share below Expected"},                                  \
        [SUM] = {covers, "interval of bad moments per journey"},                                   \
        [SUM_PARTS] = {at_once, "all moments' parts of them at once"},                             \
        [FINE] = {rest, "interval of the share with everything fine"},                             \
        [STILL] = {rest, "intervals of the share still fine"},                                     \
        [FALLS] = {at_once, "where it first falls, all moments at once"},                          \
        [APART] = {rest, "interval of the share all fine and yet bad as a whole"},                 \
        [STANDS_OUT] = {PLX_SCORE_FALSE, "a moment said to make more than others that does not"},  \
        [FALLS_MOST] = {PLX_SCORE_FALSE, "a moment where it falls most that is none"},             \
        [SEEN] = {PLX_SCORE_TOLD, "a moment is said to make more than others"},                    \
    }

const struct plx_trial plx_trial_journey = {
    .reading = "journey",
    .world = "150 customers at 5 moments",
    .begin = begin,
    .end = g_free,
    .run = run,
    .rows = NAMES(PLX_SCORE_COVERS, PLX_SCORE_COVERS, PLX_SCORE_ALL_AT_ONCE)};
const struct plx_trial plx_trial_journey_few = {
    .reading = "journey",
    .world = "15 customers",
    .begin = begin_few,
    .end = g_free,
    .run = run,
    .rows = NAMES(PLX_SCORE_COVERS_FEW, PLX_SCORE_COVERS_REST, PLX_SCORE_TOLD)};
const struct plx_trial plx_trial_journey_alike = {
    .reading = "journey",
    .world = "100 customers, every moment the same",
    .begin = begin_alike,
    .end = g_free,
    .run = run,
    .rows = NAMES(PLX_SCORE_COVERS, PLX_SCORE_COVERS, PLX_SCORE_ALL_AT_ONCE)};
