/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/suggest.h"
#include "voice/filter.h"

#include <string.h>

static const struct {
    const char *word;
    enum plx_dim dim;
} plain_keys[] = {
    {"place", PLX_DIM_PLACE},       {"channel", PLX_DIM_CHANNEL},   {"source", PLX_DIM_SOURCE},
    {"language", PLX_DIM_LANGUAGE}, {"audience", PLX_DIM_AUDIENCE},
};

static const char *const all_keys[] = {"place",   "channel",     "source", "language", "audience",
                                       "journey", "transaction", "point",  "segment."};

/* "a|b\|c" as {"a", "b|c", NULL}. */
static char **split_values(const char *text)
{
    g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func(g_free);
    GString *value = g_string_new(NULL);
    for (const char *at = text; *at; at++) {
        if (at[0] == '\\' && at[1] == '|') {
            g_string_append_c(value, '|');
            at++;
        } else if (*at == '|') {
            g_ptr_array_add(values, g_string_free(value, FALSE));
            value = g_string_new(NULL);
        } else {
            g_string_append_c(value, *at);
        }
    }
    g_ptr_array_add(values, g_string_free(value, FALSE));
    g_ptr_array_add(values, NULL);
    return (char **)g_ptr_array_steal(values, NULL);
}

static plx_filter *both(plx_filter *a, plx_filter *b)
{
    plx_filter *children[] = {a, b};
    return plx_filter_all(children, 2);
}

static plx_filter *either(plx_filter *a, plx_filter *b)
{
    plx_filter *children[] = {a, b};
    return plx_filter_any(children, 2);
}

static plx_filter *in_one(enum plx_dim dim, const char *value)
{
    const char *const values[] = {value, NULL};
    return plx_filter_in(dim, NULL, values);
}

static plx_filter *in_points(const GPtrArray *ids)
{
    return both(plx_filter_kinds(1u << PLX_SUBJECT_POINT),
                plx_filter_in(PLX_DIM_SUBJECT, NULL, (const char *const *)ids->pdata));
}

static gboolean unknown(GError **error, const char *what, const char *value,
                        const GPtrArray *candidates)
{
    g_autofree char *hint =
        plx_suggest_text(value, (const char *const *)candidates->pdata, candidates->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "no %s \"%s\"%s", what, value, hint);
}

static gboolean check_audience(const plx_map *map, const char *value, GError **error)
{
    if (*value == '\0' || plx_map_find_audience(map, value) >= 0)
        return TRUE;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_audiences; i++)
        g_ptr_array_add(ids, map->audiences[i].id);
    return unknown(error, "audience", value, ids);
}

/* A journey: what was met in it, and what was met in none but has its home there. */
static plx_filter *journey_filter(const plx_map *map, const char *value, GError **error)
{
    gint journey = *value ? plx_map_find_journey(map, value) : -1;
    if (journey < 0 && *value && plx_map_is_closed(map)) {
        g_autoptr(GPtrArray) ids = g_ptr_array_new();
        for (guint i = 0; i < map->n_journeys; i++)
            g_ptr_array_add(ids, map->journeys[i].id);
        unknown(error, "journey", value, ids);
        return NULL;
    }
    plx_filter *met = in_one(PLX_DIM_JOURNEY, value);
    if (journey < 0)
        return met;
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_points; i++)
        if (map->points[i].journey == (guint)journey)
            g_ptr_array_add(ids, map->points[i].id);
    g_ptr_array_add(ids, NULL);
    plx_filter *own = both(plx_filter_kinds(1u << PLX_SUBJECT_JOURNEY),
                           in_one(PLX_DIM_SUBJECT, map->journeys[journey].id));
    plx_filter *home = either(in_points(ids), own);
    return either(met, both(in_one(PLX_DIM_JOURNEY, ""), home));
}

