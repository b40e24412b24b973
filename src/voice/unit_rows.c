/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/batch.h"
#include "voice/units_private.h"

#include <string.h>

gint plx_unit_compare(const void *a, const void *b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return (x > y) - (x < y);
}

void plx_unit_sort(guint64 *numbers, gsize n)
{
    if (n > 32) {
        qsort(numbers, n, sizeof *numbers, plx_unit_compare);
        return;
    }
    for (gsize i = 1; i < n; i++) {
        guint64 number = numbers[i];
        gsize at = i;
        for (; at > 0 && numbers[at - 1] > number; at--)
            numbers[at] = numbers[at - 1];
        numbers[at] = number;
    }
}

gboolean plx_unit_may_repeat(const guint64 *hashes, guint n)
{
    if (n > 96)
        return TRUE;
    guint64 seen[4] = {0};
    gboolean repeats = FALSE;
    for (guint i = 0; i < n; i++) {
        guint64 bit = G_GUINT64_CONSTANT(1) << (hashes[i] >> 56 & 63);
        guint64 *word = &seen[hashes[i] >> 62];
        repeats |= (*word & bit) != 0;
        *word |= bit;
    }
    return repeats;
}

/* ---- decoding the rows of a unit ---- */

void plx_unit_rows_room(struct plx_unit_rows *rows, guint n, guint n_cells)
{
    if (n <= rows->room)
        return;
    rows->room = MAX(n, 2 * rows->room);
    rows->encounter = g_renew(guint64, rows->encounter, rows->room);
    rows->table = g_renew(guint64, rows->table, rows->room);
    rows->flags = g_renew(guint8, rows->flags, rows->room);
    rows->seconds = g_renew(gint64, rows->seconds, rows->room);
    rows->weight = g_renew(guint64, rows->weight, rows->room);
    rows->group_size = g_renew(guint16, rows->group_size, rows->room);
    rows->order = g_renew(guint64, rows->order, 2 * (gsize)rows->room);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        rows->value[m] = g_renew(gint8, rows->value[m], rows->room);
    for (guint c = 0; c < n_cells; c++)
        rows->cell[c] = g_renew(guint32, rows->cell[c], rows->room);
}

static const guint8 *decode_cells(struct worker *worker, const struct run *run, const guint8 *from)
{
    const struct source *source = &g_array_index(worker->sources, struct source, run->source);
    const struct plx_record_format *format = source->format;
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    struct plx_unit_rows *rows = &worker->rows;
    for (guint c = 0; c < format->n_cells; c++) {
        guint g = g_array_index(stream->groups, guint, c);
        const guint32 *map = worker->canon->groups[g].map[source->part];
        guint32 *cell = &rows->cell[c][rows->n];
        for (guint i = 0; i < run->n; i++) {
            const guint32 local =
                plx_record_cell(from + (gsize)i * format->stride, format->cell_bytes);
            cell[i] = local == PLX_NO_CELL ? PLX_NO_CELL : map[local];
        }
        from += format->cell_bytes;
    }
    return from;
}

static void decode_values(struct worker *worker, const struct run *run, const guint8 *from)
{
    const struct source *source = &g_array_index(worker->sources, struct source, run->source);
    const struct plx_record_format *format = source->format;
    guint32 wanted = worker->plan->streams[worker->stream].measures;
    for (guint m = 0; wanted >> m; m++) {
        if (!(wanted >> m & 1))
            continue;
        gint8 *value = &worker->rows.value[m][worker->rows.n];
        if (!(format->measures >> m & 1)) {
            memset(value, (guint8)PLX_CELL_EMPTY, run->n);
            continue;
        }
        for (guint i = 0; i < run->n; i++)
            value[i] = (gint8)from[(gsize)i * format->stride];
        from++;
    }
}

static void decode_run(struct worker *worker, const struct run *run)
{
    const struct source *source = &g_array_index(worker->sources, struct source, run->source);
    const struct plx_record_format *format = source->format;
    struct plx_unit_rows *rows = &worker->rows;
    const guint8 *from = decode_cells(worker, run, run->rows);
    guint8 flags = run->rest & PLX_RUN_BACK ? PLX_ROW_BACK : 0;
    guint64 table = 0;
    if (run->rest & PLX_RUN_TABLE)
        memcpy(&table, run->rows - 8, 8);
    rows->measures |= format->measures;
    for (guint i = 0; i < run->n; i++) {
        rows->encounter[rows->n + i] = run->encounter;
        rows->table[rows->n + i] = table;
        rows->flags[rows->n + i] = flags;
        rows->group_size[rows->n + i] = run->group_size;
    }
    for (guint i = 0; format->timed && i < run->n; i++)
        memcpy(&rows->seconds[rows->n + i], from + (gsize)i * format->stride, 8);
    from += format->timed ? 8 : 0;
    for (guint i = 0; format->weighted && i < run->n; i++)
        memcpy(&rows->weight[rows->n + i], from + (gsize)i * format->stride, 8);
    for (guint i = 0; !format->weighted && i < run->n; i++)
        rows->weight[rows->n + i] = PLX_WEIGHT_ONE;
    from += format->weighted ? 8 : 0;
    decode_values(worker, run, from);
    rows->n += run->n;
}

