/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A picture of very many points, one column per transaction.
 *
 * No reading gives a transaction a number of its own, so none is made up here: a column shows the
 * lowest, the highest and the middle of what is shown of its points, says how many these are, and
 * leads to the drawing of them. A transaction of one point is that point.
 * Test: tests/report/test_gaps_overview.c. */

#include "report/gaps_picture.h"

#include <glib.h>

/* More points than these are drawn so. */
#define PLX_OVERVIEW_FROM 40

/* The points that a column stands for, in the model of the picture. */
struct plx_stretch {
    guint first, n;
    const char *id; /* where its column leads: "g0-t3" */
    const char *title;
    const char *count; /* "8 points, 3 differ" */
};

typedef struct plx_gaps_overview plx_gaps_overview;

/* NULL: nothing is gained by it (few points, in no order, or hardly fewer transactions). It borrows
 * from `picture`, which must outlive it. */
plx_gaps_overview *plx_gaps_overview_new(const plx_gaps_picture *picture);
void plx_gaps_overview_free(plx_gaps_overview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_gaps_overview, plx_gaps_overview_free)

const struct plx_picture *plx_gaps_overview_model(const plx_gaps_overview *overview);

/* Those of more than one point, from left to right. */
const struct plx_stretch *plx_gaps_overview_stretches(const plx_gaps_overview *overview, guint *n);
