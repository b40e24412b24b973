/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/steps.h"

#include "base/error.h"
#include "store/crc.h"
#include "store/store_private.h"

#include <string.h>

#define DAMAGED "its steps"

static void free_act(gpointer data)
{
    struct plx_step_act *const act = data;
    g_free(act->author);
    g_free(act->act);
    g_free(act->body);
    g_free(act);
}

static gint64 act_crc(gint64 step, const char *time, const char *author, const char *act,
                      const char *body)
{
    g_autofree char *all =
        g_strdup_printf("%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%s", step, time, author, act, body);
    return plx_crc(all, strlen(all));
}

/* Of the row that a statement stands on. Numbers have no gaps; those of steps neither, and each
 * begins with its only "add". */
static gboolean add_row(plx_db *db, sqlite3_stmt *row, GPtrArray *acts, gint64 *steps,
                        GError **error)
{
    const gint64 number = sqlite3_column_int64(row, 0), step = sqlite3_column_int64(row, 1);
    const char *const time = (const char *)sqlite3_column_text(row, 2);
    const char *const author = (const char *)sqlite3_column_text(row, 3);
    const char *const act = (const char *)sqlite3_column_text(row, 4);
    const char *const body = (const char *)sqlite3_column_text(row, 5);
    g_autoptr(GDateTime) when = time ? g_date_time_new_from_iso8601(time, NULL) : NULL;
    if (!when || !author || !act || !body || number != acts->len + 1 ||
        sqlite3_column_int64(row, 6) != act_crc(step, time, author, act, body))
        return plx_db_damaged(db, error, DAMAGED);
    const gboolean is_new = strcmp(act, "add") == 0;
    if (is_new ? step != *steps + 1 : step < 1 || step > *steps)
        return plx_db_damaged(db, error, DAMAGED);
    *steps += is_new ? 1 : 0;
    struct plx_step_act *const read = g_new0(struct plx_step_act, 1);
    read->number = number;
    read->step = step;
    read->utc_seconds = g_date_time_to_unix(when);
    read->author = g_strdup(author);
    read->act = g_strdup(act);
    read->body = g_strdup(body);
    g_ptr_array_add(acts, read);
    return TRUE;
}

/* In one statement, as in reveals.c: how many there are is in each row, and the only one without
 * a number says that there are none. */
static gboolean read_all(plx_db *db, GPtrArray *acts, gint64 *steps, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT id, step, time, author, act, body, crc, value "
                       "FROM fact LEFT JOIN step_act WHERE name = 'step_acts' ORDER BY id",
                       error);
    gint64 expected = -1;
    int code;
    if (!statement)
        return FALSE;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 7);
        const gboolean none = sqlite3_column_type(statement, 0) == SQLITE_NULL;
        if (!none && !add_row(db, statement, acts, steps, error)) {
            sqlite3_reset(statement);
            return FALSE;
        }
    }
    return code == SQLITE_DONE && (expected == acts->len || plx_db_damaged(db, error, DAMAGED));
}

GPtrArray *plx_steps_read(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func(free_act);
    gint64 steps = 0;
    return read_all(store->db, acts, &steps, error) ? g_steal_pointer(&acts) : NULL;
}

gboolean plx_steps_count(plx_store *store, gint64 *steps, GError **error)
{
    return plx_db_number(store->db, "SELECT count(*) FROM step_act WHERE act = 'add'", steps,
                         error);
}

static gboolean insert(plx_db *db, const struct plx_step_act *act, gint64 step, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO step_act (id, step, time, author, act, body, crc) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                       error);
    g_autoptr(GDateTime) when = g_date_time_new_from_unix_utc(act->utc_seconds);
    if (!statement)
        return FALSE;
    g_autofree char *time = g_date_time_format(when, "%Y-%m-%dT%H:%M:%SZ");
    sqlite3_bind_int64(statement, 1, act->number + 1);
    sqlite3_bind_int64(statement, 2, step);
    sqlite3_bind_text(statement, 3, time, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, act->author, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, act->act, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, act->body, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 7, act_crc(step, time, act->author, act->act, act->body));
    return plx_db_run(db, statement, error) &&
           plx_db_execute(db,
                          "UPDATE fact SET value = (SELECT count(*) FROM step_act) "
                          "WHERE name = 'step_acts'",
                          error);
}

/* Within the write transaction. */
static gboolean add(plx_db *db, const struct plx_step_act *act, gint64 *step, GError **error)
{
    g_autoptr(GPtrArray) acts = g_ptr_array_new_with_free_func(free_act);
    gint64 steps = 0;
    if (!read_all(db, acts, &steps, error))
        return FALSE;
    if (act->number != acts->len)
        return plx_error(error, PLX_ERROR_IO,
                         "%s: another program changed the steps meanwhile; nothing was changed. Do "
                         "it again",
                         plx_db_path(db));
    if (act->step > steps)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: there is no step %" G_GINT64_FORMAT,
                         plx_db_path(db), act->step);
    *step = act->step > 0 ? act->step : steps + 1;
    return insert(db, act, *step, error);
}

gboolean plx_steps_add(plx_store *store, const struct plx_step_act *act, gint64 *step,
                       GError **error)
{
    gint64 number = 0;
    g_return_val_if_fail((act->step == 0) == (strcmp(act->act, "add") == 0), FALSE);
    if (!plx_db_begin_write(store->db, error) ||
        !plx_store_end(store, add(store->db, act, &number, error), error))
        return FALSE;
    if (step)
        *step = number;
    return TRUE;
}
