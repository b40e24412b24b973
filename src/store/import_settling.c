/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/import_settling.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

void plx_settling_clear(struct plx_settling *s)
{
    plx_settling_end_reading(s);
    plx_rowset_clear(&s->rows);
    plx_lexicon_free(s->lexicon);
    g_clear_pointer(&s->blocks, g_ptr_array_unref);
    g_clear_pointer(&s->mine, plx_match_free);
    g_free(s->fate);
    g_free(s->contents);
}

gboolean plx_settling_init(struct plx_settling *s, struct plx_import *import, GError **error)
{
    *s = (struct plx_settling){.import = import,
                               .reading = s->reading,
                               .contents = g_new(struct plx_content, PLX_BATCH_ROWS)};
    plx_rowset_init(&s->rows);
    s->lexicon =
        plx_words_lexicon(import->store->words, import->store->map, import->store->db, error);
    s->blocks = s->lexicon ? plx_shelf_list(import->store->db, import->id, error) : NULL;
    return s->blocks != NULL;
}

/* Reading blocks ---------------------------------------------------------------------------- */

gboolean plx_settling_read(struct plx_settling *s, const struct plx_shelf_block *block,
                           gboolean with_encounter, GError **error)
{
    const gboolean ok = plx_shelf_read(s->import->store->db, block, s->lexicon, &s->rows, error);
    if (ok && s->comparing)
        plx_alike_contents(&s->import->alike, &s->rows, s->import->measure_code, with_encounter,
                           s->contents);
    else if (ok)
        plx_content_of(&s->rows, s->import->measure_code, with_encounter, s->contents);
    return ok;
}

gboolean plx_settling_rewrite(struct plx_settling *s, const struct plx_shelf_block *block,
                              const guint8 *keep, GError **error)
{
    plx_db *const db = s->import->store->db;
    const gboolean alone = sqlite3_get_autocommit(plx_db_handle(db)) != 0;
    plx_rowset_keep(&s->rows, keep);
    if (alone && !plx_db_begin_write(db, error))
        return FALSE;
    const gboolean ok = plx_shelf_rewrite(db, block, &s->rows, s->import->workers[0].encoder,
                                          s->import->measure_code, error);
    return alone ? plx_store_end(s->import->store, ok, error) : ok;
}

gboolean plx_settling_begin_reading(struct plx_settling *s, GError **error)
{
    plx_db *const db = s->import->store->db;
    if (!sqlite3_get_autocommit(plx_db_handle(db)))
        return TRUE;
    s->reading = plx_db_begin_read(db, error);
    return s->reading;
}

void plx_settling_end_reading(struct plx_settling *s)
{
    if (s->reading)
        plx_db_rollback(s->import->store->db);
    s->reading = FALSE;
}

/* What the reader took back ----------------------------------------------------------------- */

/* Marks rows that are in the sorted list, each of them once. */
static guint32 mark_retracted(const struct plx_settling *s, guint8 *keep, gboolean *used)
{
    const GArray *const list = s->import->retracted;
    const struct plx_content *const first = (const struct plx_content *)(gpointer)list->data;
    guint32 n = 0;
    for (guint32 i = 0; i < s->rows.n; i++) {
        const struct plx_content *at =
            bsearch(&s->contents[i], first, list->len, sizeof *first, plx_content_compare);
        keep[i] = 1;
        while (at && at > first && plx_content_compare(at - 1, at) == 0)
            at--;
        for (; at && at < first + list->len && plx_content_compare(at, &s->contents[i]) == 0;
             at++) {
            if (used[at - first])
                continue;
            used[at - first] = TRUE;
            keep[i] = 0;
            n++;
            break;
        }
    }
    return n;
}

gboolean plx_settling_drop_retracted(struct plx_settling *s, GError **error)
{
    GArray *const list = s->import->retracted;
    if (list->len == 0)
        return TRUE;
    g_array_sort(list, plx_content_compare);
    g_autofree gboolean *used = g_new0(gboolean, list->len);
    g_autofree guint8 *keep = g_new(guint8, PLX_BATCH_ROWS);
    for (guint b = 0; b < s->blocks->len; b++) {
        const struct plx_shelf_block *const block = s->blocks->pdata[b];
        if (!plx_settling_read(s, block, TRUE, error))
            return FALSE;
        if (mark_retracted(s, keep, used) > 0 && !plx_settling_rewrite(s, block, keep, error))
            return FALSE;
    }
    for (guint i = 0; i < list->len; i++)
        if (!used[i])
            return plx_error(error, PLX_ERROR_BUG, "a row that was taken back is not there");
    g_array_set_size(list, 0);
    return TRUE;
}
