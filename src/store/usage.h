/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How often words are used by the observations that readings see. Test: tests/store/test_map_log.c.
 */

#include "store/store_private.h"

struct plx_usage {
    GArray
        *count[PLX_WORD_KINDS]; /* guint64 by code, of AUDIENCE, SUBJECT and JOURNEY; else NULL */
    guint64 measure[PLX_WORD_MEASURES]; /* rows that have the column, by code - 1 */
};

/* Within the caller's transaction. Free with plx_usage_clear. */
gboolean plx_usage_read(plx_store *store, struct plx_usage *usage, GError **error);
void plx_usage_clear(struct plx_usage *usage);
/* Which audiences and measures of the map (store->base) have answers; the others stay as they are.
 * Words alone are no answers. */
void plx_usage_answered(const plx_store *store, const struct plx_usage *usage, gboolean *audiences,
                        gboolean *measures);
