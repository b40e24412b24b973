/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first look at a foreign file: what its columns seem to hold.
 *
 * Reads at most the first PLX_LOOK_BYTES of the (unpacked) file; nothing is decided here that a
 * person could not see in the same rows. Test: tests/ingest/test_recipe_suggest.c. */

#include <glib.h>

#define PLX_LOOK_BYTES (4 * 1024 * 1024)
#define PLX_LOOK_DISTINCT 1000 /* distinct texts remembered per column */

struct plx_look_column {
    char *title;
    guint filled;       /* cells with text */
    guint integers;     /* of them whole numbers */
    guint dates;        /* of them ISO dates */
    guint slashed;      /* of them like 31/12/2024 */
    guint dotted;       /* of them like 31.12.2024 */
    guint commas;       /* of the whole numbers, written like 3,0 */
    guint codes;        /* of them usual codes of no answer (ingest/recipe_words.h) */
    guint words;        /* of them texts of more than four words */
    gint64 min, max;    /* of the whole numbers */
    GHashTable *values; /* text -> count (guint), until there are PLX_LOOK_DISTINCT of them */
};

struct plx_look {
    char delimiter;
    char *encoding;     /* as given, or NULL */
    gboolean row_names; /* rows have one field more than the header */
    guint skip;         /* rows above the header that are none: titles, blank ones */
    guint rows;         /* looked at */
    guint n;
    struct plx_look_column *columns;
};

/* `path` "-" is standard input; `encoding` NULL = UTF-8 (or UTF-16 by its BOM). Errors:
 * PLX_ERROR_IO, PLX_ERROR_INPUT (not text in this encoding, no header, no rows). */
struct plx_look *plx_look_new(const char *path, const char *encoding, GError **error);
void plx_look_free(struct plx_look *look);

guint plx_look_distinct(const struct plx_look_column *column);
