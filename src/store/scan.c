/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/scan.h"

#include "store/inbox_private.h"

#include <stdatomic.h>
#include <string.h>

/* Blocks are read from the file by the thread that called and decoded by others; so many lie ready
 * for each of them at most. */
#define AHEAD_PER_THREAD 4

struct job {
    const struct plx_shelf_block *block;
    struct plx_shelf_columns columns;
    struct plx_rowset *read; /* with notes: decoded already */
};

struct scanning;
struct hand {
    struct scanning *scanning;
    guint number;
    GThread *thread;
    struct plx_rowset rows;
    guint8 *passes, *keep; /* by row: the filter at hand, any */
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
    GAsyncQueue *full, *empty; /* struct job, of several threads */
    struct job end;            /* in `full`: there are no more */
    atomic_int failed;
};

static void leave_out(struct hand *hand, struct plx_rowset *rows, const struct plx_batch *batch)
{
    const struct plx_scan *const scan = hand->scanning->scan;
    if (!hand->keep) {
        hand->keep = g_malloc(PLX_BATCH_ROWS);
        hand->passes = g_malloc(PLX_BATCH_ROWS);
    }
    for (guint f = 0; f < scan->n_filters; f++) {
        plx_filter_run(scan->filters[f], batch, f ? hand->passes : hand->keep);
        for (guint32 i = 0; f && i < batch->n; i++)
            hand->keep[i] |= hand->passes[i];
    }
    plx_rowset_keep(rows, hand->keep);
}

static gboolean work(struct hand *hand, const struct job *job)
{
    const struct scanning *const s = hand->scanning;
    struct plx_batch batch;
    struct plx_rowset *const rows = job->read ? job->read : &hand->rows;
    if (!job->read && !plx_block_decode(job->columns.part, job->block->rows, s->lexicon, FALSE,
                                        rows, &hand->error))
        return FALSE;
    plx_rowset_batch(rows, &s->lexicon->dims, &batch);
    if (s->scan->n_filters) {
        leave_out(hand, rows, &batch);
        plx_rowset_batch(rows, &s->lexicon->dims, &batch);
    }
    batch.block = (guint64)job->block->id;
    return s->sink->add(s->sink, hand->number, &batch, &hand->error);
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

static gboolean load(const struct scanning *s, const struct plx_shelf_block *block, struct job *job,
                     GError **error)
{
    job->block = block;
    return plx_shelf_load(s->store->db, block, s->scan->wanted, &job->columns, error) &&
           (!s->scan->notes || read_notes(s, job, error));
}

/* In the order of the file. */
static gboolean run_alone(const struct scanning *s, const GPtrArray *blocks, GError **error)
{
    gboolean ok = TRUE;
    for (guint b = 0; ok && b < blocks->len; b++) {
        ok = load(s, blocks->pdata[b], s->jobs, error) &&
             (work(s->hands, s->jobs) || take_errors(s, error));
        clear_job(s->jobs);
    }
    return ok;
}

static gpointer run_hand(gpointer data)
{
    struct hand *const hand = data;
    struct scanning *const s = hand->scanning;
    for (struct job *job; (job = g_async_queue_pop(s->full)) != &s->end;) {
        if (!atomic_load(&s->failed) && !work(hand, job))
            atomic_store(&s->failed, 1);
        clear_job(job);
        g_async_queue_push(s->empty, job);
    }
    return NULL;
}

static gboolean run_together(struct scanning *s, const GPtrArray *blocks, GError **error)
{
    s->full = g_async_queue_new();
    s->empty = g_async_queue_new();
    for (guint j = 0; j < s->threads * AHEAD_PER_THREAD; j++)
        g_async_queue_push(s->empty, &s->jobs[j]);
    for (guint t = 0; t < s->threads; t++)
        s->hands[t].thread = g_thread_new("scan", run_hand, &s->hands[t]);
    gboolean ok = TRUE;
    for (guint b = 0; ok && b < blocks->len && !atomic_load(&s->failed); b++) {
        struct job *const job = g_async_queue_pop(s->empty);
        ok = load(s, blocks->pdata[b], job, error);
        if (ok)
            g_async_queue_push(s->full, job);
        else
            clear_job(job);
    }
    for (guint t = 0; t < s->threads; t++)
        g_async_queue_push(s->full, &s->end);
    for (guint t = 0; t < s->threads; t++)
        g_thread_join(s->hands[t].thread);
    g_async_queue_unref(s->full);
    g_async_queue_unref(s->empty);
    return take_errors(s, ok ? error : NULL) && ok;
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
    s.threads = scan->threads;
    s.lexicon = plx_words_lexicon(store->words, scan->map, store->db, error);
    if (!s.lexicon)
        return FALSE;
    g_autoptr(GPtrArray) blocks = choose_blocks(&s, error);
    s.threads = CLAMP(s.threads, 1, blocks ? MAX(blocks->len, 1) : 1);
    s.jobs = g_new0(struct job, (gsize)s.threads * AHEAD_PER_THREAD);
    s.hands = g_new0(struct hand, s.threads);
    for (guint t = 0; t < s.threads; t++) {
        s.hands[t] = (struct hand){.scanning = &s, .number = t};
        plx_rowset_init(&s.hands[t].rows);
    }
    gboolean ok =
        blocks && (s.threads == 1 ? run_alone(&s, blocks, error) : run_together(&s, blocks, error));
    ok = ok && (scan->import != 0 || scan->sealed || run_inbox(&s, error));
    for (guint t = 0; t < s.threads; t++) {
        plx_rowset_clear(&s.hands[t].rows);
        g_free(s.hands[t].passes);
        g_free(s.hands[t].keep);
    }
    g_free(s.hands);
    g_free(s.jobs);
    if (ok && lexicon)
        *lexicon = s.lexicon;
    else
        plx_lexicon_free(s.lexicon);
    return ok;
}
