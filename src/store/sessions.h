/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who is logged in. A session is known by the hash of a ticket that only the browser keeps; what
 * writes does so within the caller's write transaction. Test: tests/store/test_sessions.c. */

#include "store/store.h"
#include "store/ticket.h"

struct plx_session {
    guint8 hash[PLX_TICKET_HASH];
    gint64 account;
    gboolean half; /* the second factor is still to come */
    gint64 created, used, expires;
};

/* A new one: its ticket, to be freed by plx_ticket_free. Takes account, half, created and expires
 * of `session`, sets hash and used. Sessions that have expired by then go. */
char *plx_sessions_new(plx_store *store, struct plx_session *session, GError **error);
/* Errors: PLX_ERROR_NOT_FOUND for one that ended or expired by `now`. */
gboolean plx_sessions_find(plx_store *store, const guint8 hash[PLX_TICKET_HASH], gint64 now,
                           struct plx_session *session, GError **error);
/* Of an account, the newest first: struct plx_session. Also those that expired. */
GArray *plx_sessions_of(plx_store *store, gint64 account, GError **error);
/* It was used, and lasts until `expires`. Nothing where it has ended meanwhile. */
gboolean plx_sessions_use(plx_store *store, const guint8 hash[PLX_TICKET_HASH], gint64 now,
                          gint64 expires, GError **error);
/* Ends one; nothing where there is none. */
gboolean plx_sessions_end(plx_store *store, const guint8 hash[PLX_TICKET_HASH], GError **error);
/* Ends all of an account, but one (or NULL). */
gboolean plx_sessions_end_all(plx_store *store, gint64 account, const guint8 *but, GError **error);
