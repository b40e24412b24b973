/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A first look at a foreign file: what its columns seem to hold.
 *
 * Reads at most the first PLX_LOOK_BYTES of the (unpacked) file; nothing is decided here that a
 * person could not see in the same rows. Test: tests/ingest/test_recipe_suggest.c. */

#include <glib.h>

#define PLX_LOOK_BYTES (4 * 1024 * 1024)
#define PLX_LOOK_DISTINCT 1000 /* distinct texts remembered per column */

#define PLX_LOOK_FEW 20 /* answers from which on a mark that nobody gave is no chance */

#define PLX_LOOK_SHAPES 40 /* ways to write a date that are not ISO 8601 */

struct plx_look_column {
    char *title;
    char *asked;                  /* the question in the row below the header, or NULL */
    gboolean renamed;             /* the header has no title of its own; this is the one above it */
    guint filled;                 /* cells with text */
    guint integers;               /* of them whole numbers */
    guint fractions;              /* of them other numbers */
    guint halves;                 /* of these from 0 to 10 with one digit behind the sign: 3,5 */
    guint dates;                  /* of the cells ISO dates */
    guint shaped;                 /* of them dates of some other shape */
    guint shape[PLX_LOOK_SHAPES]; /* of them dates of this shape; one cell may have several */
    guint commas;                 /* of the numbers, written like 3,0 */
    guint codes;                  /* of them usual codes of no answer (ingest/recipe_words.h) */
    guint texts;                  /* of them none of these */
    guint words;                  /* of these of more than three words */
    gint64 min, max;              /* of the whole numbers */
    guint strays;                 /* cells that are none of the marks which all others are; then the
                                     counts and ends above are without them */
    GHashTable *values; /* text -> count (guint), until there are PLX_LOOK_DISTINCT of them */
};

struct plx_look {
    char delimiter;
    char *encoding;     /* as given, or as guessed, or NULL */
    gboolean guessed;   /* the encoding is a guess */
    gboolean row_names; /* rows have one field more than the header */
    guint skip;         /* rows above the header that are none: titles, blank ones */
    guint after;        /* rows below the header that are none: questions, import ids */
    guint rows;         /* looked at */
    guint n;
    struct plx_look_column *columns;
};

/* `path` "-" is standard input; `encoding` NULL = UTF-8 (or UTF-16 by its BOM), or what its bytes
 * look like: WINDOWS-1252, CP949. Errors:
 * PLX_ERROR_IO, PLX_ERROR_INPUT (not text in this encoding, no header, no rows). */
struct plx_look *plx_look_new(const char *path, const char *encoding, GError **error);
void plx_look_free(struct plx_look *look);

/* What a column asks: its title, and the row below it; to be freed. */
char *plx_look_question(const struct plx_look_column *column);

guint plx_look_distinct(const struct plx_look_column *column);

/* Whole numbers from a small range, apart from a few codes. */
gboolean plx_look_has_marks(const struct plx_look_column *column);

/* How many cells of a column may be slips. */
guint plx_look_strays_of(guint filled);
/* Numbers that are no marks, among marks and few: apart. */
void plx_look_set_strays_apart(struct plx_look_column *column);
/* Few marks above those of the other columns (a 9 or a 6 where all end with 5): apart, too. After
 * the other of every column. */
void plx_look_set_high_apart(struct plx_look *look);
/* One of them, of several the same each time; NULL: none. To be freed. */
char *plx_look_stray(const struct plx_look_column *column);

/* The shape that most cells have; of equals the first: day before month. */
guint plx_look_shape(const struct plx_look_column *column);
/* The shape with day and month changed; the same when their order is not in doubt. */
guint plx_look_shape_swapped(guint shape);
/* As time-format, to be freed: "%d/%m/%Y %H:%M". */
char *plx_look_shape_format(guint shape);
/* Counts the shapes a text has; FALSE: it is no date. */
gboolean plx_look_count_shapes(struct plx_look_column *column, const char *text, gsize length);

/* Rows (GArray of struct plx_csv_field): fields with text; which is the header, and how many below
 * it are no data. */
guint plx_look_count_filled(const GArray *row);
guint plx_look_find_header(const GPtrArray *rows);
guint plx_look_find_after(const GPtrArray *rows, guint header);
