/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Webhooks: where programs want to be told of what happens, and what is to be told them. A delivery
 * is added in the transaction that it is about: what is stored is told, whatever befalls the
 * server in between, at least once. Test: tests/store/test_webhooks.c. */

#include "store/store.h"

/* Events: what they tell is counts and numbers, never what people said. */
#define PLX_WEBHOOK_STORED "encounters.stored" /* {"observations": N} */
#define PLX_WEBHOOK_VISIT "visit.sent"         /* {"visit": N}: waits for a review */
#define PLX_WEBHOOK_EVENTS PLX_WEBHOOK_STORED " " PLX_WEBHOOK_VISIT

typedef struct plx_webhook plx_webhook;
struct plx_webhook {
    gint64 id;
    char *url, *events, *secret;
    gboolean inside;        /* addresses of our own network are allowed */
    gint64 created;         /* seconds UTC */
    gint64 waiting, failed; /* deliveries; read only */
};
void plx_webhook_free(plx_webhook *webhook);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_webhook, plx_webhook_free)

/* What writes does so within the caller's write transaction. */

/* Adds one of url, events, inside, created; sets id and secret (64 hexadecimal digits). */
gboolean plx_webhooks_add(plx_store *store, plx_webhook *webhook, GError **error);
/* By id: plx_webhook. */
GPtrArray *plx_webhooks_list(plx_store *store, GError **error);
/* With its deliveries. Errors: PLX_ERROR_NOT_FOUND. */
gboolean plx_webhooks_remove(plx_store *store, gint64 id, GError **error);

/* Tells all who want to know: nothing where nobody does. `webhook` 0: all of them. */
gboolean plx_webhooks_tell(plx_store *store, gint64 webhook, const char *event, const char *body,
                           gint64 now, GError **error);

/* Tells of observations that were stored: added up for PLX_WEBHOOK_GATHER seconds, so that a busy
 * server does not send one for each. */
#define PLX_WEBHOOK_GATHER 2
gboolean plx_webhooks_tell_stored(plx_store *store, gint64 observations, gint64 now,
                                  GError **error);

enum plx_delivery_state { PLX_DELIVERY_WAITING, PLX_DELIVERY_DONE, PLX_DELIVERY_FAILED };
const char *plx_delivery_state_name(enum plx_delivery_state state);

typedef struct plx_delivery plx_delivery;
struct plx_delivery {
    gint64 id, webhook, created, due, tries;
    gint64 status; /* of the last try: of HTTP, 0: not reached, -1: not tried */
    char *event, *body;
    enum plx_delivery_state state;
};
void plx_delivery_free(plx_delivery *delivery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_delivery, plx_delivery_free)

/* Tries of one delivery, and how long it takes in all: after the n-th failure 2^n half minutes are
 * waited for, at most a quarter of a day. */
#define PLX_DELIVERY_TRIES 14

/* Those that are due by `now`, at most `most`, longest due first: plx_delivery. */
GPtrArray *plx_deliveries_due(plx_store *store, gint64 now, guint most, GError **error);
/* The newest, at most `most`, of a webhook (0: of all). */
GPtrArray *plx_deliveries_list(plx_store *store, gint64 webhook, guint most, GError **error);
/* Claims a try of one that plx_deliveries_due gave before it is made, in a transaction of its own,
 * and takes its text anew: from then on nothing is added to it, and what was sent is never sent as
 * something else under its number. Until its end is noted it is due as if it had failed. Errors:
 * PLX_ERROR_NOT_FOUND: it is gone, or somebody else was first. */
gboolean plx_deliveries_begin(plx_store *store, plx_delivery *delivery, gint64 now, GError **error);
/* It was tried: `status` of HTTP, 0: not reached. 2xx is taken; else it is due again, or failed.
 * Nothing when it was begun or is to be sent again since. */
gboolean plx_deliveries_tried(plx_store *store, const plx_delivery *delivery, gint64 status,
                              gint64 now, GError **error);
/* Once more, from the first try on. Errors: PLX_ERROR_NOT_FOUND. */
gboolean plx_deliveries_replay(plx_store *store, gint64 id, gint64 now, GError **error);
/* Drops those that were taken or given up before a day (seconds). */
gboolean plx_deliveries_purge(plx_store *store, gint64 before, GError **error);
