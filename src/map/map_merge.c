/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_merge.h"

#include "base/error.h"
#include "map/map_file.h"
#include "map/map_merge_private.h"

#include <string.h>

typedef const struct plx_map_item_thing *thing;

struct merge {
    const plx_map_things *base, *theirs, *ours;
    const struct plx_map_choices *choices;
    plx_map_things *result;
    GPtrArray *conflicts, *names; /* names: of every thing of the three, borrowed, sorted */
    GHashTable *dropped;          /* names of what went with what it was in */
};

/* ---- conflicts ---- */

static void free_conflict(gpointer data)
{
    struct plx_map_conflict *const c = data;
    g_free(c->name);
    g_free(c->kind);
    g_free(c->id);
    g_free(c->title);
    g_free(c->key);
    g_free(c->base);
    g_free(c->theirs);
    g_free(c->ours);
    g_free(c);
}

static thing any_of(const struct merge *m, const char *name)
{
    const plx_map_things *const sides[] = {m->ours, m->theirs, m->base};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++)
        if (plx_things_get(sides[i], name))
            return plx_things_get(sides[i], name);
    return NULL;
}

static const char *title_of(const struct merge *m, const char *name)
{
    const plx_map_things *const sides[] = {m->ours, m->theirs, m->base};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++)
        if (plx_things_get(sides[i], name))
            return plx_things_title(sides[i], plx_things_get(sides[i], name));
    return name;
}

/* As both know it, where both do. */
static const char *known_title(const struct merge *m, const char *name)
{
    const thing base = plx_things_get(m->base, name);
    return base ? plx_things_title(m->base, base) : title_of(m, name);
}

/* 1: ours was chosen, -1: theirs, 0: it is to be chosen, and so in the list. */
static int choose(struct merge *m, const char *name, const char *key, const char *base,
                  const char *theirs, const char *ours)
{
    g_autofree char *full = *key ? g_strdup_printf("%s/%s", name, key) : g_strdup(name);
    const struct plx_map_choices *const choices = m->choices;
    if (choices && choices->ours && g_strv_contains(choices->ours, full))
        return 1;
    if (choices && choices->theirs && g_strv_contains(choices->theirs, full))
        return -1;
    const thing item = any_of(m, name);
    struct plx_map_conflict *const c = g_new(struct plx_map_conflict, 1);
    *c = (struct plx_map_conflict){.name = g_steal_pointer(&full),
                                   .kind = g_strdup(item->kind),
                                   .id = g_strdup(item->id),
                                   .title = g_strdup(known_title(m, name)),
                                   .key = g_strdup(key),
                                   .base = g_strdup(base),
                                   .theirs = g_strdup(theirs),
                                   .ours = g_strdup(ours)};
    g_ptr_array_add(m->conflicts, c);
    return 0;
}

/* ---- one thing ---- */

static const struct plx_thing_value *value_of(thing item, const char *key)
{
    return item ? g_hash_table_lookup(item->values, key) : NULL;
}

static gboolean same_value(const struct plx_thing_value *a, const struct plx_thing_value *b)
{
    return g_strcmp0(a ? a->json : NULL, b ? b->json : NULL) == 0;
}

static const struct plx_thing_value *merge_value(struct merge *m, const char *name, const char *key,
                                                 thing base, thing theirs, thing ours)
{
    const struct plx_thing_value *const b = value_of(base, key);
    const struct plx_thing_value *const t = value_of(theirs, key);
    const struct plx_thing_value *const o = value_of(ours, key);
    if (same_value(t, o) || same_value(o, b))
        return t;
    if (same_value(t, b))
        return o;
    return choose(m, name, key, b ? b->plain : NULL, t ? t->plain : NULL, o ? o->plain : NULL) > 0
               ? o
               : t;
}

static const char *home_title(const struct merge *m, thing item)
{
    return item ? title_of(m, item->home) : NULL;
}

