/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of a workshop and their devices. */

#include "store/gathering_private.h"

#include "base/error.h"
#include "store/crc.h"
#include "store/ticket.h"

#include <stdarg.h>
#include <string.h>

void plx_seat_free(struct plx_seat *seat)
{
    if (!seat)
        return;
    g_free(seat->table);
    g_free(seat->audience);
    g_free(seat->person);
    g_free(seat);
}

void plx_gathered_free(struct plx_gathered *table)
{
    g_free(table->name);
    g_free(table->audience);
    g_free(table);
}

/* Rows --------------------------------------------------------------------------------------- */

char *plx_gathering_text(sqlite3_stmt *row, int column)
{
    return g_strdup((const char *)sqlite3_column_text(row, column));
}

gint plx_gathering_number(sqlite3_stmt *row, int column, gint none)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? none : sqlite3_column_int(row, column);
}

sqlite3_stmt *plx_gathering_prepare(plx_db *db, const char *sql,
                                    const struct plx_gathering *gathering, const char *table,
                                    GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, gathering->id);
    if (table)
        sqlite3_bind_text(statement, 2, table, -1, SQLITE_STATIC);
    return statement;
}

GPtrArray *plx_gathering_rows(plx_db *db, sqlite3_stmt *statement, gint64 gathering,
                              gpointer (*make)(sqlite3_stmt *row, gint64 gathering),
                              GDestroyNotify release, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(release);
    int code = 0;
    while (statement && (code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        gpointer const one = make(statement, gathering);
        if (!one) {
            sqlite3_reset(statement);
            plx_db_damaged(db, error, PLX_GATHERINGS_DAMAGED);
            return NULL;
        }
        g_ptr_array_add(all, one);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&all) : NULL;
}

gpointer plx_gathering_only(const GPtrArray *found, const char *none, GError **error)
{
    if (found && found->len == 0)
        plx_error(error, PLX_ERROR_NOT_FOUND, "%s", none);
    return found && found->len > 0 ? found->pdata[0] : NULL;
}

gint64 plx_gathering_crc(const char *format, ...)
{
    va_list parts;
    va_start(parts, format);
    g_autofree char *all = g_strdup_vprintf(format, parts);
    va_end(parts);
    return plx_crc(all, strlen(all));
}

gboolean plx_gathering_count(plx_db *db, gint64 more, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "UPDATE fact SET value = value + ?1 WHERE name = 'gathering_rows'", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, more);
    return plx_db_run(db, statement, error);
}

/* Devices ------------------------------------------------------------------------------------ */

static gint64 table_crc(gint64 gathering, const char *name, const char *audience, gint people)
{
    return plx_gathering_crc("%" G_GINT64_FORMAT "\1%s\1%s\1%d", gathering, name, audience, people);
}

static void free_table(gpointer table)
{
    plx_gathered_free(table);
}

static gpointer make_table(sqlite3_stmt *row, gint64 gathering)
{
    struct plx_gathered *const table = g_new0(struct plx_gathered, 1);
    table->name = plx_gathering_text(row, 0);
    table->audience = plx_gathering_text(row, 1);
    table->people = sqlite3_column_int(row, 2);
    table->guessers = sqlite3_column_int(row, 3);
    table->guesses = sqlite3_column_int(row, 4);
    table->answers = sqlite3_column_int(row, 5);
    if (sqlite3_column_int64(row, 6) ==
        table_crc(gathering, table->name, table->audience, table->people))
        return table;
    plx_gathered_free(table);
    return NULL;
}

GPtrArray *plx_gathering_tables(plx_store *store, const struct plx_gathering *gathering,
                                GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "SELECT name, audience, people, "
        "(SELECT count(DISTINCT person) FROM gathering_guess AS g "
        "WHERE g.gathering = ?1 AND g.name = t.name), "
        "(SELECT count(*) FROM gathering_guess AS g "
        "WHERE g.gathering = ?1 AND g.name = t.name), "
        "(SELECT count(*) FROM gathering_answer AS a "
        "WHERE a.gathering = ?1 AND a.name = t.name), crc "
        "FROM gathering_table AS t WHERE gathering = ?1 ORDER BY length(name), name",
        gathering, NULL, error);
    return plx_gathering_rows(db, statement, gathering->id, make_table, free_table, error);
}

