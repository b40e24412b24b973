/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_pieces.h"

#include "store/answer_cache.h"
#include "store/answer_join.h"

struct plx_answer_pieces {
    const plx_map *map;
    const struct plx_need *needs;
    guint n_needs;
    struct plx_answer_piece *piece; /* by need; without an answer: missing */
    GArray *missing;                /* struct plx_need */
    struct plx_answer *added;       /* or NULL */
};

plx_answer_pieces *plx_answer_pieces_find(plx_db *db, const plx_map *map, gint64 generation,
                                          const struct plx_need *needs, guint n_needs)
{
    plx_answer_pieces *const pieces = g_new0(plx_answer_pieces, 1);
    pieces->map = map;
    pieces->needs = needs;
    pieces->n_needs = n_needs;
    pieces->piece = g_new0(struct plx_answer_piece, n_needs);
    pieces->missing = g_array_new(FALSE, FALSE, sizeof(struct plx_need));
    for (guint i = 0; i < n_needs; i++) {
        struct plx_answer *found = NULL;
        /* A damaged one is no damage: it is worked out again. */
        if (plx_answer_cache_get_part(db, map, generation, &needs[i], i == 0, &found, NULL) &&
            found)
            pieces->piece[i].answer = found;
        else
            g_array_append_val(pieces->missing, needs[i]);
    }
    return pieces;
}

void plx_answer_pieces_free(plx_answer_pieces *pieces)
{
    if (!pieces)
        return;
    for (guint i = 0; i < pieces->n_needs; i++)
        if (pieces->piece[i].answer != pieces->added)
            plx_answer_free(pieces->piece[i].answer);
    plx_answer_free(pieces->added);
    g_array_unref(pieces->missing);
    g_free(pieces->piece);
    g_free(pieces);
}

const struct plx_need *plx_answer_pieces_missing(const plx_answer_pieces *pieces, guint *n)
{
    *n = pieces->missing->len;
    return (const struct plx_need *)(gpointer)pieces->missing->data;
}

void plx_answer_pieces_add(plx_answer_pieces *pieces, struct plx_answer *answer)
{
    guint table = 0;
    pieces->added = answer;
    for (guint i = 0; i < pieces->n_needs; i++)
        if (!pieces->piece[i].answer)
            pieces->piece[i] = (struct plx_answer_piece){answer, table++};
}

gboolean plx_answer_pieces_keep(const plx_answer_pieces *pieces, plx_db *db, gint64 generation,
                                GError **error)
{
    if (!plx_answer_cache_drop_old(db, generation, error))
        return FALSE;
    for (guint i = 0; i < pieces->n_needs; i++) {
        const struct plx_answer_piece *const piece = &pieces->piece[i];
        const gboolean ok =
            piece->answer == pieces->added
                ? plx_answer_cache_put_part(db, pieces->map, generation, &pieces->needs[i], i == 0,
                                            pieces->added, piece->table, error)
                : plx_answer_cache_touch_part(db, pieces->map, &pieces->needs[i], i == 0, error);
        if (!ok)
            return FALSE;
    }
    /* The totals, too, which every question wants. */
    return plx_answer_cache_touch(db, pieces->map, NULL, 0, error);
}

struct plx_answer *plx_answer_pieces_join(plx_answer_pieces *pieces)
{
    struct plx_answer *const into = pieces->piece[0].answer;
    if (pieces->missing->len < pieces->n_needs)
        plx_answer_join(into, pieces->map, pieces->piece, pieces->n_needs);
    for (guint i = 0; i < pieces->n_needs; i++)
        pieces->piece[i].answer = NULL;
    pieces->added = NULL;
    return into;
}
