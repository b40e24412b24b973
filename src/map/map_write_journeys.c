/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Journeys, and what stands beside them, as YAML. */
#include "map/map_write_private.h"

/* ---- points ---- */

static char **sense_names(guint senses)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    for (guint bit = PLX_SENSE_SEE; bit <= PLX_SENSE_FEEL; bit <<= 1)
        if (senses & bit)
            g_strv_builder_add(names, plx_sense_name((enum plx_sense)bit));
    return g_strv_builder_end(names);
}

static void write_levels(const plx_map *map, char *const *levels, GString *out)
{
    gboolean open = FALSE;
    for (guint i = 0; levels && i < PLX_LEVELS; i++) {
        if (!levels[i])
            continue;
        if (!open)
            plx_map_write_indent(out, 12, "levels:\n");
        open = TRUE;
        g_string_append_printf(out, "%14s%u: ", "", i + 1);
        plx_map_write_text(map, levels[i], FALSE, out);
        g_string_append_c(out, '\n');
    }
}

static void write_point(const plx_map *map, const struct plx_point *point, GString *out)
{
    g_auto(GStrv) senses = sense_names(point->senses);
    plx_map_write_key(map, 10, "- id", point->id, out);
    plx_map_write_key(map, 12, "title", point->title, out);
    plx_map_write_list(12, "senses", senses, out);
    plx_map_write_list(12, "channels", point->channels, out);
    plx_map_write_key(map, 12, "value", plx_value_name(point->value), out);
    write_levels(map, point->levels, out);
    if (point->target > 0)
        g_string_append_printf(out, "%12starget: %d\n", "", point->target);
    plx_map_write_key(map, 12, "effort", plx_effort_name(point->effort), out);
    plx_map_write_list(12, "was", point->was, out);
}

void plx_map_write_journeys(const plx_map *map, GString *out)
{
    if (map->n_journeys > 0)
        g_string_append(out, "\njourneys:\n");
    for (guint j = 0; j < map->n_journeys; j++) {
        const struct plx_journey *journey = &map->journeys[j];
        plx_map_write_key(map, 2, "- id", journey->id, out);
        plx_map_write_key(map, 4, "title", journey->title, out);
        plx_map_write_list(4, "was", journey->was, out);
        plx_map_write_indent(out, 4, "transactions:\n");
        for (guint t = 0; t < journey->n_transactions; t++) {
            const struct plx_transaction *transaction = &journey->transactions[t];
            plx_map_write_key(map, 6, "- id", transaction->id, out);
            plx_map_write_key(map, 8, "title", transaction->title, out);
            plx_map_write_indent(out, 8, "points:\n");
            for (guint p = 0; p < transaction->n_points; p++) {
                const struct plx_point *point = &map->points[transaction->points[p]];
                if (point->journey == j)
                    write_point(map, point, out);
                else
                    plx_map_write_key(map, 10, "- use", point->id, out);
            }
        }
    }
}

/* ---- beside them ---- */

/* One thing as it is being written: on one line where it fits, else a key per line. */
struct entry {
    const plx_map *map;
    guint indent;
    GString *line, *block;
};

static void begin_entry(struct entry *e, const plx_map *map, guint indent)
{
    *e = (struct entry){map, indent, g_string_new(NULL), g_string_new(NULL)};
    plx_map_write_indent(e->line, indent, "- {");
    plx_map_write_indent(e->block, indent, "- ");
}

static void end_entry(struct entry *e, GString *out)
{
    g_string_append(e->line, "}\n");
    g_string_append(out, e->line->len <= PLX_MAP_LINE + 1 ? e->line->str : e->block->str);
    g_string_free(e->line, TRUE);
    g_string_free(e->block, TRUE);
}

/* What stands before the value: separators and the key. */
static void add_key(struct entry *e, const char *key)
{
    gboolean first = g_str_has_suffix(e->line->str, "{");
    g_string_append_printf(e->line, "%s%s: ", first ? "" : ", ", key);
    if (!first)
        plx_map_write_indent(e->block, e->indent + 2, "");
    g_string_append_printf(e->block, "%s: ", key);
}

