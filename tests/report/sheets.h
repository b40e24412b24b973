/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Workshops, read from a file by the reading itself: what tests and the page in tests/web look at.
 */

#include "reading/workshop.h"

#include <glib.h>

enum sheets_kind {
    SHEETS_FULL,   /* 9 tables, sorted, themes tied to rated points, quotes, all kinds of screens */
    SHEETS_PLAIN,  /* the same, nothing sorted */
    SHEETS_MANY,   /* 40 themes, long titles */
    SHEETS_ONE,    /* customers alone */
    SHEETS_HIDDEN, /* 3 leaders of 5 needed, 7 staff whose words are withheld */
    SHEETS_ALONE,  /* no tables: answers of people, some too few to be counted */
    SHEETS_FOUR,   /* a declared audience as well */
    SHEETS_HOSTILE, /* words that would break markup, any script */
    SHEETS_EMPTY,
    SHEETS_KINDS
};

typedef struct sheets sheets;
struct sheets {
    plx_map *map;
    plx_source *source;
    plx_codebook *book; /* or NULL */
    plx_workshop *workshop;
};

sheets *sheets_new(enum sheets_kind kind);
void sheets_free(sheets *s);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(sheets, sheets_free)

/* "full", "plain" ... */
const char *sheets_name(enum sheets_kind kind);
