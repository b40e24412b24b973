/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/visits.h"

#include "base/error.h"
#include "store/acts.h"
#include "store/store_private.h"
#include "store/visit_ties.h"
#include "store/visits_private.h"

static const struct plx_act_kind kind = {
    .read = "SELECT id, visit, time, author, act, body, crc, value "
            "FROM fact LEFT JOIN visit_act WHERE name = 'visit_acts' ORDER BY id",
    .of = "SELECT id, visit, time, author, act, body, crc, value, "
          "(SELECT acts FROM visit_count WHERE visit = ?1) "
          "FROM fact LEFT JOIN visit_act ON visit = ?1 WHERE name = 'visit_acts' ORDER BY id",
    .insert = "INSERT INTO visit_act (id, visit, time, author, act, body, crc) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    .recount = "UPDATE fact SET value = value + 1 WHERE name = 'visit_acts'",
    .count = "INSERT INTO visit_count (visit, acts) VALUES (?1, 1) "
             "ON CONFLICT (visit) DO UPDATE SET acts = acts + 1",
    .damaged = PLX_VISITS_DAMAGED,
    .changed = "the visits",
};

/* Acts --------------------------------------------------------------------------------------- */

GPtrArray *plx_visits_read(plx_store *store, GError **error)
{
    return plx_acts_read(store->db, &kind, error);
}

GPtrArray *plx_visits_of(plx_store *store, gint64 visit, gint64 *last, GError **error)
{
    return plx_acts_of(store->db, &kind, visit, last, error);
}

gboolean plx_visits_find_link(plx_store *store, const char *hash, gint64 *visit, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT visit FROM visit_link WHERE hash = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, hash, -1, SQLITE_STATIC);
    const int code = plx_db_step(store->db, statement, error);
    const gint64 found = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (code == SQLITE_DONE)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "no visit has this link");
    if (code == SQLITE_ROW)
        *visit = found;
    return code == SQLITE_ROW;
}

gboolean plx_visits_write(plx_store *store, plx_visits_work work, gpointer data, GError **error)
{
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(store, work(store, data, error), error);
}

/* Of an act that says one. */
static gboolean add_link(plx_db *db, const struct plx_act *act, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO visit_link (hash, visit) SELECT value, ?1 "
                       "FROM json_each(?2) WHERE key = 'hash' AND type = 'text'",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, act->about);
    sqlite3_bind_text(statement, 2, act->body, -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

gboolean plx_visits_add_within(plx_store *store, const struct plx_act *act, GError **error)
{
    gint64 n = 0;
    return plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'visit_acts'", &n,
                         error) &&
           plx_acts_add(store->db, &kind, act, n, error) && add_link(store->db, act, error);
}

/* Shoppers ----------------------------------------------------------------------------------- */

/* *shopper stays 0 when there is none. */
static gboolean find_shopper(plx_db *db, const char *name, gint64 *shopper, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT id FROM shopper WHERE name = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    const int code = plx_db_step(db, statement, error);
    if (code == SQLITE_ROW)
        *shopper = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return code != 0;
}

gboolean plx_visits_shopper_within(plx_store *store, const char *name, gint64 *shopper,
                                   GError **error)
{
    gint64 found = 0;
    if (!find_shopper(store->db, name, &found, error))
        return FALSE;
    if (found == 0) {
        sqlite3_stmt *const statement =
            plx_db_prepare(store->db, "INSERT INTO shopper (name) VALUES (?1)", error);
        if (!statement)
            return FALSE;
        sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
        if (!plx_db_run(store->db, statement, error))
            return FALSE;
        found = sqlite3_last_insert_rowid(plx_db_handle(store->db));
    }
    *shopper = found;
    return TRUE;
}

gboolean plx_visits_rename_within(plx_store *store, const char *name, const char *other,
                                  GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "UPDATE shopper SET name = iif(EXISTS (SELECT 1 FROM shopper "
                       "WHERE name = ?2), ?2 || '-' || id, ?2) WHERE name = ?1",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, other, -1, SQLITE_STATIC);
    return plx_db_run(store->db, statement, error);
}

char *plx_visits_shopper(plx_store *store, gint64 shopper, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT name FROM shopper WHERE id = ?1", error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, shopper);
    char *name = NULL;
    const int code = plx_db_step(store->db, statement, error);
    if (code == SQLITE_ROW)
        name = g_strdup((const char *)sqlite3_column_text(statement, 0));
    else if (code == SQLITE_DONE)
        plx_db_damaged(store->db, error, PLX_VISITS_DAMAGED);
    sqlite3_reset(statement);
    return name;
}

