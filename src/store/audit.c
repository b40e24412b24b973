/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/audit.h"

#include "store/store_private.h"

#include <sodium.h>
#include <string.h>

G_STATIC_ASSERT(PLX_AUDIT_CHAIN == crypto_generichash_BYTES);

#define DAMAGED "its audit log"

/* The chain ----------------------------------------------------------------------------------- */

static void add_text(crypto_generichash_state *hash, const char *text)
{
    const gsize length = strlen(text);
    const guint32 little = GUINT32_TO_LE((guint32)length);
    crypto_generichash_update(hash, (const unsigned char *)&little, sizeof little);
    crypto_generichash_update(hash, (const unsigned char *)text, length);
}

/* The chain behind `entry` from the one before it. */
static void link_entry(guint8 chain[PLX_AUDIT_CHAIN], const struct plx_audit_entry *entry)
{
    crypto_generichash_state hash;
    const gint64 number = GINT64_TO_LE(entry->number);
    crypto_generichash_init(&hash, NULL, 0, PLX_AUDIT_CHAIN);
    crypto_generichash_update(&hash, chain, PLX_AUDIT_CHAIN);
    crypto_generichash_update(&hash, (const unsigned char *)&number, sizeof number);
    add_text(&hash, entry->time);
    add_text(&hash, entry->actor);
    add_text(&hash, entry->act);
    add_text(&hash, entry->about);
    crypto_generichash_final(&hash, chain, PLX_AUDIT_CHAIN);
}

/* What stands before the first entry: no log fits another workspace. */
static gboolean read_genesis(plx_db *db, guint8 chain[PLX_AUDIT_CHAIN], GError **error)
{
    static const char name[] = "parallax audit";
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "SELECT value FROM fact WHERE name = 'workspace'", error);
    const int code = statement ? plx_db_step(db, statement, error) : 0;
    if (code == 0)
        return FALSE;
    if (code != SQLITE_ROW)
        return plx_db_damaged(db, error, DAMAGED);
    crypto_generichash_state hash;
    crypto_generichash_init(&hash, NULL, 0, PLX_AUDIT_CHAIN);
    crypto_generichash_update(&hash, (const unsigned char *)name, strlen(name));
    crypto_generichash_update(&hash, sqlite3_column_blob(statement, 0),
                              (unsigned long long)sqlite3_column_bytes(statement, 0));
    crypto_generichash_final(&hash, chain, PLX_AUDIT_CHAIN);
    sqlite3_reset(statement);
    return TRUE;
}

static gboolean is_chain(sqlite3_stmt *row, int column, const guint8 chain[PLX_AUDIT_CHAIN])
{
    return sqlite3_column_bytes(row, column) == PLX_AUDIT_CHAIN &&
           memcmp(sqlite3_column_blob(row, column), chain, PLX_AUDIT_CHAIN) == 0;
}

/* Reading ------------------------------------------------------------------------------------- */

/* Of the row that a statement stands on. */
static gboolean take_row(sqlite3_stmt *row, struct plx_audit_state *state, plx_audit_visit visit,
                         gpointer data)
{
    struct plx_audit_entry entry = {.number = sqlite3_column_int64(row, 0),
                                    .time = (const char *)sqlite3_column_text(row, 1),
                                    .actor = (const char *)sqlite3_column_text(row, 2),
                                    .act = (const char *)sqlite3_column_text(row, 3),
                                    .about = (const char *)sqlite3_column_text(row, 4),
                                    .chain = state->chain};
    if (entry.number != state->entries + 1 || !entry.time || !entry.actor || !entry.act ||
        !entry.about)
        return FALSE;
    link_entry(state->chain, &entry);
    if (!is_chain(row, 5, state->chain))
        return FALSE;
    state->entries++;
    if (visit)
        visit(&entry, data);
    return TRUE;
}

/* In one statement, as in acts.c: what the facts say is in each row. */
static sqlite3_stmt *prepare_all(plx_db *db, GError **error)
{
    return plx_db_prepare(
        db,
        "SELECT id, time, actor, act, about, chain, entries.value, last.value "
        "FROM fact AS entries JOIN fact AS last ON last.name = 'audit_chain' LEFT JOIN audit "
        "WHERE entries.name = 'audit' ORDER BY id",
        error);
}

gboolean plx_audit_read(plx_store *store, plx_audit_visit visit, gpointer data,
                        struct plx_audit_state *state, GError **error)
{
    plx_db *const db = store->db;
    struct plx_audit_state found = {0};
    gboolean whole = FALSE;
    int code;
    if (!read_genesis(db, found.chain, error))
        return FALSE;
    sqlite3_stmt *const all = prepare_all(db, error);
    if (!all)
        return FALSE;
    while ((code = plx_db_step(db, all, error)) == SQLITE_ROW) {
        if (sqlite3_column_type(all, 0) != SQLITE_NULL && !take_row(all, &found, visit, data)) {
            sqlite3_reset(all);
            return plx_db_damaged(db, error, DAMAGED " (entry %" G_GINT64_FORMAT ")",
                                  found.entries + 1);
        }
        whole = sqlite3_column_int64(all, 6) == found.entries &&
                (found.entries == 0 || is_chain(all, 7, found.chain));
    }
    if (code != SQLITE_DONE)
        return FALSE;
    if (!whole)
        return plx_db_damaged(db, error, DAMAGED " (behind entry %" G_GINT64_FORMAT ")",
                              found.entries);
    *state = found;
    return TRUE;
}

