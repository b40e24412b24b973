/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe.h"

#include "base/id.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "ingest/recipe_pick.h"
#include "map/scale_file.h"

#include <string.h>

/* A scale for one measure; audience NULL = all. */
struct scale_use {
    guint measure;
    char *audience;
    struct plx_scale *scale;
};

struct plx_recipe {
    char *title;
    plx_plan *plan;
    GArray *scales; /* of struct scale_use */
};

/* Keys of a recipe beside the measures, which the map names. */
static const char *const plain_keys[] = {
    "parallax-recipe", "title",    "dataset",  "file",     "audience",    "place",      "channel",
    "source",          "language", "segments", "time",     "time-format", "respondent", "encounter",
    "group_size",      "weight",   "asked_p",  "workshop", "table",       "missing",    "na",
    "declined",        "scale",    "scales",   "points",   "views",       "ignore",     "others",
};
static const char *const view_keys[] = {"audience",   "point", "journey", "task",
                                        "promise",    "note",  "prompt",  "surprise",
                                        "hesitation", "seen",  "item"};

/* What is read: the recipe, and what its parts need. */
struct reader {
    const plx_map *map;
    plx_recipe *recipe;
    struct plx_recipe_codes codes;
};

static void clear_scale_use(gpointer data)
{
    struct scale_use *use = data;
    g_free(use->audience);
    plx_scale_free(use->scale);
}

static plx_recipe *recipe_new(void)
{
    plx_recipe *recipe = g_new0(plx_recipe, 1);
    recipe->plan = plx_plan_new();
    recipe->scales = g_array_new(FALSE, TRUE, sizeof(struct scale_use));
    g_array_set_clear_func(recipe->scales, clear_scale_use);
    return recipe;
}

void plx_recipe_free(plx_recipe *recipe)
{
    if (!recipe)
        return;
    g_free(recipe->title);
    plx_plan_free(recipe->plan);
    g_array_unref(recipe->scales);
    g_free(recipe);
}

const plx_plan *plx_recipe_plan(const plx_recipe *recipe)
{
    return recipe->plan;
}

const char *plx_recipe_title(const plx_recipe *recipe)
{
    return recipe->title;
}

