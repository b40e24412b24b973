/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A body from any bytes, whole and in two pieces: the same content, end and refusal. The first byte
 * chooses chunks or a length, the second the most that is taken and where it is cut. */

#include "serve/http_body.h"

#include <stdint.h>
#include <string.h>

struct result {
    guint status;
    gsize used;
    GByteArray *content;
};

static struct result take(const struct plx_http_head *head, guint64 most, const char *bytes,
                          gsize length, gsize cut)
{
    struct plx_http_body body;
    struct result r = {.content = g_byte_array_new()};
    gsize used = 0;
    if (!plx_http_body_init(&body, head, most)) {
        r.status = 413;
        return r;
    }
    r.status = plx_http_body_take(&body, bytes, cut, &used, r.content);
    r.used = used;
    g_assert(r.status != PLX_HTTP_MORE || used == cut);
    if (r.status == PLX_HTTP_MORE) {
        r.status = plx_http_body_take(&body, bytes + cut, length - cut, &used, r.content);
        r.used += used;
    }
    g_assert(r.content->len <= most && r.content->len == body.taken && r.used <= length);
    return r;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const struct plx_http_head head = {.chunked = data[0] & 1,
                                       .content_length = data[0] & 1 ? -1 : data[0]};
    const guint64 most = (guint64)data[1] * 4;
    const gsize length = size - 2, cut = MIN(data[1], length);
    const char *const bytes = (const char *)data + 2;
    const struct result whole = take(&head, most, bytes, length, length);
    const struct result pieces = take(&head, most, bytes, length, cut);
    g_assert(whole.status == pieces.status);
    g_assert(whole.status != PLX_HTTP_READ || whole.used == pieces.used);
    g_assert(whole.content->len == pieces.content->len);
    g_assert(whole.content->len == 0 ||
             memcmp(whole.content->data, pieces.content->data, whole.content->len) == 0);
    g_byte_array_unref(whole.content);
    g_byte_array_unref(pieces.content);
    return 0;
}