/* ---- rows taken back ---- */

/* Everything that a row in the records is. */
static guint64 hash_row(const struct worker *worker, guint row)
{
    const struct plx_unit_rows *rows = &worker->rows;
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    guint64 hash = rows->encounter[row];
    const guint64 parts[] = {rows->weight[row], rows->table[row],
                             stream->timed ? (guint64)rows->seconds[row] : 0};
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        hash = ((hash ^ parts[i]) * PLX_HASH_FACTOR) ^ (hash >> 31);
    for (guint c = 0; c < stream->groups->len; c++)
        hash = ((hash ^ rows->cell[c][row]) * PLX_HASH_FACTOR) ^ (hash >> 31);
    for (guint m = 0; stream->measures >> m; m++)
        if (stream->measures >> m & 1)
            hash = ((hash ^ (guint8)rows->value[m][row]) * PLX_HASH_FACTOR) ^ (hash >> 31);
    return hash;
}

static void copy_row(struct worker *worker, guint from, guint to)
{
    struct plx_unit_rows *rows = &worker->rows;
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    rows->encounter[to] = rows->encounter[from];
    rows->table[to] = rows->table[from];
    rows->flags[to] = rows->flags[from];
    rows->seconds[to] = rows->seconds[from];
    rows->weight[to] = rows->weight[from];
    rows->group_size[to] = rows->group_size[from];
    for (guint c = 0; c < stream->groups->len; c++)
        rows->cell[c][to] = rows->cell[c][from];
    for (guint m = 0; stream->measures >> m; m++)
        if (stream->measures >> m & 1)
            rows->value[m][to] = rows->value[m][from];
}

/* Drops each row that takes back together with one equal row (equal rows are interchangeable). */
static void cancel_rows(struct worker *worker)
{
    struct plx_unit_rows *rows = &worker->rows;
    g_autoptr(GArray) back = g_array_new(FALSE, FALSE, sizeof(guint64));
    for (guint i = 0; i < rows->n; i++) {
        guint64 hash = hash_row(worker, i);
        if (rows->flags[i] & PLX_ROW_BACK)
            g_array_append_val(back, hash);
    }
    plx_unit_sort((guint64 *)(gpointer)back->data, back->len);
    /* How many of the equal ones that begin at a place have been used; there may be many. */
    g_autofree guint *used = g_new0(guint, back->len + 1);
    guint kept = 0;
    for (guint i = 0; i < rows->n; i++) {
        if (rows->flags[i] & PLX_ROW_BACK)
            continue;
        guint64 hash = hash_row(worker, i);
        guint low = 0, high = back->len;
        while (low < high) {
            guint middle = low + (high - low) / 2;
            if (g_array_index(back, guint64, middle) < hash)
                low = middle + 1;
            else
                high = middle;
        }
        const guint next = low < back->len ? low + used[low] : low;
        if (next < back->len && g_array_index(back, guint64, next) == hash)
            used[low]++;
        else
            copy_row(worker, i, kept++);
    }
    rows->n = kept;
}

/* ---- all of it ---- */

void plx_unit_rows_read(struct worker *worker, const struct unit *unit)
{
    struct plx_unit_rows *rows = &worker->rows;
    plx_unit_rows_room(rows, unit->n_rows, worker->plan->n_groups);
    rows->n = 0;
    rows->measures = 0;
    rows->known = unit->known;
    rows->group_sizes = unit->more;
    rows->tables = unit->table;
    for (guint32 r = unit->first; r;) {
        const struct run *run = run_at(worker, r);
        decode_run(worker, run);
        r = run->next;
    }
    if (unit->back)
        cancel_rows(worker);
}

void plx_unit_rows_clear(struct plx_unit_rows *rows, guint n_cells)
{
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        g_free(rows->value[m]);
    for (guint c = 0; c < n_cells; c++)
        g_free(rows->cell[c]);
    g_free(rows->encounter);
    g_free(rows->table);
    g_free(rows->flags);
    g_free(rows->seconds);
    g_free(rows->weight);
    g_free(rows->group_size);
    g_free(rows->order);
    g_free(rows->cell);
}
