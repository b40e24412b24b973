/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows that a reader of the export would take for the same, or not take together, although the
 * workspace tells them apart: it keeps keys, a file only what they were made of.
 *
 * 1. The same observation twice in a given encounter: after the time of day went (anonymous
 *    audiences), after points were merged, with --allow-repeat, from recipes. Such rows get items.
 * 2. An encounter whose source, language, … differ between rows, which a file may not have (several
 *    imports of one data set). Such encounters are split.
 * 3. Two encounters of one respondent within a second. Their times get fractions.
 *
 * Memory does not grow with rows: a filter of 64 MiB (Bloom 1970, within cache lines) finds what
 * may be such a case, a second pass which of it is; only these are remembered.
 * Test: tests/export/test_twins.c. */

#include <glib.h>

typedef struct plx_twins plx_twins;

plx_twins *plx_twins_new(void);
void plx_twins_free(plx_twins *twins);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_twins, plx_twins_free)

/* Hashes of a row. */
struct plx_twin {
    gboolean named;    /* has a given encounter (1, 2); else `moment` counts when not 0 */
    guint64 encounter; /* the encounter's key */
    guint64 constancy; /* what must not change within it */
    guint64 subject;   /* which observation it is within its encounter, without its item */
    guint64 item;
    guint64 moment; /* respondent and second */
};

guint64 plx_twins_mix(guint64 a, guint64 b);

void plx_twins_first(plx_twins *twins, const struct plx_twin *row);
/* Is a second pass over the same rows needed? */
gboolean plx_twins_any(const plx_twins *twins);
void plx_twins_second(plx_twins *twins, const struct plx_twin *row);
/* After the second pass: were there any? */
gboolean plx_twins_have_items(const plx_twins *twins);
guint plx_twins_n_split(const plx_twins *twins);

/* While writing: 0, or the row's number among those like it (counts at each call). */
guint64 plx_twins_item(plx_twins *twins, const struct plx_twin *row);
gboolean plx_twins_is_split(const plx_twins *twins, guint64 encounter);
gboolean plx_twins_is_crowded(const plx_twins *twins, guint64 moment);
