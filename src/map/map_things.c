/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_things.h"

#include "map/map_json.h"

#include <string.h>

const struct plx_thing_section plx_thing_sections[] = {
    {"scales", "scale", TRUE},
    {"measures", "measure", TRUE},
    {"audiences", "audience", TRUE},
    {"journeys", "journey", FALSE},
    {"tasks", "task", FALSE},
    {"promises", "promise", FALSE},
    {"vignettes", "vignette", FALSE},
    {"retired.points", "retired point", FALSE},
    {"retired.journeys", "retired journey", FALSE},
    {"retired.tasks", "retired task", FALSE},
    {"retired.promises", "retired promise", FALSE},
};
const gsize plx_thing_n_sections = G_N_ELEMENTS(plx_thing_sections);

/* ---- things ---- */

static void free_value(gpointer data)
{
    struct plx_thing_value *const value = data;
    g_free(value->json);
    g_free(value->plain);
    g_free(value);
}

static void free_thing(gpointer data)
{
    struct plx_map_item_thing *const thing = data;
    g_free(thing->id);
    g_free(thing->name);
    g_free(thing->home);
    g_hash_table_unref(thing->values);
    g_ptr_array_unref(thing->inside);
    g_free(thing);
}

plx_map_things *plx_things_empty(const char *language)
{
    plx_map_things *const things = g_new(plx_map_things, 1);
    things->language = g_strdup(language);
    things->all = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, free_thing);
    return things;
}

struct plx_map_item_thing *plx_things_put(plx_map_things *things, const char *kind, const char *id,
                                          const char *name, const char *home)
{
    struct plx_map_item_thing *const thing = g_new(struct plx_map_item_thing, 1);
    *thing = (struct plx_map_item_thing){
        .kind = kind,
        .id = g_strdup(id),
        .name = g_strdup(name),
        .home = g_strdup(home),
        .values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_value),
        .inside = g_ptr_array_new_with_free_func(g_free)};
    g_hash_table_replace(things->all, thing->name, thing);
    return thing;
}

void plx_things_set(struct plx_map_item_thing *thing, const char *key,
                    const struct plx_thing_value *value)
{
    struct plx_thing_value *const copy = g_new(struct plx_thing_value, 1);
    *copy = (struct plx_thing_value){g_strdup(value->json), g_strdup(value->plain)};
    g_hash_table_insert(thing->values, g_strdup(key), copy);
}

/* `name` is taken over. */
static struct plx_map_item_thing *add_thing(plx_map_things *things, const char *kind,
                                            const char *id, char *name,
                                            struct plx_map_item_thing *home)
{
    struct plx_map_item_thing *const thing =
        plx_things_put(things, kind, id, name, home ? home->name : NULL);
    if (home)
        g_ptr_array_add(home->inside, name);
    else
        g_free(name);
    return thing;
}

/* ---- values ---- */

/* Is it said once per language? */
static gboolean is_text(const char *path)
{
    static const char *const keys[] = {"title", "about", "words", "where", "owner", NULL};
    return g_strv_contains(keys, path) ||
           (g_str_has_prefix(path, "levels.") && !strchr(path + strlen("levels."), '.'));
}

static char *plain_of(const struct plx_yaml_node *node)
{
    if (node->kind == PLX_YAML_SCALAR)
        return g_strdup(node->text);
    GString *const text = g_string_new(NULL);
    for (guint i = 0; i < node->n; i++) {
        g_autofree char *one = plain_of(node->values[i]);
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", one);
    }
    return g_string_free(text, FALSE);
}

static void add_value(const plx_map_things *things, struct plx_map_item_thing *thing,
                      const char *path, const struct plx_yaml_node *node)
{
    if (node->kind == PLX_YAML_MAPPING) {
        for (guint i = 0; i < node->n; i++) {
            g_autofree char *deeper = g_strconcat(path, ".", node->keys[i]->text, NULL);
            add_value(things, thing, deeper, node->values[i]);
        }
        return;
    }
    g_autoptr(GString) json = g_string_new(NULL);
    plx_map_append_node(node, json);
    g_autofree char *plain = plain_of(node);
    g_autofree char *key =
        is_text(path) ? g_strconcat(path, ".", things->language, NULL) : g_strdup(path);
    const struct plx_thing_value value = {json->str, plain};
    plx_things_set(thing, key, &value);
}

/* All values of a mapping but those that are things of their own. */
static void add_values(const plx_map_things *things, struct plx_map_item_thing *thing,
                       const struct plx_yaml_node *node, const char *const *apart)
{
    for (guint i = 0; i < node->n; i++)
        if (!g_strv_contains(apart, node->keys[i]->text))
            add_value(things, thing, node->keys[i]->text, node->values[i]);
}

