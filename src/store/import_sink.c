/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What readers call: batches in, sealed blocks out. */

#include "store/import_private.h"

#include "base/error.h"

/* Blocks ------------------------------------------------------------------------------------ */

static gboolean has_keyless(const struct plx_rowset *rows)
{
    gboolean found = FALSE;
    for (guint32 i = 0; i < rows->n; i++)
        found |= rows->unit[i] == ~rows->encounter[i];
    return found;
}

/* The same file again gives rows without any key another encounter. */
static void forget_keyless(struct plx_rowset *rows, struct plx_content *contents)
{
    for (guint32 i = 0; i < rows->n; i++) {
        if (G_LIKELY(rows->unit[i] != ~rows->encounter[i]))
            continue;
        plx_content_forget_keys(rows, i, &contents[i]);
        rows->unit[i] = rows->encounter[i]; /* as the file has it */
    }
}

static gboolean has_late(const struct plx_rowset *rows)
{
    gboolean found = FALSE;
    for (guint32 i = 0; rows->seen && i < rows->n; i++)
        found |= rows->seen[i] == PLX_SEEN_LATE;
    return found;
}

/* Adds what the rows say to the sum of the file; quicker where nothing but an encounter is like
 * another. */
static void add_contents(const struct plx_import *import, struct plx_import_worker *worker)
{
    struct plx_rowset *const rows = &worker->rows;
    const gboolean keyed = worker->keys == PLX_KEYS_ENCOUNTER;
    if (keyed && plx_alike_is_plain(&import->alike) && !has_keyless(rows) && !has_late(rows)) {
        plx_content_add_up(rows, import->measure_code, worker->sum);
        return;
    }
    if (!worker->contents)
        worker->contents = g_new(struct plx_content, PLX_BATCH_ROWS);
    plx_alike_contents(&import->alike, rows, import->measure_code, keyed, worker->contents);
    if (keyed)
        forget_keyless(rows, worker->contents);
    plx_content_sum(worker->contents, rows->n, worker->sum);
}

/* Sends full or last rows, whose codes are the file's. */
static gboolean send_rows(struct plx_import *import, struct plx_import_worker *worker,
                          GError **error)
{
    struct plx_rowset *const rows = &worker->rows;
    add_contents(import, worker);
    worker->observations += rows->n;
    struct plx_block_bytes *const bytes =
        plx_block_encode(worker->encoder, rows, import->measure_code);
    if (worker->kept)
        plx_kept_count(worker->kept, rows, import->measure_code);
    GPtrArray *const notes = rows->note ? plx_shelf_notes_of(rows) : NULL;
    plx_rowset_empty(rows);
    return plx_import_send(import, bytes, notes, error);
}

static gboolean seal(struct plx_import *import, struct plx_import_worker *worker, GError **error)
{
    if (!plx_import_number(import, worker, error))
        return FALSE;
    plx_keeper_recode(&worker->keeper, &worker->rows);
    return send_rows(import, worker, error);
}

static void note_keys(struct plx_import_worker *worker, const struct plx_batch *batch)
{
    if (batch->identity)
        worker->keys = PLX_KEYS_ENCOUNTER;
    else if ((batch->known || batch->seconds) && worker->keys == PLX_KEYS_NONE)
        worker->keys = PLX_KEYS_PERSON;
}

static gboolean begin_worker(struct plx_import *import, struct plx_import_worker *worker,
                             const struct plx_batch *batch, GError **error)
{
    if (worker->keeper.dims)
        return TRUE;
    worker->keeper.dims = batch->dims;
    return plx_import_number(import, worker, error);
}

/* Calling the sink -------------------------------------------------------------------------- */

static struct plx_import *self_of(plx_sink *sink)
{
    return (struct plx_import *)(void *)sink;
}

static gboolean tick(struct plx_import *import, guint number, const struct plx_batch *batch,
                     GError **error)
{
    const guint64 rows = atomic_fetch_add(&import->rows, batch->n) + batch->n;
    return number != 0 || !import->tick || import->tick(rows, batch->block, import->tick_data) ||
           plx_error(error, PLX_ERROR_IO, "interrupted; nothing was changed");
}

/* The batch, or the same with its late rows marked. */
static void mark_late(const struct plx_import *import, struct plx_import_worker *worker,
                      const struct plx_batch *batch, struct plx_batch *marked)
{
    *marked = *batch;
    if (import->late.n == 0)
        return;
    if (!worker->seen)
        worker->seen = g_malloc(PLX_BATCH_ROWS);
    const guint32 n = plx_late_mark(&import->late, batch, PLX_SEEN_LATE, worker->seen);
    if (n > 0)
        marked->seen = worker->seen;
    worker->n_late += n;
}

