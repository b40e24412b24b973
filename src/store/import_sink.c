/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What readers call: batches in, sealed blocks out. */

#include "store/import_private.h"

#include <string.h>

#define DAY_SECONDS 86400

/* A batch as it is kept --------------------------------------------------------------------- */

static gboolean is_anonymous(const struct plx_import *import, const struct plx_batch *batch,
                             guint32 row)
{
    const guint32 *const column = batch->dim[PLX_DIM_AUDIENCE];
    const guint32 code = column ? column[row] : batch->dim_constant[PLX_DIM_AUDIENCE];
    return code && import->store->map->audiences[code - 1].identity == PLX_IDENTITY_ANONYMOUS;
}

static gboolean any_anonymous(const struct plx_import *import)
{
    const plx_map *const map = import->store->map;
    for (guint a = 0; a < map->n_audiences; a++)
        if (map->audiences[a].identity == PLX_IDENTITY_ANONYMOUS)
            return TRUE;
    return FALSE;
}

/* Keys as the file has them: hashed under its secret. Neighbours often have the same. */
static void hash_keys(const guint8 *secret, const guint64 *keys, guint32 n, GArray *out)
{
    g_array_set_size(out, n);
    guint64 *const hashed = (guint64 *)(gpointer)out->data;
    for (guint32 i = 0; i < n; i++)
        hashed[i] =
            i > 0 && keys[i] == keys[i - 1] ? hashed[i - 1] : plx_store_key(secret, keys[i]);
}

static guint32 day_clock(struct plx_import_worker *worker)
{
    char day[16] = "day";
    return plx_dict_code(worker->dims->dict[PLX_DIM_CLOCK], day, 3);
}

/* Anonymous rows lose who they are and the time of day, and their encounters get numbers that
 * nobody can work out again. */
static void hide_people(struct plx_import *import, struct plx_import_worker *worker,
                        const struct plx_batch *batch, struct plx_batch *kept)
{
    const guint32 n = batch->n, day = day_clock(worker);
    guint64 *const unit = (guint64 *)(gpointer)worker->unit->data;
    guint64 *const encounter = (guint64 *)(gpointer)worker->encounter->data;
    g_array_set_size(worker->seconds, n);
    g_array_set_size(worker->known, n);
    g_array_set_size(worker->clock, n);
    gint64 *const seconds = (gint64 *)(gpointer)worker->seconds->data;
    guint8 *const known = (guint8 *)worker->known->data;
    guint32 *const clock = (guint32 *)(gpointer)worker->clock->data;
    const guint32 *const clocks = batch->dim[PLX_DIM_CLOCK];
    for (guint32 i = 0; i < n; i++) {
        const gboolean hide = is_anonymous(import, batch, i);
        const gboolean timed = batch->seconds && batch->seconds[i] != PLX_NO_TIME;
        known[i] = batch->known && !hide ? batch->known[i] : 0;
        seconds[i] = !timed ? PLX_NO_TIME
                     : hide ? (gint64)batch->day[i] * DAY_SECONDS
                            : batch->seconds[i];
        clock[i] = clocks ? clocks[i] : batch->dim_constant[PLX_DIM_CLOCK];
        if (!hide)
            continue;
        clock[i] = timed ? day : 0;
        encounter[i] = unit[i] = plx_store_key(import->nobody, encounter[i]);
    }
    kept->known = batch->known ? known : NULL;
    kept->seconds = batch->seconds ? seconds : NULL;
    kept->dim[PLX_DIM_CLOCK] = batch->seconds ? clock : NULL;
}

/* `all` are dimensions of the file. */
static void keep_batch(struct plx_import *import, struct plx_import_worker *worker,
                       const struct plx_batch *batch, const struct plx_dims *all,
                       struct plx_batch *kept)
{
    *kept = *batch;
    kept->dims = all;
    hash_keys(import->store->secret, batch->encounter, batch->n, worker->encounter);
    hash_keys(import->store->secret, batch->unit, batch->n, worker->unit);
    kept->encounter = (const guint64 *)(gpointer)worker->encounter->data;
    kept->unit = (const guint64 *)(gpointer)worker->unit->data;
    if (any_anonymous(import))
        hide_people(import, worker, batch, kept);
    for (guint d = PLX_DIM_SEGMENT; d < PLX_DIMS_MAX; d++) {
        kept->dim[d] = NULL;
        kept->dim_constant[d] = 0;
    }
    for (guint d = PLX_DIM_SEGMENT; d < batch->dims->n_dims; d++) {
        kept->dim[worker->file_dim[d]] = batch->dim[d];
        kept->dim_constant[worker->file_dim[d]] = batch->dim_constant[d];
    }
}

