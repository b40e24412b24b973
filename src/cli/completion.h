/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Completion scripts for bash, zsh and fish, from the tables of commands and options. Each appends
 * a whole script to `out`. Test: tests/cli/test_shell.py runs them through the shells. */

#include <glib.h>

void plx_completion_bash(GString *out);
void plx_completion_zsh(GString *out);
void plx_completion_fish(GString *out);
