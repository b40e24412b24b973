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
/* Rows about one of these kinds of subject: bits 1 << enum plx_subject_kind. */
plx_filter *plx_filter_kinds(guint kinds);
plx_filter *plx_filter_copy(const plx_filter *filter);
void plx_filter_free(plx_filter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_filter, plx_filter_free)

/* Marks the rows of a batch that pass: out[i] = 1 or 0. A NULL filter passes all. Audience values
 * are looked up in batch->dims->map (none match without it). */
void plx_filter_run(const plx_filter *filter, const struct plx_batch *batch, guint8 *out);

/* TRUE when both trees are written alike (NULL = NULL). */
gboolean plx_filter_same(const plx_filter *a, const plx_filter *b);

/* Appends the tree as text: the same text for trees that are written alike, and for no others. */
void plx_filter_write(const plx_filter *filter, GString *out);

/* Which columns of a batch a tree looks at: bits 1 << enum plx_dim; segments count as
 * PLX_DIM_SEGMENT, days as PLX_FILTER_DAYS. */
#define PLX_FILTER_DAYS (G_GUINT64_CONSTANT(1) << 63)
guint64 plx_filter_columns(const plx_filter *filter);

/* Does every test of days in a tree begin and end with a month (or stay open)? */
gboolean plx_filter_is_monthly(const plx_filter *filter);

/* What is known of some rows (test: tests/voice/test_filter_may.c). `place` NULL: not known; since
 * > until: their days are not known. */
struct plx_filter_known {
    const char *place;
    gint32 since, until; /* all their days; PLX_NO_DAY twice: they have none */
};
/* FALSE only when none of these rows can pass. */
gboolean plx_filter_may_pass(const plx_filter *filter, const struct plx_filter_known *known);

/* "KEY=v1|v2" or "KEY!=v1|v2" as users write it after --where; KEY is place, channel, source,
 * language, audience, journey, transaction, point or segment.NAME; `\|` is a bar within a value; an
 * empty value means missing. A journey takes in its own measures, and points met without a journey
 * whose home it is; a transaction is its points. Errors: PLX_ERROR_USAGE for the form and the key,
 * PLX_ERROR_NOT_FOUND for audiences, and on a closed map for journeys, transactions, points, with
 * "did you mean". Test: tests/voice/test_filter_parse.c. */
plx_filter *plx_filter_parse(const plx_map *map, const char *text, GError **error);