/* The keys a mapping may have: `fixed` ones and every measure of the map. */
static gboolean check_keys(const struct reader *r, const struct plx_yaml_node *node,
                           const char *what, gboolean root, GError **error)
{
    g_autoptr(GPtrArray) keys = g_ptr_array_new();
    for (gsize i = 0; root && i < G_N_ELEMENTS(plain_keys); i++)
        g_ptr_array_add(keys, (gpointer)(guintptr)plain_keys[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(view_keys); i++)
        g_ptr_array_add(keys, (gpointer)(guintptr)view_keys[i]);
    for (guint i = 0; i < r->map->n_measures; i++)
        g_ptr_array_add(keys, r->map->measures[i].id);
    g_ptr_array_add(keys, NULL);
    return plx_yaml_only(node, what, (const char *const *)keys->pdata, error);
}

static gboolean read_delimiter(const struct plx_yaml_node *file, struct plx_dialect *dialect,
                               GError **error)
{
    static const char *const names[] = {"comma", "semicolon", "tab", "pipe", "spaces", NULL};
    static const char signs[] = ",;\t| ";
    int index = -1;
    if (!plx_yaml_get_choice(file, "delimiter", names, &index, error))
        return FALSE;
    if (index >= 0)
        dialect->delimiter = signs[index];
    return TRUE;
}

static gboolean read_file(const struct reader *r, const struct plx_yaml_node *root, GError **error)
{
    static const char *const keys[] = {"delimiter",     "encoding",    "quote",
                                       "decimal-comma", "skip-before", "skip-after",
                                       "header",        "row-names",   NULL};
    const struct plx_yaml_node *file = plx_yaml_get(root, "file");
    struct plx_dialect *dialect = &r->recipe->plan->dialect;
    if (!file)
        return TRUE;
    const char *encoding = NULL;
    gint64 before = 0, after = 0;
    gboolean header = TRUE, quote = TRUE, row_names = FALSE;
    if (!plx_yaml_only(file, "file", keys, error) || !read_delimiter(file, dialect, error) ||
        !plx_yaml_get_text(file, "encoding", &encoding, error) ||
        !plx_yaml_get_bool(file, "quote", &quote, error) ||
        !plx_yaml_get_bool(file, "decimal-comma", &dialect->decimal_comma, error) ||
        !plx_yaml_get_int(file, "skip-before", 0, 1000, &before, error) ||
        !plx_yaml_get_int(file, "skip-after", 0, 1000, &after, error) ||
        !plx_yaml_get_bool(file, "header", &header, error) ||
        !plx_yaml_get_bool(file, "row-names", &row_names, error))
        return FALSE;
    dialect->encoding = g_strdup(encoding);
    dialect->skip_before = (guint)before;
    dialect->skip_after = (guint)after;
    dialect->no_header = !header;
    if (!quote)
        dialect->quote = 0;
    if (plx_yaml_get(file, "row-names"))
        dialect->row_names = row_names ? PLX_ROW_NAMES_YES : PLX_ROW_NAMES_NO;
    return TRUE;
}

static gboolean read_shared(const struct reader *r, const struct plx_yaml_node *root,
                            GError **error)
{
    plx_plan *plan = r->recipe->plan;
    const char *format = NULL, *dataset = NULL;
    if (!plx_recipe_get_pick(root, "audience", &plan->audience, error) ||
        !plx_recipe_get_pick(root, "place", &plan->place, error) ||
        !plx_recipe_get_pick(root, "channel", &plan->channel, error) ||
        !plx_recipe_get_pick(root, "source", &plan->source, error) ||
        !plx_recipe_get_pick(root, "language", &plan->language, error) ||
        !plx_recipe_get_pick(root, "time", &plan->time, error) ||
        !plx_recipe_get_pick(root, "respondent", &plan->respondent, error) ||
        !plx_recipe_get_pick(root, "group_size", &plan->group_size, error) ||
        !plx_recipe_get_pick(root, "weight", &plan->weight, error) ||
        !plx_recipe_get_pick(root, "asked_p", &plan->asked_p, error) ||
        !plx_recipe_get_pick(root, "workshop", &plan->workshop, error) ||
        !plx_recipe_get_pick(root, "table", &plan->table, error) ||
        !plx_yaml_get_text(root, "time-format", &format, error) ||
        !plx_yaml_get_text(root, "dataset", &dataset, error))
        return FALSE;
    plan->time_format = g_strdup(format);
    plan->dataset = g_strdup(dataset);
    return TRUE;
}

/* encounter: one column, or a list of columns that together are the key. */
static gboolean read_encounter(const struct reader *r, const struct plx_yaml_node *root,
                               GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, "encounter");
    if (!node)
        return TRUE;
    if (node->kind != PLX_YAML_SEQUENCE)
        return plx_recipe_read_pick(node, "encounter", NULL,
                                    plx_plan_add_encounter(r->recipe->plan), error);
    for (guint i = 0; i < node->n; i++)
        if (!plx_recipe_read_pick(node->values[i], "encounter", NULL,
                                  plx_plan_add_encounter(r->recipe->plan), error))
            return FALSE;
    return TRUE;
}

static gboolean read_segments(const struct reader *r, const struct plx_yaml_node *root,
                              GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, "segments");
    if (!node)
        return TRUE;
    if (!plx_yaml_is(node, "segments", PLX_YAML_MAPPING, error))
        return FALSE;
    for (guint i = 0; i < node->n; i++)
        if (!plx_recipe_read_pick(node->values[i], "a segment", NULL,
                                  plx_plan_add_segment(r->recipe->plan, node->keys[i]->text),
                                  error))
            return FALSE;
    return TRUE;
}

static gboolean read_asks(const struct reader *r, const struct plx_yaml_node *node,
                          struct plx_view *view, GError **error)
{
    for (guint m = 0; m < r->map->n_measures; m++) {
        const char *id = r->map->measures[m].id;
        const struct plx_yaml_node *cell = plx_yaml_get(node, id);
        if (cell &&
            !plx_recipe_read_pick(cell, id, &r->codes, &plx_view_add_ask(view, m)->cell, error))
            return FALSE;
    }
    return TRUE;
}

/* Everything of a view but its audience, which a whole recipe may say for all views. */
static gboolean read_view(const struct reader *r, const struct plx_yaml_node *node,
                          struct plx_view *view, GError **error)
{
    return plx_recipe_get_pick(node, "point", &view->point, error) &&
           plx_recipe_get_pick(node, "journey", &view->journey, error) &&
           plx_recipe_get_pick(node, "task", &view->task, error) &&
           plx_recipe_get_pick(node, "promise", &view->promise, error) &&
           plx_recipe_get_pick(node, "note", &view->note, error) &&
           plx_recipe_get_pick(node, "prompt", &view->prompt, error) &&
           plx_recipe_get_pick(node, "surprise", &view->surprise, error) &&
           plx_recipe_get_pick(node, "hesitation", &view->hesitation, error) &&
           plx_recipe_get_pick(node, "seen", &view->seen, error) &&
           plx_recipe_get_pick(node, "item", &view->item, error) && read_asks(r, node, view, error);
}

