/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What makes rows of two imports alike when the map has changed in between, and where encounters
 * were hidden: a row's contents with ids as they are today, and without hidden encounters. */

#include "store/import_private.h"

#include "map/map_owner.h"

#include <string.h>

/* The id a word has today. */
static const char *id_today(const plx_map *map, guint kind, const struct plx_word_entry *word)
{
    if (kind == PLX_WORD_AUDIENCE) {
        const gint index = plx_map_find_audience(map, word->text);
        return index < 0 ? word->text : map->audiences[index].id;
    }
    const struct plx_owner owner = plx_map_resolve(
        map, kind == PLX_WORD_JOURNEY ? PLX_SUBJECT_JOURNEY : (enum plx_subject_kind)word->about,
        word->text);
    return owner.id ? owner.id : word->text;
}

/* So that rows which come can only have words that are looked at here, or such as are like no
 * others. */
static gboolean number_today(plx_store *store, const plx_map *map, guint kind, GError **error)
{
    guint32 code;
    for (guint a = 0; kind == PLX_WORD_AUDIENCE && a < map->n_audiences; a++)
        if (!plx_words_number(store->words, store->db, kind, 0, map->audiences[a].id,
                              map->audiences[a].id, &code, error))
            return FALSE;
    for (guint32 c = 1; c <= plx_words_size(store->words, kind); c++) {
        const struct plx_word_entry *const word = plx_words_get(store->words, kind, c);
        const guint about = word->about;
        const char *const id = id_today(map, kind, word);
        if (strcmp(id, word->text) != 0 &&
            !plx_words_number(store->words, store->db, kind, about, id, "", &code, error))
            return FALSE;
    }
    return TRUE;
}

/* The oldest of the words with one id stands for all: sums over rows stay what they were when
 * something is renamed. */
static void find_alike(struct plx_alike *alike, const plx_store *store, const plx_map *map,
                       guint dim)
{
    const guint kind = plx_word_kind_of_dim(dim);
    const guint32 n = plx_words_size(store->words, kind) + 1;
    g_autoptr(GHashTable) oldest = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    alike->n[dim] = n;
    alike->code[dim] = g_new0(guint32, n);
    for (guint32 code = 1; code < n; code++) {
        const struct plx_word_entry *const word = plx_words_get(store->words, kind, code);
        char *const key = g_strdup_printf("%u:%s", word->about, id_today(map, kind, word));
        const guint32 first = GPOINTER_TO_UINT(g_hash_table_lookup(oldest, key));
        alike->code[dim][code] = first ? first : code;
        alike->changed[dim] |= first != 0;
        if (first)
            g_free(key);
        else
            g_hash_table_insert(oldest, key, GUINT_TO_POINTER(code));
    }
}

gboolean plx_alike_init(struct plx_alike *alike, plx_store *store, const plx_map *map,
                        GError **error)
{
    for (guint d = 0; d < PLX_ALIKE_DIMS; d++) {
        if (!number_today(store, map, plx_word_kind_of_dim(d), error))
            return FALSE;
        find_alike(alike, store, map, d);
    }
    const guint32 n = alike->n[PLX_DIM_AUDIENCE];
    alike->hidden = g_new0(guint8, n);
    for (guint32 code = 1; code < n; code++) {
        const gint index =
            plx_map_find_audience(map, plx_words_get(store->words, PLX_WORD_AUDIENCE, code)->text);
        alike->hidden[code] =
            index >= 0 && map->audiences[index].identity == PLX_IDENTITY_ANONYMOUS;
        alike->hides |= alike->hidden[code] != 0;
    }
    return TRUE;
}

/* Words that one does not know yet have rows in no import that is done. */
gboolean plx_alike_same(const struct plx_alike *a, const struct plx_alike *b)
{
    const guint32 n = MIN(a->n[PLX_DIM_AUDIENCE], b->n[PLX_DIM_AUDIENCE]);
    if (memcmp(a->hidden, b->hidden, n) != 0)
        return FALSE;
    for (guint d = 0; d < PLX_ALIKE_DIMS; d++)
        if (memcmp(a->code[d], b->code[d], MIN(a->n[d], b->n[d]) * sizeof(guint32)) != 0)
            return FALSE;
    return TRUE;
}

void plx_alike_clear(struct plx_alike *alike)
{
    for (guint d = 0; d < PLX_ALIKE_DIMS; d++)
        g_free(alike->code[d]);
    g_free(alike->hidden);
}

gboolean plx_alike_is_hidden(const struct plx_alike *alike, const struct plx_rowset *rows,
                             guint32 i)
{
    const guint32 *const audience = rows->dim[PLX_DIM_AUDIENCE];
    return alike->hides && audience && audience[i] < alike->n[PLX_DIM_AUDIENCE] &&
           alike->hidden[audience[i]];
}

static guint32 *ids_of(const struct plx_alike *alike, guint dim, const guint32 *codes, guint32 n)
{
    guint32 *const ids = g_new(guint32, n);
    for (guint32 i = 0; i < n; i++)
        ids[i] = codes[i] < alike->n[dim] ? alike->code[dim][codes[i]] : codes[i];
    return ids;
}

/* Encounters nobody can know again are all the same, and nobody's. */
struct shown {
    guint64 *encounter, *unit;
    guint8 *known;
};

static void show_keys(const struct plx_alike *alike, const struct plx_rowset *rows,
                      struct shown *shown)
{
    *shown = (struct shown){g_memdup2(rows->encounter, rows->n * sizeof(guint64)),
                            g_memdup2(rows->unit, rows->n * sizeof(guint64)),
                            g_memdup2(rows->known, rows->known ? rows->n : 0)};
    for (guint32 i = 0; i < rows->n; i++) {
        if (!plx_alike_is_hidden(alike, rows, i))
            continue;
        shown->encounter[i] = shown->unit[i] = 0;
        if (shown->known)
            shown->known[i] = 0;
    }
}

void plx_alike_contents(const struct plx_alike *alike, const struct plx_rowset *rows,
                        const guint32 *measure_code, gboolean with_encounter,
                        struct plx_content *out)
{
    struct plx_rowset like = *rows;
    guint32 *ids[PLX_ALIKE_DIMS] = {0};
    struct shown shown = {0};
    for (guint d = 0; d < PLX_ALIKE_DIMS; d++) {
        if (alike->changed[d] && rows->dim[d])
            like.dim[d] = ids[d] = ids_of(alike, d, rows->dim[d], rows->n);
    }
    if (alike->hides) {
        show_keys(alike, rows, &shown);
        like.encounter = shown.encounter;
        like.unit = shown.unit;
        like.known = shown.known;
    }
    plx_content_of(&like, measure_code, with_encounter, out);
    for (guint32 i = 0; alike->hides && i < rows->n; i++)
        if (plx_alike_is_hidden(alike, rows, i))
            memcpy(out[i].key, out[i].content, sizeof out[i].key);
    for (guint d = 0; d < PLX_ALIKE_DIMS; d++)
        g_free(ids[d]);
    g_free(shown.encounter);
    g_free(shown.unit);
    g_free(shown.known);
}
