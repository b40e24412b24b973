/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of transactions, which have no answers of their own, and of what stands in which order.
 */
#include "map/map_change_private.h"
#include "map/map_same.h"

#include <string.h>

/* The old journey that a new one is, or NULL. */
static const struct plx_journey *journey_before(const struct plx_comparison *c,
                                                const struct plx_journey *now)
{
    for (guint i = 0; i < c->before->n_journeys; i++) {
        struct plx_owner heir =
            plx_map_resolve_any(c->after, PLX_THING_JOURNEY, c->before->journeys[i].id);
        if (heir.state == PLX_OWNER_CURRENT && strcmp(heir.id, now->id) == 0)
            return &c->before->journeys[i];
    }
    return NULL;
}

static const struct plx_transaction *find(const struct plx_journey *journey, const char *id)
{
    for (guint i = 0; journey && i < journey->n_transactions; i++)
        if (strcmp(journey->transactions[i].id, id) == 0)
            return &journey->transactions[i];
    return NULL;
}

/* The ids of `list` that are also in `other`, in the order of `list`, one per line. */
static char *common(const GPtrArray *list, const GPtrArray *other)
{
    g_autoptr(GHashTable) there = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < other->len; i++)
        g_hash_table_add(there, g_ptr_array_index(other, i));
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < list->len; i++)
        if (g_hash_table_contains(there, g_ptr_array_index(list, i)))
            g_string_append_printf(text, "%s\n", (const char *)g_ptr_array_index(list, i));
    return g_string_free(text, FALSE);
}

static gboolean is_reordered(const GPtrArray *then, const GPtrArray *now)
{
    g_autofree char *a = common(then, now), *b = common(now, then);
    return strcmp(a, b) != 0;
}

/* Points of a transaction by the ids of today; `used` selects those at home in other journeys. */
static GPtrArray *points_of(const struct plx_comparison *c, const plx_map *map,
                            const struct plx_journey *journey,
                            const struct plx_transaction *transaction, gboolean only_used)
{
    GPtrArray *ids = g_ptr_array_new();
    for (guint i = 0; i < transaction->n_points; i++) {
        const struct plx_point *point = &map->points[transaction->points[i]];
        gboolean used = &map->journeys[point->journey] != journey;
        if (used || !only_used)
            g_ptr_array_add(
                ids,
                (gpointer)(guintptr)plx_map_resolve_any(c->after, PLX_THING_POINT, point->id).id);
    }
    return ids;
}

static void compare_points(struct plx_comparison *c, const char *name,
                           const struct plx_journey *old_journey,
                           const struct plx_transaction *then,
                           const struct plx_journey *new_journey, const struct plx_transaction *now)
{
    g_autoptr(GPtrArray) old_points = points_of(c, c->before, old_journey, then, FALSE);
    g_autoptr(GPtrArray) new_points = points_of(c, c->after, new_journey, now, FALSE);
    if (is_reordered(old_points, new_points))
        plx_comparison_add(c, PLX_CHANGE_REORDERED, PLX_THING_TRANSACTION, name, NULL, 0,
                           "The points of \"%s\" [%s] stand in another order.", now->title, name);
    g_autoptr(GPtrArray) old_uses = points_of(c, c->before, old_journey, then, TRUE);
    g_autoptr(GPtrArray) new_uses = points_of(c, c->after, new_journey, now, TRUE);
    g_autofree char *kept = common(new_uses, old_uses), *all = common(new_uses, new_uses);
    if (strcmp(kept, all) != 0 || old_uses->len != new_uses->len)
        plx_comparison_add(c, PLX_CHANGE_EDITED, PLX_THING_TRANSACTION, name, NULL, 0,
                           "\"%s\" [%s] uses other points of other journeys.", now->title, name);
}

static void compare_transaction(struct plx_comparison *c, const struct plx_journey *then,
                                const struct plx_journey *now,
                                const struct plx_transaction *transaction)
{
    g_autofree char *name = g_strdup_printf("%s/%s", now->id, transaction->id);
    const struct plx_transaction *old = find(then, transaction->id);
    if (!old) {
        plx_comparison_add(c, PLX_CHANGE_ADDED, PLX_THING_TRANSACTION, name, NULL, 0,
                           "New transaction: \"%s\" [%s].", transaction->title, name);
        return;
    }
    if (!plx_map_same_text(c->before, old->title, c->after, transaction->title))
        plx_comparison_add(c, PLX_CHANGE_RETITLED, PLX_THING_TRANSACTION, name, NULL, 0,
                           "The transaction [%s] is called \"%s\" now, before \"%s\".", name,
                           transaction->title, old->title);
    compare_points(c, name, then, old, now, transaction);
}

static void compare_order(struct plx_comparison *c, const struct plx_journey *then,
                          const struct plx_journey *now)
{
    g_autoptr(GPtrArray) old_ids = g_ptr_array_new();
    g_autoptr(GPtrArray) new_ids = g_ptr_array_new();
    for (guint i = 0; i < then->n_transactions; i++)
        g_ptr_array_add(old_ids, then->transactions[i].id);
    for (guint i = 0; i < now->n_transactions; i++)
        g_ptr_array_add(new_ids, now->transactions[i].id);
    if (is_reordered(old_ids, new_ids))
        plx_comparison_add(c, PLX_CHANGE_REORDERED, PLX_THING_JOURNEY, now->id, NULL, 0,
                           "The transactions of \"%s\" [%s] stand in another order.", now->title,
                           now->id);
}

void plx_comparison_transactions(struct plx_comparison *c)
{
    for (guint j = 0; j < c->after->n_journeys; j++) {
        const struct plx_journey *now = &c->after->journeys[j];
        const struct plx_journey *then = journey_before(c, now);
        if (then)
            compare_order(c, then, now);
        for (guint t = 0; t < now->n_transactions; t++)
            compare_transaction(c, then, now, &now->transactions[t]);
        for (guint t = 0; then && t < then->n_transactions; t++) {
            const struct plx_transaction *old = &then->transactions[t];
            g_autofree char *name = g_strdup_printf("%s/%s", now->id, old->id);
            if (!find(now, old->id))
                plx_comparison_add(c, PLX_CHANGE_REMOVED, PLX_THING_TRANSACTION, name, NULL, 0,
                                   "The transaction \"%s\" [%s] is gone.", old->title, name);
        }
    }
}
