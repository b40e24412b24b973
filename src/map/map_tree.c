/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_tree.h"

#include <string.h>

struct marks {
    const char *branch, *last, *bar, *gap; /* of the tree, three columns each */
    const char *dot, *arrow, *open, *close;
};

static const struct marks unicode_marks = {"├─ ", "└─ ", "│  ", "   ", " · ", "→ ", "“", "”"};
static const struct marks ascii_marks = {"|- ", "`- ", "|  ", "   ", " - ", "-> ", "\"", "\""};

struct tree {
    const plx_map *map;
    const struct marks *marks;
    GString *out;
    GPtrArray **tasks;    /* per point: const struct plx_task *, or NULL */
    GPtrArray **promises; /* per point: const struct plx_promise *, or NULL */
};

static void add_to(GPtrArray **lists, const guint *points, guint n, gconstpointer item)
{
    for (guint i = 0; i < n; i++) {
        if (!lists[points[i]])
            lists[points[i]] = g_ptr_array_new();
        g_ptr_array_add(lists[points[i]], (gpointer)(guintptr)item);
    }
}

static void free_lists(GPtrArray **lists, guint n)
{
    for (guint i = 0; i < n; i++)
        if (lists[i])
            g_ptr_array_unref(lists[i]);
    g_free(lists);
}

static void named_line(GString *out, const char *title, const char *id)
{
    g_string_append_printf(out, "%s [%s]\n", title, id);
}

/* ---- what is said of a point ---- */

static void add_fact(const struct tree *t, GString *facts, const char *name, const char *value)
{
    if (facts->len > 0)
        g_string_append(facts, t->marks->dot);
    g_string_append(facts, name);
    g_string_append(facts, value);
}

static void add_senses(const struct tree *t, GString *facts, guint senses)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint bit = PLX_SENSE_SEE; bit <= PLX_SENSE_FEEL; bit <<= 1) {
        if (senses & bit) {
            g_string_append(names, names->len > 0 ? ", " : "");
            g_string_append(names, plx_sense_name((enum plx_sense)bit));
        }
    }
    if (names->len > 0)
        add_fact(t, facts, "", names->str);
}

static void end_facts(const struct tree *t, GString *facts, const char *indent)
{
    if (facts->len > 0)
        g_string_append_printf(t->out, "%s%s\n", indent, facts->str);
    g_string_truncate(facts, 0);
}

/* Two lines, so that they fit 80 columns: how it reaches people, what we want of it. */
static void point_facts(const struct tree *t, const struct plx_point *point, const char *indent)
{
    g_autoptr(GString) facts = g_string_new(NULL);
    add_senses(t, facts, point->senses);
    if (point->channels && point->channels[0]) {
        g_autofree char *channels = g_strjoinv(", ", point->channels);
        add_fact(t, facts, "channels: ", channels);
    }
    end_facts(t, facts, indent);
    if (point->value >= 0)
        add_fact(t, facts, "value: ", plx_value_name(point->value));
    if (point->target > 0)
        add_fact(t, facts, "target: ", t->map->scales[0]->words[point->target - 1]);
    if (point->effort >= 0)
        add_fact(t, facts, "effort: ", plx_effort_name(point->effort));
    end_facts(t, facts, indent);
}

static void point_promises(const struct tree *t, const GPtrArray *promises, const char *indent)
{
    for (guint i = 0; promises && i < promises->len; i++) {
        const struct plx_promise *promise = g_ptr_array_index(promises, i);
        g_string_append_printf(t->out, "%spromise: %s%s%s [%s]\n", indent, t->marks->open,
                               promise->title, t->marks->close, promise->id);
        if (!promise->where && !promise->since)
            continue;
        g_string_append_printf(
            t->out, "%s         %s%s%s%s\n", indent, promise->where ? promise->where : "",
            promise->where && promise->since ? ", " : "", promise->since ? "since " : "",
            promise->since ? promise->since : "");
    }
}

static void point_tasks(const struct tree *t, const GPtrArray *tasks, const char *indent)
{
    for (guint i = 0; tasks && i < tasks->len; i++) {
        const struct plx_task *task = g_ptr_array_index(tasks, i);
        g_string_append_printf(t->out, "%stask: %s", indent, task->title);
        if (task->owner)
            g_string_append_printf(t->out, " (%s)", task->owner);
        g_string_append_printf(t->out, " [%s]\n", task->id);
    }
}

/* `indent` goes before the point's own branch. */
static void home_point(const struct tree *t, guint index, const char *indent, gboolean last)
{
    const struct plx_point *point = &t->map->points[index];
    g_string_append_printf(t->out, "%s%s", indent, last ? t->marks->last : t->marks->branch);
    named_line(t->out, point->title, point->id);
    g_autofree char *below = g_strconcat(indent, last ? t->marks->gap : t->marks->bar, "  ", NULL);
    point_facts(t, point, below);
    point_promises(t, t->promises[index], below);
    point_tasks(t, t->tasks[index], below);
}

static void used_point(const struct tree *t, guint index, const char *indent, gboolean last)
{
    const struct plx_point *point = &t->map->points[index];
    const struct plx_journey *home = &t->map->journeys[point->journey];
    g_string_append_printf(t->out, "%s%s%s%s, at home in %s, %s [%s]\n", indent,
                           last ? t->marks->last : t->marks->branch, t->marks->arrow, point->title,
                           home->title, home->transactions[point->transaction].title, point->id);
}

