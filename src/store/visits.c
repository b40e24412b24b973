/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/visits.h"

#include "base/error.h"
#include "store/acts.h"
#include "store/crc.h"
#include "store/store_private.h"
#include "store/visit_ties.h"

#include <sodium.h>
#include <string.h>

#define HASH_BYTES 32
#define DAMAGED "its visits"

static const struct plx_act_kind kind = {
    .read = "SELECT id, visit, time, author, act, body, crc, value "
            "FROM fact LEFT JOIN visit_act WHERE name = 'visit_acts' ORDER BY id",
    .insert = "INSERT INTO visit_act (id, visit, time, author, act, body, crc) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    .recount = "UPDATE fact SET value = (SELECT count(*) FROM visit_act) "
               "WHERE name = 'visit_acts'",
    .damaged = DAMAGED,
    .changed = "the visits",
};

/* Acts --------------------------------------------------------------------------------------- */

static void free_act(gpointer data)
{
    struct plx_visit_act *const act = data;
    g_free(act->author);
    g_free(act->act);
    g_free(act->body);
    g_free(act);
}

GPtrArray *plx_visits_read(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_acts_read(store->db, &kind, error);
    if (!acts)
        return NULL;
    GPtrArray *const taken = g_ptr_array_new_with_free_func(free_act);
    for (guint i = 0; i < acts->len; i++) {
        struct plx_act *const act = acts->pdata[i];
        struct plx_visit_act *const own = g_new0(struct plx_visit_act, 1);
        own->number = act->number;
        own->visit = act->about;
        own->utc_seconds = act->utc_seconds;
        own->author = g_steal_pointer(&act->author);
        own->act = g_steal_pointer(&act->act);
        own->body = g_steal_pointer(&act->body);
        g_ptr_array_add(taken, own);
    }
    return taken;
}

gboolean plx_visits_write(plx_store *store, plx_visits_work work, gpointer data, GError **error)
{
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(store, work(store, data, error), error);
}

gboolean plx_visits_add_within(plx_store *store, const struct plx_visit_act *act, GError **error)
{
    gint64 n = 0;
    const struct plx_act made = {act->number, act->visit, act->utc_seconds,
                                 act->author, act->act,   act->body};
    return plx_db_number(store->db, "SELECT count(*) FROM visit_act", &n, error) &&
           plx_acts_add(store->db, &kind, &made, n, error);
}

/* Shoppers ----------------------------------------------------------------------------------- */

/* *shopper stays 0 when there is none. */
static gboolean find_shopper(plx_db *db, const char *name, gint64 *shopper, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT id FROM shopper WHERE name = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    const int code = plx_db_step(db, statement, error);
    if (code == SQLITE_ROW)
        *shopper = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return code != 0;
}

gboolean plx_visits_shopper_within(plx_store *store, const char *name, gint64 *shopper,
                                   GError **error)
{
    gint64 found = 0;
    if (!find_shopper(store->db, name, &found, error))
        return FALSE;
    if (found == 0) {
        sqlite3_stmt *const statement =
            plx_db_prepare(store->db, "INSERT INTO shopper (name) VALUES (?1)", error);
        if (!statement)
            return FALSE;
        sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
        if (!plx_db_run(store->db, statement, error))
            return FALSE;
        found = sqlite3_last_insert_rowid(plx_db_handle(store->db));
    }
    *shopper = found;
    return TRUE;
}

char *plx_visits_shopper(plx_store *store, gint64 shopper, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT name FROM shopper WHERE id = ?1", error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, shopper);
    char *name = NULL;
    const int code = plx_db_step(store->db, statement, error);
    if (code == SQLITE_ROW)
        name = g_strdup((const char *)sqlite3_column_text(statement, 0));
    else if (code == SQLITE_DONE)
        plx_db_damaged(store->db, error, DAMAGED);
    sqlite3_reset(statement);
    return name;
}

/* What came in ------------------------------------------------------------------------------- */

static char *hash_of(gconstpointer bytes, gsize n)
{
    unsigned char hash[HASH_BYTES];
    char *const text = g_malloc(2 * HASH_BYTES + 1);
    crypto_generichash(hash, sizeof hash, bytes, n, NULL, 0);
    return sodium_bin2hex(text, 2 * HASH_BYTES + 1, hash, sizeof hash);
}

/* Of a statement that gives the hash of what is there under an id. */
static gboolean look(plx_db *db, sqlite3_stmt *statement, gint64 visit, const char *id,
                     const char *hash, enum plx_visit_put *put, GError **error)
{
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    const int code = plx_db_step(db, statement, error);
    *put = PLX_VISIT_PUT_NEW;
    if (code == SQLITE_ROW)
        *put = g_strcmp0((const char *)sqlite3_column_text(statement, 0), hash) == 0
                   ? PLX_VISIT_PUT_AGAIN
                   : PLX_VISIT_PUT_OTHER;
    sqlite3_reset(statement);
    return code != 0;
}

