/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/plan.h"

#include "base/error.h"
#include "base/suggest.h"

#include <stddef.h>
#include <string.h>

/* The fixed columns of a canonical file and where a plan keeps them. */
enum part { IN_PLAN, IN_VIEW, ENCOUNTER };

static const struct {
    const char *title;
    enum part part;
    gsize offset;
} COLUMNS[] = {
    {"audience", IN_PLAN, offsetof(plx_plan, audience)},
    {"dataset", IN_PLAN, offsetof(plx_plan, dataset_of_row)},
    {"encounter", ENCOUNTER, 0},
    {"respondent", IN_PLAN, offsetof(plx_plan, respondent)},
    {"time", IN_PLAN, offsetof(plx_plan, time)},
    {"journey", IN_VIEW, offsetof(struct plx_view, journey)},
    {"point", IN_VIEW, offsetof(struct plx_view, point)},
    {"task", IN_VIEW, offsetof(struct plx_view, task)},
    {"promise", IN_VIEW, offsetof(struct plx_view, promise)},
    {"item", IN_VIEW, offsetof(struct plx_view, item)},
    {"place", IN_PLAN, offsetof(plx_plan, place)},
    {"channel", IN_PLAN, offsetof(plx_plan, channel)},
    {"language", IN_PLAN, offsetof(plx_plan, language)},
    {"source", IN_PLAN, offsetof(plx_plan, source)},
    {"weight", IN_PLAN, offsetof(plx_plan, weight)},
    {"group_size", IN_PLAN, offsetof(plx_plan, group_size)},
    {"workshop", IN_PLAN, offsetof(plx_plan, workshop)},
    {"table", IN_PLAN, offsetof(plx_plan, table)},
    {"asked_p", IN_PLAN, offsetof(plx_plan, asked_p)},
    {"seen", IN_VIEW, offsetof(struct plx_view, seen)},
    {"surprise", IN_VIEW, offsetof(struct plx_view, surprise)},
    {"hesitation", IN_VIEW, offsetof(struct plx_view, hesitation)},
    {"note", IN_VIEW, offsetof(struct plx_view, note)},
    {"prompt", IN_VIEW, offsetof(struct plx_view, prompt)},
};

static struct plx_loc title_loc(const struct plx_header *header, guint i)
{
    return (struct plx_loc){header->file, header->line, header->columns ? header->columns[i] : 0};
}

static gboolean unknown_column(const plx_map *map, const struct plx_header *header, guint i,
                               GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (gsize k = 0; k < G_N_ELEMENTS(COLUMNS); k++)
        g_ptr_array_add(names, (gpointer)(guintptr)COLUMNS[k].title);
    for (guint m = 0; m < map->n_measures; m++)
        g_ptr_array_add(names, map->measures[m].id);
    g_autofree char *hint =
        plx_suggest_text(header->titles[i], (const char *const *)names->pdata, names->len);
    const struct plx_loc loc = title_loc(header, i);
    return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                        "unknown column \"%s\"%s (a foreign file needs a recipe; a column that "
                        "does not matter: --ignore-column \"%s\")",
                        header->titles[i], hint, header->titles[i]);
}

struct plx_pick *plx_plan_fixed(plx_plan *plan, struct plx_view *view, const char *name)
{
    for (gsize k = 0; k < G_N_ELEMENTS(COLUMNS); k++) {
        if (strcmp(COLUMNS[k].title, name) != 0)
            continue;
        if (COLUMNS[k].part == ENCOUNTER)
            return plan->encounter->len > 0 ? &g_array_index(plan->encounter, struct plx_pick, 0)
                                            : plx_plan_add_encounter(plan);
        char *const base = COLUMNS[k].part == IN_PLAN ? (char *)plan : (char *)view;
        return (struct plx_pick *)(void *)(base + COLUMNS[k].offset);
    }
    return NULL;
}

static gboolean add_column(const plx_map *map, const struct plx_header *header, guint i,
                           plx_plan *plan, GError **error)
{
    const char *const title = header->titles[i];
    struct plx_view *const view = &g_array_index(plan->views, struct plx_view, 0);
    const struct plx_loc loc = title_loc(header, i);
    for (guint k = 0; k < i; k++)
        if (g_ascii_strcasecmp(header->titles[k], title) == 0)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "column \"%s\" is there twice (before: column %u)", title, k + 1);
    g_autofree char *name = g_ascii_strdown(title, -1); /* spreadsheets like capitals */
    struct plx_pick *pick = plx_plan_fixed(plan, view, name);
    const gint measure = pick ? -1 : plx_map_find_measure(map, name);
    if (measure >= 0)
        pick = &plx_view_add_ask(view, (guint)measure)->cell;
    else if (!pick && g_str_has_prefix(name, "segment.") && title[strlen("segment.")])
        pick = plx_plan_add_segment(plan, title + strlen("segment."));
    if (!pick)
        return unknown_column(map, header, i, error);
    plx_pick_column(pick, title);
    return TRUE;
}

/* The titles that would do for the subjects of a measure: "point", "task", … */
static gboolean has_subject(const struct plx_view *view, guint subjects)
{
    return ((subjects & 1u << PLX_SUBJECT_POINT) && plx_pick_is_set(&view->point)) ||
           ((subjects & 1u << PLX_SUBJECT_JOURNEY) && plx_pick_is_set(&view->journey)) ||
           ((subjects & 1u << PLX_SUBJECT_TASK) && plx_pick_is_set(&view->task)) ||
           ((subjects & 1u << PLX_SUBJECT_PROMISE) && plx_pick_is_set(&view->promise));
}

