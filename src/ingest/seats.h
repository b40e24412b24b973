/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Tables of a workshop, as rows name them: each has one audience, and answers as a group of one
 * size. Which rows are wrong where they differ nobody can tell, so none are left out.
 *
 * Each worker notes the first row of every combination it meets; at the end they are put together.
 * A table is one within its data set and workshop; rows that do not name both are not looked at,
 * nor those whose views have audiences of their own. Sizes of 1 (one person at the table) may stand
 * beside that of the group. Test: tests/ingest/test_bad_input.c. */

#include "ingest/faults.h"
#include "ingest/worker.h"

/* The first row of a worker in which a table has this audience and size. */
struct plx_seat {
    guint64 table; /* hash of data set, workshop and table */
    guint32 audience;
    guint16 group_size;
    guint64 block, audience_line, audience_column, size_line, size_column;
    guint32 row;
    char *name; /* "table "2" of workshop "spring"" */
};

struct plx_seats {
    GHashTable *first; /* of struct plx_seat; NULL: no row can name a table */
    const struct plx_seat *last;
};

void plx_seats_init(plx_worker *worker);
void plx_seats_clear(struct plx_seats *seats);
/* Notes the rows of the chunk at hand that are not wrong. */
void plx_seats_note(plx_worker *worker);

/* Faults of the second and any further audience or size of a table, each at its first row. */
void plx_seats_judge(plx_worker *const *workers, guint n, const plx_binding *binding,
                     const plx_line_table *lines, struct plx_faults *faults);
