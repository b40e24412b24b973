/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Help for people, from the tables of commands and options. All functions append to `out`, wrapped
 * at `width` columns. Test: tests/cli/cases/help-*. */

#include <glib.h>

#include "cli/command.h"

/* `parallax --help`: how to start, and the dozen commands people need. */
void plx_help_overview(GString *out, guint width);

/* `parallax help all`: every command and every option. */
void plx_help_all(GString *out, guint width);

/* `parallax COMMAND --help`. */
void plx_help_command(GString *out, guint width, const struct plx_command *command);

/* `parallax NOUN --help`: its verbs. */
void plx_help_noun(GString *out, guint width, const char *noun);

/* "gaps SOURCE [OPTION]...", to be freed. */
char *plx_help_usage(const struct plx_command *command);

/* "Form of the output: table (default), json, csv": the help of an option as the command takes it,
 * to be freed. `command` may be NULL. */
char *plx_help_option_text(enum plx_option_id id, const struct plx_command *command);

/* The parts of a command's option list, in the order of the help. title(i) is NULL behind the last;
 * in(i, …) tells whether an option that the command takes belongs there. */
const char *plx_help_section_title(guint i);
gboolean plx_help_section_has(guint i, enum plx_option_id id);
