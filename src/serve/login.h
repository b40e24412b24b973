/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Logging in, in two halves: what takes long is looked at on a worker (one of plx_login_look_*),
 * what is decided and kept happens within a write transaction (plx_login_settle), which reads the
 * account anew. Wrong and unknown names, wrong passwords and accounts that must wait are answered
 * alike and as late. Each login is a new session, so nobody can hand one to somebody beforehand.
 * Test: tests/serve/test_login.c. */

#include "store/accounts.h"
#include "store/sessions.h"

struct plx_login_look {
    gint64 account;   /* 0: unknown, disabled, or has no password */
    gboolean right;   /* the password, or the code, is right */
    gboolean waits;   /* the account must wait: not even looked at */
    gint64 totp_step; /* of a right code */
    char *password;   /* what was compared with; of a right one that is kept with old costs, what
                         to keep instead is in `better` */
    char *better;
};
void plx_login_look_clear(struct plx_login_look *look);

/* FALSE only when the workspace cannot be read (PLX_ERROR_IO). */
gboolean plx_login_look_password(plx_store *store, const char *login, const char *password,
                                 gint64 now, struct plx_login_look *look, GError **error);
/* The second factor of an account whose first was right. */
gboolean plx_login_look_code(plx_store *store, gint64 account, const char *code, gint64 now,
                             struct plx_login_look *look, GError **error);

enum plx_login_outcome {
    PLX_LOGIN_NO,   /* does not fit, or must wait: which of them is not told */
    PLX_LOGIN_HALF, /* the second factor is to come; the session is good for nothing else */
    PLX_LOGIN_IN
};
/* `half`: the session that the code is for, which ends; NULL of a password. Of PLX_LOGIN_HALF and
 * PLX_LOGIN_IN *ticket is that of the new session, to be freed by plx_ticket_free. */
gboolean plx_login_settle(plx_store *store, const struct plx_login_look *look,
                          const guint8 half[PLX_TICKET_HASH], gint64 now,
                          enum plx_login_outcome *outcome, char **ticket, GError **error);

/* The password again, of who is logged in already, before something that matters: *right. A wrong
 * one counts as at the login. */
gboolean plx_login_confirm(plx_store *store, const struct plx_login_look *look, gint64 now,
                           gboolean *right, GError **error);

/* A whole session of an account, for who came in another way (one-time link, OpenID Connect). */
char *plx_login_session(plx_store *store, gint64 account, gint64 now, GError **error);
