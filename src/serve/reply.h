/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Replies of the kinds that there are, each with the headers that belong to it. Nothing of ours may
 * be framed, sniffed, or told to another site; pages load only what they name by hash. Test:
 * tests/serve/test_reply.c. */

#include "serve/http.h"

/* What went out, for log and counts. */
struct plx_sent {
    guint status;
    gsize bytes; /* of the body */
};

/* After how many seconds what was refused with this status may go better (Retry-After); 0: it will
 * not. */
guint plx_reply_retry(guint status);

/* A page, with Retry-After where its status has one. `style` is the hash of what it holds
 * in <style>, `script` what it holds in <script> (or NULL): these are all that the browser is
 * allowed. It is kept by no cache. */
struct plx_page_reply {
    guint status;
    GString *html;      /* taken over */
    const char *style;  /* "sha256-…" (plx_reply_hash), or NULL */
    const char *script; /* or NULL */
    gboolean assets;    /* it also loads scripts, styles, pictures of ours, and keeps a worker */
    const char *cookie; /* a whole Set-Cookie value, or NULL */
    guint retry;        /* Retry-After in seconds; 0: that of the status, if any */
};
struct plx_sent plx_reply_page(plx_http_request *request, const struct plx_page_reply *page);
/* The header lines of such a page, where another sends it; to be freed. */
char *plx_reply_page_fields(const struct plx_page_reply *page);

/* Another page, to be got (303). `cookie` as above. `location` is a path of ours. */
struct plx_sent plx_reply_redirect(plx_http_request *request, const char *location,
                                   const char *cookie);

/* JSON, which is taken over; `etag` (or NULL) without quotes: 304 where the client has it. */
struct plx_sent plx_reply_json(plx_http_request *request, guint status, GString *json,
                               const char *etag);

/* Text of another kind, which is taken over and kept by no cache. */
struct plx_sent plx_reply_text(plx_http_request *request, const char *type, GString *text);

/* A file to be kept, of the kind that its name's end says, and kept by no cache; `body` is taken
 * over. `line` (or NULL) is the command that made it: the header Parallax-Command, percent-encoded.
 */
struct plx_sent plx_reply_file(plx_http_request *request, const char *name, GBytes *body,
                               const char *line);

/* Server-sent events (HTML, 9.2): the reply stays open for so many seconds, and hears what is told
 * (plx_http_tell); browsers come again by themselves. */
struct plx_sent plx_reply_events(plx_http_request *request, guint seconds);

/* What went wrong, for programs (RFC 9457): status, a title, one sentence. `retry_seconds` 0: none.
 */
struct plx_sent plx_reply_problem(plx_http_request *request, guint status, const char *title,
                                  const char *detail, guint retry_seconds);

/* Packed by gzip; NULL where it would not be smaller. */
GBytes *plx_reply_pack(GBytes *body);

/* A file of ours that never changes under its name (it has the hash of its content in it), and the
 * same packed (or NULL). */
struct plx_sent plx_reply_asset(plx_http_request *request, const char *type, GBytes *body,
                                GBytes *packed, const char *etag);

/* "sha256-..." of a style sheet or script, for the policy; to be freed. */
char *plx_reply_hash(const char *text);
/* Does the client take gzip? */
gboolean plx_reply_takes_gzip(const struct plx_http_head *head);
