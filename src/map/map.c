/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map.h"

#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "map/builtin.h"
#include "map/map_private.h"

#include <string.h>

/* ---- life ---- */

plx_map *plx_map_new_open(void)
{
    plx_map *map = g_new0(plx_map, 1);
    map->language = g_strdup("en");
    map->margin = 0.5;
    map->index = g_new0(struct plx_map_index, 1);
    map->index->points = g_hash_table_new(g_str_hash, g_str_equal);
    map->index->journeys = g_hash_table_new(g_str_hash, g_str_equal);
    map->index->tasks = g_hash_table_new(g_str_hash, g_str_equal);
    map->index->promises = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint kind = PLX_SUBJECT_POINT; kind < PLX_HISTORY_KINDS; kind++) {
        map->index->was[kind] = g_hash_table_new(g_str_hash, g_str_equal);
        map->index->retired[kind] = g_hash_table_new(g_str_hash, g_str_equal);
    }
    map->index->places = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    map->index->labels = g_hash_table_new_full(NULL, NULL, NULL, (GDestroyNotify)g_ptr_array_unref);
    plx_builtin_add(map);
    return map;
}

static void free_definitions(plx_map *map)
{
    for (guint i = 0; i < map->n_scales; i++)
        plx_scale_free(map->scales[i]);
    for (guint i = PLX_MEASURE_SURPRISE; i < PLX_MEASURES_MAX; i++)
        plx_scale_free((struct plx_scale *)(gsize)map->measures[i].scale);
    for (guint i = 0; i < PLX_MEASURES_MAX; i++) {
        g_free(map->measures[i].id);
        g_free(map->measures[i].title);
    }
    for (guint i = 0; i < map->n_audiences; i++) {
        g_free(map->audiences[i].id);
        g_free(map->audiences[i].title);
        g_strfreev(map->audiences[i].was);
    }
    g_free(map->scales);
    g_free(map->measures);
    g_free(map->audiences);
}

static void free_journeys(plx_map *map)
{
    for (guint i = 0; i < map->n_journeys; i++) {
        struct plx_journey *journey = &map->journeys[i];
        for (guint k = 0; k < journey->n_transactions; k++) {
            g_free(journey->transactions[k].id);
            g_free(journey->transactions[k].title);
            g_free(journey->transactions[k].points);
        }
        g_free(journey->id);
        g_free(journey->title);
        g_free(journey->transactions);
        g_strfreev(journey->was);
    }
    g_free(map->journeys);
}

static void free_points(plx_map *map)
{
    for (guint i = 0; i < map->n_points + map->n_vignettes; i++) {
        struct plx_point *point = &map->points[i];
        g_free(point->id);
        g_free(point->title);
        g_strfreev(point->channels);
        for (guint k = 0; point->levels && k < PLX_LEVELS; k++)
            g_free(point->levels[k]);
        g_free(point->levels);
        g_strfreev(point->was);
        g_free(point->stands_for);
    }
    g_free(map->points);
}

static void free_beside(plx_map *map)
{
    for (guint i = 0; i < map->n_tasks; i++) {
        g_free(map->tasks[i].id);
        g_free(map->tasks[i].title);
        g_free(map->tasks[i].owner);
        g_free(map->tasks[i].event);
        g_free(map->tasks[i].points);
        g_strfreev(map->tasks[i].was);
    }
    for (guint i = 0; i < map->n_promises; i++) {
        g_free(map->promises[i].id);
        g_free(map->promises[i].title);
        g_free(map->promises[i].where);
        g_free(map->promises[i].since);
        g_free(map->promises[i].points);
        g_strfreev(map->promises[i].was);
    }
    for (guint i = 0; i < map->n_retired; i++) {
        g_free(map->retired[i].id);
        g_free(map->retired[i].title);
        g_strfreev(map->retired[i].was);
    }
    g_free(map->retired);
    g_free(map->tasks);
    g_free(map->promises);
}

void plx_map_free(plx_map *map)
{
    if (!map)
        return;
    g_hash_table_unref(map->index->points);
    g_hash_table_unref(map->index->journeys);
    g_hash_table_unref(map->index->tasks);
    g_hash_table_unref(map->index->promises);
    for (guint kind = PLX_SUBJECT_POINT; kind < PLX_HISTORY_KINDS; kind++) {
        g_hash_table_unref(map->index->was[kind]);
        g_hash_table_unref(map->index->retired[kind]);
    }
    g_hash_table_unref(map->index->places);
    g_free(map->index->file);
    g_hash_table_unref(map->index->labels);
    g_free(map->index);
    free_definitions(map);
    free_journeys(map);
    free_points(map);
    free_beside(map);
    g_free(map->title);
    g_free(map->about);
    g_free(map->language);
    g_free(map);
}

/* ---- names ---- */

