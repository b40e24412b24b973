/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/links.h"

#include "base/error.h"
#include "store/audit.h"
#include "store/crc.h"
#include "store/forms_private.h"
#include "store/suggestions.h"
#include "store/ticket.h"

#include <sodium.h>
#include <string.h>

#define DAMAGED "its links to forms"

static const char *const kind_names[] = {"campaign", "single", "place", "kiosk"};
static const char *const state_names[] = {"open", "early", "late", "full", "closed"};

const char *plx_link_kind_name(guint kind)
{
    return kind < G_N_ELEMENTS(kind_names) ? kind_names[kind] : NULL;
}

const char *plx_link_state_name(enum plx_link_state state)
{
    return state_names[state];
}

void plx_link_free(struct plx_link *link)
{
    if (!link)
        return;
    g_free(link->token);
    g_free(link->audience);
    g_free(link->place);
    g_free(link->channel);
    g_free(link->settings);
    g_free(link);
}

enum plx_link_state plx_link_state(const struct plx_link *link, gint32 day)
{
    if (link->closed)
        return PLX_LINK_CLOSED;
    if (link->opens != PLX_LINK_ALWAYS && day < link->opens)
        return PLX_LINK_EARLY;
    if (link->closes != PLX_LINK_ALWAYS && day > link->closes)
        return PLX_LINK_LATE;
    return link->quota > 0 && link->completed >= link->quota ? PLX_LINK_FULL : PLX_LINK_OPEN;
}

static gint64 link_crc(const struct plx_link *link)
{
    g_autofree char *all = g_strdup_printf(
        "%" G_GINT64_FORMAT "\1%s\1%s\1%s\1%s\1%s\1%s\1%s\1%d\1%d\1%" G_GINT64_FORMAT "\1%d\1%d",
        link->id, kind_names[link->kind], link->token ? link->token : "", link->audience,
        plx_identity_name((int)link->identity), link->place ? link->place : "",
        link->channel ? link->channel : "", link->settings,
        link->opens == PLX_LINK_ALWAYS ? 0 : link->opens,
        link->closes == PLX_LINK_ALWAYS ? 0 : link->closes, link->quota, link->closed,
        link->created);
    return plx_crc(all, strlen(all));
}

/* Reading ------------------------------------------------------------------------------------ */

static int find_name(const char *name, const char *(*name_of)(int))
{
    int i = 0;
    while (name_of(i) && g_strcmp0(name, name_of(i)) != 0)
        i++;
    return name_of(i) ? i : -1;
}

static const char *kind_name(int kind)
{
    return plx_link_kind_name((guint)kind);
}

static char *text_of(sqlite3_stmt *row, int column)
{
    return g_strdup((const char *)sqlite3_column_text(row, column));
}

static gint32 day_of(sqlite3_stmt *row, int column)
{
    return sqlite3_column_type(row, column) == SQLITE_NULL ? PLX_LINK_ALWAYS
                                                           : sqlite3_column_int(row, column);
}

#define COLUMNS                                                                                    \
    "id, kind, token, audience, identity, place, channel, settings, opens, closes, quota, "        \
    "closed, created, completed, crc"

/* The link that a statement stands on; NULL: it is damaged. */
static struct plx_link *read_row(sqlite3_stmt *row)
{
    const int kind = find_name((const char *)sqlite3_column_text(row, 1), kind_name);
    const int identity = find_name((const char *)sqlite3_column_text(row, 4), plx_identity_name);
    g_autoptr(plx_link) link = g_new0(struct plx_link, 1);
    link->id = sqlite3_column_int64(row, 0);
    link->token = text_of(row, 2);
    link->audience = text_of(row, 3);
    link->place = text_of(row, 5);
    link->channel = text_of(row, 6);
    link->settings = text_of(row, 7);
    link->opens = day_of(row, 8);
    link->closes = day_of(row, 9);
    link->quota = sqlite3_column_int64(row, 10);
    link->closed = sqlite3_column_int(row, 11) != 0;
    link->created = sqlite3_column_int(row, 12);
    link->completed = sqlite3_column_int64(row, 13);
    if (kind < 0 || identity < 0 || !link->audience || !link->settings)
        return NULL;
    link->kind = (enum plx_link_kind)kind;
    link->identity = (enum plx_identity)identity;
    return sqlite3_column_int64(row, 14) == link_crc(link) ? g_steal_pointer(&link) : NULL;
}

