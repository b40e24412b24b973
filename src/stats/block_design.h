/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Balanced incomplete block designs: which few of many points to ask one person, so that over all
 * persons every point is asked equally often and every pair of points together (Yates 1936;
 * Cochran and Cox 1957, chapter 11).
 *
 * A design for v points in blocks of k is a small list of blocks in which all points occur r times
 * and every pair at least once. Where a cyclic difference family is found (Bose 1939) all pairs
 * occur exactly lambda times: (7,3,1) is the Fano plane, (13,4,1) the projective plane of order 3.
 * Else blocks are developed from base blocks chosen greedily, cyclically over all v points: points
 * still occur equally often, pairs as evenly as that goes (`pairs_min` ... `pairs_max`). Nothing
 * is random: equal v and k give the same list. Blocks of 5 to 8 points take microseconds. Test:
 * tests/stats/test_block_design.c. */

#include <glib.h>

#define PLX_BLOCK_DESIGN_POINTS_MAX 60

typedef struct plx_block_design plx_block_design;
struct plx_block_design {
    guint v, k;                 /* points; points of a block */
    guint b, r;                 /* blocks; blocks of a point: b k = v r */
    guint pairs_min, pairs_max; /* blocks of a pair: equal in a balanced design */
    guint8 *points;             /* b rows of k, ascending within a row */
};

/* `v` from 2 to PLX_BLOCK_DESIGN_POINTS_MAX, `k` from 2 to v (k = v: one block of all). */
plx_block_design *plx_block_design_new(guint v, guint k);
void plx_block_design_free(plx_block_design *design);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_block_design, plx_block_design_free)