static gboolean read_named_view(const struct reader *r, const struct plx_yaml_node *node,
                                const char *what, struct plx_view *view, GError **error)
{
    if (!check_keys(r, node, what, FALSE, error) ||
        !plx_recipe_get_pick(node, "audience", &view->audience, error))
        return FALSE;
    if (plx_pick_is_set(&view->audience) && (view->audience.column || view->audience.number > 0))
        return plx_yaml_error(plx_yaml_get(node, "audience"), error,
                              "the audience of one %s is a fixed one: write {constant: staff}",
                              what);
    return read_view(r, node, view, error);
}

/* points: a list of columns (each a point of its own title, asked its level), or a mapping of
 * titles to what is asked. */
static gboolean read_points(const struct reader *r, const struct plx_yaml_node *node,
                            GError **error)
{
    if (node->kind == PLX_YAML_SCALAR)
        return plx_yaml_error(node, error, "expected a list of columns, or points with measures");
    for (guint i = 0; i < node->n; i++) {
        const struct plx_yaml_node *entry = node->values[i];
        struct plx_view *view = plx_plan_add_view(r->recipe->plan);
        const char *title = node->kind == PLX_YAML_MAPPING ? node->keys[i]->text : entry->text;
        if (!title)
            return plx_yaml_error(entry, error, "expected the title of a column");
        plx_pick_constant(&view->point, title);
        if (entry->kind == PLX_YAML_SCALAR) {
            struct plx_ask *ask = plx_view_add_ask(view, PLX_MEASURE_LEVEL);
            if (!plx_recipe_read_pick(entry, "point", &r->codes, &ask->cell, error))
                return FALSE;
        } else if (plx_yaml_get(entry, "point")) {
            return plx_yaml_error(plx_yaml_get_key(entry, "point"), error,
                                  "the point is \"%s\" already", title);
        } else if (!read_named_view(r, entry, "point", view, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean read_views(const struct reader *r, const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *points = plx_yaml_get(root, "points");
    const struct plx_yaml_node *views = plx_yaml_get(root, "views");
    if (points && !read_points(r, points, error))
        return FALSE;
    if (views && !plx_yaml_is(views, "views", PLX_YAML_SEQUENCE, error))
        return FALSE;
    for (guint i = 0; views && i < views->n; i++)
        if (!read_named_view(r, views->values[i], "view", plx_plan_add_view(r->recipe->plan),
                             error))
            return FALSE;
    gboolean own = FALSE;
    for (gsize i = 1; i < G_N_ELEMENTS(view_keys); i++)
        own = own || plx_yaml_get(root, view_keys[i]);
    for (guint m = 0; m < r->map->n_measures; m++)
        own = own || plx_yaml_get(root, r->map->measures[m].id);
    if (own)
        return read_view(r, root, plx_plan_add_view(r->recipe->plan), error);
    if (r->recipe->plan->views->len == 0)
        return plx_yaml_error(root, error, "a recipe needs point and a measure, points, or views");
    return TRUE;
}

/* `scale` is of all level-like answers; `scales` names measures, "level of leader" one audience. */
static void add_scale(const struct reader *r, guint measure, const char *audience,
                      const struct plx_scale *scale)
{
    struct scale_use use = {measure, g_strdup(audience), plx_scale_copy(scale)};
    g_array_append_val(r->recipe->scales, use);
}

static gboolean read_scales(const struct reader *r, const struct plx_yaml_node *root,
                            GError **error)
{
    const struct plx_yaml_node *one = plx_yaml_get(root, "scale");
    const struct plx_yaml_node *many = plx_yaml_get(root, "scales");
    if (one) {
        struct plx_scale *scale = plx_scale_read(one, "recipe", NULL, error);
        if (!scale)
            return FALSE;
        add_scale(r, PLX_MEASURE_LEVEL, NULL, scale);
        plx_scale_free(scale);
    }
    if (many && !plx_yaml_is(many, "scales", PLX_YAML_MAPPING, error))
        return FALSE;
    for (guint i = 0; many && i < many->n; i++) {
        g_auto(GStrv) words = g_strsplit(many->keys[i]->text, " of ", 2);
        gint measure = plx_map_find_measure(r->map, words[0]);
        if (measure < 0)
            return plx_yaml_error(many->keys[i], error, "\"%s\" is no measure", words[0]);
        struct plx_scale *scale = plx_scale_read(many->values[i], words[0], NULL, error);
        if (!scale)
            return FALSE;
        add_scale(r, (guint)measure, words[1], scale);
        plx_scale_free(scale);
    }
    return TRUE;
}

static gboolean read_version(const struct plx_yaml_node *root, GError **error)
{
    const struct plx_yaml_node *version = plx_yaml_get(root, "parallax-recipe");
    if (!version)
        return plx_yaml_error(root, error, "a recipe begins with the line \"parallax-recipe: 1\"");
    if (version->kind == PLX_YAML_SCALAR && strcmp(version->text, "1") == 0)
        return TRUE;
    g_autofree char *shown = plx_yaml_quote(version->text ? version->text : "");
    return plx_yaml_error(version, error,
                          "this program reads recipes of \"parallax-recipe: 1\", not %s",
                          version->text ? shown : plx_yaml_kind_name(version));
}

static gboolean read_rest(const struct reader *r, const struct plx_yaml_node *root, GError **error)
{
    static const char *const others[] = {"ignore", "error", NULL};
    int choice = 0;
    const char *title = NULL;
    if (!read_version(root, error) || !plx_yaml_get_text(root, "title", &title, error) ||
        !plx_yaml_get_texts(root, "ignore", &r->recipe->plan->ignore, error) ||
        !plx_yaml_get_choice(root, "others", others, &choice, error))
        return FALSE;
    r->recipe->title = g_strdup(title);
    r->recipe->plan->ignore_others = choice == 0;
    return TRUE;
}

static plx_recipe *read_recipe(const plx_yaml *yaml, const plx_map *map, GError **error)
{
    const struct plx_yaml_node *root = plx_yaml_root(yaml);
    g_autoptr(plx_recipe) recipe = recipe_new();
    struct reader r = {.map = map, .recipe = recipe};
    gboolean good = check_keys(&r, root, "recipe", TRUE, error) && read_rest(&r, root, error) &&
                    read_file(&r, root, error) && plx_recipe_read_codes(root, &r.codes, error) &&
                    read_shared(&r, root, error) && read_encounter(&r, root, error) &&
                    read_segments(&r, root, error) && read_scales(&r, root, error) &&
                    read_views(&r, root, error);
    plx_recipe_codes_clear(&r.codes);
    return good ? g_steal_pointer(&recipe) : NULL;
}

plx_recipe *plx_recipe_read(const char *path, const plx_map *map, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_file(path, error);
    return yaml ? read_recipe(yaml, map, error) : NULL;
}

plx_recipe *plx_recipe_read_memory(const char *text, gsize length, const char *name,
                                   const plx_map *map, GError **error)
{
    g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(text, length, name, error);
    return yaml ? read_recipe(yaml, map, error) : NULL;
}

gboolean plx_recipe_set(plx_recipe *recipe, const plx_map *map, const char *const *set,
                        GError **error)
{
    return plx_plan_set(recipe->plan, map, set, TRUE, error);
}

/* Is an audience of the map called so? */
static gboolean is_called(const plx_map *map, guint audience, const char *text)
{
    g_autofree char *id = text ? plx_id_new(text, strlen(text)) : NULL;
    return id && plx_map_find_audience(map, id) == (gint)audience;
}

/* Can a pick give it? Of a column whose values are not all named any audience can be. */
static gboolean can_be(const struct plx_pick *pick, const plx_map *map, guint audience)
{
    gboolean can = is_called(map, audience, pick->constant);
    if (!pick->column && pick->number == 0)
        return can;
    for (guint i = 0; !can && pick->values && i < pick->values->len; i++)
        can = is_called(map, audience, g_array_index(pick->values, struct plx_replacement, i).to);
    return can || !pick->closed;
}

/* FALSE: it has no answers in such a file. */
static gboolean takes_part(const plx_plan *plan, const plx_map *map, guint audience)
{
    gboolean takes = can_be(&plan->audience, map, audience);
    for (guint i = 0; !takes && i < plan->views->len; i++)
        takes = can_be(&g_array_index(plan->views, struct plx_view, i).audience, map, audience);
    return takes;
}

/* Who has no answers in the file goes on being asked as before. */
static gboolean apply_scale(const plx_recipe *recipe, plx_map *map, const struct scale_use *use,
                            GError **error)
{
    const char *audience[PLX_AUDIENCES_MAX];
    guint n = 0;
    for (guint a = 0; !use->audience && plx_measure_follows(use->measure) && a < map->n_audiences;
         a++)
        if (takes_part(recipe->plan, map, a))
            audience[n++] = map->audiences[a].id;
    if (n == 0)
        return plx_map_set_scale(map, use->measure, use->audience, use->scale, error);
    for (guint i = 0; i < n; i++)
        if (!plx_map_set_scale(map, use->measure, audience[i], use->scale, error))
            return FALSE;
    return TRUE;
}

gboolean plx_recipe_apply(const plx_recipe *recipe, plx_map *map, GError **error)
{
    for (guint i = 0; i < recipe->scales->len; i++) {
        if (!apply_scale(recipe, map, &g_array_index(recipe->scales, struct scale_use, i), error))
            return FALSE;
    }
    return TRUE;
}
