/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_draft.h"

#include "base/error.h"
#include "base/id.h"
#include "base/yaml.h"
#include "base/yaml_write.h"
#include "map/builtin.h"

#include <string.h>

/* Of the one stretch of a drafted journey. */
#define STRETCH_ID "all"
#define STRETCH_TITLE "All of it"

struct drafting {
    const struct plx_draft *draft;
    GString *out;
    GTree *titles;    /* point id -> title */
    GTree *journeys;  /* journey id -> title */
    GTree *met;       /* journey id, or "" for none -> GTree of point ids */
    GHashTable *home; /* point ids that have one */
    GPtrArray *made;  /* ids that nobody named */
};

/* ---- what there is ---- */

static gint compare_ids(gconstpointer a, gconstpointer b, gpointer data)
{
    (void)data;
    return strcmp(a, b);
}

static GTree *names_new(void)
{
    return g_tree_new_full(compare_ids, NULL, NULL, NULL); /* ids and titles are the caller's */
}

/* Keeps the smallest title of an id; the id itself is one only where there is no other. */
static void add_name(GTree *names, const char *id, const char *title)
{
    const char *known = g_tree_lookup(names, id);
    const char *given = title && *title && strcmp(title, id) != 0 ? title : NULL;
    if (known && strcmp(known, id) != 0 && (!given || strcmp(known, given) <= 0))
        return;
    g_tree_insert(names, (gpointer)(guintptr)id, (gpointer)(guintptr)(given ? given : id));
}

static GTree *names_of(const struct plx_draft_name *list, gsize n)
{
    GTree *names = names_new();
    for (gsize i = 0; i < n; i++)
        add_name(names, list[i].id, list[i].title);
    return names;
}

static void unref_tree(gpointer tree)
{
    g_tree_unref(tree);
}

static void collect(struct drafting *d)
{
    const struct plx_draft *draft = d->draft;
    d->titles = names_new();
    d->journeys = names_of(draft->journeys, draft->n_journeys);
    d->met = g_tree_new_full(compare_ids, NULL, NULL, unref_tree);
    d->home = g_hash_table_new(g_str_hash, g_str_equal);
    d->made = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < draft->n_points; i++) {
        const struct plx_draft_point *point = &draft->points[i];
        const char *journey = point->journey ? point->journey : "";
        add_name(d->titles, point->id, point->title);
        if (*journey && !g_tree_lookup(d->journeys, journey))
            add_name(d->journeys, journey, NULL);
        if (!g_tree_lookup(d->met, journey))
            g_tree_insert(d->met, (gpointer)(guintptr)journey, names_new());
        g_tree_insert(g_tree_lookup(d->met, journey), (gpointer)(guintptr)point->id,
                      (gpointer)(guintptr)point->id);
    }
}

/* An id that nothing in `taken` has: the title's own, or with a number behind it. */
static const char *free_id(struct drafting *d, GTree *taken, const char *title)
{
    char *id = plx_id_new(title, strlen(title));
    for (guint n = 2; g_tree_lookup(taken, id); n++) {
        g_autofree char *numbered = g_strdup_printf("%s %u", title, n);
        g_free(id);
        id = plx_id_new(numbered, strlen(numbered));
    }
    g_ptr_array_add(d->made, id);
    return id;
}

/* ---- lines ---- */

static void write_named(struct drafting *d, const char *begin, const char *id, const char *next,
                        const char *title)
{
    g_string_append_printf(d->out, "%sid: ", begin);
    plx_yaml_append(d->out, id, FALSE);
    g_string_append_printf(d->out, "\n%stitle: ", next);
    plx_yaml_append(d->out, title, FALSE);
    g_string_append_c(d->out, '\n');
}

static void write_head(struct drafting *d)
{
    g_autofree char *source = plx_yaml_quote(d->draft->source);
    g_string_append_printf(
        d->out,
        "# A first map, drafted from %s. To do, in any order:\n"
        "# - Put the points of each journey in the order in which people meet them.\n"
        "# - Divide a journey into transactions, its stretches: copy the lines from \"- id: "
        "all\".\n"
        "# - Give titles that people would use. Leave the ids: they are the names in the file.\n"
        "# - Say more of a point: senses, channels, value, levels, target, effort (docs/map.md).\n"
        "# Then: parallax map check FILE\n"
        "parallax: 1\n"
        "title: ",
        source);
    plx_yaml_append(d->out, d->draft->title, FALSE);
    g_string_append_c(d->out, '\n');
}