static gboolean import_add(plx_sink *sink, guint number, const struct plx_batch *batch,
                           GError **error)
{
    struct plx_import *const import = self_of(sink);
    struct plx_import_worker *const worker = &import->workers[number];
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch kept, marked;
    if (!tick(import, number, batch, error) ||
        !import->counter->add(import->counter, number, batch, error) ||
        !begin_worker(import, worker, batch, error))
        return FALSE;
    note_keys(worker, batch);
    mark_late(import, worker, batch, &marked);
    plx_keeper_batch(&worker->keeper, &marked, &all, &kept);
    for (guint32 from = 0; from < batch->n;) {
        from += plx_rowset_add(&worker->rows, &kept, from);
        if (worker->rows.n == PLX_BATCH_ROWS && !seal(import, worker, error))
            return FALSE;
    }
    return TRUE;
}

/* The sum over a file is that of the rows that stay. `contents` is room for as many as there are
 * rows. */
static void forget(const struct plx_import *import, struct plx_import_worker *worker,
                   struct plx_rowset *rows, struct plx_content *contents)
{
    guint64 sum[2] = {0};
    plx_alike_contents(&import->alike, rows, import->measure_code, TRUE, contents);
    forget_keyless(rows, contents);
    plx_content_sum(contents, rows->n, sum);
    worker->sum[0] -= sum[0];
    worker->sum[1] -= sum[1];
}

/* Rows that the reader takes back are looked for when all is there. */
static gboolean import_retract(plx_sink *sink, guint number, const struct plx_batch *batch,
                               GError **error)
{
    struct plx_import *const import = self_of(sink);
    struct plx_import_worker *const worker = &import->workers[number];
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch kept, marked;
    struct plx_rowset rows;
    if (!import->counter->retract(import->counter, number, batch, error) ||
        !begin_worker(import, worker, batch, error) || !plx_import_number(import, worker, error))
        return FALSE;
    plx_rowset_init(&rows);
    mark_late(import, worker, batch, &marked);
    plx_keeper_batch(&worker->keeper, &marked, &all, &kept);
    for (guint32 from = 0; from < batch->n; plx_rowset_empty(&rows)) {
        from += plx_rowset_add(&rows, &kept, from);
        plx_keeper_recode(&worker->keeper, &rows);
        const guint before = import->retracted->len;
        g_array_set_size(import->retracted, before + rows.n);
        struct plx_content *const taken_back =
            &g_array_index(import->retracted, struct plx_content, before);
        forget(import, worker, &rows, taken_back);
        plx_content_of(&rows, import->measure_code, TRUE, taken_back);
    }
    plx_rowset_clear(&rows);
    return TRUE;
}

static gboolean import_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n,
                                GError **error)
{
    plx_sink *const counter = self_of(sink)->counter;
    return counter->suspects(counter, suspects, n, error);
}

static gboolean import_end(plx_sink *sink, GError **error)
{
    struct plx_import *const import = self_of(sink);
    plx_sink *const counter = import->counter;
    if (!plx_import_flush(import, error))
        return FALSE;
    plx_import_make_counts(import); /* now: putting units together takes the most memory */
    return counter->finish(counter, error);
}

static void import_release(plx_sink *sink)
{
    (void)sink; /* the import is freed by its owner */
}

void plx_import_sink_init(struct plx_import *import)
{
    import->base = (plx_sink){.add = import_add,
                              .retract = import_retract,
                              .suspects = import_suspects,
                              .finish = import_end,
                              .free = import_release,
                              .keeps = TRUE};
}

gboolean plx_import_goes_on(const struct plx_import *import, GError **error)
{
    return !import->tick || import->tick(atomic_load(&import->rows), 0, import->tick_data) ||
           plx_error(error, PLX_ERROR_IO, "interrupted; nothing was changed");
}

enum plx_import_keys plx_import_keys_of(const struct plx_import *import)
{
    enum plx_import_keys keys = PLX_KEYS_NONE;
    for (guint w = 0; w < import->n_workers; w++)
        keys = MAX(keys, import->workers[w].keys);
    return keys;
}

gboolean plx_import_flush(struct plx_import *import, GError **error)
{
    struct plx_import_worker *const first = &import->workers[0];
    first->keys = plx_import_keys_of(import);
    for (guint w = 0; w < import->n_workers; w++) {
        struct plx_import_worker *const worker = &import->workers[w];
        if (worker->rows.n == 0)
            continue;
        if (!plx_import_number(import, worker, error))
            return FALSE;
        plx_keeper_recode(&worker->keeper, &worker->rows);
        for (guint32 from = 0; w > 0 && from < worker->rows.n;) {
            from += plx_rowset_append(&first->rows, &worker->rows, from);
            if (first->rows.n == PLX_BATCH_ROWS && !send_rows(import, first, error))
                return FALSE;
        }
        if (w > 0)
            plx_rowset_empty(&worker->rows);
    }
    return first->rows.n == 0 || send_rows(import, first, error);
}
