/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the parts of a world share (private to sim/). Each part draws from streams of its own, so
 * that a change in one leaves the others as they were. Test: tests/sim/test_world.c. */

#include "sim/row.h"
#include "sim/truth.h"
#include "stats/random.h"

/* Streams: the kind in the high bits, the person or place in the low ones. */
enum plx_stream {
    PLX_STREAM_SHOCK,
    PLX_STREAM_STAFF,
    PLX_STREAM_SHEET,
    PLX_STREAM_VISIT,
    PLX_STREAM_PERSON,
    PLX_STREAM_VOICE
};

struct plx_world {
    const struct plx_truth *truth;
    guint64 seed;
    double *shock; /* levels, by place and month: place * PLX_TRUTH_MONTHS + month */
    GString *csv;
};

/* Keys and texts of one encounter that rows point to. */
struct plx_encounter {
    char encounter[16], respondent[16], time[20], asked_p[32], group_size[4], table[4];
    struct plx_row row;
};

struct plx_random plx_world_stream(const struct plx_world *world, enum plx_stream kind, guint i);

/* Begins an encounter: its keys from `letter` and `number`; `respondent` < 0: not known. */
void plx_encounter_begin(struct plx_encounter *e, const char *audience, const char *letter,
                         guint number, const char *person_letter, gint respondent);

/* Sets the time to a day of a month (from 0), `later` days on, held within the last month; with
 * minute >= 0 also the time of the day. */
void plx_encounter_time(const struct plx_truth *truth, struct plx_encounter *e, guint month,
                        guint day, guint later, gint minute);

/* `n` of the first `total` items of `items`, drawn at random without replacement to its front;
 * *asked_p is set to the chance of each. */
void plx_encounter_ask(struct plx_encounter *e, struct plx_random *random, guint *items,
                       guint total, guint n);

void plx_world_leaders(struct plx_world *world);
void plx_world_staff(struct plx_world *world);
void plx_world_sheets(struct plx_world *world);
void plx_world_shoppers(struct plx_world *world);
void plx_world_customers(struct plx_world *world);
