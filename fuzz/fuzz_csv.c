/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The CSV reader on any bytes. The first byte chooses threads, errors allowed and plan; whatever
 * follows is the file. Nothing may crash, and one thread and two must agree. */

#include "ingest/file_source.h"

#include <stdint.h>
#include <stdlib.h>

struct tally_sink {
    plx_sink base;
    guint64 n[2], sum[2]; /* by worker */
    GArray *encounters[2];
};

static void tally(struct tally_sink *self, guint worker, const struct plx_batch *batch,
                  guint64 sign)
{
    self->n[worker] += sign * batch->n;
    for (guint32 i = 0; i < batch->n; i++) {
        guint64 sum = batch->day ? (guint64)batch->day[i] : 0;
        if (batch->measure[PLX_MEASURE_LEVEL])
            sum += (guint64)batch->measure[PLX_MEASURE_LEVEL][i];
        for (guint32 k = 0; batch->note && k < batch->note[i].length; k++)
            sum = sum * 31 + (guint8)batch->note[i].text[k];
        self->sum[worker] += sign * sum;
    }
}

static gboolean tally_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                          GError **error)
{
    (void)error;
    struct tally_sink *const self = (struct tally_sink *)(void *)sink;
    tally(self, worker, batch, 1);
    g_array_append_vals(self->encounters[worker], batch->encounter, batch->n);
    return TRUE;
}

static gboolean tally_retract(plx_sink *sink, guint worker, const struct plx_batch *batch,
                              GError **error)
{
    (void)error;
    tally((struct tally_sink *)(void *)sink, worker, batch, G_MAXUINT64);
    return TRUE;
}

static gint compare(gconstpointer a, gconstpointer b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x == y ? 0 : x < y ? -1 : 1;
}

/* Every encounter is suspect: the second look must cope with all of them. */
static gboolean tally_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n,
                               GError **error)
{
    (void)error;
    struct tally_sink *const self = (struct tally_sink *)(void *)sink;
    GArray *const all = self->encounters[0];
    g_array_append_vals(all, self->encounters[1]->data, self->encounters[1]->len);
    g_array_sort(all, compare);
    *suspects = g_new0(struct plx_suspect, all->len + 1);
    *n = 0;
    for (guint i = 0; i < all->len; i++) {
        const guint64 encounter = g_array_index(all, guint64, i);
        if (*n == 0 || (*suspects)[*n - 1].encounter != encounter)
            (*suspects)[(*n)++].encounter = encounter;
    }
    return TRUE;
}

static plx_plan *wide_plan(void)
{
    plx_plan *const plan = plx_plan_new();
    plan->ignore_others = TRUE;
    plan->dialect.delimiter = PLX_DELIMITER_SPACES;
    plx_pick_number(&plan->audience, 1);
    for (guint i = 2; i < 4; i++) {
        struct plx_view *const view = plx_plan_add_view(plan);
        plx_pick_constant(&view->point, i == 2 ? "a" : "b");
        struct plx_ask *const ask = plx_view_add_ask(view, PLX_MEASURE_LEVEL);
        plx_pick_number(&ask->cell, i);
        plx_pick_value(&ask->cell, "NA", "");
    }
    return plan;
}

static guint64 read_once(const uint8_t *data, size_t size, const plx_plan *plan, guint threads,
                         guint64 max_errors)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GError) error = NULL;
    const struct plx_file_options options = {
        .plan = plan, .threads = threads, .max_errors = max_errors};
    g_autoptr(plx_source) source =
        plx_file_source_new_memory((const char *)data, size, "fuzz.csv", map, &options, &error);
    struct tally_sink sink = {
        .base = {.add = tally_add, .retract = tally_retract, .suspects = tally_suspects}};
    for (guint w = 0; w < 2; w++)
        sink.encounters[w] = g_array_new(FALSE, FALSE, sizeof(guint64));
    struct plx_file_summary summary = {0};
    const gboolean ok = source && plx_file_source_run(source, &sink.base, &summary, &error);
    g_assert(ok == (error == NULL));
    for (guint w = 0; w < 2; w++)
        g_array_unref(sink.encounters[w]);
    if (!ok)
        return g_str_hash(error->message);
    return sink.sum[0] + sink.sum[1] + summary.rows * 7 + (sink.n[0] + sink.n[1]) * 31;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    g_autoptr(plx_plan) plan = data[0] & 1 ? wide_plan() : NULL;
    const guint64 max_errors = data[0] & 2 ? 3 : 0;
    const guint64 one = read_once(data + 1, size - 1, plan, 1, max_errors);
    if (data[0] & 4 && one != read_once(data + 1, size - 1, plan, 2, max_errors))
        abort();
    return 0;
}
