/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replies that stay open: what is told goes to all who hear. */
#include "serve/http_private.h"

void plx_http_tell(plx_http *http, GBytes *chunk)
{
    gsize size;
    const guint8 *const bytes = g_bytes_get_data(chunk, &size);
    g_mutex_lock(&http->lock);
    if (!http->told)
        http->told = g_byte_array_new();
    g_byte_array_append(http->told, bytes, (guint)size);
    g_mutex_unlock(&http->lock);
    plx_http_wake(http);
}

void plx_http_begin_to_hear(struct plx_http_connection *c)
{
    c->hears_until = c->http->now + (gint64)c->request->stays * G_USEC_PER_SEC;
    c->kept = g_steal_pointer(&c->request->kept);
    c->kept_free = g_steal_pointer(&c->request->kept_free);
    c->closing = g_atomic_int_get(&c->http->stopping);
    c->http->counts.listening++;
    g_clear_pointer(&c->in, g_byte_array_unref); /* what was pipelined is no request any more */
}

void plx_http_end_hearing(struct plx_http_connection *c)
{
    if (!c->hears_until)
        return;
    c->http->counts.listening--;
    if (c->kept_free)
        c->kept_free(c->kept);
}

void plx_http_hear_on(struct plx_http_connection *c)
{
    const gint64 soon = c->http->now + (gint64)c->http->options.body_seconds * G_USEC_PER_SEC;
    c->out = g_steal_pointer(&c->more);
    c->deadline = c->out ? soon : c->hears_until;
}

/* What is on its way must not change: what comes meanwhile waits beside it. */
static void hear(struct plx_http_connection *c, const GByteArray *told)
{
    const gsize waits =
        (c->out ? c->out->len - MIN(c->sent, c->out->len) : 0) + (c->more ? c->more->len : 0);
    if (c->closing)
        return;
    if (waits + told->len > PLX_HTTP_BACKLOG)
        c->broken = TRUE; /* it reads too slowly; it may come again */
    if (!c->more)
        c->more = g_byte_array_new();
    g_byte_array_append(c->more, told->data, told->len);
    if (!c->out)
        plx_http_hear_on(c);
    plx_http_connection_drive(c);
}

void plx_http_pass_on(plx_http *http)
{
    g_mutex_lock(&http->lock);
    g_autoptr(GByteArray) told = g_steal_pointer(&http->told);
    g_mutex_unlock(&http->lock);
    for (struct plx_http_connection *c = told ? http->open : NULL, *next; c; c = next) {
        next = c->next;
        if (c->hears_until)
            hear(c, told);
    }
}

void plx_http_hears_no_more(struct plx_http_connection *c)
{
    if (!c->hears_until)
        return;
    c->closing = TRUE;
    g_clear_pointer(&c->more, g_byte_array_unref);
}
