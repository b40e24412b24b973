/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only sinks that keep everything want to know of a row (struct plx_sink.keeps): its data set,
 * item, how likely it was asked, and how its time was written. Readings need
 * none of it, so a file that is only counted does not pay for it. */

#include "ingest/worker_private.h"

/* The text of PLX_CLOCK: "day", "minute" or "second", then the offset where there is one. */
static guint32 clock_word(plx_dict *dict, guint32 clock)
{
    static const char *const precisions[] = {"day", "minute", "second"};
    const gint16 offset = (gint16)(guint16)(clock >> 8);
    const guint minutes = (guint)ABS(offset);
    char text[48] = {0}; /* lookups read 16 bytes whatever the length */
    if (offset == PLX_DATE_NO_OFFSET)
        g_strlcpy(text, precisions[clock & 3], sizeof text);
    else
        g_snprintf(text, sizeof text, offset == 0 ? "%sZ" : "%s%c%02u:%02u", precisions[clock & 3],
                   offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return plx_dict_code(dict, text, (guint32)strlen(text));
}

void plx_extras_init(plx_worker *worker)
{
    const plx_binding *const b = worker->binding;
    if (!worker->keeps)
        return;
    plx_dict *const datasets = worker->dims.dict[PLX_DIM_DATASET];
    char padded[PLX_TEXT_MAX + 17] = {0};
    g_strlcpy(padded, b->dataset, sizeof padded);
    worker->dim_constant[PLX_DIM_DATASET] =
        plx_dict_code(datasets, padded, (guint32)strlen(padded));
    if (!b->time.set)
        return;
    worker->clock_code = PLX_COLUMN(worker, guint32);
    if (worker->time)
        return;
    const guint32 code = clock_word(worker->dims.dict[PLX_DIM_CLOCK], PLX_CLOCK(b->time_constant));
    for (guint i = 0; i < PLX_CHUNK_ROWS; i++)
        worker->clock_code[i] = code;
}

gboolean plx_extras_init_view(plx_worker *worker, struct worker_view *view, GError **error)
{
    const struct plx_bound *const bound = &view->bound->item;
    if (!worker->keeps || !bound->set)
        return TRUE;
    plx_dict *const dict = worker->dims.dict[PLX_DIM_ITEM];
    struct plx_coder *const coder = plx_coder_new(PLX_CODER_TEXT, bound, worker->binding->map,
                                                  &worker->subjects, PLX_SUBJECT_NONE, dict);
    if (bound->column >= 0) {
        view->item_coder = coder;
        view->item_code = PLX_COLUMN(worker, guint32);
        return TRUE;
    }
    const gboolean ok = plx_worker_constant(coder, &view->item_constant, error);
    plx_coder_free(coder);
    return ok;
}

void plx_extras_read(plx_worker *worker)
{
    const guint32 n = worker->chunk.rows.n;
    if (!worker->keeps)
        return;
    /* An empty cell of a column of data sets means the file's own. */
    guint32 *const dataset = worker->dim_code[PLX_DIM_DATASET];
    for (guint32 i = 0; dataset && i < n; i++)
        dataset[i] = dataset[i] ? dataset[i] : worker->dim_constant[PLX_DIM_DATASET];
    if (!worker->time)
        return;
    plx_dict *const clocks = worker->dims.dict[PLX_DIM_CLOCK];
    guint32 last = G_MAXUINT32, code = 0;
    for (guint32 i = 0; i < n; i++) {
        const guint32 clock = worker->clock_code[i];
        if (clock != last)
            code = clock_word(clocks, clock);
        last = clock;
        worker->clock_code[i] = worker->day[i] == PLX_NO_DAY ? 0 : code;
    }
}

void plx_extras_read_view(plx_worker *worker, struct worker_view *view)
{
    if (view->item_coder)
        plx_coder_column(view->item_coder, &worker->chunk, view->item_code);
}
