/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Do intervals cover? A fixed list of worlds (populations whose truth is known), simulated.
 * docs/calibration.md is printed from this by bench/calibrate; tests/stats/test_calibration.c runs
 * a small part of it. */

#include <glib.h>

/* The published list, by number; NULL behind the last. Shares of six levels, in percent. */
struct plx_world {
    const char *name;
    double share[6];
};
const struct plx_world *plx_world_get(guint i);

enum plx_quantity {
    PLX_QUANTITY_MEAN,
    PLX_QUANTITY_DIFFERENCE,
    PLX_QUANTITY_SHARE, /* of levels 4 to 6 */
    PLX_QUANTITY_SHARE_DIFFERENCE,
    PLX_QUANTITY_SUPERIORITY
};

/* How answers come about. World i stands against world (5 i + 3) mod the number of worlds. */
struct plx_setup {
    const char *title;
    enum plx_quantity quantity;
    double level;
    guint n_b;          /* the other side's persons; 0: as many as n */
    gboolean complete;  /* side a is everybody there is */
    gboolean clustered; /* persons answer 1 to 4 times, half of the answers repeat their first */
    gboolean weighted;  /* weights 1/2, 1 or 3, independent of the answer */
    gboolean classical; /* the textbook's interval instead, for comparison */
};

/* Averages over the worlds with an expected count of at least 5 on both sides of every share (for
 * means: all worlds); `rest` over the others. NaN where there are none. */
struct plx_coverage {
    double coverage;
    double lowest; /* the worst world's */
    const char *lowest_world;
    double width;
    double rest;
    double error; /* Monte Carlo standard error of `coverage` */
};

struct plx_coverage plx_calibrate(const struct plx_setup *setup, guint n, guint runs, guint64 seed);

/* Documents of one gap per world, adjusted as the product does (false coverage rate at q, margin
 * half a level). */
struct plx_decided {
    double decided;      /* gaps decided, share of all */
    double non_covering; /* of the decided: adjusted interval misses the truth (mean over documents,
                            documents without a decision count 0) */
    double wrong;        /* of all gaps: decided on the wrong side of the margin */
};
struct plx_decided plx_calibrate_decided(guint n_a, guint n_b, gboolean complete, double q,
                                         guint runs, guint64 seed);
