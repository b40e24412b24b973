/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observations of a view to where the pass wants them: as batches to a sink, or as signatures
 * to the second look. */

#include "ingest/worker_private.h"

static gboolean has_answer(const struct worker_view *view, guint32 i)
{
    gboolean any = view->note && view->note[i].length > 0;
    for (guint k = 0; k < view->bound->n_asks; k++)
        any |= view->measure[k][i] != PLX_CELL_EMPTY;
    return any || (view->surprise && view->surprise[i] != PLX_CELL_EMPTY) ||
           (view->hesitation && view->hesitation[i] != PLX_CELL_EMPTY);
}

static enum plx_subject_kind kind_of(const plx_worker *worker, const struct worker_view *view,
                                     guint32 i)
{
    const guint32 subject = view->subject[view->bound->fixed ? 0 : i];
    return g_array_index(worker->subjects.list, struct plx_subject, subject).kind;
}

/* Is a journey that a view names there as the context of what another one names, or named by an
 * earlier one as well? */
static gboolean is_context(const plx_worker *worker, const struct worker_view *view, guint32 i)
{
    for (guint v = 0; v < worker->binding->n_views; v++) {
        const struct worker_view *const other = &worker->views[v];
        const enum plx_subject_kind kind = kind_of(worker, other, i);
        if (other != view && kind != PLX_SUBJECT_NONE &&
            (kind != PLX_SUBJECT_JOURNEY || other < view))
            return TRUE;
    }
    return FALSE;
}

/* Where a row has several views: does naming the subject alone say that it was asked about? Not
 * when the view names it for every row. */
static gboolean is_asked(const plx_worker *worker, const struct worker_view *view, guint32 i)
{
    const enum plx_subject_kind kind = kind_of(worker, view, i);
    return !view->bound->fixed && kind != PLX_SUBJECT_NONE &&
           (kind != PLX_SUBJECT_JOURNEY || !is_context(worker, view, i));
}

static gboolean is_retracted(const plx_worker *worker, guint32 row, guint view)
{
    const struct plx_retraction *const list = worker->pass->retractions;
    const guint64 block = worker->block.number;
    gsize low = 0, high = worker->pass->n_retractions;
    while (low < high) {
        const gsize middle = low + (high - low) / 2;
        if (list[middle].block < block || (list[middle].block == block && list[middle].row < row))
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < worker->pass->n_retractions && list[low].block == block && list[low].row == row;
         low++)
        if (list[low].view == view || list[low].view == G_MAXUINT32)
            return TRUE;
    return FALSE;
}

/* The rows that are observations of this view and that the pass wants. */
static guint32 choose_rows(plx_worker *worker, const struct worker_view *view, guint number)
{
    const struct plx_chunk *const chunk = &worker->chunk;
    const gboolean several = worker->binding->n_views > 1;
    const gboolean retract = worker->pass->kind == PLX_PASS_RETRACT;
    guint32 n = 0;
    if (!several && worker->pass->kind == PLX_PASS_ADD && chunk->n_bad == 0 &&
        !worker->any_block_bad)
        return chunk->rows.n; /* `keep` is not read where all are kept */
    for (guint32 i = 0; i < chunk->rows.n; i++) {
        if (chunk->bad[i])
            continue;
        if (several && !has_answer(view, i) && !is_asked(worker, view, i))
            continue;
        if (retract && !is_retracted(worker, plx_row_number(&chunk->rows, i), number))
            continue;
        worker->keep[n++] = i;
    }
    return n;
}

/* A column with the kept rows alone; as it is when all are kept. */
static gpointer gather(plx_worker *worker, gconstpointer column, gsize size, guint32 n)
{
    if (!column || n == worker->chunk.rows.n)
        return (gpointer)(guintptr)column;
    if (worker->gathered_used == worker->gathered->len)
        g_ptr_array_add(worker->gathered, g_malloc(sizeof(struct plx_span) * PLX_CHUNK_ROWS));
    gpointer const out = worker->gathered->pdata[worker->gathered_used++];
    const guint32 *const keep = worker->keep;
    if (size == 1) {
        for (guint32 i = 0; i < n; i++)
            ((guint8 *)out)[i] = ((const guint8 *)column)[keep[i]];
    } else if (size == 4) {
        for (guint32 i = 0; i < n; i++)
            ((guint32 *)out)[i] = ((const guint32 *)column)[keep[i]];
    } else if (size == 8) {
        for (guint32 i = 0; i < n; i++)
            ((guint64 *)out)[i] = ((const guint64 *)column)[keep[i]];
    } else {
        for (guint32 i = 0; i < n; i++)
            memcpy((char *)out + i * size, (const char *)column + keep[i] * size, size);
    }
    return out;
}

