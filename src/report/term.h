/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Text in a terminal: display width, columns, wrapped paragraphs, colour, and the strip on which
 * voices are letters between the lowest and the highest level.
 * Test: tests/report/test_term.c. */

#include "report/gaps_table.h"

#include <glib.h>

enum plx_style {
    PLX_STYLE_PLAIN,
    PLX_STYLE_BOLD,
    PLX_STYLE_DIM,
    PLX_STYLE_LEADER,
    PLX_STYLE_STAFF,
    PLX_STYLE_SERVED
};

/* Control characters of a text become U+FFFD, marks that turn its direction are left out. */

/* Columns that text takes: wide characters two, combining ones none. */
guint plx_term_width(const char *text);

/* All of the text, lines as they are. */
void plx_term_safe(GString *out, const char *text);

/* Exactly `width` columns: padded, or cut with an ellipsis. */
void plx_term_fit(GString *out, const char *text, guint width);

/* Appends styled text when colour is on, else the text. */
void plx_term_style(GString *out, const struct plx_table_options *options, enum plx_style style,
                    const char *text);

/* A paragraph broken at blanks: every line begins with `indent` blanks (the first too) and ends in
 * a newline; a word longer than a line stays whole. */
void plx_term_wrap(GString *out, const struct plx_table_options *options, enum plx_style style,
                   guint indent, const char *text);

/* A strip of `width` columns from `min` to `max`. Later calls draw over earlier ones. */
struct plx_strip {
    guint width;
    double min, max;
    gunichar *cells;
    guint8 *styles;
};
void plx_strip_init(struct plx_strip *strip, guint width, double min, double max);
void plx_strip_clear(struct plx_strip *strip);
void plx_strip_ticks(struct plx_strip *strip);
/* Fills from lo to hi, ends included; nothing when one is NaN. */
void plx_strip_fill(struct plx_strip *strip, double lo, double hi, gunichar sign,
                    enum plx_style style);
/* A letter at a value; where another letter stands, the nearest free column beside it. */
void plx_strip_letter(struct plx_strip *strip, double value, gunichar letter, enum plx_style style);
void plx_strip_print(const struct plx_strip *strip, const struct plx_table_options *options,
                     GString *out);
