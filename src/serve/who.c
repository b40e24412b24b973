/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/who.h"

#include "base/date.h"
#include "base/error.h"
#include "store/sessions.h"

#include <string.h>

#define HELD_MAX 100000
#define BEARER "Bearer "

struct plx_entrance {
    struct plx_cookie_names cookies;
    GMutex lock; /* of all that follows */
    plx_store *store;
    GHashTable *held; /* hash of a ticket -> plx_who */
    gint64 access;    /* changes that were counted when they were read */
    gint64 looked;    /* the second in which that was asked last, or -1 */
};

/* Who ----------------------------------------------------------------------------------------- */

plx_who *plx_who_ref(plx_who *who)
{
    g_atomic_int_inc(&who->ref_count);
    return who;
}

void plx_who_unref(plx_who *who)
{
    if (!who || !g_atomic_int_dec_and_test(&who->ref_count))
        return;
    g_free(who->login);
    g_free(who->name);
    g_free(who->actor);
    g_free(who);
}

enum plx_permission plx_who_permission(enum plx_role role)
{
    static const enum plx_permission of[PLX_ROLES] = {
        [PLX_ROLE_VIEWER] = PLX_MAY_VIEW,
        [PLX_ROLE_SHOPPER] = PLX_MAY_SHOPPER,
        [PLX_ROLE_ANALYST] = PLX_MAY_ANALYSE,
        [PLX_ROLE_EDITOR] = PLX_MAY_EDIT,
        [PLX_ROLE_ADMINISTRATOR] = PLX_MAY_ADMINISTER,
    };
    return of[role];
}

/* What a program needs for a route of this permission. */
static guint scopes_for(const struct plx_route *route)
{
    switch (route->permission) {
    case PLX_MAY_VIEW:
        return PLX_SCOPE_READ;
    case PLX_MAY_EDIT:
        /* Tills and booking systems put answers in and may nothing else. */
        return strcmp(route->pattern, "/api/encounters") == 0 ? PLX_SCOPE_COLLECT : 0;
    case PLX_MAY_ANALYSE:
    case PLX_MAY_ALL:
    case PLX_MAY_SHOPPER:
    case PLX_MAY_ADMINISTER:
    default:
        return 0;
    }
}

gboolean plx_who_may(const plx_who *who, const struct plx_route *route)
{
    if (route->permission == PLX_MAY_ALL)
        return TRUE;
    if (!who || who->half)
        return FALSE;
    if (who->token)
        return g_str_has_prefix(route->pattern, "/api/") && (who->scopes & scopes_for(route)) != 0;
    return who->may >= route->permission;
}

gboolean plx_who_is_due(const plx_who *who, gint64 now)
{
    return who->token ? who->used != plx_date_of_seconds(now)
                      : who->used + PLX_SESSION_USE <= now || who->used > now;
}

gboolean plx_who_note(const plx_who *who, plx_store *store, gint64 now, GError **error)
{
    if (who->token)
        return plx_api_tokens_use(store, who->token, plx_date_of_seconds(now), error);
    const gint64 until = MIN(now + PLX_SESSION_IDLE, who->created + PLX_SESSION_LONGEST);
    return plx_sessions_use(store, who->session, now, who->half ? who->expires : until, error);
}

/* Asking -------------------------------------------------------------------------------------- */

static guint hash_of(gconstpointer key)
{
    guint hash;
    memcpy(&hash, key, sizeof hash); /* they are random */
    return hash;
}

static gboolean is_same(gconstpointer a, gconstpointer b)
{
    return memcmp(a, b, PLX_TICKET_HASH) == 0;
}

static void unref_who(gpointer who)
{
    plx_who_unref(who);
}

plx_entrance *plx_entrance_new(const char *path, const struct plx_cookie_names *cookies,
                               GError **error)
{
    plx_store *const store = plx_store_open(path, PLX_STORE_READ, error);
    if (!store)
        return NULL;
    plx_entrance *const entrance = g_new0(plx_entrance, 1);
    entrance->cookies = *cookies;
    entrance->store = store;
    entrance->held = g_hash_table_new_full(hash_of, is_same, g_free, unref_who);
    entrance->looked = -1;
    g_mutex_init(&entrance->lock);
    return entrance;
}

void plx_entrance_free(plx_entrance *entrance)
{
    if (!entrance)
        return;
    plx_store_free(entrance->store);
    g_hash_table_unref(entrance->held);
    g_mutex_clear(&entrance->lock);
    g_free(entrance);
}

const struct plx_cookie_names *plx_entrance_cookies(const plx_entrance *entrance)
{
    return &entrance->cookies;
}