static void add_text(struct entry *e, const char *key, const char *text)
{
    if (!text)
        return;
    add_key(e, key);
    plx_map_write_text(e->map, text, TRUE, e->line);
    plx_map_write_text(e->map, text, FALSE, e->block);
    g_string_append_c(e->block, '\n');
}

static void add_list(struct entry *e, const char *key, char *const *texts)
{
    if (!texts || !texts[0])
        return;
    add_key(e, key);
    plx_yaml_append_list(e->line, texts);
    plx_yaml_append_list(e->block, texts);
    g_string_append_c(e->block, '\n');
}

static void add_points(struct entry *e, const char *key, const guint *points, guint n)
{
    g_autofree char **ids = g_new0(char *, n + 1); /* borrowed */
    for (guint i = 0; i < n; i++)
        ids[i] = e->map->points[points[i]].id;
    add_list(e, key, ids);
}

/* A date needs no quotes among our own readers and people. */
static void add_date(struct entry *e, const char *key, const char *date)
{
    if (!date)
        return;
    add_key(e, key);
    g_string_append(e->line, date);
    g_string_append_printf(e->block, "%s\n", date);
}

static void write_tasks(const plx_map *map, GString *out)
{
    if (map->n_tasks > 0)
        g_string_append(out, "\ntasks:\n");
    for (guint i = 0; i < map->n_tasks; i++) {
        const struct plx_task *task = &map->tasks[i];
        struct entry e;
        begin_entry(&e, map, 2);
        add_text(&e, "id", task->id);
        add_text(&e, "title", task->title);
        add_text(&e, "owner", task->owner);
        add_text(&e, "event", task->event);
        add_points(&e, "points", task->points, task->n_points);
        add_list(&e, "was", task->was);
        end_entry(&e, out);
    }
}

static void write_promises(const plx_map *map, GString *out)
{
    if (map->n_promises > 0)
        g_string_append(out, "\npromises:\n");
    for (guint i = 0; i < map->n_promises; i++) {
        const struct plx_promise *promise = &map->promises[i];
        struct entry e;
        begin_entry(&e, map, 2);
        add_text(&e, "id", promise->id);
        add_text(&e, "words", promise->title);
        add_text(&e, "where", promise->where);
        add_date(&e, "since", promise->since);
        add_points(&e, "points", promise->points, promise->n_points);
        add_list(&e, "was", promise->was);
        end_entry(&e, out);
    }
}

static void write_vignettes(const plx_map *map, GString *out)
{
    if (map->n_vignettes > 0)
        g_string_append(out, "\nvignettes:\n");
    for (guint i = 0; i < map->n_vignettes; i++) {
        const struct plx_point *vignette = &map->points[map->n_points + i];
        struct entry e;
        begin_entry(&e, map, 2);
        add_text(&e, "id", vignette->id);
        add_text(&e, "words", vignette->title);
        add_points(&e, "for", vignette->stands_for, vignette->n_stands_for);
        add_list(&e, "was", vignette->was);
        end_entry(&e, out);
    }
}

/* What is split is retired without being listed. */
static void write_retired(const plx_map *map, GString *out)
{
    static const char *const keys[] = {NULL, "points", "journeys", "tasks", "promises"};
    guint kind = PLX_SUBJECT_NONE;
    for (guint i = 0; i < map->n_retired; i++) {
        const struct plx_retired *retired = &map->retired[i];
        if (retired->split)
            continue;
        if (kind == PLX_SUBJECT_NONE)
            g_string_append(out, "\nretired:\n");
        if (kind != retired->kind)
            g_string_append_printf(out, "  %s:\n", keys[retired->kind]);
        kind = retired->kind;
        if (!retired->title && !(retired->was && retired->was[0])) {
            plx_map_write_indent(out, 4, "- ");
            plx_yaml_append(out, retired->id, FALSE);
            g_string_append_c(out, '\n');
            continue;
        }
        struct entry e;
        begin_entry(&e, map, 4);
        add_text(&e, "id", retired->id);
        add_text(&e, "title", retired->title);
        add_list(&e, "was", retired->was);
        end_entry(&e, out);
    }
}

void plx_map_write_beside(const plx_map *map, GString *out)
{
    write_tasks(map, out);
    write_promises(map, out);
    write_vignettes(map, out);
    write_retired(map, out);
}
