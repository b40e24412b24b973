/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/memory_private.h"

#include "base/error.h"

#include <sodium.h>
#include <string.h>

#define DAY_SECONDS 86400

/* What arrives ------------------------------------------------------------------------------ */

static gboolean append(plx_engine *engine, const struct plx_batch *batches, guint n, GError **error)
{
    struct plx_memory *const self = plx_memory_of(engine);
    guint measure[PLX_MEASURES_MAX] = {0};
    guint8 nobody[PLX_MEMORY_KEY];
    randombytes_buf(nobody, sizeof nobody);
    const struct plx_memory_taking taking = {self->map, measure, self->secret, nobody};
    if (!plx_memory_number_measures(self, self->map, measure, error))
        return FALSE;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)plx_memory_row_free);
    for (guint b = 0; b < n; b++)
        for (guint32 i = 0; i < batches[b].n; i++)
            g_ptr_array_add(rows, plx_memory_row_new(&taking, &batches[b], i));
    if (!plx_memory_number_segments(self, rows, error))
        return FALSE;
    plx_memory_spell(self, rows);
    g_ptr_array_extend_and_steal(self->rows, g_steal_pointer(&rows));
    return TRUE;
}

static struct plx_memory_entry *inbox_entry(struct plx_memory *self)
{
    for (guint i = 0; i < self->entries->len; i++) {
        struct plx_memory_entry *const entry = self->entries->pdata[i];
        if (strcmp(entry->record.kind, "inbox") == 0)
            return entry;
    }
    struct plx_memory_entry *const entry =
        plx_memory_entry_add(self, "inbox", "collected", "", NULL);
    entry->keys = PLX_ROW_KEYS_ENCOUNTER;
    return entry;
}

static gboolean seal(plx_engine *engine, guint64 *observations, GError **error)
{
    (void)error;
    struct plx_memory *const self = plx_memory_of(engine);
    guint64 n = 0;
    for (guint i = 0; i < self->rows->len; i++) {
        struct plx_memory_row *const row = self->rows->pdata[i];
        if (row->import != 0)
            continue;
        struct plx_memory_entry *const entry = inbox_entry(self);
        row->import = entry->record.id;
        entry->record.rows++;
        entry->record.observations++;
        n++;
    }
    *observations = n;
    return TRUE;
}

/* Imports ----------------------------------------------------------------------------------- */

static GPtrArray *imports(plx_engine *engine, GError **error)
{
    (void)error;
    const struct plx_memory *const self = plx_memory_of(engine);
    GPtrArray *const list = g_ptr_array_new_with_free_func(plx_imports_entry_free);
    for (guint i = 0; i < self->entries->len; i++) {
        const struct plx_imports_entry *const record =
            &((const struct plx_memory_entry *)self->entries->pdata[i])->record;
        struct plx_imports_entry *const copy = g_memdup2(record, sizeof *record);
        copy->kind = g_strdup(record->kind);
        copy->state = g_strdup(record->state);
        copy->started = g_strdup(record->started);
        copy->file = g_strdup(record->file);
        copy->dataset = g_strdup(record->dataset);
        copy->recipe = g_strdup(record->recipe);
        g_ptr_array_add(list, copy);
    }
    return list;
}

static gboolean undo(plx_engine *engine, gint64 import, guint64 *observations, GError **error)
{
    struct plx_memory *const self = plx_memory_of(engine);
    struct plx_memory_entry *const entry = plx_memory_entry(self, import);
    guint64 n = 0;
    if (!plx_engine_check_undo(import, entry ? entry->record.state : NULL,
                               entry ? entry->record.kind : NULL, error))
        return FALSE;
    for (guint i = self->rows->len; i-- > 0;) {
        if (((const struct plx_memory_row *)self->rows->pdata[i])->import != import)
            continue;
        g_ptr_array_remove_index(self->rows, i);
        n++;
    }
    g_free(entry->record.state);
    entry->record.state = g_strdup("undone");
    plx_memory_entry_lost(self, import, 0);
    if (!plx_memory_restore_scales(self, error))
        return FALSE;
    *observations = n;
    return TRUE;
}

/* Letting go -------------------------------------------------------------------------------- */

static gboolean is_one_of(const struct plx_memory *self, const struct plx_memory_row *row,
                          const guint64 *keys, gsize n)
{
    for (gsize k = 0; row->known && k < n; k++)
        if (row->unit == plx_memory_key(self->secret, keys[k]))
            return TRUE;
    return FALSE;
}

