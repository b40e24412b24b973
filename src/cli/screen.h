/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The terminal as a screen of cells, by ncurses: what keyboard grids and lists draw on.
 *
 * While it is open SIGINT and SIGTERM are held back and come as PLX_KEY_STOP, so that the terminal
 * is always given back as it was; Ctrl-Z stops and `fg` goes on as usual; another size of the
 * window comes as PLX_KEY_NONE, and everything is to be drawn again. Colours only underline what
 * ink says without them (bold, underlined, reversed), and not with NO_COLOR. The last line is for
 * the keys that help, the one above it for messages; rows above are free.
 * Test: tests/cli/test_enter.py (in a real terminal, tmux). */

#include "cli/app.h"
#include "workshop/key.h"

typedef struct plx_screen plx_screen;

/* What a screen needs at least; below that it says so until the window is larger. */
#define PLX_SCREEN_COLUMNS 60
#define PLX_SCREEN_ROWS 16

enum plx_ink {
    PLX_INK_PLAIN = 0,
    PLX_INK_BOLD = 1 << 0,
    PLX_INK_FAINT = 1 << 1,
    PLX_INK_UNDERLINE = 1 << 2,
    PLX_INK_REVERSE = 1 << 3,
    PLX_INK_WRONG = 1 << 4, /* red and underlined, where there is colour */
    PLX_INK_RIGHT = 1 << 5  /* green */
};

/* Opens the terminal. `instead` ends the message when there is none, or a small one: what to do
 * without ("type a CSV file and import it …"). Errors: PLX_ERROR_USAGE. */
plx_screen *plx_screen_open(const plx_app *app, const char *instead, GError **error);
/* Gives the terminal back; held signals are let through by plx_screen_free, which may end the
 * program as they would have: tell what there is to tell between the two. */
void plx_screen_close(plx_screen *screen);
void plx_screen_free(plx_screen *screen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_screen, plx_screen_free)

/* Of the whole window. */
guint plx_screen_rows(const plx_screen *screen);
guint plx_screen_columns(const plx_screen *screen);
/* FALSE: too small now; plx_screen_show says so instead of what was drawn. */
gboolean plx_screen_fits(const plx_screen *screen);

/* Drawing: clear, put what there is, show. */
void plx_screen_clear(plx_screen *screen);
/* `text` (UTF-8) in `columns` terminal columns from `column` on: cut, or filled with blanks. */
void plx_screen_put(plx_screen *screen, guint row, guint column, guint columns, const char *text,
                    unsigned ink);
/* The message line (NULL: none) and the line of keys. */
void plx_screen_message(plx_screen *screen, const char *text, unsigned ink);
void plx_screen_keys(plx_screen *screen, const char *text);
/* Where the caret blinks. */
void plx_screen_caret(plx_screen *screen, guint row, guint column);
void plx_screen_show(plx_screen *screen);

/* Asks nothing of the user that is not a key: waits for the next. */
void plx_screen_read(plx_screen *screen, struct plx_key_press *press);
