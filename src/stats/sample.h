/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Owners of what a plx_distribution borrows. Test: tests/stats/test_sample.c. */

#include "stats/distribution.h"

/* A list of numbers as a distribution over its distinct values. */
typedef struct plx_sample plx_sample;

/* `values` are finite; value i occurs `times[i]` times (NULL: once each). `support` (rising, `k`
 * long) is the set of scores, NULL: the distinct values themselves. Every value must be in the
 * support. */
plx_sample *plx_sample_new(const double *values, const double *times, gsize n,
                           const double *support, guint k);
void plx_sample_free(plx_sample *sample);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_sample, plx_sample_free)
const struct plx_distribution *plx_sample_distribution(const plx_sample *sample);

/* The distinct values of one or two lists, rising; two samples on a common support can be compared
 * by rank. `y` may be NULL. Free with g_array_unref; elements are double. */
GArray *plx_support(const double *x, gsize nx, const double *y, gsize ny);

/* A multiset of sampling units, each with its weight on each of k values: clustered data whole,
 * for tests that permute units and for building M. */
typedef struct plx_units plx_units;

plx_units *plx_units_new(guint k, double first);
void plx_units_free(plx_units *units);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_units, plx_units_free)

/* `times` units of `answers` answers each with weights `w` (k, copied). Unweighted: w = the
 * unit's counts, answers = their sum. */
void plx_units_add(plx_units *units, const double *w, double answers, guint64 times);

/* Sorts and merges the units (so the order of adding has no effect), then sums. The result is
 * borrowed, valid until the next add or free. */
const struct plx_distribution *plx_units_distribution(plx_units *units);

/* After plx_units_distribution: distinct units, and the i-th one's weights and multiplicity. */
guint plx_units_distinct(const plx_units *units);
const double *plx_units_get(const plx_units *units, guint i, double *answers, guint64 *times);