/* Of a device: `key` is PLX_TICKET_HASH bytes. */
static gint64 seat_crc(gint64 gathering, const struct plx_seat *seat, const guint8 *key)
{
    g_autofree char *hash = g_base64_encode(key, PLX_TICKET_HASH);
    return plx_gathering_crc("%" G_GINT64_FORMAT "\1%s\1%s\1%d\1%s", gathering, seat->table,
                             seat->person, seat->seen, hash);
}

/* A table, as a seat of nobody. */
static gpointer make_known(sqlite3_stmt *row, gint64 gathering)
{
    g_autoptr(plx_seat) seat = g_new0(struct plx_seat, 1);
    seat->table = plx_gathering_text(row, 0);
    seat->audience = plx_gathering_text(row, 1);
    seat->people = sqlite3_column_int(row, 2);
    return sqlite3_column_int64(row, 3) ==
                   table_crc(gathering, seat->table, seat->audience, seat->people)
               ? g_steal_pointer(&seat)
               : NULL;
}

#define SEAT                                                                                       \
    "SELECT name, audience, people, gathering_table.crc, person, seen, key, gathering_seat.crc "   \
    "FROM gathering_seat JOIN gathering_table USING (gathering, name) WHERE gathering = ?1 "

static gpointer make_seat(sqlite3_stmt *row, gint64 gathering)
{
    g_autoptr(plx_seat) seat = make_known(row, gathering);
    if (!seat || sqlite3_column_bytes(row, 6) != PLX_TICKET_HASH)
        return NULL;
    seat->person = plx_gathering_text(row, 4);
    seat->seen = sqlite3_column_int(row, 5) != 0;
    return sqlite3_column_int64(row, 7) == seat_crc(gathering, seat, sqlite3_column_blob(row, 6))
               ? g_steal_pointer(&seat)
               : NULL;
}

struct plx_seat *plx_gathering_seat(plx_store *store, const struct plx_gathering *gathering,
                                    const char *token, GError **error)
{
    plx_db *const db = plx_store_db(store);
    guint8 key[PLX_TICKET_HASH];
    sqlite3_stmt *const statement =
        plx_gathering_prepare(db, SEAT "AND key = ?2", gathering, NULL, error);
    if (!statement)
        return NULL;
    plx_ticket_hash(token, strlen(token), key);
    sqlite3_bind_blob(statement, 2, key, sizeof key, SQLITE_STATIC);
    g_autoptr(GPtrArray) found =
        plx_gathering_rows(db, statement, gathering->id, make_seat, NULL, error);
    return plx_gathering_only(found, "there is no such place in this workshop", error);
}

/* The table as it is there; NULL without an error: it is not. */
static gboolean find_table(plx_db *db, const struct plx_gathering *gathering, const char *table,
                           struct plx_seat **there, GError **error)
{
    sqlite3_stmt *const statement =
        plx_gathering_prepare(db,
                              "SELECT name, audience, people, crc FROM gathering_table "
                              "WHERE gathering = ?1 AND name = ?2",
                              gathering, table, error);
    g_autoptr(GPtrArray) found =
        plx_gathering_rows(db, statement, gathering->id, make_known, NULL, error);
    if (!found)
        return FALSE;
    *there = found->len > 0 ? found->pdata[0] : NULL;
    return TRUE;
}

static gboolean add_table(plx_db *db, const struct plx_gathering *gathering,
                          const struct plx_seat *seat, GError **error)
{
    gint64 n;
    if (!plx_db_one(
            db,
            plx_gathering_prepare(db, "SELECT count(*) FROM gathering_table WHERE gathering = ?1",
                                  gathering, NULL, error),
            &n, error))
        return FALSE;
    if (n >= PLX_TABLES_MAX)
        return plx_error(error, PLX_ERROR_NOT_SHOWN, "there are %d tables already", PLX_TABLES_MAX);
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "INSERT INTO gathering_table (gathering, name, audience, people, crc) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 3, seat->audience, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 4, seat->people);
    sqlite3_bind_int64(statement, 5,
                       table_crc(gathering->id, seat->table, seat->audience, seat->people));
    return plx_db_run(db, statement, error) && plx_gathering_count(db, 1, error);
}

