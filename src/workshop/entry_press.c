/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each key does to a grid. */
#include "workshop/entry_private.h"

#include <string.h>

#define PAGE 10
#define CELL_MAX 10000 /* characters: a paste that went wrong must not make the screen slow */

static const struct plx_entry_column *here(const plx_entry *grid)
{
    return &grid->columns[grid->column];
}

static const char *text_here(const plx_entry *grid)
{
    return plx_entry_cell(grid, grid->row, grid->column);
}

/* The next column that is shown, or -1; step 1 or -1. */
static gint next_column(const plx_entry *grid, guint from, gint step)
{
    gint at = (gint)from + step;
    while (at >= 0 && at < (gint)grid->n_columns && grid->columns[at].hidden)
        at += step;
    return at < (gint)grid->n_columns ? at : -1;
}

static guint last_column(const plx_entry *grid)
{
    return (guint)next_column(grid, grid->n_columns, -1);
}

static gboolean skips(const plx_entry *grid, guint row, guint column)
{
    return grid->rules.skips && grid->rules.skips(grid, row, column, grid->rules.data);
}

/* Sets the cell under the cursor; one visit to a cell is one step of undo. */
static void change(plx_entry *grid, const char *text)
{
    if (!grid->typing)
        plx_entry_remember(grid);
    plx_entry_set(grid, grid->row, grid->column, text);
    grid->typing = TRUE;
}

/* A new row below, for what is carried: the cursor goes to the first cell that is still empty. */
static gboolean new_row(plx_entry *grid)
{
    if (plx_entry_state(grid, grid->row) == PLX_ROW_EMPTY)
        return FALSE;
    plx_entry_remember(grid);
    plx_entry_insert(grid, grid->row + 1);
    guint column = 0;
    while (grid->columns[column].hidden ||
           (grid->columns[column].carried && *plx_entry_cell(grid, grid->row + 1, column)))
        column++;
    plx_entry_go(grid, grid->row + 1, column);
    return TRUE;
}

/* To the next cell, and from the last of a row to the next row. `sensible`: not to those that need
 * nothing. */
static gboolean forward(plx_entry *grid, gboolean sensible)
{
    gint column = next_column(grid, grid->column, 1);
    while (sensible && column >= 0 && skips(grid, grid->row, (guint)column))
        column = next_column(grid, (guint)column, 1);
    if (column >= 0) {
        plx_entry_go(grid, grid->row, (guint)column);
        return TRUE;
    }
    if (grid->row + 1 >= grid->rows->len)
        return new_row(grid);
    plx_entry_go(grid, grid->row + 1, 0);
    return TRUE;
}

static gboolean backward(plx_entry *grid)
{
    const gint column = next_column(grid, grid->column, -1);
    if (column < 0 && grid->row == 0)
        return FALSE;
    if (column >= 0)
        plx_entry_go(grid, grid->row, (guint)column);
    else
        plx_entry_go(grid, grid->row - 1, last_column(grid));
    return TRUE;
}

/* Past a wrong cell only arrows lead: who types on would not see it. */
static gboolean pass(plx_entry *grid, gboolean sensible, char **message)
{
    *message = plx_entry_fault(grid, grid->row, grid->column);
    return !*message && forward(grid, sensible);
}

/* Moves on by itself, unless text was pasted or the cell is wrong; never to another row, which one
 * digit too many would begin. */
static void move_on(plx_entry *grid, gboolean pasted, char **message)
{
    if (!pasted && here(grid)->fast && next_column(grid, grid->column, 1) >= 0)
        grid->jumped = pass(grid, TRUE, message);
}

static void number_set(plx_entry *grid, const char *text)
{
    change(grid, text);
    grid->caret = (guint)strlen(text);
}

/* Can another digit follow without leaving the range? */
static gboolean may_follow(const struct plx_entry_column *column, const char *text)
{
    const gint64 value = g_ascii_strtoll(text, NULL, 10);
    return value > 0 && value * 10 <= column->max;
}

static gboolean type_digit(plx_entry *grid, char digit, gboolean pasted, char **message)
{
    char text[12];
    const char *const before = grid->typing ? text_here(grid) : "";
    if (strlen(before) + 2 > sizeof text)
        return FALSE;
    g_snprintf(text, sizeof text, "%s%c", before, digit);
    number_set(grid, text);
    *message = plx_entry_fault(grid, grid->row, grid->column);
    if (!*message && !may_follow(here(grid), text))
        move_on(grid, pasted, message);
    return TRUE;
}

