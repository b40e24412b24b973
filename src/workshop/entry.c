/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/entry_private.h"

#include <string.h>

#define UNDO_MAX 500
#define DIGITS_MAX 9

static void row_unref(gpointer data)
{
    struct plx_entry_row *const row = data;
    if (--row->references > 0)
        return;
    for (guint i = 0; row->cells[i]; i++)
        g_free(row->cells[i]);
    g_free(row);
}

static struct plx_entry_row *row_new(const plx_entry *grid, const struct plx_entry_row *from)
{
    struct plx_entry_row *const row =
        g_malloc0(sizeof *row + (grid->n_columns + 1) * sizeof row->cells[0]);
    row->references = 1;
    for (guint i = 0; i < grid->n_columns; i++)
        row->cells[i] = g_strdup(from ? from->cells[i] : "");
    return row;
}

static gpointer row_ref(gconstpointer data, gpointer nothing)
{
    (void)nothing;
    struct plx_entry_row *const row = (struct plx_entry_row *)(guintptr)data;
    row->references++;
    return row;
}

static void state_free(gpointer data)
{
    struct plx_entry_state *const state = data;
    g_ptr_array_unref(state->rows);
    g_free(state);
}

static GPtrArray *rows_copy(GPtrArray *rows)
{
    GPtrArray *const copy = g_ptr_array_copy(rows, row_ref, NULL);
    g_ptr_array_set_free_func(copy, row_unref);
    return copy;
}

plx_entry *plx_entry_new(const struct plx_entry_column *columns, guint n_columns,
                         const struct plx_entry_rules *rules)
{
    plx_entry *const grid = g_new0(plx_entry, 1);
    grid->columns = g_memdup2(columns, n_columns * sizeof *columns);
    grid->n_columns = n_columns;
    if (rules)
        grid->rules = *rules;
    grid->rows = g_ptr_array_new_with_free_func(row_unref);
    grid->typed = g_string_new(NULL);
    grid->undo = g_ptr_array_new_with_free_func(state_free);
    grid->redo = g_ptr_array_new_with_free_func(state_free);
    g_ptr_array_add(grid->rows, row_new(grid, NULL));
    return grid;
}

void plx_entry_free(plx_entry *grid)
{
    if (!grid)
        return;
    g_ptr_array_unref(grid->undo);
    g_ptr_array_unref(grid->redo);
    g_ptr_array_unref(grid->rows);
    g_string_free(grid->typed, TRUE);
    g_free(grid->columns);
    g_free(grid);
}

guint plx_entry_columns(const plx_entry *grid)
{
    return grid->n_columns;
}

const struct plx_entry_column *plx_entry_column(const plx_entry *grid, guint column)
{
    return &grid->columns[column];
}

guint plx_entry_rows(const plx_entry *grid)
{
    return grid->rows->len;
}

const char *plx_entry_cell(const plx_entry *grid, guint row, guint column)
{
    const struct plx_entry_row *const cells = grid->rows->pdata[row];
    return cells->cells[column];
}

/* Text that a cell may hold. */
static char *clean(const char *text)
{
    char *const valid = g_utf8_make_valid(text, -1);
    GString *const out = g_string_new(NULL);
    for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);
        g_string_append_unichar(out, g_unichar_iscntrl(c) ? ' ' : c);
    }
    g_free(valid);
    return g_string_free(out, FALSE);
}

void plx_entry_set(plx_entry *grid, guint row, guint column, const char *text)
{
    struct plx_entry_row *cells = grid->rows->pdata[row];
    if (cells->references > 1) {
        struct plx_entry_row *const own = row_new(grid, cells);
        row_unref(cells);
        grid->rows->pdata[row] = own;
        cells = own;
    }
    char *const old = cells->cells[column];
    cells->cells[column] = clean(text);
    g_free(old);
}

void plx_entry_insert(plx_entry *grid, guint row)
{
    struct plx_entry_row *const cells = row_new(grid, NULL);
    for (guint i = 0; row > 0 && i < grid->n_columns; i++) {
        if (!grid->columns[i].carried)
            continue;
        g_free(cells->cells[i]);
        cells->cells[i] = g_strdup(plx_entry_cell(grid, row - 1, i));
    }
    g_ptr_array_insert(grid->rows, (gint)row, cells);
}

guint plx_entry_append(plx_entry *grid)
{
    g_ptr_array_add(grid->rows, row_new(grid, NULL));
    return grid->rows->len - 1;
}

void plx_entry_remove(plx_entry *grid, guint row)
{
    g_ptr_array_remove_index(grid->rows, row);
    if (grid->rows->len == 0)
        plx_entry_append(grid);
}

void plx_entry_go(plx_entry *grid, guint row, guint column)
{
    grid->row = MIN(row, grid->rows->len - 1);
    grid->column = column;
    grid->caret = (guint)g_utf8_strlen(plx_entry_cell(grid, grid->row, column), -1);
    grid->typing = FALSE;
    g_string_truncate(grid->typed, 0);
}

void plx_entry_go_last(plx_entry *grid)
{
    if (plx_entry_state(grid, grid->rows->len - 1) != PLX_ROW_EMPTY)
        plx_entry_append(grid);
    plx_entry_go(grid, grid->rows->len - 1, 0);
}

