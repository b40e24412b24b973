/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Dictionaries: short repeating texts as small codes, one set per worker.
 *
 * Code 0 is the empty text (missing). Codes count up from 1 in order of first appearance within
 * ONE worker and mean nothing outside it: answers are ordered by map or by id in byte order, never
 * by code. Dictionaries of ids (audience, journey, subject) fold different spellings of the same
 * id (base/id.h) into one code and remember the smallest spelling as the title.
 * Looking up a known text of up to 16 bytes takes one probe and no memcmp.
 * Test: tests/voice/test_dict.c. */

#include "map/map.h"

#include <glib.h>
#include <string.h>

typedef struct plx_dict plx_dict;

enum plx_dict_kind { PLX_DICT_TEXT, PLX_DICT_ID };

/* The code of a text that is no id: nothing is left of it, or it is not UTF-8 (PLX_DICT_ID only).
 */
#define PLX_DICT_INVALID G_MAXUINT32

plx_dict *plx_dict_new(enum plx_dict_kind kind);
void plx_dict_free(plx_dict *dict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_dict, plx_dict_free)

/* One slot of the open table; private to dict.h and dict.c. length 0 = free. */
struct plx_dict_slot {
    guint64 lo, hi; /* the text itself up to 16 bytes, else its hash and 0 */
    guint32 length;
    guint32 code;
};

/* Private but for the inline lookup below. */
struct plx_dict {
    struct plx_dict_slot *slots;
    guint shift; /* 64 - log2 of the number of slots */
    guint64 mask;
    struct plx_dict_words *words;
};

/* Adds what is not there; the slow half of plx_dict_code. */
guint32 plx_dict_add(plx_dict *dict, const char *text, guint32 length);

/* The code of a text, added when new. At least 16 bytes must be readable from `text` on,
 * whatever `length` (readers pad their buffers). 0 for the empty text. */
static inline guint32 plx_dict_code(plx_dict *dict, const char *text, guint32 length)
{
    if (G_UNLIKELY(length - 1 >= 16))
        return length ? plx_dict_add(dict, text, length) : 0;
    guint64 lo, hi;
    memcpy(&lo, text, 8);
    memcpy(&hi, text + 8, 8);
    lo &= length >= 8 ? ~G_GUINT64_CONSTANT(0) : (G_GUINT64_CONSTANT(1) << (8 * (length & 7))) - 1;
    hi &= length >= 16 ? ~G_GUINT64_CONSTANT(0)
          : length > 8 ? (G_GUINT64_CONSTANT(1) << (8 * (length & 7))) - 1
                       : 0;
    guint64 mixed = (lo ^ (hi * G_GUINT64_CONSTANT(0x9fb21c651e98df25)) ^ length) *
                    G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    for (guint64 at = mixed >> dict->shift;; at = (at + 1) & dict->mask) {
        const struct plx_dict_slot *slot = &dict->slots[at];
        if (slot->lo == lo && slot->hi == hi && slot->length == length)
            return slot->code;
        if (!slot->length)
            return plx_dict_add(dict, text, length);
    }
}

/* The code of a text without padding, or 0 when it is not there. Texts of PLX_DICT_ID are folded.
 */
guint32 plx_dict_find(const plx_dict *dict, const char *text);

guint32 plx_dict_size(const plx_dict *dict); /* codes are 0..size-1 */
/* The id (of PLX_DICT_ID) or the text itself; borrowed; stays valid. */
const char *plx_dict_text(const plx_dict *dict, guint32 code);
/* Smallest spelling seen (of PLX_DICT_ID), else the text. */
const char *plx_dict_title(const plx_dict *dict, guint32 code);

/* What an observation is about. Codes of PLX_DIM_SUBJECT index plx_dims.subjects. */
struct plx_subject {
    enum plx_subject_kind kind;
    const char *id;    /* borrowed from the map or a dictionary */
    const char *title; /* likewise */
    gint map_index;    /* into points, journeys, tasks or promises of the map; -1 = not on it */
};

/* All dictionaries of one worker: dict[d] for each dimension in use (NULL for AUDIENCE and SUBJECT,
 * whose codes are made by the reader), names of segment keys, the subjects. */
struct plx_dims {
    guint n_dims;       /* PLX_DIM_SEGMENT + number of segments */
    plx_dict *dict[70]; /* PLX_DIMS_MAX */
    char *segment[70];  /* [d - PLX_DIM_SEGMENT] = KEY of segment.KEY */
    const plx_map *map; /* resolves audience ids in filters; set by the reader */
    GArray *subjects;   /* struct plx_subject by code; [0] is PLX_SUBJECT_NONE */
};