gboolean plx_visits_find_shopper(plx_store *store, const char *name, gint64 *shopper,
                                 GError **error)
{
    gint64 found = 0;
    if (!find_shopper(store->db, name, &found, error))
        return FALSE;
    if (found == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "no shopper is called \"%s\"", name);
    *shopper = found;
    return TRUE;
}

/* Checking ----------------------------------------------------------------------------------- */

/* Each link leads where an act says, and none is missing. */
static gboolean check_links(plx_db *db, GError **error)
{
    gint64 wrong = 0, links = 0, said = 0;
    return plx_db_number(db,
                         "SELECT count(*) FROM visit_link WHERE NOT EXISTS (SELECT 1 "
                         "FROM visit_act, json_each(body) WHERE visit_act.visit = visit_link.visit "
                         "AND key = 'hash' AND json_each.value = visit_link.hash)",
                         &wrong, error) &&
           plx_db_number(db, "SELECT count(*) FROM visit_link", &links, error) &&
           plx_db_number(db,
                         "SELECT count(*) FROM visit_act, json_each(body) "
                         "WHERE key = 'hash' AND type = 'text'",
                         &said, error) &&
           ((wrong == 0 && links == said) || plx_db_damaged(db, error, PLX_VISITS_DAMAGED));
}

/* Of all acts, none of which is missing. */
static gboolean check_counts(plx_db *db, GError **error)
{
    gint64 wrong = 0, more = 0;
    return plx_db_number(db,
                         "SELECT count(*) FROM (SELECT visit, count(*) FROM visit_act "
                         "GROUP BY visit EXCEPT SELECT visit, acts FROM visit_count)",
                         &wrong, error) &&
           plx_db_number(db,
                         "SELECT count(*) FROM (SELECT visit, acts FROM visit_count "
                         "EXCEPT SELECT visit, count(*) FROM visit_act GROUP BY visit)",
                         &more, error) &&
           ((wrong == 0 && more == 0) || plx_db_damaged(db, error, PLX_VISITS_DAMAGED));
}

gboolean plx_visits_check(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_visits_read(store, error);
    return acts && check_counts(store->db, error) && check_links(store->db, error) &&
           plx_visits_check_reports(store->db, error) &&
           plx_visits_check_photos(store->db, error) && plx_visit_ties_check(store, error);
}

/* Erasing ------------------------------------------------------------------------------------ */

static gboolean run_on(plx_db *db, const char *sql, gint64 number, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, number);
    return plx_db_run(db, statement, error);
}

gboolean plx_visits_forget_within(plx_store *store, const struct plx_visits_forgotten *forgotten,
                                  guint64 *reports, GError **error)
{
    plx_db *const db = store->db;
    guint64 n = 0;
    for (gsize i = 0; i < forgotten->n_visits; i++) {
        const gint64 visit = forgotten->visits[i];
        if (!run_on(db, "UPDATE visit_report SET body = NULL WHERE visit = ?1 AND body NOT NULL",
                    visit, error))
            return FALSE;
        n += (guint64)sqlite3_changes(plx_db_handle(db));
        if (!run_on(db, "DELETE FROM visit_photo WHERE visit = ?1", visit, error) ||
            !run_on(db, "DELETE FROM visit_tie WHERE visit = ?1", visit, error))
            return FALSE;
    }
    for (gsize i = 0; i < forgotten->n_shoppers; i++)
        if (!run_on(db, "UPDATE shopper SET name = NULL WHERE id = ?1", forgotten->shoppers[i],
                    error))
            return FALSE;
    *reports = n;
    return TRUE;
}

gboolean plx_visits_settle(plx_store *store, GError **error)
{
    return plx_db_empty_log(store->db, error);
}

gboolean plx_visits_forget(plx_store *store, const struct plx_visits_forgotten *forgotten,
                           gboolean dry_run, guint64 *reports, GError **error)
{
    guint64 found = 0;
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    const gboolean ok = plx_visits_forget_within(store, forgotten, &found, error);
    if (ok && dry_run)
        plx_db_rollback(store->db);
    else if (!plx_store_end(store, ok, error) || !plx_visits_settle(store, error))
        return FALSE;
    *reports = found;
    return TRUE;
}
