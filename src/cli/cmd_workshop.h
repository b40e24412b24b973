/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verbs of `workshop`, each in its cmd_workshop_VERB.c. Tests: tests/cli/cases/workshop-*. */

#include "cli/command.h"
#include "workshop/coding.h"

/* workshop code: sorts the answers of a workspace into themes. */
gboolean plx_cmd_workshop_code(plx_app *app, const plx_invocation *invocation, GError **error);

/* What there is and what is alike, for people and (parallax.codes/1) for programs.
 * (cmd_workshop_state.c) */
gboolean plx_cmd_workshop_table(plx_app *app, const plx_sorter *sorter, GError **error);
gboolean plx_cmd_workshop_json(plx_app *app, const plx_sorter *sorter, GError **error);