static const char *merge_home(struct merge *m, thing base, thing theirs, thing ours)
{
    const char *const b = base ? base->home : NULL;
    if (g_strcmp0(theirs->home, ours->home) == 0 || g_strcmp0(ours->home, b) == 0)
        return theirs->home;
    if (g_strcmp0(theirs->home, b) == 0)
        return ours->home;
    return choose(m, ours->name, "home", home_title(m, base), home_title(m, theirs),
                  home_title(m, ours)) > 0
               ? ours->home
               : theirs->home;
}

static gboolean same_thing(thing a, thing b)
{
    GHashTableIter iter;
    gpointer key;
    if (g_strcmp0(a->home, b->home) != 0 ||
        g_hash_table_size(a->values) != g_hash_table_size(b->values))
        return FALSE;
    g_hash_table_iter_init(&iter, a->values);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (!same_value(value_of(a, key), value_of(b, key)))
            return FALSE;
    return TRUE;
}

static void merge_all_values(struct merge *m, const char *name, thing base, thing theirs,
                             thing ours)
{
    struct plx_map_item_thing *const into = plx_things_add(m->result, any_of(m, name));
    g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);
    const thing sides[] = {theirs, ours};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        GHashTableIter iter;
        gpointer key;
        g_hash_table_iter_init(&iter, sides[i]->values);
        while (g_hash_table_iter_next(&iter, &key, NULL))
            g_hash_table_add(keys, key);
    }
    g_autoptr(GPtrArray) sorted = plx_things_sorted(keys);
    for (guint i = 0; i < sorted->len; i++) {
        const char *const key = sorted->pdata[i];
        const struct plx_thing_value *const value = merge_value(m, name, key, base, theirs, ours);
        if (value)
            plx_things_set(into, key, value);
    }
    if (into->home)
        plx_things_move(into, merge_home(m, base, theirs, ours));
}

/* Only one of them has it: added by them, or removed by the other. */
static void merge_one_sided(struct merge *m, const char *name, thing base, thing theirs, thing ours)
{
    const thing left = theirs ? theirs : ours;
    gboolean stays = !base;
    if (base && !same_thing(base, left)) {
        const int chosen = choose(m, name, "", title_of(m, name), theirs ? left->id : NULL,
                                  ours ? left->id : NULL);
        stays = ours ? chosen > 0 : chosen < 0;
    }
    if (stays)
        plx_things_copy(m->result, left);
}

static void merge_thing(struct merge *m, const char *name)
{
    const thing base = plx_things_get(m->base, name);
    const thing theirs = plx_things_get(m->theirs, name);
    const thing ours = plx_things_get(m->ours, name);
    if (theirs && ours)
        merge_all_values(m, name, base, theirs, ours);
    else if (theirs || ours)
        merge_one_sided(m, name, base, theirs, ours);
}

/* ---- where they are ---- */

/* Did somebody say so of the thing itself? */
static gboolean is_chosen(const struct merge *m, const char *name)
{
    const struct plx_map_choices *const c = m->choices;
    return c && ((c->ours && g_strv_contains(c->ours, name)) ||
                 (c->theirs && g_strv_contains(c->theirs, name)));
}

/* Something was put into, or kept in, what the other removed. */
static void keep_home(struct merge *m, const char *name)
{
    const thing item = plx_things_get(m->result, name);
    if (!item || !item->home || plx_things_get(m->result, item->home))
        return;
    const thing theirs = plx_things_get(m->theirs, item->home);
    const thing ours = plx_things_get(m->ours, item->home);
    gboolean stays = FALSE;
    if (!g_hash_table_contains(m->dropped, item->home)) {
        const int chosen = is_chosen(m, name)
                               ? (ours ? 1 : -1)
                               : choose(m, item->home, "", title_of(m, item->home),
                                        theirs ? theirs->id : NULL, ours ? ours->id : NULL);
        stays = (theirs && chosen < 0) || (ours && chosen > 0);
    }
    if (stays) {
        plx_things_copy(m->result, theirs ? theirs : ours);
        keep_home(m, item->home);
        return;
    }
    g_hash_table_add(m->dropped, g_strdup(item->home));
    g_hash_table_add(m->dropped, g_strdup(name));
    plx_things_remove(m->result, name);
}

static const GPtrArray *inside_of(const plx_map_things *side, const char *name)
{
    const thing item = plx_things_get(side, name);
    return item ? item->inside : NULL;
}

