/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record_sink.h"

#include "base/date.h"

#include <string.h>

struct record {
    char *text;
    guint64 unit, encounter;
    guint32 identity, constancy;
    gboolean has_identity;
};

struct record_sink {
    plx_sink base;
    const plx_map *map;
    guint n_workers;
    GPtrArray *records[64];
};

static void free_record(gpointer data)
{
    g_free(((struct record *)data)->text);
    g_free(data);
}

static void append_dim(GString *out, const struct plx_batch *batch, guint dim, guint32 i)
{
    const guint32 code = batch->dim[dim] ? batch->dim[dim][i] : batch->dim_constant[dim];
    if (code > 0)
        g_string_append(out, plx_dict_text(batch->dims->dict[dim], code));
    g_string_append_c(out, '|');
}

static void append_cell(GString *out, const char *name, gint8 value)
{
    if (value == PLX_CELL_EMPTY)
        return;
    if (value == PLX_CELL_NA)
        g_string_append_printf(out, " %s=na", name);
    else if (value == PLX_CELL_DECLINED)
        g_string_append_printf(out, " %s=declined", name);
    else
        g_string_append_printf(out, " %s=%d", name, value);
}

static char *describe(const struct record_sink *self, const struct plx_batch *b, guint32 i)
{
    static const char kinds[] = "-pjtk";
    GString *const out = g_string_new(NULL);
    const guint32 audience =
        b->dim[PLX_DIM_AUDIENCE] ? b->dim[PLX_DIM_AUDIENCE][i] : b->dim_constant[PLX_DIM_AUDIENCE];
    const guint32 code =
        b->dim[PLX_DIM_SUBJECT] ? b->dim[PLX_DIM_SUBJECT][i] : b->dim_constant[PLX_DIM_SUBJECT];
    const struct plx_subject *const subject =
        &g_array_index(b->dims->subjects, struct plx_subject, code);
    g_string_append_printf(out, "%s|%c:%s|", self->map->audiences[audience - 1].id,
                           kinds[subject->kind], subject->id);
    for (guint d = PLX_DIM_JOURNEY; d < b->dims->n_dims; d++)
        if (d < PLX_DIM_DATASET || d >= PLX_DIM_SEGMENT)
            append_dim(out, b, d, i);
    char date[PLX_DATE_SIZE];
    if (b->day && b->day[i] != PLX_NO_DAY)
        g_string_append_printf(out, " %s+%d", plx_date_format(b->day[i], date),
                               (gint)(b->seconds[i] - (gint64)b->day[i] * 86400));
    for (guint m = 0; m < self->map->n_measures; m++)
        if (b->measure[m])
            append_cell(out, self->map->measures[m].id, b->measure[m][i]);
    if (b->seen)
        append_cell(out, "seen", b->seen[i]);
    if (b->surprise)
        append_cell(out, "surprise", b->surprise[i]);
    if (b->hesitation)
        append_cell(out, "hesitation", b->hesitation[i]);
    if (b->group_size && b->group_size[i] != 1)
        g_string_append_printf(out, " group=%u", b->group_size[i]);
    if (b->weight && b->weight[i] != PLX_WEIGHT_ONE)
        g_string_append_printf(out, " weight=%g", (double)b->weight[i] / (double)PLX_WEIGHT_ONE);
    if (b->note && b->note[i].length > 0)
        g_string_append_printf(out, " note=<%.*s>", (int)b->note[i].length, b->note[i].text);
    return g_string_free(out, FALSE);
}

/* What a batch says to stay as it is within a run (voice/batch.h) does. */
static void check_row_of_run(const struct plx_batch *b, guint32 first, guint32 i)
{
    g_assert_cmpuint(b->unit[i], ==, b->unit[first]);
    g_assert_cmpuint(b->encounter[i], ==, b->encounter[first]);
    g_assert_true(!b->known || b->known[i] == b->known[first]);
    g_assert_true(!b->constancy || b->constancy[i] == b->constancy[first]);
    g_assert_true(!b->group_size || b->group_size[i] == b->group_size[first]);
    g_assert_true(!b->day || b->day[i] == b->day[first]);
    g_assert_true(!b->month || b->month[i] == b->month[first]);
    g_assert_true(!b->seconds || b->seconds[i] == b->seconds[first]);
    for (guint d = 0; d < b->dims->n_dims; d++)
        if (d != PLX_DIM_SUBJECT && d != PLX_DIM_PROMPT && b->dim[d])
            g_assert_cmpuint(b->dim[d][i], ==, b->dim[d][first]);
}

static void check_runs(const struct plx_batch *batch)
{
    if (!batch->run)
        return;
    g_assert_cmpuint(batch->run[0], ==, 0);
    g_assert_cmpuint(batch->run[batch->n_runs], ==, batch->n);
    for (guint32 r = 0; r < batch->n_runs; r++) {
        g_assert_cmpuint(batch->run[r], <, batch->run[r + 1]);
        for (guint32 i = batch->run[r]; i < batch->run[r + 1]; i++)
            check_row_of_run(batch, batch->run[r], i);
    }
}

