/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Draws a grid on a screen: a title, what the columns are, rows with their numbers and marks, what
 * is asked at the cursor, a message. A row is marked with what it is: "+" saved, "!" wrong, "…" not
 * complete. Test: tests/cli/test_enter.py. */

#include "cli/screen.h"
#include "workshop/entry.h"

struct plx_entry_screen {
    plx_screen *screen;
    const plx_entry *grid;
    const char *title;
    const char *about;              /* what is asked in columns that do not say; or NULL */
    const char *keys;               /* the line of keys */
    struct plx_entry_window window; /* begins as {0} */
};

/* `message` NULL: what is wrong with the cell under the cursor, if anything. */
void plx_entry_screen_draw(struct plx_entry_screen *view, const char *message);
