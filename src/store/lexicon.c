/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words under a map: what the codes of blocks mean today (words.h). */

#include "map/map_item.h"
#include "map/map_owner.h"
#include "store/words.h"

#include <string.h>

static const struct {
    guint dim, kind;
} KINDS[] = {
    {PLX_DIM_AUDIENCE, PLX_WORD_AUDIENCE}, {PLX_DIM_SUBJECT, PLX_WORD_SUBJECT},
    {PLX_DIM_JOURNEY, PLX_WORD_JOURNEY},   {PLX_DIM_PLACE, PLX_WORD_PLACE},
    {PLX_DIM_CHANNEL, PLX_WORD_CHANNEL},   {PLX_DIM_SOURCE, PLX_WORD_SOURCE},
    {PLX_DIM_LANGUAGE, PLX_WORD_LANGUAGE}, {PLX_DIM_PROMPT, PLX_WORD_PROMPT},
    {PLX_DIM_DATASET, PLX_WORD_DATASET},   {PLX_DIM_WORKSHOP, PLX_WORD_WORKSHOP},
    {PLX_DIM_TABLE, PLX_WORD_TABLE},       {PLX_DIM_ITEM, PLX_WORD_ITEM},
    {PLX_DIM_ASKED_P, PLX_WORD_ASKED_P},   {PLX_DIM_CLOCK, PLX_WORD_CLOCK},
};

guint plx_word_kind_of_dim(guint dim)
{
    for (gsize i = 0; i < G_N_ELEMENTS(KINDS); i++)
        if (KINDS[i].dim == dim)
            return KINDS[i].kind;
    return PLX_WORD_SEGMENT + dim - PLX_DIM_SEGMENT;
}

static guint32 *new_codes(struct plx_lexicon *lexicon, guint dim)
{
    lexicon->to[dim] = g_new0(guint32, lexicon->size[dim]);
    return lexicon->to[dim];
}

/* An import that came to nothing (a dry run, for one) leaves the words of audiences that it alone
 * declared; only answers of such an audience would be damage. */
static void read_audiences(struct plx_lexicon *lexicon, const plx_words *words)
{
    const plx_map *const map = lexicon->dims.map;
    guint32 *const to = new_codes(lexicon, PLX_DIM_AUDIENCE);
    for (guint32 code = 1; code < lexicon->size[PLX_DIM_AUDIENCE]; code++) {
        const char *const id = plx_words_get(words, PLX_WORD_AUDIENCE, code)->text;
        const gint index = plx_map_find_audience(map, id);
        to[code] = index < 0 ? PLX_WORD_UNKNOWN : (guint32)index + 1;
        lexicon->unknown |= index < 0;
    }
}

gboolean plx_lexicon_knows(const struct plx_lexicon *lexicon, guint dim, const guint32 *codes,
                           guint32 n)
{
    const guint32 *const to = lexicon->to[PLX_DIM_AUDIENCE];
    gboolean known = TRUE;
    for (guint32 i = 0; dim == PLX_DIM_AUDIENCE && lexicon->unknown && codes && i < n; i++)
        known &= to[codes[i]] != PLX_WORD_UNKNOWN;
    return known;
}

static gint map_index(const struct plx_owner *owner)
{
    return owner->state == PLX_OWNER_CURRENT ? (gint)owner->index : -1;
}

static const char *title_of(const plx_map *map, enum plx_subject_kind kind, gint index,
                            const char *otherwise)
{
    return index < 0 || kind == PLX_SUBJECT_NONE ? otherwise
                                                 : plx_map_item(map, kind, (guint)index).title;
}

static void read_subjects(struct plx_lexicon *lexicon, const plx_words *words)
{
    const plx_map *const map = lexicon->dims.map;
    GArray *const list = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_set_size(list, 1);
    for (guint32 code = 1; code < lexicon->size[PLX_DIM_SUBJECT]; code++) {
        const struct plx_word_entry *const word = plx_words_get(words, PLX_WORD_SUBJECT, code);
        const enum plx_subject_kind kind = (enum plx_subject_kind)word->about;
        const struct plx_owner owner = plx_map_resolve(map, kind, word->text);
        const gint index = map_index(&owner);
        const struct plx_subject subject = {kind, owner.id ? owner.id : word->text,
                                            title_of(map, kind, index, word->title), index};
        g_array_append_val(list, subject);
    }
    lexicon->dims.subjects = list;
}

/* A word that none can be, in a file that others made. */
static gboolean no_word(const plx_db *db, guint dim, guint32 code, GError **error)
{
    return plx_db_damaged(db, error, "word %u of kind %u", code, plx_word_kind_of_dim(dim));
}

