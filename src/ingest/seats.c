/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/seats.h"

#include "ingest/worker_private.h"

/* Noting ------------------------------------------------------------------------------------ */

static guint hash_seat(gconstpointer data)
{
    const struct plx_seat *const seat = data;
    const guint64 mixed = plx_mix(seat->table, (guint64)seat->audience << 16 | seat->group_size);
    return (guint)(mixed ^ mixed >> 32);
}

static gboolean same_seat(gconstpointer a, gconstpointer b)
{
    const struct plx_seat *const x = a, *const y = b;
    return x->table == y->table && x->audience == y->audience && x->group_size == y->group_size;
}

static void free_seat(gpointer data)
{
    g_free(((struct plx_seat *)data)->name);
    g_free(data);
}

void plx_seats_init(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    gboolean own = FALSE;
    for (guint v = 0; v < b->n_views; v++)
        own |= b->views[v].audience >= 0;
    if (b->workshop.set && b->table.set && !own)
        worker->seats.first = g_hash_table_new_full(hash_seat, same_seat, free_seat, NULL);
}

void plx_seats_clear(struct plx_seats *seats)
{
    g_clear_pointer(&seats->first, g_hash_table_unref);
    seats->last = NULL;
}

static char *shown(const plx_worker *worker, const struct plx_bound *bound, guint32 i)
{
    guint32 n;
    if (bound->column < 0)
        return plx_shown(bound->constant, strlen(bound->constant));
    const char *const text = plx_cell(&worker->chunk.rows, i, (guint)bound->column, &n);
    return plx_shown(text, n);
}

static void place(plx_worker *worker, const struct plx_bound *bound, guint32 i, guint64 *line,
                  guint64 *column)
{
    const struct plx_rows *const rows = &worker->chunk.rows;
    if (bound->column >= 0)
        plx_worker_place(worker,
                         (gsize)(guint32)(rows->at[i * rows->stride + (guint)bound->column] + 1),
                         line, column);
}

static const struct plx_seat *add_seat(plx_worker *worker, const struct plx_seat *found, guint32 i)
{
    const plx_binding *const b = worker->binding;
    struct plx_seat *const seat = g_memdup2(found, sizeof *found);
    g_autofree char *table = shown(worker, &b->table, i);
    g_autofree char *workshop = shown(worker, &b->workshop, i);
    seat->block = worker->block.number;
    seat->row = plx_row_number(&worker->chunk.rows, i);
    seat->name = g_strdup_printf("table %s of workshop %s", table, workshop);
    place(worker, &b->audience, i, &seat->audience_line, &seat->audience_column);
    place(worker, &b->group_size, i, &seat->size_line, &seat->size_column);
    g_hash_table_add(worker->seats.first, seat);
    return seat;
}

/* The first row of a run that is not wrong; `end`: none is. */
static guint32 first_good(const struct plx_chunk *chunk, guint32 i, guint32 end)
{
    while (i < end && chunk->bad[i])
        i++;
    return i;
}

void plx_seats_note(plx_worker *worker)
{
    struct plx_seats *const seats = &worker->seats;
    const struct plx_fresh *const about = worker->chunk.about;
    for (guint32 k = 0; seats->first && k < about->n; k++) {
        const guint64 workshop = worker->workshop[k], table = worker->table[k];
        const guint32 i = first_good(&worker->chunk, about->row[k], about->row[k + 1]);
        if (!workshop || !table || i == about->row[k + 1])
            continue;
        const guint64 own = worker->dataset_text ? worker->dataset_text[k] : 0;
        const struct plx_seat seat = {
            .table = plx_mix(plx_mix(workshop, table), own ? own : worker->dataset),
            .audience = worker->audience_code[i],
            .group_size = worker->group_size ? worker->group_size[i] : 1};
        if (seats->last && same_seat(seats->last, &seat))
            continue;
        seats->last = g_hash_table_lookup(seats->first, &seat);
        if (!seats->last)
            seats->last = add_seat(worker, &seat, i);
    }
}

/* Judging ----------------------------------------------------------------------------------- */

static gint by_table(gconstpointer a, gconstpointer b)
{
    const struct plx_seat *const x = *(const struct plx_seat *const *)a;
    const struct plx_seat *const y = *(const struct plx_seat *const *)b;
    if (x->table != y->table)
        return x->table < y->table ? -1 : 1;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->row == y->row ? 0 : x->row < y->row ? -1 : 1;
}

static void add_fault(struct plx_faults *faults, const struct plx_seat *seat, guint64 line,
                      guint64 column, char *message)
{
    const struct plx_fault fault = {.block = seat->block,
                                    .row = seat->row,
                                    .line = line,
                                    .column = column,
                                    .fatal = TRUE,
                                    .code = PLX_ERROR_INPUT,
                                    .message = message};
    plx_faults_add(faults, &fault);
}

/* Is this row's audience, or the size of its group, another one than before? */
static void judge_seat(const struct plx_seat *seat, const struct plx_seat *first,
                       const struct plx_seat *group, const plx_binding *b,
                       const plx_line_table *lines, struct plx_faults *faults)
{
    const struct plx_audience *const audiences = b->map->audiences;
    if (seat->audience != first->audience) {
        char *const message = g_strdup_printf(
            "%s is \"%s\" here but \"%s\" on line %" G_GUINT64_FORMAT "; %s has one audience",
            b->names[b->audience.column], audiences[seat->audience - 1].id,
            audiences[first->audience - 1].id,
            plx_line_table_find(lines, first->block, first->audience_line), seat->name);
        add_fault(faults, seat, seat->audience_line, seat->audience_column, message);
    } else if (seat->group_size > 1 && group && seat->group_size != group->group_size) {
        char *const message =
            g_strdup_printf("%s is %u here but %u on line %" G_GUINT64_FORMAT "; %s is one group",
                            b->names[b->group_size.column], seat->group_size, group->group_size,
                            plx_line_table_find(lines, group->block, group->size_line), seat->name);
        add_fault(faults, seat, seat->size_line, seat->size_column, message);
    }
}

void plx_seats_judge(plx_worker *const *workers, guint n, const plx_binding *binding,
                     const plx_line_table *lines, struct plx_faults *faults)
{
    g_autoptr(GPtrArray) seats = g_ptr_array_new();
    for (guint w = 0; w < n; w++) {
        GHashTableIter iter;
        gpointer seat;
        if (!workers[w]->seats.first)
            return;
        g_hash_table_iter_init(&iter, workers[w]->seats.first);
        while (g_hash_table_iter_next(&iter, &seat, NULL))
            g_ptr_array_add(seats, seat);
    }
    g_ptr_array_sort(seats, by_table);
    const struct plx_seat *first = NULL, *group = NULL;
    for (guint s = 0; s < seats->len; s++) {
        const struct plx_seat *const seat = seats->pdata[s];
        if (!first || first->table != seat->table) {
            first = seat;
            group = NULL;
        }
        judge_seat(seat, first, group, binding, lines, faults);
        if (!group && seat->group_size > 1)
            group = seat;
    }
}