#define GATHER(column) gather(worker, (column), sizeof *(column), n)

static void fill_dims(plx_worker *worker, const struct worker_view *view, struct plx_batch *batch,
                      guint32 n)
{
    batch->dims = &worker->dims;
    for (guint d = 0; d < worker->dims.n_dims; d++) {
        batch->dim_constant[d] = worker->dim_constant[d];
        if (worker->dim[d])
            batch->dim[d] = GATHER(worker->dim_code[d]);
    }
    if (view->bound->audience >= 0)
        batch->dim_constant[PLX_DIM_AUDIENCE] = (guint32)view->bound->audience + 1;
    else if (worker->audience)
        batch->dim[PLX_DIM_AUDIENCE] = GATHER(worker->audience_code);
    else
        batch->dim_constant[PLX_DIM_AUDIENCE] = worker->audience_constant;
    if (view->bound->fixed)
        batch->dim_constant[PLX_DIM_SUBJECT] = view->subject[0];
    else
        batch->dim[PLX_DIM_SUBJECT] = GATHER(view->subject);
    if (view->coder[PLX_SUBJECT_JOURNEY])
        batch->dim[PLX_DIM_JOURNEY] = GATHER(view->journey_code);
    else
        batch->dim_constant[PLX_DIM_JOURNEY] = view->constant[PLX_SUBJECT_JOURNEY];
    if (view->prompt)
        batch->dim[PLX_DIM_PROMPT] = GATHER(view->prompt_code);
    else
        batch->dim_constant[PLX_DIM_PROMPT] = view->prompt_constant;
    batch->dim_constant[PLX_DIM_ITEM] = view->item_constant;
    batch->dim[PLX_DIM_ITEM] = GATHER(view->item_code);
    if (worker->clock_code)
        batch->dim[PLX_DIM_CLOCK] = GATHER(worker->clock_code);
}

/* The numbers of the chunk's rows within the block. */
static const guint32 *row_numbers(plx_worker *worker)
{
    const struct plx_rows *const rows = &worker->chunk.rows;
    if (rows->number)
        return rows->number;
    const gsize needed = (gsize)rows->first + rows->n;
    if (needed > worker->row_numbers) {
        const gsize known = worker->row_numbers;
        worker->row_numbers = MAX(2 * known, needed);
        worker->row_number = g_renew(guint32, worker->row_number, worker->row_numbers);
        for (gsize i = known; i < worker->row_numbers; i++)
            worker->row_number[i] = (guint32)i;
    }
    return worker->row_number + rows->first;
}

static gboolean emit_batch(plx_worker *worker, const struct worker_view *view, guint32 n,
                           GError **error)
{
    struct plx_batch batch = {.n = n, .block = worker->block.number};
    worker->gathered_used = 0;
    fill_dims(worker, view, &batch, n);
    for (guint k = 0; k < view->bound->n_asks; k++)
        batch.measure[view->bound->asks[k].measure] = GATHER(view->measure[k]);
    batch.day = GATHER(worker->day);
    batch.month = GATHER(worker->month);
    batch.seconds = GATHER(worker->seconds);
    batch.unit = GATHER(view->keys.unit);
    batch.encounter = GATHER(view->keys.encounter);
    batch.known = GATHER(worker->known);
    batch.identity = GATHER(view->identity_short);
    batch.constancy = GATHER(view->keys.constancy_short);
    batch.group_size = GATHER(worker->group_size);
    batch.weight = GATHER(worker->weight);
    batch.seen = GATHER(view->seen);
    batch.surprise = GATHER(view->surprise);
    batch.hesitation = GATHER(view->hesitation);
    batch.note = GATHER(view->note);
    const struct plx_fresh *const about = worker->chunk.about;
    if (worker->keyed_all && n == worker->chunk.rows.n && about->n < n) {
        batch.run = about->row;
        batch.n_runs = about->n;
    }
    const guint32 *const number = row_numbers(worker);
    batch.row = GATHER(number);
    plx_sink *const sink = worker->pass->sink;
    if (worker->pass->kind == PLX_PASS_RETRACT)
        return sink->retract(sink, worker->number, &batch, error);
    return sink->add(sink, worker->number, &batch, error);
}

