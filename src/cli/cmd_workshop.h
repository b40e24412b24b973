/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The verbs of `workshop`, each in its own file. */

#include "cli/command.h"

extern const enum plx_option_id plx_cmd_workshop_enter_options[];
extern const struct plx_example plx_cmd_workshop_enter_examples[];
gboolean plx_cmd_workshop_enter(plx_app *app, const plx_invocation *invocation, GError **error);
