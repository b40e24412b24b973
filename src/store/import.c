/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_cache.h"
#include "store/import_private.h"

#include "base/error.h"
#include "store/amend.h"
#include "store/leftover.h"

#include <sodium.h>
#include <string.h>

static const char *const KEYS[] = {"none", "person", "encounter"};

/* Beginning --------------------------------------------------------------------------------- */

static gboolean number_measures(struct plx_import *import, GError **error)
{
    const plx_map *const map = import->store->map;
    for (guint m = 0; m < map->n_measures; m++) {
        const char *const id = map->measures[m].id;
        if (!plx_words_number(import->store->words, import->store->db, PLX_WORD_MEASURE, 0, id, id,
                              &import->measure_code[m], error))
            return FALSE;
        if (import->measure_code[m] > PLX_WORD_MEASURES)
            return plx_error(error, PLX_ERROR_INPUT,
                             "the measure \"%s\" is one too many: a workspace holds %d", id,
                             PLX_WORD_MEASURES);
    }
    return TRUE;
}

/* A scale may only change while nobody has answered on it. */
static gboolean check_scales(const plx_store *store, GError **error)
{
    g_autofree gboolean *answered = g_new0(gboolean, store->base->n_audiences + 1);
    for (guint a = 0; a < store->base->n_audiences; a++)
        answered[a] =
            plx_words_find(store->words, PLX_WORD_AUDIENCE, 0, store->base->audiences[a].id) != 0;
    return plx_amend_check(store->base, store->map, answered, error);
}

static gboolean put_import(struct plx_import *import, const char *recipe, GError **error)
{
    plx_db *const db = import->store->db;
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO import (kind, state, owner, started, file, dataset, recipe, "
                       "keys) VALUES ('file', 'pending', ?1, ?2, ?3, ?4, ?5, 'none')",
                       error);
    if (!statement)
        return FALSE;
    g_autofree char *owner = plx_leftover_owner();
    g_autofree char *now = plx_store_now();
    sqlite3_bind_text(statement, 1, owner, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, now, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, import->file, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, import->dataset, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, recipe, -1, SQLITE_STATIC);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    import->id = sqlite3_last_insert_rowid(plx_db_handle(db));
    return TRUE;
}

static gboolean begin(struct plx_import *import, const char *recipe, GError **error)
{
    gint64 generation;
    plx_store *const store = import->store;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    const gboolean ok = plx_store_refresh(store, &generation, error) &&
                        check_scales(store, error) && number_measures(import, error) &&
                        put_import(import, recipe, error);
    if (plx_store_end(store, ok, error))
        return TRUE;
    import->id = 0;
    return FALSE;
}

static void worker_init(struct plx_import *import, struct plx_import_worker *worker)
{
    plx_keeper_init(&worker->keeper, import->store->map, import->store->secret, import->nobody);
    plx_rowset_init(&worker->rows);
    worker->encoder = plx_encoder_new();
    worker->kept = import->dry_run ? NULL : plx_kept_new();
    worker->replies = g_async_queue_new();
}

static void worker_clear(struct plx_import_worker *worker)
{
    plx_keeper_clear(&worker->keeper);
    plx_rowset_clear(&worker->rows);
    plx_encoder_free(worker->encoder);
    plx_kept_free(worker->kept);
    g_async_queue_unref(worker->replies);
    g_free(worker->contents);
}

plx_import *plx_import_begin(plx_store *store, const struct plx_import_options *options,
                             GError **error)
{
    g_autoptr(plx_import) import = g_new0(plx_import, 1);
    import->store = store;
    import->file = g_strdup(options->file);
    import->dataset = g_strdup(options->dataset);
    import->repeat = options->repeat;
    import->dry_run = options->dry_run;
    import->needs = options->needs;
    import->n_needs = options->n_needs;
    import->tick = options->tick;
    import->tick_data = options->tick_data;
    import->n_workers = MAX(options->n_workers, 1);
    randombytes_buf(import->nobody, sizeof import->nobody);
    randombytes_buf(&import->salt, sizeof import->salt);
    import->retracted = g_array_new(FALSE, FALSE, sizeof(struct plx_content));
    import->replaced = g_array_new(FALSE, FALSE, sizeof(struct plx_import_replaced));
    import->touched = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    if (!begin(import, options->recipe, error))
        return NULL;
    import->counter =
        plx_count_sink_new(store->map, options->needs, options->n_needs, import->n_workers);
    import->workers = g_new0(struct plx_import_worker, import->n_workers);
    for (guint w = 0; w < import->n_workers; w++)
        worker_init(import, &import->workers[w]);
    plx_import_sink_init(import);
    plx_import_writer_start(import);
    return g_steal_pointer(&import);
}

