/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the workspace knows of when results were shown to those who guess (store/reveals.h), for
 * commands. Tests: tests/cli/cases/report-lock*, import-late*. */

#include "cli/command.h"
#include "reading/beliefs.h"
#include "store/import.h"
#include "store/store.h"

/* "2026-11-26 10:14" on this computer's clock, to be freed. */
char *plx_cmd_local_time(gint64 utc_seconds);

/* Once the page of a workspace is written: from now on guesses of those who guessed in it come
 * late. Says so, or why not: the page stands either way. Nothing for a file of answers, and where
 * nobody guessed. */
void plx_cmd_lock_guesses(plx_app *app, const plx_invocation *invocation,
                          const plx_beliefs *beliefs);

/* Where it may decide what is not sure yet: asks, as a note, whether these are all who guess. */
void plx_cmd_ask_all_guessed(plx_app *app, const plx_beliefs *beliefs);

/* The line of an import's receipt: nothing when none of its rows was late. */
void plx_cmd_tell_late(GString *out, const struct plx_import_options *options,
                       const struct plx_import_outcome *outcome, gboolean dry_run);
