/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How often what a reading says of a simulated world is right: rows of counts over many worlds.
 *
 * A trial makes one world from a stream of random numbers, has it read by the reading's own code,
 * and counts into its rows. A row is a mean over worlds; its Monte Carlo standard error is that of
 * the mean, so that points of one world, which hang together, do not count as many.
 * Test: tests/reading/test_calibration_readings.c. */

#include "stats/distribution.h"
#include "stats/random.h"

/* What a row says, and which promise it stands under (docs/calibration.md). */
enum plx_score_kind {
    PLX_SCORE_COVERS,      /* share of 95 % intervals with the truth in them: 93 to 97 % */
    PLX_SCORE_COVERS_FEW,  /* the same below 20 persons: at least 93 % */
    PLX_SCORE_COVERS_REST, /* of shares with fewer than 5 expected of a kind: at least 90 % */
    PLX_SCORE_ALL_AT_ONCE, /* simultaneous or cautious intervals: at least 95 % */
    PLX_SCORE_FALSE,       /* something said that is not so: at most 5 % */
    PLX_SCORE_TOLD         /* told only: how often what is there is seen */
};

struct plx_score_row {
    enum plx_score_kind kind;
    const char *what;
};

/* Sums over worlds. */
struct plx_score {
    guint64 worlds;       /* in which there was something to count */
    guint64 sum, squares; /* of the share of each, in millionths: whatever the order, the same */
};

/* One world: so many of so many. Nothing when `of` is 0. */
void plx_score_add(struct plx_score *score, guint64 hits, guint64 of);
/* One world, in which this is said, or not. */
void plx_score_add_whether(struct plx_score *score, gboolean is_so);
/* Of one interval: does it hold the truth? Nothing when there is no interval. */
struct plx_score_hits {
    guint64 hits, of;
};
void plx_score_look(struct plx_score_hits *hits, struct plx_interval ci, double truth);
void plx_score_add_hits(struct plx_score *score, const struct plx_score_hits *hits);
/* One world: do all intervals hold their truths? */
void plx_score_add_all(struct plx_score *score, const struct plx_score_hits *hits);

#define PLX_TRIAL_ROWS 12
struct plx_trial {
    const char *reading;           /* "friction" */
    const char *world;             /* in words */
    guint runs_part;               /* of the worlds asked for only one in so many; 0: all */
    void (*begin)(gpointer *data); /* what is true, once; may be NULL */
    void (*end)(gpointer data);
    void (*run)(struct plx_random *random, guint64 seed, gconstpointer data,
                struct plx_score *rows);
    struct plx_score_row rows[PLX_TRIAL_ROWS]; /* until one without a text */
};

/* Fills rows[PLX_TRIAL_ROWS]; returns how many worlds. The result depends on the seed, not on
 * threads. */
guint plx_trial_run(const struct plx_trial *trial, guint runs, guint64 seed, guint threads,
                    struct plx_score *rows);

/* Share, and its standard error; NaN where there was nothing. */
double plx_score_share(const struct plx_score *score);
double plx_score_error(const struct plx_score *score);
/* Does the promise of its kind hold within two standard errors and one world? TRUE where there was
 * nothing. */
gboolean plx_score_holds(const struct plx_score *score, enum plx_score_kind kind);
