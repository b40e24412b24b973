/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What devices of a workshop send, taken within the writer's transaction.
 * Test: tests/serve/test_workshop.py. */

#include "serve/call.h"
#include "store/gatherings.h"

/* The data of such a call. */
struct plx_workshop_post {
    const plx_map *map; /* of the writer's store: within apply only */
    struct plx_gathering *gathering;
    struct plx_seat *seat;
    /* What came of it. */
    char *token;            /* of who joined */
    struct plx_seat *there; /* the table is there, and another one */
    const char *fault;      /* key of the text that says what is wrong, or NULL */
    gboolean late;          /* guesses are locked, or the workshop is over */
    GError *failure;        /* why it was not taken, for the page that says so; else NULL */
};
void plx_workshop_post_begin(plx_call *call);

gboolean plx_workshop_join_apply(plx_call *call, plx_store *store, GError **error);
gboolean plx_workshop_guess_apply(plx_call *call, plx_store *store, GError **error);
gboolean plx_workshop_answer_apply(plx_call *call, plx_store *store, GError **error);
gboolean plx_workshop_lead_apply(plx_call *call, plx_store *store, GError **error);
