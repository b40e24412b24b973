/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Mean and variance of weighted numbers in one pass, and of parts that are brought together.
 *
 * Source: West (1979), Communications of the ACM 22; parts: Chan, Golub and LeVeque (1983), The
 * American Statistician 37. No sum of squares is subtracted from another, so numbers far from 0
 * keep their digits. Assumes: weights say how much an answer counts and do not depend on it.
 * Order: another order of numbers or parts changes the result by rounding only; for equal bytes add
 * in canonical order, or count levels and use stats/moments.h, whose sums of whole numbers are
 * exact. Test: tests/stats/test_one_pass.c. */

#include <glib.h>

struct plx_one_pass { /* all 0: nothing yet */
    double n;         /* numbers */
    double w;         /* their weights */
    double w2;        /* and squared weights */
    double mean;
    double squares; /* sum of w (x - mean)^2 */
};

/* w >= 0, both finite; weight 0 counts as nothing. */
void plx_one_pass_add(struct plx_one_pass *sum, double x, double w);
/* As if what went into `other` had been added one by one. */
void plx_one_pass_merge(struct plx_one_pass *sum, const struct plx_one_pass *other);

double plx_one_pass_mean(const struct plx_one_pass *sum); /* NaN without numbers */
/* With n - 1, n by Kish when weighted, as plx_variance; NaN below two. */
double plx_one_pass_variance(const struct plx_one_pass *sum);
double plx_one_pass_n_eff(const struct plx_one_pass *sum); /* Kish (1965) */