static gboolean record_add(plx_sink *sink, guint worker, const struct plx_batch *batch,
                           GError **error)
{
    (void)error;
    struct record_sink *const self = (struct record_sink *)(void *)sink;
    g_assert_cmpuint(worker, <, self->n_workers);
    check_runs(batch);
    for (guint32 i = 0; i < batch->n; i++) {
        struct record *const record = g_new0(struct record, 1);
        record->text = describe(self, batch, i);
        record->unit = batch->unit[i];
        record->encounter = batch->encounter[i];
        record->has_identity = batch->identity != NULL;
        record->identity = batch->identity ? batch->identity[i] : 0;
        record->constancy = batch->constancy ? batch->constancy[i] : 0;
        g_ptr_array_add(self->records[worker], record);
    }
    return TRUE;
}

static gboolean record_retract(plx_sink *sink, guint worker, const struct plx_batch *batch,
                               GError **error)
{
    (void)worker;
    (void)error;
    struct record_sink *const self = (struct record_sink *)(void *)sink;
    for (guint32 i = 0; i < batch->n; i++) {
        g_autofree char *text = describe(self, batch, i);
        gboolean found = FALSE;
        for (guint w = 0; w < self->n_workers && !found; w++) {
            for (guint k = 0; k < self->records[w]->len && !found; k++) {
                const struct record *const record = self->records[w]->pdata[k];
                found = record->encounter == batch->encounter[i] && g_str_equal(record->text, text);
                if (found)
                    g_ptr_array_remove_index_fast(self->records[w], k);
            }
        }
        g_assert_true(found);
    }
    return TRUE;
}

static GPtrArray *all_records(const struct record_sink *self)
{
    GPtrArray *const all = g_ptr_array_new();
    for (guint w = 0; w < self->n_workers; w++)
        for (guint k = 0; k < self->records[w]->len; k++)
            g_ptr_array_add(all, self->records[w]->pdata[k]);
    return all;
}

static gint by_encounter(gconstpointer a, gconstpointer b)
{
    const struct record *const x = *(struct record *const *)a, *const y =
                                                                   *(struct record *const *)b;
    if (x->encounter != y->encounter)
        return x->encounter < y->encounter ? -1 : 1;
    return x->identity == y->identity ? 0 : x->identity < y->identity ? -1 : 1;
}

static gboolean record_suspects(plx_sink *sink, struct plx_suspect **suspects, gsize *n,
                                GError **error)
{
    (void)error;
    g_autoptr(GPtrArray) all = all_records((struct record_sink *)(void *)sink);
    g_ptr_array_sort(all, by_encounter);
    GArray *const found = g_array_new(FALSE, FALSE, sizeof(struct plx_suspect));
    for (guint i = 1; i < all->len; i++) {
        const struct record *const x = all->pdata[i - 1], *const y = all->pdata[i];
        if (x->encounter != y->encounter ||
            ((!x->has_identity || x->identity != y->identity) && x->constancy == y->constancy))
            continue;
        const struct plx_suspect suspect = {x->encounter};
        if (found->len == 0 ||
            g_array_index(found, struct plx_suspect, found->len - 1).encounter != x->encounter)
            g_array_append_val(found, suspect);
    }
    *n = found->len;
    *suspects = (struct plx_suspect *)(void *)g_array_free(found, FALSE);
    return TRUE;
}

static gboolean record_finish(plx_sink *sink, GError **error)
{
    (void)sink;
    (void)error;
    return TRUE;
}

static void record_free(plx_sink *sink)
{
    struct record_sink *const self = (struct record_sink *)(void *)sink;
    for (guint w = 0; w < self->n_workers; w++)
        g_ptr_array_unref(self->records[w]);
    g_free(self);
}

plx_sink *record_sink_new(const plx_map *map, guint n_workers)
{
    struct record_sink *const self = g_new0(struct record_sink, 1);
    self->base = (plx_sink){.add = record_add,
                            .retract = record_retract,
                            .suspects = record_suspects,
                            .finish = record_finish,
                            .free = record_free};
    self->map = map;
    self->n_workers = n_workers;
    for (guint w = 0; w < n_workers; w++)
        self->records[w] = g_ptr_array_new_with_free_func(free_record);
    return &self->base;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp((*(struct record *const *)a)->text, (*(struct record *const *)b)->text);
}

char *record_sink_text(plx_sink *sink)
{
    g_autoptr(GPtrArray) all = all_records((struct record_sink *)(void *)sink);
    g_ptr_array_sort(all, by_text);
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(out, "%s\n", ((struct record *)all->pdata[i])->text);
    return g_string_free(out, FALSE);
}

static guint count_distinct(plx_sink *sink, gboolean units)
{
    g_autoptr(GPtrArray) all = all_records((struct record_sink *)(void *)sink);
    g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
    for (guint i = 0; i < all->len; i++) {
        struct record *const record = all->pdata[i];
        g_hash_table_add(seen, units ? &record->unit : &record->encounter);
    }
    return g_hash_table_size(seen);
}

guint record_sink_encounters(plx_sink *sink)
{
    return count_distinct(sink, FALSE);
}

guint record_sink_units(plx_sink *sink)
{
    return count_distinct(sink, TRUE);
}