struct plx_http_slice plx_entrance_ticket(const plx_entrance *entrance,
                                          const struct plx_http_head *head, gboolean *bearer)
{
    const struct plx_http_slice shown = plx_http_head_value(head, "Authorization");
    const guint begin = (guint)strlen(BEARER);
    *bearer = shown.at != NULL;
    if (!shown.at)
        return plx_cookie_read(plx_http_head_value(head, "Cookie"), &entrance->cookies);
    if (shown.length != begin + PLX_API_TOKEN_LENGTH ||
        g_ascii_strncasecmp(shown.at, BEARER, begin) != 0)
        return (struct plx_http_slice){NULL, 0};
    return (struct plx_http_slice){shown.at + begin, PLX_API_TOKEN_LENGTH};
}

static gboolean is_nobody(GError **cause, GError **error)
{
    if (g_error_matches(*cause, PLX_ERROR, PLX_ERROR_NOT_FOUND))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(cause));
    return FALSE;
}

static gboolean read_person(plx_entrance *entrance, const guint8 hash[PLX_TICKET_HASH], gint64 now,
                            plx_who **who, GError **error)
{
    struct plx_session session;
    g_autoptr(GError) cause = NULL;
    if (!plx_sessions_find(entrance->store, hash, now, &session, &cause))
        return is_nobody(&cause, error);
    g_autoptr(plx_account) account = plx_accounts_by_id(entrance->store, session.account, &cause);
    if (!account)
        return is_nobody(&cause, error);
    if (account->disabled)
        return TRUE;
    plx_who *const found = g_new0(plx_who, 1);
    found->ref_count = 1;
    found->account = account->id;
    found->login = g_steal_pointer(&account->login);
    found->name = g_steal_pointer(&account->name);
    found->actor = g_strdup_printf("account %" G_GINT64_FORMAT, account->id);
    found->role = account->role;
    found->may = session.half ? PLX_MAY_ALL : plx_who_permission(account->role);
    found->half = session.half;
    memcpy(found->session, session.hash, sizeof found->session);
    found->created = session.created;
    found->used = session.used;
    found->expires = session.expires;
    *who = found;
    return TRUE;
}

static gboolean read_program(plx_entrance *entrance, const guint8 hash[PLX_TICKET_HASH], gint64 now,
                             plx_who **who, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autoptr(plx_api_token) token = plx_api_tokens_by_hash(entrance->store, hash, now, &cause);
    if (!token)
        return is_nobody(&cause, error);
    plx_who *const found = g_new0(plx_who, 1);
    found->ref_count = 1;
    found->token = token->id;
    found->login = g_strdup(token->name);
    found->name = g_strdup("");
    found->actor = g_strdup_printf("token %s", token->prefix);
    found->scopes = token->scopes;
    found->created = token->created;
    found->used = token->used;
    found->expires = token->expires;
    *who = found;
    return TRUE;
}

/* Forgets what is held when rights were changed since. */
static gboolean look(plx_entrance *entrance, gint64 now, GError **error)
{
    gint64 access;
    if (entrance->looked == now)
        return TRUE;
    if (!plx_access_count(entrance->store, &access, error))
        return FALSE;
    if (access != entrance->access || g_hash_table_size(entrance->held) > HELD_MAX)
        g_hash_table_remove_all(entrance->held);
    entrance->access = access;
    entrance->looked = now;
    return TRUE;
}

/* What is held of when it was used last says when to note it again (plx_who_is_due), so it must be
 * read anew by then. */
static gboolean is_fresh(const plx_who *who, gint64 now)
{
    return who->expires > now && !plx_who_is_due(who, now);
}

/* Under the lock. */
static gboolean ask(plx_entrance *entrance, const guint8 hash[PLX_TICKET_HASH], gboolean bearer,
                    gint64 now, plx_who **who, GError **error)
{
    plx_who *found = NULL;
    if (!look(entrance, now, error))
        return FALSE;
    plx_who *const held = g_hash_table_lookup(entrance->held, hash);
    if (held && is_fresh(held, now)) {
        *who = plx_who_ref(held);
        return TRUE;
    }
    if (held)
        g_hash_table_remove(entrance->held, hash);
    if (!(bearer ? read_program : read_person)(entrance, hash, now, &found, error))
        return FALSE;
    if (found)
        g_hash_table_insert(entrance->held, g_memdup2(hash, PLX_TICKET_HASH), plx_who_ref(found));
    *who = found;
    return TRUE;
}

gboolean plx_entrance_ask(plx_entrance *entrance, const struct plx_http_head *head, gint64 now,
                          plx_who **who, GError **error)
{
    gboolean bearer;
    guint8 hash[PLX_TICKET_HASH];
    const struct plx_http_slice ticket = plx_entrance_ticket(entrance, head, &bearer);
    if (!ticket.at) {
        *who = NULL;
        return TRUE;
    }
    plx_ticket_hash(ticket.at, ticket.length, hash);
    g_mutex_lock(&entrance->lock);
    const gboolean ok = ask(entrance, hash, bearer, now, who, error);
    g_mutex_unlock(&entrance->lock);
    return ok;
}

void plx_entrance_changed(plx_entrance *entrance)
{
    g_mutex_lock(&entrance->lock);
    entrance->looked = -1;
    g_mutex_unlock(&entrance->lock);
}
