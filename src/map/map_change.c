/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_change.h"

#include "map/map_change_private.h"
#include "map/map_same.h"

#include <string.h>

const char *plx_thing_name(enum plx_thing thing)
{
    static const char *const names[] = {"map",      "point",   "journey",     "task", "promise",
                                        "audience", "measure", "transaction", "scale"};
    return names[thing];
}

const char *plx_map_change_name(enum plx_map_change_code code)
{
    static const char *const names[] = {"added",     "removed",   "renamed",   "retitled",
                                        "moved",     "split",     "merged",    "retired",
                                        "unretired", "restored",  "reordered", "scale",
                                        "identity",  "protected", "served",    "edited"};
    return names[code];
}

static void free_change(gpointer data)
{
    struct plx_map_change *change = data;
    g_free(change->id);
    g_free(change->other);
    g_free(change->sentence);
    g_free(change);
}

void plx_comparison_add(struct plx_comparison *c, enum plx_map_change_code code,
                        enum plx_thing kind, const char *id, const char *other, guint64 answers,
                        const char *format, ...)
{
    struct plx_map_change *change = g_new0(struct plx_map_change, 1);
    *change = (struct plx_map_change){code, kind, g_strdup(id), g_strdup(other), answers, NULL};
    va_list arguments;
    va_start(arguments, format);
    change->sentence = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_ptr_array_add(c->changes, change);
}

guint64 plx_comparison_answers(const struct plx_comparison *c, enum plx_thing kind, const char *id)
{
    const guint64 *n = g_hash_table_lookup(c->answers[kind], id);
    return n ? *n : 0;
}

/* Sums of what belongs to each owner on the old map. */
static void count_answers(struct plx_comparison *c)
{
    for (guint kind = PLX_THING_POINT; kind <= PLX_THING_MEASURE; kind++)
        c->answers[kind] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (gsize i = 0; i < c->n_data; i++) {
        const struct plx_map_data *data = &c->data[i];
        const char *owner = data->id;
        if (data->kind <= PLX_THING_AUDIENCE)
            owner = plx_map_resolve_any(c->before, data->kind, data->id).id;
        guint64 sum = data->count + plx_comparison_answers(c, data->kind, owner);
        g_hash_table_insert(c->answers[data->kind], g_strdup(owner), g_memdup2(&sum, sizeof sum));
    }
}

static void compare_all(struct plx_comparison *c)
{
    plx_comparison_definitions(c);
    plx_comparison_items(c, PLX_THING_AUDIENCE);
    plx_comparison_items(c, PLX_THING_JOURNEY);
    plx_comparison_transactions(c);
    plx_comparison_items(c, PLX_THING_POINT);
    plx_comparison_items(c, PLX_THING_TASK);
    plx_comparison_items(c, PLX_THING_PROMISE);
    /* What is left: earlier ids without answers came or went, or things changed their order. */
    if (c->changes->len == 0 && !plx_map_same(c->before, c->after))
        plx_comparison_add(c, PLX_CHANGE_EDITED, PLX_THING_MAP, NULL, NULL, 0,
                           "Earlier ids, or the order of journeys, tasks, promises or "
                           "definitions changed.");
}

GPtrArray *plx_map_compare(const plx_map *old_map, const plx_map *new_map,
                           const struct plx_map_data *data, gsize n_data, GError **error)
{
    struct plx_comparison c = {.before = old_map, .after = new_map, .data = data, .n_data = n_data};
    c.changes = g_ptr_array_new_with_free_func(free_change);
    count_answers(&c);
    if (plx_comparison_check(&c, error))
        compare_all(&c);
    else
        g_clear_pointer(&c.changes, g_ptr_array_unref);
    for (guint kind = PLX_THING_POINT; kind <= PLX_THING_MEASURE; kind++)
        g_hash_table_unref(c.answers[kind]);
    return c.changes;
}

void plx_map_changes_json(plx_json *json, const char *key, const GPtrArray *changes)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; changes && i < changes->len; i++) {
        const struct plx_map_change *const change = changes->pdata[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "change", plx_map_change_name(change->code));
        plx_json_string(json, "kind", plx_thing_name(change->kind));
        plx_json_string(json, "id", change->id);
        plx_json_string(json, "other", change->other);
        plx_json_integer(json, "answers", (gint64)change->answers);
        plx_json_string(json, "sentence", change->sentence);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}
