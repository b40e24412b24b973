/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sections scales, measures and audiences: mappings from a name to what it is. */
#include "base/id.h"
#include "base/suggest.h"
#include "map/builtin.h"
#include "map/map_private.h"
#include "map/scale_file.h"

#include <string.h>

/* The section of a key; NULL when absent. Sets *ok to FALSE when it is no mapping. */
static const struct plx_yaml_node *section(const struct plx_yaml_node *root, const char *key,
                                           gboolean *ok, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, key);
    *ok = !node || plx_yaml_is(node, key, PLX_YAML_MAPPING, error);
    return *ok ? node : NULL;
}

/* The id of an entry's key, new; the key is the title when no other is given. */
static char *entry_id(const struct plx_yaml_node *key, const char *what, GError **error)
{
    char *id = plx_id_new(key->text, key->length);
    if (id)
        return id;
    g_autofree char *shown = plx_yaml_quote(key->text);
    plx_yaml_error(key, error, "%s needs a letter or digit in its name, not %s", what, shown);
    return NULL;
}

/* ---- scales ---- */

static gboolean read_scale(plx_map *map, const struct plx_yaml_node *key,
                           const struct plx_yaml_node *node, GError **error)
{
    g_autofree char *id = entry_id(key, "a scale", error);
    if (!id)
        return FALSE;
    if (plx_builtin_is_scale(id)) {
        static const char *const keys[] = {"labels", NULL};
        g_autofree char *what = g_strdup_printf("the built-in scale \"%s\"", id);
        struct plx_scale *scale = NULL;
        for (guint i = 0; i < map->n_scales; i++)
            if (strcmp(map->scales[i]->id, id) == 0)
                scale = map->scales[i];
        return scale && plx_yaml_only(node, what, keys, error) &&
               plx_scale_read_labels(node, scale, map, error);
    }
    if (plx_map_find_scale(map, id))
        return plx_yaml_error(key, error, "a scale \"%s\" is on this map already", id);
    struct plx_scale *scale = plx_scale_read(node, id, map, error);
    if (!scale)
        return FALSE;
    map->scales = g_renew(struct plx_scale *, map->scales, map->n_scales + 1);
    map->scales[map->n_scales++] = scale;
    return TRUE;
}

/* Leaves *scale alone when the key is absent. */
static gboolean read_scale_name(const plx_map *map, const struct plx_yaml_node *node,
                                const struct plx_scale **scale, GError **error)
{
    const struct plx_yaml_node *name = plx_yaml_get(node, "scale");
    const char *text;
    if (!name)
        return TRUE;
    if (!plx_yaml_text(name, "scale", &text, error))
        return FALSE;
    g_autofree char *id = plx_id_new(text, name->length);
    const struct plx_scale *found = id ? plx_map_find_scale(map, id) : NULL;
    if (found) {
        *scale = found;
        return TRUE;
    }
    g_autofree const char **ids = g_new0(const char *, map->n_scales + 1);
    for (guint i = 0; i < map->n_scales; i++)
        ids[i] = map->scales[i]->id;
    g_autofree char *shown = plx_yaml_quote(text);
    g_autofree char *hint = plx_suggest_text(text, ids, map->n_scales);
    return plx_yaml_error(name, error, "unknown scale %s%s", shown, hint);
}

/* A new title in place of the old one, when there is one. */
static gboolean read_title(plx_map *map, const struct plx_yaml_node *node, char **title,
                           GError **error)
{
    const struct plx_yaml_node *given = plx_yaml_get(node, "title");
    char *text;
    if (!given)
        return TRUE;
    if (!plx_map_read_text(map, given, "title", &text, error))
        return FALSE;
    g_free(*title);
    *title = text;
    return TRUE;
}

/* ---- measures ---- */

/* Columns of the canonical file that are no measures (docs/ratings.md). */
static const char *const columns[] = {
    "audience",   "dataset", "encounter",  "respondent", "time",    "journey",  "point",
    "task",       "promise", "item",       "place",      "channel", "language", "source",
    "weight",     "table",   "group-size", "workshop",   "asked-p", "seen",     "surprise",
    "hesitation", "note",    "prompt",     NULL,
};

/* The levels have the scale of their audience, and belief, done, known, kept and card are what they
 * are; the others may be asked on another scale. */
static gboolean has_free_scale(gint measure)
{
    return measure == PLX_MEASURE_EFFORT || measure == PLX_MEASURE_FEELING ||
           measure == PLX_MEASURE_IMPORTANCE || measure == PLX_MEASURE_OVERALL ||
           measure == PLX_MEASURE_RECOMMEND;
}

static gboolean change_measure(plx_map *map, gint index, const struct plx_yaml_node *node,
                               GError **error)
{
    static const char *const with_scale[] = {"title", "scale", NULL};
    static const char *const without[] = {"title", NULL};
    struct plx_measure_def *measure = &map->measures[index];
    g_autofree char *what = g_strdup_printf("the built-in measure \"%s\"", measure->id);
    plx_map_set_place(map, measure->id, plx_yaml_get(node, "scale"));
    return plx_yaml_only(node, what, has_free_scale(index) ? with_scale : without, error) &&
           read_title(map, node, &measure->title, error) &&
           read_scale_name(map, node, &measure->scale, error);
}