void plx_import_free(plx_import *import)
{
    if (!import)
        return;
    if (import->thread)
        plx_import_writer_stop(import, NULL);
    if (import->id != 0 && !import->finished)
        plx_leftover_remove(import->store->db, import->id, NULL); /* else at the next opening */
    for (guint w = 0; import->workers && w < import->n_workers; w++)
        worker_clear(&import->workers[w]);
    if (import->counter)
        import->counter->free(import->counter);
    g_array_unref(import->retracted);
    g_array_unref(import->replaced);
    g_clear_pointer(&import->touched, g_hash_table_unref);
    g_clear_pointer(&import->counts, g_ptr_array_unref);
    g_clear_error(&import->error);
    g_free(import->workers);
    g_free(import->file);
    g_free(import->dataset);
    sodium_memzero(import->nobody, sizeof import->nobody);
    g_free(import);
}

plx_sink *plx_import_sink(plx_import *import)
{
    return &import->base;
}

guint64 plx_import_salt(const plx_import *import)
{
    return import->salt;
}

/* Finishing --------------------------------------------------------------------------------- */

static gboolean bind_done(struct plx_import *import, const struct plx_import_summary *summary,
                          const struct plx_import_outcome *outcome, GError **error)
{
    plx_db *const db = import->store->db;
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "UPDATE import SET state = 'done', keys = ?2, rows = ?3, observations = ?4, "
                       "rejected = ?5, duplicates = ?6, content = ?7 WHERE id = ?1",
                       error);
    if (!statement)
        return FALSE;
    guint64 sum[2];
    plx_import_fingerprint(import, sum);
    sqlite3_bind_int64(statement, 1, import->id);
    sqlite3_bind_text(statement, 2, KEYS[plx_import_keys_of(import)], -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, (gint64)summary->rows);
    sqlite3_bind_int64(statement, 4, (gint64)outcome->observations);
    sqlite3_bind_int64(statement, 5, (gint64)summary->rejected);
    sqlite3_bind_int64(statement, 6, (gint64)summary->duplicates);
    sqlite3_bind_blob(statement, 7, sum, sizeof sum, SQLITE_TRANSIENT);
    return plx_db_run(db, statement, error);
}

/* The answer of the import is that of the workspace when there is nothing else in it. */
static gboolean keep_answer(struct plx_import *import, const struct plx_import_outcome *outcome,
                            GError **error)
{
    plx_store *const store = import->store;
    gint64 observations, generation;
    if (!plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'observations'",
                       &observations, error) ||
        !plx_store_refresh(store, &generation, error))
        return FALSE;
    if (import->n_needs == 0 || outcome->known > 0 || observations != (gint64)outcome->observations)
        return TRUE;
    struct plx_answer *const answer = plx_count_sink_take(import->counter);
    if (!answer)
        return TRUE;
    struct plx_answer totals = *answer;
    totals.n_tables = totals.n_subjects = 0;
    const gboolean ok =
        plx_answer_cache_put(store->db, store->map, generation, NULL, 0, &totals, error) &&
        plx_answer_cache_put(store->db, store->map, generation, import->needs, import->n_needs,
                             answer, error);
    plx_answer_free(answer);
    return ok;
}

static gboolean make_visible(struct plx_import *import, const struct plx_import_summary *summary,
                             struct plx_import_outcome *outcome, GError **error)
{
    plx_store *const store = import->store;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    gboolean ok = plx_import_settle_again(import, outcome, error);
    if (ok && outcome->same) {
        plx_store_end(store, FALSE, NULL);
        return TRUE;
    }
    const gint64 more = (gint64)outcome->observations - (gint64)outcome->replaced;
    ok = ok && plx_import_replace(import, outcome, error) &&
         bind_done(import, summary, outcome, error) &&
         plx_amend_record(store->db, store->base, store->map, error) &&
         plx_store_changed(store, more, error) && plx_import_keep_counts(import, outcome, error) &&
         keep_answer(import, outcome, error);
    return plx_store_end(store, ok, error);
}

gboolean plx_import_finish(plx_import *import, const struct plx_import_summary *summary,
                           struct plx_import_outcome *outcome, GError **error)
{
    struct plx_import_outcome found = {0};
    if (!plx_import_flush(import, error) || !plx_import_writer_stop(import, error) ||
        !plx_import_settle(import, &found, error))
        return FALSE;

    if (!found.same && !import->dry_run && !make_visible(import, summary, &found, error))
        return FALSE;
    if (!found.same && !import->dry_run) {
        import->finished = TRUE;
        found.import = import->id;
        if (!plx_store_reload_base(import->store, error))
            return FALSE;
    }
    *outcome = found;
    return TRUE;
}