/* Points whose home a transaction is, wherever met; points it uses, when met in its journey. */
static plx_filter *transaction_points(const plx_map *map, guint journey, guint transaction)
{
    const struct plx_transaction *t = &map->journeys[journey].transactions[transaction];
    g_autoptr(GPtrArray) home = g_ptr_array_new();
    g_autoptr(GPtrArray) used = g_ptr_array_new();
    for (guint i = 0; i < t->n_points; i++) {
        const struct plx_point *point = &map->points[t->points[i]];
        gboolean here = point->journey == journey && point->transaction == transaction;
        g_ptr_array_add(here ? home : used, point->id);
    }
    g_ptr_array_add(home, NULL);
    g_ptr_array_add(used, NULL);
    return either(in_points(home),
                  both(in_one(PLX_DIM_JOURNEY, map->journeys[journey].id), in_points(used)));
}

static plx_filter *transaction_filter(const plx_map *map, const char *value, GError **error)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    plx_filter *found = NULL;
    for (guint j = 0; j < map->n_journeys; j++) {
        for (guint t = 0; t < map->journeys[j].n_transactions; t++) {
            g_ptr_array_add(ids, map->journeys[j].transactions[t].id);
            if (strcmp(map->journeys[j].transactions[t].id, value) != 0)
                continue;
            plx_filter *points = transaction_points(map, j, t);
            found = found ? either(found, points) : points;
        }
    }
    if (!found)
        unknown(error, "transaction", value, ids);
    return found;
}

static plx_filter *point_filter(const plx_map *map, const char *value, GError **error)
{
    gint index = plx_map_find_point(map, value);
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    if (index < 0 && plx_map_is_closed(map)) {
        for (guint i = 0; i < map->n_points; i++)
            g_ptr_array_add(ids, map->points[i].id);
        unknown(error, "point", value, ids);
        return NULL;
    }
    g_ptr_array_add(ids, index >= 0 ? map->points[index].id : (gpointer)(gsize)value);
    g_ptr_array_add(ids, NULL);
    return in_points(ids);
}

/* Any of the values of a key that the map expands. */
static plx_filter *expand(const plx_map *map, char **values, GError **error,
                          plx_filter *(*one)(const plx_map *, const char *, GError **))
{
    plx_filter *any = plx_filter_any(NULL, 0);
    for (char **value = values; *value; value++) {
        plx_filter *filter = one(map, *value, error);
        if (!filter) {
            plx_filter_free(any);
            return NULL;
        }
        any = either(any, filter);
    }
    return any;
}

static plx_filter *filter_for(const plx_map *map, const char *key, char **values, GError **error)
{
    const char *const *texts = (const char *const *)values;
    if (g_str_has_prefix(key, "segment.") && key[8])
        return plx_filter_in(PLX_DIM_SEGMENT, key + 8, texts);
    if (strcmp(key, "journey") == 0)
        return expand(map, values, error, journey_filter);
    if (strcmp(key, "transaction") == 0)
        return expand(map, values, error, transaction_filter);
    if (strcmp(key, "point") == 0)
        return expand(map, values, error, point_filter);
    for (gsize i = 0; i < G_N_ELEMENTS(plain_keys); i++) {
        if (strcmp(key, plain_keys[i].word) != 0)
            continue;
        for (char **value = values; plain_keys[i].dim == PLX_DIM_AUDIENCE && *value; value++)
            if (!check_audience(map, *value, error))
                return NULL;
        return plx_filter_in(plain_keys[i].dim, NULL, texts);
    }
    g_autofree char *hint = plx_suggest_text(key, all_keys, G_N_ELEMENTS(all_keys));
    plx_error(error, PLX_ERROR_USAGE,
              "cannot filter by \"%s\": expected place, channel, source, language, audience, "
              "journey, transaction, point or segment.NAME%s",
              key, hint);
    return NULL;
}

plx_filter *plx_filter_parse(const plx_map *map, const char *text, GError **error)
{
    const char *equals = strchr(text, '=');
    gboolean negative = equals && equals > text && equals[-1] == '!';
    gsize length = equals ? (gsize)(equals - text) - (negative ? 1 : 0) : 0;
    if (length == 0) {
        plx_error(error, PLX_ERROR_USAGE,
                  "cannot filter by \"%s\": expected KEY=VALUE, KEY=A|B or KEY!=VALUE", text);
        return NULL;
    }
    g_autofree char *key = g_strndup(text, length);
    g_auto(GStrv) values = split_values(equals + 1);
    plx_filter *filter = filter_for(map, key, values, error);
    return filter && negative ? plx_filter_not(filter) : filter;
}
