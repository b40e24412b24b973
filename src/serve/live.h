/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What changes in a workspace, told to the pages that show it: server-sent events. One thread asks
 * the file once a second whether anybody changed it, this program or another, and what; reading
 * what changed is the page's own business, with its own rights. An event says no more than
 *
 *     event: changed
 *     data: {"kinds": ["answers", "links"], "answers": 3}
 *
 * Kinds: answers, links, visits, workshops, steps, suggestions, map. "answers": so many came by
 * themselves since the event before (by forms, kiosks, programs), none of an import. Every 25
 * seconds without one ": here". Tests: tests/serve/test_live.c, tests/serve/test_events.py. */

#include <glib.h>

typedef struct plx_live plx_live;

/* `tell` gets each event as it goes over the wire, on a thread of its own. */
plx_live *plx_live_new(const char *workspace, void (*tell)(GBytes *event, gpointer data),
                       gpointer data);
void plx_live_free(plx_live *live);
