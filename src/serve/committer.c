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

static gpointer run(gpointer data)
{
    plx_committer *const committer = data;
    g_autoptr(GPtrArray) taken = g_ptr_array_new();
    for (;;) {
        g_mutex_lock(&committer->lock);
        while (committer->waiting->len == 0 && !committer->ending)
            g_cond_wait(&committer->more, &committer->lock);
        GPtrArray *const swapped = committer->waiting;
        committer->waiting = taken;
        taken = swapped;
        g_mutex_unlock(&committer->lock);
        if (taken->len == 0)
            return NULL;
        for (guint i = 0; i < taken->len; i += committer->options.most)
            commit(committer, taken->pdata + i, MIN(committer->options.most, taken->len - i));
        g_ptr_array_set_size(taken, 0);
    }
}

plx_committer *plx_committer_new(const struct plx_committer_options *options)
{
    plx_committer *const committer = g_new0(plx_committer, 1);
    committer->options = *options;
    committer->options.most = options->most ? options->most : 1024;
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
