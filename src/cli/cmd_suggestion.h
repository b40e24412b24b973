/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The suggestions of a workspace, for all commands that speak of them. Tests:
 * tests/cli/cases/suggestion-*, next-waiting. */

#include "cli/cmd_workspace.h"
#include "step/suggestion.h"

/* As far as they may be shown, as their acts made them; *last (may be NULL) is the number of the
 * last act. `source` is the store's, which must outlive them. */
plx_suggestion_list *plx_cmd_suggestions_read(plx_store *store, plx_source *source, gint64 *last,
                                              GError **error);
