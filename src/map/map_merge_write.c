/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things that are put together, and as a map's text. */
#include "base/json.h"
#include "map/map_merge_private.h"

#include <string.h>

/* ---- putting together ---- */

struct plx_map_item_thing *plx_things_add(plx_map_things *things,
                                          const struct plx_map_item_thing *like)
{
    return plx_things_put(things, like->kind, like->id, like->name, like->home);
}

void plx_things_copy(plx_map_things *things, const struct plx_map_item_thing *like)
{
    struct plx_map_item_thing *const thing = plx_things_add(things, like);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, like->values);
    while (g_hash_table_iter_next(&iter, &key, &value))
        plx_things_set(thing, key, value);
}

void plx_things_remove(plx_map_things *things, const char *name)
{
    g_hash_table_remove(things->all, name);
}

void plx_things_move(struct plx_map_item_thing *thing, const char *home)
{
    char *const copy = g_strdup(home);
    g_free(thing->home);
    thing->home = copy;
}

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *plx_things_sorted(GHashTable *set)
{
    GPtrArray *const list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        g_ptr_array_add(list, key);
    g_ptr_array_sort(list, compare);
    return list;
}

GHashTable *plx_things_members(const plx_map_things *things, const char *home)
{
    GHashTable *const members = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, things->all);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct plx_map_item_thing *const thing = value;
        if (g_strcmp0(thing->home, home) == 0)
            g_hash_table_add(members, thing->name);
    }
    return members;
}

/* ---- writing ---- */

struct writing {
    const plx_map_things *things;
    GString *out;
};

static void append_key(GString *out, const char *key, gsize length, gboolean *first)
{
    g_string_append(out, *first ? "" : ", ");
    plx_json_append_text(out, key, length);
    g_string_append(out, ": ");
    *first = FALSE;
}

/* Keys [from, to) of `keys` agree up to `at`; what follows there becomes members. A text in the
 * map's language alone is no mapping. */
static void append_values(const struct writing *w, const struct plx_map_item_thing *thing,
                          const GPtrArray *keys, guint from, guint to, gsize at, gboolean *first)
{
    while (from < to) {
        const char *const key = (const char *)keys->pdata[from] + at;
        const gsize length = strcspn(key, ".");
        guint end = from + 1;
        while (end < to && strncmp((const char *)keys->pdata[end] + at, key, length) == 0 &&
               strchr(".", ((const char *)keys->pdata[end])[at + length]))
            end++;
        append_key(w->out, key, length, first);
        const gboolean alone =
            end == from + 1 && key[length] && strcmp(key + length + 1, w->things->language) == 0;
        if (!key[length] || alone) {
            const struct plx_thing_value *const value =
                g_hash_table_lookup(thing->values, keys->pdata[from]);
            g_string_append(w->out, value->json);
        } else {
            gboolean inner = TRUE;
            g_string_append_c(w->out, '{');
            append_values(w, thing, keys, from, end, at + length + 1, &inner);
            g_string_append_c(w->out, '}');
        }
        from = end;
    }
}

static void append_list(const struct writing *w, const struct plx_map_item_thing *home);

static void append_thing(const struct writing *w, const struct plx_map_item_thing *thing,
                         gboolean keyed)
{
    gboolean first = TRUE;
    g_autoptr(GPtrArray) keys = plx_things_sorted(thing->values);
    g_string_append_c(w->out, '{');
    if (!keyed) {
        append_key(w->out, strcmp(thing->kind, "use") == 0 ? "use" : "id",
                   strcmp(thing->kind, "use") == 0 ? 3 : 2, &first);
        plx_json_append_text(w->out, thing->id, strlen(thing->id));
    }
    append_values(w, thing, keys, 0, keys->len, 0, &first);
    const char *const inner = strcmp(thing->kind, "journey") == 0       ? "transactions"
                              : strcmp(thing->kind, "transaction") == 0 ? "points"
                                                                        : NULL;
    if (inner) {
        append_key(w->out, inner, strlen(inner), &first);
        append_list(w, thing);
    }
    g_string_append_c(w->out, '}');
}

static void append_list(const struct writing *w, const struct plx_map_item_thing *home)
{
    g_string_append_c(w->out, '[');
    for (guint i = 0; i < home->inside->len; i++) {
        g_string_append(w->out, i > 0 ? ",\n" : "");
        append_thing(w, plx_things_get(w->things, home->inside->pdata[i]), FALSE);
    }
    g_string_append_c(w->out, ']');
}

static void append_keyed(const struct writing *w, const struct plx_map_item_thing *home)
{
    gboolean first = TRUE;
    g_string_append_c(w->out, '{');
    for (guint i = 0; i < home->inside->len; i++) {
        const struct plx_map_item_thing *const thing =
            plx_things_get(w->things, home->inside->pdata[i]);
        append_key(w->out, thing->id, strlen(thing->id), &first);
        append_thing(w, thing, TRUE);
    }
    g_string_append_c(w->out, '}');
}

void plx_things_write(const plx_map_things *things, GString *out)
{
    const struct writing w = {things, out};
    const struct plx_map_item_thing *const map = plx_things_get(things, "map");
    g_autoptr(GPtrArray) keys = plx_things_sorted(map->values);
    gboolean first = TRUE, retired = FALSE;
    g_string_append_c(out, '{');
    append_values(&w, map, keys, 0, keys->len, 0, &first);
    for (gsize i = 0; i < plx_thing_n_sections; i++) {
        const struct plx_thing_section *const section = &plx_thing_sections[i];
        const struct plx_map_item_thing *const home = plx_things_get(things, section->name);
        const char *const dot = strchr(section->name, '.');
        if (home->inside->len == 0)
            continue;
        if (dot && !retired) {
            append_key(out, "retired", strlen("retired"), &first);
            g_string_append_c(out, '{');
            retired = first = TRUE;
        }
        const char *const key = dot ? dot + 1 : section->name;
        append_key(out, key, strlen(key), &first);
        if (section->keyed)
            append_keyed(&w, home);
        else
            append_list(&w, home);
    }
    g_string_append(out, retired ? "}}" : "}");
}
