/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ordinal agreement A (van der Eijk 2001, "Measuring agreement in ordered rating scales", Quality
 * and Quantity 35): 1 = all in one level, 0 = evenly spread, -1 = half at each end. Weighted counts
 * allowed. NaN without answers; 1 for a scale of one value or two with all in one; with k = 2 a
 * mixed answer has no defined unimodality and counts 0. Test: tests/stats/test_agreement.c. */

#include <glib.h>

double plx_agreement(const double *w, guint k);
