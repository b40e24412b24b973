/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sums by which the same file is known again, under another map: where two ids become one, or
 * one of two again, rows say something else than before. */

#include "store/import_private.h"

struct renewing {
    plx_store *store;
    struct plx_alike alike;
    struct plx_lexicon *lexicon;
    struct plx_rowset rows;
    struct plx_content *contents;
    guint32 measure_code[PLX_MEASURES_MAX];
};

static gboolean add_block(struct renewing *r, const struct plx_shelf_block *block,
                          gboolean with_encounter, guint64 sum[2], GError **error)
{
    if (!plx_shelf_read(r->store->db, block, r->lexicon, &r->rows, error))
        return FALSE;
    plx_alike_contents(&r->alike, &r->rows, r->measure_code, with_encounter, r->contents);
    plx_content_sum(r->contents, r->rows.n, sum);
    return TRUE;
}

static gboolean renew(struct renewing *r, gint64 import, gboolean with_encounter, GError **error)
{
    guint64 sum[2] = {0};
    g_autoptr(GPtrArray) blocks = plx_shelf_list(r->store->db, import, error);
    for (guint b = 0; blocks && b < blocks->len; b++)
        if (!add_block(r, blocks->pdata[b], with_encounter, sum, error))
            return FALSE;
    sqlite3_stmt *const statement =
        blocks ? plx_db_prepare(r->store->db, "UPDATE import SET content = ?2 WHERE id = ?1", error)
               : NULL;
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import);
    sqlite3_bind_blob(statement, 2, sum, sizeof sum, SQLITE_TRANSIENT);
    return plx_db_run(r->store->db, statement, error);
}

/* Imports that are wholly there: pairs of number and whether they have encounters. */
static GArray *list_imports(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db,
                       "SELECT id, keys = 'encounter' FROM import WHERE state = 'done' AND "
                       "content IS NOT NULL ORDER BY id",
                       error);
    if (!statement)
        return NULL;
    g_autoptr(GArray) list = g_array_new(FALSE, FALSE, 2 * sizeof(gint64));
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        const gint64 entry[2] = {sqlite3_column_int64(statement, 0),
                                 sqlite3_column_int64(statement, 1)};
        g_array_append_val(list, entry);
    }
    return code == SQLITE_DONE ? g_steal_pointer(&list) : NULL;
}

static gboolean renew_all(struct renewing *r, const plx_map *map, GError **error)
{
    r->lexicon = plx_words_lexicon(r->store->words, map, r->store->db, error);
    g_autoptr(GArray) list = r->lexicon ? list_imports(r->store->db, error) : NULL;
    if (!list)
        return FALSE;
    r->contents = g_new(struct plx_content, PLX_BATCH_ROWS);
    plx_rowset_init(&r->rows);
    for (guint m = 0; m < map->n_measures; m++)
        r->measure_code[m] =
            plx_words_find(r->store->words, PLX_WORD_MEASURE, 0, map->measures[m].id);
    gboolean ok = TRUE;
    for (guint i = 0; ok && i < list->len; i++) {
        const gint64 *const entry = (const gint64 *)(gpointer)list->data + (gsize)2 * i;
        ok = renew(r, entry[0], entry[1] != 0, error);
    }
    plx_rowset_clear(&r->rows);
    g_free(r->contents);
    return ok;
}

gboolean plx_import_sums_renew(plx_store *store, const plx_map *before, const plx_map *now,
                               GError **error)
{
    struct plx_alike old = {0};
    struct renewing r = {.store = store};
    gboolean ok =
        plx_alike_init(&old, store, before, error) && plx_alike_init(&r.alike, store, now, error);
    if (ok && !plx_alike_same(&old, &r.alike))
        ok = renew_all(&r, now, error);
    plx_lexicon_free(r.lexicon);
    plx_alike_clear(&old);
    plx_alike_clear(&r.alike);
    return ok;
}
