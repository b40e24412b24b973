/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trials of the reading promises: two promises in three channels that keep them alike. */

#include "bench/calibration_trials.h"

#include "bench/calibration_people.h"
#include "reading/promises.h"

#include <math.h>
#include <string.h>

enum { POINTS = 3, CHANNELS = 3, PROMISES = 2, AT = 2 /* points of a promise */ };

static const char shop[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Order\n    transactions:\n"
    "      - title: Door\n        points:\n          - P0\n          - P1\n          - P2\n"
    "promises:\n"
    "  - id: a\n    words: Tomorrow\n    since: 2026-03-01\n    points: [p0, p1]\n"
    "  - id: b\n    words: At home\n    since: 2026-03-01\n    points: [p1, p2]\n";

struct world {
    guint persons;
    double known[PROMISES], kept[PROMISES];
    double share[POINTS][PLX_PEOPLE_LEVELS];
    double floor[PROMISES], below[PROMISES];
};

static gpointer world_new(guint persons, double known, double kept_a, double kept_b)
{
    static const char *const names[POINTS] = {"low", "weary", "mild"};
    struct world *w = g_new0(struct world, 1);
    w->persons = persons;
    for (guint p = 0; p < POINTS; p++)
        plx_people_world(names[p], w->share[p]);
    for (guint i = 0; i < PROMISES; i++) {
        w->known[i] = known;
        w->kept[i] = i == 0 ? kept_a : kept_b;
        for (guint p = i; p < i + AT; p++) {
            w->floor[i] += w->share[p][0] / AT;
            w->below[i] += plx_people_up_to(w->share[p], 2) / AT;
        }
    }
    return w;
}

static void write_person(GString *csv, const struct world *w, guint i, struct plx_random *random)
{
    const double mood = plx_random_normal(random);
    const guint channel = (guint)plx_random_below(random, CHANNELS);
    const char *const day = plx_people_says(random, 0.4) ? "2026-02-01" : "2026-04-01";
    for (guint p = 0; p < POINTS; p++)
        g_string_append_printf(csv, "customer,c%u,%s,p%u,,ch%u,%u,,\n", i, day, p, channel,
                               plx_people_level(random, w->share[p], mood, 0.5));
    for (guint k = 0; k < PROMISES; k++)
        g_string_append_printf(csv, "customer,c%u,%s,,%c,ch%u,,%u,%u\n", i, day, "ab"[k], channel,
                               plx_people_says(random, w->known[k]),
                               plx_people_says(random, w->kept[k]));
}

enum { SHARES, LEVELS, CHANGE, OTHERS, CHANNEL, VERDICT, DECIDED };

/* A verdict that the truth does not carry; on the line none is carried. */
static gboolean is_wrong(const struct plx_promise_reading *it, const struct world *w, guint k)
{
    return (it->kept_verdict == PLX_PROMISE_KEPT && w->kept[k] <= PLX_KEPT_LINE) ||
           (it->kept_verdict == PLX_PROMISE_NOT_KEPT && w->kept[k] >= PLX_KEPT_LINE) ||
           (it->known_verdict == PLX_PROMISE_KNOWN && w->known[k] <= PLX_KNOWN_LINE) ||
           (it->known_verdict == PLX_PROMISE_NOT_KNOWN && w->known[k] >= PLX_KNOWN_LINE);
}

static void judge(const plx_promises *read, const struct world *w, struct plx_score *rows)
{
    struct plx_score_hits shares = {0, 0}, levels = {0, 0}, change = {0, 0}, others = {0, 0};
    gboolean channel = FALSE, verdict = FALSE;
    guint decided = 0;
    for (guint i = 0; i < read->n_promises; i++) {
        const struct plx_promise_reading *it = &read->promises[i];
        const guint k = (guint)(it->promise[0] - 'a');
        plx_score_look(&shares, it->voices[0].known.ci, w->known[k]);
        plx_score_look(&shares, it->voices[0].kept.ci, w->kept[k]);
        plx_score_look(&shares, it->voices[0].kept_known.ci, w->kept[k]);
        plx_score_look(&levels, it->levels.floor.ci, w->floor[k]);
        plx_score_look(&levels, it->levels.below.ci, w->below[k]);
        plx_score_look(&change, it->floor_change.ci, 0);
        plx_score_look(&change, it->below_change.ci, 0);
        for (guint c = 0; c < it->n_channels; c++) {
            const struct plx_promise_channel *ch = &it->channels[c];
            plx_score_look(&others, ch->others.ci, 0);
            channel = channel || ch->others_verdict == PLX_PROMISE_WORSE ||
                      ch->others_verdict == PLX_PROMISE_BETTER;
        }
        verdict = verdict || is_wrong(it, w, k);
        decided += it->kept_verdict == PLX_PROMISE_KEPT || it->kept_verdict == PLX_PROMISE_NOT_KEPT;
    }
    plx_score_add_hits(&rows[SHARES], &shares);
    plx_score_add_hits(&rows[LEVELS], &levels);
    plx_score_add_hits(&rows[CHANGE], &change);
    plx_score_add_hits(&rows[OTHERS], &others);
    plx_score_add_whether(&rows[CHANNEL], channel);
    plx_score_add_whether(&rows[VERDICT], verdict);
    plx_score_add(&rows[DECIDED], decided, read->n_promises);
}

static void run(struct plx_random *random, guint64 seed, gconstpointer data, struct plx_score *rows)
{
    static const struct plx_gaps_options by_channel = {.seed = 1, .by = "channel"};
    const struct world *w = data;
    (void)seed;
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_people_map(shop);
    g_autoptr(GString) csv =
        g_string_new("audience,respondent,time,point,promise,channel,level,known,kept\n");
    for (guint i = 0; i < w->persons; i++)
        write_person(csv, w, i, random);
    g_autoptr(plx_source) source = plx_people_source(csv, map);
    g_autoptr(plx_promises) read = plx_promises_read(source, &by_channel, &error);
    g_assert_no_error(error);
    judge(read, w, rows);
}

static void begin(gpointer *data)
{
    *data = world_new(150, 0.7, 0.6, 0.8);
}

static void begin_line(gpointer *data)
{
    *data = world_new(150, PLX_KNOWN_LINE, PLX_KEPT_LINE, PLX_KEPT_LINE);
}

#define NAMES                                                                                      \
    {                                                                                              \
        [SHARES] = {PLX_SCORE_COVERS, "intervals of the shares known, kept, kept of knowing"},     \
        [LEVELS] = {PLX_SCORE_ALL_AT_ONCE,                                                         \
                    "intervals at the floor and below Expected (cautious)"},                       \
        [CHANGE] = {PLX_SCORE_ALL_AT_ONCE, "intervals of after less before (cautious)"},           \
        [OTHERS] = {PLX_SCORE_COVERS, "interval of a channel less the others"},                    \
        [CHANNEL] = {PLX_SCORE_FALSE, "a channel told as worse or better, all alike"},             \
        [VERDICT] = {PLX_SCORE_FALSE, "a verdict of kept or known that is not so"},                \
        [DECIDED] = {PLX_SCORE_TOLD, "promises said to be kept or not kept"},                      \
    }

const struct plx_trial plx_trial_promises = {.reading = "promises",
                                             .world = "150 customers, 3 channels alike",
                                             .begin = begin,
                                             .end = g_free,
                                             .run = run,
                                             .rows = NAMES};
const struct plx_trial plx_trial_promises_line = {.reading = "promises",
                                                  .world = "the same, all of it on the lines",
                                                  .begin = begin_line,
                                                  .end = g_free,
                                                  .run = run,
                                                  .rows = NAMES};
