/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as batches under the map in force: for questions and for scans. */

#include "store/memory_private.h"

#include "base/error.h"

#include "map/map_owner.h"
#include "store/rowset.h"

#include <string.h>

struct view {
    const struct plx_memory *memory;
    struct plx_dims dims;
    struct plx_rowset rows;
};

static void view_init(struct view *view, const struct plx_memory *memory)
{
    *view = (struct view){.memory = memory};
    view->dims.map = memory->map;
    view->dims.n_dims = PLX_DIM_SEGMENT + memory->segments->len;
    for (guint d = PLX_DIM_JOURNEY; d < view->dims.n_dims; d++)
        view->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    for (guint s = 0; s < memory->segments->len; s++)
        view->dims.segment[s] = memory->segments->pdata[s];
    view->dims.subjects = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_set_size(view->dims.subjects, 1);
    plx_rowset_init(&view->rows);
}

static void view_clear(struct view *view)
{
    for (guint d = PLX_DIM_JOURNEY; d < view->dims.n_dims; d++)
        plx_dict_free(view->dims.dict[d]);
    g_array_unref(view->dims.subjects);
    plx_rowset_clear(&view->rows);
}

/* Codes ------------------------------------------------------------------------------------- */

static guint32 subject_code(struct view *view, const struct plx_memory_row *row)
{
    GArray *const subjects = view->dims.subjects;
    if (row->kind == PLX_SUBJECT_NONE)
        return 0;
    const struct plx_owner owner =
        plx_map_resolve(view->memory->map, row->kind, row->text[PLX_DIM_SUBJECT]);
    const struct plx_subject found = {row->kind,
                                      plx_memory_row_id(view->memory->map, row, PLX_DIM_SUBJECT),
                                      plx_memory_row_title(view->memory, row),
                                      owner.state == PLX_OWNER_CURRENT ? (gint)owner.index : -1};
    for (guint32 code = 1; code < subjects->len; code++) {
        struct plx_subject *const known = &g_array_index(subjects, struct plx_subject, code);
        if (known->kind != found.kind || strcmp(known->id, found.id) != 0)
            continue;
        if (strcmp(found.title, known->title) < 0) /* two that were retired as one */
            known->title = found.title;
        return code;
    }
    g_array_append_val(subjects, found);
    return subjects->len - 1;
}

static guint32 dict_code(const struct view *view, guint dim, const char *text)
{
    return plx_dict_add(view->dims.dict[dim], text, (guint32)strlen(text));
}

static guint32 journey_code(const struct view *view, const struct plx_memory_row *row)
{
    const char *const id = plx_memory_row_id(view->memory->map, row, PLX_DIM_JOURNEY);
    const gboolean renamed = strcmp(id, row->text[PLX_DIM_JOURNEY]) != 0;
    g_autofree char *key =
        g_strdup_printf("%d:%s", (int)PLX_SUBJECT_NONE, row->text[PLX_DIM_JOURNEY]);
    const char *const title = g_hash_table_lookup(view->memory->titles, key);
    return dict_code(view, PLX_DIM_JOURNEY, renamed || !title ? id : title);
}

static void put_dims(struct view *view, guint32 i, const struct plx_memory_row *row)
{
    const char *const audience = plx_memory_row_id(view->memory->map, row, PLX_DIM_AUDIENCE);
    guint32 *const *const dim = view->rows.dim;
    dim[PLX_DIM_AUDIENCE][i] = (guint32)(plx_map_find_audience(view->memory->map, audience) + 1);
    dim[PLX_DIM_SUBJECT][i] = subject_code(view, row);
    dim[PLX_DIM_JOURNEY][i] = journey_code(view, row);
    for (guint d = PLX_DIM_PLACE; d < PLX_DIM_SEGMENT; d++)
        dim[d][i] = dict_code(view, d, row->text[d]);
    for (guint d = PLX_DIM_SEGMENT; d < view->dims.n_dims; d++)
        dim[d][i] = 0;
    for (guint s = 0; s < row->segments->len; s += 2)
        for (guint d = PLX_DIM_SEGMENT; d < view->dims.n_dims; d++)
            if (strcmp(view->dims.segment[d - PLX_DIM_SEGMENT], row->segments->pdata[s]) == 0)
                dim[d][i] = dict_code(view, d, row->segments->pdata[s + 1]);
}

