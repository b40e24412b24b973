/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Base blocks, from which designs are developed by shifting them modulo v. Private to
 * block_design*.c and their test. */

#include "stats/block_design.h"

#define PLX_BASES_MAX 32 /* of one design */

/* Some base blocks and how often each difference, taken both ways, occurs in them: which is how
 * often a pair that far apart occurs in what is developed from them. */
struct plx_bases {
    guint v, k, n;
    guint8 point[PLX_BASES_MAX][PLX_BLOCK_DESIGN_POINTS_MAX]; /* of places that are empty 255 */
    guint16 count[PLX_BLOCK_DESIGN_POINTS_MAX];
};
void plx_bases_init(struct plx_bases *bases, guint v, guint k, guint n);
/* Puts x into an empty place, and counts its differences. */
void plx_bases_put(struct plx_bases *bases, guint block, guint place, guint x);
/* The fewest and the most that any difference occurs. */
void plx_bases_spread(const struct plx_bases *bases, guint *min, guint *max);

/* Looks for base blocks: up to a millisecond. */
void plx_bases_search(guint v, guint k, struct plx_bases *bases);

/* What it finds for blocks of 5 to 8, as forms have them, written down, and what is published
 * where that is better: n base blocks of k points, one behind the other. NULL: not in the table. */
const guint8 *plx_bases_known(guint v, guint k, guint *n);
