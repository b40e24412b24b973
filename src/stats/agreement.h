/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ordinal agreement A (van der Eijk 2001, "Measuring agreement in ordered rating scales", Quality
 * and Quantity 35): 1 = all in one level, 0 = evenly spread, -1 = half at each end. Weighted counts
 * allowed. NaN without answers; 1 for a scale of one value or two with all in one; with k = 2 a
 * mixed answer has no defined unimodality and counts 0. Test: tests/stats/test_agreement.c. */

#include "stats/distribution.h"

double plx_agreement(const double *w, guint k);

/* By the jackknife over units (Efron and Tibshirani 1993, An Introduction to the Bootstrap, 11),
 * with t; within -1..1. w counts, or weights of so many units. Where all are in one value: from
 * what A would be if as many were at the far end as might be overlooked, to 1. NaN below two units
 * and where A cannot vary (k = 2). level in (0, 1). */
struct plx_interval plx_agreement_interval(const double *w, guint k, double units, double level);
