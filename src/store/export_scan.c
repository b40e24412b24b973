/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/export_scan.h"

#include "base/error.h"
#include "store/scan.h"

#include <string.h>

/* Stands between the scan, which knows blocks, and the sink, which wants to know of imports. */
struct between {
    plx_sink base;
    const struct plx_export_scan *scan;
    GHashTable *keys; /* enum plx_row_keys by block */
};

static enum plx_row_keys keys_of(const char *text)
{
    if (strcmp(text, "encounter") == 0)
        return PLX_ROW_KEYS_ENCOUNTER;
    return strcmp(text, "person") == 0 ? PLX_ROW_KEYS_PERSON : PLX_ROW_KEYS_NONE;
}

static GHashTable *read_keys(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT block.id, keys FROM block JOIN import ON import.id = block.import "
                       "WHERE state = 'done'",
                       error);
    if (!statement)
        return NULL;
    g_autoptr(GHashTable) keys = g_hash_table_new(NULL, NULL);
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW)
        g_hash_table_insert(
            keys, (gpointer)(guintptr)sqlite3_column_int64(statement, 0),
            GUINT_TO_POINTER(keys_of((const char *)sqlite3_column_text(statement, 1))));
    return code == SQLITE_DONE ? g_steal_pointer(&keys) : NULL;
}

static gboolean add(plx_sink *sink, guint worker, const struct plx_batch *batch, GError **error)
{
    const struct between *const self = (const struct between *)(void *)sink;
    plx_sink *const to = self->scan->sink;
    /* Rows of the inbox are in no block yet. */
    const guint keys =
        batch->block == 0
            ? PLX_ROW_KEYS_ENCOUNTER
            : GPOINTER_TO_UINT(g_hash_table_lookup(self->keys, (gpointer)(guintptr)batch->block));
    if (!self->scan->tell((enum plx_row_keys)keys, self->scan->data))
        return plx_error(error, PLX_ERROR_IO, "stopped");
    return to->add(to, worker, batch, error);
}

/* Dictionaries live as long as the pass. */
static gboolean run_pass(plx_store *store, const struct plx_scan *all, struct between *between,
                         GError **error)
{
    struct plx_lexicon *lexicon = NULL;
    plx_sink *const to = between->scan->sink;
    const gboolean ok =
        plx_scan_run(store, all, &between->base, &lexicon, error) && to->finish(to, error);
    plx_lexicon_free(lexicon);
    return ok;
}

static gboolean run(plx_store *store, const struct plx_export_scan *scan, GError **error)
{
    const struct plx_scan all = {.map = plx_store_map(store), .notes = TRUE, .threads = 1};
    gint64 generation;
    if (!plx_store_refresh(store, &generation, error))
        return FALSE;
    g_autoptr(GHashTable) keys = read_keys(store->db, error);
    struct between between = {.base = {.add = add, .keeps = TRUE}, .scan = scan, .keys = keys};
    gboolean ok = keys != NULL;
    do
        ok = ok && run_pass(store, &all, &between, error);
    while (ok && !scan->is_done(scan->data));
    return ok;
}

gboolean plx_export_scan_run(plx_store *store, const struct plx_export_scan *scan, GError **error)
{
    if (!plx_db_begin_read(store->db, error))
        return FALSE;
    const gboolean ok = run(store, scan, error);
    plx_db_rollback(store->db);
    return ok;
}
