/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letting go of what was told of visits and walks, and of who told it. */
#include "serve/visit_desk.h"

#include "base/error.h"

static gboolean forget(const struct plx_visit_desk *desk, const GArray *visits,
                       const GArray *shoppers, gboolean dry_run, guint64 *reports, GError **error)
{
    const struct plx_visits_forgotten forgotten = {(const gint64 *)(gpointer)visits->data,
                                                   (const gint64 *)(gpointer)shoppers->data,
                                                   visits->len, shoppers->len};
    return plx_visits_forget(desk->store, &forgotten, dry_run, reports, error);
}

/* The visits of one shopper, by number. */
static GArray *visits_of(const struct plx_visit_desk *desk, gint64 shopper)
{
    GArray *const visits = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        if (visit->shopper == shopper)
            g_array_append_val(visits, visit->id);
    }
    return visits;
}

/* Links that somebody still has lead nowhere: who was erased is shown nothing, and tells nothing.
 */
static gboolean void_links(struct plx_visit_desk *desk, const GArray *visits,
                           const struct plx_visit_leaving *leaving, GError **error)
{
    g_autofree char *body = plx_visit_close_text();
    for (guint i = 0; i < visits->len; i++) {
        const gint64 id = g_array_index(visits, gint64, i);
        const plx_visit *const visit = desk->list->visits->pdata[id - 1];
        if (visit->hash && !plx_visit_desk_act(desk, id, leaving->utc_seconds, leaving->author,
                                               "close", body, error))
            return FALSE;
    }
    return TRUE;
}

struct erasing {
    const struct plx_visit_leaving *leaving;
    guint64 reports;
};

static gboolean erase_all(plx_store *store, gpointer data, GError **error)
{
    struct erasing *const erasing = data;
    struct plx_visit_desk desk;
    gint64 shopper;
    if (!plx_visits_find_shopper(store, erasing->leaving->name, &shopper, error) ||
        !plx_visit_desk_open(&desk, store, error))
        return FALSE;
    g_autoptr(GArray) visits = visits_of(&desk, shopper);
    const struct plx_visits_forgotten forgotten = {(const gint64 *)(gpointer)visits->data, &shopper,
                                                   visits->len, 1};
    const gboolean ok = void_links(&desk, visits, erasing->leaving, error) &&
                        plx_visits_forget_within(store, &forgotten, &erasing->reports, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

gboolean plx_visit_desk_erase(plx_store *store, const struct plx_visit_leaving *leaving,
                              guint64 *reports, GError **error)
{
    struct erasing erasing = {leaving, 0};
    if (!plx_visits_write(store, erase_all, &erasing, error) || !plx_visits_settle(store, error))
        return FALSE;
    *reports = erasing.reports;
    return TRUE;
}

gboolean plx_visit_desk_try_erase(const struct plx_visit_desk *desk, const char *name,
                                  guint64 *reports, GError **error)
{
    gint64 shopper;
    if (!plx_visits_find_shopper(desk->store, name, &shopper, error))
        return FALSE;
    g_autoptr(GArray) visits = visits_of(desk, shopper);
    g_autoptr(GArray) shoppers = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_array_append_val(shoppers, shopper);
    return forget(desk, visits, shoppers, TRUE, reports, error);
}

/* It may have been made before the day. */
static gboolean is_past(const plx_visit *visit, gint32 day)
{
    return (visit->state == PLX_VISIT_ACCEPTED || visit->state == PLX_VISIT_WITHDRAWN) &&
           visit->plan.from < day;
}

gboolean plx_visit_desk_fade(const struct plx_visit_desk *desk, gint32 day, gboolean dry_run,
                             guint64 *reports, GError **error)
{
    g_autoptr(GArray) visits = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GArray) shoppers = g_array_new(FALSE, FALSE, sizeof(gint64));
    g_autoptr(GHashTable) at_work = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < desk->list->visits->len; i++) {
        plx_visit *const visit = desk->list->visits->pdata[i];
        if (is_past(visit, day))
            g_array_append_val(visits, visit->id);
        else
            g_hash_table_add(at_work, &visit->shopper);
    }
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        if (visit->shopper && !g_hash_table_contains(at_work, &visit->shopper))
            g_array_append_val(shoppers, visit->shopper);
    }
    return forget(desk, visits, shoppers, dry_run, reports, error);
}

gboolean plx_visit_desk_empty(struct plx_visit_desk *desk, const plx_visit *visit,
                              gint64 utc_seconds, const char *author, guint64 *reports,
                              GError **error)
{
    const gint64 id = visit->id;
    const struct plx_visits_forgotten forgotten = {&id, NULL, 1, 0};
    g_autofree char *body = plx_visit_close_text();
    if (!visit->walk && plx_visit_is_open(visit))
        return plx_error(error, PLX_ERROR_USAGE,
                         "visit %" G_GINT64_FORMAT " can still be told: withdraw it first (visit "
                         "review --withdraw TEXT)",
                         id);
    return (!plx_visit_is_open(visit) ||
            plx_visit_desk_act(desk, id, utc_seconds, author, "close", body, error)) &&
           plx_visits_forget_within(desk->store, &forgotten, reports, error);
}
