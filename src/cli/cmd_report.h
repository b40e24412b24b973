/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Of commands that write a page. Tests: tests/cli/cases/report-*. */

#include "cli/command.h"

/* The line that makes the page again, under the name the user gave. Options that change no byte of
 * it are left out. The caller owns it. */
char *plx_written_line(const plx_invocation *invocation);
