/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which points of a map a question may be about, by the words they share: suggestions for people
 * who decide.
 *
 * Words are stems without the common ones (text/tokens.h), in each language of the map. A stem of a
 * point weighs ln(1 + N / df), N points, df of them with it (inverse document frequency: Spärck
 * Jones 1972). What a question and a title share is set against both, as F does (van Rijsbergen
 * 1979): 1 = the same words. A word of the question that no point has counts a third, for questions
 * are longer than titles ("How satisfied were you with ..."); one that only the point's anchors
 * have, 0.4 of a word of its title; one that begins like another ("wartezeit", "warten"), a half.
 * Test: tests/ingest/test_point_match.c. */

#include "map/map.h"

#define PLX_MATCH_FROM 0.3 /* below, the words are chance */
#define PLX_MATCH_SURE 0.6

typedef struct plx_point_match plx_point_match;

struct plx_match {
    guint point; /* index into the map */
    double likeness;
};

/* The map is borrowed. Errors: PLX_ERROR_IO (text/tokens.h). */
plx_point_match *plx_point_match_new(const plx_map *map, GError **error);
void plx_point_match_free(plx_point_match *match);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_point_match, plx_point_match_free)

/* Those from PLX_MATCH_FROM on, the most alike first, of equals the first of the map: struct
 * plx_match, to be unreferenced. */
GArray *plx_point_match_find(const plx_point_match *match, const char *question);
