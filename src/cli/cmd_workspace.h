/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands on a workspace have in common. Tests: tests/cli/cases/init-*, import-*. */

#include "cli/command.h"
#include "store/store.h"

/* Opens the workspace that is the first argument; a write that has to wait for another program says
 * so after two seconds. */
plx_store *plx_cmd_workspace_open(plx_app *app, const plx_invocation *invocation,
                                  enum plx_store_mode mode, GError **error);

/* The text of a file; "-" is standard input. */
gboolean plx_cmd_read_text(const char *path, char **text, GError **error);

/* "1,234,567 observations", to be freed. */
char *plx_cmd_count(guint64 n, const char *one, const char *many);
