/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands on a workspace have in common. Tests: tests/cli/cases/init-*, import-*. */

#include "base/json.h"
#include "cli/command.h"
#include "cli/interrupt.h"
#include "store/store.h"

/* Opens the workspace that is the first argument; a write that has to wait for another program says
 * so after two seconds. What the command changes is logged as its row says. */
plx_store *plx_cmd_workspace_open(plx_app *app, const plx_invocation *invocation,
                                  enum plx_store_mode mode, GError **error);
/* What the entry says that it is about, where that is more than "import 3", the noun and the number
 * of the second argument; before anything is changed. */
void plx_cmd_workspace_about(plx_store *store, const plx_invocation *invocation, const char *what);

/* To be written to where that is possible, else only to be read: for commands that do well without
 * writing. */
enum plx_store_mode plx_cmd_workspace_mode(const plx_invocation *invocation);

/* For what takes time and is not told how far it is: TRUE until Ctrl-C. Signals must be held. */
gboolean plx_cmd_go_on(gpointer nothing);

/* Lets the signals through. Where one waits, the program ends here: what was done is told before,
 * or that nothing was changed. All that is to be removed must be. */
void plx_cmd_release(plx_app *app, const struct plx_interrupts *interrupts, gboolean done);

/* What a workspace remembers of a file: of one that was sent to the server (cli/served.h) only its
 * name, for the folder is the server's; borrowed. NULL stays NULL. */
const char *plx_cmd_kept_name(const plx_invocation *invocation, const char *path);

/* The text of a file; "-" is standard input. */
gboolean plx_cmd_read_text(const char *path, char **text, GError **error);

/* Who does this: --by, else USER of the environment; borrowed. Errors: PLX_ERROR_USAGE. */
gboolean plx_cmd_author(const plx_invocation *invocation, const char **author, GError **error);

/* "shell anna": the same for the audit log, "shell" where nobody says who; to be freed. */
char *plx_cmd_shell(const plx_invocation *invocation);

/* The day of --at, else today in UTC. Errors: PLX_ERROR_USAGE. */
gboolean plx_cmd_day(const plx_invocation *invocation, gint32 *day, GError **error);

/* "1,234,567 observations", to be freed. */
char *plx_cmd_count(guint64 n, const char *one, const char *many);

/* ", 1,234 wrong rows left out" and the like, appended; nothing where there are none. */
void plx_cmd_count_some(GString *out, guint64 n, const char *one, const char *many);

/* Anonymous answers to forms that wait until there are enough of them, as no reading has them yet:
 * a line for each audience, appended ("3 anonymous answers of Guests wait until 5 are there"). */
/* Have they fewer persons, as the map says, than their answers wait for? */
gboolean plx_cmd_never_enough(const struct plx_audience *audience);
gboolean plx_cmd_waiting(plx_store *store, GString *out, GError **error);
/* The same as a note beside what is read. */
gboolean plx_cmd_note_waiting(plx_app *app, plx_store *store, GError **error);

/* Was JSON asked for (--format)? */
gboolean plx_cmd_is_json(const plx_invocation *invocation);

/* A member NAME: a list of objects, of each entry what `write` says. */
void plx_cmd_json_objects(plx_json *json, const char *name, const GPtrArray *list,
                          void (*write)(plx_json *json, gconstpointer entry));
/* {"schema": ..., NAME: [...]}: what a command that lists says. Between begin and end come the
 * entries, or all of them at once. */
plx_json *plx_cmd_json_begin_list(GString *out, const char *schema, const char *name);
void plx_cmd_json_end_list(plx_json *json);
void plx_cmd_json_list(GString *out, const char *schema, const char *name, const GPtrArray *list,
                       void (*write)(plx_json *json, gconstpointer entry));
