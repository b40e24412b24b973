/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A grid to type into: columns, rows of text cells, a cursor, and what each key does to them.
 *
 * Nothing here knows a terminal: keys go in (plx_entry_press), and what is to be drawn can be
 * asked. There is always a row, the cursor is always in a column that is shown, and cells are
 * always valid UTF-8 without control characters. What is wrong with a cell is worked out when
 * asked, so that it cannot be out of date. Tests: tests/workshop/test_entry.c, fuzz/fuzz_entry.c.
 */

#include "workshop/key.h"

typedef struct plx_entry plx_entry;

enum plx_column_kind { PLX_COLUMN_TEXT, PLX_COLUMN_NUMBER, PLX_COLUMN_CHOICE };

struct plx_entry_column {
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
struct plx_entry_rules {
    /* What is wrong with a cell, seen from the others; NULL: nothing. The caller frees it. */
    char *(*fault)(const plx_entry *grid, guint row, guint column, gpointer data);
    /* Enter and what moves on by itself pass the cell over. */
    gboolean (*skips)(const plx_entry *grid, guint row, guint column, gpointer data);
    gpointer data;
};

/* Columns (not their strings) are copied; the first and at least one more are not hidden. */
plx_entry *plx_entry_new(const struct plx_entry_column *columns, guint n_columns,
                         const struct plx_entry_rules *rules);
void plx_entry_free(plx_entry *grid);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_entry, plx_entry_free)

guint plx_entry_columns(const plx_entry *grid);
const struct plx_entry_column *plx_entry_column(const plx_entry *grid, guint column);
guint plx_entry_rows(const plx_entry *grid);
/* Never NULL; valid until the next change. */
const char *plx_entry_cell(const plx_entry *grid, guint row, guint column);

/* For filling it: no undo. What is no text of a cell (control characters, no UTF-8) becomes
 * blanks. */
void plx_entry_set(plx_entry *grid, guint row, guint column, const char *text);
guint plx_entry_append(plx_entry *grid);
/* Behind the last row, where typing goes on; a row is made if that one is used. */
void plx_entry_go_last(plx_entry *grid);

guint plx_entry_row(const plx_entry *grid);
guint plx_entry_at(const plx_entry *grid);        /* the column of the cursor */
guint plx_entry_caret(const plx_entry *grid);     /* characters before the caret in its cell */
gboolean plx_entry_typing(const plx_entry *grid); /* the cell is being typed */

/* Does what a key says. FALSE when there was nothing to do. *message: why not, or what is to know
 * (to be freed); else NULL. */
gboolean plx_entry_press(plx_entry *grid, const struct plx_key_press *press, char **message);

/* What is wrong with a cell ("11: expected 0 to 10"), to be freed; NULL: nothing. */
char *plx_entry_fault(const plx_entry *grid, guint row, guint column);

enum plx_row_state {
    PLX_ROW_EMPTY,      /* nothing but what was carried here */
    PLX_ROW_INCOMPLETE, /* something needed is missing */
    PLX_ROW_WRONG,      /* a cell is wrong */
    PLX_ROW_COMPLETE
};
enum plx_row_state plx_entry_state(const plx_entry *grid, guint row);

/* What part is seen in a window of so many rows and terminal columns: the first column always, then
 * `n_columns` shown ones from `first_column`. A window follows the cursor; begin with {0}. */
struct plx_entry_window {
    guint first_row, n_rows;
    guint first_column, end_column; /* hidden ones lie between; end is behind the last */
};
void plx_entry_scroll(const plx_entry *grid, guint rows, guint width,
                      struct plx_entry_window *window);
/* How wide a column is in such a window. */
guint plx_entry_width(const plx_entry *grid, guint column, guint width);