static void recode(const struct plx_import_worker *worker, struct plx_rowset *rows)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        if (worker->to[d]->len > 0)
            plx_rowset_recode(rows, d, (const guint32 *)(gpointer)worker->to[d]->data);
}

/* Blocks ------------------------------------------------------------------------------------ */

/* Sends full or last rows, whose codes are the file's. */
static gboolean send_rows(struct plx_import *import, struct plx_import_worker *worker,
                          GError **error)
{
    struct plx_rowset *const rows = &worker->rows;
    if (!worker->contents)
        worker->contents = g_new(struct plx_content, PLX_BATCH_ROWS);
    plx_content_of(rows, import->measure_code, worker->keys == PLX_KEYS_ENCOUNTER,
                   worker->contents);
    plx_content_sum(worker->contents, rows->n, worker->sum);
    worker->observations += rows->n;
    struct plx_block_bytes *const bytes =
        plx_block_encode(worker->encoder, rows, import->measure_code);
    GPtrArray *const notes = rows->note ? plx_shelf_notes_of(rows) : NULL;
    plx_rowset_empty(rows);
    return plx_import_send(import, bytes, notes, error);
}

static gboolean seal(struct plx_import *import, struct plx_import_worker *worker, GError **error)
{
    if (!plx_import_number(import, worker, error))
        return FALSE;
    recode(worker, &worker->rows);
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
    if (worker->dims)
        return TRUE;
    worker->dims = batch->dims;
    return plx_import_number(import, worker, error);
}

/* Calling the sink -------------------------------------------------------------------------- */

static struct plx_import *self_of(plx_sink *sink)
{
    return (struct plx_import *)(void *)sink;
}

static gboolean import_add(plx_sink *sink, guint number, const struct plx_batch *batch,
                           GError **error)
{
    struct plx_import *const import = self_of(sink);
    struct plx_import_worker *const worker = &import->workers[number];
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch kept;
    if (!import->counter->add(import->counter, number, batch, error) ||
        !begin_worker(import, worker, batch, error))
        return FALSE;
    note_keys(worker, batch);
    keep_batch(import, worker, batch, &all, &kept);
    for (guint32 from = 0; from < batch->n;) {
        from += plx_rowset_add(&worker->rows, &kept, from);
        if (worker->rows.n == PLX_BATCH_ROWS && !seal(import, worker, error))
            return FALSE;
    }
    return TRUE;
}

/* Rows that the reader takes back are looked for when all is there. */
static gboolean import_retract(plx_sink *sink, guint number, const struct plx_batch *batch,
                               GError **error)
{
    struct plx_import *const import = self_of(sink);
    struct plx_import_worker *const worker = &import->workers[number];
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch kept;
    struct plx_rowset rows;
    if (!import->counter->retract(import->counter, number, batch, error) ||
        !begin_worker(import, worker, batch, error) || !plx_import_number(import, worker, error))
        return FALSE;
    plx_rowset_init(&rows);
    keep_batch(import, worker, batch, &all, &kept);
    for (guint32 from = 0; from < batch->n; plx_rowset_empty(&rows)) {
        from += plx_rowset_add(&rows, &kept, from);
        recode(worker, &rows);
        const guint before = import->retracted->len;
        g_array_set_size(import->retracted, before + rows.n);
        plx_content_of(&rows, import->measure_code, TRUE,
                       &g_array_index(import->retracted, struct plx_content, before));
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
    plx_sink *const counter = self_of(sink)->counter;
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
        recode(worker, &worker->rows);
        for (guint32 from = 0; w > 0 && from < worker->rows.n;) {
            from += plx_rowset_append(&first->rows, &worker->rows, from);
            if (first->rows.n == PLX_BATCH_ROWS && !send_rows(import, first, error))
                return FALSE;
        }
    }
    return first->rows.n == 0 || send_rows(import, first, error);
}
