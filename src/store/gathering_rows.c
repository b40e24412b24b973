/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables of a workshop, their devices, and what they say. */

#include "base/error.h"
#include "store/gatherings.h"
#include "store/ticket.h"

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

void plx_seat_guess_free(struct plx_seat_guess *guess)
{
    g_free(guess->table);
    g_free(guess->audience);
    g_free(guess->person);
    g_free(guess->point);
    g_free(guess);
}

void plx_seat_answer_free(struct plx_seat_answer *answer)
{
    g_free(answer->table);
    g_free(answer->audience);
    g_free(answer->prompt);
    g_free(answer->note);
    g_free(answer);
}

static char *text_of(sqlite3_stmt *row, int column)
{
    return g_strdup((const char *)sqlite3_column_text(row, column));
}

static gint number_or(sqlite3_stmt *row, int column, gint none)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? none : sqlite3_column_int(row, column);
}

/* A statement of one workshop, and (where not NULL) one table of it. */
static sqlite3_stmt *prepare(plx_db *db, const char *sql, const struct plx_gathering *gathering,
                             const char *table, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, gathering->id);
    if (table)
        sqlite3_bind_text(statement, 2, table, -1, SQLITE_STATIC);
    return statement;
}

/* Every row of a statement, made by `make`. */
static GPtrArray *read_all(plx_db *db, sqlite3_stmt *statement, gpointer (*make)(sqlite3_stmt *),
                           GDestroyNotify release, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func(release);
    int code = 0;
    while (statement && (code = plx_db_step(db, statement, error)) == SQLITE_ROW)
        g_ptr_array_add(all, make(statement));
    return code == SQLITE_DONE ? g_steal_pointer(&all) : NULL;
}

/* The one number of a bound statement. */
static gboolean read_number(plx_db *db, sqlite3_stmt *statement, gint64 *number, GError **error)
{
    const int code = statement ? plx_db_step(db, statement, error) : 0;
    if (code != SQLITE_ROW)
        return FALSE;
    *number = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return TRUE;
}

/* Devices ------------------------------------------------------------------------------------ */

static gpointer make_table(sqlite3_stmt *row)
{
    struct plx_gathered *const table = g_new0(struct plx_gathered, 1);
    table->name = text_of(row, 0);
    table->audience = text_of(row, 1);
    table->people = sqlite3_column_int(row, 2);
    table->guessers = sqlite3_column_int(row, 3);
    table->guesses = sqlite3_column_int(row, 4);
    table->answers = sqlite3_column_int(row, 5);
    return table;
}

static void free_table(gpointer table)
{
    plx_gathered_free(table);
}

GPtrArray *plx_gathering_tables(plx_store *store, const struct plx_gathering *gathering,
                                GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        prepare(db,
                "SELECT name, audience, people, "
                "(SELECT count(DISTINCT person) FROM gathering_guess AS g "
                "WHERE g.gathering = ?1 AND g.name = t.name), "
                "(SELECT count(*) FROM gathering_guess AS g "
                "WHERE g.gathering = ?1 AND g.name = t.name), "
                "(SELECT count(*) FROM gathering_answer AS a "
                "WHERE a.gathering = ?1 AND a.name = t.name) "
                "FROM gathering_table AS t WHERE gathering = ?1 ORDER BY length(name), name",
                gathering, NULL, error);
    return read_all(db, statement, make_table, free_table, error);
}

static gpointer make_seat(sqlite3_stmt *row)
{
    struct plx_seat *const seat = g_new0(struct plx_seat, 1);
    seat->table = text_of(row, 0);
    seat->audience = text_of(row, 1);
    seat->people = sqlite3_column_int(row, 2);
    seat->person = text_of(row, 3);
    seat->seen = sqlite3_column_int(row, 4) != 0;
    return seat;
}

struct plx_seat *plx_gathering_seat(plx_store *store, const struct plx_gathering *gathering,
                                    const char *token, GError **error)
{
    plx_db *const db = plx_store_db(store);
    guint8 key[PLX_TICKET_HASH];
    sqlite3_stmt *const statement =
        prepare(db,
                "SELECT name, audience, people, person, seen FROM gathering_seat "
                "JOIN gathering_table USING (gathering, name) WHERE gathering = ?1 AND key = ?2",
                gathering, NULL, error);
    if (!statement)
        return NULL;
    plx_ticket_hash(token, strlen(token), key);
    sqlite3_bind_blob(statement, 2, key, sizeof key, SQLITE_STATIC);
    g_autoptr(GPtrArray) found = read_all(db, statement, make_seat, NULL, error);
    if (!found)
        return NULL;
    if (found->len == 0)
        plx_error(error, PLX_ERROR_NOT_FOUND, "there is no such place in this workshop");
    return found->len > 0 ? found->pdata[0] : NULL;
}