static const char *subject_title(guint subjects)
{
    if (subjects & 1u << PLX_SUBJECT_POINT)
        return "point";
    if (subjects & 1u << PLX_SUBJECT_JOURNEY)
        return "journey";
    return subjects & 1u << PLX_SUBJECT_TASK ? "task" : "promise";
}

/* Also what --rejects wrote in front, so that such a file can be mended and read in; and the
 * separators that spreadsheets write behind the last column. */
static gboolean is_ignored(const char *const *ignore, const struct plx_header *header, guint i)
{
    const char *const title = header->titles[i];
    if (strcmp(title, "reject_line") == 0 || strcmp(title, "reject_reason") == 0 ||
        (ignore && g_strv_contains(ignore, title)))
        return TRUE;
    while (i > 0 && i < header->n && !*header->titles[i])
        i++;
    return i == header->n;
}

static gboolean check(const plx_map *map, const struct plx_header *header, const plx_plan *plan,
                      GError **error)
{
    const struct plx_view *const view = &g_array_index(plan->views, struct plx_view, 0);
    const struct plx_loc line = {header->file, header->line, 0};
    if (!plx_pick_is_set(&plan->audience))
        return plx_error_at(
            error, PLX_ERROR_INPUT, &line,
            "there is no column \"audience\"; the smallest useful file has "
            "audience,point,level (if all rows are of one: --set audience=customer; "
            "a foreign file needs a recipe)");
    if (view->asks->len == 0 && !plx_pick_is_set(&view->note) &&
        !plx_pick_is_set(&view->surprise) && !plx_pick_is_set(&view->hesitation))
        return plx_error_at(error, PLX_ERROR_INPUT, &line,
                            "there is no measure (such as \"level\") and no \"note\" to read");
    for (guint i = 0; i < view->asks->len; i++) {
        const struct plx_ask *const ask = &g_array_index(view->asks, struct plx_ask, i);
        const struct plx_measure_def *const def = &map->measures[ask->measure];
        if (has_subject(view, def->subjects))
            continue;
        guint at = 0;
        while (strcmp(header->titles[at], ask->cell.column) != 0)
            at++;
        const struct plx_loc loc = title_loc(header, at);
        const char *const subject = subject_title(def->subjects);
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "\"%s\" is asked of a %s, but there is no column \"%s\"", def->id,
                            subject, subject);
    }
    return TRUE;
}

/* Of a canonical file: a column or a constant. */
static void copy_pick(struct plx_pick *to, const struct plx_pick *from)
{
    to->column = g_strdup(from->column);
    to->constant = g_strdup(from->constant);
    to->option = g_strdup(from->option);
}

static void drop_pick(struct plx_pick *pick)
{
    g_clear_pointer(&pick->column, g_free);
    g_clear_pointer(&pick->constant, g_free);
    g_clear_pointer(&pick->option, g_free);
}

/* Measures of tasks and of promises get views of their own, so that one row may say a point's
 * level and whether the task was done. */
static void part_views(const plx_map *map, plx_plan *plan)
{
    for (guint kind = PLX_SUBJECT_TASK; kind <= PLX_SUBJECT_PROMISE; kind++) {
        struct plx_view *main = &g_array_index(plan->views, struct plx_view, 0);
        const struct plx_pick *const pick = kind == PLX_SUBJECT_TASK ? &main->task : &main->promise;
        if (!plx_pick_is_set(pick))
            continue;
        struct plx_view *const own = plx_plan_add_view(plan);
        main = &g_array_index(plan->views, struct plx_view, 0);
        if (kind == PLX_SUBJECT_TASK)
            copy_pick(&own->task, &main->task);
        else
            copy_pick(&own->promise, &main->promise);
        copy_pick(&own->journey, &main->journey);
        copy_pick(&own->item, &main->item);
        for (guint i = 0; i < main->asks->len;) {
            const struct plx_ask *const ask = &g_array_index(main->asks, struct plx_ask, i);
            const guint subjects = map->measures[ask->measure].subjects;
            if ((subjects & 1u << kind) == 0 || has_subject(main, subjects & ~(1u << kind))) {
                i++;
                continue;
            }
            plx_pick_column(&plx_view_add_ask(own, ask->measure)->cell, ask->cell.column);
            g_array_remove_index(main->asks, i);
        }
    }
}

plx_plan *plx_plan_canonical(const plx_map *map, const struct plx_header *header,
                             const char *const *ignore, const char *const *set, GError **error)
{
    g_autoptr(plx_plan) plan = plx_plan_new();
    plx_plan_add_view(plan);
    for (guint i = 0; i < header->n; i++)
        if (!is_ignored(ignore, header, i) && !add_column(map, header, i, plan, error))
            return NULL;
    if (!plx_plan_set(plan, map, set, FALSE, error) || !check(map, header, plan, error))
        return NULL;
    part_views(map, plan);
    struct plx_view *const main = &g_array_index(plan->views, struct plx_view, 0);
    drop_pick(&main->task);
    drop_pick(&main->promise);
    plan->ignore_others = TRUE; /* add_column() knew the others */
    plan->ignore = ignore ? g_strdupv((char **)(guintptr)ignore) : NULL;
    return g_steal_pointer(&plan);
}
