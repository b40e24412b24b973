/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verbs of `workshop` that make papers (docs/workshop.md).
 * Tests: tests/cli/cases/workshop-guess*, workshop-print*. */

#include "cli/cmd_workspace.h"
#include "report/brand.h"

gboolean plx_cmd_workshop_guess(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_workshop_print(plx_app *app, const plx_invocation *invocation, GError **error);

/* The map that the first argument is or has: a map file, or a workspace. The caller owns it. */
plx_map *plx_cmd_workshop_map(const plx_invocation *invocation, GError **error);
/* An audience of the map by its id. Errors: PLX_ERROR_NOT_FOUND, with "did you mean". */
gboolean plx_cmd_workshop_audience(const plx_map *map, const char *id, guint *audience,
                                   GError **error);
/* The client's of --brand; *brand stays NULL without the option. */
gboolean plx_cmd_workshop_brand(const plx_invocation *invocation, plx_brand **brand,
                                GError **error);