/* The table as it is there; NULL without an error: it is not. */
static gboolean find_table(plx_db *db, const struct plx_gathering *gathering, const char *table,
                           struct plx_seat **there, GError **error)
{
    sqlite3_stmt *const statement =
        prepare(db,
                "SELECT name, audience, people, '', 0 FROM gathering_table "
                "WHERE gathering = ?1 AND name = ?2",
                gathering, table, error);
    g_autoptr(GPtrArray) found = read_all(db, statement, make_seat, NULL, error);
    if (!found)
        return FALSE;
    *there = found->len > 0 ? found->pdata[0] : NULL;
    return TRUE;
}

static gboolean add_table(plx_db *db, const struct plx_gathering *gathering,
                          const struct plx_seat *seat, GError **error)
{
    gint64 n;
    if (!read_number(db,
                     prepare(db, "SELECT count(*) FROM gathering_table WHERE gathering = ?1",
                             gathering, NULL, error),
                     &n, error))
        return FALSE;
    if (n >= PLX_TABLES_MAX)
        return plx_error(error, PLX_ERROR_NOT_SHOWN, "there are %d tables already", PLX_TABLES_MAX);
    sqlite3_stmt *const statement =
        prepare(db,
                "INSERT INTO gathering_table (gathering, name, audience, people) "
                "VALUES (?1, ?2, ?3, ?4)",
                gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 3, seat->audience, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 4, seat->people);
    return plx_db_run(db, statement, error);
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
    sqlite3_stmt *const all = prepare(
        db, "SELECT count(*) FROM gathering_seat WHERE gathering = ?1", gathering, NULL, error);
    if (!read_number(db, all, &n, error))
        return FALSE;
    sqlite3_stmt *const namesakes =
        prepare(db,
                "SELECT count(*) FROM gathering_seat JOIN gathering_table USING (gathering, name) "
                "WHERE gathering = ?1 AND audience = ?2 AND person = ?3 AND person != ''",
                gathering, seat->audience, error);
    if (namesakes)
        sqlite3_bind_text(namesakes, 3, seat->person, -1, SQLITE_STATIC);
    if (!read_number(db, namesakes, &same, error))
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
    sqlite3_stmt *const statement =
        prepare(db,
                "INSERT INTO gathering_seat (gathering, name, key, person, seen) "
                "VALUES (?1, ?2, ?3, ?4, ?5)",
                gathering, seat->table, error);
    if (!statement)
        return FALSE;
    g_autofree char *made = plx_ticket_new();
    plx_ticket_hash(made, strlen(made), key);
    sqlite3_bind_blob(statement, 3, key, sizeof key, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, seat->person, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 5, seat->seen);
    if (!plx_db_run(db, statement, error) || !plx_gathering_move_within(store, gathering, error))
        return FALSE;
    *token = g_steal_pointer(&made);
    return TRUE;
}

/* Guesses ------------------------------------------------------------------------------------ */

static void bind_or(sqlite3_stmt *statement, int place, gint value, gint none)
{
    if (value != none)
        sqlite3_bind_int(statement, place, value);
}

gboolean plx_gathering_guess_within(plx_store *store, const struct plx_gathering *gathering,
                                    const struct plx_seat *seat, const char *point, gint believed,
                                    gint predicted, gint64 given, GError **error)
{
    plx_db *const db = plx_store_db(store);
    const gboolean none = believed == PLX_GUESS_NONE && predicted == PLX_GUESS_NONE;
    sqlite3_stmt *const statement = prepare(
        db,
        none ? "DELETE FROM gathering_guess WHERE gathering = ?1 AND name = ?2 AND person = ?3 "
               "AND point = ?4"
             : "INSERT INTO gathering_guess (gathering, name, person, point, believed, predicted, "
               "seen, given) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
               "ON CONFLICT (gathering, name, person, point) DO UPDATE SET "
               "believed = excluded.believed, predicted = excluded.predicted, given = "
               "excluded.given",
        gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 3, seat->person, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, point, -1, SQLITE_STATIC);
    if (none)
        return plx_db_run(db, statement, error);
    bind_or(statement, 5, believed, PLX_GUESS_NONE);
    bind_or(statement, 6, predicted, PLX_GUESS_NONE);
    sqlite3_bind_int(statement, 7, seat->seen);
    sqlite3_bind_int64(statement, 8, given);
    return plx_db_run(db, statement, error);
}

