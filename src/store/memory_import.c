/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports: rows are put aside by each thread, and become visible when all is there. */

#include "store/memory_private.h"

#include "base/error.h"
#include "store/late.h"

#include <sodium.h>
#include <stdatomic.h>
#include <string.h>

struct hand {
    GPtrArray *rows;
    enum plx_row_keys keys;
};

struct memory_import {
    plx_engine_import base;
    plx_sink sink;
    struct plx_memory *memory;
    struct plx_import_options options;
    plx_sink *counter; /* finds duplicates */
    guint measure[PLX_MEASURES_MAX];
    guint8 nobody[PLX_MEMORY_KEY];
    atomic_ullong given;
    struct plx_late late;
    struct hand *hands;
    guint n_hands;
};

static struct memory_import *import_of_sink(plx_sink *sink)
{
    return (struct memory_import *)(void *)((char *)sink - offsetof(struct memory_import, sink));
}

static struct plx_memory_taking taking_of(const struct memory_import *import)
{
    return (struct plx_memory_taking){import->memory->map, import->measure, import->memory->secret,
                                      import->nobody};
}

/* A row as it comes, marked when it is late. */
static struct plx_memory_row *new_row(const struct memory_import *import,
                                      const struct plx_memory_taking *taking,
                                      const struct plx_batch *batch, guint32 i, const gint8 *seen)
{
    struct plx_memory_row *const row = plx_memory_row_new(taking, batch, i);
    row->late = import->late.n > 0 && seen[i] == PLX_SEEN_LATE;
    row->seen = row->late ? 1 : row->seen;
    return row;
}

/* `seen` of a batch with its late rows marked; to be freed. */
static gint8 *mark_late(const struct memory_import *import, const struct plx_batch *batch)
{
    gint8 *const seen = g_malloc0(batch->n + 1);
    plx_late_mark(&import->late, batch, PLX_SEEN_LATE, seen);
    return seen;
}

/* The sink ---------------------------------------------------------------------------------- */

static gboolean add(plx_sink *sink, guint worker, const struct plx_batch *batch, GError **error)
{
    struct memory_import *const import = import_of_sink(sink);
    struct hand *const hand = &import->hands[worker];
    const struct plx_memory_taking taking = taking_of(import);
    const guint64 given = atomic_fetch_add(&import->given, batch->n) + batch->n;
    if (worker == 0 && import->options.tick &&
        !import->options.tick(given, batch->block, import->options.tick_data))
        return plx_error(error, PLX_ERROR_IO, "interrupted; nothing was changed");
    if (!import->counter->add(import->counter, worker, batch, error))
        return FALSE;
    const enum plx_row_keys keys = batch->identity                  ? PLX_ROW_KEYS_ENCOUNTER
                                   : batch->known || batch->seconds ? PLX_ROW_KEYS_PERSON
                                                                    : PLX_ROW_KEYS_NONE;
    hand->keys = MAX(hand->keys, keys);
    g_autofree gint8 *seen = mark_late(import, batch);
    for (guint32 i = 0; i < batch->n; i++)
        g_ptr_array_add(hand->rows, new_row(import, &taking, batch, i, seen));
    return TRUE;
}

static gboolean take_back(const struct memory_import *import, const struct plx_memory_row *row)
{
    for (guint h = 0; h < import->n_hands; h++) {
        GPtrArray *const rows = import->hands[h].rows;
        for (guint i = 0; i < rows->len; i++)
            if (plx_memory_row_same(import->memory->map, rows->pdata[i], row, TRUE)) {
                g_ptr_array_remove_index(rows, i);
                return TRUE;
            }
    }
    return FALSE;
}

