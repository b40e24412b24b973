/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/requests.h"

#include "base/error.h"
#include "store/store_private.h"

#include <sodium.h>
#include <string.h>

void plx_request_hash(struct plx_request *request, gint64 sender, const char *key, const void *body,
                      gsize length)
{
    crypto_generichash_state state;
    const gint64 who = GINT64_TO_LE(sender);
    crypto_generichash_init(&state, NULL, 0, sizeof request->key);
    crypto_generichash_update(&state, (const guint8 *)&who, sizeof who);
    crypto_generichash_update(&state, (const guint8 *)key, strlen(key));
    crypto_generichash_final(&state, request->key, sizeof request->key);
    crypto_generichash(request->body, sizeof request->body, body, length, NULL, 0);
}

/* Where keys are ------------------------------------------------------------------------------ */

enum { BITS_FIRST = 12, BITS_MOST = 30 };

/* Open addressing by the first 32 bits of a key, of which the upper ones are the place. A slot is
 * these bits and how far the row's id lies behind `base`; 0: free. */
struct plx_request_index {
    guint64 *slots;
    guint bits; /* 1 << bits slots */
    guint n;
    gint64 base, last; /* ids: of the first row less one, of the last that is known */
    GArray *added;     /* struct added: the last ids, to be written when the transaction ends */
    gboolean current;  /* knows what other processes added: nobody else can within a transaction */
};

struct added {
    struct plx_request request;
    gint32 day;
};

void plx_requests_forget(plx_store *store)
{
    if (store->requests) {
        g_array_unref(store->requests->added);
        g_free(store->requests->slots);
    }
    g_clear_pointer(&store->requests, g_free);
}

static guint32 bits_of(const guint8 key[PLX_REQUEST_HASH])
{
    guint32 bits;
    memcpy(&bits, key, sizeof bits);
    return bits;
}

static void put_slot(struct plx_request_index *index, guint64 slot)
{
    const guint mask = (1U << index->bits) - 1;
    guint at = (guint)(slot >> 32) >> (32 - index->bits);
    while (index->slots[at])
        at = (at + 1) & mask;
    index->slots[at] = slot;
    index->n++;
}

static void grow(struct plx_request_index *index)
{
    g_autofree guint64 *old = index->slots;
    const guint room = 1U << index->bits;
    index->bits++;
    index->n = 0;
    index->slots = g_new0(guint64, (gsize)1 << index->bits);
    for (guint i = 0; i < room; i++)
        if (old[i])
            put_slot(index, old[i]);
}

/* FALSE: there are more than fit, a billion or so. */
static gboolean learn(struct plx_request_index *index, const guint8 *key, gint64 id)
{
    if (index->n >= (1U << index->bits) / 4 * 3) {
        if (index->bits == BITS_MOST)
            return FALSE;
        grow(index);
    }
    if (id - index->base > G_MAXUINT32)
        return FALSE;
    put_slot(index, (guint64)bits_of(key) << 32 | (guint64)(id - index->base));
    index->last = id;
    return TRUE;
}

static gboolean begin_index(plx_store *store, GError **error)
{
    gint64 first;
    if (!plx_db_number(store->db, "SELECT coalesce(min(id), 1) FROM request", &first, error))
        return FALSE;
    store->requests = g_new0(struct plx_request_index, 1);
    store->requests->bits = BITS_FIRST;
    store->requests->slots = g_new0(guint64, (gsize)1 << BITS_FIRST);
    store->requests->base = store->requests->last = first - 1;
    store->requests->added = g_array_new(FALSE, FALSE, sizeof(struct added));
    return TRUE;
}

static gboolean too_much(const plx_store *store, GError **error)
{
    return plx_error(error, PLX_ERROR_IO, "%s: there is something wrong with requests",
                     plx_store_path(store));
}

/* What was added since, by whomever; once in a transaction. */
static gboolean catch_up(plx_store *store, GError **error)
{
    if (!store->requests && !begin_index(store, error))
        return FALSE;
    if (store->requests->current)
        return TRUE;
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT id, key FROM request WHERE id > ?1 ORDER BY id", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, store->requests->last);
    int code;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW)
        if (sqlite3_column_bytes(statement, 1) != PLX_REQUEST_HASH ||
            !learn(store->requests, sqlite3_column_blob(statement, 1),
                   sqlite3_column_int64(statement, 0))) {
            sqlite3_reset(statement);
            return too_much(store, error);
        }
    store->requests->current = code == SQLITE_DONE;
    return store->requests->current;
}

