/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the reading friction: eight moments, some asked how hard it was and whether they
 * hesitated, leaders and staff who see it exactly as it is. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "reading/friction.h"

#include <math.h>

enum { POINTS = 8, STAFF = 20, LEADERS = 12, MET = 3 };

static const struct moment {
    const char *world;
    double hesitates, hard;
} moments[POINTS] = {{"even", 0.10, 0.10},     {"bell", 0.30, 0.08},   {"customers", 0.10, 0.30},
                     {"low", 0.20, 0.20},      {"weary", 0.40, 0.1},   {"mild", 0.08, 0.25},
                     {"lukewarm", 0.15, 0.08}, {"hopeful", 0.08, 0.15}};

struct world {
    guint persons;
    gboolean alike; /* every point is as the first */
    double share[POINTS][PLX_PEOPLE_LEVELS];
    double below[POINTS], hard[POINTS], hesitates[POINTS], figure[POINTS];
};

static struct world world_of(guint persons, gboolean alike)
{
    struct world w = {.persons = persons, .alike = alike};
    for (guint p = 0; p < POINTS; p++) {
        const struct moment *m = &moments[alike ? 0 : p];
        plx_people_world(m->world, w.share[p]);
        w.below[p] = plx_people_up_to(w.share[p], MET - 1);
        w.hard[p] = m->hard;
        w.hesitates[p] = m->hesitates;
        w.figure[p] = w.below[p] + (1 - w.below[p]) * (1 - (1 - m->hard) * (1 - m->hesitates));
    }
    return w;
}

static void write_served(GString *csv, const struct world *w, struct plx_random *random)
{
    for (guint i = 0; i < w->persons; i++) {
        const double mood = plx_random_normal(random);
        for (guint p = 0; p < POINTS; p++) {
            const guint level = plx_people_level(random, w->share[p], mood, 0.5);
            const guint effort = plx_people_says(random, w->hard[p]) ? 3 : 6;
            g_string_append_printf(csv, "customer,c%u,p%u,%u,%u,%d,\n", i, p, level, effort,
                                   plx_people_says(random, w->hesitates[p]) ? 1 : 0);
        }
    }
}

/* Staff say levels as customers do; leaders guess, each on average right. */
static void write_inside(GString *csv, const struct world *w, struct plx_random *random)
{
    for (guint i = 0; i < STAFF; i++) {
        const double mood = plx_random_normal(random);
        for (guint p = 0; p < POINTS; p++)
            g_string_append_printf(csv, "staff,s%u,p%u,%u,,,\n", i, p,
                                   plx_people_level(random, w->share[p], mood, 0.5));
    }
    for (guint i = 0; i < LEADERS; i++)
        for (guint p = 0; p < POINTS; p++) {
            guint guess = 0;
            for (guint of = 0; of < 10; of++)
                if (plx_people_says(random, 1 - plx_people_up_to(w->share[p], MET)))
                    guess++;
            g_string_append_printf(csv, "leader,l%u,p%u,,,,%u\n", i, p, guess);
        }
}

/* Among the points that have a rank. Of equals any place among them is right: the range must hold
 * all of these places. */
static gboolean rank_holds(const struct world *w, const plx_friction *read,
                           const struct plx_friction_point *point)
{
    const double own = w->figure[point->point[1] - '0'];
    guint best = 1, worst = read->family;
    for (guint i = 0; i < read->n_points; i++) {
        if (read->points[i].rank_best == 0)
            continue;
        const double other = w->figure[read->points[i].point[1] - '0'];
        best += other > own + 1e-9 ? 1 : 0;
        worst -= other < own - 1e-9 ? 1 : 0;
    }
    return point->rank_best <= best && point->rank_worst >= worst;
}

enum { BELOW, FIGURE, OTHERS, RANKS, UNSEEN, PLACED };