static gboolean insert_report(plx_db *db, gint64 visit, const char *id, const char *hash,
                              const char *body, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT INTO visit_report (visit, id, hash, body) VALUES (?1, ?2, ?3, ?4)", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, body, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error) &&
           plx_db_execute(db,
                          "UPDATE fact SET value = (SELECT count(*) FROM visit_report) "
                          "WHERE name = 'visit_reports'",
                          error);
}

gboolean plx_visits_put_report_within(plx_store *store, gint64 visit, const char *id,
                                      const char *body, enum plx_visit_put *put, GError **error)
{
    enum plx_visit_put found;
    g_autofree char *hash = hash_of(body, strlen(body));
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT hash FROM visit_report WHERE visit = ?1 AND id = ?2", error);
    if (!look(store->db, statement, visit, id, hash, &found, error) ||
        (found == PLX_VISIT_PUT_NEW && !insert_report(store->db, visit, id, hash, body, error)))
        return FALSE;
    *put = found;
    return TRUE;
}

/* A row of (hash, body) is what was sent, or was erased. */
static gboolean is_whole(sqlite3_stmt *row)
{
    const char *const hash = (const char *)sqlite3_column_text(row, 0);
    const char *const body = (const char *)sqlite3_column_text(row, 1);
    g_autofree char *made = body ? hash_of(body, strlen(body)) : NULL;
    return !made || g_strcmp0(made, hash) == 0;
}

char *plx_visits_report(plx_store *store, gint64 visit, const char *id, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT hash, body FROM visit_report WHERE visit = ?1 AND id = ?2", error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    char *body = NULL;
    const int code = plx_db_step(store->db, statement, error);
    if (code == SQLITE_ROW && !is_whole(statement))
        plx_db_damaged(store->db, error, DAMAGED);
    else if (code == SQLITE_ROW && sqlite3_column_type(statement, 1) != SQLITE_NULL)
        body = g_strdup((const char *)sqlite3_column_text(statement, 1));
    else if (code != 0)
        plx_error(error, PLX_ERROR_NOT_FOUND, "what was told of visit %" G_GINT64_FORMAT " %s",
                  visit, code == SQLITE_ROW ? "was erased" : "is not there");
    sqlite3_reset(statement);
    return body;
}

/* Pictures ----------------------------------------------------------------------------------- */

static gint64 photo_crc(gint64 visit, const char *id, gconstpointer bytes, gsize n)
{
    g_autofree char *head = g_strdup_printf("%" G_GINT64_FORMAT "\1%s\1", visit, id);
    const uLong crc = crc32_z(crc32_z(0, NULL, 0), (const Bytef *)head, strlen(head));
    return (gint64)crc32_z(crc, bytes, n);
}