GPtrArray *plx_links_read(plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) links = g_ptr_array_new_with_free_func((GDestroyNotify)plx_link_free);
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "SELECT " COLUMNS ", value FROM fact LEFT JOIN link WHERE name = 'links' "
                       "ORDER BY id",
                       error);
    gint64 expected = -1;
    int code;
    if (!statement)
        return NULL;
    while ((code = plx_db_step(store->db, statement, error)) == SQLITE_ROW) {
        expected = sqlite3_column_int64(statement, 15);
        if (sqlite3_column_type(statement, 0) == SQLITE_NULL)
            continue;
        struct plx_link *const link = read_row(statement);
        if (link)
            g_ptr_array_add(links, link);
    }
    if (code == SQLITE_DONE && expected == links->len)
        return g_steal_pointer(&links);
    if (code == SQLITE_DONE)
        plx_db_damaged(store->db, error, DAMAGED);
    return NULL;
}

/* The one row of a bound statement. *link becomes NULL when there is none. */
static gboolean read_one(plx_store *store, sqlite3_stmt *statement, struct plx_link **link,
                         GError **error)
{
    const int code = plx_db_step(store->db, statement, error);
    if (code == 0)
        return FALSE;
    struct plx_link *const found = code == SQLITE_ROW ? read_row(statement) : NULL;
    sqlite3_reset(statement);
    if (code == SQLITE_ROW && !found)
        return plx_db_damaged(store->db, error, DAMAGED);
    *link = found;
    return TRUE;
}

struct plx_link *plx_links_get(plx_store *store, gint64 id, GError **error)
{
    struct plx_link *link = NULL;
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "SELECT " COLUMNS " FROM link WHERE id = ?1", error);
    if (!statement)
        return NULL;
    sqlite3_bind_int64(statement, 1, id);
    if (read_one(store, statement, &link, error) && !link)
        plx_error(error, PLX_ERROR_NOT_FOUND, "%s: there is no link %" G_GINT64_FORMAT,
                  plx_store_path(store), id);
    return link;
}

struct plx_link *plx_links_find(plx_store *store, const char *token, GError **error)
{
    guint8 key[PLX_FORM_KEY];
    struct plx_link *link = NULL;
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db,
                       "SELECT " COLUMNS " FROM link WHERE token = ?1 "
                       "OR id = (SELECT link FROM link_address WHERE key = ?2 AND ?1 IS NOT NULL)",
                       error);
    if (!statement)
        return NULL;
    plx_form_key(store, PLX_KEY_ADDRESS, token, key);
    sqlite3_bind_text(statement, 1, token, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 2, key, sizeof key, SQLITE_STATIC);
    if (read_one(store, statement, &link, error) && !link)
        plx_error(error, PLX_ERROR_NOT_FOUND, "there is no form under this address");
    return link;
}

/* Writing ------------------------------------------------------------------------------------ */

static void bind_text(sqlite3_stmt *statement, int place, const char *text)
{
    if (text)
        sqlite3_bind_text(statement, place, text, -1, SQLITE_STATIC);
}

static void bind_day(sqlite3_stmt *statement, int place, gint32 day)
{
    if (day != PLX_LINK_ALWAYS)
        sqlite3_bind_int(statement, place, day);
}

static gboolean put(plx_db *db, const struct plx_link *link, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db,
        "INSERT INTO link (" COLUMNS ") "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) "
        "ON CONFLICT (id) DO UPDATE SET closed = excluded.closed, crc = excluded.crc",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, link->id);
    bind_text(statement, 2, kind_names[link->kind]);
    bind_text(statement, 3, link->token);
    bind_text(statement, 4, link->audience);
    bind_text(statement, 5, plx_identity_name((int)link->identity));
    bind_text(statement, 6, link->place);
    bind_text(statement, 7, link->channel);
    bind_text(statement, 8, link->settings);
    bind_day(statement, 9, link->opens);
    bind_day(statement, 10, link->closes);
    sqlite3_bind_int64(statement, 11, link->quota);
    sqlite3_bind_int(statement, 12, link->closed);
    sqlite3_bind_int(statement, 13, link->created);
    sqlite3_bind_int64(statement, 14, link->completed);
    sqlite3_bind_int64(statement, 15, link_crc(link));
    return plx_db_run(db, statement, error);
}

