/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands on accounts, tokens and the audit log have in common. Tests:
 * tests/cli/cases/user-*, token-*, audit-*. */

#include "cli/cmd_workspace.h"

/* "shell anna": who does this, for the audit log (--by, else USER of the environment); to be freed.
 * Errors: PLX_ERROR_USAGE. */
char *plx_cmd_actor(const plx_invocation *invocation, GError **error);

/* One change of a workspace, all or nothing. */
struct plx_cmd_change {
    plx_app *app;
    const plx_invocation *invocation;
    plx_store *store;
    const char *actor; /* for plx_audit_add */
    gint64 now;        /* seconds UTC */
};
/* Opens the workspace that is the first argument, and calls `make` in a write transaction. */
gboolean plx_cmd_change(plx_app *app, const plx_invocation *invocation,
                        gboolean (*make)(const struct plx_cmd_change *change, GError **error),
                        GError **error);

/* Whoever takes all answers along as a file called `name`, signed in, is in the audit log; who
 * works at a shell has the file anyway. */
gboolean plx_cmd_note_taken(plx_app *app, const plx_invocation *invocation, const char *name,
                            GError **error);

/* "2026-11-26 09:30" of seconds UTC, to be freed. */
char *plx_cmd_minute(gint64 seconds);
/* "2026-11-26T09:30:00Z", to be freed. */
char *plx_cmd_second(gint64 seconds);
