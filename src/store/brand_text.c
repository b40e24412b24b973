/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/brand_text.h"

#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

/* Text and checksum in one statement, which needs no transaction of its own. */
gboolean plx_brand_text(plx_store *store, char **text, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "SELECT (SELECT value FROM fact WHERE name = 'brand'), "
                       "(SELECT value FROM fact WHERE name = 'brand_crc')",
                       error);
    if (!statement || plx_db_step(store->db, statement, error) != SQLITE_ROW)
        return FALSE;
    char *const found = g_strdup((const char *)sqlite3_column_text(statement, 0));
    const gint64 crc = sqlite3_column_int64(statement, 1);
    sqlite3_reset(statement);
    if (found && crc != plx_crc(found, strlen(found))) {
        g_free(found);
        return plx_db_damaged(store->db, error, "the brand");
    }
    *text = found;
    return TRUE;
}

gboolean plx_brand_text_set_within(plx_store *store, const char *text, GError **error)
{
    if (!plx_db_execute(store->db, "DELETE FROM fact WHERE name IN ('brand', 'brand_crc')", error))
        return FALSE;
    if (!text)
        return TRUE;
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "INSERT INTO fact VALUES ('brand', ?1), ('brand_crc', ?2)", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, text, -1, SQLITE_TRANSIENT);
    sqlite3_bind_int64(statement, 2, plx_crc(text, strlen(text)));
    return plx_db_step(store->db, statement, error) == SQLITE_DONE;
}