/* The table is there, as the seat has it. */
static gboolean settle_table(plx_db *db, const struct plx_gathering *gathering,
                             const struct plx_seat *seat, struct plx_seat **there, GError **error)
{
    g_autoptr(plx_seat) known = NULL;
    if (!find_table(db, gathering, seat->table, &known, error))
        return FALSE;
    if (!known)
        return add_table(db, gathering, seat, error);
    if (strcmp(known->audience, seat->audience) == 0 && known->people == seat->people)
        return TRUE;
    *there = g_steal_pointer(&known);
    return plx_error(error, PLX_ERROR_INPUT, "table %s is there already, of %d %s", seat->table,
                     (*there)->people, (*there)->audience);
}

/* There is room for one more, and nobody of the name. */
static gboolean is_free(plx_db *db, const struct plx_gathering *gathering,
                        const struct plx_seat *seat, GError **error)
{
    gint64 n, same;
    sqlite3_stmt *const all = plx_gathering_prepare(
        db, "SELECT count(*) FROM gathering_seat WHERE gathering = ?1", gathering, NULL, error);
    if (!plx_db_one(db, all, &n, error))
        return FALSE;
    sqlite3_stmt *const namesakes = plx_gathering_prepare(
        db,
        "SELECT count(*) FROM gathering_seat JOIN gathering_table USING (gathering, name) "
        "WHERE gathering = ?1 AND audience = ?2 AND person = ?3 AND person != ''",
        gathering, seat->audience, error);
    if (namesakes)
        sqlite3_bind_text(namesakes, 3, seat->person, -1, SQLITE_STATIC);
    if (!plx_db_one(db, namesakes, &same, error))
        return FALSE;
    if (same > 0)
        return plx_error(error, PLX_ERROR_USAGE, "somebody is here as %s already", seat->person);
    return n < PLX_TABLES_MAX ||
           plx_error(error, PLX_ERROR_NOT_SHOWN, "there are %d devices already", PLX_TABLES_MAX);
}

gboolean plx_gathering_join_within(plx_store *store, const struct plx_gathering *gathering,
                                   const struct plx_seat *seat, char **token,
                                   struct plx_seat **there, GError **error)
{
    plx_db *const db = plx_store_db(store);
    guint8 key[PLX_TICKET_HASH];
    if (!settle_table(db, gathering, seat, there, error) || !is_free(db, gathering, seat, error))
        return FALSE;
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "INSERT INTO gathering_seat (gathering, name, key, person, seen, crc) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        gathering, seat->table, error);
    if (!statement)
        return FALSE;
    g_autofree char *made = plx_ticket_new();
    plx_ticket_hash(made, strlen(made), key);
    sqlite3_bind_blob(statement, 3, key, sizeof key, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, seat->person, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 5, seat->seen);
    sqlite3_bind_int64(statement, 6, seat_crc(gathering->id, seat, key));
    if (!plx_db_run(db, statement, error) || !plx_gathering_count(db, 1, error) ||
        !plx_gathering_move_within(store, gathering, error))
        return FALSE;
    *token = g_steal_pointer(&made);
    return TRUE;
}

static void free_seat(gpointer seat)
{
    plx_seat_free(seat);
}

gboolean plx_gathering_check_seats(plx_store *store, const struct plx_gathering *gathering,
                                   GError **error)
{
    plx_db *const db = plx_store_db(store);
    g_autoptr(GPtrArray) tables = plx_gathering_tables(store, gathering, error);
    g_autoptr(GPtrArray) seats =
        tables ? plx_gathering_rows(db, plx_gathering_prepare(db, SEAT, gathering, NULL, error),
                                    gathering->id, make_seat, free_seat, error)
               : NULL;
    return seats != NULL;
}