static gboolean type_number(plx_entry *grid, const struct plx_key_press *press, char **message)
{
    const struct plx_entry_column *const column = here(grid);
    const gunichar c = g_unichar_tolower(press->c);
    if (c >= '0' && c <= '9')
        return type_digit(grid, (char)c, press->pasted, message);
    if (c == ' ')
        return pass(grid, TRUE, message);
    if (column->ten && (c == 'x' || c == 't' || c == '-')) {
        /* A 1 that still waits for its 0 is done; this is the next cell's. */
        if (grid->typing && *text_here(grid) && (!pass(grid, TRUE, message) || !here(grid)->ten))
            return FALSE;
        number_set(grid, c == '-' ? "" : "10");
        move_on(grid, press->pasted, message);
        return TRUE;
    }
    *message = g_strdup_printf("expected a number from %d to %d%s", column->min, column->max,
                               column->ten ? ", x for 10, - for none" : "");
    return FALSE;
}

/* The choice that is meant by what has been typed, or -1; *only: no other begins so. */
static gint find_choice(const struct plx_entry_column *column, const char *typed, gboolean *only)
{
    gint found = -1;
    guint n = 0;
    for (guint i = 0; column->choices[i]; i++) {
        const gboolean is = column->letters ? column->letters[i] == typed[strlen(typed) - 1]
                                            : g_str_has_prefix(column->choices[i], typed);
        found = is && found < 0 ? (gint)i : found;
        n += is ? 1 : 0;
    }
    *only = n == 1;
    return found;
}

static char *choices_message(const struct plx_entry_column *column)
{
    GString *const text = g_string_new("expected");
    for (guint i = 0; column->choices[i]; i++) {
        g_string_append(text, i > 0 ? ", " : " ");
        if (column->letters)
            g_string_append_printf(text, "%c ", column->letters[i]);
        g_string_append(text, column->choices[i]);
    }
    return g_string_free(text, FALSE);
}

static gboolean type_choice(plx_entry *grid, const struct plx_key_press *press, char **message)
{
    const struct plx_entry_column *const column = here(grid);
    if (press->c == ' ' && grid->typed->len == 0)
        return pass(grid, TRUE, message);
    const gsize before = grid->typed->len;
    g_string_append_unichar(grid->typed, g_unichar_tolower(press->c));
    gboolean only;
    const gint choice = find_choice(column, grid->typed->str, &only);
    if (choice < 0) {
        g_string_truncate(grid->typed, before);
        *message = choices_message(column);
        return FALSE;
    }
    const char *const word = column->choices[choice];
    change(grid, word);
    grid->caret = (guint)g_utf8_strlen(word, -1);
    *message = plx_entry_fault(grid, grid->row, grid->column);
    if (only && !*message)
        move_on(grid, press->pasted, message);
    return TRUE;
}

static gboolean type_text(plx_entry *grid, gunichar c, char **message)
{
    /* What was only carried here is typed over. */
    const gboolean over =
        !grid->typing && here(grid)->carried && plx_entry_state(grid, grid->row) == PLX_ROW_EMPTY;
    const char *const old = over ? "" : text_here(grid);
    if (over)
        grid->caret = 0;
    if (g_utf8_strlen(old, -1) >= CELL_MAX) {
        *message = g_strdup_printf("longer than %d characters", CELL_MAX);
        return FALSE;
    }
    const gsize at = (gsize)(g_utf8_offset_to_pointer(old, grid->caret) - old);
    g_autoptr(GString) text = g_string_new(old);
    g_string_insert_unichar(text, (gssize)at, c);
    change(grid, text->str);
    grid->caret++;
    return TRUE;
}

static gboolean type_char(plx_entry *grid, const struct plx_key_press *press, char **message)
{
    if (!g_unichar_validate(press->c) || g_unichar_iscntrl(press->c))
        return FALSE;
    switch (here(grid)->kind) {
    case PLX_COLUMN_NUMBER:
        return type_number(grid, press, message);
    case PLX_COLUMN_CHOICE:
        return type_choice(grid, press, message);
    case PLX_COLUMN_TEXT:
        break;
    }
    return type_text(grid, press->c, message);
}

/* Takes the character at `at` away; a choice, and a number by Delete behind it, go as a whole. */
static gboolean erase(plx_entry *grid, gint at)
{
    const char *const old = text_here(grid);
    const glong n = g_utf8_strlen(old, -1);
    g_string_truncate(grid->typed, 0);
    if (n > 0 && (here(grid)->kind == PLX_COLUMN_CHOICE ||
                  (here(grid)->kind == PLX_COLUMN_NUMBER && at >= n))) {
        change(grid, "");
        grid->caret = 0;
        return TRUE;
    }
    if (at < 0 || at >= n)
        return FALSE;
    g_autoptr(GString) text = g_string_new(old);
    const char *const from = g_utf8_offset_to_pointer(old, at);
    g_string_erase(text, from - old, g_utf8_next_char(from) - from);
    change(grid, text->str);
    grid->caret = (guint)at;
    return TRUE;
}

