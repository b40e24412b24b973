/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every row of a workspace in the order of the file, as often as wanted, from one snapshot: what an
 * export needs (export/export.h). Test: tests/cli/test_export.py. */

#include "store/store.h"
#include "voice/sink.h"

struct plx_export_scan {
    plx_sink *sink; /* gets all columns and notes, in one thread; finish after each pass */
    /* Before each batch: how the rows of its import tell themselves apart. FALSE stops the export,
     * with PLX_ERROR_IO. */
    gboolean (*tell)(enum plx_row_keys keys, gpointer data);
    gboolean (*is_done)(gpointer data); /* asked after each pass */
    gpointer data;
};

gboolean plx_export_scan_run(plx_store *store, const struct plx_export_scan *scan, GError **error);
