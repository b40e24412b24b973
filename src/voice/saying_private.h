/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was heard, and how it becomes sayings. Private to the sink (saying_sink.c, saying.c,
 * saying_marks.c). */

#include "voice/arena.h"
#include "voice/saying.h"

/* A saying without numbers, and what they come from: keys; of a table (several persons, none of
 * them known) its name within a data set, as its sheet may have come in parts that have lost what
 * made them one. */
struct plx_heard {
    struct plx_saying saying;
    guint64 unit, encounter;
    const char *dataset; /* of a table; NULL: keys */
};

/* Sorts `heard` in place, without those that were taken back (one for each of `taken_back`, which
 * is sorted too). Takes `memory`, which owns the texts. */
struct plx_sayings *plx_sayings_make(GArray *heard, GArray *taken_back, GPtrArray *memory);

/* The same for marks: they stand together by unit and sheet (saying_marks.c). */
struct plx_sayings *plx_sayings_group(GArray *heard, GArray *taken_back, GPtrArray *memory);

/* Whose is it, and on which sheet? Tables come last. */
gint plx_heard_compare_units(const struct plx_heard *a, const struct plx_heard *b);
gint plx_heard_compare_sheets(const struct plx_heard *a, const struct plx_heard *b);
/* Sorts both by keys and content; leaves out one for each of `taken_back`. */
void plx_heard_take_back(GArray *heard, GArray *taken_back);
