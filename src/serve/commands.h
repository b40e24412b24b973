/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What people of the app do is what the commands do: one table of those that may be asked for, and
 * who may. What is not in it is for the shell. Tests: tests/serve/test_commands.py,
 * tests/serve/test_uploads.c. */

#include "serve/route.h"

struct plx_act {
    const char *name, *verb; /* verb: or NULL */
    enum plx_permission needs;
    gboolean reads_files;     /* its arguments are files that were sent (uploads.h) */
    gboolean once;            /* ... which are gone behind it: asked again and again */
    gboolean writes;          /* a file (/file/...), by -o ... */
    gboolean writes_argument; /* ... or its last argument */
};

/* One that says something, or one that writes a file: a command may do both. NULL: it is not to be
 * asked for. */
const struct plx_act *plx_act_find(const char *name, const char *verb, gboolean writes);
