/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_cache.h"
#include "store/import_private.h"

#include "base/error.h"
#include "store/amend.h"
#include "store/inbox_private.h"
#include "store/leftover.h"
#include "store/own_scales.h"

#include <sodium.h>
#include <string.h>

static const char *const KEYS[] = {"none", "person", "encounter"};

/* Beginning --------------------------------------------------------------------------------- */

/* A scale may only change while nobody has answered on it, nor waits to be heard, nor is asked on
 * it by a form that is open. */
static gboolean check_scales(plx_store *store, GError **error)
{
    struct plx_amend_answered answered = {0};
    gboolean asked[PLX_AUDIENCES_MAX] = {FALSE};
    gint64 generation;
    guint64 sealed;
    if (plx_amend_check(store->base, store->map, NULL, NULL, NULL))
        return TRUE; /* none does */
    if (!plx_inbox_seal_within(store, &sealed, error) ||
        !plx_store_refresh(store, &generation, error) ||
        !plx_own_scales_answered(store, &answered, error) ||
        !plx_own_scales_asked(store, asked, error))
        return FALSE;
    return plx_amend_check(store->base, store->map, answered.audiences, answered.measures, error) &&
           plx_amend_check_asked(store->base, store->map, asked, error);
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

static gboolean find_late(struct plx_import *import, const struct plx_import_options *options,
                          GError **error)
{
    const plx_map *const map = import->store->map;
    g_autoptr(GArray) known = NULL;
    if (options->n_reveals == 0 && !plx_reveals_read(import->store, &known, error))
        return FALSE;
    if (known)
        plx_late_init(&import->late, map, (const struct plx_shown *)(gpointer)known->data,
                      known->len);
    else
        plx_late_init(&import->late, map, options->reveals, options->n_reveals);
    return TRUE;
}

static gboolean begin(struct plx_import *import, const struct plx_import_options *options,
                      GError **error)
{
    gint64 generation;
    plx_store *const store = import->store;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    const gboolean ok =
        plx_store_refresh(store, &generation, error) && plx_store_check_map(store, error) &&
        check_scales(store, error) &&
        plx_keeper_measures(store->map, store->words, store->db, import->measure_code, error) &&
        plx_alike_init(&import->alike, store, store->map, error) &&
        find_late(import, options, error) && put_import(import, options->recipe, error);
    if (plx_store_end(store, ok, error))
        return TRUE;
    import->id = 0;
    return FALSE;
}

static void worker_init(struct plx_import *import, struct plx_import_worker *worker)
{
    plx_keeper_init(&worker->keeper, import->store->map, import->store->secret, import->nobody);
    worker->keeper.marks = TRUE;
    worker->keeper.untitled = TRUE;
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
    g_free(worker->seen);
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
    if (!begin(import, options, error))
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
    plx_alike_clear(&import->alike);
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

/* Another program that cannot see this one run (in a container of its own, for one) may have taken
 * what is pending for a leftover and removed it. */
static gboolean check_whole(struct plx_import *import, guint64 observations, GError **error)
{
    plx_db *const db = import->store->db;
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT (SELECT coalesce(sum(rows), 0) FROM block WHERE import = ?1) "
                       "FROM import WHERE id = ?1 AND state = 'pending'",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import->id);
    const int code = plx_db_step(db, statement, error);
    const gboolean whole =
        code == SQLITE_ROW && sqlite3_column_int64(statement, 0) == (gint64)observations;
    sqlite3_reset(statement);
    return whole || (code != 0 &&
                     plx_error(error, PLX_ERROR_IO,
                               "%s: another program took this import for one that was given up, "
                               "and removed it; nothing was changed. Import again",
                               plx_db_path(db)));
}

static guint64 rows_sent(const struct plx_import *import)
{
    guint64 n = 0;
    for (guint w = 0; w < import->n_workers; w++)
        n += import->workers[w].observations;
    return n;
}

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
    if (outcome->known == 0) /* else not all that the file says is in this import */
        sqlite3_bind_blob(statement, 7, sum, sizeof sum, SQLITE_TRANSIENT);
    return plx_db_run(db, statement, error);
}

