/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/usage.h"

#include "store/inbox_private.h"
#include "store/shelf.h"

static const struct {
    guint kind, dim;
} COUNTED[] = {{PLX_WORD_AUDIENCE, PLX_DIM_AUDIENCE},
               {PLX_WORD_SUBJECT, PLX_DIM_SUBJECT},
               {PLX_WORD_JOURNEY, PLX_DIM_JOURNEY}};

void plx_usage_clear(struct plx_usage *usage)
{
    for (guint kind = 0; kind < PLX_WORD_KINDS; kind++)
        g_clear_pointer(&usage->count[kind], g_array_unref);
}

static void count_codes(struct plx_usage *usage, const struct plx_rowset *rows)
{
    for (gsize i = 0; i < G_N_ELEMENTS(COUNTED); i++) {
        const guint32 *const codes = rows->dim[COUNTED[i].dim];
        GArray *const count = usage->count[COUNTED[i].kind];
        for (guint32 r = 0; codes && r < rows->n; r++)
            if (codes[r] < count->len) /* else a word that came since */
                g_array_index(count, guint64, codes[r])++;
    }
}

static gboolean count_block(plx_store *store, const struct plx_shelf_block *block,
                            const struct plx_lexicon *lexicon, struct plx_rowset *rows,
                            struct plx_usage *usage, GError **error)
{
    struct plx_block_wanted wanted = {0};
    struct plx_shelf_columns columns;
    plx_want(&wanted, PLX_BLOCK_RUNS);
    for (gsize i = 0; i < G_N_ELEMENTS(COUNTED); i++)
        plx_want(&wanted, COUNTED[i].kind);
    if (!plx_shelf_load(store->db, block, &wanted, &columns, error))
        return FALSE;
    const gboolean ok = plx_block_decode(columns.part, block->rows, lexicon, TRUE, rows, error);
    plx_shelf_columns_clear(&columns);
    if (!ok)
        return FALSE;
    count_codes(usage, rows);
    for (guint m = 0; m < PLX_WORD_MEASURES; m++) {
        const guint column = PLX_BLOCK_MEASURE + m;
        usage->measure[m] += block->columns[column / 8] >> column % 8 & 1 ? block->rows : 0;
    }
    return TRUE;
}

/* What was not yet sealed: readings see it, too. */
static gboolean count_inbox(plx_store *store, const struct plx_lexicon *lexicon,
                            struct plx_rowset *rows, struct plx_usage *usage, GError **error)
{
    gint64 after = 0;
    do {
        if (!plx_inbox_next(store, lexicon, TRUE, &after, rows, error))
            return FALSE;
        count_codes(usage, rows);
        for (guint code = 0; code < lexicon->n_measures; code++) {
            const gint m = lexicon->measure[code];
            usage->measure[code] += m >= 0 && rows->measure[m] ? rows->n : 0;
        }
    } while (rows->n > 0);
    return TRUE;
}

gboolean plx_usage_read(plx_store *store, struct plx_usage *usage, GError **error)
{
    struct plx_usage found = {0};
    struct plx_rowset rows;
    g_autoptr(GPtrArray) blocks = plx_shelf_list(store->db, 0, error);
    struct plx_lexicon *const lexicon =
        blocks ? plx_words_lexicon(store->words, store->base, store->db, error) : NULL;
    if (!lexicon)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(COUNTED); i++) {
        const guint kind = COUNTED[i].kind;
        found.count[kind] = g_array_new(FALSE, TRUE, sizeof(guint64));
        g_array_set_size(found.count[kind], plx_words_size(store->words, kind) + 1);
    }
    plx_rowset_init(&rows);
    gboolean ok = TRUE;
    for (guint b = 0; ok && b < blocks->len; b++)
        ok = count_block(store, blocks->pdata[b], lexicon, &rows, &found, error);
    ok = ok && count_inbox(store, lexicon, &rows, &found, error);
    plx_rowset_clear(&rows);
    plx_lexicon_free(lexicon);
    if (ok)
        *usage = found;
    else
        plx_usage_clear(&found);
    return ok;
}

void plx_usage_answered(const plx_store *store, const struct plx_usage *usage, gboolean *audiences,
                        gboolean *measures)
{
    for (guint32 code = 1; code <= plx_words_size(store->words, PLX_WORD_AUDIENCE); code++) {
        const char *const id = plx_words_get(store->words, PLX_WORD_AUDIENCE, code)->text;
        const gint a = plx_map_find_audience(store->base, id);
        if (a >= 0 && g_array_index(usage->count[PLX_WORD_AUDIENCE], guint64, code) > 0)
            audiences[a] = TRUE;
    }
    for (guint m = 0; m < store->base->n_measures; m++) {
        const guint32 code =
            plx_words_find(store->words, PLX_WORD_MEASURE, 0, store->base->measures[m].id);
        measures[m] = code > 0 && usage->measure[code - 1] > 0;
    }
}
