/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Days, weeks and months as small codes, and a count of days: tables over all dates of the years
 * 1..9999 of which only touched blocks exist. Test: tests/voice/test_calendar.c. */

#include "voice/source.h"

#define PLX_CALENDAR_BLOCK 512
#define PLX_CALENDAR_BLOCKS 8192

/* Whole numbers 0 .. 2^22 - 1, each with a guint32 that starts at 0. */
struct plx_calendar {
    guint32 *block[PLX_CALENDAR_BLOCKS];
};

/* Where a date stands in its table; G_MAXUINT32 for none. */
static inline guint32 plx_calendar_day(gint32 day)
{
    return (guint32)day + 719526u < (1u << 22) ? (guint32)day + 719526u : G_MAXUINT32;
}

guint32 *plx_calendar_touch(struct plx_calendar *calendar, guint32 place);

static inline guint32 *plx_calendar_at(struct plx_calendar *calendar, guint32 place)
{
    guint32 *block = calendar->block[place / PLX_CALENDAR_BLOCK];
    return G_LIKELY(block) ? &block[place % PLX_CALENDAR_BLOCK]
                           : plx_calendar_touch(calendar, place);
}

void plx_calendar_clear(struct plx_calendar *calendar);

/* Codes of one split by time: 0 = no time, then in order of appearance. */
struct plx_time_codes {
    enum plx_split_kind kind;
    struct plx_calendar codes;
    GArray *places; /* guint32 by code */
};

struct plx_time_codes *plx_time_codes_new(enum plx_split_kind kind);
void plx_time_codes_free(struct plx_time_codes *codes);

/* Codes of n rows; days or months may be NULL (no row has a time). */
void plx_time_codes_run(struct plx_time_codes *codes, const gint32 *days, const gint32 *months,
                        guint n, guint32 *out);

/* "2024-03", "2024-W11", "2024-03-17" or "" (new string). */
char *plx_time_codes_text(const struct plx_time_codes *codes, guint32 code);
