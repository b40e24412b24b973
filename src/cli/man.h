/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Manual pages (roff, man macros) from the tables of commands and options. No date is written: the
 * same version gives the same bytes. Test: tests/cli/test_shell.py. */

#include <glib.h>

#include "cli/command.h"

/* parallax(1): the program with all its commands and options. */
void plx_man_all(GString *out);

/* parallax-COMMAND(1). */
void plx_man_command(GString *out, const struct plx_command *command);
