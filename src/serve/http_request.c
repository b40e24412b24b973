/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A request that came in, as its handler sees it. */
#include "serve/http_private.h"

#include <stddef.h>
#include <string.h>

enum { SPARES = 256, BODY_AT_ONCE = 8192 };

/* Two kilobytes: so large a piece makes malloc put its small ones together every time. */
static plx_http_request *take_spare(plx_http *http)
{
    plx_http_request *const spare = http->spare;
    if (!spare)
        return g_new(plx_http_request, 1);
    http->spare = spare->next;
    http->spares--;
    return spare;
}

static void rebase(struct plx_http_slice *slice, const char *from, const char *to)
{
    if (slice->at)
        slice->at = to + (slice->at - from);
}

/* The head keeps its own bytes, for what came in goes on to be read. */
plx_http_request *plx_http_request_new(struct plx_http_connection *c,
                                       const struct plx_http_head *head, const char *bytes,
                                       gsize used)
{
    plx_http_request *request = take_spare(c->http);
    request->connection = c;
    /* Of 64 headers there are seldom more than a dozen: the rest is neither cleared nor copied. */
    memcpy(&request->head, head,
           offsetof(struct plx_http_head, fields) + head->n_fields * sizeof head->fields[0]);
    memset((char *)request + offsetof(plx_http_request, bytes), 0,
           sizeof *request - offsetof(plx_http_request, bytes));
    request->begun = c->http->now;
    request->bytes = g_memdup2(bytes, used);
    request->body = g_byte_array_sized_new((guint)CLAMP(head->content_length, 0, BODY_AT_ONCE));
    rebase(&request->head.path, bytes, request->bytes);
    rebase(&request->head.query, bytes, request->bytes);
    rebase(&request->head.host, bytes, request->bytes);
    for (guint i = 0; i < head->n_fields; i++) {
        rebase(&request->head.fields[i].name, bytes, request->bytes);
        rebase(&request->head.fields[i].value, bytes, request->bytes);
    }
    return request;
}

void plx_http_request_free(plx_http_request *request)
{
    if (!request)
        return;
    plx_http *const http = request->connection->http;
    if (request->kept_free)
        request->kept_free(request->kept);
    g_byte_array_unref(request->body);
    g_clear_pointer(&request->reply, g_byte_array_unref);
    g_clear_pointer(&request->reply_body, g_bytes_unref);
    g_free(request->bytes);
    if (http->spares == SPARES) {
        g_free(request);
        return;
    }
    request->next = http->spare;
    http->spare = request;
    http->spares++;
}

void plx_http_request_keep(plx_http_request *request, gpointer data, GDestroyNotify data_free)
{
    g_assert(!request->kept_free);
    request->kept = data;
    request->kept_free = data_free;
}

const struct plx_http_head *plx_http_request_head(const plx_http_request *request)
{
    return &request->head;
}

const GByteArray *plx_http_request_body(const plx_http_request *request)
{
    return request->body;
}

const char *plx_http_request_peer(const plx_http_request *request)
{
    return request->connection->peer;
}

gboolean plx_http_request_is_gone(const plx_http_request *request)
{
    return g_atomic_int_get(&request->gone) != 0;
}

gint64 plx_http_request_begun(const plx_http_request *request)
{
    return request->begun;
}
