/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/repeats.h"

static void mark(guint8 *marks, const struct plx_bound *bound)
{
    if (bound->set && bound->column >= 0)
        marks[bound->column] = 1;
}

/* Columns that are likely to repeat: everything about the encounter, nothing about the answer. */
static void mark_columns(const plx_binding *binding, guint8 *marks)
{
    const struct plx_bound *const about[] = {
        &binding->dataset_of_row, &binding->audience, &binding->place, &binding->channel,
        &binding->source,         &binding->language, &binding->time,  &binding->respondent,
        &binding->workshop,       &binding->table,
    };
    for (gsize i = 0; i < G_N_ELEMENTS(about); i++)
        mark(marks, about[i]);
    for (guint k = 0; k < binding->n_encounter; k++)
        mark(marks, &binding->encounter[k]);
    for (guint s = 0; s < binding->n_segments; s++)
        mark(marks, &binding->segments[s]);
    for (guint v = 0; v < binding->n_views; v++)
        mark(marks, &binding->views[v].subject[PLX_SUBJECT_JOURNEY]);
}

void plx_repeats_init(struct plx_repeats *repeats, const plx_binding *binding)
{
    const guint n = binding->n_columns;
    g_autofree guint8 *marks = g_malloc0(n + 1);
    mark_columns(binding, marks);
    repeats->stretches = g_ptr_array_new_with_free_func(g_free);
    repeats->fresh = g_new(const struct plx_fresh *, n);
    for (guint32 i = 0; i < PLX_CHUNK_ROWS; i++)
        repeats->every.row[i] = repeats->every.from[i] = i;
    for (guint column = 0; column < n; column++)
        repeats->fresh[column] = &repeats->every;
    for (guint first = 0, end; first < n; first = end) {
        for (end = first; marks[end];)
            end++;
        if (end - first < 2) { /* comparing one cell costs as much as reading it */
            end = first + 1;
            continue;
        }
        struct plx_fresh *const fresh = g_new0(struct plx_fresh, 1);
        fresh->first = first;
        fresh->last = end - 1;
        g_ptr_array_add(repeats->stretches, fresh);
        for (guint column = first; column < end; column++)
            repeats->fresh[column] = fresh;
    }
}

void plx_repeats_clear(struct plx_repeats *repeats)
{
    g_clear_pointer(&repeats->stretches, g_ptr_array_unref);
    g_clear_pointer(&repeats->fresh, g_free);
}

/* Two words at a time, in one register where the machine has such. */
typedef guint64 plx_two_words __attribute__((vector_size(16)));

static inline plx_two_words difference(const char *a, const char *b)
{
    plx_two_words x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x ^ y;
}

/* TRUE when n bytes differ; 16 bytes may be read in any case. */
static inline gboolean differ(const char *a, const char *b, guint32 n)
{
    if (G_UNLIKELY(n < 16)) {
        guint64 a_lo, a_hi, b_lo, b_hi;
        plx_load16(a, n, &a_lo, &a_hi);
        plx_load16(b, n, &b_lo, &b_hi);
        return ((a_lo ^ b_lo) | (a_hi ^ b_hi)) != 0;
    }
    plx_two_words all = difference(a + n - 16, b + n - 16);
    for (guint32 i = 0; i + 16 < n; i += 16)
        all |= difference(a + i, b + i);
    return (all[0] | all[1]) != 0;
}

static void find(struct plx_fresh *fresh, const struct plx_chunk *chunk)
{
    const struct plx_rows *const rows = &chunk->rows;
    const guint width = fresh->last + 1 - fresh->first;
    const guint32 *at = rows->at + fresh->first;
    guint32 n = 0, above = 0, above_length = 0;
    for (guint32 i = 0; i < rows->n; i++, at += rows->stride) {
        const guint32 begin = at[0] + 1, length = at[width] - begin;
        gboolean is_new = i == 0 || length != above_length || chunk->bad[i - 1];
        if (!is_new)
            is_new = differ(rows->text + begin, rows->text + above, length);
        fresh->row[n] = i;
        n += is_new ? 1 : 0;
        fresh->from[i] = n - 1;
        above = begin;
        above_length = length;
    }
    fresh->n = n;
}

void plx_repeats_find(struct plx_repeats *repeats, struct plx_chunk *chunk)
{
    repeats->every.n = chunk->rows.n;
    for (guint s = 0; s < repeats->stretches->len; s++)
        find(g_ptr_array_index(repeats->stretches, s), chunk);
    chunk->fresh = repeats->fresh;
}

void plx_repeats_fault(struct plx_chunk *chunk, guint column, guint first)
{
    const struct plx_fresh *const fresh = chunk->fresh[column];
    const guint end = chunk->faults->len;
    if (fresh->n == chunk->rows.n)
        return;
    for (guint f = first; f < end; f++) {
        const struct plx_cell_fault fault = g_array_index(chunk->faults, struct plx_cell_fault, f);
        const guint32 place = fresh->from[fault.row];
        for (guint32 i = fault.row + 1; i < chunk->rows.n && fresh->from[i] == place; i++)
            plx_chunk_fault(chunk, i, fault.column, g_strdup(fault.message));
    }
}
