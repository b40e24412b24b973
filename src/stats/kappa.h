/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Kappa: agreement of raters beyond chance.
 * Test: tests/stats/test_kappa.c. */

#include "stats/distribution.h"

enum plx_kappa_weights {
    PLX_KAPPA_NONE,   /* any difference counts alike */
    PLX_KAPPA_LINEAR, /* |i - j| */
    PLX_KAPPA_QUADRATIC
};

struct plx_kappa {
    double kappa;    /* NaN without answers, or where chance alone would agree wholly */
    double observed; /* agreement, weighted */
    double expected; /* by chance */
    double se;
    double z; /* against kappa 0, with the standard error that holds there */
    double n; /* subjects */
    struct plx_interval ci;
};

/* Two raters: `table` is k x k counts, row by row.
 * Source: Cohen (1960, 1968); errors by Fleiss, Cohen and Everitt (1969), Psychological
 * Bulletin 72. Assumes: independent subjects, many of them (the interval is normal). level in (0,
 * 1). */
struct plx_kappa plx_kappa_cohen(const double *table, gsize k, enum plx_kappa_weights weights,
                                 double level);

/* Several raters: `counts` is subjects x k, how many raters chose each category. All NaN when
 * subjects do not have the same number of raters, at least two (or a count is missing).
 * Source: Fleiss (1971), Psychological Bulletin 76; z by Fleiss, Nee and Landis (1979), same
 * journal 86: it holds at kappa 0 only, so there is no interval.
 * Assumes: raters are interchangeable. */
struct plx_kappa plx_kappa_fleiss(const double *counts, gsize subjects, gsize k);
