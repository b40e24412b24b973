/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Filters: which observations count, as a value (a tree), never as SQL or a callback.
 *
 * Filters are immutable once built; nodes own their children and strings. A test on time is never
 * true for a row without time. Test: tests/voice/test_filter.c. */

#include "voice/batch.h"

typedef struct plx_filter plx_filter;

/* Nodes. The all/any builders take ownership of the children (n may be 0: all = true, any =
 * false). `values` are compared as exact text; for audience, journey and subject dims as ids; ""
 * means missing. Segments are named by key: dim = PLX_DIM_SEGMENT, segment = KEY. */
plx_filter *plx_filter_all(plx_filter **children, guint n);
plx_filter *plx_filter_any(plx_filter **children, guint n);
plx_filter *plx_filter_not(plx_filter *child);
plx_filter *plx_filter_in(enum plx_dim dim, const char *segment, const char *const *values);
/* since <= day <= until (days since 1970; G_MININT32 / G_MAXINT32 = open). */
plx_filter *plx_filter_days(gint32 since, gint32 until);
plx_filter *plx_filter_copy(const plx_filter *filter);
void plx_filter_free(plx_filter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_filter, plx_filter_free)

/* Marks the rows of a batch that pass: out[i] = 1 or 0. A NULL filter passes all. */
void plx_filter_run(const plx_filter *filter, const struct plx_batch *batch, guint8 *out);
