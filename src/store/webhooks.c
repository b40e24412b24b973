/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/webhooks.h"

#include "base/error.h"

#include <sodium.h>
#include <string.h>

#define SECRET_BYTES 32
#define FIRST_PAUSE 30 /* seconds */
#define LONGEST_PAUSE 21600

void plx_webhook_free(plx_webhook *webhook)
{
    if (!webhook)
        return;
    g_free(webhook->url);
    g_free(webhook->events);
    if (webhook->secret)
        sodium_memzero(webhook->secret, strlen(webhook->secret));
    g_free(webhook->secret);
    g_free(webhook);
}

void plx_delivery_free(plx_delivery *delivery)
{
    if (!delivery)
        return;
    g_free(delivery->event);
    g_free(delivery->body);
    g_free(delivery);
}

static void free_webhook(gpointer webhook)
{
    plx_webhook_free(webhook);
}

static void free_delivery(gpointer delivery)
{
    plx_delivery_free(delivery);
}

static char *column_text(sqlite3_stmt *statement, int column)
{
    return g_strdup((const char *)sqlite3_column_text(statement, column));
}

/* Webhooks ------------------------------------------------------------------------------------ */

static char *new_secret(void)
{
    guint8 bytes[SECRET_BYTES];
    char *const text = g_malloc(2 * SECRET_BYTES + 1);
    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2hex(text, 2 * SECRET_BYTES + 1, bytes, sizeof bytes);
    sodium_memzero(bytes, sizeof bytes);
    return text;
}

gboolean plx_webhooks_add(plx_store *store, plx_webhook *webhook, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO webhook (url, events, secret, inside, created) "
                       "VALUES (?1, ?2, ?3, ?4, ?5)",
                       error);
    if (!statement)
        return FALSE;
    g_free(webhook->secret);
    webhook->secret = new_secret();
    sqlite3_bind_text(statement, 1, webhook->url, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, webhook->events, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 3, webhook->secret, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 4, webhook->inside ? 1 : 0);
    sqlite3_bind_int64(statement, 5, webhook->created);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    webhook->id = sqlite3_last_insert_rowid(plx_db_handle(db));
    return TRUE;
}

GPtrArray *plx_webhooks_list(plx_store *store, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "SELECT id, url, events, secret, inside, created, "
        "(SELECT count(*) FROM delivery WHERE webhook = w.id AND state = 'waiting'), "
        "(SELECT count(*) FROM delivery WHERE webhook = w.id AND state = 'failed') "
        "FROM webhook AS w ORDER BY id",
        error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_webhook);
    int code = 0;
    while (statement && (code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        plx_webhook *const webhook = g_new0(plx_webhook, 1);
        webhook->id = sqlite3_column_int64(statement, 0);
        webhook->url = column_text(statement, 1);
        webhook->events = column_text(statement, 2);
        webhook->secret = column_text(statement, 3);
        webhook->inside = sqlite3_column_int(statement, 4) != 0;
        webhook->created = sqlite3_column_int64(statement, 5);
        webhook->waiting = sqlite3_column_int64(statement, 6);
        webhook->failed = sqlite3_column_int64(statement, 7);
        g_ptr_array_add(list, webhook);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

/* Runs a statement about one row by its number; PLX_ERROR_NOT_FOUND when there is none. */
static gboolean change_one(plx_db *db, const char *sql, gint64 id, gint64 now, const char *what,
                           GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, id);
    if (sqlite3_bind_parameter_count(statement) > 1)
        sqlite3_bind_int64(statement, 2, now);
    if (!plx_db_run(db, statement, error))
        return FALSE;
    return sqlite3_changes(plx_db_handle(db)) > 0 ||
           plx_error(error, PLX_ERROR_NOT_FOUND, "there is no %s %" G_GINT64_FORMAT, what, id);
}

gboolean plx_webhooks_remove(plx_store *store, gint64 id, GError **error)
{
    return change_one(plx_store_db(store), "DELETE FROM webhook WHERE id = ?1", id, 0, "webhook",
                      error);
}

/* Telling ------------------------------------------------------------------------------------- */

gboolean plx_webhooks_tell(plx_store *store, gint64 webhook, const char *event, const char *body,
                           gint64 now, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "INSERT INTO delivery (webhook, event, body, n, created, due, tries, status, state) "
        "SELECT id, ?1, ?2, 0, ?3, ?3, 0, NULL, 'waiting' FROM webhook "
        "WHERE (?4 = 0 AND instr(' ' || events || ' ', ' ' || ?1 || ' ') > 0) OR id = ?4",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_text(statement, 1, event, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, body, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 3, now);
    sqlite3_bind_int64(statement, 4, webhook);
    return plx_db_run(db, statement, error);
}

/* Not on its way yet: more may be added to it. One that is sent again has tries = 0 and may be due
 * later, when the clock went back since; its n is 0. */
#define GATHERING "due > ?2 AND event = ?3 AND tries = 0 AND n > 0"

/* Binds what both statements below have. */
static sqlite3_stmt *prepare_stored(plx_db *db, const char *sql, gint64 observations, gint64 now,
                                    GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, observations);
    sqlite3_bind_int64(statement, 2, now);
    sqlite3_bind_text(statement, 3, PLX_WEBHOOK_STORED, -1, SQLITE_STATIC);
    return statement;
}

