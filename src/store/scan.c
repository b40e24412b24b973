/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scan.h"

#include "base/parallel.h"
#include "store/inbox_private.h"

#include <string.h>

/* Blocks are read from the file by one thread, some at a time, and decoded by all. */
#define AHEAD_PER_THREAD 4

struct job {
    const struct plx_shelf_block *block;
    struct plx_shelf_columns columns;
    struct plx_rowset *read; /* with notes: decoded already */
};

struct hand {
    struct plx_rowset rows;
    GError *error;
};

struct scanning {
    plx_store *store;
    const struct plx_scan *scan;
    struct plx_lexicon *lexicon;
    plx_sink *sink;
    struct job *jobs;
    struct hand *hands;
    guint threads;
};

static void work(gsize index, guint thread, gpointer data)
{
    const struct scanning *const s = data;
    struct hand *const hand = &s->hands[thread];
    const struct job *const job = &s->jobs[index];
    struct plx_batch batch;
    if (hand->error)
        return;
    struct plx_rowset *const rows = job->read ? job->read : &hand->rows;
    if (!job->read && !plx_block_decode(job->columns.part, job->block->rows, s->lexicon, FALSE,
                                        rows, &hand->error))
        return;
    plx_rowset_batch(rows, &s->lexicon->dims, &batch);
    batch.block = (guint64)job->block->id;
    s->sink->add(s->sink, thread, &batch, &hand->error);
}

/* Notes come from the file, so they are put into rows before the threads begin. */
static gboolean read_notes(const struct scanning *s, struct job *job, GError **error)
{
    job->read = g_new(struct plx_rowset, 1);
    plx_rowset_init(job->read);
    return plx_block_decode(job->columns.part, job->block->rows, s->lexicon, FALSE, job->read,
                            error) &&
           plx_shelf_add_notes(s->store->db, job->block->id, job->read, error);
}

static void clear_job(struct job *job)
{
    plx_shelf_columns_clear(&job->columns);
    if (job->read)
        plx_rowset_clear(job->read);
    g_clear_pointer(&job->read, g_free);
}

static gboolean take_errors(const struct scanning *s, GError **error)
{
    gboolean ok = TRUE;
    for (guint t = 0; t < s->threads; t++) {
        GError *found = g_steal_pointer(&s->hands[t].error);
        if (!found)
            continue;
        if (ok)
            g_propagate_prefixed_error(error, found, "%s: ", plx_db_path(s->store->db));
        else
            g_error_free(found);
        ok = FALSE;
    }
    return ok;
}

static gboolean run_some(const struct scanning *s, const GPtrArray *blocks, guint from, guint n,
                         GError **error)
{
    gboolean ok = TRUE;
    guint read = 0;
    for (; ok && read < n; read++) {
        struct job *const job = &s->jobs[read];
        job->block = blocks->pdata[from + read];
        ok = plx_shelf_load(s->store->db, job->block, s->scan->wanted, &job->columns, error) &&
             (!s->scan->notes || read_notes(s, job, error));
    }
    if (ok) {
        plx_parallel_for(s->threads, n, work, (gpointer)(gsize)s);
        ok = take_errors(s, error);
    }
    for (guint i = 0; i < read; i++)
        clear_job(&s->jobs[i]);
    return ok;
}

/* What was not yet sealed. */
static gboolean run_inbox(const struct scanning *s, GError **error)
{
    struct plx_rowset *const rows = &s->hands[0].rows;
    struct plx_batch batch;
    for (gint64 after = 0;;) {
        if (!plx_inbox_next(s->store, s->lexicon, FALSE, &after, rows, error))
            return FALSE;
        if (rows->n == 0)
            return TRUE;
        plx_rowset_batch(rows, &s->lexicon->dims, &batch);
        if (!s->sink->add(s->sink, 0, &batch, error))
            return FALSE;
    }
}

static GPtrArray *choose_blocks(const struct scanning *s, GError **error)
{
    GPtrArray *const blocks = plx_shelf_list(s->store->db, s->scan->import, error);
    for (guint b = 0; blocks && s->scan->takes && b < blocks->len;) {
        if (s->scan->takes(blocks->pdata[b], s->scan->data))
            b++;
        else
            g_ptr_array_remove_index(blocks, b);
    }
    return blocks;
}

gboolean plx_scan_run(plx_store *store, const struct plx_scan *scan, plx_sink *sink,
                      struct plx_lexicon **lexicon, GError **error)
{
    struct scanning s = {.store = store, .scan = scan, .sink = sink};
    s.threads = MAX(scan->threads, 1);
    s.lexicon = plx_words_lexicon(store->words, scan->map, store->db, error);
    if (!s.lexicon)
        return FALSE;
    g_autoptr(GPtrArray) blocks = choose_blocks(&s, error);
    const guint step = s.threads == 1 ? 1 : s.threads * AHEAD_PER_THREAD;
    s.jobs = g_new0(struct job, step);
    s.hands = g_new0(struct hand, s.threads);
    for (guint t = 0; t < s.threads; t++)
        plx_rowset_init(&s.hands[t].rows);
    gboolean ok = blocks != NULL;
    for (guint b = 0; ok && b < blocks->len; b += step)
        ok = run_some(&s, blocks, b, MIN(step, blocks->len - b), error);
    ok = ok && (scan->import != 0 || run_inbox(&s, error));
    for (guint t = 0; t < s.threads; t++)
        plx_rowset_clear(&s.hands[t].rows);
    g_free(s.hands);
    g_free(s.jobs);
    if (ok && lexicon)
        *lexicon = s.lexicon;
    else
        plx_lexicon_free(s.lexicon);
    return ok;
}
