/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/point.h"

#include "report/json_parts.h"
#include "report/view.h"

/* The voices of the one point in each group. */
static void write_split(plx_json *json, const char *name, const plx_gaps *split)
{
    if (!split) {
        plx_json_null(json, name);
        return;
    }
    plx_json_begin_object(json, name);
    plx_json_begin_array(json, "groups");
    for (guint g = 0; g < split->n_groups; g++) {
        const struct plx_gaps_group *group = &split->groups[g];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "key", group->key);
        plx_json_begin_object(json, "voices");
        for (guint i = 0; group->n_points && i < group->points[0].n_voices; i++)
            plx_json_voice(json, split, &group->points[0].voices[i]);
        plx_json_end_object(json);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_notes(json, split);
    plx_json_end_object(json);
}

static void write_promises(plx_json *json, const plx_map *map, const struct plx_gaps_point *point)
{
    plx_json_begin_array(json, "promises");
    for (guint i = 0; map && point && i < map->n_promises; i++) {
        const struct plx_promise *promise = &map->promises[i];
        if (!plx_view_is_about(promise->points, promise->n_points, point))
            continue;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", promise->id);
        plx_json_string(json, "words", promise->title);
        plx_json_string(json, "where", promise->where);
        plx_json_string(json, "since", promise->since);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_tasks(plx_json *json, const plx_map *map, const struct plx_gaps_point *point)
{
    plx_json_begin_array(json, "tasks");
    for (guint i = 0; map && point && i < map->n_tasks; i++) {
        const struct plx_task *task = &map->tasks[i];
        if (!plx_view_is_about(task->points, task->n_points, point))
            continue;
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "id", task->id);
        plx_json_string(json, "title", task->title);
        plx_json_string(json, "owner", task->owner);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_anchors(plx_json *json, const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    const struct plx_point *known = point ? plx_view_map_point(gaps, point) : NULL;
    char **levels = known ? known->levels : NULL;
    if (!levels) {
        plx_json_null(json, "anchors");
        return;
    }
    plx_json_begin_array(json, "anchors");
    for (guint i = 0; i < PLX_LEVELS; i++)
        plx_json_string(json, NULL, levels[i]);
    plx_json_end_array(json);
}

static void write_figures(plx_json *json, const GArray *figures)
{
    plx_json_begin_array(json, "figures");
    for (guint i = 0; figures && i < figures->len; i++) {
        const struct plx_point_figure *f = &g_array_index(figures, struct plx_point_figure, i);
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "reading", f->reading);
        plx_json_string(json, "what", f->figure.what);
        plx_json_string(json, "audience", f->figure.audience);
        plx_json_string(json, "unit", plx_figure_unit_code(f->figure.unit));
        plx_json_count(json, "n", f->figure.n);
        plx_json_count(json, "persons", f->figure.persons);
        plx_json_number(json, "value", f->figure.value);
        plx_json_interval(json, "ci", f->figure.ci);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

void plx_point_json(const plx_gaps *gaps, const struct plx_point_splits *splits, GString *out)
{
    const gboolean any = gaps->n_groups && gaps->groups[0].n_points;
    const struct plx_gaps_point *point = any ? &gaps->groups[0].points[0] : NULL;
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_reading(json, gaps, "point");
    write_split(json, "by_place", splits ? splits->place : NULL);
    write_split(json, "by_channel", splits ? splits->channel : NULL);
    write_split(json, "by_month", splits ? splits->month : NULL);
    write_figures(json, splits ? splits->figures : NULL);
    write_promises(json, gaps->map, point);
    write_tasks(json, gaps->map, point);
    write_anchors(json, gaps, point);
    plx_json_end_object(json);
    if (!out->len || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