static gboolean erase(plx_engine *engine, const guint64 *keys, gsize n,
                      struct plx_erase_receipt *receipt, GError **error)
{
    const struct plx_memory *const self = plx_memory_of(engine);
    g_autoptr(GHashTable) encounters =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    guint64 gone = 0, sealed;
    for (guint i = self->rows->len; i-- > 0;) {
        const struct plx_memory_row *const row = self->rows->pdata[i];
        if (!is_one_of(self, row, keys, n))
            continue;
        if (gone == 0)
            seal(engine, &sealed, NULL);
        g_hash_table_add(encounters, g_memdup2(&row->encounter, sizeof row->encounter));
        plx_memory_entry_lost(self, row->import, 1);
        g_ptr_array_remove_index(self->rows, i);
        gone++;
    }
    if (gone == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "no answers have this key");
    g_autoptr(GDateTime) now = g_date_time_new_now_utc();
    *receipt = (struct plx_erase_receipt){.time = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ"),
                                          .observations = gone,
                                          .encounters = g_hash_table_size(encounters),
                                          .copies = g_ptr_array_new_with_free_func(g_free)};
    return TRUE;
}

static gboolean erase_traces(plx_engine *engine, gint32 day, guint64 *observations, GError **error)
{
    const struct plx_memory *const self = plx_memory_of(engine);
    const gint64 before = (gint64)day * DAY_SECONDS;
    guint8 nobody[PLX_MEMORY_KEY];
    guint64 n = 0, sealed;
    randombytes_buf(nobody, sizeof nobody);
    if (!seal(engine, &sealed, error))
        return FALSE;
    for (guint i = 0; i < self->rows->len; i++) {
        struct plx_memory_row *const row = self->rows->pdata[i];
        if (row->seconds == PLX_NO_TIME || row->seconds >= before)
            continue;
        plx_memory_row_hide(row, nobody);
        plx_memory_entry_lost(self, row->import, 0);
        n++;
    }
    *observations = n;
    return TRUE;
}

static char **texts(plx_engine *engine, enum plx_dim dim)
{
    const struct plx_memory *const self = plx_memory_of(engine);
    GPtrArray *const list = g_ptr_array_new();
    for (guint i = 0; i < self->rows->len; i++) {
        char *const text = ((const struct plx_memory_row *)self->rows->pdata[i])->text[dim];
        if (*text && !g_ptr_array_find_with_equal_func(list, text, g_str_equal, NULL))
            g_ptr_array_add(list, g_strdup(text));
    }
    g_ptr_array_add(list, NULL);
    return (char **)g_ptr_array_free(list, FALSE);
}

/* The engine -------------------------------------------------------------------------------- */

static plx_map *map(plx_engine *engine)
{
    return plx_memory_of(engine)->map;
}

static void free_engine(plx_engine *engine)
{
    struct plx_memory *const self = plx_memory_of(engine);
    GPtrArray *const lists[] = {self->amendments, self->measures, self->segments, self->rows,
                                self->entries};
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++)
        g_ptr_array_unref(lists[i]);
    g_hash_table_unref(self->titles);
    plx_map_free(self->in_force);
    plx_map_free(self->map);
    g_free(self->yaml);
    g_free(self->name);
    sodium_memzero(self->secret, sizeof self->secret);
    g_free(self);
}

plx_engine *plx_memory_engine_new(const char *yaml, const char *name, GError **error)
{
    if (sodium_init() < 0) {
        plx_error(error, PLX_ERROR_IO, "no random numbers can be had");
        return NULL;
    }
    struct plx_memory *const self = g_new0(struct plx_memory, 1);
    self->base = (plx_engine){.map = map,
                              .begin = plx_memory_begin,
                              .append = append,
                              .seal = seal,
                              .imports = imports,
                              .undo = undo,
                              .erase = erase,
                              .erase_traces = erase_traces,
                              .texts = texts,
                              .apply = plx_memory_apply,
                              .scan = plx_memory_scan,
                              .source = plx_memory_source,
                              .free = free_engine};
    self->yaml = g_strdup(yaml ? yaml : "");
    self->name = g_strdup(name);
    self->amendments = g_ptr_array_new_with_free_func((GDestroyNotify)plx_memory_amendment_free);
    self->measures = g_ptr_array_new_with_free_func(g_free);
    self->segments = g_ptr_array_new_with_free_func(g_free);
    self->titles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    self->rows = g_ptr_array_new_with_free_func((GDestroyNotify)plx_memory_row_free);
    self->entries = g_ptr_array_new_with_free_func((GDestroyNotify)plx_memory_entry_free);
    randombytes_buf(self->secret, sizeof self->secret);
    self->in_force = plx_memory_read_map(self, self->yaml, name, error);
    self->map = self->in_force ? plx_memory_read_map(self, self->yaml, name, error) : NULL;
    if (self->map)
        return &self->base;
    free_engine(&self->base);
    return NULL;
}
