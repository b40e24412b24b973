/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was before: earlier ids (`was`) and the section retired. */
#include "base/id.h"
#include "map/map_private.h"

#include <string.h>

gboolean plx_map_read_was(plx_map *map, const struct plx_yaml_node *node, char ***was,
                          GError **error)
{
    const struct plx_yaml_node *given = plx_yaml_get(node, "was");
    g_auto(GStrv) names = NULL;
    if (!given)
        return TRUE;
    if (!plx_yaml_texts(given, "was", &names, error))
        return FALSE;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_auto(GStrv) ids = g_new0(char *, g_strv_length(names) + 1);
    for (guint i = 0; names[i]; i++) {
        ids[i] = plx_id_new(names[i], strlen(names[i]));
        g_autofree char *shown = plx_yaml_quote(names[i]);
        if (!ids[i])
            return plx_yaml_error(given, error, "an earlier id needs a letter or digit, not %s",
                                  shown);
        if (!g_hash_table_add(seen, ids[i]))
            return plx_yaml_error(given, error, "the earlier id \"%s\" is in this list twice",
                                  ids[i]);
    }
    *was = g_steal_pointer(&ids);
    plx_map_set_place(map, *was, given);
    return TRUE;
}

/* ---- the section retired ---- */

static gboolean read_entry(plx_map *map, struct plx_retired *retired,
                           const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"id", "title", "was", NULL};
    const struct plx_yaml_node *named = node;
    const char *text;
    if (node->kind != PLX_YAML_SCALAR) {
        if (!plx_yaml_only(node, "something retired", keys, error))
            return FALSE;
        named = plx_yaml_require(node, "something retired", "id", error);
    }
    if (!named || !plx_yaml_text(named, "the id of something retired", &text, error))
        return FALSE;
    retired->id = plx_id_new(text, strlen(text));
    if (!retired->id) {
        g_autofree char *shown = plx_yaml_quote(text);
        return plx_yaml_error(named, error, "an id needs a letter or digit, not %s", shown);
    }
    plx_map_set_place(map, retired->id, named);
    const struct plx_yaml_node *title = plx_yaml_get(node, "title");
    return (!title || plx_map_read_text(map, title, "title", &retired->title, error)) &&
           plx_map_read_was(map, node, &retired->was, error);
}

static struct plx_retired *append_retired(plx_map *map, guint kind)
{
    if (map->n_retired % 16 == 0)
        map->retired = g_renew(struct plx_retired, map->retired, map->n_retired + 16);
    struct plx_retired *retired = &map->retired[map->n_retired++];
    *retired = (struct plx_retired){.kind = (enum plx_subject_kind)kind};
    return retired;
}

static gboolean read_retired(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    static const char *const keys[] = {"points", "journeys", "tasks", "promises", NULL};
    const struct plx_yaml_node *node = plx_yaml_get(root, "retired");
    if (!node)
        return TRUE;
    if (!plx_yaml_only(node, "retired", keys, error))
        return FALSE;
    for (guint k = 0; keys[k]; k++) {
        const struct plx_yaml_node *list = plx_yaml_get(node, keys[k]);
        if (!list)
            continue;
        const struct plx_yaml_node *single[] = {list};
        gboolean many = list->kind == PLX_YAML_SEQUENCE;
        const struct plx_yaml_node *const *items = many ? list->values : single;
        for (guint i = 0; i < (many ? list->n : 1); i++)
            if (!read_entry(map, append_retired(map, PLX_SUBJECT_POINT + k), items[i], error))
                return FALSE;
    }
    return TRUE;
}

/* ---- into the index ---- */

/* What `key` (at `place`) names must not be in use. */
static gboolean in_use(const plx_map *map, guint kind, const char *id, const char *key,
                       const void *place, GError **error)
{
    if (plx_map_find_item(map, kind, id) < 0)
        return FALSE;
    struct plx_loc loc = plx_map_place(map, place);
    const char *name = plx_map_kind_name(kind);
    plx_error_at(error, PLX_ERROR_INPUT, &loc,
                 "\"%s\" is %s %s of this map; \"%s\" names ids that are no longer in use", id,
                 kind == PLX_HISTORY_AUDIENCE ? "an" : "a", name, key);
    return TRUE;
}

/* An id of a retired thing, its own or an earlier one, that stands at `place`. */
static gboolean index_retired_id(plx_map *map, guint i, const char *id, const void *place,
                                 GError **error)
{
    guint kind = map->retired[i].kind;
    if (in_use(map, kind, id, "retired", place, error))
        return FALSE;
    struct plx_loc loc = plx_map_place(map, place);
    if (g_hash_table_contains(map->index->retired[kind], id))
        return plx_error_at(error, PLX_ERROR_INPUT, &loc, "the %s \"%s\" is retired already",
                            plx_map_kind_name(kind), id);
    g_hash_table_insert(map->index->retired[kind], (gpointer)(guintptr)id, GUINT_TO_POINTER(i + 1));
    return TRUE;
}

static gboolean index_retired(plx_map *map, GError **error)
{
    for (guint i = 0; i < map->n_retired; i++) {
        const struct plx_retired *retired = &map->retired[i];
        if (!index_retired_id(map, i, retired->id, retired->id, error))
            return FALSE;
        for (char **was = retired->was; was && *was; was++)
            if (!index_retired_id(map, i, *was, retired->was, error))
                return FALSE;
    }
    return TRUE;
}

/* An earlier id that one claims leads there. Where several do, nobody can say to which of them an
 * old answer belongs: it stays with the old id. What is listed as retired stays so in any case. */
static gboolean index_claim(plx_map *map, guint kind, guint i, const char *id, GError **error)
{
    struct plx_map_item item = plx_map_item(map, kind, i);
    GHashTable *claims = map->index->was[kind];
    if (strcmp(item.id, id) == 0) /* takes back what was merged elsewhere */
        return TRUE;
    if (in_use(map, kind, id, "was", item.was, error))
        return FALSE;
    struct plx_loc loc = plx_map_place(map, item.was);
    if (kind == PLX_HISTORY_AUDIENCE && g_hash_table_contains(claims, id))
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "two audiences name \"%s\" in their \"was\"; one can", id);
    if (g_hash_table_contains(map->index->retired[kind], id))
        return TRUE;
    if (!g_hash_table_contains(claims, id)) {
        g_hash_table_insert(claims, (gpointer)(guintptr)id, GUINT_TO_POINTER(i + 1));
        return TRUE;
    }
    g_hash_table_insert(claims, (gpointer)(guintptr)id, NULL);
    struct plx_retired *split = append_retired(map, kind);
    split->id = g_strdup(id);
    split->split = TRUE;
    g_hash_table_insert(map->index->retired[kind], split->id, GUINT_TO_POINTER(map->n_retired));
    return TRUE;
}

gboolean plx_map_read_history(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    if (!map->index->file)
        map->index->file = g_strdup(root->loc.file);
    if (!read_retired(map, root, error) || !index_retired(map, error))
        return FALSE;
    for (guint kind = PLX_SUBJECT_POINT; kind < PLX_HISTORY_KINDS; kind++)
        for (guint i = 0; i < plx_map_n_items(map, kind); i++)
            for (char *const *was = plx_map_item(map, kind, i).was; was && *was; was++)
                if (!index_claim(map, kind, i, *was, error))
                    return FALSE;
    return TRUE;
}
