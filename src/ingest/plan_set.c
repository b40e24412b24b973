/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Constants of the command line: what is said for every row because no column says it. */

#include "base/error.h"
#include "base/suggest.h"
#include "ingest/plan.h"

#include <string.h>

/* What is true of a row whoever answers what. Answers (measures, notes, flags) are not. */
static const char *const KEYS[] = {
    "audience", "respondent", "encounter", "time",    "journey",  "point",  "task",
    "promise",  "item",       "place",     "channel", "language", "source", "weight",
    "asked_p",  "group_size", "workshop",  "table",   "seen",     "prompt", "segment.",
};
static const char SEGMENT[] = "segment.";

/* One of them, taken apart. */
struct setting {
    const char *text; /* behind the = */
    char *key;
};

static gboolean is_key(const char *key)
{
    for (gsize i = 0; i < G_N_ELEMENTS(KEYS); i++)
        if (strcmp(KEYS[i], key) == 0)
            return TRUE;
    return g_str_has_prefix(key, SEGMENT);
}

static gboolean is_answer(const plx_map *map, const char *key)
{
    return plx_map_find_measure(map, key) >= 0 || g_str_equal(key, "note") ||
           g_str_equal(key, "surprise") || g_str_equal(key, "hesitation");
}

/* KEY in small letters, as headers may have capitals; a segment's own name as it is. */
static char *key_of(const char *setting, gsize n)
{
    char *const key = g_strndup(setting, n);
    const gsize fixed =
        g_ascii_strncasecmp(key, SEGMENT, strlen(SEGMENT)) == 0 ? strlen(SEGMENT) : n;
    for (gsize i = 0; i < fixed; i++)
        key[i] = g_ascii_tolower(key[i]);
    return key;
}

static gboolean take_apart(const plx_map *map, const char *text, struct setting *setting,
                           GError **error)
{
    const char *const equals = strchr(text, '=');
    if (!equals || equals == text || !equals[1] || !g_utf8_validate(text, -1, NULL))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--set \"%s\": expected KEY=TEXT, like audience=customer", text);
    g_autofree char *key = key_of(text, (gsize)(equals - text));
    if (is_answer(map, key))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--set %s: an answer cannot be the same in every row", key);
    if (g_str_equal(key, "dataset"))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--set dataset: 'import' has --dataset for it; in a reading it means "
                         "nothing");
    if (g_str_equal(key, SEGMENT))
        return plx_error(error, PLX_ERROR_USAGE, "--set \"%s\": expected segment.NAME=TEXT", text);
    if (!is_key(key)) {
        g_autofree char *hint = plx_suggest_text(key, KEYS, G_N_ELEMENTS(KEYS));
        return plx_error(error, PLX_ERROR_USAGE,
                         "--set \"%s\": there is no column \"%s\" in the data contract%s", text,
                         key, hint);
    }
    setting->text = equals + 1;
    setting->key = g_steal_pointer(&key);
    return TRUE;
}

/* The pick of a segment, made when there is none. */
static struct plx_pick *segment_pick(plx_plan *plan, const char *name)
{
    for (guint i = 0; i < plan->segments->len; i++) {
        struct plx_plan_segment *const segment =
            &g_array_index(plan->segments, struct plx_plan_segment, i);
        if (g_str_equal(segment->key, name))
            return &segment->pick;
    }
    return plx_plan_add_segment(plan, name);
}

static gboolean given_already(const struct setting *setting, gboolean recipe, GError **error)
{
    if (recipe)
        return plx_error(error, PLX_ERROR_USAGE, "--set %s=%s: the recipe says the %s already",
                         setting->key, setting->text, setting->key);
    return plx_error(error, PLX_ERROR_USAGE,
                     "--set %s=%s: the file has a column \"%s\" (to read past it: "
                     "--ignore-column %s)",
                     setting->key, setting->text, setting->key, setting->key);
}

static gboolean put(struct plx_pick *pick, const struct setting *setting, gboolean recipe,
                    GError **error)
{
    if (pick->option)
        return plx_error(error, PLX_ERROR_USAGE, "--set %s is there twice", setting->key);
    if (plx_pick_is_set(pick))
        return given_already(setting, recipe, error);
    plx_pick_constant(pick, setting->text);
    pick->option = g_strdup(setting->key);
    return TRUE;
}

/* What belongs to an observation is put into every view. */
static gboolean put_views(plx_plan *plan, const struct setting *setting, gboolean recipe,
                          GError **error)
{
    for (guint i = 0; i < plan->views->len; i++) {
        struct plx_view *const view = &g_array_index(plan->views, struct plx_view, i);
        if (!put(plx_plan_fixed(plan, view, setting->key), setting, recipe, error))
            return FALSE;
    }
    return TRUE;
}

/* The audience is the row's, unless views have their own. */
static gboolean check_audiences(const plx_plan *plan, const struct setting *setting,
                                gboolean recipe, GError **error)
{
    for (guint i = 0; i < plan->views->len; i++)
        if (plx_pick_is_set(&g_array_index(plan->views, struct plx_view, i).audience))
            return given_already(setting, recipe, error);
    return TRUE;
}

static gboolean apply(plx_plan *plan, const struct setting *setting, gboolean recipe,
                      GError **error)
{
    static const char *const of_views[] = {"point", "journey", "task",   "promise",
                                           "item",  "seen",    "prompt", NULL};
    if (g_str_has_prefix(setting->key, SEGMENT))
        return put(segment_pick(plan, setting->key + strlen(SEGMENT)), setting, recipe, error);
    if (g_strv_contains(of_views, setting->key))
        return put_views(plan, setting, recipe, error);
    if (g_str_equal(setting->key, "audience") && !check_audiences(plan, setting, recipe, error))
        return FALSE;
    return put(plx_plan_fixed(plan, NULL, setting->key), setting, recipe, error);
}

gboolean plx_plan_set(plx_plan *plan, const plx_map *map, const char *const *set, gboolean recipe,
                      GError **error)
{
    for (; set && *set; set++) {
        struct setting setting = {0};
        gboolean ok = take_apart(map, *set, &setting, error);
        ok = ok && apply(plan, &setting, recipe, error);
        g_free(setting.key);
        if (!ok)
            return FALSE;
    }
    return TRUE;
}
