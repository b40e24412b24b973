/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The sampling units of two groups in one urn, drawn without replacement: what a permutation of
 * whole units needs, made for many thousand draws. Test: tests/stats/test_urn.c. */

#include "stats/random.h"
#include "stats/sample.h"

/* Sums over the units on one side of a division. `m` is M of stats/distribution.h as a triangle:
 * entries (0,0), (0,1) ... (0,k-1), (1,1) ..., those off the diagonal doubled, so that h' M h is
 * the sum of m[..] h_i h_j. Sums of whole numbers are exact. */
struct plx_urn_side {
    double units;
    double total;    /* sum of w */
    const double *w; /* k */
    const double *m; /* k (k + 1) / 2 */
};

typedef struct plx_urn plx_urn;

/* Copies the units of both (k values each). */
plx_urn *plx_urn_new(plx_units *x, plx_units *y);
void plx_urn_free(plx_urn *urn);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_urn, plx_urn_free)

guint plx_urn_k(const plx_urn *urn);

/* As many units as the smaller group has; every set of them is equally likely. *rest is the others.
 * Borrowed until the next draw. */
void plx_urn_draw(plx_urn *urn, struct plx_random *random, struct plx_urn_side *drawn,
                  struct plx_urn_side *rest);