static gboolean retract(plx_sink *sink, guint worker, const struct plx_batch *batch, GError **error)
{
    struct memory_import *const import = import_of_sink(sink);
    const struct plx_memory_taking taking = taking_of(import);
    if (!import->counter->retract(import->counter, worker, batch, error))
        return FALSE;
    g_autofree gint8 *seen = mark_late(import, batch);
    for (guint32 i = 0; i < batch->n; i++) {
        struct plx_memory_row *const row = new_row(import, &taking, batch, i, seen);
        const gboolean found = take_back(import, row);
        plx_memory_row_free(row);
        if (!found)
            return plx_error(error, PLX_ERROR_BUG, "a row that was taken back is not there");
    }
    return TRUE;
}

static gboolean suspects(plx_sink *sink, struct plx_suspect **found, gsize *n, GError **error)
{
    plx_sink *const counter = import_of_sink(sink)->counter;
    return counter->suspects(counter, found, n, error);
}

static gboolean end(plx_sink *sink, GError **error)
{
    plx_sink *const counter = import_of_sink(sink)->counter;
    return counter->finish(counter, error);
}

static void release(plx_sink *sink)
{
    (void)sink; /* the import is freed by its owner */
}

/* Entries ----------------------------------------------------------------------------------- */

void plx_memory_entry_free(struct plx_memory_entry *entry)
{
    struct plx_imports_entry *const record = g_memdup2(&entry->record, sizeof entry->record);
    plx_imports_entry_free(record);
    if (entry->brought)
        g_ptr_array_unref(entry->brought);
    g_free(entry);
}

struct plx_memory_entry *plx_memory_entry(const struct plx_memory *self, gint64 id)
{
    for (guint i = 0; i < self->entries->len; i++)
        if (((struct plx_memory_entry *)self->entries->pdata[i])->record.id == id)
            return self->entries->pdata[i];
    return NULL;
}

struct plx_memory_entry *plx_memory_entry_add(struct plx_memory *self, const char *kind,
                                              const char *file, const char *dataset,
                                              const char *recipe)
{
    struct plx_memory_entry *const entry = g_new0(struct plx_memory_entry, 1);
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    entry->record =
        (struct plx_imports_entry){.id = (gint64)self->entries->len + 1,
                                   .kind = g_strdup(kind),
                                   .state = g_strdup("done"),
                                   .started = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ"),
                                   .file = g_strdup(file),
                                   .dataset = g_strdup(dataset),
                                   .recipe = g_strdup(recipe)};
    g_ptr_array_add(self->entries, entry);
    return entry;
}

void plx_memory_entry_lost(const struct plx_memory *self, gint64 id, guint64 n)
{
    struct plx_memory_entry *const entry = plx_memory_entry(self, id);
    if (!entry)
        return;
    entry->record.observations -= n;
    g_clear_pointer(&entry->brought, g_ptr_array_unref);
}

/* Finishing --------------------------------------------------------------------------------- */

static GPtrArray *new_rows(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)plx_memory_row_free);
}

/* All threads' rows, in the order of their numbers. */
static void gather(const struct memory_import *import, struct plx_memory_coming *coming)
{
    *coming = (struct plx_memory_coming){.options = &import->options,
                                         .brought = new_rows(),
                                         .rows = new_rows(),
                                         .replaced = g_ptr_array_new()};
    for (guint h = 0; h < import->n_hands; h++) {
        struct hand *const hand = &import->hands[h];
        coming->keys = MAX(coming->keys, hand->keys);
        for (guint i = 0; i < hand->rows->len; i++)
            g_ptr_array_add(coming->brought, plx_memory_row_copy(hand->rows->pdata[i]));
        g_ptr_array_extend_and_steal(coming->rows, g_steal_pointer(&hand->rows));
        hand->rows = new_rows();
    }
}

static void remove_replaced(const struct plx_memory *memory, const GPtrArray *replaced)
{
    for (guint i = 0; i < replaced->len; i++) {
        plx_memory_entry_lost(memory, ((const struct plx_memory_row *)replaced->pdata[i])->import,
                              1);
        g_ptr_array_remove(memory->rows, replaced->pdata[i]);
    }
}

