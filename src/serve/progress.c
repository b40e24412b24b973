/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/progress.h"

struct at {
    guint64 done, total;
};

struct plx_progress {
    GMutex lock;
    GHashTable *accounts; /* gint64, owned -> struct at, owned */
};

plx_progress *plx_progress_new(void)
{
    plx_progress *const progress = g_new0(plx_progress, 1);
    g_mutex_init(&progress->lock);
    progress->accounts = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    return progress;
}

void plx_progress_free(plx_progress *progress)
{
    if (!progress)
        return;
    g_hash_table_unref(progress->accounts);
    g_mutex_clear(&progress->lock);
    g_free(progress);
}

void plx_progress_say(plx_progress *progress, gint64 account, guint64 done, guint64 total)
{
    const struct at at = {total > 0 ? MIN(done, total) : done, total};
    g_mutex_lock(&progress->lock);
    g_hash_table_insert(progress->accounts, g_memdup2(&account, sizeof account),
                        g_memdup2(&at, sizeof at));
    g_mutex_unlock(&progress->lock);
}

void plx_progress_end(plx_progress *progress, gint64 account)
{
    g_mutex_lock(&progress->lock);
    g_hash_table_remove(progress->accounts, &account);
    g_mutex_unlock(&progress->lock);
}

gboolean plx_progress_of(plx_progress *progress, gint64 account, guint64 *done, guint64 *total)
{
    g_mutex_lock(&progress->lock);
    const struct at *const at = g_hash_table_lookup(progress->accounts, &account);
    if (at) {
        *done = at->done;
        *total = at->total;
    }
    g_mutex_unlock(&progress->lock);
    return at != NULL;
}
