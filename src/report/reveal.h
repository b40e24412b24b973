/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Guess and reveal, to show in a room: one moment a screen, first what was guessed, then what the
 * people served say; at the end what lies furthest apart, what was seen rightly, the order, the
 * picture and all numbers.
 *
 * One self-contained file with one script of ours, allowed by its hash; nothing is loaded, sent or
 * saved. Without the script and on paper everything stands one below the other: the hand-out. Where
 * the room's guess may not be shown, each types an own one, which stays in the page. Of a reading
 * without groups; of others it shows the first. The same reading gives the same bytes.
 * Test: tests/report/test_reveal.c, and in a browser tests/web/reveal.test.mjs. */

#include "reading/beliefs.h"
#include "report/gaps_page.h"

GString *plx_reveal_page(const plx_beliefs *beliefs, const struct plx_page_options *options);
