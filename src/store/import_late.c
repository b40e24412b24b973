/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Guesses that came after the reveal, when it is known which rows are taken. */

#include "store/import_settling.h"

#include <string.h>

gboolean plx_import_has_late(const struct plx_import *import)
{
    for (guint w = 0; w < import->n_workers; w++)
        if (import->workers[w].n_late > 0)
            return TRUE;
    return FALSE;
}

static guint32 mark_seen(const struct plx_rowset *rows)
{
    guint32 n = 0;
    for (guint32 i = 0; rows->seen && i < rows->n; i++) {
        if (rows->seen[i] != PLX_SEEN_LATE)
            continue;
        rows->seen[i] = 1;
        n++;
    }
    return n;
}

gboolean plx_import_settle_late(struct plx_import *import, struct plx_import_outcome *outcome,
                                GError **error)
{
    struct plx_settling s = {0};
    guint64 late = 0;
    if (!plx_import_has_late(import))
        return TRUE;
    g_autofree guint8 *keep = g_malloc(PLX_BATCH_ROWS);
    memset(keep, 1, PLX_BATCH_ROWS);
    gboolean ok = plx_settling_init(&s, import, error);
    for (guint b = 0; ok && b < s.blocks->len; b++) {
        ok = plx_settling_read(&s, s.blocks->pdata[b], FALSE, error);
        const guint32 n = ok ? mark_seen(&s.rows) : 0;
        if (n > 0 && !import->dry_run)
            ok = plx_settling_rewrite(&s, s.blocks->pdata[b], keep, error);
        late += n;
    }
    plx_settling_clear(&s);
    outcome->late = ok ? late : outcome->late;
    return ok;
}
