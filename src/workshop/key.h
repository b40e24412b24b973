/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Keys as grids and lists know them, whatever terminal they come from (cli/screen.h reads them). */

#include <glib.h>

enum plx_key {
    PLX_KEY_NONE, /* no key: the window has another size, or time has passed */
    PLX_KEY_CHAR, /* a character was typed or pasted */
    PLX_KEY_UP,
    PLX_KEY_DOWN,
    PLX_KEY_LEFT,
    PLX_KEY_RIGHT,
    PLX_KEY_HOME,
    PLX_KEY_END,
    PLX_KEY_PAGE_UP,
    PLX_KEY_PAGE_DOWN,
    PLX_KEY_TAB,
    PLX_KEY_BACK_TAB,
    PLX_KEY_ENTER,
    PLX_KEY_ESCAPE,
    PLX_KEY_BACKSPACE,
    PLX_KEY_DELETE,
    PLX_KEY_INSERT_ROW, /* Ctrl-N */
    PLX_KEY_DELETE_ROW, /* Ctrl-K */
    PLX_KEY_UNDO,       /* Ctrl-U */
    PLX_KEY_REDO,       /* Ctrl-R */
    PLX_KEY_LEAVE,      /* Ctrl-X */
    PLX_KEY_STOP,       /* Ctrl-C, or another signal that ends the program */
    PLX_KEY_COUNT
};

struct plx_key_press {
    enum plx_key key;
    gunichar c;      /* of PLX_KEY_CHAR; pasted ends of lines and tabs are blanks */
    gboolean pasted; /* part of a text, not typed: nothing moves on by itself */
};
