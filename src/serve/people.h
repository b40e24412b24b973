/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an audience is called on a page: as the map calls it ("Guests"), where it has a name of its
 * own; else in the program's words for it, in the page's language. All borrowed.
 * Tests: tests/serve/test_workshop.py, tests/serve/test_form_store.c. */

#include "map/map.h"

/* As a label: "Guests", "Leaders". `id` need not be in the map any more. */
const char *plx_people_label(const plx_map *map, const char *id, const char *language);
/* Within a sentence: "of 10 customers". */
const char *plx_people_words(const plx_map *map, const char *id, const char *language);
/* Whom all others believe things of: the first audience that is served, else the last. */
guint plx_people_served(const plx_map *map);