static gint compare_audiences(gconstpointer a, gconstpointer b)
{
    const struct plx_draft_audience *const *x = a, *const *y = b;
    return strcmp((*x)->id, (*y)->id);
}

static void write_audience(struct drafting *d, const struct plx_draft_audience *audience)
{
    g_string_append(d->out, "  ");
    plx_yaml_append(d->out, audience->id, FALSE);
    g_string_append(d->out, ": {title: ");
    plx_yaml_append(d->out, audience->title && *audience->title ? audience->title : audience->id,
                    TRUE);
    g_string_append(d->out, audience->served ? ", served: true" : "");
    g_string_append(d->out, audience->protected_ ? ", protected: true}\n" : "}\n");
}

static gboolean write_audiences(struct drafting *d, GError **error)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (gsize i = 0; i < d->draft->n_audiences; i++)
        g_ptr_array_add(sorted, (gpointer)(guintptr)&d->draft->audiences[i]);
    g_ptr_array_sort(sorted, compare_audiences);
    g_string_append(d->out, "\n# Who answers. How many there are makes numbers surer: leader: "
                            "{population: 9}\n");
    const char *last = NULL;
    guint n = 4; /* those of every map */
    for (guint i = 0; i < sorted->len; i++) {
        const struct plx_draft_audience *audience = g_ptr_array_index(sorted, i);
        if (plx_builtin_is_audience(audience->id) || g_strcmp0(audience->id, last) == 0)
            continue;
        if (n++ == 4)
            g_string_append(d->out, "audiences:\n");
        last = audience->id;
        write_audience(d, audience);
    }
    return n <= PLX_AUDIENCES_MAX ||
           plx_error(error, PLX_ERROR_INPUT, "%s names %u audiences; a map has at most %d",
                     d->draft->source, n, PLX_AUDIENCES_MAX);
}

/* ---- journeys ---- */

static gboolean write_point(gpointer id, gpointer value, gpointer data)
{
    (void)value;
    struct drafting *d = data;
    if (g_hash_table_add(d->home, id)) {
        write_named(d, "          - ", id, "            ", g_tree_lookup(d->titles, id));
    } else {
        g_string_append(d->out, "          - use: ");
        plx_yaml_append(d->out, id, FALSE);
        g_string_append_c(d->out, '\n');
    }
    return FALSE;
}

/* A journey needs a point; where only the whole was rated, the first one is still to be named. */
static void write_placeholder(struct drafting *d)
{
    const char *title = "First moment";
    const char *id = free_id(d, d->titles, title);
    add_name(d->titles, id, title);
    g_string_append(d->out, "          # Only the whole was rated: name the first moment.\n");
    write_named(d, "          - ", id, "            ", title);
}

static void write_journey(struct drafting *d, const char *id, const char *title, GTree *points)
{
    write_named(d, "  - ", id, "    ", title);
    g_string_append(d->out, "    transactions:\n");
    write_named(d, "      - ", STRETCH_ID, "        ", STRETCH_TITLE);
    g_string_append(d->out, "        points:\n");
    if (points && g_tree_nnodes(points) > 0)
        g_tree_foreach(points, write_point, d);
    else
        write_placeholder(d);
}

/* Points that were never met in a journey. */
static GTree *without_home(const struct drafting *d)
{
    GTree *points = names_new();
    GTree *met = g_tree_lookup(d->met, "");
    for (GTreeNode *node = met ? g_tree_node_first(met) : NULL; node; node = g_tree_node_next(node))
        if (!g_hash_table_contains(d->home, g_tree_node_key(node)))
            g_tree_insert(points, g_tree_node_key(node), g_tree_node_value(node));
    return points;
}

