/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Delimited text, one record at a time: headers, recipes' looks at a file, written rows.
 * (Whole files go through base/csv_index.h.) Test: tests/base/test_csv.c. */

#include <glib.h>

/* One field of a record. */
struct plx_csv_field {
    char *text; /* unquoted; ends in NUL */
    gsize length;
    gsize offset; /* of its first byte (its quote, if any) in the record */
    gboolean quoted;
};

enum plx_csv_fault {
    PLX_CSV_WELL,
    PLX_CSV_STRAY_QUOTE, /* a quote within an unquoted field */
    PLX_CSV_TEXT_BEHIND, /* text behind a closing quote */
    PLX_CSV_UNCLOSED     /* a quote that is opened and not closed */
};

/* Bytes of the first record of a text: up to and without its newline (or CRLF); *next is where the
 * next begins. Within quotes newlines do not count. */
gsize plx_csv_record(const char *text, gsize n, char quote, gsize *next);

/* The fields of one record (without its newline). delimiter ' ' = runs of blanks. On a fault
 * returns it, *fault_at its offset, and *fields is untouched. *fields: of struct plx_csv_field. */
enum plx_csv_fault plx_csv_split(const char *text, gsize n, char delimiter, char quote,
                                 GArray **fields, gsize *fault_at);

/* The delimiter of a header: the one of , ; tab | that stands outside quotes most often (in this
 * order among equals); ' ' when there is none but blanks; ',' for a single word. */
char plx_csv_guess_delimiter(const char *record, gsize n, char quote);

/* Appends a field, quoted if it must be (delimiter, quote, CR, LF, blank at an end). */
void plx_csv_append(GString *out, const char *text, gsize length, char delimiter);

/* The parts of a list as people type it: a, "b, c", d. Blanks around them and empty parts are
 * dropped; a part that begins with a quote ends with one, and within it a quote stands twice. NULL:
 * one does not end, or more stands behind it than the next comma. */
char **plx_csv_list(const char *text);

/* Would a spreadsheet run the text? */
gboolean plx_csv_is_formula(const char *text);

/* As plx_csv_append, for files that are opened in spreadsheets: an apostrophe before a formula. */
void plx_csv_append_safe(GString *out, const char *text, char delimiter);