gboolean plx_webhooks_tell_stored(plx_store *store, gint64 observations, gint64 now, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *statement = prepare_stored(
        db,
        "UPDATE delivery SET n = n + ?1, body = '{\"observations\": ' || (n + ?1) || '}' "
        "WHERE " GATHERING,
        observations, now, error);
    if (!statement || !plx_db_run(db, statement, error))
        return FALSE;
    statement = prepare_stored(
        db,
        "INSERT INTO delivery (webhook, event, body, n, created, due, tries, status, state) "
        "SELECT id, ?3, '{\"observations\": ' || ?1 || '}', ?1, ?2, ?2 + ?4, 0, NULL, 'waiting' "
        "FROM webhook WHERE instr(' ' || events || ' ', ' ' || ?3 || ' ') > 0 "
        "AND id NOT IN (SELECT webhook FROM delivery WHERE " GATHERING ")",
        observations, now, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 4, PLX_WEBHOOK_GATHER);
    return plx_db_run(db, statement, error);
}

/* Deliveries ---------------------------------------------------------------------------------- */

static const char *const states[] = {"waiting", "done", "failed"};

const char *plx_delivery_state_name(enum plx_delivery_state state)
{
    return states[state];
}

static plx_delivery *read_delivery(sqlite3_stmt *statement)
{
    plx_delivery *const delivery = g_new0(plx_delivery, 1);
    const char *const state = (const char *)sqlite3_column_text(statement, 8);
    delivery->id = sqlite3_column_int64(statement, 0);
    delivery->webhook = sqlite3_column_int64(statement, 1);
    delivery->event = column_text(statement, 2);
    delivery->body = column_text(statement, 3);
    delivery->created = sqlite3_column_int64(statement, 4);
    delivery->due = sqlite3_column_int64(statement, 5);
    delivery->tries = sqlite3_column_int64(statement, 6);
    delivery->status =
        sqlite3_column_type(statement, 7) == SQLITE_NULL ? -1 : sqlite3_column_int64(statement, 7);
    delivery->state = g_strcmp0(state, states[1]) == 0   ? PLX_DELIVERY_DONE
                      : g_strcmp0(state, states[2]) == 0 ? PLX_DELIVERY_FAILED
                                                         : PLX_DELIVERY_WAITING;
    return delivery;
}

