/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/columns.h"

#include "export/row.h"
#include "voice/count_plan.h"

#include <stdlib.h>
#include <string.h>

#define RESPONDENT_WIDTH 16
#define ENCOUNTER_WIDTH 25 /* where it was split */

/* What a pass finds ------------------------------------------------------------------------- */

static void note_dims(struct plx_export_use *use, const struct plx_batch *batch)
{
    for (guint d = PLX_DIM_JOURNEY; d < batch->dims->n_dims; d++) {
        for (guint32 i = 0; batch->dim[d] && !use->dim[d] && i < batch->n; i++)
            use->dim[d] = batch->dim[d][i] != 0;
        if (!batch->dim[d] && batch->dim_constant[d])
            use->dim[d] = TRUE;
    }
}

static gsize journey_width(const struct plx_dims *dims, guint32 code)
{
    const char *const id = plx_dict_text(dims->dict[PLX_DIM_JOURNEY], code);
    const gint index = plx_map_find_journey(dims->map, id);
    return MAX(strlen(id), index >= 0 ? strlen(dims->map->journeys[index].title) : 0);
}

/* Once: the dictionaries of a scan do not grow. */
static void note_texts(struct plx_export_use *use, const struct plx_dims *dims)
{
    for (guint d = PLX_DIM_JOURNEY; d < dims->n_dims; d++) {
        const guint32 n = plx_dict_size(dims->dict[d]);
        for (guint32 code = 1; code < n; code++)
            use->width[d] = MAX(use->width[d], strlen(plx_dict_title(dims->dict[d], code)));
        for (guint32 code = 1; d == PLX_DIM_JOURNEY && code < n;
             code++) /* ids, titles of the map */
            use->width[d] = MAX(use->width[d], journey_width(dims, code));
    }
    for (guint d = PLX_DIM_SEGMENT; d < dims->n_dims; d++)
        use->segment[d - PLX_DIM_SEGMENT] = g_strdup(dims->segment[d - PLX_DIM_SEGMENT]);
    for (guint s = 1; s < dims->subjects->len; s++) {
        const struct plx_subject *const subject =
            &g_array_index(dims->subjects, struct plx_subject, s);
        use->subject_width = MAX(use->subject_width, strlen(subject->title));
        use->subject_width = MAX(use->subject_width, strlen(subject->id));
    }
}

static void note_subjects(struct plx_export_use *use, const struct plx_batch *batch)
{
    for (guint32 i = 0; i < batch->n; i++) {
        const guint32 audience = plx_export_code(batch, PLX_DIM_AUDIENCE, i);
        use->subject[plx_export_subject(batch, i)->kind] = TRUE;
        if (audience > 0)
            use->audience[audience - 1] = TRUE;
    }
}

static void note_times(struct plx_export_use *use, const struct plx_batch *batch)
{
    const plx_dict *const clocks = batch->dims->dict[PLX_DIM_CLOCK];
    guint32 last = G_MAXUINT32;
    for (guint32 i = 0; batch->seconds && i < batch->n; i++) {
        if (batch->seconds[i] == PLX_NO_TIME)
            continue;
        use->time = TRUE;
        const guint32 code = plx_export_code(batch, PLX_DIM_CLOCK, i);
        if (code == last)
            continue;
        last = code;
        const char *const word = plx_dict_text(clocks, code);
        use->clock |= !g_str_has_prefix(word, "day");
        use->offset |= *plx_export_offset(word) != '\0';
    }
}

static gboolean any_flag(const gint8 *column, guint32 n)
{
    for (guint32 i = 0; column && i < n; i++)
        if (column[i] != PLX_CELL_EMPTY)
            return TRUE;
    return FALSE;
}

static void note_extras(struct plx_export_use *use, const struct plx_batch *batch)
{
    use->weight |= batch->weight != NULL;
    use->seen = use->seen || any_flag(batch->seen, batch->n);
    use->surprise = use->surprise || any_flag(batch->surprise, batch->n);
    use->hesitation = use->hesitation || any_flag(batch->hesitation, batch->n);
    for (guint32 i = 0; batch->group_size && i < batch->n; i++)
        use->group_size |= batch->group_size[i] != 1;
    for (guint32 i = 0; batch->note && i < batch->n; i++) {
        use->note |= batch->note[i].length > 0;
        use->note_width = MAX(use->note_width, batch->note[i].length);
    }
}

void plx_export_use_add(struct plx_export_use *use, const struct plx_batch *batch,
                        enum plx_row_keys keys)
{
    if (use->rows == 0)
        note_texts(use, batch->dims);
    use->rows += batch->n;
    note_dims(use, batch);
    note_subjects(use, batch);
    note_times(use, batch);
    note_extras(use, batch);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        use->measure[m] |= batch->measure[m] != NULL;
    for (guint32 i = 0; batch->known && !use->respondent && i < batch->n; i++)
        use->respondent = batch->known[i] != 0;
    for (guint32 i = 0; !use->encounter && i < batch->n; i++)
        use->encounter = plx_export_is_named(batch, keys, i);
}