static gboolean declare_measure(plx_map *map, const struct plx_yaml_node *key, char *id,
                                const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"title", "scale", "of", NULL};
    static const char *const subjects[] = {"point", "journey", "task", "promise", NULL};
    if (g_strv_contains(columns, id))
        return plx_yaml_error(key, error, "\"%s\" is a column of its own, no name for a measure",
                              id);
    if (map->n_measures >= PLX_MEASURE_SURPRISE)
        return plx_yaml_error(key, error, "at most %d measures are possible", PLX_MEASURE_SURPRISE);
    int of = 0;
    const struct plx_scale *scale = NULL;
    if (!plx_yaml_only(node, "measure", keys, error) ||
        !plx_yaml_require(node, "a measure", "scale", error) ||
        !read_scale_name(map, node, &scale, error) ||
        !plx_yaml_get_choice(node, "of", subjects, &of, error))
        return FALSE;
    struct plx_measure_def *measure = &map->measures[map->n_measures++];
    *measure = (struct plx_measure_def){
        .id = g_strdup(id),
        .title = g_strdup(key->text),
        .subjects = 1u << ((guint)of + PLX_SUBJECT_POINT),
        .scale = scale,
    };
    plx_map_set_place(map, measure->id, key);
    return read_title(map, node, &measure->title, error);
}

static gboolean read_measure(plx_map *map, const struct plx_yaml_node *key,
                             const struct plx_yaml_node *node, GError **error)
{
    g_autofree char *id = entry_id(key, "a measure", error);
    if (!id)
        return FALSE;
    gint index = plx_map_find_measure(map, id);
    if (index >= PLX_MEASURE_DECLARED)
        return plx_yaml_error(key, error, "a measure \"%s\" is on this map already", id);
    return index >= 0 ? change_measure(map, index, node, error)
                      : declare_measure(map, key, id, node, error);
}

/* ---- audiences ---- */

static gboolean read_audience_keys(plx_map *map, struct plx_audience *audience,
                                   const struct plx_yaml_node *node, GError **error)
{
    static const char *const identities[] = {"anonymous", "visit", "panel", NULL};
    gint64 minimum = audience->minimum;
    int identity = (int)audience->identity;
    if (!read_title(map, node, &audience->title, error) ||
        !plx_yaml_get_bool(node, "served", &audience->served, error) ||
        !plx_yaml_get_bool(node, "protected", &audience->protected_, error) ||
        !plx_yaml_get_bool(node, "named", &audience->named, error) ||
        !plx_yaml_get_int(node, "population", 1, 10000000000, &audience->population, error) ||
        !plx_yaml_get_int(node, "minimum", 1, 1000, &minimum, error) ||
        !plx_yaml_get_choice(node, "identity", identities, &identity, error) ||
        !read_scale_name(map, node, &audience->scale, error) ||
        !plx_map_read_was(map, node, &audience->was, error))
        return FALSE;
    /* What is published for 5-9 persons is rounded; below five no rounding protects anybody. */
    if (audience->protected_ && minimum < PLX_MINIMUM_DEFAULT)
        return plx_yaml_error(plx_yaml_get(node, "minimum"), error,
                              "\"%s\" is protected, so its minimum is at least %d; where all have "
                              "agreed to be seen, write \"named: true\"",
                              audience->id, PLX_MINIMUM_DEFAULT);
    audience->minimum = (guint)minimum;
    audience->identity = (enum plx_identity)identity;
    return TRUE;
}

static gboolean read_audience(plx_map *map, GHashTable *seen, const struct plx_yaml_node *key,
                              const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"title",   "served",   "protected", "named", "population",
                                       "minimum", "identity", "scale",     "was",   NULL};
    g_autofree char *id = entry_id(key, "an audience", error);
    if (!id)
        return FALSE;
    if (g_hash_table_contains(seen, id))
        return plx_yaml_error(key, error, "an audience \"%s\" is on this map already", id);
    gint index = plx_map_find_audience(map, id);
    struct plx_audience *audience = NULL;
    if (index >= 0)
        audience = &map->audiences[index];
    else
        audience = plx_map_add_audience(map, g_steal_pointer(&id), key->text);
    if (!audience)
        return plx_yaml_error(key, error, "at most %d audiences are possible", PLX_AUDIENCES_MAX);
    g_hash_table_add(seen, audience->id);
    plx_map_set_place(map, audience->id, key);
    if (plx_yaml_is_null(node)) /* "partner:" alone declares one */
        return TRUE;
    return plx_yaml_only(node, "audience", keys, error) &&
           read_audience_keys(map, audience, node, error);
}

static gboolean read_audiences(plx_map *map, const struct plx_yaml_node *node, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < node->n; i++)
        if (!read_audience(map, seen, node->keys[i], node->values[i], error))
            return FALSE;
    for (guint i = 0; i < map->n_audiences; i++)
        if (map->audiences[i].served)
            return TRUE;
    return plx_yaml_error(node, error,
                          "one audience at least must be \"served: true\": those whose "
                          "view decides");
}

gboolean plx_map_read_definitions(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    gboolean ok;
    const struct plx_yaml_node *scales = section(root, "scales", &ok, error);
    for (guint i = 0; ok && scales && i < scales->n; i++)
        ok = read_scale(map, scales->keys[i], scales->values[i], error);
    if (!ok)
        return FALSE;
    const struct plx_yaml_node *measures = section(root, "measures", &ok, error);
    for (guint i = 0; ok && measures && i < measures->n; i++)
        ok = read_measure(map, measures->keys[i], measures->values[i], error);
    if (!ok)
        return FALSE;
    const struct plx_yaml_node *audiences = section(root, "audiences", &ok, error);
    return ok && (!audiences || read_audiences(map, audiences, error));
}
