/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/own_scales.h"

#include "store/amend.h"
#include "store/forms.h"
#include "store/usage.h"

/* Anonymous answers that wait were given on the scale that there was. */
static gboolean add_waiting(plx_store *store, struct plx_amend_answered *answered, GError **error)
{
    for (guint a = 0; a < store->base->n_audiences; a++) {
        gint64 n;
        if (!plx_forms_waiting_of(store, store->base->audiences[a].id, &n, error))
            return FALSE;
        answered->audiences[a] = answered->audiences[a] || n > 0;
    }
    return TRUE;
}

static gboolean find_answered(plx_store *store, struct plx_amend_answered *answered, GError **error)
{
    struct plx_usage usage;
    answered->map = store->base;
    if (!plx_usage_read(store, &usage, error))
        return FALSE;
    plx_usage_answered(store, &usage, answered->audiences, answered->measures);
    plx_usage_clear(&usage);
    return add_waiting(store, answered, error);
}

gboolean plx_own_scales_restore(plx_store *store, const char *yaml, const char *name,
                                GError **error)
{
    struct plx_amend_answered answered = {0};
    gint64 amendments;
    if (!plx_db_number(store->db, "SELECT value FROM fact WHERE name = 'amendments'", &amendments,
                       error))
        return FALSE;
    if (amendments == 0)
        return TRUE;
    g_autoptr(plx_map) own = plx_store_read_map(yaml, name, error);
    g_autoptr(plx_map) now = own ? plx_store_read_map(yaml, name, error) : NULL;
    return now && plx_amend_apply(store->db, now, error) &&
           find_answered(store, &answered, error) &&
           plx_amend_restore(store->db, own, now, &answered, error);
}