/* Batches ----------------------------------------------------------------------------------- */

/* What some visible row has; the other columns are not made. */
struct columns {
    guint64 measures[2];
    gboolean weight, group_size, known, seen, surprise, hesitation, time, note;
};

static void find_columns(const struct plx_memory *memory, struct columns *columns)
{
    for (guint i = 0; i < memory->rows->len; i++) {
        const struct plx_memory_row *const row = memory->rows->pdata[i];
        columns->measures[0] |= row->columns[0];
        columns->measures[1] |= row->columns[1];
        columns->weight |= row->weight != PLX_WEIGHT_ONE;
        columns->group_size |= row->group_size != 1;
        columns->known |= row->known;
        columns->seen |= row->seen != PLX_CELL_EMPTY;
        columns->surprise |= row->surprise != PLX_CELL_EMPTY;
        columns->hesitation |= row->hesitation != PLX_CELL_EMPTY;
        columns->time |= row->seconds != PLX_NO_TIME;
        columns->note |= row->note != NULL;
    }
}

static gpointer column(struct view *view, gboolean wanted)
{
    return wanted ? plx_rowset_column(&view->rows) : NULL;
}

static void make_columns(struct view *view, const struct columns *columns)
{
    struct plx_rowset *const rows = &view->rows;
    plx_rowset_empty(rows);
    for (guint d = 0; d < view->dims.n_dims; d++)
        rows->dim[d] = column(view, TRUE);
    rows->unit = column(view, TRUE);
    rows->encounter = column(view, TRUE);
    rows->seconds = column(view, columns->time);
    rows->known = column(view, columns->known);
    rows->group_size = column(view, columns->group_size);
    rows->weight = column(view, columns->weight);
    rows->seen = column(view, columns->seen);
    rows->surprise = column(view, columns->surprise);
    rows->hesitation = column(view, columns->hesitation);
    if (columns->note)
        plx_rowset_need_notes(rows);
}

static void put_values(struct view *view, guint32 i, const struct plx_memory_row *row)
{
    struct plx_rowset *const rows = &view->rows;
    gsize length = 0;
    rows->unit[i] = row->unit;
    rows->encounter[i] = row->encounter;
    if (rows->seconds)
        rows->seconds[i] = row->seconds;
    if (rows->known)
        rows->known[i] = row->known ? 1 : 0;
    if (rows->group_size)
        rows->group_size[i] = row->group_size;
    if (rows->weight)
        rows->weight[i] = row->weight;
    if (rows->seen)
        rows->seen[i] = row->seen;
    if (rows->surprise)
        rows->surprise[i] = row->surprise;
    if (rows->hesitation)
        rows->hesitation[i] = row->hesitation;
    if (rows->note) {
        const char *const text = row->note ? g_bytes_get_data(row->note, &length) : "";
        rows->note[i] = (struct plx_span){text, (guint32)length};
    }
}

static void put_measures(struct view *view, const struct columns *columns, guint from, guint n)
{
    const struct plx_memory *const memory = view->memory;
    for (guint m = 0; m < memory->map->n_measures; m++) {
        guint number;
        if (!g_ptr_array_find_with_equal_func(memory->measures, memory->map->measures[m].id,
                                              g_str_equal, &number) ||
            !(columns->measures[number / 64] >> number % 64 & 1))
            continue;
        view->rows.measure[m] = column(view, TRUE);
        for (guint i = 0; i < n; i++)
            view->rows.measure[m][i] =
                ((const struct plx_memory_row *)memory->rows->pdata[from + i])->measure[number];
    }
}

static void view_fill(struct view *view, const struct columns *columns, guint from, guint n,
                      struct plx_batch *batch)
{
    make_columns(view, columns);
    view->rows.n = n;
    for (guint i = 0; i < n; i++) {
        put_dims(view, i, view->memory->rows->pdata[from + i]);
        put_values(view, i, view->memory->rows->pdata[from + i]);
    }
    put_measures(view, columns, from, n);
    plx_rowset_days(&view->rows);
    plx_rowset_batch(&view->rows, &view->dims, batch);
}

