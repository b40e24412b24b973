/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/acts.h"

#include "base/error.h"
#include "store/crc.h"

#include <string.h>

static void free_act(gpointer data)
{
    struct plx_act *const act = data;
    g_free(act->author);
    g_free(act->act);
    g_free(act->body);
    g_free(act);
}

static gint64 act_crc(gint64 about, const char *time, const char *author, const char *act,
                      const char *body)
{
    g_autofree char *all =
        g_strdup_printf("%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%s", about, time, author, act, body);
    return plx_crc(all, strlen(all));
}

/* Of the row that a statement stands on. */
static gboolean add_row(sqlite3_stmt *row, GPtrArray *acts)
{
    const gint64 number = sqlite3_column_int64(row, 0), about = sqlite3_column_int64(row, 1);
    const char *const time = (const char *)sqlite3_column_text(row, 2);
    const char *const author = (const char *)sqlite3_column_text(row, 3);
    const char *const act = (const char *)sqlite3_column_text(row, 4);
    const char *const body = (const char *)sqlite3_column_text(row, 5);
    g_autoptr(GDateTime) when = time ? g_date_time_new_from_iso8601(time, NULL) : NULL;
    if (!when || !author || !act || !body || number != acts->len + 1 ||
        sqlite3_column_int64(row, 6) != act_crc(about, time, author, act, body))
        return FALSE;
    struct plx_act *const read = g_new0(struct plx_act, 1);
    read->number = number;
    read->about = about;
    read->utc_seconds = g_date_time_to_unix(when);
    read->author = g_strdup(author);
    read->act = g_strdup(act);
    read->body = g_strdup(body);
    g_ptr_array_add(acts, read);
    return TRUE;
}

/* In one statement, as in reveals.c: how many there are is in each row, and the only one without
 * a number says that there are none. */
GPtrArray *plx_acts_read(plx_db *db, const struct plx_act_kind *kind, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, kind->read, error);
    g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func(free_act);
    gint64 expected = -1;
    int code;
    if (!statement)
        return NULL;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 7);
        const gboolean none = sqlite3_column_type(statement, 0) == SQLITE_NULL;
        if (!none && !add_row(statement, acts)) {
            sqlite3_reset(statement);
            plx_db_damaged(db, error, "%s", kind->damaged);
            return NULL;
        }
    }
    if (code != SQLITE_DONE ||
        (expected != acts->len && !plx_db_damaged(db, error, "%s", kind->damaged)))
        return NULL;
    return g_steal_pointer(&acts);
}

static gboolean insert(plx_db *db, const struct plx_act_kind *kind, const struct plx_act *act,
                       GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, kind->insert, error);
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(act->utc_seconds);
    if (!statement)
        return FALSE;
    g_autofree char *time = g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ");
    sqlite3_bind_int64(statement, 1, act->number + 1);
    sqlite3_bind_int64(statement, 2, act->about);
    sqlite3_bind_text(statement, 3, time, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, act->author, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, act->act, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, act->body, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 7, act_crc(act->about, time, act->author, act->act, act->body));
    return plx_db_run(db, statement, error) && plx_db_execute(db, kind->recount, error);
}

gboolean plx_acts_add(plx_db *db, const struct plx_act_kind *kind, const struct plx_act *act,
                      gint64 n, GError **error)
{
    if (act->number != n)
        return plx_error(error, PLX_ERROR_IO,
                         "%s: another program changed %s meanwhile; nothing was changed. Do it "
                         "again",
                         plx_db_path(db), kind->changed);
    return insert(db, kind, act, error);
}
