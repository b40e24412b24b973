/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The section journeys: homes first, then what other journeys use of them. */
#include "base/id.h"
#include "base/suggest.h"
#include "map/map_private.h"

#include <string.h>

/* A `use:` that waits until every home is known. */
struct use {
    guint journey, transaction, slot;
    const struct plx_yaml_node *node;
};

struct reader {
    plx_map *map;
    GArray *journeys; /* struct plx_journey */
    GArray *points;   /* struct plx_point */
    GArray *uses;     /* struct use */
};

/* ---- one point ---- */

static gboolean read_senses(const struct plx_yaml_node *node, guint *senses, GError **error)
{
    static const char *const names[] = {"see", "hear", "touch", "taste", "smell", "feel", NULL};
    const struct plx_yaml_node *single[] = {node};
    gboolean many = node->kind == PLX_YAML_SEQUENCE;
    const struct plx_yaml_node *const *items = many ? node->values : single;
    guint n = many ? node->n : 1, mask = 0;
    for (guint i = 0; i < n; i++) {
        int sense;
        if (!plx_yaml_choice(items[i], "a sense", names, &sense, error))
            return FALSE;
        if (mask & 1u << sense)
            return plx_yaml_error(items[i], error, "the sense \"%s\" is in this list twice",
                                  names[sense]);
        mask |= 1u << sense;
    }
    *senses = mask;
    return TRUE;
}

static gboolean read_levels(plx_map *map, const struct plx_yaml_node *node, char ***levels,
                            GError **error)
{
    if (!plx_yaml_is(node, "levels", PLX_YAML_MAPPING, error))
        return FALSE;
    *levels = g_new0(char *, PLX_LEVELS + 1);
    for (guint i = 0; i < node->n; i++) {
        const char *key = node->keys[i]->text;
        if (key[0] < '1' || key[0] > '6' || key[1]) {
            g_autofree char *shown = plx_yaml_quote(key);
            return plx_yaml_error(node->keys[i], error, "a level is a number from 1 to 6, not %s",
                                  shown);
        }
        if (!plx_map_read_text(map, node->values[i], "a level's text", &(*levels)[key[0] - '1'],
                               error))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_point_keys(plx_map *map, struct plx_point *point,
                                const struct plx_yaml_node *node, GError **error)
{
    static const char *const values[] = {"product", "delivery", "mindset", "relationship", NULL};
    static const char *const efforts[] = {"today", "week", "quarter", "project", NULL};
    const struct plx_yaml_node *senses = plx_yaml_get(node, "senses");
    const struct plx_yaml_node *levels = plx_yaml_get(node, "levels");
    gint64 target = 0;
    if ((senses && !read_senses(senses, &point->senses, error)) ||
        !plx_yaml_get_texts(node, "channels", &point->channels, error) ||
        !plx_yaml_get_choice(node, "value", values, &point->value, error) ||
        (levels && !read_levels(map, levels, &point->levels, error)) ||
        !plx_yaml_get_int(node, "target", 1, PLX_LEVELS, &target, error) ||
        !plx_yaml_get_choice(node, "effort", efforts, &point->effort, error) ||
        !plx_map_read_was(map, node, &point->was, error))
        return FALSE;
    point->target = (int)target;
    return TRUE;
}

/* "- Cleaning: up" was meant to be a title: one key that no point has, and a text. */
static gboolean refuse_colon(const struct plx_yaml_node *node, const char *const *keys,
                             GError **error)
{
    if (node->kind != PLX_YAML_MAPPING || node->n != 1 ||
        node->values[0]->kind != PLX_YAML_SCALAR || !*node->values[0]->text ||
        g_strv_contains(keys, node->keys[0]->text))
        return TRUE;
    g_autofree char *title = g_strconcat(node->keys[0]->text, ": ", node->values[0]->text, NULL);
    g_autofree char *shown = plx_yaml_quote(title);
    if (plx_suggest(node->keys[0]->text, keys, g_strv_length((char **)(guintptr)keys)) >= 0)
        return TRUE;
    return plx_yaml_error(node->keys[0], error, "a title with a colon needs quotes around it: %s",
                          shown);
}

static gboolean read_point(struct reader *r, guint journey, guint transaction,
                           const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"id",     "title",  "senses", "channels", "value",
                                       "levels", "target", "effort", "was",      NULL};
    gboolean short_form = node->kind == PLX_YAML_SCALAR;
    if (!short_form &&
        (!refuse_colon(node, keys, error) || !plx_yaml_only(node, "point", keys, error)))
        return FALSE;
    const struct plx_yaml_node *title =
        short_form ? node : plx_yaml_require(node, "a point", "title", error);
    if (!title)
        return FALSE;
    if (r->points->len >= PLX_POINTS_MAX)
        return plx_yaml_error(node, error, "at most %d points are possible", PLX_POINTS_MAX);
    guint index = r->points->len;
    g_array_set_size(r->points, index + 1); /* cleared: freed with the map whatever happens */
    struct plx_point *point = &g_array_index(r->points, struct plx_point, index);
    point->journey = journey;
    point->transaction = transaction;
    point->order = index;
    point->value = point->effort = -1;
    if (!plx_map_read_text(r->map, title, "title", &point->title, error))
        return FALSE;
    point->id = plx_map_read_id(r->map, node, title, point->title, "point", r->map->index->points,
                                index, error);
    return point->id && (short_form || read_point_keys(r->map, point, node, error));
}

/* ---- journeys and transactions ---- */

/* The non-empty list of a key, or NULL with an error that names the owner. */
static const struct plx_yaml_node *read_list(const struct plx_yaml_node *node, const char *key,
                                             const char *what, const char *id, GError **error)
{
    const struct plx_yaml_node *list = plx_yaml_get(node, key);
    if (!list || plx_yaml_is_null(list) || (list->kind != PLX_YAML_SCALAR && list->n == 0)) {
        plx_yaml_error(list && list->n == 0 ? list : node, error, "the %s \"%s\" has no %s", what,
                       id, key);
        return NULL;
    }
    return plx_yaml_is(list, key, PLX_YAML_SEQUENCE, error) ? list : NULL;
}

static gboolean read_transaction(struct reader *r, guint journey, guint index,
                                 struct plx_transaction *transaction, GHashTable *ids,
                                 const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"id", "title", "points", NULL};
    static const char *const use_keys[] = {"use", NULL};
    if (!plx_yaml_only(node, "transaction", keys, error))
        return FALSE;
    const struct plx_yaml_node *title = plx_yaml_require(node, "a transaction", "title", error);
    if (!title || !plx_map_read_text(r->map, title, "title", &transaction->title, error))
        return FALSE;
    transaction->id =
        plx_map_read_id(r->map, node, title, transaction->title, "transaction", ids, index, error);
    if (!transaction->id)
        return FALSE;
    const struct plx_yaml_node *points =
        read_list(node, "points", "transaction", transaction->id, error);
    if (!points)
        return FALSE;
    transaction->points = g_new0(guint, points->n);
    transaction->n_points = points->n;
    for (guint i = 0; i < points->n; i++) {
        const struct plx_yaml_node *used = plx_yaml_get(points->values[i], "use");
        if (used) {
            struct use use = {journey, index, i, used};
            if (!plx_yaml_only(points->values[i], "a point used from elsewhere", use_keys, error))
                return FALSE;
            g_array_append_val(r->uses, use);
            continue;
        }
        transaction->points[i] = r->points->len;
        if (!read_point(r, journey, index, points->values[i], error))
            return FALSE;
    }
    return TRUE;
}

