/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A workspace to try something on: a private copy that is thrown away, so that what would happen is
 * what does happen to it, and nothing is left of it. Test: tests/cli/cases/import-dry-run. */

#include "store/store.h"

struct plx_tryout {
    char *folder, *path; /* NULL: none was made */
};

/* Copies a workspace and opens the copy for writing. Free the store before the trial is cleared.
 * Errors: PLX_ERROR_IO. */
plx_store *plx_tryout_open(struct plx_tryout *tryout, plx_store *of, GError **error);
void plx_tryout_clear(struct plx_tryout *tryout);
