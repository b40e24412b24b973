/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of the map file, and what its sections share. */
#include "map/map_file.h"

#include "base/id.h"
#include "base/suggest.h"
#include "map/map_private.h"

#include <string.h>

/* ---- texts in languages ---- */

gboolean plx_map_is_language(const char *tag)
{
    gsize letters = strspn(tag, "abcdefghijklmnopqrstuvwxyz");
    if (letters < 2 || letters > 3)
        return FALSE;
    for (const char *at = tag + letters; *at;) {
        if (*at++ != '-')
            return FALSE;
        gsize n = 0;
        while (g_ascii_isalnum(at[n]))
            n++;
        if (n < 2 || n > 8)
            return FALSE;
        at += n;
    }
    return TRUE;
}

static gboolean check_language(const struct plx_yaml_node *node, GError **error)
{
    if (plx_map_is_language(node->text))
        return TRUE;
    g_autofree char *shown = plx_yaml_quote(node->text);
    return plx_yaml_error(node, error, "a language is a code such as en, de or pt-BR, not %s",
                          shown);
}

gboolean plx_map_read_text(plx_map *map, const struct plx_yaml_node *node, const char *what,
                           char **text, GError **error)
{
    const char *main_text = NULL, *other;
    if (node->kind != PLX_YAML_MAPPING) {
        if (!plx_yaml_text(node, what, &main_text, error))
            return FALSE;
        *text = g_strdup(main_text);
        return TRUE;
    }
    for (guint i = 0; i < node->n; i++) {
        if (!check_language(node->keys[i], error) ||
            !plx_yaml_text(node->values[i], what, &other, error))
            return FALSE;
        if (strcmp(node->keys[i]->text, map->language) == 0)
            main_text = other;
    }
    if (!main_text)
        return plx_yaml_error(node, error,
                              "%s has no text in \"%s\", the language of this map (key "
                              "\"language\")",
                              what, map->language);
    *text = g_strdup(main_text);
    for (guint i = 0; i < node->n; i++)
        if (node->values[i]->text != main_text)
            plx_map_add_label(map, *text, g_strdup(node->keys[i]->text),
                              g_strdup(node->values[i]->text));
    return TRUE;
}

/* ---- ids ---- */

static char *read_own_id(const struct plx_yaml_node *node, const char *what, GError **error)
{
    const char *text;
    if (!plx_yaml_text(node, "id", &text, error))
        return NULL;
    char *id = plx_id_new(text, strlen(text));
    if (id && strcmp(id, text) == 0)
        return id;
    g_autofree char *shown = plx_yaml_quote(text);
    if (id)
        plx_yaml_error(node, error, "the id of a %s is written \"%s\", not %s", what, id, shown);
    else
        plx_yaml_error(node, error, "the id of a %s needs a letter or digit, not %s", what, shown);
    g_free(id);
    return NULL;
}

static char *id_from_title(const struct plx_yaml_node *node, const char *title, const char *what,
                           GError **error)
{
    char *id = plx_id_new(title, strlen(title));
    if (id)
        return id;
    g_autofree char *shown = plx_yaml_quote(title);
    plx_yaml_error(node, error, "no letter or digit in the title %s: give this %s an id", shown,
                   what);
    return NULL;
}

char *plx_map_read_id(plx_map *map, const struct plx_yaml_node *node,
                      const struct plx_yaml_node *titled, const char *title, const char *what,
                      GHashTable *ids, guint index, GError **error)
{
    const struct plx_yaml_node *own = plx_yaml_get(node, "id");
    g_autofree char *id =
        own ? read_own_id(own, what, error) : id_from_title(titled, title, what, error);
    if (!id)
        return NULL;
    if (g_hash_table_contains(ids, id)) {
        plx_yaml_error(own ? own : titled, error, "a %s \"%s\" is on this map already%s", what, id,
                       own ? "" : "; give this one an id of its own");
        return NULL;
    }
    g_hash_table_insert(ids, id, GINT_TO_POINTER((gint)index + 1));
    plx_map_set_place(map, id, own ? own : titled);
    return g_steal_pointer(&id);
}

/* ---- references to points ---- */

static gboolean unknown_point(const plx_map *map, const struct plx_yaml_node *node,
                              const char *text, GError **error)
{
    g_autofree const char **ids = g_new0(const char *, map->n_points + 1);
    for (guint i = 0; i < map->n_points; i++)
        ids[i] = map->points[i].id;
    g_autofree char *shown = plx_yaml_quote(text);
    g_autofree char *hint = plx_suggest_text(text, ids, map->n_points);
    return plx_yaml_error(node, error, "unknown point %s%s", shown, hint);
}

