/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where a series changed.
 *
 * PELT (Killick, Fearnhead and Eckley 2012, "Optimal detection of changepoints with a linear
 * computational cost", Journal of the American Statistical Association 107): the parts that
 * minimise the squares about their means plus `penalty` per change; exact. Assumes independent
 * values of one variance about means that jump.
 *
 * Pettitt (1979, "A non-parametric approach to the change-point problem", Applied Statistics 28):
 * one change, by mid-ranks, so only the order of values matters; p = 2 exp(-6 K^2 / (n^3 + n^2)),
 * at most 1, which assumes no change and independence. Without variation, or below two values,
 * there is no place and p is NaN. Values are without NaN. Test: tests/stats/test_changepoint.c
 * (Nile). */

#include <glib.h>

struct plx_segment {
    gsize first;
    gsize length;
    double mean;
    double rss;
};

/* The parts in order (struct plx_segment), to be freed; none without values. `penalty` > 0, in
 * units of squared values; parts are at least `shortest` >= 1 long. Of equally good places the
 * earliest. */
GArray *plx_pelt(const double *x, gsize n, double penalty, gsize shortest);

/* The same of values with known precision: squares weighted by `w` > 0 (1 / variance, so that the
 * penalty has no unit), weighted means. `w` NULL: all 1. */
GArray *plx_pelt_weighted(const double *x, const double *w, gsize n, double penalty,
                          gsize shortest);

/* 2 s^2 ln n (as Schwarz 1978) with s from the mean moving range / 1.128; NaN below two values or
 * without variation. */
double plx_pelt_penalty(const double *x, gsize n);

struct plx_pettitt {
    double k;
    gsize before; /* values before the change; 0: no place */
    double p;
};
struct plx_pettitt plx_pettitt(const double *x, gsize n);
