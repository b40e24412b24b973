/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows as they come, until a roll is made of them: each worker keeps its own. */

#include "base/error.h"
#include "voice/roll_private.h"

#include <string.h>

struct roll_sink {
    plx_sink base;
    const plx_map *map;
    struct plx_roll_options options;
    guint n_workers;
    struct plx_roll_worker *workers;
    guint n_held;
    guint8 held[PLX_ROLL_MEASURES];
    plx_roll *roll; /* after finish; or NULL */
};

/* Units --------------------------------------------------------------------------------------- */

static guint32 code_at(const struct plx_batch *batch, guint dim, guint32 row)
{
    return batch->dim[dim] ? batch->dim[dim][row] : batch->dim_constant[dim];
}

guint64 plx_roll_unit(const plx_map *map, const struct plx_batch *batch, guint32 row)
{
    const guint32 audience = code_at(batch, PLX_DIM_AUDIENCE, row);
    const gboolean anonymous =
        audience && map->audiences[audience - 1].identity == PLX_IDENTITY_ANONYMOUS;
    return anonymous ? batch->encounter[row] : batch->unit[row];
}

gboolean plx_roll_is_known(const plx_map *map, const struct plx_batch *batch, guint32 row)
{
    return batch->known && batch->known[row] && plx_roll_unit(map, batch, row) == batch->unit[row];
}

/* Plain rows --------------------------------------------------------------------------------- */

static gboolean all_codes_are_0(const struct plx_batch *batch, guint dim)
{
    if (!batch->dim[dim])
        return batch->dim_constant[dim] == 0;
    guint32 any = 0;
    for (guint32 i = 0; i < batch->n; i++)
        any |= batch->dim[dim][i];
    return any == 0;
}

static gboolean all_empty(const struct plx_batch *batch, guint m)
{
    for (guint32 i = 0; batch->measure[m] && i < batch->n; i++)
        if (batch->measure[m][i] != PLX_CELL_EMPTY)
            return FALSE;
    return TRUE;
}

static gboolean is_plain(const struct roll_sink *sink, const struct plx_batch *batch)
{
    gboolean odd = FALSE;
    for (guint32 i = 0; batch->weight && i < batch->n; i++)
        odd |= batch->weight[i] != PLX_WEIGHT_ONE;
    for (guint32 i = 0; batch->seen && i < batch->n; i++)
        odd |= batch->seen[i] == 1;
    for (guint32 i = 0; batch->group_size && i < batch->n; i++)
        odd |= batch->group_size[i] != 1 && !plx_roll_is_known(sink->map, batch, i);
    for (guint m = 0; m < PLX_MEASURES_MAX && !odd; m++)
        odd = sink->options.odd >> m & 1 && !all_empty(batch, m);
    return !odd && all_codes_are_0(batch, PLX_DIM_WORKSHOP) && batch->unit && batch->encounter;
}

/* Runs --------------------------------------------------------------------------------------- */

/* Do two rows belong to one run, as far as a roll tells them apart? */
static gboolean is_same_run(const struct plx_roll_worker *worker, const struct plx_batch *batch,
                            guint32 a, guint32 b)
{
    if (batch->unit[a] != batch->unit[b] || batch->encounter[a] != batch->encounter[b] ||
        (batch->day && batch->day[a] != batch->day[b]) ||
        (batch->known && batch->known[a] != batch->known[b]) ||
        code_at(batch, PLX_DIM_AUDIENCE, a) != code_at(batch, PLX_DIM_AUDIENCE, b))
        return FALSE;
    for (guint c = 0; c < worker->n_columns; c++)
        if (batch->dim[worker->dim[c]] &&
            batch->dim[worker->dim[c]][a] != batch->dim[worker->dim[c]][b])
            return FALSE;
    return TRUE;
}

