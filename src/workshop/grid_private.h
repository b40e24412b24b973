/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What grid.c (rows, undo, questions) and grid_press.c (keys) share. */

#include "workshop/grid.h"

/* Rows are shared by the states that undo remembers, and copied before they change. */
struct plx_grid_row {
    guint references;
    char *cells[];
};

struct plx_grid_state {
    GPtrArray *rows;
    guint row, column;
};

struct plx_grid {
    struct plx_grid_column *columns;
    guint n_columns;
    struct plx_grid_rules rules;
    GPtrArray *rows; /* struct plx_grid_row */
    guint row, column, caret;
    gboolean typing; /* the cell was changed since the cursor came */
    GString *typed;  /* of a choice: the letters so far */
    GPtrArray *undo; /* struct plx_grid_state, oldest first */
    GPtrArray *redo; /* likewise, the next to be done again last */
};

/* Remembers how it is, before a change. */
void plx_grid_remember(plx_grid *grid);
/* FALSE: there is nothing. */
gboolean plx_grid_back(plx_grid *grid, GPtrArray *from, GPtrArray *to);

void plx_grid_insert(plx_grid *grid, guint row);
void plx_grid_remove(plx_grid *grid, guint row);
/* The cursor goes into a cell, its caret behind the text. */
void plx_grid_go(plx_grid *grid, guint row, guint column);
