/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every row of a workspace in the order of the file, as often as wanted, from one snapshot: what an
 * export needs (export/export.h). Test: tests/cli/test_export.py. */

#include "store/engine.h"
#include "store/store.h"

gboolean plx_export_scan_run(plx_store *store, const struct plx_export_scan *scan, GError **error);