/* Finding and adding -------------------------------------------------------------------------- */

/* Is the row of this id the one? */
static gboolean look_at(plx_store *store, gint64 id, struct plx_request *request, gboolean *found,
                        gboolean *same, GError **error)
{
    const struct plx_request_index *const index = store->requests;
    const gint64 written = index->last - index->added->len;
    if (id > written) {
        const struct plx_request *const other =
            &g_array_index(index->added, struct added, id - written - 1).request;
        *found = memcmp(other->key, request->key, PLX_REQUEST_HASH) == 0;
        *same = *found && memcmp(other->body, request->body, PLX_REQUEST_HASH) == 0;
        if (*same)
            *request = *other;
        return TRUE;
    }
    sqlite3_stmt *const statement = plx_db_prepare(
        store->db, "SELECT key, body, encounters, observations FROM request WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, id);
    const int code = plx_db_step(store->db, statement, error);
    if (code != SQLITE_ROW)
        return code == SQLITE_DONE;
    *found = memcmp(sqlite3_column_blob(statement, 0), request->key, PLX_REQUEST_HASH) == 0;
    if (*found) {
        *same = memcmp(sqlite3_column_blob(statement, 1), request->body, PLX_REQUEST_HASH) == 0;
        request->encounters = sqlite3_column_int64(statement, 2);
        request->observations = sqlite3_column_int64(statement, 3);
    }
    sqlite3_reset(statement);
    return TRUE;
}

gboolean plx_requests_find_within(plx_store *store, struct plx_request *request, gboolean *found,
                                  GError **error)
{
    gboolean seen = FALSE, same = FALSE;
    if (!catch_up(store, error))
        return FALSE;
    const struct plx_request_index *const index = store->requests;
    const guint mask = (1U << index->bits) - 1;
    const guint32 bits = bits_of(request->key);
    for (guint at = bits >> (32 - index->bits); index->slots[at] && !seen; at = (at + 1) & mask)
        if (index->slots[at] >> 32 == bits &&
            !look_at(store, index->base + (gint64)(index->slots[at] & G_MAXUINT32), request, &seen,
                     &same, error))
            return FALSE;
    if (seen && !same)
        return plx_error(error, PLX_ERROR_USAGE,
                         "this Idempotency-Key was used for something else; nothing was stored");
    *found = seen;
    return TRUE;
}

gboolean plx_requests_add_within(plx_store *store, const struct plx_request *request, gint32 day,
                                 GError **error)
{
    const struct added added = {*request, day};
    if (!catch_up(store, error))
        return FALSE;
    if (!learn(store->requests, request->key, store->requests->last + 1))
        return too_much(store, error);
    g_array_append_val(store->requests->added, added);
    return TRUE;
}

static gboolean insert(plx_db *db, gint64 id, const struct added *added, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "INSERT INTO request (id, key, body, encounters, observations, day) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                       error);
    if (!statement)
        return FALSE;
    const struct plx_request *const r = &added->request;
    sqlite3_bind_int64(statement, 1, id);
    sqlite3_bind_blob(statement, 2, r->key, sizeof r->key, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 3, r->body, sizeof r->body, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 4, r->encounters);
    sqlite3_bind_int64(statement, 5, r->observations);
    sqlite3_bind_int64(statement, 6, added->day);
    return plx_db_run(db, statement, error);
}

gboolean plx_requests_write(plx_store *store, GError **error)
{
    struct plx_request_index *const index = store->requests;
    if (!index)
        return TRUE;
    const gint64 written = index->last - index->added->len;
    for (guint i = 0; i < index->added->len; i++)
        if (!insert(store->db, written + i + 1, &g_array_index(index->added, struct added, i),
                    error))
            return FALSE;
    g_array_set_size(index->added, 0);
    index->current = FALSE;
    return TRUE;
}

/* The last row stays, so that no id is given twice. */
static gboolean drop_before(plx_db *db, gint32 day, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "DELETE FROM request WHERE id < coalesce((SELECT id FROM request WHERE "
                       "day >= ?1 ORDER BY id LIMIT 1), (SELECT max(id) FROM request))",
                       error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, day);
    return plx_db_run(db, statement, error);
}

gboolean plx_requests_purge(plx_store *store, gint32 day, GError **error)
{
    plx_requests_forget(store);
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(store, drop_before(store->db, day - PLX_REQUEST_DAYS, error), error);
}
