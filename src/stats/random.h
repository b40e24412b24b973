/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Deterministic random numbers: the same seed gives the same stream on every machine.
 * xoshiro256** (Blackman and Vigna 2018) seeded by SplitMix64. Not for secrets.
 * Test: tests/stats/test_random.c. */

#include <glib.h>

struct plx_random {
    guint64 s[4];
};

void plx_random_seed(struct plx_random *random, guint64 seed);
/* A stream of its own for part `stream` of the work, so that order and threads do not matter. */
void plx_random_seed_stream(struct plx_random *random, guint64 seed, guint64 stream);
guint64 plx_random_next(struct plx_random *random);
double plx_random_uniform(struct plx_random *random);           /* [0, 1), 53 bits */
guint64 plx_random_below(struct plx_random *random, guint64 n); /* 0..n-1, unbiased; n > 0 */
double plx_random_normal(struct plx_random *random);            /* mean 0, sd 1 */
/* Index drawn with probability proportional to `weight` (n entries, sum > 0). */
guint plx_random_choice(struct plx_random *random, const double *weight, guint n);
/* Fisher-Yates of 0..n-1 in place: every order is equally likely. */
void plx_random_shuffle(struct plx_random *random, guint *items, gsize n);
