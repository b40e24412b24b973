/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/http_body.h"

/* Of chunks: what comes next. After CONTENT follow CR, LF and the next SIZE. */
enum { FIRST_DIGIT, DIGITS, SIZE_LF, CONTENT, CONTENT_CR, CONTENT_LF, LAST_CR, LAST_LF, DONE };

enum { DIGITS_MAX = 8 };

gboolean plx_http_body_init(struct plx_http_body *body, const struct plx_http_head *head,
                            guint64 most)
{
    const guint64 length = head->content_length > 0 ? (guint64)head->content_length : 0;
    *body = (struct plx_http_body){.chunked = head->chunked, .left = length, .most = most};
    return length <= most;
}

static gsize take_content(struct plx_http_body *body, const char *bytes, gsize length,
                          GByteArray *to)
{
    const gsize n = (gsize)MIN(body->left, length);
    g_byte_array_append(to, (const guint8 *)bytes, (guint)n);
    body->left -= n;
    body->taken += n;
    return n;
}

/* The count of digits lies in the upper bits of the state, so that "000000005" is refused too. */
static guint take_digit(struct plx_http_body *body, char c)
{
    const guint digits = body->state >> 8;
    if (c == '\r' && digits > 0) {
        body->state = SIZE_LF;
        return PLX_HTTP_MORE;
    }
    if (!g_ascii_isxdigit(c) || digits == DIGITS_MAX)
        return 400;
    body->left = body->left * 16 + (guint64)g_ascii_xdigit_value(c);
    body->state = DIGITS | ((digits + 1) << 8);
    return body->taken + body->left > body->most ? 413 : PLX_HTTP_MORE;
}

static guint expect(struct plx_http_body *body, char c, char wanted, guint next)
{
    if (c != wanted)
        return 400;
    body->state = next;
    return next == DONE ? PLX_HTTP_READ : PLX_HTTP_MORE;
}

static guint take_frame(struct plx_http_body *body, char c)
{
    switch (body->state & 0xff) {
    case FIRST_DIGIT:
    case DIGITS:
        return take_digit(body, c);
    case SIZE_LF:
        return expect(body, c, '\n', body->left ? CONTENT : LAST_CR);
    case CONTENT_CR:
        return expect(body, c, '\r', CONTENT_LF);
    case CONTENT_LF:
        return expect(body, c, '\n', FIRST_DIGIT);
    case LAST_CR:
        return expect(body, c, '\r', LAST_LF);
    case LAST_LF:
    default:
        return expect(body, c, '\n', DONE);
    }
}

static guint take_chunks(struct plx_http_body *body, const char *bytes, gsize length, gsize *used,
                         GByteArray *to)
{
    gsize at = 0;
    guint status = PLX_HTTP_MORE;
    while (at < length && status == PLX_HTTP_MORE) {
        if (body->state == CONTENT) {
            at += take_content(body, bytes + at, length - at, to);
            body->state = body->left ? CONTENT : CONTENT_CR;
        } else {
            status = take_frame(body, bytes[at++]);
        }
    }
    *used = at;
    return status;
}

guint plx_http_body_take(struct plx_http_body *body, const char *bytes, gsize length, gsize *used,
                         GByteArray *to)
{
    if (body->chunked)
        return take_chunks(body, bytes, length, used, to);
    *used = take_content(body, bytes, length, to);
    return body->left ? PLX_HTTP_MORE : PLX_HTTP_READ;
}
