/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/own_scales.h"

#include "base/date.h"
#include "store/amend.h"
#include "store/forms.h"
#include "store/links.h"
#include "store/usage.h"

/* Anonymous answers that wait, under whichever id of their audience, were given on the scale that
 * there was. */
static gboolean add_waiting(plx_store *store, struct plx_amend_answered *answered, GError **error)
{
    g_autoptr(GPtrArray) ids = plx_forms_waiting_audiences(store, error);
    if (!ids)
        return FALSE;
    for (guint i = 0; i < ids->len; i++) {
        const gint a = plx_map_find_audience(store->base, ids->pdata[i]);
        if (a >= 0)
            answered->audiences[a] = TRUE;
    }
    for (guint m = 0; ids->len > 0 && m < store->base->n_measures; m++) {
        gint64 n;
        if (!plx_forms_waiting_with(store, store->base->measures[m].id, &n, error))
            return FALSE;
        answered->measures[m] = answered->measures[m] || n > 0;
    }
    return TRUE;
}

gboolean plx_own_scales_answered(plx_store *store, struct plx_amend_answered *answered,
                                 GError **error)
{
    struct plx_usage usage;
    answered->map = store->base;
    if (!plx_usage_read(store, &usage, error))
        return FALSE;
    plx_usage_answered(store, &usage, answered->audiences, answered->measures);
    plx_usage_clear(&usage);
    return add_waiting(store, answered, error);
}

/* What a secret visit told is read by the scale when it is reviewed. */
static gboolean add_told(plx_store *store, gboolean *audiences, GError **error)
{
    const gint shopper = plx_map_find_audience(store->base, "shopper");
    gint64 told;
    if (!plx_db_number(store->db, "SELECT count(*) FROM visit_report WHERE body IS NOT NULL", &told,
                       error))
        return FALSE;
    if (told > 0 && shopper >= 0)
        audiences[shopper] = TRUE;
    return TRUE;
}

gboolean plx_own_scales_asked(plx_store *store, gboolean *audiences, GError **error)
{
    /* Whoever began a form may complete it when it is closed. Of which link it is the file does not
     * tell. */
    gint64 begun;
    if (!plx_db_number(store->db, "SELECT count(*) FROM draft", &begun, error) ||
        !add_told(store, audiences, error))
        return FALSE;
    g_autoptr(GPtrArray) links = plx_links_read(store, error);
    const gint32 day = plx_date_of_seconds(g_get_real_time() / G_USEC_PER_SEC);
    if (!links)
        return FALSE;
    for (guint i = 0; i < links->len; i++) {
        const struct plx_link *const link = links->pdata[i];
        const enum plx_link_state state = plx_link_state(link, day);
        const gint a = plx_map_find_audience(store->base, link->audience);
        if (a >= 0 && (begun > 0 || state == PLX_LINK_OPEN || state == PLX_LINK_EARLY))
            audiences[a] = TRUE;
    }
    return TRUE;
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
    if (!now || !plx_amend_apply(store->db, now, error))
        return FALSE;
    if (plx_amend_check(own, now, NULL, NULL, NULL))
        return TRUE; /* no scale is another: rows need not be read */
    return plx_own_scales_answered(store, &answered, error) &&
           plx_own_scales_asked(store, answered.audiences, error) &&
           plx_amend_restore(own, now, &answered, plx_amend_record_scale, store->db, error);
}
