/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/gathering_private.h"

#include "base/error.h"
#include "store/ticket.h"

#include <sodium.h>
#include <string.h>

static const char *const phase_names[] = {"guess", "tables", "reveal", "ended"};

const char *plx_gathering_phase_name(guint phase)
{
    return phase < G_N_ELEMENTS(phase_names) ? phase_names[phase] : NULL;
}

void plx_gathering_free(struct plx_gathering *gathering)
{
    if (!gathering)
        return;
    g_free(gathering->code);
    g_free(gathering->workshop);
    g_free(gathering->journey);
    g_free(gathering->language);
    g_free(gathering);
}

/* Reading ------------------------------------------------------------------------------------ */

#define COLUMNS                                                                                    \
    "id, code, workshop, journey, predicted, language, phase, moment, told, changes, created, "    \
    "lead, crc"

/* `changes` tells walls when to look, and is of no weight. */
static gint64 row_crc(const struct plx_gathering *gathering)
{
    g_autofree char *lead = g_base64_encode(gathering->lead, sizeof gathering->lead);
    return plx_gathering_crc("%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%d\1%s\1%s\1%" G_GINT64_FORMAT
                             "\1%d\1%d\1%s",
                             gathering->id, gathering->code, gathering->workshop,
                             gathering->journey ? gathering->journey : "", gathering->predicted,
                             gathering->language, phase_names[gathering->phase], gathering->moment,
                             gathering->told, gathering->created, lead);
}

/* NULL: it is damaged. */
static struct plx_gathering *read_row(sqlite3_stmt *row)
{
    g_autoptr(plx_gathering) gathering = g_new0(struct plx_gathering, 1);
    g_autofree char *phase = plx_gathering_text(row, 6);
    guint i = 0;
    gathering->id = sqlite3_column_int64(row, 0);
    gathering->code = plx_gathering_text(row, 1);
    gathering->workshop = plx_gathering_text(row, 2);
    gathering->journey = plx_gathering_text(row, 3);
    gathering->predicted = sqlite3_column_int(row, 4) != 0;
    gathering->language = plx_gathering_text(row, 5);
    gathering->moment = sqlite3_column_int64(row, 7);
    gathering->told = sqlite3_column_int(row, 8) != 0;
    gathering->changes = sqlite3_column_int64(row, 9);
    gathering->created = sqlite3_column_int(row, 10);
    while (plx_gathering_phase_name(i) && g_strcmp0(phase, phase_names[i]) != 0)
        i++;
    gathering->phase = (enum plx_gathering_phase)i;
    if (sqlite3_column_bytes(row, 11) == sizeof gathering->lead)
        memcpy(gathering->lead, sqlite3_column_blob(row, 11), sizeof gathering->lead);
    return plx_gathering_phase_name(i) && gathering->code && gathering->workshop &&
                   gathering->language && sqlite3_column_int64(row, 12) == row_crc(gathering)
               ? g_steal_pointer(&gathering)
               : NULL;
}

static gpointer make_gathering(sqlite3_stmt *row, gint64 all)
{
    (void)all;
    return read_row(row);
}

GPtrArray *plx_gatherings_read(plx_store *store, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT " COLUMNS " FROM gathering ORDER BY id", error);
    return plx_gathering_rows(db, statement, 0, make_gathering, (GDestroyNotify)plx_gathering_free,
                              error);
}

struct plx_gathering *plx_gatherings_find(plx_store *store, const char *code, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT " COLUMNS " FROM gathering WHERE code = ?1", error);
    if (!statement)
        return NULL;
    sqlite3_bind_text(statement, 1, code, -1, SQLITE_STATIC);
    g_autoptr(GPtrArray) found = plx_gathering_rows(db, statement, 0, make_gathering, NULL, error);
    return plx_gathering_only(found, "there is no workshop under this address", error);
}

gboolean plx_gathering_is_lead(plx_store *store, const struct plx_gathering *gathering,
                               const char *secret, gboolean *leads, GError **error)
{
    plx_db *const db = plx_store_db(store);
    guint8 hash[PLX_TICKET_HASH];
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT lead FROM gathering WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, gathering->id);
    plx_ticket_hash(secret, strlen(secret), hash);
    const int got = plx_db_step(db, statement, error);
    if (got == 0)
        return FALSE;
    *leads = got == SQLITE_ROW && sqlite3_column_bytes(statement, 0) == sizeof hash &&
             sodium_memcmp(sqlite3_column_blob(statement, 0), hash, sizeof hash) == 0;
    sqlite3_reset(statement);
    return TRUE;
}

/* As many rows as a fact says. */
static gboolean check_count(plx_db *db, const char *there, const char *fact, GError **error)
{
    gint64 is, should;
    return plx_db_number(db, there, &is, error) && plx_db_number(db, fact, &should, error) &&
           (is == should || plx_db_damaged(db, error, PLX_GATHERINGS_DAMAGED));
}

/* Rows that are read for being whole alone. */
static gboolean came(GPtrArray *rows)
{
    g_autoptr(GPtrArray) all = rows;
    return all != NULL;
}

gboolean plx_gatherings_check(plx_store *store, GError **error)
{
    plx_db *const db = plx_store_db(store);
    g_autoptr(GPtrArray) all = plx_gatherings_read(store, error);
    gboolean ok = all != NULL;
    for (guint i = 0; ok && i < all->len; i++) {
        const struct plx_gathering *const one = all->pdata[i];
        ok = plx_gathering_check_seats(store, one, error) &&
             came(plx_gathering_guesses(store, one, error)) &&
             came(plx_gathering_answers(store, one, error));
    }
    return ok &&
           check_count(db, "SELECT count(*) FROM gathering",
                       "SELECT value FROM fact WHERE name = 'gatherings'", error) &&
           check_count(db,
                       "SELECT (SELECT count(*) FROM gathering_table) + (SELECT count(*) FROM "
                       "gathering_seat) + (SELECT count(*) FROM gathering_guess) + (SELECT "
                       "count(*) FROM gathering_answer)",
                       "SELECT value FROM fact WHERE name = 'gathering_rows'", error);
}

