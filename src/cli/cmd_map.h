/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verbs of `map` that work on a workspace. Tests: tests/cli/cases/map-*. */

#include "cli/cmd_workspace.h"

/* The map as a tree, to standard output. */
void plx_cmd_map_tree(plx_app *app, const plx_map *map);

/* The same as JSON, behind the other members of an object ("{ ... }"). */
gboolean plx_cmd_map_json(plx_app *app, const char *members, const plx_map *map, GError **error);

gboolean plx_cmd_map_show(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_map_export(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_map_log(plx_app *app, const plx_invocation *invocation, GError **error);

/* What a change of the map does, or would do: "shop.plx: changed:" and a line for each. */
void plx_cmd_map_tell(GString *out, const char *path, const GPtrArray *changes, gboolean dry_run);

/* map adopt: moments that the map lacks. (cmd_map_adopt.c) */
gboolean plx_cmd_map_adopt(plx_app *app, const plx_invocation *invocation, GError **error);

/* map apply (cmd_map_apply.c) */
gboolean plx_cmd_map_apply(plx_app *app, const plx_invocation *invocation, GError **error);
