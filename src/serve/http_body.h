/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The body of a request as it comes: so many bytes, or in chunks (RFC 9112, 7.1), read as strictly
 * as the head: sizes of one to eight hex digits, no extensions, no trailers, CR LF.
 * Pure. Tests: tests/serve/test_http_body.c, fuzz/fuzz_http_body.c. */

#include "serve/http_head.h"

struct plx_http_body {
    gboolean chunked;
    guint64 left;  /* of the body, or of the chunk */
    guint64 taken; /* so far */
    guint64 most;  /* bytes that are taken at all */
    guint state;   /* private */
};

/* FALSE: the length that the head names is above `most`: refuse with 413. */
gboolean plx_http_body_init(struct plx_http_body *body, const struct plx_http_head *head,
                            guint64 most);

/* Takes from bytes[0..length): *used of them are done with; content is appended to `to`. Returns
 * PLX_HTTP_MORE, PLX_HTTP_READ, or the status to refuse it with: 400, 413. */
guint plx_http_body_take(struct plx_http_body *body, const char *bytes, gsize length, gsize *used,
                         GByteArray *to);
