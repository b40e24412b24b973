/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Intraclass correlations: how much of what judges say is about the targets?
 *
 * Source: Shrout and Fleiss (1979), Psychological Bulletin 86, with their F intervals. Case 1: each
 * target has other judges; 2: judges are drawn, all judge all; 3: these judges only. "k": the mean
 * of k judges. The same mean squares give a crossed G-study: stats/gstudy.h.
 * Assumes: normal, independent effects; targets with a missing value are left out.
 * Test: tests/stats/test_icc.c. */

#include "stats/distribution.h"

enum plx_icc_form {
    PLX_ICC_1_1,
    PLX_ICC_2_1,
    PLX_ICC_3_1,
    PLX_ICC_1_K,
    PLX_ICC_2_K,
    PLX_ICC_3_K,
    PLX_ICC_FORMS
};

struct plx_icc {
    gsize targets; /* complete ones */
    gsize judges;
    double between; /* mean squares; NaN as below */
    double within;
    double judge;
    double error;
    double icc[PLX_ICC_FORMS];
    struct plx_interval ci[PLX_ICC_FORMS];
};

/* `data`: targets x judges, row by row, NaN = missing. All NaN with fewer than two complete targets
 * or judges; no correlation where nothing varies; an interval is NaN where its F is infinite (no
 * error at all). level in (0, 1). */
struct plx_icc plx_icc(const double *data, gsize targets, gsize judges, double level);
