/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The texts behind the codes in blocks: one growing list per kind, kept in table `word`.
 *
 * Codes of one kind count from 1 without gaps and never change their meaning. What a code means
 * today is the map's business: plx_words_lexicon gives the dictionaries of voice/dict.h under a
 * map, in which renamed and merged things have the id they have now.
 * Test: tests/store/test_words.c. */

#include "store/db.h"
#include "voice/batch.h"

/* Kinds of words, which are also columns of blocks (docs/file-format.md): never renumber. */
enum plx_word_kind {
    PLX_WORD_SEGMENT_KEY = 1,
    PLX_WORD_MEASURE = 2,
    PLX_WORD_AUDIENCE = 16,
    PLX_WORD_SUBJECT = 17,
    PLX_WORD_JOURNEY = 18,
    PLX_WORD_PLACE = 19,
    PLX_WORD_CHANNEL = 20,
    PLX_WORD_SOURCE = 21,
    PLX_WORD_LANGUAGE = 22,
    PLX_WORD_PROMPT = 23,
    PLX_WORD_DATASET = 24,
    PLX_WORD_WORKSHOP = 25,
    PLX_WORD_TABLE = 26,
    PLX_WORD_ITEM = 27,
    PLX_WORD_ASKED_P = 28,
    PLX_WORD_CLOCK = 29,
    PLX_WORD_SEGMENT = 64 /* + number of the segment key - 1 */
};
#define PLX_WORD_KINDS 128
#define PLX_WORD_UNKNOWN G_MAXUINT32 /* what an audience becomes that is not on the map */
#define PLX_WORD_MEASURES 96         /* of all maps a workspace ever had */

struct plx_word_entry {
    char *text;  /* the id, or the text itself */
    char *title; /* smallest spelling seen */
    guint about; /* enum plx_subject_kind, of PLX_WORD_SUBJECT; else 0 */
};

typedef struct plx_words plx_words;

/* All words of the file, checked. Errors: PLX_ERROR_IO (damage). */
plx_words *plx_words_load(plx_db *db, GError **error);
void plx_words_free(plx_words *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_words, plx_words_free)

guint32 plx_words_size(const plx_words *words, guint kind); /* codes are 1..size */
const struct plx_word_entry *plx_words_get(const plx_words *words, guint kind, guint32 code);
/* The code, or 0. */
guint32 plx_words_find(const plx_words *words, guint kind, guint about, const char *text);

/* The code of a text, given a new one and written to the file (within the caller's transaction)
 * when it has none; a smaller spelling becomes the title. An empty `title` says that nobody is to
 * see it yet. */
gboolean plx_words_number(plx_words *words, plx_db *db, guint kind, guint about, const char *text,
                          const char *title, guint32 *code, GError **error);

/* The kind of a dimension of batches, given the number of its segment (from 1) where it is one. */
guint plx_word_kind_of_dim(guint dim);

/* Words under a map: dictionaries for batches, and what codes of blocks become in them. */
struct plx_lexicon {
    struct plx_dims dims;
    guint32 *to[PLX_DIMS_MAX];       /* by code of a block; NULL: the same code */
    guint32 size[PLX_DIMS_MAX];      /* codes a block may hold are below this */
    gboolean unknown;                /* some audiences are not on the map: PLX_WORD_UNKNOWN */
    gint measure[PLX_WORD_MEASURES]; /* by code of the measure - 1: its number on the map, or -1 */
    guint n_measures;
};

/* Errors: PLX_ERROR_IO for words that none can be and more measures than there may be. The map must
 * outlive the result. */
struct plx_lexicon *plx_words_lexicon(const plx_words *words, const plx_map *map, const plx_db *db,
                                      GError **error);
void plx_lexicon_free(struct plx_lexicon *lexicon);

/* FALSE: among the codes of a dimension, all below its size, is one of an audience that is not on
 * the map. */
gboolean plx_lexicon_knows(const struct plx_lexicon *lexicon, guint dim, const guint32 *codes,
                           guint32 n);
