/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/draft.h"

#include "map/map_draft.h"

/* What is named, as map_draft.h wants it: arrays by kind of subject. */
struct names {
    GArray *points, *journeys, *tasks, *promises, *audiences;
};

static void names_init(struct names *names)
{
    names->points = g_array_new(FALSE, FALSE, sizeof(struct plx_draft_point));
    names->journeys = g_array_new(FALSE, FALSE, sizeof(struct plx_draft_name));
    names->tasks = g_array_new(FALSE, FALSE, sizeof(struct plx_draft_name));
    names->promises = g_array_new(FALSE, FALSE, sizeof(struct plx_draft_name));
    names->audiences = g_array_new(FALSE, FALSE, sizeof(struct plx_draft_audience));
}

static void names_clear(struct names *names)
{
    g_array_unref(names->points);
    g_array_unref(names->journeys);
    g_array_unref(names->tasks);
    g_array_unref(names->promises);
    g_array_unref(names->audiences);
}

static void add_subject(struct names *names, const struct plx_subject *subject, const char *journey)
{
    const struct plx_draft_point point = {subject->id, subject->title, journey};
    const struct plx_draft_name name = {subject->id, subject->title};
    GArray *const lists[] = {[PLX_SUBJECT_JOURNEY] = names->journeys,
                             [PLX_SUBJECT_TASK] = names->tasks,
                             [PLX_SUBJECT_PROMISE] = names->promises};
    if (subject->kind == PLX_SUBJECT_POINT)
        g_array_append_val(names->points, point);
    else if (subject->kind != PLX_SUBJECT_NONE)
        g_array_append_val(lists[subject->kind], name);
}

/* The cells of a table split by journey: who spoke of what, in which. */
static void collect(struct names *names, const plx_map *map, const struct plx_answer *answer)
{
    const struct plx_table *const table = &answer->tables[0];
    g_autofree gboolean *heard = g_new0(gboolean, map->n_audiences + 1);
    for (guint c = 0; c < table->n_cells; c++) {
        const struct plx_cell *const cell = &table->cells[c];
        const char *const journey = table->groups[cell->group][0];
        heard[cell->audience] = TRUE;
        add_subject(names, &answer->subjects[cell->subject], *journey ? journey : NULL);
    }
    for (guint g = 0; g < table->n_groups; g++) {
        const struct plx_draft_name journey = {table->groups[g][0], ""};
        if (*journey.id)
            g_array_append_val(names->journeys, journey);
    }
    for (guint a = 0; a < map->n_audiences; a++) {
        const struct plx_audience *const from = &map->audiences[a];
        const struct plx_draft_audience audience = {from->id, from->title, from->served,
                                                    from->protected_};
        if (heard[a])
            g_array_append_val(names->audiences, audience);
    }
}

static gboolean write_draft(const struct names *names, const char *title, const char *name,
                            GString *out, GError **error)
{
    const struct plx_draft draft = {
        .title = title,
        .source = name,
        .points = (const struct plx_draft_point *)(gpointer)names->points->data,
        .n_points = names->points->len,
        .journeys = (const struct plx_draft_name *)(gpointer)names->journeys->data,
        .n_journeys = names->journeys->len,
        .tasks = (const struct plx_draft_name *)(gpointer)names->tasks->data,
        .n_tasks = names->tasks->len,
        .promises = (const struct plx_draft_name *)(gpointer)names->promises->data,
        .n_promises = names->promises->len,
        .audiences = (const struct plx_draft_audience *)(gpointer)names->audiences->data,
        .n_audiences = names->audiences->len};
    return plx_map_draft(&draft, out, error);
}

gboolean plx_draft_from_source(plx_source *source, const char *title, const char *name,
                               GString *out, GError **error)
{
    const struct plx_split by = {PLX_SPLIT_DIM, PLX_DIM_JOURNEY, NULL, NULL};
    const struct plx_need need = {
        .kinds = PLX_NEED_COUNTS, .measures = G_MAXUINT32, .splits = &by, .n_splits = 1};
    struct plx_answer *answer = NULL;
    struct names names;
    if (!plx_source_ask(source, &need, 1, &answer, error))
        return FALSE;
    names_init(&names);
    collect(&names, source->map, answer);
    const gboolean ok = write_draft(&names, title, name, out, error);
    names_clear(&names);
    plx_answer_free(answer);
    return ok;
}
