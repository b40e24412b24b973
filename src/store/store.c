/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_private.h"

#include "base/error.h"
#include "store/crc.h"
#include "store/kept_shelf.h"
#include "store/leftover.h"
#include "store/naming.h"
#include "store/schema.h"

#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#define SECRET_CRC 4

char *plx_store_now(void)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    return g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
}

guint64 plx_store_key(const guint8 secret[PLX_SECRET_BYTES], guint64 key)
{
    const guint64 little = GUINT64_TO_LE(key);
    guint64 hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)&little, sizeof little, secret);
    return GUINT64_FROM_LE(hash);
}

/* Facts ------------------------------------------------------------------------------------- */

static gboolean put_fact(plx_db *db, const char *name, const void *bytes, int n, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "INSERT INTO fact (name, value) VALUES (?1, ?2)", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, bytes, n, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

static gboolean put_facts(plx_store *store, GError **error)
{
    guint8 id[16], secret[PLX_SECRET_BYTES + SECRET_CRC];
    randombytes_buf(id, sizeof id);
    randombytes_buf(store->secret, sizeof store->secret);
    const guint32 crc = GUINT32_TO_LE((guint32)plx_crc(store->secret, PLX_SECRET_BYTES));
    memcpy(secret, store->secret, PLX_SECRET_BYTES);
    memcpy(secret + PLX_SECRET_BYTES, &crc, sizeof crc);
    return plx_db_execute(store->db, "UPDATE fact SET value = 1 WHERE name = 'kept'", error) &&
           put_fact(store->db, "workspace", id, sizeof id, error) &&
           put_fact(store->db, "secret", secret, sizeof secret, error) &&
           plx_db_execute(store->db,
                          "INSERT INTO fact (name, value) VALUES ('generation', 1), "
                          "('observations', 0), ('waiting', 0), ('words', 0), ('maps', 1), "
                          "('amendments', 0), "
                          "('created', strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))",
                          error);
}

/* Sixteen other bytes would be as good a key, but nobody's answers would be found by it. */
static gboolean take_secret(plx_store *store, const guint8 *bytes, int n)
{
    guint32 crc;
    if (n != PLX_SECRET_BYTES + SECRET_CRC)
        return FALSE;
    memcpy(&crc, bytes + PLX_SECRET_BYTES, sizeof crc);
    memcpy(store->secret, bytes, PLX_SECRET_BYTES);
    return GUINT32_FROM_LE(crc) == (guint32)plx_crc(bytes, PLX_SECRET_BYTES);
}

static gboolean read_secret(plx_store *store, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT value FROM fact WHERE name = 'secret'", error);
    if (!statement)
        return FALSE;
    const int code = plx_db_step(store->db, statement, error);
    const gboolean ok = code == SQLITE_ROW && take_secret(store, sqlite3_column_blob(statement, 0),
                                                          sqlite3_column_bytes(statement, 0));
    sqlite3_reset(statement);
    return ok || (code != 0 && plx_db_damaged(store->db, error, "its secret"));
}

/* Opening ----------------------------------------------------------------------------------- */

static gboolean load(plx_store *store, GError **error)
{
    gint64 generation;
    if (!plx_db_begin_read(store->db, error))
        return FALSE;
    store->base = plx_store_load_map(store->db, error);
    store->map = store->base ? plx_store_load_map(store->db, error) : NULL;
    const gboolean ok = store->map && plx_store_read_stamp(store, &store->stamp, error) &&
                        read_secret(store, error) && plx_store_refresh(store, &generation, error);
    plx_db_rollback(store->db);
    return ok;
}

static gboolean fill_new(plx_store *store, const char *yaml, const char *name, GError **error)
{
    if (!plx_schema_create(store->db, error) || !plx_db_begin_write(store->db, error))
        return FALSE;
    if (put_facts(store, error) && plx_store_put_map(store->db, yaml, name, "[]", error))
        return plx_db_commit(store->db, error);
    plx_db_rollback(store->db);
    return FALSE;
}

/* Makes the file under a name that says it is none yet. Until it has its own it needs no log, which
 * would take as much room again. */
static gboolean make_part(const char *part, const char *yaml, const char *name, GError **error)
{
    g_autoptr(plx_store) store = g_new0(plx_store, 1);
    store->mode = PLX_STORE_WRITE;
    store->db = plx_db_open(part, PLX_DB_CREATE, error);
    return store->db && plx_db_execute(store->db, "PRAGMA journal_mode = MEMORY;", error) &&
           fill_new(store, yaml, name, error) &&
           plx_db_execute(store->db, "PRAGMA journal_mode = WAL;", error);
}

/* People know the file by the name it was to get. */
static void use_name(GError *error, const char *part, const char *path)
{
    g_autoptr(GString) message = g_string_new(error->message);
    g_string_replace(message, part, path, 0);
    g_free(error->message);
    error->message = g_string_free(g_steal_pointer(&message), FALSE);
}

plx_store *plx_store_create(const char *path, const char *yaml, const char *name, GError **error)
{
    g_autoptr(plx_map) trial = plx_store_read_map(yaml ? yaml : "", name, error);
    if (!trial)
        return NULL; /* before there is a file */
    if (sodium_init() < 0) {
        plx_error(error, PLX_ERROR_IO, "no random numbers can be had");
        return NULL;
    }
    g_autoptr(GError) cause = NULL;
    g_autofree char *part = plx_naming_part(path, error);
    if (!part)
        return NULL;
    if (!make_part(part, yaml ? yaml : "", name, &cause)) {
        plx_naming_drop(part);
        use_name(cause, part, path);
        g_propagate_error(error, g_steal_pointer(&cause));
        return NULL;
    }
    return plx_naming_give(part, path, error) ? plx_store_open(path, PLX_STORE_WRITE, error) : NULL;
}

/* Imports of before there were kept counts. */
static gboolean make_kept(plx_store *store, GError **error)
{
    gint64 made;
    return plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'kept'", &made, error) &&
           (made || plx_kept_make_missing(store, error));
}

plx_store *plx_store_open(const char *path, enum plx_store_mode mode, GError **error)
{
    if (sodium_init() < 0) {
        plx_error(error, PLX_ERROR_IO, "no random numbers can be had");
        return NULL;
    }
    g_autoptr(plx_store) store = g_new0(plx_store, 1);
    store->mode = mode;
    store->db = plx_db_open(path, mode == PLX_STORE_WRITE ? PLX_DB_WRITE : PLX_DB_READ, error);
    if (!store->db)
        return NULL;
    const gboolean ready = mode == PLX_STORE_WRITE ? plx_schema_migrate(store->db, NULL, error) &&
                                                         plx_leftover_clean(store->db, error)
                                                   : plx_schema_check(store->db, error);
    return ready && load(store, error) && (mode == PLX_STORE_READ || make_kept(store, error))
               ? g_steal_pointer(&store)
               : NULL;
}

/* The secret is left where it is: keys are only written by those who open a workspace. */
plx_store *plx_store_adopt(sqlite3 *handle, GError **error)
{
    gint64 generation;
    g_autoptr(plx_store) store = g_new0(plx_store, 1);
    store->mode = PLX_STORE_READ;
    store->db = plx_db_adopt(handle, error);
    if (!store->db || !plx_schema_check(store->db, error))
        return NULL;
    store->base = plx_store_load_map(store->db, error);
    store->map = store->base ? plx_store_load_map(store->db, error) : NULL;
    return store->map && plx_store_refresh(store, &generation, error) ? g_steal_pointer(&store)
                                                                      : NULL;
}

void plx_store_free(plx_store *store)
{
    if (!store)
        return;
    plx_requests_forget(store);
    plx_store_forget_aside(store);
    plx_words_free(store->words);
    plx_map_free(store->map);
    plx_map_free(store->base);
    plx_db_close(store->db);
    sodium_memzero(store->secret, sizeof store->secret);
    g_free(store->doing);
    g_free(store);
}

gboolean plx_store_is_one(const char *path)
{
    char head[16] = {0};
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
           plx_db_peek(path, head, sizeof head) && memcmp(head, "SQLite format 3", 16) == 0;
}

/* In use ------------------------------------------------------------------------------------ */

gboolean plx_store_refresh(plx_store *store, gint64 *generation, GError **error)
{
    gint64 n_words, now;
    if (!plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'generation'", &now,
                       error) ||
        !plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'words'", &n_words, error))
        return FALSE;
    gint64 known = 0;
    for (guint kind = 0; store->words && kind < PLX_WORD_KINDS; kind++)
        known += plx_words_size(store->words, kind);
    if (!store->words || store->stale || known != n_words) {
        plx_words *const words = plx_words_load(store->db, error);
        if (!words)
            return FALSE;
        plx_words_free(store->words);
        store->words = words;
        store->stale = FALSE;
    }
    *generation = now;
    return TRUE;
}

gboolean plx_store_end(plx_store *store, gboolean ok, GError **error)
{
    const gboolean done = ok && plx_requests_write(store, error) && plx_db_commit(store->db, error);
    g_clear_pointer(&store->doing, g_free);
    if (done)
        return TRUE;
    plx_db_rollback(store->db);
    plx_requests_forget(store);
    store->stale = TRUE;
    store->moved = FALSE;
    return FALSE;
}

gboolean plx_store_changed(plx_store *store, gint64 more, GError **error)
{
    store->moved = TRUE;
    sqlite3_stmt *statement = plx_db_prepare(store->db,
                                             "UPDATE fact SET value = value + iif(name = "
                                             "'generation', 1, ?1) WHERE name IN ('generation', "
                                             "'observations')",
                                             error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, more);
    if (!plx_db_run(store->db, statement, error))
        return FALSE;
    /* Without a condition SQLite would write the pages of an empty table anew, at every answer. */
    return plx_db_do(store->db, "DELETE FROM cache WHERE rowid IS NOT NULL", error);
}

const char *plx_store_path(const plx_store *store)
{
    return plx_db_path(store->db);
}

plx_db *plx_store_db(plx_store *store)
{
    return store->db;
}

plx_map *plx_store_map(plx_store *store)
{
    return store->map;
}

void plx_store_set_waiting(plx_store *store, plx_db_waiting waiting, gpointer data)
{
    plx_db_set_waiting(store->db, waiting, data);
}

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

char **plx_store_segments(plx_store *store, GError **error)
{
    g_autoptr(plx_words) words = plx_words_load(store->db, error);
    if (!words)
        return NULL;
    const guint32 n = plx_words_size(words, PLX_WORD_SEGMENT_KEY);
    char **const keys = g_new0(char *, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++)
        keys[i] = g_strdup(plx_words_get(words, PLX_WORD_SEGMENT_KEY, i + 1)->text);
    qsort(keys, n, sizeof *keys, compare_texts);
    return keys;
}
