/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A grid to type into: columns, rows of text cells, a cursor, and what each key does to them.
 *
 * Nothing here knows a terminal: keys go in (plx_grid_press), and what is to be drawn can be asked.
 * There is always a row, the cursor is always in a column that is shown, and cells are always valid
 * UTF-8 without control characters. What is wrong with a cell is worked out when asked, so
 * that it cannot be out of date. Tests: tests/workshop/test_grid.c, fuzz/fuzz_grid.c. */

#include "workshop/key.h"

typedef struct plx_grid plx_grid;

enum plx_column_kind { PLX_COLUMN_TEXT, PLX_COLUMN_NUMBER, PLX_COLUMN_CHOICE };

struct plx_grid_column {
    const char *title;
    const char *about; /* what is asked, when the cursor is there; or NULL */
    enum plx_column_kind kind;
    gint min, max;              /* of NUMBER, both at least 0 */
    const char *const *choices; /* of CHOICE, NULL-ended; borrowed */
    const char *letters;        /* the letter of each choice; NULL: they begin with what is typed */
    guint width;                /* in terminal columns; 0: what is left of the line */
    gboolean hidden;            /* holds something that is not shown nor typed */
    gboolean needed;            /* a row without it is not complete */
    gboolean carried;           /* a new row has it from the row before */
    gboolean fast;              /* moves on as soon as nothing can follow */
    gboolean ten;               /* NUMBER: `x` and `t` are 10, `-` is left empty */
};

/* What the grid cannot know. Each may be NULL. */
struct plx_grid_rules {
    /* What is wrong with a cell, seen from the others; NULL: nothing. The caller frees it. */
    char *(*fault)(const plx_grid *grid, guint row, guint column, gpointer data);
    /* Enter and what moves on by itself pass the cell over. */
    gboolean (*skips)(const plx_grid *grid, guint row, guint column, gpointer data);
    gpointer data;
};

/* Columns (not their strings) are copied; the first and at least one more are not hidden. */
plx_grid *plx_grid_new(const struct plx_grid_column *columns, guint n_columns,
                       const struct plx_grid_rules *rules);
void plx_grid_free(plx_grid *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_grid, plx_grid_free)

guint plx_grid_columns(const plx_grid *grid);
const struct plx_grid_column *plx_grid_column(const plx_grid *grid, guint column);
guint plx_grid_rows(const plx_grid *grid);
/* Never NULL; valid until the next change. */
const char *plx_grid_cell(const plx_grid *grid, guint row, guint column);

/* For filling it: no undo. What is no text of a cell (control characters, no UTF-8) becomes
 * blanks. */
void plx_grid_set(plx_grid *grid, guint row, guint column, const char *text);
guint plx_grid_append(plx_grid *grid);
/* Behind the last row, where typing goes on; a row is made if that one is used. */
void plx_grid_go_last(plx_grid *grid);

guint plx_grid_row(const plx_grid *grid);
guint plx_grid_at(const plx_grid *grid);        /* the column of the cursor */
guint plx_grid_caret(const plx_grid *grid);     /* characters before the caret in its cell */
gboolean plx_grid_typing(const plx_grid *grid); /* the cell is being typed */

/* Does what a key says. FALSE when there was nothing to do. *message: why not, or what is to know
 * (to be freed); else NULL. */
gboolean plx_grid_press(plx_grid *grid, const struct plx_key_press *press, char **message);

/* What is wrong with a cell ("11: expected 0 to 10"), to be freed; NULL: nothing. */
char *plx_grid_fault(const plx_grid *grid, guint row, guint column);

enum plx_row_state {
    PLX_ROW_EMPTY,      /* nothing but what was carried here */
    PLX_ROW_INCOMPLETE, /* something needed is missing */
    PLX_ROW_WRONG,      /* a cell is wrong */
    PLX_ROW_COMPLETE
};
enum plx_row_state plx_grid_state(const plx_grid *grid, guint row);

/* What part is seen in a window of so many rows and terminal columns: the first column always, then
 * `n_columns` shown ones from `first_column`. A window follows the cursor; begin with {0}. */
struct plx_grid_window {
    guint first_row, n_rows;
    guint first_column, end_column; /* hidden ones lie between; end is behind the last */
};
void plx_grid_scroll(const plx_grid *grid, guint rows, guint width, struct plx_grid_window *window);
/* How wide a column is in such a window. */
guint plx_grid_width(const plx_grid *grid, guint column, guint width);