static const char *name_of(const char *const *names, guint n, int i)
{
    return i >= 0 && (guint)i < n ? names[i] : NULL;
}

const char *plx_sense_name(enum plx_sense sense)
{
    switch (sense) {
    case PLX_SENSE_SEE:
        return "see";
    case PLX_SENSE_HEAR:
        return "hear";
    case PLX_SENSE_TOUCH:
        return "touch";
    case PLX_SENSE_TASTE:
        return "taste";
    case PLX_SENSE_SMELL:
        return "smell";
    case PLX_SENSE_FEEL:
        return "feel";
    default:
        return NULL;
    }
}

const char *plx_value_name(int value)
{
    static const char *const names[] = {"product", "delivery", "mindset", "relationship"};
    return name_of(names, G_N_ELEMENTS(names), value);
}

const char *plx_effort_name(int effort)
{
    static const char *const names[] = {"today", "week", "quarter", "project"};
    return name_of(names, G_N_ELEMENTS(names), effort);
}

const char *plx_identity_name(int identity)
{
    static const char *const names[] = {"anonymous", "visit", "panel"};
    return name_of(names, G_N_ELEMENTS(names), identity);
}

void plx_map_add_label(plx_map *map, const char *text, char *language, char *other)
{
    GPtrArray *labels = g_hash_table_lookup(map->index->labels, text);
    if (!labels) {
        labels = g_ptr_array_new_with_free_func(g_free);
        g_hash_table_insert(map->index->labels, (gpointer)(guintptr)text, labels);
    }
    g_ptr_array_add(labels, language);
    g_ptr_array_add(labels, other);
}

const char *plx_map_text(const plx_map *map, const char *text, const char *language)
{
    const GPtrArray *labels = g_hash_table_lookup(map->index->labels, text);
    for (guint i = 0; labels && i + 1 < labels->len; i += 2)
        if (strcmp(g_ptr_array_index(labels, i), language) == 0)
            return g_ptr_array_index(labels, i + 1);
    return text;
}

const char *plx_map_label_language(const plx_map *map, const struct plx_scale *scale, gint value,
                                   const char *label)
{
    return plx_builtin_is_label(scale, value, label) ? "en" : map->language;
}

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char **plx_map_languages(const plx_map *map)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    GHashTableIter labels;
    gpointer list;
    g_ptr_array_add(found, map->language);
    g_hash_table_iter_init(&labels, map->index->labels);
    while (g_hash_table_iter_next(&labels, NULL, &list)) {
        const GPtrArray *const texts = list;
        for (guint i = 0; i + 1 < texts->len; i += 2)
            if (!g_ptr_array_find_with_equal_func(found, texts->pdata[i], g_str_equal, NULL))
                g_ptr_array_add(found, texts->pdata[i]);
    }
    g_ptr_array_sort(found, compare_texts);
    char **const languages = g_new0(char *, found->len + 1);
    for (guint i = 0; i < found->len; i++)
        languages[i] = g_strdup(found->pdata[i]);
    return languages;
}

/* ---- finding ---- */

static gint lookup(GHashTable *ids, const char *id)
{
    return GPOINTER_TO_INT(g_hash_table_lookup(ids, id)) - 1;
}

static gint find_now_or_earlier(const plx_map *map, guint kind, const char *id)
{
    gint i = plx_map_find_item(map, kind, id);
    return i >= 0 ? i : lookup(map->index->was[kind], id);
}

gint plx_map_find_point(const plx_map *map, const char *id)
{
    return find_now_or_earlier(map, PLX_SUBJECT_POINT, id);
}

gboolean plx_map_is_vignette(const plx_map *map, gint point)
{
    return point >= 0 && (guint)point >= map->n_points;
}

gint plx_map_find_journey(const plx_map *map, const char *id)
{
    return find_now_or_earlier(map, PLX_SUBJECT_JOURNEY, id);
}

gint plx_map_find_task(const plx_map *map, const char *id)
{
    return find_now_or_earlier(map, PLX_SUBJECT_TASK, id);
}

gint plx_map_find_promise(const plx_map *map, const char *id)
{
    return find_now_or_earlier(map, PLX_SUBJECT_PROMISE, id);
}

gint plx_map_find_audience(const plx_map *map, const char *id)
{
    return find_now_or_earlier(map, PLX_HISTORY_AUDIENCE, id);
}

gint plx_map_find_measure(const plx_map *map, const char *id)
{
    for (guint i = 0; i < map->n_measures; i++)
        if (strcmp(map->measures[i].id, id) == 0)
            return (gint)i;
    return -1;
}

const struct plx_scale *plx_map_find_scale(const plx_map *map, const char *id)
{
    for (guint i = 0; i < map->n_scales; i++)
        if (strcmp(map->scales[i]->id, id) == 0)
            return map->scales[i];
    return NULL;
}

