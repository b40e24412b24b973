/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sqlite_engine.h"

#include "store/erase.h"
#include "store/export_scan.h"
#include "store/import.h"
#include "store/imports.h"
#include "store/inbox.h"
#include "store/map_log.h"

struct sqlite_engine {
    plx_engine base;
    plx_store *store;
};

static plx_store *store_of(plx_engine *engine)
{
    return ((struct sqlite_engine *)(void *)engine)->store;
}

/* Imports ----------------------------------------------------------------------------------- */

struct sqlite_import {
    plx_engine_import base;
    plx_import *import;
};

static struct sqlite_import *import_of(plx_engine_import *import)
{
    return (struct sqlite_import *)(void *)import;
}

static gboolean finish(plx_engine_import *import, const struct plx_import_summary *summary,
                       struct plx_import_outcome *outcome, GError **error)
{
    return plx_import_finish(import_of(import)->import, summary, outcome, error);
}

static void free_import(plx_engine_import *import)
{
    plx_import_free(import_of(import)->import);
    g_free(import);
}

static plx_engine_import *begin(plx_engine *engine, const struct plx_import_options *options,
                                GError **error)
{
    plx_import *const import = plx_import_begin(store_of(engine), options, error);
    if (!import)
        return NULL;
    struct sqlite_import *const self = g_new0(struct sqlite_import, 1);
    self->import = import;
    self->base = (plx_engine_import){.sink = plx_import_sink(import),
                                     .salt = plx_import_salt(import),
                                     .finish = finish,
                                     .free = free_import};
    return &self->base;
}

static GPtrArray *imports(plx_engine *engine, GError **error)
{
    return plx_imports_list(store_of(engine), error);
}

static gboolean undo(plx_engine *engine, gint64 import, guint64 *observations, GError **error)
{
    return plx_imports_undo(store_of(engine), import, observations, error);
}

/* The rest ---------------------------------------------------------------------------------- */

static plx_map *map(plx_engine *engine)
{
    return plx_store_map(store_of(engine));
}

static gboolean append(plx_engine *engine, const struct plx_batch *batches, guint n, GError **error)
{
    return plx_inbox_append(store_of(engine), batches, n, error);
}

static gboolean seal(plx_engine *engine, guint64 *observations, GError **error)
{
    return plx_inbox_seal(store_of(engine), observations, error);
}

static gboolean erase(plx_engine *engine, const guint64 *keys, gsize n,
                      struct plx_erase_receipt *receipt, GError **error)
{
    return plx_erase_respondent(store_of(engine), keys, n, FALSE, receipt, error);
}

static gboolean erase_traces(plx_engine *engine, gint32 day, guint64 *observations, GError **error)
{
    return plx_erase_traces(store_of(engine), day, FALSE, observations, error);
}

static char **texts(plx_engine *engine, enum plx_dim dim)
{
    plx_store *const store = store_of(engine);
    return dim == PLX_DIM_DATASET ? plx_erase_datasets(store) : plx_erase_audiences(store);
}

static gboolean apply(plx_engine *engine, const char *yaml, const char *name, gboolean dry_run,
                      GPtrArray **changes, GError **error)
{
    return plx_map_log_apply(store_of(engine), yaml, name, dry_run, changes, error);
}

static gboolean scan(plx_engine *engine, const struct plx_export_scan *scan, GError **error)
{
    return plx_export_scan_run(store_of(engine), scan, error);
}

static plx_source *source(plx_engine *engine, guint threads)
{
    return plx_store_source(store_of(engine), threads);
}

static void free_engine(plx_engine *engine)
{
    g_free(engine);
}

plx_engine *plx_sqlite_engine_new(plx_store *store)
{
    struct sqlite_engine *const self = g_new0(struct sqlite_engine, 1);
    self->store = store;
    self->base = (plx_engine){.map = map,
                              .begin = begin,
                              .append = append,
                              .seal = seal,
                              .imports = imports,
                              .undo = undo,
                              .erase = erase,
                              .erase_traces = erase_traces,
                              .texts = texts,
                              .apply = apply,
                              .scan = scan,
                              .source = source,
                              .free = free_engine};
    return &self->base;
}