/* Writing ------------------------------------------------------------------------------------ */

/* One more than any there was: an id is of one workshop for ever. */
static gboolean next_id(plx_db *db, gint64 *id, GError **error)
{
    return plx_db_number(db, "SELECT coalesce(max(id), 0) + 1 FROM gathering", id, error);
}

static gboolean insert(plx_store *store, const struct plx_gathering *fresh, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "INSERT INTO gathering (code, lead, workshop, journey, predicted, language, "
        "phase, created, id, crc) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'guess', ?7, ?8, ?9)",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, fresh->code, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, fresh->lead, sizeof fresh->lead, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, fresh->workshop, -1, SQLITE_STATIC);
    if (fresh->journey)
        sqlite3_bind_text(statement, 4, fresh->journey, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 5, fresh->predicted);
    sqlite3_bind_text(statement, 6, fresh->language, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 7, fresh->created);
    sqlite3_bind_int64(statement, 8, fresh->id);
    sqlite3_bind_int64(statement, 9, row_crc(fresh));
    return plx_db_run(db, statement, error) &&
           plx_db_execute(db, "UPDATE fact SET value = value + 1 WHERE name = 'gatherings'", error);
}

/* Two of one name at the same time would be one workshop in the answers. */
static gboolean is_free(plx_store *store, const char *workshop, GError **error)
{
    g_autoptr(GPtrArray) all = plx_gatherings_read(store, error);
    for (guint i = 0; all && i < all->len; i++) {
        const struct plx_gathering *const other = all->pdata[i];
        if (other->phase != PLX_GATHERING_ENDED && strcmp(other->workshop, workshop) == 0)
            return plx_error(error, PLX_ERROR_USAGE,
                             "the workshop \"%s\" is open already; 'parallax workshop lead' gives "
                             "who leads it a new address",
                             workshop);
    }
    return all != NULL;
}

gboolean plx_gatherings_add(plx_store *store, const struct plx_gathering *like, char **code,
                            char **lead, GError **error)
{
    g_autofree char *made = plx_ticket_short();
    char *secret = plx_ticket_new();
    struct plx_gathering fresh = *like;
    fresh.code = made;
    fresh.phase = PLX_GATHERING_GUESS;
    fresh.moment = 0;
    fresh.told = FALSE;
    plx_ticket_hash(secret, strlen(secret), fresh.lead);
    if (!plx_db_begin_write(plx_store_db(store), error) ||
        !plx_store_end(store,
                       is_free(store, like->workshop, error) &&
                           next_id(plx_store_db(store), &fresh.id, error) &&
                           insert(store, &fresh, error),
                       error)) {
        plx_ticket_free(secret);
        return FALSE;
    }
    *code = g_steal_pointer(&made);
    *lead = secret;
    return TRUE;
}

gboolean plx_gathering_move_within(plx_store *store, const struct plx_gathering *gathering,
                                   GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "UPDATE gathering SET phase = ?2, moment = ?3, told = ?4, crc = ?5, "
                       "changes = changes + 1 WHERE id = ?1",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, gathering->id);
    sqlite3_bind_text(statement, 2, phase_names[gathering->phase], -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, gathering->moment);
    sqlite3_bind_int(statement, 4, gathering->told);
    sqlite3_bind_int64(statement, 5, row_crc(gathering));
    return plx_db_run(db, statement, error);
}

gboolean plx_gathering_lead_again_within(plx_store *store, struct plx_gathering *gathering,
                                         char **lead, GError **error)
{
    plx_db *const db = plx_store_db(store);
    char *secret = plx_ticket_new();
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "UPDATE gathering SET lead = ?2, crc = ?3 WHERE id = ?1", error);
    plx_ticket_hash(secret, strlen(secret), gathering->lead);
    if (statement) {
        sqlite3_bind_int64(statement, 1, gathering->id);
        sqlite3_bind_blob(statement, 2, gathering->lead, sizeof gathering->lead, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 3, row_crc(gathering));
    }
    if (!statement || !plx_db_run(db, statement, error)) {
        plx_ticket_free(secret);
        return FALSE;
    }
    *lead = secret;
    return TRUE;
}

/* Of one workshop: how many rows were written or went. */
static gboolean run_for(plx_db *db, const char *sql, gint64 gathering, gint64 *rows, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, gathering);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    *rows += sqlite3_changes(plx_db_handle(db));
    return TRUE;
}

gboolean plx_gathering_empty_within(plx_store *store, const struct plx_gathering *gathering,
                                    GError **error)
{
    plx_db *const db = plx_store_db(store);
    const gint64 id = gathering->id;
    gint64 rows = 0;
    return run_for(db, "DELETE FROM gathering_seat WHERE gathering = ?1", id, &rows, error) &&
           run_for(db, "DELETE FROM gathering_guess WHERE gathering = ?1", id, &rows, error) &&
           run_for(db, "DELETE FROM gathering_answer WHERE gathering = ?1", id, &rows, error) &&
           run_for(db, "DELETE FROM gathering_table WHERE gathering = ?1", id, &rows, error) &&
           plx_gathering_count(db, -rows, error);
}

gboolean plx_gathering_taken_within(plx_store *store, const struct plx_gathering *gathering,
                                    GError **error)
{
    gint64 rows = 0;
    return run_for(plx_store_db(store),
                   "UPDATE gathering_answer SET taken = 1 WHERE gathering = ?1", gathering->id,
                   &rows, error);
}
