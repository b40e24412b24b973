/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/reveals.h"

#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

static gint64 reveal_crc(const char *audience, const char *shown)
{
    g_autofree char *all = g_strdup_printf("%s\1%s", audience, shown);
    return plx_crc(all, strlen(all));
}

static gboolean add_row(plx_db *db, sqlite3_stmt *row, GArray *reveals, GError **error)
{
    const char *const audience = (const char *)sqlite3_column_text(row, 0);
    const char *const shown = (const char *)sqlite3_column_text(row, 1);
    g_autoptr(GDateTime) time = shown ? g_date_time_new_from_iso8601(shown, NULL) : NULL;
    if (!audience || !time || strlen(audience) > PLX_ID_BYTES_MAX ||
        sqlite3_column_int64(row, 2) != reveal_crc(audience, shown))
        return plx_db_damaged(db, error, "when results were shown");
    struct plx_shown reveal = {.utc_seconds = g_date_time_to_unix(time)};
    g_strlcpy(reveal.audience, audience, sizeof reveal.audience);
    g_array_append_val(reveals, reveal);
    return TRUE;
}

/* In one statement, so that it needs no transaction of its own: how many there are is in each row,
 * and the only one without audience says that there are none. */
static gboolean read_all(plx_db *db, GArray *reveals, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT audience, shown, crc, value FROM fact LEFT JOIN reveal "
                       "WHERE name = 'reveals' ORDER BY audience",
                       error);
    gint64 expected = -1;
    int code;
    if (!statement)
        return FALSE;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 3);
        const gboolean none = sqlite3_column_type(statement, 0) == SQLITE_NULL;
        if (!none && !add_row(db, statement, reveals, error)) {
            sqlite3_reset(statement);
            return FALSE;
        }
    }
    return code == SQLITE_DONE &&
           (expected == reveals->len || plx_db_damaged(db, error, "when results were shown"));
}

gboolean plx_reveals_read(plx_store *store, GArray **reveals, GError **error)
{
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(struct plx_shown));
    if (!read_all(store->db, found, error))
        return FALSE;
    *reveals = g_steal_pointer(&found);
    return TRUE;
}

static gboolean insert(plx_db *db, const char *audience, gint64 utc_seconds, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO reveal (audience, shown, crc) VALUES (?1, ?2, ?3) "
                       "ON CONFLICT (audience) DO NOTHING",
                       error);
    if (!statement)
        return FALSE;
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(utc_seconds);
    g_autofree char *shown = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
    sqlite3_bind_text(statement, 1, audience, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, shown, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, reveal_crc(audience, shown));
    return plx_db_run(db, statement, error) &&
           plx_db_execute(db,
                          "UPDATE fact SET value = (SELECT count(*) FROM reveal) "
                          "WHERE name = 'reveals'",
                          error);
}

static gboolean first_of(const GArray *reveals, const char *audience, gint64 *first)
{
    for (guint i = 0; i < reveals->len; i++) {
        const struct plx_shown *const reveal = &g_array_index(reveals, struct plx_shown, i);
        if (strcmp(reveal->audience, audience) == 0) {
            *first = reveal->utc_seconds;
            return TRUE;
        }
    }
    return FALSE;
}

gboolean plx_reveals_lock(plx_store *store, const char *audience, gint64 utc_seconds, gint64 *first,
                          GError **error)
{
    g_autoptr(GArray) before = NULL;
    gint64 time = utc_seconds;
    if (!plx_reveals_read(store, &before, error))
        return FALSE;
    if (!first_of(before, audience, &time)) {
        /* Another program may show them at the same moment: then its row stays. */
        if (!plx_db_begin_write(store->db, error) ||
            !plx_store_end(store, insert(store->db, audience, utc_seconds, error), error))
            return FALSE;
    }
    if (first)
        *first = time;
    return TRUE;
}

gboolean plx_reveals_lock_within(plx_store *store, const char *audience, gint64 utc_seconds,
                                 GError **error)
{
    return insert(store->db, audience, utc_seconds, error);
}
