/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tables of a workshop say: guesses, and answers to the four questions. */

#include "store/gathering_private.h"

#include "base/error.h"

/* Guesses ------------------------------------------------------------------------------------ */

void plx_seat_guess_free(struct plx_seat_guess *guess)
{
    g_free(guess->table);
    g_free(guess->audience);
    g_free(guess->person);
    g_free(guess->point);
    g_free(guess);
}

static void bind_or(sqlite3_stmt *statement, int place, gint value, gint none)
{
    if (value != none)
        sqlite3_bind_int(statement, place, value);
}

static gint64 guess_crc(gint64 gathering, const struct plx_seat_guess *guess)
{
    return plx_gathering_crc("%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%d\1%d\1%d\1%" G_GINT64_FORMAT,
                             gathering, guess->table, guess->person, guess->point, guess->believed,
                             guess->predicted, guess->seen, guess->given);
}

/* Is there a guess already? Whether results were known to it stays as it was then. */
static gboolean find_guess(plx_db *db, const struct plx_gathering *gathering,
                           const struct plx_seat *seat, const char *point, gboolean *there,
                           gboolean *seen, GError **error)
{
    sqlite3_stmt *const statement =
        plx_gathering_prepare(db,
                              "SELECT seen FROM gathering_guess WHERE gathering = ?1 AND name = ?2 "
                              "AND person = ?3 AND point = ?4",
                              gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 3, seat->person, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, point, -1, SQLITE_STATIC);
    const int code = plx_db_step(db, statement, error);
    *there = code == SQLITE_ROW;
    *seen = *there ? sqlite3_column_int(statement, 0) != 0 : seat->seen;
    sqlite3_reset(statement);
    return code != 0;
}

gboolean plx_gathering_guess_within(plx_store *store, const struct plx_gathering *gathering,
                                    const struct plx_seat *seat, const char *point, gint believed,
                                    gint predicted, gint64 given, GError **error)
{
    plx_db *const db = plx_store_db(store);
    gboolean there, seen;
    if (!find_guess(db, gathering, seat, point, &there, &seen, error))
        return FALSE;
    const struct plx_seat_guess guess = {.table = seat->table,
                                         .person = seat->person,
                                         .point = (char *)(guintptr)point,
                                         .believed = believed,
                                         .predicted = predicted,
                                         .seen = seen,
                                         .given = given};
    const gint64 crc = guess_crc(gathering->id, &guess);
    const gboolean none = believed == PLX_GUESS_NONE && predicted == PLX_GUESS_NONE;
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        none ? "DELETE FROM gathering_guess WHERE gathering = ?1 AND name = ?2 AND person = ?3 "
               "AND point = ?4"
             : "INSERT INTO gathering_guess (gathering, name, person, point, believed, predicted, "
               "seen, given, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
               "ON CONFLICT (gathering, name, person, point) DO UPDATE SET "
               "believed = excluded.believed, predicted = excluded.predicted, "
               "given = excluded.given, crc = excluded.crc",
        gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 3, seat->person, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, point, -1, SQLITE_STATIC);
    if (none)
        return plx_db_run(db, statement, error) && plx_gathering_count(db, there ? -1 : 0, error);
    bind_or(statement, 5, believed, PLX_GUESS_NONE);
    bind_or(statement, 6, predicted, PLX_GUESS_NONE);
    sqlite3_bind_int(statement, 7, seen);
    sqlite3_bind_int64(statement, 8, given);
    sqlite3_bind_int64(statement, 9, crc);
    return plx_db_run(db, statement, error) && plx_gathering_count(db, there ? 0 : 1, error);
}

static gpointer make_guess(sqlite3_stmt *row, gint64 gathering)
{
    struct plx_seat_guess *const guess = g_new0(struct plx_seat_guess, 1);
    guess->table = plx_gathering_text(row, 0);
    guess->audience = plx_gathering_text(row, 1);
    guess->people = sqlite3_column_int(row, 2);
    guess->person = plx_gathering_text(row, 3);
    guess->point = plx_gathering_text(row, 4);
    guess->believed = plx_gathering_number(row, 5, PLX_GUESS_NONE);
    guess->predicted = plx_gathering_number(row, 6, PLX_GUESS_NONE);
    guess->seen = sqlite3_column_int(row, 7) != 0;
    guess->given = sqlite3_column_int64(row, 8);
    if (sqlite3_column_int64(row, 9) == guess_crc(gathering, guess))
        return guess;
    plx_seat_guess_free(guess);
    return NULL;
}

