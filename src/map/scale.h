/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Scales: what the numbers of a measure mean, declared as data.
 *
 * A scale has whole values min..max (at most PLX_SCALE_WIDTH of them, within 0..100 or -100..100)
 * and cuts. Cuts are values of the scale; PLX_NO_CUT where a foreign scale declares none: no cut,
 * no share. With direction "down" low is good: a share "at or above" then counts values at or
 * below the cut. Test: tests/map/test_scale.c. */

#include <glib.h>

#define PLX_NO_CUT G_MININT8
#define PLX_SCALE_WIDTH 101

struct plx_scale {
    char *id;
    gint8 min, max;
    gint8 floor, met, desired, top; /* or PLX_NO_CUT */
    gboolean down;
    char **words;     /* max-min+1 labels for staff and workshops, or NULL */
    char **sentences; /* the same as guests read them, or NULL */
};

/* Number of values. */
guint plx_scale_width(const struct plx_scale *scale);

/* The six levels of service: 1..6, floor 1, met 3, desired 4, top 5 (Ron Kaufman's terms). */
struct plx_scale *plx_scale_new_six_levels(void);
/* TRUE when its numbers are those of the six levels, 6 the best: a point's descriptions of its
 * levels can stand beside them. Test: tests/map/test_scale.c. */
gboolean plx_scale_has_levels(const struct plx_scale *scale);
/* TRUE for its word or sentence of this value, as it comes with the program. */
gboolean plx_scale_is_six(gint value, const char *label);
struct plx_scale *plx_scale_copy(const struct plx_scale *scale);
void plx_scale_free(struct plx_scale *scale);

/* What is wrong with a scale, or NULL: a sentence such as "met must be better than floor". *key
 * (may be NULL) becomes the field to look at: "min", "max", "floor", "met", "desired" or "top".
 * Cuts rise in the order floor < met <= desired <= top, or fall where down is good. Both are
 * static. */
const char *plx_scale_fault(const struct plx_scale *scale, const char **key);

/* TRUE when both give the same numbers the same meaning (labels do not matter). */
gboolean plx_scale_same(const struct plx_scale *a, const struct plx_scale *b);
