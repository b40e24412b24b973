/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The counts that an import leaves, beside its rows. */

#include "store/import_private.h"
#include "store/kept_shelf.h"

void plx_import_make_counts(struct plx_import *import)
{
    g_autofree plx_kept **kept = g_new0(plx_kept *, import->n_workers);
    for (guint w = 0; w < import->n_workers; w++) {
        kept[w] = import->workers[w].kept;
        if (!kept[w])
            return;
        import->counted += plx_kept_rows(kept[w]);
    }
    if (import->retracted->len == 0)
        import->counts = plx_kept_sets(kept, import->n_workers, import->n_workers);
    for (guint w = 0; w < import->n_workers; w++)
        g_clear_pointer(&import->workers[w].kept, plx_kept_free);
}

/* Rows that were dropped since the workers counted them: then the blocks say what there is. */
gboolean plx_import_keep_counts(struct plx_import *import, const struct plx_import_outcome *outcome,
                                GError **error)
{
    plx_store *const store = import->store;
    if (import->counted != outcome->observations) {
        if (!plx_kept_remake(store, import->id, error))
            return FALSE;
    } else if (import->counts && plx_kept_sets_pay(import->counts)) {
        if (!plx_kept_put(store->db, import->id, import->counts, error))
            return FALSE;
    }
    return plx_kept_renew(store, import->touched, error);
}