static GPtrArray *read_deliveries(plx_db *db, const char *sql, gint64 first, guint most,
                                  GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(free_delivery);
    int code = 0;
    if (statement) {
        sqlite3_bind_int64(statement, 1, first);
        sqlite3_bind_int64(statement, 2, most);
    }
    while (statement && (code = plx_db_step(db, statement, error)) == SQLITE_ROW)
        g_ptr_array_add(list, read_delivery(statement));
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

GPtrArray *plx_deliveries_due(plx_store *store, gint64 now, guint most, GError **error)
{
    return read_deliveries(plx_store_db(store),
                           "SELECT id, webhook, event, body, created, due, tries, status, state "
                           "FROM delivery WHERE due <= ?1 ORDER BY due, id LIMIT ?2",
                           now, most, error);
}

GPtrArray *plx_deliveries_list(plx_store *store, gint64 webhook, guint most, GError **error)
{
    return read_deliveries(plx_store_db(store),
                           "SELECT id, webhook, event, body, created, due, tries, status, state "
                           "FROM delivery WHERE ?1 = 0 OR webhook = ?1 ORDER BY id DESC LIMIT ?2",
                           webhook, most, error);
}

static gint64 pause_after(gint64 tries)
{
    const gint64 doubled = (gint64)FIRST_PAUSE << MIN(tries, 16);
    return MIN(doubled, LONGEST_PAUSE);
}

/* Whoever comes second, or after a replay, finds other tries, or that it is not due. */
static gboolean claim(plx_db *db, plx_delivery *delivery, gint64 now, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "UPDATE delivery SET tries = tries + 1, due = ?3 "
                       "WHERE id = ?1 AND tries = ?2 AND due <= ?4 RETURNING body",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, delivery->id);
    sqlite3_bind_int64(statement, 2, delivery->tries);
    sqlite3_bind_int64(statement, 3, now + pause_after(delivery->tries));
    sqlite3_bind_int64(statement, 4, now);
    const int code = plx_db_step(db, statement, error);
    if (code == SQLITE_ROW) {
        delivery->tries++;
        g_free(delivery->body);
        delivery->body = column_text(statement, 0);
    } else if (code == SQLITE_DONE) {
        plx_error(error, PLX_ERROR_NOT_FOUND, "there is no delivery %" G_GINT64_FORMAT " to send",
                  delivery->id);
    }
    sqlite3_reset(statement);
    return code == SQLITE_ROW;
}

gboolean plx_deliveries_begin(plx_store *store, plx_delivery *delivery, gint64 now, GError **error)
{
    plx_db *const db = plx_store_db(store);
    return plx_db_begin_write(db, error) &&
           plx_store_end(store, claim(db, delivery, now, error), error);
}

gboolean plx_deliveries_tried(plx_store *store, const plx_delivery *delivery, gint64 status,
                              gint64 now, GError **error)
{
    plx_db *const db = plx_store_db(store);
    const gint64 tries = delivery->tries;
    const enum plx_delivery_state state = status >= 200 && status < 300 ? PLX_DELIVERY_DONE
                                          : tries >= PLX_DELIVERY_TRIES ? PLX_DELIVERY_FAILED
                                                                        : PLX_DELIVERY_WAITING;
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "UPDATE delivery SET status = ?3, due = ?4, state = ?5 WHERE id = ?1 AND tries = ?2",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, delivery->id);
    sqlite3_bind_int64(statement, 2, tries);
    sqlite3_bind_int64(statement, 3, status);
    if (state == PLX_DELIVERY_WAITING)
        sqlite3_bind_int64(statement, 4, now + pause_after(tries - 1));
    else
        sqlite3_bind_null(statement, 4);
    sqlite3_bind_text(statement, 5, states[state], -1, SQLITE_STATIC);
    return plx_db_run(db, statement, error);
}

gboolean plx_deliveries_replay(plx_store *store, gint64 id, gint64 now, GError **error)
{
    return change_one(plx_store_db(store),
                      "UPDATE delivery SET n = 0, tries = 0, due = ?2, state = 'waiting' "
                      "WHERE id = ?1",
                      id, now, "delivery", error);
}

gboolean plx_deliveries_purge(plx_store *store, gint64 before, GError **error)
{
    plx_db *const db = plx_store_db(store);
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "DELETE FROM delivery WHERE due IS NULL AND created < ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, before);
    return plx_db_run(db, statement, error);
}