/* The row behind the run of `row`; *stretch: where that is in batch->run. */
static guint32 run_end(const struct plx_roll_worker *worker, const struct plx_batch *batch,
                       guint32 row, guint32 *stretch)
{
    guint32 to = row;
    do {
        while (batch->run && batch->run[*stretch] <= to)
            ++*stretch;
        to = batch->run ? batch->run[*stretch] : to + 1;
    } while (to < batch->n && is_same_run(worker, batch, row, to));
    return to;
}

static void add_run(const struct roll_sink *sink, struct plx_roll_worker *worker,
                    const struct plx_batch *batch, guint32 row, guint32 n)
{
    const struct plx_roll_run run = {.unit = plx_roll_unit(sink->map, batch, row),
                                     .encounter = batch->encounter[row],
                                     .row = worker->n_rows,
                                     .n = n,
                                     .audience = code_at(batch, PLX_DIM_AUDIENCE, row),
                                     .day = batch->day ? batch->day[row] : PLX_NO_DAY,
                                     .known = plx_roll_is_known(sink->map, batch, row) ? 1 : 0};
    worker->timed |= run.day != PLX_NO_DAY;
    g_array_append_val(worker->runs, run);
    for (guint c = 0; c < worker->n_columns; c++) {
        const guint32 code = code_at(batch, worker->dim[c], row);
        g_array_append_val(worker->codes, code);
    }
}

/* Values that the scale of their audience does not have are none. */
static guint8 value_at(const struct roll_sink *sink, const struct plx_batch *batch, guint held,
                       guint32 audience, guint32 row)
{
    const gint8 *const values = batch->measure[sink->held[held]];
    const gint8 value = values ? values[row] : PLX_CELL_EMPTY;
    if (value <= PLX_CELL_DECLINED || !audience)
        return (guint8)value;
    const struct plx_scale *const scale = plx_map_scale(sink->map, sink->held[held], audience - 1);
    return (guint8)(value < scale->min || value > scale->max ? PLX_CELL_EMPTY : value);
}

static void add_rows(const struct roll_sink *sink, struct plx_roll_worker *worker,
                     const struct plx_batch *batch, guint32 from, guint32 to)
{
    plx_pages_need(&worker->rows, ((gsize)worker->n_rows + to - from) * sizeof(guint32));
    guint32 *const rows = (guint32 *)(gpointer)worker->rows.data;
    for (guint32 i = from; i < to; i++) {
        guint32 key[3] = {code_at(batch, PLX_DIM_AUDIENCE, i), code_at(batch, PLX_DIM_SUBJECT, i),
                          0};
        for (guint h = 0; h < sink->n_held; h++)
            key[2] = key[2] << 8 | value_at(sink, batch, h, key[0], i);
        rows[worker->n_rows++] = plx_word_map_number(&worker->classes, key, G_N_ELEMENTS(key));
    }
}

/* The sink ----------------------------------------------------------------------------------- */

static void begin(struct plx_roll_worker *worker, const struct plx_dims *dims)
{
    static const guint8 plain[] = {PLX_DIM_PLACE, PLX_DIM_CHANNEL, PLX_DIM_SOURCE,
                                   PLX_DIM_LANGUAGE};
    worker->dims = dims;
    for (guint i = 0; i < G_N_ELEMENTS(plain); i++)
        worker->dim[worker->n_columns++] = plain[i];
    for (guint d = PLX_DIM_SEGMENT; d < dims->n_dims && worker->n_columns < PLX_ROLL_DIMS; d++)
        worker->dim[worker->n_columns++] = (guint8)d;
}

/* What its rows and runs take in a roll at the very least (plx_roll_bytes). */
static gsize least_bytes(const struct plx_roll_worker *worker)
{
    const gsize run = sizeof(guint64) + sizeof(guint32) + 2 * sizeof(guint16);
    return worker->n_rows * sizeof(guint32) + (worker->runs ? worker->runs->len * run : 0);
}

