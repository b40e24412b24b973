/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers in words that have an order everybody knows ("Very poor" to "Very good"), English and
 * German. Only guesses for recipe suggest. Test: tests/ingest/test_recipe_suggest.c. */

#include <glib.h>

/* The ladder that has all these texts (keys of `values`, with how often each was seen; codes of no
 * answer and `strays` of the cells apart) on at least three different rungs; -1 when there is none.
 */
gint plx_ladder_find(GHashTable *values, guint strays);

/* How many rungs it has. */
guint plx_ladder_rungs(gint ladder);

/* The rung of a text, 1 the lowest; 0 when it is on none. */
guint plx_ladder_rung(gint ladder, const char *text);