static gpointer make_guess(sqlite3_stmt *row)
{
    struct plx_seat_guess *const guess = g_new0(struct plx_seat_guess, 1);
    guess->table = text_of(row, 0);
    guess->audience = text_of(row, 1);
    guess->people = sqlite3_column_int(row, 2);
    guess->person = text_of(row, 3);
    guess->point = text_of(row, 4);
    guess->believed = number_or(row, 5, PLX_GUESS_NONE);
    guess->predicted = number_or(row, 6, PLX_GUESS_NONE);
    guess->seen = sqlite3_column_int(row, 7) != 0;
    guess->given = sqlite3_column_int64(row, 8);
    return guess;
}

static void free_guess(gpointer guess)
{
    plx_seat_guess_free(guess);
}

GPtrArray *plx_gathering_guesses(plx_store *store, const struct plx_gathering *gathering,
                                 GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        prepare(db,
                "SELECT name, audience, people, person, point, believed, predicted, seen, given "
                "FROM gathering_guess JOIN gathering_table USING (gathering, name) "
                "WHERE gathering = ?1 ORDER BY name, person, point",
                gathering, NULL, error);
    return read_all(db, statement, make_guess, free_guess, error);
}

/* Answers ------------------------------------------------------------------------------------ */

gboolean plx_gathering_answer_within(plx_store *store, const struct plx_gathering *gathering,
                                     const struct plx_seat *seat,
                                     const struct plx_seat_answer *answer, GError **error)
{
    plx_db *const db = plx_store_db(store);
    gint64 item;
    if (!read_number(db,
                     prepare(db,
                             "SELECT coalesce(max(item), 0) + 1 FROM gathering_answer "
                             "WHERE gathering = ?1 AND name = ?2",
                             gathering, seat->table, error),
                     &item, error))
        return FALSE;
    if (item > PLX_TABLE_NOTES_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "this table has given %d answers already",
                         PLX_TABLE_NOTES_MAX);
    sqlite3_stmt *const statement =
        prepare(db,
                "INSERT INTO gathering_answer (gathering, name, item, prompt, surprise, note) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
                "ON CONFLICT (gathering, name, prompt, note) DO NOTHING",
                gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 3, item);
    sqlite3_bind_text(statement, 4, answer->prompt, -1, SQLITE_STATIC);
    bind_or(statement, 5, answer->surprise, PLX_SURPRISE_NONE);
    sqlite3_bind_text(statement, 6, answer->note, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

gboolean plx_gathering_unsay_within(plx_store *store, const struct plx_gathering *gathering,
                                    const struct plx_seat *seat, gint64 item, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        prepare(db,
                "DELETE FROM gathering_answer WHERE gathering = ?1 AND name = ?2 AND item = ?3 "
                "AND taken = 0",
                gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 3, item);
    return plx_db_run(db, statement, error);
}

static gpointer make_answer(sqlite3_stmt *row)
{
    struct plx_seat_answer *const answer = g_new0(struct plx_seat_answer, 1);
    answer->table = text_of(row, 0);
    answer->audience = text_of(row, 1);
    answer->people = sqlite3_column_int(row, 2);
    answer->item = sqlite3_column_int64(row, 3);
    answer->prompt = text_of(row, 4);
    answer->surprise = number_or(row, 5, PLX_SURPRISE_NONE);
    answer->note = text_of(row, 6);
    answer->taken = sqlite3_column_int(row, 7) != 0;
    return answer;
}

static void free_answer(gpointer answer)
{
    plx_seat_answer_free(answer);
}

GPtrArray *plx_gathering_answers(plx_store *store, const struct plx_gathering *gathering,
                                 GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        prepare(db,
                "SELECT name, audience, people, item, prompt, surprise, note, taken "
                "FROM gathering_answer JOIN gathering_table USING (gathering, name) "
                "WHERE gathering = ?1 ORDER BY name, item",
                gathering, NULL, error);
    return read_all(db, statement, make_answer, free_answer, error);
}