/* ---- journeys ---- */

static void transaction_tree(const struct tree *t, guint journey, guint index)
{
    const struct plx_journey *owner = &t->map->journeys[journey];
    const struct plx_transaction *transaction = &owner->transactions[index];
    gboolean last = index + 1 == owner->n_transactions;
    g_string_append(t->out, last ? t->marks->last : t->marks->branch);
    named_line(t->out, transaction->title, transaction->id);
    const char *indent = last ? t->marks->gap : t->marks->bar;
    for (guint i = 0; i < transaction->n_points; i++) {
        guint point = transaction->points[i];
        gboolean last_point = i + 1 == transaction->n_points;
        if (t->map->points[point].journey == journey)
            home_point(t, point, indent, last_point);
        else
            used_point(t, point, indent, last_point);
    }
}

static void journey_tree(const struct tree *t, guint index)
{
    const struct plx_journey *journey = &t->map->journeys[index];
    g_string_append_c(t->out, '\n');
    named_line(t->out, journey->title, journey->id);
    for (guint i = 0; i < journey->n_transactions; i++)
        transaction_tree(t, index, i);
}

/* Tasks that touch no point would not be seen anywhere else. */
static void loose_tasks(const struct tree *t)
{
    gboolean any = FALSE;
    for (guint i = 0; i < t->map->n_tasks; i++) {
        const struct plx_task *task = &t->map->tasks[i];
        if (task->n_points > 0)
            continue;
        g_string_append(t->out, any ? "" : "\nTasks without a point\n");
        any = TRUE;
        g_string_append_printf(t->out, "%s%s", t->marks->gap, task->title);
        if (task->owner)
            g_string_append_printf(t->out, " (%s)", task->owner);
        g_string_append_printf(t->out, " [%s]\n", task->id);
    }
}

/* Lowest first, as people who understand them alike would rate them. */
static void vignettes(const struct tree *t)
{
    if (t->map->n_vignettes > 0)
        g_string_append(t->out, "\nVignettes, lowest first\n");
    for (guint i = 0; i < t->map->n_vignettes; i++) {
        const struct plx_point *vignette = &t->map->points[t->map->n_points + i];
        g_string_append(t->out, t->marks->gap);
        named_line(t->out, vignette->title, vignette->id);
        for (guint k = 0; k < vignette->n_stands_for; k++) {
            const struct plx_point *point = &t->map->points[vignette->stands_for[k]];
            g_string_append_printf(t->out, "%s  for %s [%s]\n", t->marks->gap, point->title,
                                   point->id);
        }
    }
}

/* What is no longer asked; of what was split nothing is left but the id. */
static void retired(const struct tree *t)
{
    static const char *const kinds[] = {"", "point", "journey", "task", "promise"};
    if (t->map->n_retired > 0)
        g_string_append(t->out, "\nRetired\n");
    for (guint i = 0; i < t->map->n_retired; i++) {
        const struct plx_retired *item = &t->map->retired[i];
        g_string_append_printf(t->out, "%s%s: ", t->marks->gap, kinds[item->kind]);
        named_line(t->out, item->title ? item->title : item->id, item->id);
    }
}

void plx_map_tree(const plx_map *map, gboolean ascii, GString *out)
{
    struct tree t = {map, ascii ? &ascii_marks : &unicode_marks, out,
                     g_new0(GPtrArray *, map->n_points + 1),
                     g_new0(GPtrArray *, map->n_points + 1)};
    for (guint i = 0; i < map->n_tasks; i++)
        add_to(t.tasks, map->tasks[i].points, map->tasks[i].n_points, &map->tasks[i]);
    for (guint i = 0; i < map->n_promises; i++)
        add_to(t.promises, map->promises[i].points, map->promises[i].n_points, &map->promises[i]);
    if (map->title)
        g_string_append_printf(out, "%s\n", map->title);
    plx_map_summary(map, out);
    g_string_append_c(out, '\n');
    for (guint i = 0; i < map->n_journeys; i++)
        journey_tree(&t, i);
    loose_tasks(&t);
    vignettes(&t);
    retired(&t);
    free_lists(t.tasks, map->n_points);
    free_lists(t.promises, map->n_points);
}

static void count(GString *out, guint n, const char *one)
{
    g_string_append_printf(out, "%u %s%s", n, one, n == 1 ? "" : "s");
}

void plx_map_summary(const plx_map *map, GString *out)
{
    guint transactions = 0;
    for (guint i = 0; i < map->n_journeys; i++)
        transactions += map->journeys[i].n_transactions;
    count(out, map->n_journeys, "journey");
    g_string_append(out, ", ");
    count(out, transactions, "transaction");
    g_string_append(out, ", ");
    count(out, map->n_points, "point");
    g_string_append(out, ", ");
    count(out, map->n_tasks, "task");
    g_string_append(out, ", ");
    count(out, map->n_promises, "promise");
    if (map->n_vignettes > 0) {
        g_string_append(out, ", ");
        count(out, map->n_vignettes, "vignette");
    }
}