/* ---- the tree ---- */

static const char *id_of(const struct plx_yaml_node *node)
{
    if (node->kind == PLX_YAML_SCALAR)
        return node->text;
    const struct plx_yaml_node *const id = plx_yaml_get(node, "id");
    return id ? id->text : "";
}

static void add_points(plx_map_things *things, struct plx_map_item_thing *transaction,
                       const struct plx_yaml_node *list)
{
    static const char *const apart[] = {"id", NULL};
    for (guint i = 0; i < list->n; i++) {
        const struct plx_yaml_node *const node = list->values[i];
        const struct plx_yaml_node *const use = plx_yaml_get(node, "use");
        if (use) {
            add_thing(
                things, "use", use->text,
                g_strdup_printf("use/%s/%s", transaction->name + strlen("transaction/"), use->text),
                transaction);
            continue;
        }
        const char *const id = id_of(node);
        add_values(things,
                   add_thing(things, "point", id, g_strconcat("point/", id, NULL), transaction),
                   node, apart);
    }
}

static void add_transactions(plx_map_things *things, struct plx_map_item_thing *journey,
                             const struct plx_yaml_node *list)
{
    static const char *const apart[] = {"id", "points", NULL};
    for (guint i = 0; i < list->n; i++) {
        const struct plx_yaml_node *const node = list->values[i];
        const char *const id = id_of(node);
        struct plx_map_item_thing *const transaction =
            add_thing(things, "transaction", id,
                      g_strdup_printf("transaction/%s/%s", journey->id, id), journey);
        add_values(things, transaction, node, apart);
        add_points(things, transaction, plx_yaml_get(node, "points"));
    }
}

static void add_section(plx_map_things *things, const struct plx_thing_section *section,
                        struct plx_map_item_thing *home, const struct plx_yaml_node *list)
{
    static const char *const apart[] = {"id", "transactions", NULL};
    for (guint i = 0; list && i < list->n; i++) {
        const struct plx_yaml_node *const node = list->values[i];
        const char *const id = section->keyed ? list->keys[i]->text : id_of(node);
        const char *const folder =
            g_str_has_prefix(section->name, "retired.") ? section->name : section->kind;
        struct plx_map_item_thing *const thing =
            add_thing(things, section->kind, id, g_strdup_printf("%s/%s", folder, id), home);
        if (node->kind != PLX_YAML_MAPPING)
            continue;
        add_values(things, thing, node, apart);
        const struct plx_yaml_node *const transactions = plx_yaml_get(node, "transactions");
        if (transactions)
            add_transactions(things, thing, transactions);
    }
}

static const struct plx_yaml_node *section_node(const struct plx_yaml_node *root, const char *name)
{
    g_auto(GStrv) parts = g_strsplit(name, ".", 2);
    const struct plx_yaml_node *const node = plx_yaml_get(root, parts[0]);
    return node && parts[1] ? plx_yaml_get(node, parts[1]) : node;
}

plx_map_things *plx_map_things_new(const plx_map *map, GError **error)
{
    static const char *const apart[] = {"scales",   "measures",  "audiences", "journeys", "tasks",
                                        "promises", "vignettes", "retired",   NULL};
    g_autoptr(plx_yaml) yaml = plx_map_tree_of(map, error);
    if (!yaml)
        return NULL;
    const struct plx_yaml_node *const root = plx_yaml_root(yaml);
    plx_map_things *const things = plx_things_empty(map->language);
    struct plx_map_item_thing *const whole = add_thing(things, "map", "", g_strdup("map"), NULL);
    add_values(things, whole, root, apart);
    for (gsize i = 0; i < plx_thing_n_sections; i++) {
        const struct plx_thing_section *const section = &plx_thing_sections[i];
        struct plx_map_item_thing *const home =
            add_thing(things, "section", section->name, g_strdup(section->name), NULL);
        add_section(things, section, home, section_node(root, section->name));
    }
    return things;
}

void plx_map_things_free(plx_map_things *things)
{
    if (!things)
        return;
    g_hash_table_unref(things->all);
    g_free(things->language);
    g_free(things);
}

const struct plx_map_item_thing *plx_things_get(const plx_map_things *things, const char *name)
{
    return g_hash_table_lookup(things->all, name);
}

const char *plx_things_title(const plx_map_things *things, const struct plx_map_item_thing *thing)
{
    static const char *const keys[] = {"title", "words"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *path = g_strdup_printf("%s.%s", keys[i], things->language);
        const struct plx_thing_value *const value = g_hash_table_lookup(thing->values, path);
        if (value)
            return value->plain;
    }
    return thing->id;
}
