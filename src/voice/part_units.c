/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/part.h"

#include "base/date.h"

#include <string.h>

#define AHEAD 12
/* Fewer rows than one in so many are packed one by one. */
#define SPARSE 4

/* Where a stream's rows of one block come from. */
struct writer {
    struct plx_record_format format;
    const guint32 *cell[32];
    const guint64 *weight;
    const gint8 *value[PLX_MEASURES_MAX]; /* by place in the row; NULL: all empty */
};

static gboolean is_anonymous(const struct plx_part *part, const struct plx_batch *batch,
                             guint32 row)
{
    const guint32 *column = batch->dim[PLX_DIM_AUDIENCE];
    guint32 code = column ? column[row] : batch->dim_constant[PLX_DIM_AUDIENCE];
    return code && part->plan->map->audiences[code - 1].identity == PLX_IDENTITY_ANONYMOUS;
}

static void writer_init(struct writer *writer, const struct plx_part *part, guint s,
                        const struct plx_batch *batch, guint32 from)
{
    const struct plx_count_stream *stream = &part->plan->streams[s];
    const struct plx_record_format *old = part->streams[s].format;
    *writer = (struct writer){.weight = batch->weight};
    struct plx_record_format *format = &writer->format;
    format->n_cells = stream->groups->len;
    format->cell_bytes = old ? old->cell_bytes : 1;
    for (guint c = 0; c < format->n_cells; c++) {
        const struct plx_part_group *group = &part->groups[g_array_index(stream->groups, guint, c)];
        writer->cell[c] = group->cell;
        const guint needed = group->cells.n > G_MAXUINT16 ? 4 : group->cells.n > G_MAXUINT8 ? 2 : 1;
        format->cell_bytes = MAX(format->cell_bytes, needed);
    }
    format->timed = stream->timed;
    format->weighted = stream->weights && batch->weight;
    format->measures = old ? old->measures : 0;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (stream->measures >> m & 1 && batch->measure[m])
            format->measures |= 1u << m;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (format->measures >> m & 1)
            writer->value[format->n_values++] = batch->measure[m] ? batch->measure[m] + from : NULL;
    if (writer->weight)
        writer->weight += from;
    format->stride = format->n_cells * format->cell_bytes + (format->timed ? 8 : 0) +
                     (format->weighted ? 8 : 0) + format->n_values;
}

static gint64 seconds_of(const struct plx_part *part, const struct plx_batch *batch, guint32 row)
{
    gint64 seconds = batch->seconds ? batch->seconds[row] : PLX_NO_TIME;
    if (seconds == PLX_NO_TIME && batch->day && batch->day[row] != PLX_NO_DAY)
        seconds = (gint64)batch->day[row] * PLX_DAY_SECONDS;
    if (seconds == PLX_NO_TIME || !is_anonymous(part, batch, row))
        return seconds;
    return (gint64)plx_date_of_seconds(seconds) * PLX_DAY_SECONDS;
}

static guint8 *write_row(const struct writer *writer, guint8 *at, guint row, gint64 seconds)
{
    const struct plx_record_format *format = &writer->format;
    for (guint c = 0; c < format->n_cells; c++) {
        memcpy(at, &writer->cell[c][row], format->cell_bytes); /* little-endian: the low bytes */
        at += format->cell_bytes;
    }
    if (format->timed) {
        memcpy(at, &seconds, 8);
        at += 8;
    }
    if (format->weighted) {
        memcpy(at, &writer->weight[row], 8);
        at += 8;
    }
    for (guint v = 0; v < format->n_values; v++)
        *at++ = (guint8)(writer->value[v] ? writer->value[v][row] : PLX_CELL_EMPTY);
    return at;
}

/* Packs n rows, column by column: a loop over the parts of each row would cost more than they do.
 */
static void pack_rows(const struct writer *writer, guint n, guint8 *out)
{
    const struct plx_record_format *format = &writer->format;
    const gsize stride = format->stride;
    for (guint c = 0; c < format->n_cells; c++, out += format->cell_bytes) {
        const guint32 *cell = writer->cell[c];
        for (guint i = 0; format->cell_bytes == 1 && i < n; i++)
            out[i * stride] = (guint8)cell[i];
        for (guint i = 0; format->cell_bytes == 2 && i < n; i++) {
            guint16 narrow = (guint16)cell[i];
            memcpy(out + i * stride, &narrow, 2);
        }
        for (guint i = 0; format->cell_bytes == 4 && i < n; i++)
            memcpy(out + i * stride, &cell[i], 4);
    }
    const guint64 *weight = writer->weight;
    for (guint i = 0; format->weighted && i < n; i++)
        memcpy(out + i * stride, &weight[i], 8);
    out += format->weighted ? 8 : 0;
    for (guint v = 0; v < format->n_values; v++, out++) {
        const gint8 *value = writer->value[v];
        for (guint i = 0; i < n; i++)
            out[i * stride] = (guint8)(value ? value[i] : PLX_CELL_EMPTY);
    }
}