static void judge(const plx_friction *read, const struct world *w, struct plx_score *rows)
{
    struct plx_score_hits below = {0, 0}, figure = {0, 0}, others = {0, 0};
    guint unseen = 0, right = 0, ranked = 0, narrow = 0;
    for (guint i = 0; i < read->n_points; i++) {
        const struct plx_friction_point *it = &read->points[i];
        const guint p = (guint)(it->point[1] - '0');
        plx_score_look(&below, it->parts[PLX_FRICTION_BELOW].ci, w->below[p]);
        plx_score_look(&figure, it->figure.ci, w->figure[p]);
        plx_score_look(&others, it->parts[PLX_FRICTION_HARD].ci, w->hard[p]);
        plx_score_look(&others, it->parts[PLX_FRICTION_HESITATED].ci, w->hesitates[p]);
        ranked += it->rank_best > 0;
        right += it->rank_best > 0 && rank_holds(w, read, it) ? 1 : 0;
        narrow += it->rank_best > 0 && it->rank_worst - it->rank_best < POINTS / 2;
        unseen += it->n_unseen;
    }
    plx_score_add_hits(&rows[BELOW], &below);
    plx_score_add_hits(&rows[FIGURE], &figure);
    plx_score_add_hits(&rows[OTHERS], &others);
    plx_score_add_whether(&rows[RANKS], right == ranked);
    plx_score_add_whether(&rows[UNSEEN], unseen > 0);
    plx_score_add(&rows[PLACED], narrow, ranked);
}

static void run_world(const struct world *w, struct plx_random *random, struct plx_score *rows)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_people_map(NULL);
    g_autoptr(GString) csv =
        g_string_new("audience,respondent,point,level,effort,hesitation,believed\n");
    write_served(csv, w, random);
    write_inside(csv, w, random);
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    g_autoptr(plx_friction) read = plx_friction_read(source, &plain, &error);
    g_assert_no_error(error);
    judge(read, w, rows);
}

static void run_many(struct plx_random *random, guint64 seed, gconstpointer data,
                     struct plx_score *rows)
{
    (void)seed;
    (void)data;
    const struct world w = world_of(120, FALSE);
    run_world(&w, random, rows);
}

static void run_few(struct plx_random *random, guint64 seed, gconstpointer data,
                    struct plx_score *rows)
{
    (void)seed;
    (void)data;
    const struct world w = world_of(12, FALSE);
    run_world(&w, random, rows);
}

static void run_alike(struct plx_random *random, guint64 seed, gconstpointer data,
                      struct plx_score *rows)
{
    (void)seed;
    (void)data;
    const struct world w = world_of(60, TRUE);
    run_world(&w, random, rows);
}

#define NAMES(covers, rest)                                                                        \
    {                                                                                              \
        [BELOW] = {covers, "interval of the share below Expected"},                                \
        [FIGURE] = {rest, "interval of the share with any friction"},                              \
        [OTHERS] = {covers, "intervals of hard and hesitated"},                                    \
        [RANKS] = {PLX_SCORE_ALL_AT_ONCE, "true places in all ranges of places"},                  \
        [UNSEEN] = {PLX_SCORE_FALSE, "friction said to be unseen that all see"},                   \
        [PLACED] = {PLX_SCORE_TOLD, "moments placed within half of the list"},                     \
    }

const struct plx_trial plx_trial_friction = {.reading = "friction",
                                             .world = "120 customers at 8 moments",
                                             .run = run_many,
                                             .rows = NAMES(PLX_SCORE_COVERS, PLX_SCORE_COVERS)};
const struct plx_trial plx_trial_friction_few = {
    .reading = "friction",
    .world = "12 customers",
    .run = run_few,
    .rows = NAMES(PLX_SCORE_COVERS_REST, PLX_SCORE_COVERS_REST)};
const struct plx_trial plx_trial_friction_alike = {.reading = "friction",
                                                   .world = "60 customers, every moment the same",
                                                   .run = run_alike,
                                                   .rows =
                                                       NAMES(PLX_SCORE_COVERS, PLX_SCORE_COVERS)};
