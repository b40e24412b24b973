/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/streams.h"

/* Of an account that has some. */
struct count {
    plx_streams *streams;
    gint64 account;
    guint open;
};

struct plx_streams {
    GMutex lock;
    GHashTable *accounts; /* account of a count -> count, owned */
};

plx_streams *plx_streams_new(void)
{
    plx_streams *const streams = g_new0(plx_streams, 1);
    g_mutex_init(&streams->lock);
    streams->accounts = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    return streams;
}

void plx_streams_free(plx_streams *streams)
{
    if (!streams)
        return;
    g_assert(g_hash_table_size(streams->accounts) == 0);
    g_hash_table_unref(streams->accounts);
    g_mutex_clear(&streams->lock);
    g_free(streams);
}

/* Under the lock. */
static struct count *count_of(plx_streams *streams, gint64 account)
{
    struct count *const found = g_hash_table_lookup(streams->accounts, &account);
    if (found)
        return found;
    struct count *const count = g_new(struct count, 1);
    *count = (struct count){streams, account, 0};
    g_hash_table_insert(streams->accounts, &count->account, count);
    return count;
}

gpointer plx_streams_begin(plx_streams *streams, gint64 account)
{
    g_mutex_lock(&streams->lock);
    struct count *const count = count_of(streams, account);
    const gboolean fits = count->open < PLX_STREAMS_MOST;
    count->open += fits ? 1 : 0;
    g_mutex_unlock(&streams->lock);
    return fits ? count : NULL;
}

void plx_stream_end(gpointer stream)
{
    struct count *const count = stream;
    plx_streams *const streams = count->streams;
    g_mutex_lock(&streams->lock);
    if (--count->open == 0)
        g_hash_table_remove(streams->accounts, &count->account);
    g_mutex_unlock(&streams->lock);
}
