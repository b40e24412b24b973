/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of comparisons: two places, of which one is worse at half of the moments, or nowhere. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "reading/compare.h"
#include "reading/friction.h"

#include <math.h>

enum { POINTS = 8, PERSONS = 60, PLACES = 2 };

struct world {
    double share[PLACES][POINTS][PLX_PEOPLE_LEVELS];
    double difference[POINTS]; /* of means */
    double below[POINTS];      /* of shares below Expected */
};

static gpointer world_new(gboolean differ)
{
    static const char *const names[POINTS] = {"even", "bell",     "customers", "low",
                                              "mild", "lukewarm", "hopeful",   "leaders"};
    struct world *w = g_new0(struct world, 1);
    for (guint p = 0; p < POINTS; p++) {
        plx_people_world(names[p], w->share[0][p]);
        plx_people_world(names[differ && p % 2 ? (p + 2) % POINTS : p], w->share[1][p]);
        w->difference[p] = plx_people_mean(w->share[1][p]) - plx_people_mean(w->share[0][p]);
        w->below[p] = plx_people_up_to(w->share[1][p], 2) - plx_people_up_to(w->share[0][p], 2);
    }
    return w;
}

static void begin(gpointer *data)
{
    *data = world_new(TRUE);
}

static void begin_alike(gpointer *data)
{
    *data = world_new(FALSE);
}

enum { MEANS, SHARES, ADJUSTED, DECIDED, MORE };

static gboolean is_beyond(enum plx_compared_verdict verdict)
{
    return verdict == PLX_COMPARED_BETTER || verdict == PLX_COMPARED_WORSE ||
           verdict == PLX_COMPARED_MORE || verdict == PLX_COMPARED_LESS;
}

static void judge(const plx_compare *compare, const double *truth, struct plx_score *covers,
                  struct plx_score *rows)
{
    struct plx_score_hits ci = {0, 0};
    guint decided = 0, misses = 0, beyond = 0;
    for (guint i = 0; i < compare->n; i++) {
        const struct plx_compared *it = &compare->compared[i];
        const double true_difference = truth[it->a.subject[1] - '0'];
        const gboolean told =
            it->verdict != PLX_COMPARED_NONE && it->verdict != PLX_COMPARED_NOT_ENOUGH_YET;
        plx_score_look(&ci, it->ci, true_difference);
        decided += told ? 1 : 0;
        misses += told && (it->ci_adjusted.lo > true_difference + 1e-9 ||
                           it->ci_adjusted.hi < true_difference - 1e-9);
        beyond += is_beyond(it->verdict) ? 1 : 0;
    }
    plx_score_add_hits(covers, &ci);
    plx_score_add(&rows[ADJUSTED], misses, MAX(decided, 1));
    plx_score_add(&rows[DECIDED], decided, compare->n);
    plx_score_add_whether(&rows[MORE], beyond > 0);
}

struct side {
    plx_gaps *gaps;
    plx_friction *friction;
    GArray *means, *shares;
};

static struct side side_of(plx_source *source, const char *place)
{
    const char *const where[] = {place, NULL};
    const struct plx_gaps_options options = {.where = where, .seed = 1};
    g_autoptr(GError) error = NULL;
    struct side s = {.means = g_array_new(FALSE, FALSE, sizeof(struct plx_figure)),
                     .shares = g_array_new(FALSE, FALSE, sizeof(struct plx_figure))};
    s.gaps = plx_gaps_read(source, &options, &error);
    g_assert_no_error(error);
    s.friction = plx_friction_read(source, &options, &error);
    g_assert_no_error(error);
    plx_gaps_figures(s.gaps, s.means);
    plx_friction_numbers(s.friction, s.shares); /* of levels alone: the share below Expected */
    return s;
}

static void side_clear(struct side *s)
{
    g_array_unref(s->means);
    g_array_unref(s->shares);
    plx_gaps_free(s->gaps);
    plx_friction_free(s->friction);
}

static void run(struct plx_random *random, guint64 seed, gconstpointer data, struct plx_score *rows)
{
    const struct world *w = data;
    (void)seed;
    g_autoptr(plx_map) map = plx_people_map(NULL);
    g_autoptr(GString) csv = g_string_new("audience,respondent,place,point,level\n");
    for (guint i = 0; i < PLACES * PERSONS; i++) {
        const double mood = plx_random_normal(random);
        for (guint p = 0; p < POINTS; p++)
            g_string_append_printf(csv, "customer,c%u,place%u,p%u,%u\n", i, i % PLACES, p,
                                   plx_people_level(random, w->share[i % PLACES][p], mood, 0.5));
    }
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    struct side a = side_of(source, "place=place0"), b = side_of(source, "place=place1");
    g_autoptr(plx_compare) means = plx_compare_new("gaps", &(struct plx_compare_side){"a", a.means},
                                                   &(struct plx_compare_side){"b", b.means});
    g_autoptr(plx_compare) shares =
        plx_compare_new("friction", &(struct plx_compare_side){"a", a.shares},
                        &(struct plx_compare_side){"b", b.shares});
    judge(means, w->difference, &rows[MEANS], rows);
    judge(shares, w->below, &rows[SHARES], rows);
    side_clear(&a);
    side_clear(&b);
}

#define NAMES(more)                                                                                \
    {                                                                                              \
        [MEANS] = {PLX_SCORE_COVERS, "interval of a difference of means"},                         \
        [SHARES] = {PLX_SCORE_COVERS, "interval of a difference of shares"},                       \
        [ADJUSTED] = {PLX_SCORE_FALSE, "decided ones whose adjusted interval misses"},             \
        [DECIDED] = {PLX_SCORE_TOLD, "differences decided"},                                       \
        [MORE] = {more, "comparisons with one better or worse"},                                   \
    }

const struct plx_trial plx_trial_compare = {.reading = "compare",
                                            .world = "two places of 60, half of 8 moments differ",
                                            .begin = begin,
                                            .end = g_free,
                                            .run = run,
                                            .rows = NAMES(PLX_SCORE_TOLD)};
const struct plx_trial plx_trial_compare_alike = {.reading = "compare",
                                                  .world = "two places of 60, all alike",
                                                  .begin = begin_alike,
                                                  .end = g_free,
                                                  .run = run,
                                                  .rows = NAMES(PLX_SCORE_FALSE)};