/* Two journeys of old may be one today. */
static gboolean read_journeys(struct plx_lexicon *lexicon, const plx_words *words, const plx_db *db,
                              GError **error)
{
    plx_dict *const dict = lexicon->dims.dict[PLX_DIM_JOURNEY];
    guint32 *const to = new_codes(lexicon, PLX_DIM_JOURNEY);
    for (guint32 code = 1; code < lexicon->size[PLX_DIM_JOURNEY]; code++) {
        const struct plx_word_entry *const word = plx_words_get(words, PLX_WORD_JOURNEY, code);
        const struct plx_owner owner =
            plx_map_resolve(lexicon->dims.map, PLX_SUBJECT_JOURNEY, word->text);
        const gboolean same = !owner.id || strcmp(owner.id, word->text) == 0;
        /* An import that came to nothing leaves words without a title. */
        const char *const text = !same ? owner.id : *word->title ? word->title : word->text;
        to[code] = plx_dict_add(dict, text, (guint32)strlen(text));
        if (to[code] == 0 || to[code] == PLX_DICT_INVALID)
            return no_word(db, PLX_DIM_JOURNEY, code, error);
    }
    return TRUE;
}

#define CLOCK_MOST 16 /* "second+02:00" and a little room */

/* Adding texts in the order of their codes gives them the same codes again, unless two are the same
 * or one is nothing. */
static gboolean read_texts(struct plx_lexicon *lexicon, const plx_words *words, guint dim,
                           const plx_db *db, GError **error)
{
    const guint kind = plx_word_kind_of_dim(dim);
    for (guint32 code = 1; code < lexicon->size[dim]; code++) {
        const char *const text = plx_words_get(words, kind, code)->text;
        const guint32 got = plx_dict_add(lexicon->dims.dict[dim], text, (guint32)strlen(text));
        if (got != code || (dim == PLX_DIM_CLOCK && strlen(text) > CLOCK_MOST))
            return no_word(db, dim, code, error);
    }
    return TRUE;
}

static gboolean read_measures(struct plx_lexicon *lexicon, const plx_words *words, const plx_db *db,
                              GError **error)
{
    lexicon->n_measures = plx_words_size(words, PLX_WORD_MEASURE);
    if (lexicon->n_measures > PLX_WORD_MEASURES)
        return plx_db_damaged(db, error, "it has %u measures", lexicon->n_measures);
    for (guint code = 1; code <= lexicon->n_measures; code++)
        lexicon->measure[code - 1] = plx_map_find_measure(
            lexicon->dims.map, plx_words_get(words, PLX_WORD_MEASURE, code)->text);
    return TRUE;
}

/* The dictionaries of all dimensions but subjects. */
static gboolean read_dims(struct plx_lexicon *lexicon, const plx_words *words, const plx_db *db,
                          GError **error)
{
    struct plx_dims *const dims = &lexicon->dims;
    for (guint d = 0; d < dims->n_dims; d++) {
        if (d >= PLX_DIM_JOURNEY)
            dims->dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
        if (d > PLX_DIM_JOURNEY && !read_texts(lexicon, words, d, db, error))
            return FALSE;
        if (d >= PLX_DIM_SEGMENT)
            dims->segment[d - PLX_DIM_SEGMENT] =
                g_strdup(plx_words_get(words, PLX_WORD_SEGMENT_KEY, d - PLX_DIM_SEGMENT + 1)->text);
    }
    return read_journeys(lexicon, words, db, error);
}

struct plx_lexicon *plx_words_lexicon(const plx_words *words, const plx_map *map, const plx_db *db,
                                      GError **error)
{
    struct plx_lexicon *const lexicon = g_new0(struct plx_lexicon, 1);
    const guint32 segments = plx_words_size(words, PLX_WORD_SEGMENT_KEY);
    struct plx_dims *const dims = &lexicon->dims;
    dims->map = map;
    dims->n_dims = PLX_DIM_SEGMENT + MIN(segments, PLX_DIMS_MAX - PLX_DIM_SEGMENT);
    for (guint d = 0; d < dims->n_dims; d++)
        lexicon->size[d] = plx_words_size(words, plx_word_kind_of_dim(d)) + 1;
    read_subjects(lexicon, words);
    read_audiences(lexicon, words);
    if (read_dims(lexicon, words, db, error) && read_measures(lexicon, words, db, error))
        return lexicon;
    plx_lexicon_free(lexicon);
    return NULL;
}

void plx_lexicon_free(struct plx_lexicon *lexicon)
{
    if (!lexicon)
        return;
    for (guint d = 0; d < PLX_DIMS_MAX; d++) {
        plx_dict_free(lexicon->dims.dict[d]);
        g_free(lexicon->dims.segment[d]);
        g_free(lexicon->to[d]);
    }
    g_array_unref(lexicon->dims.subjects);
    g_free(lexicon);
}
