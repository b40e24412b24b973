/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visits and walks on the command line (docs/visits.md). Tests: tests/cli/cases/visit-*, walk-*. */

#include "cli/cmd_access.h"
#include "serve/visit_desk.h"

/* Opens the workspace that is the first argument, for reading, and its visits; looks; closes both.
 */
typedef gboolean (*plx_cmd_visit_look)(plx_app *app, const plx_invocation *invocation,
                                       const struct plx_visit_desk *desk, GError **error);
gboolean plx_cmd_visits_look(plx_app *app, const plx_invocation *invocation,
                             plx_cmd_visit_look look, GError **error);

/* What --language says: one that pages are in; NULL: none was asked for. Errors: PLX_ERROR_USAGE.
 */
gboolean plx_cmd_visit_language(const plx_invocation *invocation, const char **language,
                                GError **error);

/* Makes something within one write transaction. */
typedef gboolean (*plx_cmd_visit_make)(const struct plx_cmd_change *change,
                                       struct plx_visit_desk *desk, GError **error);
gboolean plx_cmd_visit_change(const struct plx_cmd_change *change, plx_cmd_visit_make make,
                              GError **error);

/* A private link. */
struct plx_cmd_visit_link {
    char *url;   /* "https://ask.example.org/v/TOKEN"; the path alone without --base-url */
    char *token; /* shown once */
    char *hash;  /* what is kept of it */
};
/* A new one; `path`: "/v/" or "/walk/". Errors: PLX_ERROR_USAGE. */
gboolean plx_cmd_visit_link_make(const struct plx_cmd_change *change, const char *path,
                                 struct plx_cmd_visit_link *link, GError **error);
void plx_cmd_visit_link_clear(struct plx_cmd_visit_link *link);

/* Takes what was told from the file that is the third argument, for the visit or walk that is the
 * second. */
gboolean plx_cmd_visit_take(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                            gboolean walk, GError **error);

/* Erases what was told of the visit or walk that is the second argument. */
gboolean plx_cmd_visit_erase(plx_app *app, const plx_invocation *invocation, gboolean walk,
                             GError **error);

/* Does an act on a visit by whoever runs this, and logs it; `verdict`: what a review says, or NULL.
 */
gboolean plx_cmd_visit_act(const struct plx_cmd_change *change, struct plx_visit_desk *desk,
                           gint64 visit, const char *what, const char *body, const char *verdict,
                           GError **error);
/* The log alone: "visit 3", of a review with what it says: "visit 3: accept". */
gboolean plx_cmd_visit_audit(const struct plx_cmd_change *change, const char *what, gint64 visit,
                             const char *verdict, GError **error);

gboolean plx_cmd_visit_plan(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_visit_assign(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_visit_review(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_visit_run_take(plx_app *app, const plx_invocation *invocation, GError **error);