static gboolean read_journey(struct reader *r, const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"id", "title", "transactions", "was", NULL};
    if (!plx_yaml_only(node, "journey", keys, error))
        return FALSE;
    const struct plx_yaml_node *title = plx_yaml_require(node, "a journey", "title", error);
    if (!title)
        return FALSE;
    guint index = r->journeys->len;
    g_array_set_size(r->journeys, index + 1);
    struct plx_journey *journey = &g_array_index(r->journeys, struct plx_journey, index);
    if (!plx_map_read_text(r->map, title, "title", &journey->title, error))
        return FALSE;
    journey->id = plx_map_read_id(r->map, node, title, journey->title, "journey",
                                  r->map->index->journeys, index, error);
    if (!journey->id || !plx_map_read_was(r->map, node, &journey->was, error))
        return FALSE;
    const struct plx_yaml_node *list =
        read_list(node, "transactions", "journey", journey->id, error);
    if (!list)
        return FALSE;
    journey->transactions = g_new0(struct plx_transaction, list->n);
    journey->n_transactions = list->n;
    g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < list->n; i++)
        if (!read_transaction(r, index, i, &journey->transactions[i], ids, list->values[i], error))
            return FALSE;
    return TRUE;
}

/* ---- after all homes are known ---- */

static gboolean resolve_use(plx_map *map, const struct use *use, GError **error)
{
    gint point = plx_map_read_point(map, use->node, error);
    if (point < 0)
        return FALSE;
    const struct plx_journey *journey = &map->journeys[use->journey];
    if (map->points[point].journey == use->journey)
        return plx_yaml_error(use->node, error,
                              "the point \"%s\" is at home in this journey; only other journeys "
                              "use it",
                              map->points[point].id);
    journey->transactions[use->transaction].points[use->slot] = (guint)point;
    return TRUE;
}

static gboolean resolve_uses(const struct reader *r, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < r->uses->len; i++) {
        const struct use *use = &g_array_index(r->uses, struct use, i);
        if (!resolve_use(r->map, use, error))
            return FALSE;
        guint point =
            r->map->journeys[use->journey].transactions[use->transaction].points[use->slot];
        if (!g_hash_table_add(seen, g_strdup_printf("%u %u", use->journey, point)))
            return plx_yaml_error(use->node, error, "this journey uses the point \"%s\" already",
                                  r->map->points[point].id);
    }
    return TRUE;
}

gboolean plx_map_read_journeys(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, "journeys");
    if (!node)
        return TRUE;
    if (!plx_yaml_is(node, "journeys", PLX_YAML_SEQUENCE, error))
        return FALSE;
    if (node->n == 0)
        return plx_yaml_error(node, error,
                              "journeys is empty; leave the key out to accept any "
                              "point");
    struct reader r = {
        .map = map,
        .journeys = g_array_new(FALSE, TRUE, sizeof(struct plx_journey)),
        .points = g_array_new(FALSE, TRUE, sizeof(struct plx_point)),
        .uses = g_array_new(FALSE, FALSE, sizeof(struct use)),
    };
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < node->n; i++)
        ok = read_journey(&r, node->values[i], error);
    map->n_journeys = r.journeys->len;
    map->n_points = r.points->len;
    map->journeys = (struct plx_journey *)(gpointer)g_array_free(r.journeys, FALSE);
    map->points = (struct plx_point *)(gpointer)g_array_free(r.points, FALSE);
    ok = ok && resolve_uses(&r, error);
    g_array_unref(r.uses);
    return ok;
}
