/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What commands on steps have in common. Tests: tests/cli/cases/step-*. */

#include "cli/cmd_workspace.h"
#include "report/step.h"
#include "report/story.h"

/* The steps as their acts made them (struct plx_step); *last is the number of the last act. */
GPtrArray *plx_cmd_steps_read(plx_store *store, gint64 *last, GError **error);

/* The second argument, the number of a step. */
gboolean plx_cmd_step_id(const plx_invocation *invocation, gint64 *id, GError **error);

/* What the terminal can show. */
struct plx_table_options plx_cmd_step_form(const plx_app *app);

/* step add, step amend (cmd_step_plan.c). */
gboolean plx_cmd_step_add(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_cmd_step_amend(plx_app *app, const plx_invocation *invocation, GError **error);

/* Is -o a page? Errors: PLX_ERROR_USAGE of what a page cannot be (cmd_step_page.c). */
gboolean plx_cmd_step_is_page(const plx_invocation *invocation);
gboolean plx_cmd_step_check_form(const plx_invocation *invocation, GError **error);
/* The page of a story; `line` makes it again. */
void plx_cmd_step_page(plx_app *app, const plx_invocation *invocation, plx_story *story,
                       const char *line);
/* Writes what was collected where -o says; without it that is left to who asked. */
gboolean plx_cmd_step_written(plx_app *app, const plx_invocation *invocation, GError **error);
