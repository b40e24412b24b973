/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The promises reading: who knew what was promised, for whom it was kept, and what people meet at
 * the points it is about.
 *
 * struct plx_promises is the RELEASED form: only plx_promises_read makes one, through
 * reading/reach.h (a number has its minimum of persons; parts of a split do not give a small one
 * away; a protected audience is looked at as a whole, without channels and dates).
 *
 * Decided by the people served, with intervals adjusted for all that is looked at (false coverage
 * rate, Benjamini and Yekutieli 2005, q = 0.05):
 *   kept      the share kept lies wholly above PLX_KEPT_LINE; not_kept: wholly below it
 *   known     the share who knew lies wholly above PLX_KNOWN_LINE; not_known: wholly below it
 *   channel   its share kept less that of all other channels lies wholly beyond, or wholly within,
 *             PLX_CHANNEL_MARGIN
 * Intervals of shares: plx_share (Wilson 1927; cluster-robust), of differences: Newcombe (1998) by
 * MOVER. Points of one promise are pooled; people who answer several of them count for less: the
 * variance is inflated by an upper bound from how many do. Before and after are described, never
 * judged: time alone may explain a difference. Cost: linear in the rows; then in promises times
 * channels. Rules, JSON: docs/readings.md. Test: tests/reading/test_promises.c. */

#include "reading/about.h"
#include "reading/figure.h"

#define PLX_KEPT_LINE 0.9       /* a promise holds when it is kept for at least 9 in 10 */
#define PLX_KNOWN_LINE 0.5      /* and is known when at least half knew it */
#define PLX_CHANNEL_MARGIN 0.05 /* of the share kept, between channels */

typedef struct plx_promises plx_promises;

enum plx_promise_verdict {
    PLX_PROMISE_NOT_ASKED, /* nobody was asked, or nobody may be shown */
    PLX_PROMISE_NOT_ENOUGH_YET,
    PLX_PROMISE_KEPT,
    PLX_PROMISE_NOT_KEPT,
    PLX_PROMISE_KNOWN,
    PLX_PROMISE_NOT_KNOWN,
    /* of a channel against all others: */
    PLX_PROMISE_WORSE,
    PLX_PROMISE_BETTER,
    PLX_PROMISE_ALIKE
};
/* "not_asked", "not_enough_yet", "kept" ... */
const char *plx_promise_verdict_code(enum plx_promise_verdict verdict);

/* NaN, and -1 for counts, where there is nothing, or nothing may be shown. */
struct plx_promise_share {
    gint64 n, persons;
    double share;
    struct plx_interval ci; /* 95 % */
    enum plx_suppression suppressed;
};

struct plx_promise_difference {
    double difference;
    struct plx_interval ci; /* 95 % */
};

/* What one audience says of a promise. */
struct plx_promise_voice {
    guint audience; /* index into map->audiences */
    struct plx_promise_share known, kept;
    struct plx_promise_share kept_known; /* kept, among those who knew of it (both in one row) */
};

/* The levels at its points: shares at the floor of the scale and below the value that is met. */
struct plx_promise_levels {
    struct plx_promise_share floor, below;
};

struct plx_promise_channel {
    const char *channel; /* "" = the rows name none */
    struct plx_promise_share known, kept;
    struct plx_promise_levels levels;
    struct plx_interval kept_adjusted;
    enum plx_promise_verdict kept_verdict; /* KEPT, NOT_KEPT ... */
    struct plx_promise_difference others;  /* share kept here less that of all other channels */
    struct plx_interval others_adjusted;
    enum plx_promise_verdict others_verdict; /* WORSE, BETTER, ALIKE, NOT_ENOUGH_YET, NOT_ASKED */
};

struct plx_promise_reading {
    const char *promise, *title;
    const char *where, *since; /* or NULL */
    guint n_points;
    const char **points, **point_titles; /* those of the question */
    guint n_voices;
    struct plx_promise_voice *voices; /* the served audience first, then shoppers */
    enum plx_promise_verdict verdict; /* NOT_KEPT, else NOT_KNOWN, else KEPT, else what is open */
    enum plx_promise_verdict known_verdict, kept_verdict;
    struct plx_interval known_adjusted, kept_adjusted;
    struct plx_promise_levels levels; /* of all its points, whenever */
    struct plx_promise_levels before, after;
    struct plx_promise_difference floor_change, below_change; /* after less before */
    guint n_channels;
    struct plx_promise_channel *channels; /* by bytes; without those that hold nothing */
};

struct plx_promises {
    struct plx_about about;
    guint family_size;     /* comparisons decided together */
    double adjusted_level; /* of every adjusted interval */
    guint n_promises;
    struct plx_promise_reading *promises; /* map order, then by id */
};

/* Options as of the gaps; `by` is "channel" or NULL, `measure` NULL. Errors: PLX_ERROR_USAGE for
 * another split or measure; PLX_ERROR_NOT_FOUND when neither map nor answers know a promise;
 * PLX_ERROR_NOT_SHOWN when the people served may not be shown under this question; those of the
 * source. */
plx_promises *plx_promises_read(plx_source *source, const struct plx_gaps_options *options,
                                GError **error);
/* For comparisons: known, kept, floor of every promise. Elements struct plx_figure. */
void plx_promises_figures(const plx_promises *promises, GArray *figures);
void plx_promises_free(plx_promises *promises);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_promises, plx_promises_free)