/* Adding -------------------------------------------------------------------------------------- */

/* The end of the log as it is, without going over all of it: the last row is the one that the facts
 * tell of. */
static gboolean read_end(plx_db *db, struct plx_audit_state *state, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT entries.value, last.value, audit.chain, (SELECT max(id) FROM audit) "
                       "FROM fact AS entries JOIN fact AS last ON last.name = 'audit_chain' "
                       "LEFT JOIN audit ON id = entries.value WHERE entries.name = 'audit'",
                       error);
    if (!statement || !read_genesis(db, state->chain, error))
        return FALSE;
    const int code = plx_db_step(db, statement, error);
    if (code == 0)
        return FALSE;
    gboolean whole = code == SQLITE_ROW;
    state->entries = whole ? sqlite3_column_int64(statement, 0) : 0;
    if (whole)
        whole = sqlite3_column_int64(statement, 3) == state->entries;
    if (whole && state->entries > 0) {
        whole = sqlite3_column_bytes(statement, 1) == PLX_AUDIT_CHAIN;
        if (whole)
            memcpy(state->chain, sqlite3_column_blob(statement, 1), PLX_AUDIT_CHAIN);
        whole = whole && is_chain(statement, 2, state->chain);
    }
    sqlite3_reset(statement);
    return whole || plx_db_damaged(db, error, DAMAGED " (at its end)");
}

static gboolean insert(plx_db *db, const struct plx_audit_entry *entry, GError **error)
{
    sqlite3_stmt *const row = plx_db_prepare(
        db,
        "INSERT INTO audit (id, time, actor, act, about, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        error);
    if (!row)
        return FALSE;
    sqlite3_bind_int64(row, 1, entry->number);
    sqlite3_bind_text(row, 2, entry->time, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 3, entry->actor, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 4, entry->act, -1, SQLITE_STATIC);
    sqlite3_bind_text(row, 5, entry->about, -1, SQLITE_STATIC);
    sqlite3_bind_blob(row, 6, entry->chain, PLX_AUDIT_CHAIN, SQLITE_STATIC);
    return plx_db_run(db, row, error) &&
           plx_db_execute(db,
                          "UPDATE fact SET value = (SELECT max(id) FROM audit) "
                          "WHERE name = 'audit'; "
                          "UPDATE fact SET value = (SELECT chain FROM audit ORDER BY id DESC "
                          "LIMIT 1) WHERE name = 'audit_chain';",
                          error);
}

gboolean plx_audit_add(plx_store *store, const char *actor, const char *act, const char *about,
                       GError **error)
{
    struct plx_audit_state end;
    if (!read_end(store->db, &end, error))
        return FALSE;
    g_autofree char *now = plx_store_now();
    const struct plx_audit_entry entry = {end.entries + 1,    now,      actor, act,
                                          about ? about : "", end.chain};
    link_entry(end.chain, &entry);
    return insert(store->db, &entry, error);
}

/* Following ----------------------------------------------------------------------------------- */

struct following {
    plx_store *store; /* borrowed: it owns the connection that owns this */
    char *actor, *act, *about;
    gboolean answers, told;
};

static void free_following(gpointer data)
{
    struct following *const following = data;
    g_free(following->actor);
    g_free(following->act);
    g_free(following->about);
    g_free(following);
}

static gboolean tell(gpointer data, GError **error)
{
    struct following *const following = data;
    plx_store *const store = following->store;
    const char *const about = *following->about ? following->about
                              : store->doing    ? store->doing
                                                : "";
    return (following->answers ? !store->moved : following->told) ||
           plx_audit_add(store, following->actor, following->act, about, error);
}

static void note_told(gpointer data)
{
    struct following *const following = data;
    following->store->moved = FALSE;
    following->told = TRUE;
}

void plx_store_doing(plx_store *store, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_free(store->doing);
    store->doing = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

void plx_audit_follow(plx_store *store, const struct plx_audit_deed *deed)
{
    struct following *const following = g_new(struct following, 1);
    *following = (struct following){.store = store,
                                    .actor = g_strdup(deed->actor),
                                    .act = g_strdup(deed->act),
                                    .about = g_strdup(deed->about),
                                    .answers = deed->answers};
    store->moved = FALSE;
    plx_db_set_ending(store->db, tell, note_told, following, free_following);
}
