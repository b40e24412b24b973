/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The page of the room: what all name, what some, what only one; where views part; question by
 * question; competitors; words; moments that are not on the map; the ratings beside.
 *
 * Made for a projector and for paper, one idea a screen, of the family of report/reveal.h: one
 * self-contained file, nothing is loaded, sent or saved; without the script and on paper everything
 * stands one below the other. A screen holds what can be read from the last row; all the rest is in
 * the hand-out. The same reading gives the same bytes.
 * Test: tests/report/test_room_page.c, and in a browser tests/web/room.test.mjs. */

#include "reading/workshop.h"
#include "report/gaps_page.h"

GString *plx_room_page(const plx_workshop *workshop, const struct plx_page_options *options);
