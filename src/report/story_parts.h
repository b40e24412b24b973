/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a story is made of; private to report/story*.c. */

#include "report/story.h"

enum plx_block_kind {
    PLX_BLOCK_SAY,
    PLX_BLOCK_QUIET,
    PLX_BLOCK_HEADING,
    PLX_BLOCK_ITEM,
    PLX_BLOCK_TABLE,
    PLX_BLOCK_DRAWING,
    PLX_BLOCK_LEGEND,
    PLX_BLOCK_CODE
};

struct plx_block {
    enum plx_block_kind kind;
    char *title; /* of an item or NULL; caption of a table or NULL */
    char *text;
    gboolean sheet; /* of a heading: printed, it begins one */
    plx_svg *svg;
    guint n_columns;
    struct plx_story_column *columns;
    GPtrArray *titles;   /* char *: of the columns */
    GPtrArray *cells;    /* char *, row by row */
    char **about;        /* ids of points; of a paragraph or item, or NULL */
    GPtrArray *subjects; /* of a table: the same, by row */
};

struct plx_story {
    char *id, *title, *context, *lead;
    char **about;       /* of what comes next, or NULL */
    GPtrArray *blocks;  /* struct plx_block */
    GPtrArray *notes;   /* char * */
    GPtrArray *methods; /* char *: heading, text, … */
};
