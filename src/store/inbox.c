/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/inbox_private.h"

#include "store/crc.h"
#include "store/keeper.h"
#include "store/kept_shelf.h"
#include "store/late.h"
#include "store/shelf.h"

#include <sodium.h>

/* A body holds at most so many rows: its number of them is 16 bits wide. */
#define BODY_ROWS 32768

/* Appending --------------------------------------------------------------------------------- */

struct appending {
    plx_store *store;
    const guint8 *nobody;
    struct plx_late late;
    gint8 *seen;              /* of a batch with late guesses, reused */
    struct plx_keeper keeper; /* of batches with the same dictionaries; .map is NULL before */
    struct plx_rowset rows;   /* of the keeper's batches, which become one body */
    guint32 measure_code[PLX_MEASURES_MAX];
    gint64 appended;
};

/* The rows so far as a body. */
static gboolean put_body(struct appending *a, GError **error)
{
    if (a->rows.n == 0)
        return TRUE;
    sqlite3_stmt *const statement = plx_db_prepare(
        a->store->db, "INSERT INTO inbox (rows, body, crc) VALUES (?1, ?2, ?3)", error);
    if (!statement)
        return FALSE;
    g_autoptr(GByteArray) body = g_byte_array_new();
    plx_keeper_recode(&a->keeper, &a->rows);
    plx_inbox_write(&a->rows, a->measure_code, body);
    sqlite3_bind_int64(statement, 1, a->rows.n);
    sqlite3_bind_blob64(statement, 2, body->data, body->len, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, plx_crc(body->data, body->len));
    a->appended += a->rows.n;
    plx_rowset_empty(&a->rows);
    return plx_db_run(a->store->db, statement, error);
}

/* How many observations there should be: no row can vanish unnoticed. */
static gboolean count_waiting(plx_db *db, gint64 more, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "UPDATE fact SET value = value + ?1 WHERE name = 'waiting'", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, more);
    return plx_db_run(db, statement, error);
}

static void forget_words(struct appending *a)
{
    if (a->keeper.map)
        plx_keeper_clear(&a->keeper);
    a->keeper.map = NULL;
}

/* Readers' dictionaries may differ from batch to batch; where they do not, words are looked up
 * once. */
static gboolean use_words(struct appending *a, const struct plx_dims *dims, GError **error)
{
    if (!a->keeper.map || a->keeper.dims != dims) {
        if (!put_body(a, error))
            return FALSE;
        forget_words(a);
        plx_keeper_init(&a->keeper, a->store->map, a->store->secret, a->nobody);
        a->keeper.dims = dims;
    }
    return plx_keeper_number(&a->keeper, a->store->words, a->store->db, error);
}

