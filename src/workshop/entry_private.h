/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What entry.c (rows, undo, questions) and entry_press.c (keys) share. */

#include "workshop/entry.h"

/* Rows are shared by the states that undo remembers, and copied before they change. */
struct plx_entry_row {
    guint references;
    char *cells[];
};

struct plx_entry_state {
    GPtrArray *rows;
    guint row, column;
};

struct plx_entry {
    struct plx_entry_column *columns;
    guint n_columns;
    struct plx_entry_rules rules;
    GPtrArray *rows; /* struct plx_entry_row */
    guint row, column, caret;
    gboolean typing; /* the cell was changed since the cursor came */
    gboolean jumped; /* the cursor came here by itself, and no key was pressed since */
    GString *typed;  /* of a choice: the letters so far */
    GPtrArray *undo; /* struct plx_entry_state, oldest first */
    GPtrArray *redo; /* likewise, the next to be done again last */
};

/* Remembers how it is, before a change. */
void plx_entry_remember(plx_entry *grid);
/* FALSE: there is nothing. */
gboolean plx_entry_back(plx_entry *grid, GPtrArray *from, GPtrArray *to);

void plx_entry_insert(plx_entry *grid, guint row);
void plx_entry_remove(plx_entry *grid, guint row);
/* The cursor goes into a cell, its caret behind the text. */
void plx_entry_go(plx_entry *grid, guint row, guint column);
