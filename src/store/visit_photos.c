/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of visits and walks. */
#include "store/visits_private.h"

#include "base/error.h"
#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

static gint64 photo_crc(gint64 visit, const char *id, gconstpointer bytes, gsize n)
{
    g_autofree char *head = g_strdup_printf("%" G_GINT64_FORMAT "\1%s\1", visit, id);
    const uLong crc = crc32_z(crc32_z(0, NULL, 0), (const Bytef *)head, strlen(head));
    return (gint64)crc32_z(crc, bytes, n);
}

static gboolean insert_photo(plx_db *db, gint64 visit, const char *id, const char *sent,
                             GBytes *kept, GError **error)
{
    sqlite3_stmt *const statement = plx_visits_prepare(
        db, "INSERT INTO visit_photo (visit, id, sent, crc, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
        visit, id, error);
    gsize n;
    gconstpointer bytes = g_bytes_get_data(kept, &n);
    if (!statement)
        return FALSE;
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
    g_autofree char *hash = plx_visits_hash(g_bytes_get_data(sent, NULL), g_bytes_get_size(sent));
    sqlite3_stmt *const statement = plx_visits_prepare(
        store->db, "SELECT sent FROM visit_photo WHERE visit = ?1 AND id = ?2", visit, id, error);
    if (!is_full(store->db, visit, &full, error) ||
        !plx_visits_look(store->db, statement, hash, full, &found, error))
        return FALSE;
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
    sqlite3_stmt *const statement = plx_visits_prepare(
        store->db, "SELECT visit, id, crc, bytes FROM visit_photo WHERE visit = ?1 AND id = ?2",
        visit, id, error);
    if (!statement)
        return NULL;
    const int code = plx_db_step(store->db, statement, error);
    GBytes *const photo = code == SQLITE_ROW ? take_photo(statement) : NULL;
    if (code == SQLITE_ROW && !photo)
        plx_db_damaged(store->db, error, PLX_VISITS_DAMAGED);
    else if (code == SQLITE_DONE)
        plx_error(error, PLX_ERROR_NOT_FOUND, "visit %" G_GINT64_FORMAT " has no picture \"%s\"",
                  visit, id);
    sqlite3_reset(statement);
    return photo;
}

gboolean plx_visits_has_photo(plx_store *store, gint64 visit, const char *id, gboolean *has,
                              GError **error)
{
    sqlite3_stmt *const statement = plx_visits_prepare(
        store->db, "SELECT 1 FROM visit_photo WHERE visit = ?1 AND id = ?2", visit, id, error);
    if (!statement)
        return FALSE;
    const int code = plx_db_step(store->db, statement, error);
    sqlite3_reset(statement);
    if (code == 0)
        return FALSE;
    *has = code == SQLITE_ROW;
    return TRUE;
}

gboolean plx_visits_check_photos(plx_db *db, GError **error)
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
