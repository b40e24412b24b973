/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words that people note on a walk: names of senses in several languages, and what to call a
 * moment by. Test: tests/map/test_map_walk.c. */

#include <glib.h>

#define PLX_WALK_SENSES 6

/* The bit of enum plx_sense (map/map.h) for a word ("hear", "heard", "hören", "ouïe" …); 0: none.
 */
guint plx_walk_sense(const char *word);

/* The map file's name of the sense with bit 1 << number. */
const char *plx_walk_sense_name(guint number);

/* `; did you mean "x"?`, or "": to be freed. */
char *plx_walk_near(const char *word);

/* The first words of a note, as the name of a moment: up to the end of the first clause, at most
 * eight words and 60 characters, the first letter large. To be freed. */
char *plx_walk_title(const char *words);
