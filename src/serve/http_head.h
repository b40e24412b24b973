/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The head of a request (RFC 9112), read strictly: what two programs could read in two ways is
 * refused, so that nobody can smuggle a request past a proxy. Lines end in CR LF and nothing else;
 * no folded lines; one Host; one Content-Length, of digits; Transfer-Encoding is "chunked" alone,
 * in HTTP/1.1, without Content-Length; the target is a path ("/..."), percent-encoding whole, and
 * no segment of it is "." or "..", nor hides a slash, backslash or NUL.
 *
 * Pure: nothing is copied, slices point into the buffer. Linear in the bytes.
 * Tests: tests/serve/test_http_head.c, fuzz/fuzz_http_head.c. */

#include <glib.h>

enum {
    PLX_HTTP_HEAD_MAX = 16384, /* bytes, request line and headers */
    PLX_HTTP_TARGET_MAX = 4096,
    PLX_HTTP_HEADERS_MAX = 64
};

struct plx_http_slice {
    const char *at; /* NULL: absent */
    guint length;
};

struct plx_http_field {
    struct plx_http_slice name, value; /* value without blanks around it */
};

enum plx_http_method {
    PLX_HTTP_GET,
    PLX_HTTP_HEAD,
    PLX_HTTP_POST,
    PLX_HTTP_PUT,
    PLX_HTTP_PATCH,
    PLX_HTTP_DELETE,
    PLX_HTTP_OPTIONS,
    PLX_HTTP_OTHER
};
const char *plx_http_method_name(enum plx_http_method method); /* "GET"; "" for OTHER */

struct plx_http_head {
    enum plx_http_method method;
    struct plx_http_slice path, query; /* still encoded; query without "?" */
    struct plx_http_slice host;        /* absent only in HTTP/1.0 */
    guint minor;                       /* 0 or 1: HTTP/1.minor */
    gboolean keep_alive;
    gboolean chunked;
    gint64 content_length; /* -1: none named */
    gboolean expects_continue;
    guint n_fields;
    struct plx_http_field fields[PLX_HTTP_HEADERS_MAX];
};

enum { PLX_HTTP_MORE = 0, PLX_HTTP_READ = 200 };

/* PLX_HTTP_MORE: the head is not complete; PLX_HTTP_READ: it is, *used bytes long; else the status
 * to refuse it with (400, 414, 417, 431, 501, 505), and *why is a static sentence for the log. */
guint plx_http_head_read(const char *bytes, gsize length, struct plx_http_head *head, gsize *used,
                         const char **why);
/* Of a head that is refused: all but its first line, read as that of "GET /", so that one knows how
 * to say it. Returns what *head lies in, to be freed; NULL: the rest cannot be read either. */
char *plx_http_head_read_rest(const char *bytes, gsize length, struct plx_http_head *head);

/* The value of a header that occurs once; absent when it does not or occurs again. */
struct plx_http_slice plx_http_head_value(const struct plx_http_head *head, const char *name);

gboolean plx_http_slice_is(struct plx_http_slice slice, const char *text);        /* bytes */
gboolean plx_http_slice_is_nocase(struct plx_http_slice slice, const char *text); /* ASCII */