static const char *text_at(const struct plx_batch *batch, guint dim, guint32 row)
{
    const guint32 code = batch->dim[dim] ? batch->dim[dim][row] : batch->dim_constant[dim];
    return code ? plx_dict_text(batch->dims->dict[dim], code) : "";
}

/* The table of a workshop that a row comes from: what people say there hangs together. By its text,
 * so that every file, block and thread means the same; 0: none is named. */
static guint64 table_at(const struct plx_batch *batch, guint32 row)
{
    const char *workshop = text_at(batch, PLX_DIM_WORKSHOP, row);
    const char *table = *workshop ? text_at(batch, PLX_DIM_TABLE, row) : "";
    if (!*table)
        return 0;
    return MAX(plx_hash_text(plx_hash_text(1, workshop) * PLX_HASH_FACTOR, table), 1);
}

static struct plx_part_run run_at(const struct plx_part *part, const struct plx_batch *batch,
                                  guint32 row, guint n)
{
    struct plx_part_run run = {
        .unit = batch->unit[row],
        .encounter = batch->encounter[row],
        .table = table_at(batch, row),
        .from = row,
        .group_size = batch->group_size ? batch->group_size[row] : 1,
        .n = (guint8)n,
        .known = batch->known && batch->known[row],
    };
    if (is_anonymous(part, batch, row)) {
        run.unit = run.encounter;
        run.known = FALSE;
    }
    return run;
}

static guint8 *begin_run(struct plx_records *records, const struct plx_part_run *run, gboolean back,
                         guint stride)
{
    guint64 hash = run->unit * PLX_HASH_FACTOR;
    gboolean more = back || (!run->known && run->group_size != 1) || run->table;
    gboolean same = run->unit == run->encounter;
    guint8 *at = plx_records_take(records, hash,
                                  8u + (same ? 0 : 8) + (more ? 4 : 0) + (run->table ? 8 : 0) +
                                      (gsize)run->n * stride);
    guint64 head = hash << 8 | run->n | (run->known ? PLX_RUN_KNOWN : 0u) |
                   (same ? PLX_RUN_SAME : 0u) | (more ? PLX_RUN_MORE : 0u);
    memcpy(at, &head, 8);
    at += 8;
    if (!same) {
        memcpy(at, &run->encounter, 8);
        at += 8;
    }
    if (more) {
        guint32 rest = (guint32)run->group_size << 2 | (back ? PLX_RUN_BACK : 0u) |
                       (run->table ? PLX_RUN_TABLE : 0u);
        memcpy(at, &rest, 4);
        at += 4;
    }
    if (run->table) {
        memcpy(at, &run->table, 8);
        at += 8;
    }
    return at;
}

/* The first row behind `row` that may be of another run; *stretch: where that is in batch->run. */
static inline guint32 next_stretch(const struct plx_batch *batch, guint32 row, guint32 *stretch)
{
    if (!batch->run)
        return row + 1;
    while (batch->run[*stretch] <= row)
        ++*stretch;
    return batch->run[*stretch];
}

/* The row after the run that begins at `row`. */
static inline guint32 run_end(const struct plx_batch *batch, guint32 row, guint32 end,
                              guint32 *stretch)
{
    guint32 to = next_stretch(batch, row, stretch);
    end = MIN(end, row + PLX_RUN_ROWS);
    const guint32 *audience = batch->dim[PLX_DIM_AUDIENCE];
    const guint32 *workshop = batch->dim[PLX_DIM_WORKSHOP], *table = batch->dim[PLX_DIM_TABLE];
    while (to < end && batch->unit[to] == batch->unit[row] &&
           batch->encounter[to] == batch->encounter[row] &&
           (!batch->constancy || batch->constancy[to] == batch->constancy[row]) &&
           (!batch->group_size || batch->group_size[to] == batch->group_size[row]) &&
           (!batch->known || batch->known[to] == batch->known[row]) &&
           (!audience || audience[to] == audience[row]) &&
           (!workshop || workshop[to] == workshop[row]) && (!table || table[to] == table[row]))
        to = next_stretch(batch, to, stretch);
    return MIN(to, end);
}