static gboolean insert_photo(plx_db *db, gint64 visit, const char *id, const char *sent,
                             GBytes *kept, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "INSERT INTO visit_photo (visit, id, sent, crc, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
        error);
    gsize n;
    gconstpointer bytes = g_bytes_get_data(kept, &n);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, sent, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, photo_crc(visit, id, bytes, n));
    sqlite3_bind_blob64(statement, 5, bytes, n, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

/* Many tell of one walk: none of them keeps the others from telling. */
static gboolean is_full(plx_db *db, gint64 visit, gboolean *full, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT count(*), EXISTS (SELECT 1 FROM visit_act "
                       "WHERE visit = ?1 AND act = 'walk') FROM visit_photo WHERE visit = ?1",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, visit);
    const gboolean ok = plx_db_step(db, statement, error) == SQLITE_ROW;
    if (ok)
        *full = sqlite3_column_int64(statement, 0) >=
                (sqlite3_column_int(statement, 1) ? PLX_WALK_PHOTOS_MAX : PLX_VISIT_PHOTOS_MAX);
    sqlite3_reset(statement);
    return ok;
}

gboolean plx_visits_put_photo_within(plx_store *store, gint64 visit, const char *id, GBytes *sent,
                                     GBytes *kept, enum plx_visit_put *put, GError **error)
{
    enum plx_visit_put found;
    gboolean full = FALSE;
    g_autofree char *hash = hash_of(g_bytes_get_data(sent, NULL), g_bytes_get_size(sent));
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT sent FROM visit_photo WHERE visit = ?1 AND id = ?2", error);
    if (!look(store->db, statement, visit, id, hash, &found, error) ||
        !is_full(store->db, visit, &full, error))
        return FALSE;
    if (found == PLX_VISIT_PUT_NEW && full)
        found = PLX_VISIT_PUT_FULL;
    if (found == PLX_VISIT_PUT_NEW && !insert_photo(store->db, visit, id, hash, kept, error))
        return FALSE;
    *put = found;
    return TRUE;
}

/* NULL, without an error, when the row is damaged. */
static GBytes *take_photo(sqlite3_stmt *row)
{
    const char *const id = (const char *)sqlite3_column_text(row, 1);
    gconstpointer bytes = sqlite3_column_blob(row, 3);
    const gsize n = (gsize)sqlite3_column_bytes(row, 3);
    if (!id || !bytes ||
        sqlite3_column_int64(row, 2) != photo_crc(sqlite3_column_int64(row, 0), id, bytes, n))
        return NULL;
    return g_bytes_new(bytes, n);
}

GBytes *plx_visits_photo(plx_store *store, gint64 visit, const char *id, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT visit, id, crc, bytes FROM visit_photo WHERE visit = ?1 AND id = ?2",
        error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    GBytes *const photo = code == SQLITE_ROW ? take_photo(statement) : NULL;
    if (code == SQLITE_ROW && !photo)
        plx_db_damaged(store->db, error, DAMAGED);
    else if (code == SQLITE_DONE)
        plx_error(error, PLX_ERROR_NOT_FOUND, "visit %" G_GINT64_FORMAT " has no picture \"%s\"",
                  visit, id);
    sqlite3_reset(statement);
    return photo;
}

gboolean plx_visits_has_photo(plx_store *store, gint64 visit, const char *id, gboolean *has,
                              GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT 1 FROM visit_photo WHERE visit = ?1 AND id = ?2", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, visit);
    sqlite3_bind_text(statement, 2, id, -1, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    *has = code == SQLITE_ROW;
    return TRUE;
}

/* Checking ----------------------------------------------------------------------------------- */

static gboolean check_reports(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT hash, body, value FROM fact LEFT JOIN visit_report "
                       "WHERE name = 'visit_reports'",
                       error);
    gint64 n = 0, expected = -1;
    int code;
    if (!statement)
        return FALSE;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 2);
        n += sqlite3_column_type(statement, 0) != SQLITE_NULL;
        if (!is_whole(statement)) {
            sqlite3_reset(statement);
            return plx_db_damaged(db, error, DAMAGED);
        }
    }
    return code == SQLITE_DONE && (n == expected || plx_db_damaged(db, error, DAMAGED));
}

static gboolean check_photos(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT visit, id, crc, bytes FROM visit_photo", error);
    int code;
    if (!statement)
        return FALSE;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        g_autoptr(GBytes) photo = take_photo(statement);
        if (!photo) {
            sqlite3_reset(statement);
            return plx_db_damaged(db, error, "the pictures of its visits");
        }
    }
    return code == SQLITE_DONE;
}

gboolean plx_visits_check(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_visits_read(store, error);
    return acts && check_reports(store->db, error) && check_photos(store->db, error) &&
           plx_visit_ties_check(store, error);
}

/* Erasing ------------------------------------------------------------------------------------ */

gboolean plx_visits_find_shopper(plx_store *store, const char *name, gint64 *shopper,
                                 GError **error)
{
    gint64 found = 0;
    if (!find_shopper(store->db, name, &found, error))
        return FALSE;
    if (found == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "no shopper is called \"%s\"", name);
    *shopper = found;
    return TRUE;
}

static gboolean run_on(plx_db *db, const char *sql, gint64 number, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, number);
    return plx_db_run(db, statement, error);
}

static gboolean forget(plx_db *db, const struct plx_visits_forgotten *forgotten, guint64 *reports,
                       GError **error)
{
    *reports = 0;
    for (gsize i = 0; i < forgotten->n_visits; i++) {
        const gint64 visit = forgotten->visits[i];
        if (!run_on(db, "UPDATE visit_report SET body = NULL WHERE visit = ?1 AND body NOT NULL",
                    visit, error))
            return FALSE;
        *reports += (guint64)sqlite3_changes(plx_db_handle(db));
        if (!run_on(db, "DELETE FROM visit_photo WHERE visit = ?1", visit, error) ||
            !run_on(db, "DELETE FROM visit_tie WHERE visit = ?1", visit, error))
            return FALSE;
    }
    for (gsize i = 0; i < forgotten->n_shoppers; i++)
        if (!run_on(db, "UPDATE shopper SET name = NULL WHERE id = ?1", forgotten->shoppers[i],
                    error))
            return FALSE;
    return TRUE;
}

gboolean plx_visits_forget(plx_store *store, const struct plx_visits_forgotten *forgotten,
                           gboolean dry_run, guint64 *reports, GError **error)
{
    guint64 found;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    const gboolean ok = forget(store->db, forgotten, &found, error);
    if (ok && dry_run)
        plx_db_rollback(store->db);
    else if (!plx_store_end(store, ok, error) || !plx_db_empty_log(store->db, error))
        return FALSE;
    *reports = found;
    return TRUE;
}
