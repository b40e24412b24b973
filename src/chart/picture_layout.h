/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where everything of the picture goes: rows, columns, sections and wrapped labels. Private to
 * chart/. Test: tests/chart/test_picture.c. */

#include "chart/picture.h"

#include <glib.h>

/* Longest slanted label, in font sizes; where columns are too narrow for two lines of it. */
#define PLX_LAYOUT_SLANTED 16.5
#define PLX_LAYOUT_NARROW 20.5
/* What a heading is measured at: 14, and bold is wider than text_width says. */
#define PLX_LAYOUT_HEADING 15.0
#define PLX_LAYOUT_HEADING_LINES 3
#define PLX_LAYOUT_HEADING_LEADING 17.0
/* Height of the bars below Expected, which a picture may do without. */
#define PLX_LAYOUT_BARS 28.0

struct plx_place {
    guint row;
    double x; /* middle of its column */
};

struct plx_section {
    guint first, n; /* its points */
    guint row;
    double x, width;
};

struct plx_row {
    guint first, n;      /* its points */
    const char *chapter; /* to be written above it, or NULL */
    double top;          /* of everything in the row */
    double plot_top, plot_bottom;
    double right;
};

struct plx_layout {
    double width, height, column, left;
    gboolean slanted; /* point labels are slanted, not wrapped */
    double heading_height;
    struct plx_place *places; /* per point */
    struct plx_section *sections;
    guint n_sections;
    struct plx_row *rows;
    guint n_rows;
};

void plx_layout_init(struct plx_layout *layout, const struct plx_picture *picture);
void plx_layout_clear(struct plx_layout *layout);

/* Estimated width of text in units of the drawing at font size 1: fonts are not known here. */
double plx_layout_text_width(const char *text);

/* The lines of a section's heading, at most PLX_LAYOUT_HEADING_LINES, which may go a little into
 * the gaps beside it. NULL-terminated. */
char **plx_layout_heading(const struct plx_layout *layout, const struct plx_section *section,
                          const char *heading);

/* Were words left out of these lines? */
gboolean plx_layout_is_cut(char *const *lines);

/* The lines of what stands left of the bars below Expected, at the width of the left margin. */
char **plx_layout_below(const struct plx_picture *picture, double left);

/* The lines of a point's label at `x`: upright ones are wrapped to the column; a slanted one gets
 * a second line where one is too short for it, of about the same length. NULL-terminated. */
char **plx_layout_label(const struct plx_layout *layout, const char *title, double x);

/* Breaks text into at most `max_lines` lines that fit `width` at `size`; a word that is too long is
 * broken by a hyphen where another line is left; the last line ends in an ellipsis when words are
 * left or do not fit. NULL-terminated. */
char **plx_layout_wrap(const char *text, double width, double size, guint max_lines);