void plx_export_use_clear(struct plx_export_use *use)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        g_free(use->segment[d]);
    *use = (struct plx_export_use){0};
}

/* Their columns ----------------------------------------------------------------------------- */

static void clear_column(gpointer data)
{
    g_free(((struct plx_export_column *)data)->name);
}

static void append(GArray *columns, enum plx_export_kind kind, guint index, const char *name,
                   gsize width)
{
    struct plx_export_column column = {
        .kind = kind, .index = index, .name = g_strdup(name), .width = width};
    column.title = column.name;
    g_array_append_val(columns, column);
}

static void append_dim(GArray *columns, const struct plx_export_use *use, enum plx_dim dim,
                       enum plx_export_kind kind, const char *name)
{
    if (use->dim[dim])
        append(columns, kind, dim, name, use->width[dim]);
}

static void append_keys(GArray *columns, const struct plx_export_use *use, const plx_map *map,
                        gboolean offset)
{
    gsize width = 1;
    for (guint a = 0; a < map->n_audiences; a++)
        width = MAX(width, strlen(map->audiences[a].id));
    append(columns, PLX_EXPORT_AUDIENCE, 0, "audience", width);
    append_dim(columns, use, PLX_DIM_DATASET, PLX_EXPORT_TEXT, "dataset");
    if (use->encounter)
        append(columns, PLX_EXPORT_ENCOUNTER, 0, "encounter", ENCOUNTER_WIDTH);
    if (use->respondent)
        append(columns, PLX_EXPORT_RESPONDENT, 0, "respondent", RESPONDENT_WIDTH);
    if (use->time) {
        append(columns, PLX_EXPORT_TIME, 0, "time", PLX_EXPORT_TIME_SIZE);
        g_array_index(columns, struct plx_export_column, columns->len - 1).clock = use->clock;
    }
    if (use->offset && offset)
        append(columns, PLX_EXPORT_OFFSET, 0, "utc_offset", 6);
}

/* A file with a measure must say of what, also where nobody is asked. */
static gboolean needs_subject(const struct plx_export_use *use, const plx_map *map,
                              enum plx_subject_kind kind)
{
    for (guint m = 0; m < map->n_measures; m++) {
        const guint subjects = map->measures[m].subjects;
        gboolean there = !use->measure[m] || (subjects & 1u << kind) == 0;
        for (guint k = PLX_SUBJECT_POINT; k <= PLX_SUBJECT_PROMISE; k++)
            there |= (subjects & 1u << k) && use->subject[k];
        if (!there)
            return TRUE;
    }
    return use->rows == 0 && kind == PLX_SUBJECT_POINT;
}

/* They are called as the map calls them. */
static gsize journeys_width(const struct plx_export_use *use, const plx_map *map)
{
    gsize width = MAX(use->subject_width, use->width[PLX_DIM_JOURNEY]);
    for (guint j = 0; j < map->n_journeys; j++)
        width = MAX(width, MAX(strlen(map->journeys[j].title), strlen(map->journeys[j].id)));
    return width;
}

static void append_about(GArray *columns, enum plx_export_kind kind, guint index, const char *name,
                         gsize width, gboolean typed)
{
    append(columns, kind, index, name, width);
    if (!typed)
        return;
    g_array_index(columns, struct plx_export_column, columns->len - 1).words = PLX_EXPORT_ID;
    g_autofree char *title = g_strconcat(name, "_title", NULL);
    append(columns, kind, index, title, width);
    g_array_index(columns, struct plx_export_column, columns->len - 1).words = PLX_EXPORT_TITLE;
}

static void append_subjects(GArray *columns, const struct plx_export_use *use, const plx_map *map,
                            gboolean typed)
{
    static const char *const names[] = {[PLX_SUBJECT_POINT] = "point",
                                        [PLX_SUBJECT_TASK] = "task",
                                        [PLX_SUBJECT_PROMISE] = "promise"};
    static const enum plx_subject_kind kinds[] = {PLX_SUBJECT_POINT, PLX_SUBJECT_TASK,
                                                  PLX_SUBJECT_PROMISE};
    if (use->dim[PLX_DIM_JOURNEY] || use->subject[PLX_SUBJECT_JOURNEY] ||
        needs_subject(use, map, PLX_SUBJECT_JOURNEY))
        append_about(columns, PLX_EXPORT_JOURNEY, 0, "journey", journeys_width(use, map), typed);
    for (gsize k = 0; k < G_N_ELEMENTS(kinds); k++)
        if (use->subject[kinds[k]] || needs_subject(use, map, kinds[k]))
            append_about(columns, PLX_EXPORT_SUBJECT, kinds[k], names[kinds[k]], use->subject_width,
                         typed);
    if (use->dim[PLX_DIM_ITEM] || use->items)
        append(columns, PLX_EXPORT_ITEM, PLX_DIM_ITEM, "item", MAX(use->width[PLX_DIM_ITEM], 20));
}

