/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One row of the canonical file (docs/ratings.md), and how it is written.
 * Test: tests/sim/test_row.c. */

#include <glib.h>

enum plx_row_text {
    PLX_ROW_AUDIENCE,
    PLX_ROW_ENCOUNTER,
    PLX_ROW_RESPONDENT,
    PLX_ROW_TIME,
    PLX_ROW_JOURNEY,
    PLX_ROW_POINT,
    PLX_ROW_TASK,
    PLX_ROW_PROMISE,
    PLX_ROW_PLACE,
    PLX_ROW_CHANNEL,
    PLX_ROW_LANGUAGE,
    PLX_ROW_SOURCE,
    PLX_ROW_GROUP_SIZE,
    PLX_ROW_WORKSHOP,
    PLX_ROW_TABLE,
    PLX_ROW_ASKED_P,
    PLX_ROW_TIER, /* segment.tier */
    PLX_ROW_SURPRISE,
    PLX_ROW_PROMPT,
    PLX_ROW_NOTE,
    PLX_ROW_TEXTS
};

enum plx_row_number {
    PLX_ROW_SEEN,
    PLX_ROW_HESITATION,
    PLX_ROW_LEVEL,
    PLX_ROW_BELIEVED,
    PLX_ROW_EFFORT,
    PLX_ROW_FEELING,
    PLX_ROW_IMPORTANCE,
    PLX_ROW_PREDICTED,
    PLX_ROW_DONE,
    PLX_ROW_KNOWN,
    PLX_ROW_KEPT,
    PLX_ROW_CARD,
    PLX_ROW_OVERALL,
    PLX_ROW_RECOMMEND,
    PLX_ROW_NUMBERS
};

/* Cells of a number besides its value. */
#define PLX_ROW_EMPTY (-100)
#define PLX_ROW_NA (-101)
#define PLX_ROW_DECLINED (-102)

struct plx_row {
    const char *text[PLX_ROW_TEXTS]; /* borrowed; NULL: empty */
    int number[PLX_ROW_NUMBERS];
};

/* A row with every cell empty. */
struct plx_row plx_row_new(void);
/* The same encounter and context, but no subject, no measures, no flags and no note. */
struct plx_row plx_row_next(const struct plx_row *row);

void plx_row_write_header(GString *csv);
/* RFC 4180: quoted where needed; lines end in LF. */
void plx_row_write(const struct plx_row *row, GString *csv);
