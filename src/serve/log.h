/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The log of a server: one line of JSON per request, on standard error or at the end of a file.
 *
 * Nothing in it is of a person: no address, no path (the route's pattern stands for it, so that no
 * token of a link is in it), no query, no header. Lines are written by a thread of the log's own,
 * many at once when many come; where the disk does not take them they are dropped and counted, for
 * a log must not stop a server. Test: tests/serve/test_log.c. */

#include <glib.h>

typedef struct plx_log plx_log;

/* `path` NULL: standard error. Errors: PLX_ERROR_IO. */
plx_log *plx_log_new(const char *path, GError **error);
/* Writes what is there. */
void plx_log_free(plx_log *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_log, plx_log_free)

struct plx_log_entry {
    gint64 time;         /* real, microseconds */
    guint64 request;     /* its number since the start */
    const char *method;  /* "GET" */
    const char *pattern; /* "/f/{link:token}"; NULL: none fits */
    guint status;
    gint64 microseconds; /* from the head to the reply */
    guint64 bytes;       /* of the reply's body */
    const char *why;     /* a sentence of ours, or NULL: what was refused, what failed */
};
/* {"time":"2026-11-26T14:19:00.123Z","request":"4d2","method":"GET","route":"/f/{link:token}",
 * "status":200,"microseconds":345,"bytes":1234}, from any thread. */
void plx_log_request(plx_log *log, const struct plx_log_entry *entry);
/* {"time":...,"level":"warning","message":...}: what befell the server. No personal data. */
void plx_log_event(plx_log *log, const char *level, const char *message);

/* Opens the file anew (it was rotated). On failure the old one stays; that is also where there is
 * no descriptor left, which writing needs none of. */
gboolean plx_log_reopen(plx_log *log, GError **error);
guint64 plx_log_dropped(plx_log *log); /* lines, since the start */
