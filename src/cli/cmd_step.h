/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands on steps have in common. Tests: tests/cli/cases/step-*. */

#include "cli/cmd_workspace.h"
#include "report/step.h"

/* The steps as their acts made them (struct plx_step); *last is the number of the last act. */
GPtrArray *plx_cmd_steps_read(plx_store *store, gint64 *last, GError **error);

/* The second argument, the number of a step. */
gboolean plx_cmd_step_id(const plx_invocation *invocation, gint64 *id, GError **error);

/* What the terminal can show. */
struct plx_table_options plx_cmd_step_form(const plx_app *app);
