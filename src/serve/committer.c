/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/committer.h"

struct plx_committer {
    struct plx_committer_options options;
    GMutex lock;
    GCond more;
    GPtrArray *waiting;
    gboolean ending;
    GThread *thread;
};

static void commit(const plx_committer *committer, gpointer *items, guint n)
{
    const struct plx_committer_options *const o = &committer->options;
    g_autoptr(GError) failure = NULL;
    o->commit(items, n, o->data, &failure);
    o->settle(items, n, failure, o->data);
}

/* Waits until there is something, or it is time for `idle`; swaps what is there into *taken. FALSE:
 * nothing will come any more. */
static gboolean take(plx_committer *committer, gint64 until, GPtrArray **taken)
{
    g_mutex_lock(&committer->lock);
    gboolean waits = TRUE;
    while (waits && committer->waiting->len == 0 && !committer->ending)
        waits = g_cond_wait_until(&committer->more, &committer->lock, until);
    GPtrArray *const swapped = committer->waiting;
    committer->waiting = *taken;
    *taken = swapped;
    const gboolean over = committer->ending && swapped->len == 0;
    g_mutex_unlock(&committer->lock);
    return !over;
}

static gpointer run(gpointer data)
{
    plx_committer *const committer = data;
    const struct plx_committer_options *const o = &committer->options;
    const gint64 pause = (gint64)o->idle_seconds * G_TIME_SPAN_SECOND;
    g_autoptr(GPtrArray) taken = g_ptr_array_new();
    gint64 due = g_get_monotonic_time() + pause;
    while (take(committer, due, &taken)) {
        for (guint i = 0; i < taken->len; i += o->most)
            commit(committer, taken->pdata + i, MIN(o->most, taken->len - i));
        g_ptr_array_set_size(taken, 0);
        if (g_get_monotonic_time() < due)
            continue;
        if (o->idle)
            o->idle(o->data);
        due = g_get_monotonic_time() + pause;
    }
    return NULL;
}

plx_committer *plx_committer_new(const struct plx_committer_options *options)
{
    plx_committer *const committer = g_new0(plx_committer, 1);
    committer->options = *options;
    committer->options.most = options->most ? options->most : 1024;
    committer->options.idle_seconds = options->idle_seconds ? options->idle_seconds : 10;
    committer->waiting = g_ptr_array_new();
    g_mutex_init(&committer->lock);
    g_cond_init(&committer->more);
    committer->thread = g_thread_new("committer", run, committer);
    return committer;
}

void plx_committer_push(plx_committer *committer, gpointer item)
{
    g_mutex_lock(&committer->lock);
    g_ptr_array_add(committer->waiting, item);
    if (committer->waiting->len == 1)
        g_cond_signal(&committer->more);
    g_mutex_unlock(&committer->lock);
}

void plx_committer_free(plx_committer *committer)
{
    if (!committer)
        return;
    g_mutex_lock(&committer->lock);
    committer->ending = TRUE;
    g_cond_signal(&committer->more);
    g_mutex_unlock(&committer->lock);
    g_thread_join(committer->thread);
    g_ptr_array_unref(committer->waiting);
    g_mutex_clear(&committer->lock);
    g_cond_clear(&committer->more);
    g_free(committer);
}