guint plx_entry_row(const plx_entry *grid)
{
    return grid->row;
}

guint plx_entry_at(const plx_entry *grid)
{
    return grid->column;
}

guint plx_entry_caret(const plx_entry *grid)
{
    return grid->caret;
}

gboolean plx_entry_typing(const plx_entry *grid)
{
    return grid->typing;
}

static struct plx_entry_state *state_of(const plx_entry *grid)
{
    struct plx_entry_state *const state = g_new(struct plx_entry_state, 1);
    *state = (struct plx_entry_state){rows_copy(grid->rows), grid->row, grid->column};
    return state;
}

void plx_entry_remember(plx_entry *grid)
{
    g_ptr_array_set_size(grid->redo, 0);
    g_ptr_array_add(grid->undo, state_of(grid));
    if (grid->undo->len > UNDO_MAX)
        g_ptr_array_remove_index(grid->undo, 0);
}

gboolean plx_entry_back(plx_entry *grid, GPtrArray *from, GPtrArray *to)
{
    if (from->len == 0)
        return FALSE;
    g_ptr_array_add(to, state_of(grid));
    struct plx_entry_state *const state = g_ptr_array_steal_index(from, from->len - 1);
    g_ptr_array_unref(grid->rows);
    grid->rows = g_ptr_array_ref(state->rows);
    plx_entry_go(grid, state->row, state->column);
    state_free(state);
    return TRUE;
}

static gboolean is_number(const struct plx_entry_column *column, const char *text)
{
    const gsize n = strlen(text);
    if (n > DIGITS_MAX || strspn(text, "0123456789") != n)
        return FALSE;
    const gint64 value = g_ascii_strtoll(text, NULL, 10);
    return value >= column->min && value <= column->max;
}

static char *kind_fault(const struct plx_entry_column *column, const char *text)
{
    if (column->kind == PLX_COLUMN_NUMBER && !is_number(column, text))
        return g_strdup_printf("%s: expected %d to %d", text, column->min, column->max);
    if (column->kind == PLX_COLUMN_CHOICE && !g_strv_contains(column->choices, text)) {
        g_autofree char *words = g_strjoinv(", ", (char **)(guintptr)column->choices);
        return g_strdup_printf("%s: expected %s", text, words);
    }
    return NULL;
}

char *plx_entry_fault(const plx_entry *grid, guint row, guint column)
{
    const char *const text = plx_entry_cell(grid, row, column);
    char *const fault = *text ? kind_fault(&grid->columns[column], text) : NULL;
    if (fault || !grid->rules.fault)
        return fault;
    return grid->rules.fault(grid, row, column, grid->rules.data);
}

/* A cell of blanks says nothing. */
static gboolean is_blank(const char *text)
{
    while (*text && g_unichar_isspace(g_utf8_get_char(text)))
        text = g_utf8_next_char(text);
    return *text == '\0';
}

enum plx_row_state plx_entry_state(const plx_entry *grid, guint row)
{
    gboolean empty = TRUE;
    gboolean complete = TRUE;
    for (guint i = 0; i < grid->n_columns; i++) {
        const gboolean blank = is_blank(plx_entry_cell(grid, row, i));
        empty = empty && (blank || grid->columns[i].carried || grid->columns[i].hidden);
        complete = complete && !(blank && grid->columns[i].needed);
    }
    if (empty)
        return PLX_ROW_EMPTY;
    for (guint i = 0; i < grid->n_columns; i++) {
        g_autofree char *fault = plx_entry_fault(grid, row, i);
        if (fault)
            return PLX_ROW_WRONG;
    }
    return complete ? PLX_ROW_COMPLETE : PLX_ROW_INCOMPLETE;
}

guint plx_entry_width(const plx_entry *grid, guint column, guint width)
{
    if (grid->columns[column].width > 0)
        return MIN(grid->columns[column].width, width);
    guint others = 0;
    for (guint i = 0; i < grid->n_columns; i++)
        others += i == column || grid->columns[i].hidden ? 0 : grid->columns[i].width + 1;
    return width > others + 20 ? width - others : MIN(20, width);
}

/* The column behind the last that fits, from `first` on; at least one. */
static guint fits_until(const plx_entry *grid, guint first, guint width)
{
    guint used = plx_entry_width(grid, 0, width);
    guint end = first;
    for (; end < grid->n_columns; end++) {
        if (grid->columns[end].hidden)
            continue;
        used += 1 + plx_entry_width(grid, end, width);
        if (used > width && end > first)
            break;
    }
    return end;
}

void plx_entry_scroll(const plx_entry *grid, guint rows, guint width,
                      struct plx_entry_window *window)
{
    guint first = window->first_row;
    if (grid->row < first)
        first = grid->row;
    if (grid->row >= first + rows)
        first = grid->row - rows + 1;
    first = MIN(first, grid->rows->len > rows ? grid->rows->len - rows : 0);
    guint left = MAX(window->first_column, 1);
    if (grid->column > 0 && grid->column < left)
        left = grid->column;
    while (left < grid->column && fits_until(grid, left, width) <= grid->column)
        left++;
    *window = (struct plx_entry_window){first, MIN(rows, grid->rows->len - first), left,
                                        fits_until(grid, left, width)};
}
