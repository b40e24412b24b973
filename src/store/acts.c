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

/* Of the row that a statement stands on; NULL: it was changed. */
static struct plx_act *read_row(sqlite3_stmt *row)
{
    const gint64 about = sqlite3_column_int64(row, 1);
    const char *const time = (const char *)sqlite3_column_text(row, 2);
    const char *const author = (const char *)sqlite3_column_text(row, 3);
    const char *const act = (const char *)sqlite3_column_text(row, 4);
    const char *const body = (const char *)sqlite3_column_text(row, 5);
    g_autoptr(GDateTime) when = time ? g_date_time_new_from_iso8601(time, NULL) : NULL;
    if (!when || !author || !act || !body ||
        sqlite3_column_int64(row, 6) != act_crc(about, time, author, act, body))
        return NULL;
    struct plx_act *const read = g_new0(struct plx_act, 1);
    *read = (struct plx_act){sqlite3_column_int64(row, 0),
                             about,
                             g_date_time_to_unix(when),
                             g_strdup(author),
                             g_strdup(act),
                             g_strdup(body)};
    return read;
}

/* In one statement, as in reveals.c: how many there should be is in each row, and the only one
 * without a number says that there are none. `whole`: all of them, numbered without gaps; else how
 * many of one thing there should be stands behind how many there are of all. */
static GPtrArray *read_rows(plx_db *db, const struct plx_act_kind *kind, sqlite3_stmt *statement,
                            gboolean whole, gint64 *last, GError **error)
{
    g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func(free_act);
    gint64 all = -1, expected = -1, before = 0;
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        all = sqlite3_column_int64(statement, 7);
        expected = sqlite3_column_int64(statement, whole ? 7 : 8);
        if (sqlite3_column_type(statement, 0) == SQLITE_NULL)
            continue;
        struct plx_act *const act = read_row(statement);
        if (act)
            g_ptr_array_add(acts, act);
        if (!act ||
            (whole ? act->number != before + 1 : act->number <= before || act->number > all)) {
            sqlite3_reset(statement);
            plx_db_damaged(db, error, "%s", kind->damaged);
            return NULL;
        }
        before = act->number;
    }
    if (code != SQLITE_DONE ||
        (expected != acts->len && !plx_db_damaged(db, error, "%s", kind->damaged)))
        return NULL;
    *last = all;
    return g_steal_pointer(&acts);
}

GPtrArray *plx_acts_read(plx_db *db, const struct plx_act_kind *kind, GError **error)
{
    gint64 last;
    sqlite3_stmt *const statement = plx_db_prepare(db, kind->read, error);
    return statement ? read_rows(db, kind, statement, TRUE, &last, error) : NULL;
}

GPtrArray *plx_acts_of(plx_db *db, const struct plx_act_kind *kind, gint64 about, gint64 *last,
                       GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, kind->of, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, about);
    return read_rows(db, kind, statement, FALSE, last, error);
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

static gboolean count_one(plx_db *db, const struct plx_act_kind *kind, gint64 about, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, kind->count, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, about);
    return plx_db_run(db, statement, error);
}

gboolean plx_acts_add(plx_db *db, const struct plx_act_kind *kind, const struct plx_act *act,
                      gint64 n, GError **error)
{
    if (act->number != n)
        return plx_error(error, PLX_ERROR_IO,
                         "%s: another program changed %s meanwhile; nothing was changed. Do it "
                         "again",
                         plx_db_path(db), kind->changed);
    return insert(db, kind, act, error) && (!kind->count || count_one(db, kind, act->about, error));
}