/* Spellings count from now on. */
static gboolean put_titles(struct plx_import *import, GError **error)
{
    for (guint w = 0; w < import->n_workers; w++)
        if (!plx_keeper_title(&import->workers[w].keeper, import->store->words, import->store->db,
                              error))
            return FALSE;
    return TRUE;
}

/* The answer of the import is that of the workspace when there is nothing else in it. */
static gboolean keep_answer(struct plx_import *import, const struct plx_import_outcome *outcome,
                            GError **error)
{
    plx_store *const store = import->store;
    gint64 observations, generation;
    if (!plx_db_number(store->db,
                       "SELECT sum(value) FROM fact WHERE name IN ('observations', 'waiting')",
                       &observations, error) ||
        !plx_store_refresh(store, &generation, error))
        return FALSE;
    if (import->n_needs == 0 || outcome->known > 0 || outcome->late > 0 ||
        observations != (gint64)outcome->observations)
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

/* Files may be anywhere: where they were is nobody's business. */
static void tell_doing(const struct plx_import *import, const struct plx_import_outcome *outcome)
{
    const char *const path = import->file;
    g_autofree char *name = !path || strcmp(path, "-") == 0 ? NULL : g_path_get_basename(path);
    plx_store_doing(import->store, "import %" G_GINT64_FORMAT ": %s, %" G_GUINT64_FORMAT " %s",
                    import->id, name ? name : "standard input", outcome->observations,
                    outcome->observations == 1 ? "observation" : "observations");
}

static gboolean make_visible(struct plx_import *import, const struct plx_import_summary *summary,
                             struct plx_import_outcome *outcome, GError **error)
{
    plx_store *const store = import->store;
    struct plx_store_map_stamp stamp = {0};
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    gboolean ok = plx_store_check_map(store, error) &&
                  plx_import_settle_again(import, outcome, error) &&
                  check_whole(import, outcome->observations, error);
    if (ok && outcome->same) {
        plx_store_end(store, FALSE, NULL);
        return TRUE;
    }
    if (ok)
        ok = plx_import_settle_late(import, outcome, error);
    tell_doing(import, outcome);
    const gint64 more = (gint64)outcome->observations - (gint64)outcome->replaced;
    ok = ok && check_scales(store, error) && plx_import_replace(import, outcome, error) &&
         bind_done(import, summary, outcome, error) && put_titles(import, error) &&
         plx_amend_record(store->db, store->base, store->map, error) &&
         plx_store_read_stamp(store, &stamp, error) && plx_store_changed(store, more, error) &&
         plx_import_keep_counts(import, outcome, error) && keep_answer(import, outcome, error);
    if (!plx_store_end(store, ok, error))
        return FALSE;
    store->stamp = stamp;
    return TRUE;
}

gboolean plx_import_finish(plx_import *import, const struct plx_import_summary *summary,
                           struct plx_import_outcome *outcome, GError **error)
{
    struct plx_import_outcome found = {0};
    if (!plx_import_flush(import, error) || !plx_import_writer_stop(import, error) ||
        !check_whole(import, rows_sent(import), error) ||
        !plx_import_settle(import, &found, error) || !plx_import_goes_on(import, error))
        return FALSE;
    if (!found.same && import->dry_run && !plx_import_settle_late(import, &found, error))
        return FALSE;
    if (!found.same && !import->dry_run && !make_visible(import, summary, &found, error))
        return FALSE;
    if (!found.same && !import->dry_run) {
        import->finished = TRUE;
        found.import = import->id;
        if (!plx_store_reload_base(import->store, error))
            return FALSE;
    }
    if (found.same)
        found = (struct plx_import_outcome){.same = TRUE};
    *outcome = found;
    return TRUE;
}