gint plx_map_read_point(const plx_map *map, const struct plx_yaml_node *node, GError **error)
{
    const char *text;
    if (!plx_yaml_text(node, "a point", &text, error))
        return -1;
    g_autofree char *id = plx_id_new(text, node->length);
    gint i = id ? GPOINTER_TO_INT(g_hash_table_lookup(map->index->points, id)) - 1 : -1;
    if (i < 0)
        unknown_point(map, node, text, error);
    return i;
}

static gint compare_indices(gconstpointer a, gconstpointer b)
{
    const guint *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

gboolean plx_map_read_points(const plx_map *map, const struct plx_yaml_node *node, guint **points,
                             guint *n, GError **error)
{
    const struct plx_yaml_node *single[] = {node};
    const struct plx_yaml_node *const *items =
        node->kind == PLX_YAML_SEQUENCE ? node->values : single;
    guint n_items = node->kind == PLX_YAML_SEQUENCE ? node->n : 1;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(guint));
    g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < n_items; i++) {
        gint point = plx_map_read_point(map, items[i], error);
        if (point < 0)
            return FALSE;
        if (!g_hash_table_add(seen, GINT_TO_POINTER(point)))
            return plx_yaml_error(items[i], error, "the point \"%s\" is in this list twice",
                                  map->points[point].id);
        guint index = (guint)point;
        g_array_append_val(found, index);
    }
    g_array_sort(found, compare_indices); /* map order */
    *n = found->len;
    *points = (guint *)(gpointer)g_array_free(g_steal_pointer(&found), FALSE);
    return TRUE;
}

/* ---- the whole ---- */

static const char *const top_keys[] = {"parallax", "title",     "about",     "language", "margin",
                                       "scales",   "measures",  "audiences", "journeys", "tasks",
                                       "promises", "vignettes", "retired",   NULL};

static gboolean read_version(const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *version = plx_yaml_get(root, "parallax");
    if (!version)
        return plx_yaml_error(root, error, "a map begins with the line \"parallax: 1\"");
    if (version->kind == PLX_YAML_SCALAR && strcmp(version->text, "1") == 0)
        return TRUE;
    g_autofree char *shown = plx_yaml_quote(version->text ? version->text : "");
    return plx_yaml_error(version, error, "this program reads maps of \"parallax: 1\", not %s",
                          version->text ? shown : plx_yaml_kind_name(version));
}

static gboolean read_head(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    const char *language = map->language;
    const struct plx_yaml_node *node = plx_yaml_get(root, "language");
    if (node &&
        (!plx_yaml_text(node, "language", &language, error) || !check_language(node, error)))
        return FALSE;
    if (node) {
        g_free(map->language);
        map->language = g_strdup(language);
    }
    const struct plx_yaml_node *title = plx_yaml_require(root, "a map", "title", error);
    if (!title || !plx_map_read_text(map, title, "title", &map->title, error))
        return FALSE;
    const struct plx_yaml_node *about = plx_yaml_get(root, "about");
    if (about && !plx_map_read_text(map, about, "about", &map->about, error))
        return FALSE;
    return plx_yaml_get_double(root, "margin", 0.05, 2.5, &map->margin, error);
}

static plx_map *read_root(const struct plx_yaml_node *root, GError **error)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    if (!plx_yaml_is(root, "a map", PLX_YAML_MAPPING, error) || !read_version(root, error) ||
        !plx_yaml_only(root, "the map", top_keys, error) || !read_head(map, root, error) ||
        !plx_map_read_definitions(map, root, error) || !plx_map_read_journeys(map, root, error) ||
        !plx_map_read_tasks(map, root, error) || !plx_map_read_promises(map, root, error) ||
        !plx_map_read_vignettes(map, root, error) || !plx_map_read_history(map, root, error))
        return NULL;
    return g_steal_pointer(&map);
}

plx_map *plx_map_read(const char *path, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_file(path, error);
    return yaml ? read_root(plx_yaml_root(yaml), error) : NULL;
}

plx_map *plx_map_read_memory(const char *text, gsize length, const char *name, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(text, length, name, error);
    return yaml ? read_root(plx_yaml_root(yaml), error) : NULL;
}