/* Where only the whole of one journey was rated, the points met in none are its own. */
static gboolean is_the_only_one(const struct drafting *d)
{
    return g_tree_nnodes(d->journeys) == 1 && g_tree_nnodes(d->met) == 1 &&
           g_tree_lookup(d->met, "");
}

static void write_journeys(struct drafting *d)
{
    gint n = g_tree_nnodes(d->journeys);
    g_string_append(d->out, "\njourneys:\n");
    const gboolean only = is_the_only_one(d);
    for (GTreeNode *node = g_tree_node_first(d->journeys); node; node = g_tree_node_next(node)) {
        const char *id = g_tree_node_key(node);
        write_journey(d, id, g_tree_node_value(node), g_tree_lookup(d->met, only ? "" : id));
    }
    g_autoptr(GTree) rest = without_home(d);
    const char *title = n > 0 ? "Other moments" : "The journey";
    if (n == 0 || g_tree_nnodes(rest) > 0)
        write_journey(d, free_id(d, d->journeys, title), title, rest);
}

/* ---- beside them ---- */

static void write_tasks(struct drafting *d)
{
    g_autoptr(GTree) tasks = names_of(d->draft->tasks, d->draft->n_tasks);
    if (g_tree_nnodes(tasks) > 0)
        g_string_append(d->out, "\n# What you do. Say whose it is, and for which points: owner, "
                                "points.\ntasks:\n");
    for (GTreeNode *node = g_tree_node_first(tasks); node; node = g_tree_node_next(node))
        write_named(d, "  - ", g_tree_node_key(node), "    ", g_tree_node_value(node));
}

static void write_promises(struct drafting *d)
{
    g_autoptr(GTree) promises = names_of(d->draft->promises, d->draft->n_promises);
    if (g_tree_nnodes(promises) > 0)
        g_string_append(d->out, "\n# What was promised. Leave only the points that each is about, "
                                "and say where it stood: where, since.\npromises:\n");
    g_autoptr(GPtrArray) points = g_ptr_array_new();
    for (GTreeNode *node = g_tree_node_first(d->titles); node; node = g_tree_node_next(node))
        g_ptr_array_add(points, g_tree_node_key(node));
    g_ptr_array_add(points, NULL);
    for (GTreeNode *node = g_tree_node_first(promises); node; node = g_tree_node_next(node)) {
        write_named(d, "  - ", g_tree_node_key(node), "    ", g_tree_node_value(node));
        g_string_append(d->out, "    points: ");
        plx_yaml_append_list(d->out, (char *const *)points->pdata);
        g_string_append_c(d->out, '\n');
    }
}

static gboolean write_all(struct drafting *d, GError **error)
{
    if (g_tree_nnodes(d->titles) > PLX_POINTS_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "%s names %d points; a map has at most %d",
                         d->draft->source, g_tree_nnodes(d->titles), PLX_POINTS_MAX);
    write_head(d);
    if (!write_audiences(d, error))
        return FALSE;
    write_journeys(d);
    write_tasks(d);
    write_promises(d);
    return TRUE;
}

gboolean plx_map_draft(const struct plx_draft *draft, GString *out, GError **error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct drafting d = {.draft = draft, .out = text};
    collect(&d);
    gboolean ok = write_all(&d, error);
    if (ok)
        g_string_append_len(out, text->str, (gssize)text->len);
    g_tree_unref(d.titles);
    g_tree_unref(d.journeys);
    g_tree_unref(d.met);
    g_hash_table_unref(d.home);
    g_ptr_array_unref(d.made);
    return ok;
}

gboolean plx_map_draft_order(const plx_map *map, const struct plx_journey *journey)
{
    const struct plx_transaction *stretch = journey->transactions;
    if (journey->n_transactions != 1 || stretch->n_points < 2 ||
        strcmp(stretch->id, STRETCH_ID) != 0 || strcmp(stretch->title, STRETCH_TITLE) != 0)
        return FALSE;
    for (guint i = 1; i < stretch->n_points; i++)
        if (strcmp(map->points[stretch->points[i - 1]].id, map->points[stretch->points[i]].id) > 0)
            return FALSE;
    return TRUE;
}
