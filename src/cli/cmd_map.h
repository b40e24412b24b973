/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verbs of `map` that work on a workspace. Tests: tests/cli/cases/map-*. */

#include "cli/cmd_workspace.h"

/* The map as a tree, to standard output. */
void plx_cmd_map_tree(plx_app *app, const plx_map *map);

gboolean plx_cmd_map_show(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_map_apply(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_map_export(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_map_log(plx_app *app, const plx_invocation *invocation, GError **error);
