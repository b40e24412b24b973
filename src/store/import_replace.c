/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of other imports that this one replaces (PLX_REPEAT_REPLACE). */

#include "store/import_settling.h"

#include "base/error.h"

#include <string.h>

static gint compare_replaced(gconstpointer a, gconstpointer b)
{
    const struct plx_import_replaced *const x = a, *const y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Takes the rows first..end - 1 of `replaced`, all of one block, out of it. */
static gboolean remove_replaced(struct plx_settling *s, const struct plx_shelf_block *block,
                                guint first, guint end, GError **error)
{
    plx_db *const db = s->import->store->db;
    g_autofree guint8 *keep = g_malloc(PLX_BATCH_ROWS);
    memset(keep, 1, PLX_BATCH_ROWS);
    for (guint i = first; i < end; i++)
        keep[g_array_index(s->import->replaced, struct plx_import_replaced, i).row] = 0;
    if (!plx_settling_read(s, block, FALSE, error))
        return FALSE;
    plx_rowset_keep(&s->rows, keep);
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "UPDATE import SET observations = observations - ?2, content = NULL WHERE id = ?1",
        error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, block->import);
    sqlite3_bind_int64(statement, 2, end - first);
    g_hash_table_add(s->import->touched, g_memdup2(&block->import, sizeof block->import));
    return plx_shelf_rewrite(db, block, &s->rows, s->import->workers[0].encoder,
                             s->import->measure_code, error) &&
           plx_db_run(db, statement, error);
}

static const struct plx_shelf_block *find_block(const GPtrArray *blocks, gint64 id)
{
    for (guint b = 0; b < blocks->len; b++)
        if (((const struct plx_shelf_block *)blocks->pdata[b])->id == id)
            return blocks->pdata[b];
    return NULL;
}

gboolean plx_import_replace(struct plx_import *import, const struct plx_import_outcome *outcome,
                            GError **error)
{
    GArray *const list = import->replaced;
    if (outcome->replaced == 0)
        return TRUE;
    struct plx_settling s = {0};
    g_array_sort(list, compare_replaced);
    g_autoptr(GPtrArray) blocks = plx_shelf_list(import->store->db, 0, error);
    gboolean ok = plx_settling_init(&s, import, error) && blocks != NULL;
    for (guint first = 0, end; ok && first < list->len; first = end) {
        const gint64 id = g_array_index(list, struct plx_import_replaced, first).block;
        for (end = first; end < list->len;)
            if (g_array_index(list, struct plx_import_replaced, end).block == id)
                end++;
            else
                break;
        const struct plx_shelf_block *const block = find_block(blocks, id);
        ok = block ? remove_replaced(&s, block, first, end, error)
                   : plx_error(error, PLX_ERROR_IO,
                               "%s: another program changed what was to be replaced; nothing was "
                               "changed. Import again",
                               plx_store_path(import->store));
    }
    plx_settling_clear(&s);
    return ok;
}
