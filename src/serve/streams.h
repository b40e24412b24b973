/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How many replies each account keeps open (events, reply.h): each is one of the server's
 * connections, of which one person must not take all. Nothing is kept of who has none. From any
 * thread. Tests: tests/serve/test_streams.c, tests/serve/test_events.py. */

#include <glib.h>

/* Of one account; the refusal (error.streams in texts/) says it. */
enum { PLX_STREAMS_MOST = 8 };

typedef struct plx_streams plx_streams;

plx_streams *plx_streams_new(void);
/* When all have ended; NULL: nothing. */
void plx_streams_free(plx_streams *streams);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_streams, plx_streams_free)

/* One more, to be ended by plx_stream_end; NULL: the account has as many as it may. */
gpointer plx_streams_begin(plx_streams *streams, gint64 account);
void plx_stream_end(gpointer stream);
