/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verbs of `workshop`, each in its cmd_workshop_VERB.c. Tests: tests/cli/cases/workshop-*. */

#include "cli/cmd_workspace.h"
#include "report/brand.h"
#include "workshop/coding.h"

/* workshop code: sorts the answers of a workspace into themes. */
gboolean plx_cmd_workshop_code(plx_app *app, const plx_invocation *invocation, GError **error);

/* All answers of a workspace and its themes; *number is what plx_themes_write() is told. The
 * store's map must stay. */
plx_sorter *plx_cmd_workshop_sorter(const plx_app *app, plx_store *store, gint64 *number,
                                    GError **error);

/* The same by keys, in a list in the terminal. (cmd_workshop_sort.c) */
gboolean plx_cmd_workshop_sort(plx_app *app, const plx_invocation *invocation, GError **error);

/* What there is and what is alike, for people and (parallax.codes/1) for programs.
 * (cmd_workshop_state.c) */
gboolean plx_cmd_workshop_table(plx_app *app, const plx_sorter *sorter, GError **error);
gboolean plx_cmd_workshop_json(plx_app *app, const plx_sorter *sorter, GError **error);

/* workshop enter: keyboard grids for paper. */
extern const enum plx_option_id plx_cmd_workshop_enter_options[];
extern const struct plx_example plx_cmd_workshop_enter_examples[];
gboolean plx_cmd_workshop_enter(plx_app *app, const plx_invocation *invocation, GError **error);

/* workshop guess and print: papers. */
gboolean plx_cmd_workshop_guess(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_workshop_print(plx_app *app, const plx_invocation *invocation, GError **error);

/* workshop open, list, lead and close: on the tables' devices. */
gboolean plx_cmd_workshop_list(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_workshop_open(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_workshop_lead(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_workshop_close(plx_app *app, const plx_invocation *invocation, GError **error);

/* Whether -o, where given, names a page. Errors: PLX_ERROR_USAGE, with how a PDF is made. */
gboolean plx_cmd_workshop_page_name(const plx_invocation *invocation, GError **error);
/* The map that the first argument is or has: a map file, or a workspace. The caller owns it. */
plx_map *plx_cmd_workshop_map(const plx_invocation *invocation, GError **error);
/* An audience of the map by its id. Errors: PLX_ERROR_NOT_FOUND, with "did you mean". */
gboolean plx_cmd_workshop_audience(const plx_map *map, const char *id, guint *audience,
                                   GError **error);