/* The second look --------------------------------------------------------------------------- */

static gboolean is_suspect(const plx_worker *worker, guint64 encounter)
{
    const guint64 bit = encounter & 0xFFFF;
    if (!(worker->suspect_bits[bit / 64] >> bit % 64 & 1))
        return FALSE;
    gsize low = 0, high = worker->pass->n_suspects;
    while (low < high) {
        const gsize middle = low + (high - low) / 2;
        if (worker->pass->suspects[middle].encounter < encounter)
            low = middle + 1;
        else
            high = middle;
    }
    return low < worker->pass->n_suspects && worker->pass->suspects[low].encounter == encounter;
}

static void fold(guint64 content[2], guint64 value)
{
    content[0] = plx_mix(content[0], value);
    content[1] = plx_mix(content[1] + PLX_K2, value ^ PLX_K3);
}

static void fold_text(guint64 content[2], const char *text, guint32 n)
{
    for (; n > 16; n -= 16, text += 16)
        fold(content, plx_hash(text, 16));
    fold(content, plx_hash(text, n));
}

static void fold_code(guint64 content[2], const plx_dict *dict, guint32 code)
{
    const char *const text = plx_dict_text(dict, code);
    char padded[PLX_TEXT_MAX + 17] = {0};
    const gsize n = MIN(strlen(text), PLX_TEXT_MAX);
    memcpy(padded, text, n);
    fold_text(content, padded, (guint32)n);
}

/* All that an observation says, beside the keys. */
static void fold_content(const plx_worker *worker, const struct worker_view *view, guint32 i,
                         guint64 content[2])
{
    for (guint k = 0; k < view->bound->n_asks; k++)
        fold(content, (guint8)view->measure[k][i]);
    for (guint d = 0; d < worker->dims.n_dims; d++)
        if (worker->dim[d])
            fold_code(content, worker->dims.dict[d], worker->dim_code[d][i]);
    if (worker->seconds)
        fold(content, (guint64)worker->seconds[i]);
    if (worker->weight)
        fold(content, worker->weight[i]);
    const gint8 *const flags[] = {view->seen, view->surprise, view->hesitation};
    for (gsize k = 0; k < G_N_ELEMENTS(flags); k++)
        if (flags[k])
            fold(content, (guint8)flags[k][i]);
    if (view->note)
        fold_text(content, view->note[i].text, view->note[i].length);
}

void plx_worker_look(plx_worker *worker, guint number, const guint32 *keep, guint32 n)
{
    const struct worker_view *const view = &worker->views[number];
    const struct plx_rows *const rows = &worker->chunk.rows;
    for (guint32 k = 0; k < n; k++) {
        const guint32 i = keep[k];
        if (!is_suspect(worker, view->keys.encounter[i]))
            continue;
        struct plx_signature signature = {.encounter = view->keys.encounter[i],
                                          .block = worker->block.number,
                                          .row = plx_row_number(rows, i),
                                          .view = number};
        signature.constancy = view->keys.constancy ? view->keys.constancy[i] : 0;
        signature.identity = view->identity ? view->identity[i] : 0;
        fold_content(worker, view, i, signature.content);
        guint64 column;
        plx_worker_place(worker, (gsize)(guint32)(rows->at[i * rows->stride] + 1), &signature.line,
                         &column);
        g_array_append_val(worker->signatures, signature);
    }
}

gboolean plx_worker_emit(plx_worker *worker, guint number, GError **error)
{
    const struct worker_view *const view = &worker->views[number];
    const guint32 n = choose_rows(worker, view, number);
    if (n == 0)
        return TRUE;
    if (worker->pass->kind == PLX_PASS_LOOK) {
        plx_worker_look(worker, number, worker->keep, n);
        return TRUE;
    }
    return emit_batch(worker, view, n, error);
}
