/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How much room text takes in a terminal: wide characters two columns, combining marks none.
 * Test: tests/workshop/test_entry.c. */

#include <glib.h>

guint plx_width_of_char(gunichar c);
guint plx_width(const char *text);

/* The part of `text` that is seen in `columns` (at least 2) when character `caret` (the end counts)
 * must be: "‹" and "›" stand where more is. *caret_column is where the caret then is. To be freed.
 * What a terminal would obey (control characters) is shown as "?". */
char *plx_width_view(const char *text, guint columns, guint caret, guint *caret_column);