gboolean plx_map_is_closed(const plx_map *map)
{
    return map->n_journeys > 0;
}

/* ---- what options add ---- */

struct plx_audience *plx_map_add_audience(plx_map *map, char *id, const char *title)
{
    if (map->n_audiences >= PLX_AUDIENCES_MAX) {
        g_free(id);
        return NULL;
    }
    struct plx_audience *audience = &map->audiences[map->n_audiences++];
    *audience = (struct plx_audience){.id = id,
                                      .title = g_strdup(title),
                                      .minimum = PLX_MINIMUM_DEFAULT,
                                      .identity = PLX_IDENTITY_VISIT,
                                      .scale = map->scales[0]};
    return audience;
}

static struct plx_audience *require_audience(plx_map *map, const char *option, const char *name,
                                             GError **error)
{
    g_autofree char *id = g_utf8_validate(name, -1, NULL) ? plx_id_new(name, strlen(name)) : NULL;
    gint i = id ? plx_map_find_audience(map, id) : -1;
    if (i >= 0)
        return &map->audiences[i];
    const char *ids[PLX_AUDIENCES_MAX];
    for (guint k = 0; k < map->n_audiences; k++)
        ids[k] = map->audiences[k].id;
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    g_autofree char *shown = plx_yaml_quote(valid);
    g_autofree char *hint = plx_suggest_text(valid, ids, map->n_audiences);
    plx_error(error, PLX_ERROR_USAGE, "%s: unknown audience %s%s", option, shown, hint);
    return NULL;
}

gboolean plx_map_set_population(plx_map *map, const char *audience, gint64 n, GError **error)
{
    struct plx_audience *found = require_audience(map, "--population", audience, error);
    if (!found)
        return FALSE;
    if (n < 1)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--population: %s must be at least 1, not %" G_GINT64_FORMAT, found->id,
                         n);
    found->population = n;
    return TRUE;
}

gboolean plx_map_set_named(plx_map *map, const char *audience, GError **error)
{
    struct plx_audience *found = require_audience(map, "--named", audience, error);
    if (!found)
        return FALSE;
    found->named = TRUE;
    return TRUE;
}

/* `parts` = ID, then flags. */
static gboolean declare_one(plx_map *map, char **parts, GError **error)
{
    static const char *const flags[] = {"served", "protected"};
    g_autofree char *shown = plx_yaml_quote(parts[0]);
    g_autofree char *id = plx_id_new(parts[0], strlen(parts[0]));
    if (!id)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--declare: an audience needs a name with a letter or digit, not %s",
                         shown);
    gboolean on[G_N_ELEMENTS(flags)] = {FALSE};
    for (char **part = parts + 1; *part; part++) {
        guint k = 0;
        while (k < G_N_ELEMENTS(flags) && strcmp(*part, flags[k]) != 0)
            k++;
        if (k == G_N_ELEMENTS(flags)) {
            g_autofree char *flag = plx_yaml_quote(*part);
            g_autofree char *hint = plx_suggest_text(*part, flags, G_N_ELEMENTS(flags));
            return plx_error(error, PLX_ERROR_USAGE,
                             "--declare: after %s: comes served or protected, not %s%s", id, flag,
                             hint);
        }
        on[k] = TRUE;
    }
    const gint known = plx_map_find_audience(map, id);
    if (known >= 0) /* the same said again, as with next month's file */
        return (!map->audiences[known].served == !on[0] &&
                !map->audiences[known].protected_ == !on[1]) ||
               plx_error(error, PLX_ERROR_USAGE, "--declare: the audience %s exists already",
                         shown);
    struct plx_audience *audience = plx_map_add_audience(map, g_steal_pointer(&id), parts[0]);
    if (!audience)
        return plx_error(error, PLX_ERROR_USAGE, "--declare: at most %d audiences are possible",
                         PLX_AUDIENCES_MAX);
    audience->served = on[0];
    audience->protected_ = on[1];
    return TRUE;
}

gboolean plx_map_declare(plx_map *map, const char *specs, GError **error)
{
    if (!g_utf8_validate(specs, -1, NULL))
        return plx_error(error, PLX_ERROR_USAGE, "--declare: not UTF-8");
    g_auto(GStrv) all = g_strsplit(*specs ? specs : ",", ",", -1);
    guint before = map->n_audiences;
    for (char **spec = all; *spec; spec++) {
        g_auto(GStrv) parts = g_strsplit(*spec, ":", -1);
        char *none[] = {*spec, NULL};
        if (declare_one(map, parts[0] ? parts : none, error))
            continue;
        while (map->n_audiences > before) { /* all or nothing */
            struct plx_audience *last = &map->audiences[--map->n_audiences];
            g_free(last->id);
            g_free(last->title);
        }
        return FALSE;
    }
    return TRUE;
}
