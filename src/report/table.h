/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the table in the terminal; private to report/. Test: tests/report/
 * test_gaps_table.c. */

#include "report/term.h"
#include "report/view_rows.h"

struct plx_text_table {
    const plx_gaps *gaps;
    const struct plx_table_options *options;
    GString *out;
    guint title, strip, verdict; /* widths of the columns */
    gint served;                 /* audience or -1 */
    gboolean journeys;           /* more than one: sections name theirs */
    gboolean legend;             /* stands between lists and strips */
};

void plx_table_line(struct plx_text_table *table, enum plx_style style, guint indent,
                    const char *text);
void plx_table_blank(struct plx_text_table *table);
/* Everything was appended behind `start` in Unicode; ASCII is a matter of the last step. */
void plx_table_finish(struct plx_text_table *table, gsize start);

/* Where a section begins: its name, and the numbers of the scale above the strips. */
void plx_table_section(struct plx_text_table *table, const struct plx_gaps_point *point);
/* The lines of a row: a point with its numbers, or where they are. */
void plx_table_row(struct plx_text_table *table, const GArray *rows, guint i);
