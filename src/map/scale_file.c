/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/scale_file.h"

#include "map/map_private.h"

/* One text, in one language or (with a map) in several. */
static gboolean read_label(const struct plx_yaml_node *node, const char *what, plx_map *map,
                           char **out, GError **error)
{
    if (map)
        return plx_map_read_text(map, node, what, out, error);
    const char *text;
    if (!plx_yaml_text(node, what, &text, error))
        return FALSE;
    *out = g_strdup(text);
    return TRUE;
}

static gboolean read_list(const struct plx_yaml_node *labels, const char *key,
                          const struct plx_scale *scale, plx_map *map, char ***list, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(labels, key);
    if (!node)
        return TRUE;
    if (!plx_yaml_is(node, key, PLX_YAML_SEQUENCE, error))
        return FALSE;
    guint width = plx_scale_width(scale);
    if (node->n != width)
        return plx_yaml_error(node, error,
                              "%s of scale \"%s\" must be %u texts, one for each of %d to %d, "
                              "not %u",
                              key, scale->id, width, scale->min, scale->max, node->n);
    g_auto(GStrv) texts = g_new0(char *, width + 1);
    for (guint i = 0; i < width; i++)
        if (!read_label(node->values[i], key, map, &texts[i], error))
            return FALSE;
    g_strfreev(*list);
    *list = g_steal_pointer(&texts);
    return TRUE;
}

gboolean plx_scale_read_labels(const struct plx_yaml_node *node, struct plx_scale *scale,
                               plx_map *map, GError **error)
{
    static const char *const keys[] = {"words", "sentences", NULL};
    const struct plx_yaml_node *labels = plx_yaml_get(node, "labels");
    return !labels || (plx_yaml_only(labels, "labels", keys, error) &&
                       read_list(labels, "words", scale, map, &scale->words, error) &&
                       read_list(labels, "sentences", scale, map, &scale->sentences, error));
}

static gboolean read_value(const struct plx_yaml_node *node, const char *key, gint8 *value,
                           GError **error)
{
    gint64 number = *value;
    if (!plx_yaml_get_int(node, key, -100, 100, &number, error))
        return FALSE;
    *value = (gint8)number;
    return TRUE;
}

static gboolean read_numbers(const struct plx_yaml_node *node, struct plx_scale *scale,
                             GError **error)
{
    static const char *const directions[] = {"up", "down", NULL};
    int direction = 0;
    scale->floor = scale->met = scale->desired = scale->top = PLX_NO_CUT;
    if (!plx_yaml_require(node, "a scale", "min", error) ||
        !plx_yaml_require(node, "a scale", "max", error))
        return FALSE;
    if (!read_value(node, "min", &scale->min, error) ||
        !read_value(node, "max", &scale->max, error) ||
        !read_value(node, "floor", &scale->floor, error) ||
        !read_value(node, "met", &scale->met, error) ||
        !read_value(node, "desired", &scale->desired, error) ||
        !read_value(node, "top", &scale->top, error) ||
        !plx_yaml_get_choice(node, "direction", directions, &direction, error))
        return FALSE;
    scale->down = direction == 1;
    return TRUE;
}

struct plx_scale *plx_scale_read(const struct plx_yaml_node *node, const char *id, plx_map *map,
                                 GError **error)
{
    static const char *const keys[] = {"min", "max",       "floor",  "met", "desired",
                                       "top", "direction", "labels", NULL};
    if (!plx_yaml_only(node, "scale", keys, error))
        return NULL;
    struct plx_scale *scale = g_new0(struct plx_scale, 1);
    scale->id = g_strdup(id);
    gboolean ok = read_numbers(node, scale, error);
    const char *key = NULL;
    const char *fault = ok ? plx_scale_fault(scale, &key) : NULL;
    if (fault)
        ok = plx_yaml_error(plx_yaml_get(node, key), error, "scale \"%s\": %s", id, fault);
    if (ok && plx_scale_read_labels(node, scale, map, error))
        return scale;
    plx_scale_free(scale);
    return NULL;
}