/* Marks the rows that fall into a cell of the main stream. */
static void mark_rows(const struct plx_part *part, guint n, guint8 *in_cell)
{
    const GArray *const groups = part->plan->streams[0].groups;
    memset(in_cell, 0, n);
    for (guint c = 0; c < groups->len; c++) {
        const guint32 *const cell = part->groups[g_array_index(groups, guint, c)].cell;
        for (guint i = 0; i < n; i++)
            in_cell[i] |= cell[i] != PLX_NO_CELL;
    }
}

/* Each run begins with a row that is in a cell; without `in_cell` all rows belong to one. */
static guint find_runs(const struct plx_part *part, const struct plx_batch *batch, guint32 from,
                       guint n, const guint8 *in_cell, struct plx_part_run *runs)
{
    guint n_runs = 0;
    guint32 stretch = 0;
    for (guint32 row = from, to; row < from + n; row = to) {
        if (in_cell && !in_cell[row - from]) {
            const guint8 *const next = memchr(in_cell + (row - from), 1, from + n - row);
            to = next ? from + (guint32)(next - in_cell) : from + n;
            continue;
        }
        to = run_end(batch, row, from + n, &stretch);
        runs[n_runs++] = run_at(part, batch, row, to - row);
    }
    return n_runs;
}

static void add_main(struct plx_part *part, const struct plx_batch *batch, guint32 from, guint n,
                     const struct plx_part_run *runs, guint n_runs, gboolean back)
{
    struct writer writer;
    struct plx_records *records = &part->streams[0];
    writer_init(&writer, part, 0, batch, from);
    plx_records_set_format(records, &writer.format);
    gsize stride = writer.format.stride;
    guint in_runs = 0;
    for (guint r = 0; r < n_runs; r++)
        in_runs += runs[r].n;
    const gboolean packed = in_runs > n / SPARSE;
    plx_pages_need(&part->packed, n * stride + 1); /* a place also for rows that carry nothing */
    if (packed)
        pack_rows(&writer, n, part->packed.data);
    /* Runs go to places far apart: each is asked for while the ones before it are written. */
    for (guint r = 0; r < n_runs; r++) {
        if (r + AHEAD < n_runs)
            plx_records_fetch(records, runs[r + AHEAD].unit * PLX_HASH_FACTOR);
        guint8 *at = begin_run(records, &runs[r], back, writer.format.stride);
        for (guint i = 0; !packed && i < runs[r].n; i++)
            at = write_row(&writer, at, runs[r].from - from + i, 0);
        if (packed)
            memcpy(at, part->packed.data + (runs[r].from - from) * stride, runs[r].n * stride);
    }
}

static gboolean has_value(const struct plx_part *part, const struct plx_batch *batch, guint32 row,
                          guint32 measures)
{
    const guint32 *column = batch->dim[PLX_DIM_AUDIENCE];
    guint32 code = column ? column[row] : batch->dim_constant[PLX_DIM_AUDIENCE];
    for (guint m = 0; measures >> m; m++)
        if (measures >> m & 1 &&
            part->plan->slot_any[m][code * 256 + (guint8)batch->measure[m][row]] == 0)
            return TRUE;
    return FALSE;
}

/* First answers: few rows, one run each. */
static void add_timed(struct plx_part *part, guint s, const struct plx_batch *batch, guint32 from,
                      guint n, gboolean back)
{
    guint32 measures = 0;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (part->plan->streams[s].measures >> m & 1 && batch->measure[m])
            measures |= 1u << m;
    if (!measures)
        return;
    struct writer writer;
    writer_init(&writer, part, s, batch, from);
    plx_records_set_format(&part->streams[s], &writer.format);
    for (guint i = 0; i < n; i++) {
        if (writer.cell[0][i] == PLX_NO_CELL || !has_value(part, batch, from + i, measures))
            continue;
        const struct plx_part_run run = run_at(part, batch, from + i, 1);
        guint8 *at = begin_run(&part->streams[s], &run, back, writer.format.stride);
        write_row(&writer, at, i, seconds_of(part, batch, from + i));
    }
}

void plx_part_add_units(struct plx_part *part, const struct plx_batch *batch, guint32 from,
                        guint32 n, gboolean back)
{
    struct plx_part_run runs[PLX_CELL_BLOCK];
    guint8 in_cell[PLX_CELL_BLOCK];
    const gboolean some = part->plan->leaves_totals;
    if (some)
        mark_rows(part, n, in_cell);
    guint n_runs = find_runs(part, batch, from, n, some ? in_cell : NULL, runs);
    if (!some)
        plx_part_add_keys(part, batch, runs, n_runs, n, back);
    if (part->plan->streams[0].groups->len && n_runs)
        add_main(part, batch, from, n, runs, n_runs, back);
    for (guint s = 1; s < part->plan->n_streams; s++)
        add_timed(part, s, batch, from, n, back);
}
