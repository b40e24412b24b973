/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands beside the points: tasks (what we do) and promises (what we said). */
#include "map/map_private.h"

#include <string.h>

static char *copy(const char *text)
{
    return text ? g_strdup(text) : NULL;
}

/* The list of a section; NULL when absent. */
static const struct plx_yaml_node *section(const struct plx_yaml_node *root, const char *key,
                                           gboolean *ok, GError **error)
{
    const struct plx_yaml_node *node = plx_yaml_get(root, key);
    *ok = !node || plx_yaml_is(node, key, PLX_YAML_SEQUENCE, error);
    return *ok ? node : NULL;
}

/* ---- tasks ---- */

static gboolean read_task(plx_map *map, struct plx_task *task, guint index,
                          const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"id", "title", "owner", "event", "points", "was", NULL};
    if (!plx_yaml_only(node, "task", keys, error))
        return FALSE;
    const struct plx_yaml_node *title = plx_yaml_require(node, "a task", "title", error);
    if (!title || !plx_map_read_text(map, title, "title", &task->title, error))
        return FALSE;
    task->id =
        plx_map_read_id(map, node, title, task->title, "task", map->index->tasks, index, error);
    const char *owner = NULL, *event = NULL;
    if (!task->id || !plx_yaml_get_text(node, "owner", &owner, error) ||
        !plx_yaml_get_text(node, "event", &event, error) ||
        !plx_map_read_was(map, node, &task->was, error))
        return FALSE;
    task->owner = copy(owner);
    task->event = copy(event);
    const struct plx_yaml_node *points = plx_yaml_get(node, "points");
    return !points || plx_map_read_points(map, points, &task->points, &task->n_points, error);
}

gboolean plx_map_read_tasks(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    gboolean ok;
    const struct plx_yaml_node *node = section(root, "tasks", &ok, error);
    if (!node)
        return ok;
    map->tasks = g_new0(struct plx_task, node->n + 1);
    for (guint i = 0; i < node->n; i++) {
        map->n_tasks = i + 1;
        if (!read_task(map, &map->tasks[i], i, node->values[i], error))
            return FALSE;
    }
    return TRUE;
}

/* ---- promises ---- */

static gboolean is_date(const char *text)
{
    guint digits[8], n = 0;
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return FALSE;
    for (guint i = 0; i < 10; i++) {
        if (i == 4 || i == 7)
            continue;
        if (!g_ascii_isdigit(text[i]))
            return FALSE;
        digits[n++] = (guint)(text[i] - '0');
    }
    guint year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3];
    guint month = digits[4] * 10 + digits[5], day = digits[6] * 10 + digits[7];
    return year > 0 && g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static gboolean read_since(const struct plx_yaml_node *node, char **since, GError **error)
{
    const struct plx_yaml_node *given = plx_yaml_get(node, "since");
    const char *text;
    if (!given)
        return TRUE;
    if (!plx_yaml_text(given, "since", &text, error))
        return FALSE;
    if (!is_date(text)) {
        g_autofree char *shown = plx_yaml_quote(text);
        return plx_yaml_error(given, error, "since must be a date such as 2026-03-31, not %s",
                              shown);
    }
    *since = g_strdup(text);
    return TRUE;
}

/* The words of the promise: `words`, or `title` as everywhere else. */
static const struct plx_yaml_node *read_words(const struct plx_yaml_node *node, GError **error)
{
    const struct plx_yaml_node *words = plx_yaml_get(node, "words");
    const struct plx_yaml_node *title = plx_yaml_get(node, "title");
    if (words && title) {
        plx_yaml_error(plx_yaml_get_key(node, "title"), error,
                       "a promise has either \"words\" or \"title\", which is the same");
        return NULL;
    }
    return words || title ? (words ? words : title)
                          : plx_yaml_require(node, "a promise", "words", error);
}

static gboolean read_promise(plx_map *map, struct plx_promise *promise, guint index,
                             const struct plx_yaml_node *node, GError **error)
{
    static const char *const keys[] = {"id",    "words",  "title", "where",
                                       "since", "points", "was",   NULL};
    if (!plx_yaml_only(node, "promise", keys, error))
        return FALSE;
    const struct plx_yaml_node *words = read_words(node, error);
    if (!words || !plx_map_read_text(map, words, "words", &promise->title, error))
        return FALSE;
    promise->id = plx_map_read_id(map, node, words, promise->title, "promise", map->index->promises,
                                  index, error);
    const char *where = NULL;
    if (!promise->id || !plx_yaml_get_text(node, "where", &where, error) ||
        !read_since(node, &promise->since, error) ||
        !plx_map_read_was(map, node, &promise->was, error))
        return FALSE;
    promise->where = copy(where);
    const struct plx_yaml_node *points = plx_yaml_require(node, "a promise", "points", error);
    if (!points || !plx_map_read_points(map, points, &promise->points, &promise->n_points, error))
        return FALSE;
    if (promise->n_points == 0)
        return plx_yaml_error(points, error, "the promise \"%s\" has no points", promise->id);
    return TRUE;
}

gboolean plx_map_read_promises(plx_map *map, const struct plx_yaml_node *root, GError **error)
{
    gboolean ok;
    const struct plx_yaml_node *node = section(root, "promises", &ok, error);
    if (!node)
        return ok;
    map->promises = g_new0(struct plx_promise, node->n + 1);
    for (guint i = 0; i < node->n; i++) {
        map->n_promises = i + 1;
        if (!read_promise(map, &map->promises[i], i, node->values[i], error))
            return FALSE;
    }
    return TRUE;
}