/* Left and right go through text before they leave the cell. */
static gboolean sideways(plx_entry *grid, gint step)
{
    const glong n = g_utf8_strlen(text_here(grid), -1);
    const glong caret = (glong)grid->caret + step;
    if (here(grid)->kind == PLX_COLUMN_TEXT && caret >= 0 && caret <= n) {
        grid->caret = (guint)caret;
        return TRUE;
    }
    const gint column = next_column(grid, grid->column, step);
    if (column < 0)
        return FALSE;
    plx_entry_go(grid, grid->row, (guint)column);
    if (step > 0)
        grid->caret = 0;
    return TRUE;
}

static gboolean to_row(plx_entry *grid, gint64 row)
{
    const guint there = (guint)CLAMP(row, 0, (gint64)grid->rows->len - 1);
    const gboolean moves = there != grid->row;
    if (moves)
        plx_entry_go(grid, there, grid->column);
    return moves;
}

static gboolean to_end(plx_entry *grid, gboolean end)
{
    const guint n = (guint)g_utf8_strlen(text_here(grid), -1);
    const guint edge = end ? n : 0;
    if (here(grid)->kind == PLX_COLUMN_TEXT && grid->caret != edge)
        grid->caret = edge;
    else
        plx_entry_go(grid, grid->row, end ? last_column(grid) : 0);
    return TRUE;
}

static gboolean enter(plx_entry *grid, char **message)
{
    if (plx_entry_state(grid, grid->row) == PLX_ROW_EMPTY && grid->column == last_column(grid))
        return FALSE;
    return pass(grid, TRUE, message);
}

static gboolean insert_row(plx_entry *grid)
{
    plx_entry_remember(grid);
    plx_entry_insert(grid, grid->row + 1);
    plx_entry_go(grid, grid->row + 1, 0);
    return TRUE;
}

static gboolean delete_row(plx_entry *grid)
{
    plx_entry_remember(grid);
    plx_entry_remove(grid, grid->row);
    plx_entry_go(grid, grid->row, grid->column);
    return TRUE;
}

/* As the cell was before the cursor came. */
static gboolean give_up(plx_entry *grid)
{
    return grid->typing && plx_entry_back(grid, grid->undo, grid->redo);
}

static gboolean move(plx_entry *grid, enum plx_key key)
{
    if (key == PLX_KEY_UP || key == PLX_KEY_DOWN)
        return to_row(grid, (gint64)grid->row + (key == PLX_KEY_UP ? -1 : 1));
    if (key == PLX_KEY_PAGE_UP || key == PLX_KEY_PAGE_DOWN)
        return to_row(grid, (gint64)grid->row + (key == PLX_KEY_PAGE_UP ? -PAGE : PAGE));
    if (key == PLX_KEY_HOME || key == PLX_KEY_END)
        return to_end(grid, key == PLX_KEY_END);
    return sideways(grid, key == PLX_KEY_LEFT ? -1 : 1);
}

static gboolean edit(plx_entry *grid, enum plx_key key)
{
    if (key == PLX_KEY_BACKSPACE || key == PLX_KEY_DELETE)
        return erase(grid, (gint)grid->caret - (key == PLX_KEY_BACKSPACE ? 1 : 0));
    if (key == PLX_KEY_INSERT_ROW || key == PLX_KEY_DELETE_ROW)
        return key == PLX_KEY_INSERT_ROW ? insert_row(grid) : delete_row(grid);
    if (key == PLX_KEY_UNDO)
        return plx_entry_back(grid, grid->undo, grid->redo);
    return plx_entry_back(grid, grid->redo, grid->undo);
}

gboolean plx_entry_press(plx_entry *grid, const struct plx_key_press *press, char **message)
{
    /* Many press Enter behind everything they type: it does not skip the cell that came by itself.
     */
    const gboolean arrived = grid->jumped && press->key == PLX_KEY_ENTER;
    *message = NULL;
    grid->jumped = FALSE;
    if (arrived)
        return TRUE;
    switch (press->key) {
    case PLX_KEY_CHAR:
        return type_char(grid, press, message);
    case PLX_KEY_TAB:
        return pass(grid, FALSE, message);
    case PLX_KEY_ENTER:
        return enter(grid, message);
    case PLX_KEY_BACK_TAB:
        return backward(grid);
    case PLX_KEY_ESCAPE:
        return give_up(grid);
    case PLX_KEY_UP:
    case PLX_KEY_DOWN:
    case PLX_KEY_LEFT:
    case PLX_KEY_RIGHT:
    case PLX_KEY_HOME:
    case PLX_KEY_END:
    case PLX_KEY_PAGE_UP:
    case PLX_KEY_PAGE_DOWN:
        return move(grid, press->key);
    case PLX_KEY_BACKSPACE:
    case PLX_KEY_DELETE:
    case PLX_KEY_INSERT_ROW:
    case PLX_KEY_DELETE_ROW:
    case PLX_KEY_UNDO:
    case PLX_KEY_REDO:
        return edit(grid, press->key);
    case PLX_KEY_NONE:
    case PLX_KEY_LEAVE:
    case PLX_KEY_STOP:
    case PLX_KEY_COUNT:
        break;
    }
    return FALSE;
}