static gboolean append_batch(struct appending *a, const struct plx_batch *batch, GError **error)
{
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    struct plx_batch kept, marked = *batch;
    if (!use_words(a, batch->dims, error))
        return FALSE;
    if (plx_late_mark(&a->late, batch, 1, a->seen) > 0)
        marked.seen = a->seen;
    plx_keeper_batch(&a->keeper, &marked, &all, &kept);
    /* Hiding people may have added the word "day". */
    if (!plx_keeper_number(&a->keeper, a->store->words, a->store->db, error))
        return FALSE;
    for (guint32 from = 0; from < batch->n;) {
        struct plx_batch part = kept;
        part.n = MIN(batch->n, from + BODY_ROWS - a->rows.n);
        from += plx_rowset_add(&a->rows, &part, from);
        if (a->rows.n == BODY_ROWS && !put_body(a, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean find_late(struct appending *a, GError **error)
{
    g_autoptr(GArray) reveals = NULL;
    if (!plx_reveals_read(a->store, &reveals, error))
        return FALSE;
    plx_late_init(&a->late, a->store->map, (const struct plx_shown *)(gpointer)reveals->data,
                  reveals->len);
    if (a->late.n > 0)
        a->seen = g_malloc(PLX_BATCH_ROWS);
    return TRUE;
}

static gboolean append_all(struct appending *a, const struct plx_batch *batches, guint n,
                           GError **error)
{
    gint64 generation, waiting;
    plx_store *const store = a->store;
    if (!plx_store_refresh(store, &generation, error) || !plx_store_check_map(store, error) ||
        !plx_keeper_measures(store->map, store->words, store->db, a->measure_code, error) ||
        !find_late(a, error))
        return FALSE;
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < n; i++)
        ok = append_batch(a, &batches[i], error);
    if (!ok || !put_body(a, error) || !count_waiting(store->db, a->appended, error) ||
        !plx_store_changed(store, 0, error) ||
        !plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'waiting'", &waiting, error))
        return FALSE;
    guint64 sealed;
    return waiting < PLX_INBOX_ROWS || plx_inbox_seal_within(store, &sealed, error);
}

gboolean plx_inbox_append_within(plx_store *store, const struct plx_batch *batches, guint n,
                                 GError **error)
{
    guint8 nobody[PLX_SECRET_BYTES];
    struct appending a = {.store = store, .nobody = nobody};
    randombytes_buf(nobody, sizeof nobody);
    plx_rowset_init(&a.rows);
    const gboolean ok = append_all(&a, batches, n, error);
    forget_words(&a);
    plx_rowset_clear(&a.rows);
    g_free(a.seen);
    sodium_memzero(nobody, sizeof nobody);
    return ok;
}

gboolean plx_inbox_append(plx_store *store, const struct plx_batch *batches, guint n,
                          GError **error)
{
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(store, plx_inbox_append_within(store, batches, n, error), error);
}

/* Reading ----------------------------------------------------------------------------------- */

static gboolean check_waiting(plx_db *db, GError **error)
{
    gint64 n, expected;
    if (!plx_db_number(db, "SELECT coalesce(sum(rows), 0) FROM inbox WHERE id > 0", &n, error) ||
        !plx_db_number(db, "SELECT value FROM fact WHERE name = 'waiting'", &expected, error))
        return FALSE;
    return n == expected || plx_db_damaged(db, error,
                                           "its inbox holds %" G_GINT64_FORMAT
                                           " of %" G_GINT64_FORMAT " observations",
                                           n, expected);
}

static gboolean read_row(plx_store *store, sqlite3_stmt *row, const struct plx_lexicon *lexicon,
                         gboolean raw, struct plx_rowset *rows, GError **error)
{
    const guint8 *const body = sqlite3_column_blob(row, 2);
    const gsize size = (gsize)sqlite3_column_bytes(row, 2);
    const guint32 before = rows->n;
    if (sqlite3_column_int64(row, 3) != plx_crc(body, size))
        return plx_db_damaged(store->db, error, "a row of its inbox");
    return plx_inbox_read(store->db, body, size, lexicon, raw, rows, error) &&
           (rows->n - before == sqlite3_column_int64(row, 1) ||
            plx_db_damaged(store->db, error, "a row of its inbox"));
}

gboolean plx_inbox_next(plx_store *store, const struct plx_lexicon *lexicon, gboolean raw,
                        gint64 *after, struct plx_rowset *rows, GError **error)
{
    plx_rowset_empty(rows);
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT id, rows, body, crc FROM inbox WHERE id > ?1 ORDER BY id", error);
    if (!statement || (*after == 0 && !check_waiting(store->db, error)))
        return FALSE;
    sqlite3_bind_int64(statement, 1, *after);
    int code;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        const gint64 id = sqlite3_column_int64(statement, 0);
        const gint64 n = sqlite3_column_int64(statement, 1);
        /* Flipped bits of ids must not make rows be skipped or read twice. */
        const gboolean ok = (id > *after && n > 0 && n <= BODY_ROWS) ||
                            plx_db_damaged(store->db, error, "a row of its inbox");
        if (ok && n > (gint64)(PLX_BATCH_ROWS - rows->n))
            break;
        if (!ok || !read_row(store, statement, lexicon, raw, rows, error)) {
            sqlite3_reset(statement);
            return FALSE;
        }
        *after = id;
    }
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    if (!plx_rowset_is_sound(rows))
        return plx_db_damaged(store->db, error, "a row of its inbox");
    plx_rowset_days(rows);
    return TRUE;
}

/* Sealing ----------------------------------------------------------------------------------- */

/* The one import that holds what was collected. */
static gboolean find_import(plx_db *db, gint64 *import, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT id FROM import WHERE kind = 'inbox' AND state = 'done'", error);
    const int code = statement ? plx_db_step(db, statement, error) : 0;
    if (code == 0)
        return FALSE;
    if (code == SQLITE_ROW)
        *import = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    if (code == SQLITE_ROW)
        return TRUE;
    if (!plx_db_execute(db,
                        "INSERT INTO import (kind, state, owner, started, file, dataset, keys) "
                        "VALUES ('inbox', 'done', '', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), "
                        "'collected', '', 'encounter')",
                        error))
        return FALSE;
    *import = sqlite3_last_insert_rowid(plx_db_handle(db));
    return TRUE;
}

static gboolean seal_rows(plx_store *store, gint64 import, const struct plx_rowset *rows,
                          const guint32 *measure_code, GError **error)
{
    g_autoptr(plx_encoder) encoder = plx_encoder_new();
    struct plx_block_bytes *const bytes = plx_block_encode(encoder, rows, measure_code);
    g_autoptr(GPtrArray) notes = plx_shelf_notes_of(rows);
    const gboolean ok = plx_shelf_put(store->db, import, bytes, notes, error);
    plx_block_bytes_free(bytes);
    return ok;
}

static gboolean count_sealed(plx_db *db, gint64 import, gint64 *rows, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT coalesce(sum(rows), 0) FROM block WHERE import = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import);
    return plx_db_one(db, statement, rows, error);
}

static gboolean seal_all(plx_store *store, const struct plx_lexicon *lexicon, gint64 import,
                         struct plx_rowset *rows, guint64 *observations, GError **error)
{
    guint32 measure_code[PLX_MEASURES_MAX] = {0};
    gint64 after = 0, before;
    g_autoptr(plx_kept) kept = plx_kept_new();
    if (!plx_keeper_measures(store->map, store->words, store->db, measure_code, error) ||
        !count_sealed(store->db, import, &before, error))
        return FALSE;
    for (*observations = 0;;) {
        if (!plx_inbox_next(store, lexicon, TRUE, &after, rows, error))
            return FALSE;
        if (rows->n == 0)
            break;
        if (!seal_rows(store, import, rows, measure_code, error))
            return FALSE;
        plx_kept_count(kept, rows, measure_code);
        *observations += rows->n;
    }
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "UPDATE import SET observations = observations + ?2, rows = rows + ?2 "
                       "WHERE id = ?1",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import);
    sqlite3_bind_int64(statement, 2, (gint64)*observations);
    return plx_db_run(store->db, statement, error) &&
           plx_kept_append(store, import, (guint64)before, kept, error) &&
           plx_db_execute(store->db,
                          "DELETE FROM inbox; UPDATE fact SET value = 0 WHERE name = 'waiting';",
                          error) &&
           plx_store_changed(store, (gint64)*observations, error);
}

gboolean plx_inbox_seal_within(plx_store *store, guint64 *observations, GError **error)
{
    gint64 waiting, import, generation;
    if (!plx_db_number(store->db, "SELECT count(*) FROM inbox", &waiting, error))
        return FALSE;
    *observations = 0;
    if (waiting == 0)
        return TRUE;
    if (!plx_store_refresh(store, &generation, error) || !plx_store_check_map(store, error) ||
        !find_import(store->db, &import, error))
        return FALSE;
    struct plx_lexicon *const lexicon =
        plx_words_lexicon(store->words, store->map, store->db, error);
    if (!lexicon)
        return FALSE;
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    const gboolean ok = seal_all(store, lexicon, import, &rows, observations, error);
    plx_rowset_clear(&rows);
    plx_lexicon_free(lexicon);
    return ok;
}

gboolean plx_inbox_seal(plx_store *store, guint64 *observations, GError **error)
{
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    return plx_store_end(store, plx_inbox_seal_within(store, observations, error), error);
}
