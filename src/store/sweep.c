/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sweep.h"

#include "store/inbox_private.h"
#include "store/kept_shelf.h"

struct sweeping {
    plx_store *store;
    const struct plx_sweep *sweep;
    struct plx_lexicon *lexicon;
    plx_encoder *encoder;
    struct plx_rowset rows;
    guint32 measure_code[PLX_MEASURES_MAX];
    GHashTable *touched; /* gint64: imports that were changed */
    guint64 gone;
};

static gboolean load(struct sweeping *s, const struct plx_shelf_block *block,
                     const struct plx_block_wanted *wanted, GError **error)
{
    struct plx_shelf_columns columns;
    if (!plx_shelf_load(s->store->db, block, wanted, &columns, error))
        return FALSE;
    const gboolean ok =
        plx_block_decode(columns.part, block->rows, s->lexicon, TRUE, &s->rows, error);
    plx_shelf_columns_clear(&columns);
    return ok;
}

static gboolean count_gone(struct sweeping *s, gint64 import, guint32 n, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        s->store->db,
        "UPDATE import SET observations = observations - ?2, content = NULL WHERE id = ?1", error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, import);
    sqlite3_bind_int64(statement, 2, n);
    s->gone += n;
    return plx_db_run(s->store->db, statement, error);
}

static gboolean sweep_block(struct sweeping *s, const struct plx_shelf_block *block, GError **error)
{
    const struct plx_sweep *const sweep = s->sweep;
    if (!load(s, block, &sweep->wanted, error))
        return FALSE;
    if (!sweep->concerns(&s->rows, sweep->data))
        return TRUE;
    if (!load(s, block, NULL, error) ||
        !plx_shelf_add_notes(s->store->db, block->id, &s->rows, error))
        return FALSE;
    if (!sweep->change(&s->rows, sweep->data))
        return TRUE;
    g_hash_table_add(s->touched, g_memdup2(&block->import, sizeof block->import));
    return count_gone(s, block->import, block->rows - s->rows.n, error) &&
           plx_shelf_rewrite(s->store->db, block, &s->rows, s->encoder, s->measure_code, error);
}

static gboolean sweep_all(struct sweeping *s, GError **error)
{
    const plx_map *const map = s->store->base;
    for (guint m = 0; m < map->n_measures; m++)
        s->measure_code[m] =
            plx_words_find(s->store->words, PLX_WORD_MEASURE, 0, map->measures[m].id);
    g_autoptr(GPtrArray) blocks = plx_shelf_list(s->store->db, 0, error);
    for (guint b = 0; blocks && b < blocks->len; b++)
        if (!sweep_block(s, blocks->pdata[b], error))
            return FALSE;
    return blocks && plx_kept_renew(s->store, s->touched, error) &&
           plx_store_changed(s->store, -(gint64)s->gone, error);
}

gboolean plx_sweep_run(plx_store *store, const struct plx_sweep *sweep, guint64 *gone,
                       GError **error)
{
    gint64 generation;
    guint64 sealed;
    if (!plx_inbox_seal_within(store, &sealed, error) ||
        !plx_store_refresh(store, &generation, error) || !plx_store_check_map(store, error) ||
        (sweep->begin && !sweep->begin(store, sweep->data, error)))
        return FALSE;
    struct sweeping s = {.store = store, .sweep = sweep};
    s.lexicon = plx_words_lexicon(store->words, store->base, store->db, error);
    if (!s.lexicon)
        return FALSE;
    s.encoder = plx_encoder_new();
    s.touched = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    plx_rowset_init(&s.rows);
    const gboolean ok = sweep_all(&s, error);
    if (ok)
        *gone = s.gone;
    plx_rowset_clear(&s.rows);
    plx_encoder_free(s.encoder);
    g_hash_table_unref(s.touched);
    plx_lexicon_free(s.lexicon);
    return ok;
}
