/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows before and after some of a file, as they stand there: by them people find a wrong one in
 * their sheet. The file is read once more, by one thread, up to the last of them. Rows without a
 * byte are passed over. Test: tests/ingest/test_beside.c. */

#include <glib.h>

struct plx_neighbour {
    guint64 line; /* from 1, where the row begins */
    char *raw;    /* as written, without its end, whatever bytes; NULL: none */
};

struct plx_beside {
    guint64 line; /* of the row, or of a cell of it */
    struct plx_neighbour before, after;
};

/* Fills `before` and `after` of rows in any order. `encoding` as of plx_input_new; quote 0: no
 * quoting. A file that ends early, or cannot be read further, leaves NULL. Errors: those of
 * plx_input_new. */
gboolean plx_beside_read(const char *path, const char *encoding, char quote,
                         gboolean (*stopped)(void), struct plx_beside *rows, guint n,
                         GError **error);
void plx_beside_clear(struct plx_beside *rows, guint n);