/* In one transaction, so that their order on the page is that of a list that nobody used yet. */
static gboolean put_addresses(plx_store *store, const struct plx_link *link, GPtrArray *tokens,
                              GError **error)
{
    for (gint64 i = 0; i < link->quota; i++) {
        guint8 key[PLX_FORM_KEY];
        g_autofree char *hash = NULL;
        char *const token = plx_suggestions_token(&hash);
        g_ptr_array_add(tokens, token);
        sqlite3_stmt *const statement = plx_db_prepare(
            store->db, "INSERT INTO link_address (key, link) VALUES (?1, ?2)", error);
        if (!statement)
            return FALSE;
        plx_form_key(store, PLX_KEY_ADDRESS, token, key);
        sqlite3_bind_blob(statement, 1, key, sizeof key, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 2, link->id);
        if (!plx_db_run(store->db, statement, error))
            return FALSE;
    }
    return TRUE;
}

/* Within the transaction; `first` is the id of the first. */
static gboolean add(plx_store *store, const struct plx_link *links, guint n, gint64 first,
                    GPtrArray *tokens, GError **error)
{
    for (guint i = 0; i < n; i++) {
        struct plx_link link = links[i];
        link.id = first + i;
        link.closed = FALSE;
        link.completed = 0;
        link.token = link.kind == PLX_LINK_SINGLE ? NULL : plx_ticket_short();
        if (link.token)
            g_ptr_array_add(tokens, link.token);
        if (!put(store->db, &link, error) ||
            (!link.token && !put_addresses(store, &link, tokens, error)))
            return FALSE;
    }
    return plx_db_execute(store->db,
                          "UPDATE fact SET value = (SELECT count(*) FROM link) "
                          "WHERE name = 'links'",
                          error);
}

/* For the audit log: "link 3" or "links 3 to 5". */
static gboolean note(plx_store *store, const char *actor, const char *act, gint64 first, guint n,
                     GError **error)
{
    g_autofree char *about =
        n == 1 ? g_strdup_printf("link %" G_GINT64_FORMAT, first)
               : g_strdup_printf("links %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, first,
                                 first + n - 1);
    return plx_audit_add(store, actor, act, about, error);
}

gboolean plx_links_add(plx_store *store, const char *actor, const struct plx_link *links, guint n,
                       gint64 *first, char ***addresses, GError **error)
{
    gint64 last;
    g_assert(n == 1 || links[0].kind != PLX_LINK_SINGLE);
    if (!plx_db_begin_write(store->db, error))
        return FALSE;
    g_autoptr(GPtrArray) tokens = g_ptr_array_new_with_free_func(g_free);
    const gboolean ok =
        plx_db_number(store->db, "SELECT coalesce(max(id), 0) FROM link", &last, error) &&
        add(store, links, n, last + 1, tokens, error) &&
        note(store, actor, "link create", last + 1, n, error);
    if (!plx_store_end(store, ok, error))
        return FALSE;
    g_ptr_array_add(tokens, NULL);
    *first = last + 1;
    *addresses = (char **)g_ptr_array_free(g_steal_pointer(&tokens), FALSE);
    return TRUE;
}

/* Within the transaction. */
static gboolean close_link(plx_store *store, gint64 id, GError **error)
{
    g_autoptr(plx_link) link = plx_links_get(store, id, error);
    if (!link)
        return FALSE;
    if (link->closed)
        return plx_error(error, PLX_ERROR_USAGE, "link %" G_GINT64_FORMAT " is closed already", id);
    link->closed = TRUE;
    return put(store->db, link, error);
}

gboolean plx_links_close(plx_store *store, const char *actor, gint64 id, GError **error)
{
    return plx_db_begin_write(store->db, error) &&
           plx_store_end(store,
                         close_link(store, id, error) &&
                             note(store, actor, "link close", id, 1, error),
                         error);
}

gboolean plx_links_use(plx_store *store, const struct plx_link *link, const char *address,
                       GError **error)
{
    guint8 key[PLX_FORM_KEY];
    sqlite3_stmt *const statement =
        plx_db_prepare(store->db, "UPDATE link SET completed = completed + 1 WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, link->id);
    plx_form_key(store, PLX_KEY_ADDRESS, address, key);
    return plx_db_run(store->db, statement, error) &&
           (link->kind != PLX_LINK_SINGLE ||
            plx_form_drop(store->db, "DELETE FROM link_address WHERE key = ?1", key, NULL, error));
}
