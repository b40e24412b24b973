/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Group commit: what many requests want written goes into one transaction and waits for the disk
 * once.
 *
 * One thread of its own takes all that is waiting, calls `commit` for it, and then `settle`, in the
 * order in which they came: an answer is acknowledged only there. While one
 * transaction is on its way to the disk the next one gathers. Test: tests/serve/test_committer.c.
 */

#include <glib.h>

typedef struct plx_committer plx_committer;

struct plx_committer_options {
    guint most; /* items of one transaction; 0: 1024 */
    /* All or nothing, in one transaction, on the committer's thread. */
    gboolean (*commit)(gpointer *items, guint n, gpointer data, GError **error);
    /* What became of these: NULL: they are on the disk. They are the callee's from here on. */
    void (*settle)(gpointer *items, guint n, const GError *failure, gpointer data);
    /* Called beside transactions, when there is nothing to commit and at least every `idle_seconds`
     * (0: 10); or NULL. */
    void (*idle)(gpointer data);
    guint idle_seconds;
    gpointer data;
};

plx_committer *plx_committer_new(const struct plx_committer_options *options);
/* From any thread. */
void plx_committer_push(plx_committer *committer, gpointer item);
/* Waits until all that was pushed is settled. Nothing may be pushed any more. */
void plx_committer_free(plx_committer *committer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_committer, plx_committer_free)
