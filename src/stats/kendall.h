/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Kendall's tau-b (Kendall 1945, "The treatment of ties in ranking problems"): agreement of two
 * rankings, ties counted. Pairs with a NaN on either side are left out. Test:
 * tests/stats/test_kendall.c. */

#include <glib.h>

struct plx_kendall {
    gsize n;    /* pairs used */
    double tau; /* NaN when one side is constant or n < 2 */
    double z;   /* normal form with tie correction (as R's cor.test, exact = FALSE) */
    double p;   /* two-sided */
};
struct plx_kendall plx_kendall(const double *x, const double *y, gsize n);