static void free_guess(gpointer guess)
{
    plx_seat_guess_free(guess);
}

GPtrArray *plx_gathering_guesses(plx_store *store, const struct plx_gathering *gathering,
                                 GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "SELECT name, audience, people, person, point, believed, predicted, seen, given, "
        "gathering_guess.crc FROM gathering_guess JOIN gathering_table USING (gathering, name) "
        "WHERE gathering = ?1 ORDER BY name, person, point",
        gathering, NULL, error);
    return plx_gathering_rows(db, statement, gathering->id, make_guess, free_guess, error);
}

/* Answers ------------------------------------------------------------------------------------ */

void plx_seat_answer_free(struct plx_seat_answer *answer)
{
    g_free(answer->table);
    g_free(answer->audience);
    g_free(answer->prompt);
    g_free(answer->note);
    g_free(answer);
}

/* Whether it is among the answers changes, and is of no weight here. */
static gint64 answer_crc(gint64 gathering, const char *table, gint64 item,
                         const struct plx_seat_answer *answer)
{
    return plx_gathering_crc("%" G_GINT64_FORMAT "\1%s\1%" G_GINT64_FORMAT "\1%s\1%d\1%s",
                             gathering, table, item, answer->prompt, answer->surprise,
                             answer->note);
}

gboolean plx_gathering_answer_within(plx_store *store, const struct plx_gathering *gathering,
                                     const struct plx_seat *seat,
                                     const struct plx_seat_answer *answer, GError **error)
{
    plx_db *const db = plx_store_db(store);
    gint64 item;
    if (!plx_db_one(db,
                    plx_gathering_prepare(db,
                                          "SELECT coalesce(max(item), 0) + 1 FROM gathering_answer "
                                          "WHERE gathering = ?1 AND name = ?2",
                                          gathering, seat->table, error),
                    &item, error))
        return FALSE;
    if (item > PLX_TABLE_NOTES_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "this table has given %d answers already",
                         PLX_TABLE_NOTES_MAX);
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "INSERT INTO gathering_answer (gathering, name, item, prompt, surprise, note, crc) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) "
        "ON CONFLICT (gathering, name, prompt, note) DO NOTHING",
        gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 3, item);
    sqlite3_bind_text(statement, 4, answer->prompt, -1, SQLITE_STATIC);
    bind_or(statement, 5, answer->surprise, PLX_SURPRISE_NONE);
    sqlite3_bind_text(statement, 6, answer->note, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 7, answer_crc(gathering->id, seat->table, item, answer));
    return plx_db_run(db, statement, error) &&
           plx_gathering_count(db, sqlite3_changes(plx_db_handle(db)), error);
}

gboolean plx_gathering_unsay_within(plx_store *store, const struct plx_gathering *gathering,
                                    const struct plx_seat *seat, gint64 item, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "DELETE FROM gathering_answer WHERE gathering = ?1 AND name = ?2 AND item = ?3 "
        "AND taken = 0",
        gathering, seat->table, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 3, item);
    return plx_db_run(db, statement, error) &&
           plx_gathering_count(db, -sqlite3_changes(plx_db_handle(db)), error);
}

static gpointer make_answer(sqlite3_stmt *row, gint64 gathering)
{
    struct plx_seat_answer *const answer = g_new0(struct plx_seat_answer, 1);
    answer->table = plx_gathering_text(row, 0);
    answer->audience = plx_gathering_text(row, 1);
    answer->people = sqlite3_column_int(row, 2);
    answer->item = sqlite3_column_int64(row, 3);
    answer->prompt = plx_gathering_text(row, 4);
    answer->surprise = plx_gathering_number(row, 5, PLX_SURPRISE_NONE);
    answer->note = plx_gathering_text(row, 6);
    answer->taken = sqlite3_column_int(row, 7) != 0;
    if (sqlite3_column_int64(row, 8) == answer_crc(gathering, answer->table, answer->item, answer))
        return answer;
    plx_seat_answer_free(answer);
    return NULL;
}

static void free_answer(gpointer answer)
{
    plx_seat_answer_free(answer);
}

GPtrArray *plx_gathering_answers(plx_store *store, const struct plx_gathering *gathering,
                                 GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_gathering_prepare(
        db,
        "SELECT name, audience, people, item, prompt, surprise, note, taken, "
        "gathering_answer.crc FROM gathering_answer JOIN gathering_table USING (gathering, name) "
        "WHERE gathering = ?1 ORDER BY name, item",
        gathering, NULL, error);
    return plx_gathering_rows(db, statement, gathering->id, make_answer, free_answer, error);
}
