/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From cells to dictionary codes: audiences, subjects, places and other short repeating texts.
 *
 * A coder keeps the codes of the spellings it met lately in a small direct-mapped table in front of
 * everything dear (dictionary, ids, map, values, patterns), so most cells cost one probe. Coders
 * belong to one worker. Test: tests/ingest/test_coder.c, test_accepted.c. */

#include "ingest/binding.h"
#include "ingest/cells.h"
#include "voice/dict.h"

#define PLX_CODE_BAD G_MAXUINT32 /* the text is wrong; the row has a fault */

/* What the observations of one worker are about: the codes of PLX_DIM_SUBJECT. */
struct plx_subjects {
    const plx_map *map;
    GArray *list;           /* of struct plx_subject by code; [0] is none */
    GPtrArray *written;     /* const char *: the id by which the file calls it, by code */
    plx_dict *ids[5];       /* spellings of things that the map does not call so, by kind */
    GArray *code_of_id[5];  /* guint32 subject code by dictionary code, 0 = not yet */
    GArray *code_of_map[5]; /* guint32 subject code by map index, 0 = not yet */
};

void plx_subjects_init(struct plx_subjects *subjects, const plx_map *map);
void plx_subjects_clear(struct plx_subjects *subjects);
/* The code of a spelling; PLX_CODE_BAD and *why (to be freed; may be NULL) when it is none. */
guint32 plx_subjects_code(struct plx_subjects *subjects, enum plx_subject_kind kind,
                          const char *text, gsize n, char **why);

enum plx_coder_kind { PLX_CODER_AUDIENCE, PLX_CODER_SUBJECT, PLX_CODER_TEXT };

struct plx_front_entry {
    guint64 lo, hi; /* up to 16 bytes: the text; above: its hash and where the copy is */
    guint32 length; /* 0: free */
    guint32 code;
};
#define PLX_FRONT_BITS 11

struct plx_coder {
    enum plx_coder_kind kind;
    enum plx_subject_kind subject;
    const struct plx_bound *bound;
    const plx_map *map;
    struct plx_subjects *subjects;
    plx_dict *dict;      /* of texts; borrowed */
    guint32 constant;    /* code of a constant pick */
    GHashTable *reasons; /* why a text is wrong, of some that are */
    struct plx_front_entry front[1 << PLX_FRONT_BITS];
};

/* A coder of a bound pick; for TEXT with its dictionary, for SUBJECT with its kind. */
struct plx_coder *plx_coder_new(enum plx_coder_kind kind, const struct plx_bound *bound,
                                const plx_map *map, struct plx_subjects *subjects,
                                enum plx_subject_kind subject, plx_dict *dict);

void plx_coder_free(struct plx_coder *coder);

/* The code of one text. PLX_CODE_BAD: *why, which may be NULL: it is dear. */
guint32 plx_coder_code(struct plx_coder *coder, const char *text, gsize n, char **why);

/* The codes of a column; bad cells become faults and code 0. */
void plx_coder_column(struct plx_coder *coder, struct plx_chunk *chunk, guint32 *out);
