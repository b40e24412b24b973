/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What was typed: read in invocation_parse.c, asked for in invocation.c. */

#include "cli/command.h"
#include "cli/invocation.h"

struct plx_invocation {
    const struct plx_command *command;
    gboolean noun_only;
    char *default_format;                /* NULL when the command has no formats */
    char *author, *actor;                /* NULL: whoever has the shell */
    gboolean administers;                /* ... of these */
    GPtrArray *arguments;                /* char *, ended by NULL */
    GPtrArray *values[PLX_OPTION_COUNT]; /* char *, ended by NULL; NULL = not given */
};

/* Nothing was typed yet. */
plx_invocation *plx_invocation_new(void);
/* To words that are ended by NULL. */
void plx_invocation_append(GPtrArray *words, const char *word);
