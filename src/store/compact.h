/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Making a workspace small again. Test: tests/store/test_compact.c. */

#include "store/store.h"

/* Writes the file anew without free pages and empties its log; what readings see stays. *before,
 * *after: bytes. */
gboolean plx_compact_run(plx_store *store, guint64 *before, guint64 *after, GError **error);
