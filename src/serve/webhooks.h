/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Deliveries of webhooks (store/webhooks.h), on a thread of their own. Each is posted as JSON with
 *
 *     Parallax-Event: encounters.stored
 *     Parallax-Delivery: 17
 *     Parallax-Signature: t=1764150000,v1=HEX
 *
 * HEX is HMAC-SHA256 under the webhook's secret of "17.1764150000.BODY": who checks it and the time
 * knows that it is from here, whole, and no old one. What is not taken (2xx) is tried again.
 *
 * Where it goes is looked up once and must be of the internet (outside.h), unless the webhook says
 * otherwise. Tests: tests/serve/test_webhooks.py, tests/serve/test_outside.c. */

#include "store/webhooks.h"

typedef struct plx_courier plx_courier;

/* Opens the workspace for itself. Errors: those of plx_store_open. */
plx_courier *plx_courier_new(const char *workspace, GError **error);
/* Ends after the delivery that is on its way. */
void plx_courier_free(plx_courier *courier);
/* Something is due: from any thread. */
void plx_courier_wake(plx_courier *courier);

/* "t=...,v1=..."; to be freed. Pure. */
char *plx_webhook_signature(const char *secret, gint64 delivery, gint64 now, const char *body);
/* Does it lead only into our own network, as far as is known now? It waits for the name to be
 * looked up; one that is not found, and what is no address, is not. */
gboolean plx_webhook_leads_inside(const char *url);
/* One delivery, now: the status, 0 and *why: not reached, or not allowed. It waits. */
gint64 plx_webhook_deliver(const plx_webhook *webhook, const plx_delivery *delivery, gint64 now,
                           char **why);
