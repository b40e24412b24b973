/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What kinds of sheets share (sheet.c) and what each is (guess_sheet.c, table_sheet.c). */

#include "workshop/sheet.h"

#define PLX_SHEET_SOURCE "workshop"
#define PLX_SHEET_TITLES_MAX 12

struct plx_sheet_kind {
    guint n_titles;
    const char *titles[PLX_SHEET_TITLES_MAX]; /* columns of the file */
    /* Puts a row of the file into the grid and says in which row; -1: it is not of this grid. */
    gint (*take)(plx_sheet *sheet, char **fields);
    /* Adds the rows of the file (char **) that a complete row of the grid is. */
    void (*put)(plx_sheet *sheet, guint row, GPtrArray *rows);
    /* Adds lines about what is not said by rows alone; may be NULL. */
    void (*tell)(const plx_sheet *sheet, GString *lines);
};

struct plx_sheet {
    const struct plx_sheet_kind *kind;
    const plx_map *map;
    char *audience, *workshop;
    guint *points; /* of guesses: indices into the map, in the order of their columns */
    guint n_points;
    const char **choices;         /* that columns borrow; NULL-ended; or NULL */
    guint time_column, id_column; /* hidden ones */
    gsize time_length;            /* how much of a time is kept: the day, or all */
    plx_entry *grid;
    GPtrArray *kept;  /* char ** */
    GPtrArray *saved; /* [id - 1]: the rows of the file that a row was last, GPtrArray of char ** */
};

plx_sheet *plx_sheet_new(const struct plx_sheet_kind *kind,
                         const struct plx_sheet_options *options);
/* "3" for a text with blanks around it; to be freed. */
char *plx_sheet_trim(const char *text);