/* Rows from `from` on that make one batch: of one import. */
static guint batch_rows(const struct plx_memory *memory, guint from)
{
    struct plx_memory_row *const *const rows = (gpointer)memory->rows->pdata;
    guint n = 1;
    while (n < PLX_BATCH_ROWS && from + n < memory->rows->len &&
           rows[from + n]->import == rows[from]->import)
        n++;
    return n;
}

/* What was appended tells its rows apart by encounters, sealed or not. */
static enum plx_row_keys keys_of(const struct plx_memory *memory, const struct plx_memory_row *row)
{
    const struct plx_memory_entry *const entry = plx_memory_entry(memory, row->import);
    return entry ? entry->keys : PLX_ROW_KEYS_ENCOUNTER;
}

static gboolean give_all(struct view *view, const struct plx_export_scan *scan, GError **error)
{
    struct columns columns = {0};
    struct plx_batch batch;
    const struct plx_memory *const memory = view->memory;
    find_columns(memory, &columns);
    for (guint from = 0; from < memory->rows->len; from += batch.n) {
        const struct plx_memory_row *const first = memory->rows->pdata[from];
        view_fill(view, &columns, from, batch_rows(memory, from), &batch);
        if (scan->tell && !scan->tell(keys_of(memory, first), scan->data))
            return plx_error(error, PLX_ERROR_IO, "stopped");
        if (!scan->sink->add(scan->sink, 0, &batch, error))
            return FALSE;
    }
    return scan->sink->finish(scan->sink, error);
}

static gboolean run_pass(const struct plx_memory *memory, const struct plx_export_scan *scan,
                         GError **error)
{
    struct view view;
    view_init(&view, memory);
    const gboolean ok = give_all(&view, scan, error);
    view_clear(&view);
    return ok;
}

gboolean plx_memory_scan(plx_engine *engine, const struct plx_export_scan *scan, GError **error)
{
    do
        if (!run_pass(plx_memory_of(engine), scan, error))
            return FALSE;
    while (!scan->is_done(scan->data));
    return TRUE;
}

/* Questions --------------------------------------------------------------------------------- */

struct memory_source {
    plx_source base;
    const struct plx_memory *memory;
};

static gboolean ask(plx_source *source, const struct plx_need *needs, guint n_needs,
                    struct plx_answer **answer, GError **error)
{
    const struct plx_memory *const memory = ((struct memory_source *)(void *)source)->memory;
    plx_sink *const sink = plx_count_sink_new(memory->map, needs, n_needs, 1);
    if (source->weighting)
        plx_count_sink_weigh(sink, source->weighting);
    const struct plx_export_scan scan = {.sink = sink};
    const gboolean ok = run_pass(memory, &scan, error);
    if (ok) {
        *answer = plx_count_sink_take(sink);
        plx_engine_note_untimed(*answer);
    }
    sink->free(sink);
    return ok;
}

static gboolean listen_to(plx_source *source, const struct plx_listen *listen,
                          struct plx_sayings **sayings, GError **error)
{
    const struct plx_memory *const memory = ((struct memory_source *)(void *)source)->memory;
    plx_sink *const sink = plx_saying_sink_new(listen, 1);
    const struct plx_export_scan scan = {.sink = sink};
    const gboolean ok = run_pass(memory, &scan, error);
    if (ok)
        *sayings = plx_saying_sink_take(sink);
    sink->free(sink);
    return ok;
}

static void free_source(plx_source *source)
{
    g_free(source);
}

plx_source *plx_memory_source(plx_engine *engine, guint threads)
{
    (void)threads; /* one does */
    struct memory_source *const self = g_new0(struct memory_source, 1);
    self->memory = plx_memory_of(engine);
    self->base = (plx_source){.name = self->memory->name,
                              .map = self->memory->map,
                              .ask = ask,
                              .listen = listen_to,
                              .free = free_source};
    return &self->base;
}