static char *joined(const struct merge *m, const GPtrArray *names)
{
    GString *const text = g_string_new(NULL);
    for (guint i = 0; names && i < names->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", title_of(m, names->pdata[i]));
    return g_string_free(text, FALSE);
}

static void order_inside(struct merge *m, struct plx_map_item_thing *home)
{
    g_autoptr(GHashTable) members = plx_things_members(m->result, home->name);
    const GPtrArray *const b = inside_of(m->base, home->name);
    const GPtrArray *const t = inside_of(m->theirs, home->name);
    const GPtrArray *const o = inside_of(m->ours, home->name);
    g_autoptr(GPtrArray) order = g_ptr_array_new();
    if (!plx_things_order(b, t, o, members, 0, order)) {
        g_autofree char *base = joined(m, b), *theirs = joined(m, t), *ours = joined(m, o);
        const int chosen = choose(m, home->name, "order", base, theirs, ours);
        plx_things_order(b, t, o, members, chosen ? chosen : 1, order);
    }
    for (guint i = 0; i < order->len; i++)
        if (g_hash_table_remove(members, order->pdata[i])) /* once, though both may have put it */
            g_ptr_array_add(home->inside, g_strdup(order->pdata[i]));
}

static void order_all(struct merge *m)
{
    for (guint i = 0; i < m->names->len; i++) {
        struct plx_map_item_thing *const home =
            g_hash_table_lookup(m->result->all, m->names->pdata[i]);
        if (home)
            order_inside(m, home);
    }
}

/* ---- the whole ---- */

static GPtrArray *all_names(const struct merge *m)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    const plx_map_things *const sides[] = {m->base, m->theirs, m->ours};
    for (gsize i = 0; i < G_N_ELEMENTS(sides); i++) {
        GHashTableIter iter;
        gpointer name;
        g_hash_table_iter_init(&iter, sides[i]->all);
        while (g_hash_table_iter_next(&iter, &name, NULL))
            g_hash_table_add(names, name);
    }
    return plx_things_sorted(names);
}

static void merge(struct merge *m)
{
    for (guint i = 0; i < m->names->len; i++)
        merge_thing(m, m->names->pdata[i]);
    for (guint turn = 0; turn < 2; turn++) /* a point goes with the journey of its transaction */
        for (guint i = 0; i < m->names->len; i++)
            keep_home(m, m->names->pdata[i]);
    order_all(m);
}

static plx_map *read_merged(const plx_map_things *result, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) cause = NULL;
    plx_things_write(result, text);
    plx_map *const map = plx_map_read_memory(text->str, text->len, "both changes", &cause);
    if (!map)
        plx_error(error, PLX_ERROR_INPUT,
                  "what you and others changed makes no map together: %s; take the map as it is "
                  "now (map export) and change it again",
                  cause->message);
    return map;
}

gboolean plx_map_merge(const plx_map *base, const plx_map *theirs, const plx_map *ours,
                       const struct plx_map_choices *choices, plx_map **merged,
                       GPtrArray **conflicts, GError **error)
{
    g_autoptr(plx_map_things) b = plx_map_things_new(base, error);
    g_autoptr(plx_map_things) t = b ? plx_map_things_new(theirs, error) : NULL;
    g_autoptr(plx_map_things) o = t ? plx_map_things_new(ours, error) : NULL;
    if (!o)
        return FALSE;
    g_autoptr(plx_map_things) result =
        plx_things_empty(strcmp(o->language, b->language) != 0 ? o->language : t->language);
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(free_conflict);
    struct merge m = {.base = b,
                      .theirs = t,
                      .ours = o,
                      .choices = choices,
                      .result = result,
                      .conflicts = found,
                      .dropped = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    m.names = all_names(&m);
    merge(&m);
    g_ptr_array_unref(m.names);
    g_hash_table_unref(m.dropped);
    plx_map *const map = found->len == 0 ? read_merged(result, error) : NULL;
    if (!map && found->len == 0)
        return FALSE;
    *merged = map;
    *conflicts = g_steal_pointer(&found);
    return TRUE;
}
