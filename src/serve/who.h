/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who asks: from the head of a request to an account and what it may.
 *
 * A browser shows the session's cookie, a program "Authorization: Bearer plx_...". What was found
 * is held in memory and asked again when the workspace counts a change of rights
 * (plx_access_changed): at once after plx_entrance_changed, else by the second, so that a change by
 * another process (parallax token revoke) holds within a second too. From any thread.
 * Tests: tests/serve/test_who.c, tests/serve/test_permissions.c. */

#include "serve/cookie.h"
#include "serve/route.h"
#include "store/accounts.h"
#include "store/api_tokens.h"

enum {
    PLX_SESSION_IDLE = 12 * 3600,     /* seconds without use after which it ends */
    PLX_SESSION_LONGEST = 14 * 86400, /* and after which it ends in any case */
    PLX_SESSION_HALF = 300,           /* seconds for the second factor */
    PLX_SESSION_USE = 300             /* seconds between two notes of its use */
};

/* A person with a session, or a program with a token; never changed. */
typedef struct plx_who plx_who;
struct plx_who {
    gint ref_count;
    gint64 account; /* 0: a program */
    gint64 token;   /* 0: a person */
    char *login;    /* of a person; of a program its token's name */
    char *name;
    char *actor; /* for the audit log: "account 3", "token plx_Ab3x" */
    enum plx_role role;
    enum plx_permission may; /* of a person; a session that lacks the second factor: nothing */
    guint scopes;            /* of a program */
    gboolean half;
    guint8 session[PLX_TICKET_HASH];
    gint64 created, used, expires;
};
plx_who *plx_who_ref(plx_who *who);
void plx_who_unref(plx_who *who); /* NULL: nothing */
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_who, plx_who_unref)

enum plx_permission plx_who_permission(enum plx_role role);
/* May they use the route? `who` NULL is anybody. Programs may only what is below /api/, as their
 * scopes say. */
gboolean plx_who_may(const plx_who *who, const struct plx_route *route);

/* Was its use noted so long ago (PLX_SESSION_USE; of a token: on another day) that it is to be
 * noted again? Then plx_who_note, within a write transaction, which makes a session last on. */
gboolean plx_who_is_due(const plx_who *who, gint64 now);
gboolean plx_who_note(const plx_who *who, plx_store *store, gint64 now, GError **error);

typedef struct plx_entrance plx_entrance;
/* Reads the workspace through a connection of its own. `cookies`: the server's names. */
plx_entrance *plx_entrance_new(const char *path, const struct plx_cookie_names *cookies,
                               GError **error);
void plx_entrance_free(plx_entrance *entrance);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_entrance, plx_entrance_free)
const struct plx_cookie_names *plx_entrance_cookies(const plx_entrance *entrance);

/* What the request shows: its ticket, or an absent slice. *bearer: it is a program's. */
struct plx_http_slice plx_entrance_ticket(const plx_entrance *entrance,
                                          const struct plx_http_head *head, gboolean *bearer);
/* *who: who it is at `now` (seconds UTC), or NULL: nobody known. Errors: PLX_ERROR_IO. */
gboolean plx_entrance_ask(plx_entrance *entrance, const struct plx_http_head *head, gint64 now,
                          plx_who **who, GError **error);
/* Rights were changed by this process, and it is on the disk. */
void plx_entrance_changed(plx_entrance *entrance);