static void clear_worker(struct plx_roll_worker *worker)
{
    g_clear_pointer(&worker->runs, g_array_unref);
    g_clear_pointer(&worker->codes, g_array_unref);
    g_clear_pointer(&worker->blocks, g_array_unref);
    plx_pages_free(&worker->rows);
    plx_word_map_clear(&worker->classes);
}

static gboolean sink_add(plx_sink *base, guint number, const struct plx_batch *batch,
                         GError **error)
{
    (void)error;
    const struct roll_sink *const sink = (const struct roll_sink *)base;
    struct plx_roll_worker *const worker = &sink->workers[number];
    if (!worker->dims)
        begin(worker, batch->dims);
    worker->full |= worker->dims != batch->dims || least_bytes(worker) > sink->options.most_bytes;
    if (worker->full)
        clear_worker(worker);
    if (worker->full || !is_plain(sink, batch))
        return TRUE;
    g_array_append_val(worker->blocks, batch->block);
    worker->weighted |= batch->weight != NULL;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        worker->columns |= batch->measure[m] ? 1u << m : 0;
        worker->values |= all_empty(batch, m) ? 0 : 1u << m;
    }
    for (guint32 row = 0, to, stretch = 0; row < batch->n; row = to) {
        to = run_end(worker, batch, row, &stretch);
        add_run(sink, worker, batch, row, to - row);
        add_rows(sink, worker, batch, row, to);
    }
    return TRUE;
}

static gboolean sink_retract(plx_sink *base, guint number, const struct plx_batch *batch,
                             GError **error)
{
    (void)base;
    (void)number;
    (void)batch;
    return plx_error(error, PLX_ERROR_BUG, "a roll takes nothing back");
}

static gboolean sink_suspects(plx_sink *base, struct plx_suspect **suspects, gsize *n,
                              GError **error)
{
    (void)base;
    (void)error;
    *suspects = NULL;
    *n = 0;
    return TRUE;
}

static gboolean sink_finish(plx_sink *base, GError **error)
{
    (void)error;
    struct roll_sink *const sink = (struct roll_sink *)base;
    plx_roll *const roll = g_new0(plx_roll, 1);
    roll->n_held = sink->n_held;
    memcpy(roll->held, sink->held, sizeof sink->held);
    if (plx_roll_make(roll, sink->workers, sink->n_workers, sink->map, sink->options.most_bytes))
        sink->roll = roll;
    else
        plx_roll_free(roll);
    return TRUE;
}

static void sink_free(plx_sink *base)
{
    struct roll_sink *const sink = (struct roll_sink *)base;
    for (guint w = 0; w < sink->n_workers; w++)
        clear_worker(&sink->workers[w]);
    g_free(sink->workers);
    plx_roll_free(sink->roll);
    g_free(sink);
}

plx_sink *plx_roll_sink_new(const plx_map *map, const struct plx_roll_options *options)
{
    struct roll_sink *const sink = g_new0(struct roll_sink, 1);
    sink->base = (plx_sink){.add = sink_add,
                            .retract = sink_retract,
                            .suspects = sink_suspects,
                            .finish = sink_finish,
                            .free = sink_free};
    sink->map = map;
    sink->options = *options;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (options->measures >> m & 1 && map->measures[m].scale &&
            sink->n_held < PLX_ROLL_MEASURES)
            sink->held[sink->n_held++] = (guint8)m;
    sink->n_workers = MAX(options->threads, 1);
    sink->workers = g_new0(struct plx_roll_worker, sink->n_workers);
    for (guint w = 0; w < sink->n_workers; w++) {
        struct plx_roll_worker *const worker = &sink->workers[w];
        worker->runs = g_array_new(FALSE, FALSE, sizeof(struct plx_roll_run));
        worker->codes = g_array_new(FALSE, FALSE, sizeof(guint32));
        worker->blocks = g_array_new(FALSE, FALSE, sizeof(guint64));
    }
    return &sink->base;
}

plx_roll *plx_roll_sink_take(plx_sink *base)
{
    return g_steal_pointer(&((struct roll_sink *)base)->roll);
}