static void make_visible(const struct memory_import *import, struct plx_memory_coming *coming,
                         const struct plx_import_summary *summary,
                         struct plx_import_outcome *outcome)
{
    struct plx_memory *const memory = import->memory;
    const struct plx_import_options *const options = &import->options;
    struct plx_memory_entry *const entry =
        plx_memory_entry_add(memory, "file", options->file, options->dataset, options->recipe);
    entry->keys = coming->keys;
    entry->record.rows = summary->rows;
    entry->record.rejected = summary->rejected;
    entry->record.duplicates = summary->duplicates;
    entry->record.observations = outcome->observations;
    outcome->import = entry->record.id;
    remove_replaced(memory, coming->replaced);
    plx_memory_spell(memory, coming->brought);
    for (guint i = 0; i < coming->rows->len; i++) {
        struct plx_memory_row *const row = coming->rows->pdata[i];
        row->import = entry->record.id;
        row->late = FALSE;
    }
    g_ptr_array_extend_and_steal(memory->rows, g_steal_pointer(&coming->rows));
    if (outcome->known == 0)
        entry->brought = g_steal_pointer(&coming->brought);
}

static gboolean finish(plx_engine_import *base, const struct plx_import_summary *summary,
                       struct plx_import_outcome *outcome, GError **error)
{
    struct memory_import *const import = (struct memory_import *)(void *)base;
    struct plx_memory_coming coming;
    struct plx_import_outcome found = {0};
    gather(import, &coming);
    const gboolean takes = !import->options.dry_run;
    const gboolean ok = plx_memory_number_segments(import->memory, coming.rows, error) &&
                        plx_memory_decide(import->memory, &coming, &found, error) &&
                        (found.same || !takes || plx_memory_amend(import->memory, error));
    if (ok && !found.same && takes)
        make_visible(import, &coming, summary, &found);
    if (ok)
        *outcome = found;
    g_clear_pointer(&coming.rows, g_ptr_array_unref);
    g_clear_pointer(&coming.brought, g_ptr_array_unref);
    g_ptr_array_unref(coming.replaced);
    return ok;
}

static void free_import(plx_engine_import *base)
{
    struct memory_import *const import = (struct memory_import *)(void *)base;
    for (guint h = 0; h < import->n_hands; h++)
        g_ptr_array_unref(import->hands[h].rows);
    import->counter->free(import->counter);
    g_free((gpointer)(gsize)import->options.file);
    g_free((gpointer)(gsize)import->options.dataset);
    g_free((gpointer)(gsize)import->options.recipe);
    g_free(import->hands);
    g_free(import);
}

plx_engine_import *plx_memory_begin(plx_engine *engine, const struct plx_import_options *options,
                                    GError **error)
{
    struct plx_memory *const memory = plx_memory_of(engine);
    guint measure[PLX_MEASURES_MAX] = {0};
    if (!plx_memory_check_scales(memory, error) ||
        !plx_memory_number_measures(memory, memory->map, measure, error))
        return NULL;
    struct memory_import *const import = g_new0(struct memory_import, 1);
    import->memory = memory;
    import->options = *options;
    import->options.file = g_strdup(options->file);
    import->options.dataset = g_strdup(options->dataset);
    import->options.recipe = g_strdup(options->recipe);
    memcpy(import->measure, measure, sizeof measure);
    randombytes_buf(import->nobody, sizeof import->nobody);
    plx_late_init(&import->late, memory->map, options->reveals, options->n_reveals);
    import->n_hands = MAX(options->n_workers, 1);
    import->counter = plx_count_sink_new(memory->map, NULL, 0, import->n_hands);
    import->hands = g_new0(struct hand, import->n_hands);
    for (guint h = 0; h < import->n_hands; h++)
        import->hands[h].rows = new_rows();
    import->sink = (plx_sink){.add = add,
                              .retract = retract,
                              .suspects = suspects,
                              .finish = end,
                              .free = release,
                              .keeps = TRUE};
    import->base =
        (plx_engine_import){.sink = &import->sink, .finish = finish, .free = free_import};
    randombytes_buf(&import->base.salt, sizeof import->base.salt);
    return &import->base;
}