static void append_extras(GArray *columns, const struct plx_export_use *use)
{
    append_dim(columns, use, PLX_DIM_PLACE, PLX_EXPORT_TEXT, "place");
    append_dim(columns, use, PLX_DIM_CHANNEL, PLX_EXPORT_TEXT, "channel");
    append_dim(columns, use, PLX_DIM_LANGUAGE, PLX_EXPORT_TEXT, "language");
    append_dim(columns, use, PLX_DIM_SOURCE, PLX_EXPORT_TEXT, "source");
    if (use->weight)
        append(columns, PLX_EXPORT_WEIGHT, 0, "weight", 0);
    if (use->group_size)
        append(columns, PLX_EXPORT_GROUP_SIZE, 0, "group_size", 0);
    append_dim(columns, use, PLX_DIM_WORKSHOP, PLX_EXPORT_TEXT, "workshop");
    append_dim(columns, use, PLX_DIM_TABLE, PLX_EXPORT_TEXT, "table");
    append_dim(columns, use, PLX_DIM_ASKED_P, PLX_EXPORT_DECIMAL, "asked_p");
    if (use->seen)
        append(columns, PLX_EXPORT_SEEN, 0, "seen", 0);
    if (use->surprise)
        append(columns, PLX_EXPORT_SURPRISE, 0, "surprise", 4);
    if (use->hesitation)
        append(columns, PLX_EXPORT_HESITATION, 0, "hesitation", 0);
    if (use->note)
        append(columns, PLX_EXPORT_NOTE, 0, "note", use->note_width);
    append_dim(columns, use, PLX_DIM_PROMPT, PLX_EXPORT_TEXT, "prompt");
}

static int compare_segments(const void *a, const void *b, void *data)
{
    char *const *const names = data;
    return strcmp(names[*(const guint *)a], names[*(const guint *)b]);
}

/* By name: their numbers depend on which file came first. */
static void append_segments(GArray *columns, const struct plx_export_use *use)
{
    guint order[PLX_DIMS_MAX], n = 0;
    for (guint d = PLX_DIM_SEGMENT; d < PLX_DIMS_MAX; d++)
        if (use->dim[d])
            order[n++] = d - PLX_DIM_SEGMENT;
    qsort_r(order, n, sizeof *order, compare_segments, (gpointer)(guintptr)use->segment);
    for (guint k = 0; k < n; k++) {
        g_autofree char *name = g_strconcat("segment.", use->segment[order[k]], NULL);
        const guint dim = PLX_DIM_SEGMENT + order[k];
        append(columns, PLX_EXPORT_TEXT, dim, name, use->width[dim]);
    }
}

/* The scale of a measure, where all audiences that are there share one with its words. */
static const struct plx_scale *common_scale(const struct plx_export_use *use, const plx_map *map,
                                            guint measure)
{
    const struct plx_scale *scale = NULL;
    for (guint a = 0; a < map->n_audiences; a++) {
        if (!use->audience[a])
            continue;
        const struct plx_scale *const own = plx_map_scale(map, (enum plx_measure)measure, a);
        if (scale && own != scale)
            return NULL;
        scale = own;
    }
    return scale;
}

static void append_measure(GArray *columns, const struct plx_export_use *use, const plx_map *map,
                           guint measure)
{
    append(columns, PLX_EXPORT_MEASURE, measure, map->measures[measure].id, 0);
    struct plx_export_column *const column =
        &g_array_index(columns, struct plx_export_column, columns->len - 1);
    column->title = map->measures[measure].title;
    column->scale = common_scale(use, map, measure);
}

GArray *plx_export_columns(const struct plx_export_use *use, const plx_map *map, gboolean typed)
{
    GArray *const columns = g_array_new(FALSE, FALSE, sizeof(struct plx_export_column));
    g_array_set_clear_func(columns, clear_column);
    append_keys(columns, use, map, typed);
    append_subjects(columns, use, map, typed);
    append_extras(columns, use);
    append_segments(columns, use);
    for (guint m = 0; m < map->n_measures; m++)
        if (use->measure[m] || (use->rows == 0 && m == PLX_MEASURE_LEVEL))
            append_measure(columns, use, map, m);
    return columns;
}
