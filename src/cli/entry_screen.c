/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/entry_screen.h"

#include "workshop/width.h"

/* Lines above the rows (title, what is asked, heads) and below (message, keys). */
#define ABOVE 4
#define BELOW 2
#define NUMBER_WIDTH 6 /* mark, row number, blank */

static guint inner_width(const struct plx_entry_screen *view)
{
    return plx_screen_columns(view->screen) - NUMBER_WIDTH;
}

/* Narrow columns are called by their number among their like: "12". */
static char *head(const plx_entry *grid, guint column, guint width)
{
    const char *const title = plx_entry_column(grid, column)->title;
    if (plx_width(title) <= width)
        return g_strdup(title);
    guint number = 0;
    for (guint i = 0; i <= column; i++)
        number += plx_entry_column(grid, i)->ten ? 1 : 0;
    return g_strdup_printf("%u", number);
}

static void draw_cell(const struct plx_entry_screen *view, guint line, guint row, guint column,
                      guint at)
{
    const plx_entry *const grid = view->grid;
    const guint width = plx_entry_width(grid, column, inner_width(view));
    const gboolean here = row == plx_entry_row(grid) && column == plx_entry_at(grid);
    guint caret = 0;
    g_autofree char *fault = plx_entry_fault(grid, row, column);
    g_autofree char *text = plx_width_view(plx_entry_cell(grid, row, column), width,
                                           here ? plx_entry_caret(grid) : 0, &caret);
    unsigned ink = fault ? PLX_INK_WRONG | PLX_INK_BOLD : PLX_INK_PLAIN;
    ink |= here ? PLX_INK_REVERSE : PLX_INK_PLAIN;
    plx_screen_put(view->screen, line, at, width, text, ink);
    if (here)
        plx_screen_caret(view->screen, line, at + caret);
}

static void draw_head(const struct plx_entry_screen *view, guint column, guint at)
{
    const guint width = plx_entry_width(view->grid, column, inner_width(view));
    g_autofree char *text = head(view->grid, column, width);
    plx_screen_put(view->screen, ABOVE - 1, at, width, text,
                   PLX_INK_UNDERLINE |
                       (column == plx_entry_at(view->grid) ? PLX_INK_BOLD : PLX_INK_PLAIN));
}

static void draw_number(const struct plx_entry_screen *view, guint line, guint row)
{
    static const char *const marks[] = {[PLX_ROW_EMPTY] = " ",
                                        [PLX_ROW_INCOMPLETE] = "…",
                                        [PLX_ROW_WRONG] = "!",
                                        [PLX_ROW_COMPLETE] = "+"};
    const enum plx_row_state state = plx_entry_state(view->grid, row);
    g_autofree char *text = g_strdup_printf("%s%4u ", marks[state], row + 1);
    plx_screen_put(view->screen, line, 0, NUMBER_WIDTH, text,
                   state == PLX_ROW_WRONG ? PLX_INK_WRONG : PLX_INK_FAINT);
}

static void draw_rows(const struct plx_entry_screen *view)
{
    const struct plx_entry_window *const window = &view->window;
    for (guint i = 0; i < window->n_rows; i++)
        draw_number(view, ABOVE + i, window->first_row + i);
    guint at = NUMBER_WIDTH;
    for (guint column = 0; column < window->end_column; column++) {
        if ((column > 0 && column < window->first_column) ||
            plx_entry_column(view->grid, column)->hidden)
            continue;
        draw_head(view, column, at);
        for (guint i = 0; i < window->n_rows; i++)
            draw_cell(view, ABOVE + i, window->first_row + i, column, at);
        at += plx_entry_width(view->grid, column, inner_width(view)) + 1;
    }
}

/* The column under the cursor in full, and what is asked. */
static void draw_question(const struct plx_entry_screen *view)
{
    const struct plx_entry_column *const column =
        plx_entry_column(view->grid, plx_entry_at(view->grid));
    const char *const about = column->about ? column->about : view->about;
    g_autofree char *number = head(view->grid, plx_entry_at(view->grid), column->width);
    g_autofree char *text =
        column->ten ? g_strdup_printf("%s  %s", number, column->title) : g_strdup(column->title);
    const guint columns = plx_screen_columns(view->screen);
    plx_screen_put(view->screen, 1, 0, columns, text, PLX_INK_BOLD);
    plx_screen_put(view->screen, 2, 0, columns, about ? about : "", PLX_INK_PLAIN);
}

void plx_entry_screen_draw(struct plx_entry_screen *view, const char *message)
{
    plx_screen *const screen = view->screen;
    plx_screen_clear(screen);
    if (plx_screen_fits(screen)) {
        const plx_entry *const grid = view->grid;
        g_autofree char *fault = plx_entry_fault(grid, plx_entry_row(grid), plx_entry_at(grid));
        plx_entry_scroll(grid, plx_screen_rows(screen) - ABOVE - BELOW, inner_width(view),
                         &view->window);
        plx_screen_put(screen, 0, 0, plx_screen_columns(screen), view->title, PLX_INK_FAINT);
        draw_question(view);
        draw_rows(view);
        plx_screen_message(screen, message ? message : fault, PLX_INK_BOLD | PLX_INK_WRONG);
        plx_screen_keys(screen, view->keys);
    }
    plx_screen_show(screen);
}
