/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of reading/journey.c: asking, counting, linking. Private to the reading.
 * Tests: tests/reading/test_journey.c. */

#include "reading/journey.h"
#include "reading/reach.h"

/* The tables of the answer, in the order asked. */
enum plx_way_table {
    PLX_WAY_POINTS, /* the measure, point by point */
    PLX_WAY_WHOLES, /* overall and card, journey by journey */
    PLX_WAY_ASKED,  /* the measure by the chance of having been asked */
    PLX_WAY_LINKS,  /* who said what */
    PLX_WAY_TABLES
};

struct plx_way_asking {
    plx_source *source;
    const plx_question *question;
    guint audience;
    struct plx_reach reach;
    struct plx_answer *answer;
};

/* Points, their numbers and the sum, of one journey (index into the map, or -1: without a map).
 * FALSE: nobody was asked about a point of it. */
gboolean plx_way_count(const struct plx_way_asking *asking, gint journey, struct plx_ways *ways,
                       struct plx_way *way);
/* How it was as a whole: `overall` and the cards of journey `way->id`. */
void plx_way_take_whole(const struct plx_way_asking *asking, struct plx_ways *ways,
                        struct plx_way *way);
/* Which points make half of the sum, and which stand out. */
void plx_way_rank(struct plx_way *way);

/* The chance that the text of an asked_p says; 1 where it says none. */
double plx_way_chance(const char *text);
/* The journey as a subject of the answer (`id` NULL: the only one), or -1. */
gint plx_way_subject(const struct plx_way_asking *asking, const char *id);
/* Does each encounter hold one point, while some persons answered at several? */
gboolean plx_way_by_person(const struct plx_way_asking *asking);
/* Takes the trips of a way from linked answers, if there are any; plx_way_no_trips came before. */
void plx_way_link(const struct plx_way_asking *asking, const struct plx_ways *ways,
                  struct plx_way *way);
/* Everything that follows of trips; nothing is shown of too few persons. */
void plx_way_take_trips(const struct plx_reach *reach, const struct plx_trips *trips,
                        struct plx_way *way);
/* The parts of trips when there are none: NaN, and why. */
void plx_way_no_trips(struct plx_way *way, enum plx_way_state state);
