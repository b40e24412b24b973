/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* `import` for other commands that have a file for a workspace.
 * Tests: tests/cli/cases/import-*, tests/cli/test_enter.py. */

#include "cli/cmd_workspace.h"
#include "store/import.h"

/* Takes a canonical file into a workspace that is open for writing, wholly or not at all, and adds
 * the receipt to plx_app_out(). Signals must be held (cli/interrupt.h). Errors: as `import`. */
gboolean plx_cmd_import_file(plx_app *app, plx_store *store, const char *path, const char *dataset,
                             enum plx_import_repeat repeat, GError **error);

/* The same of a text that is no file, called `name`, into a new workspace; without a receipt. */
gboolean plx_cmd_import_text(plx_app *app, plx_store *store, const GString *text, const char *name,
                             GError **error);
