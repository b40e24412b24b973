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

typedef struct plx_dict plx_dict;

enum plx_dict_kind { PLX_DICT_TEXT, PLX_DICT_ID };

plx_dict *plx_dict_new(enum plx_dict_kind kind);
void plx_dict_free(plx_dict *dict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_dict, plx_dict_free)

/* The code of a text, added when new. At least 16 bytes must be readable from `text` on,
 * whatever `length` (readers pad their buffers). */
guint32 plx_dict_code(plx_dict *dict, const char *text, guint32 length);
/* The code of a text without padding, or 0 when it is not there. */
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
    guint n_dims; /* PLX_DIM_SEGMENT + number of segments */
    plx_dict *dict[64];
    char *segment[64]; /* [d - PLX_DIM_SEGMENT] = KEY of segment.KEY */
    GArray *subjects;  /* struct plx_subject by code; [0] is PLX_SUBJECT_NONE */
};
