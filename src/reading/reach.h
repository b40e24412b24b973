/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which answers of an audience the readings beside the gaps may look at.
 *
 * They look at people across points, at weeks, at places times channels: finer cuts than those of
 * the gaps. So an audience that is not protected (or whose members all agreed to be named) is asked
 * as the question says, and a number needs its minimum of persons. A protected one is looked at as
 * a whole only, without dates, tests or splits, and from PLX_MASKED_BELOW persons on: no two such
 * documents differ by some of its people. What protected audiences say point by point comes from a
 * released document of the gaps, never from here. Rules: docs/privacy.md.
 * Test: tests/reading/test_reach.c. */

#include "reading/gaps.h"
#include "reading/question.h"

#define PLX_SHOPPER 2 /* of every map */

struct plx_reach {
    guint audience;              /* index into map->audiences */
    gboolean whole;              /* protected: all of its answers, no splits */
    guint minimum;               /* persons behind a number */
    enum plx_suppression hidden; /* PLX_HIDDEN_FILTER: the question cuts a protected audience */
    plx_filter *filter;          /* rows of points that pass the question; owned */
};

void plx_reach_init(struct plx_reach *reach, const plx_question *question, guint audience);
void plx_reach_clear(struct plx_reach *reach);
/* The filter for the one reading that counts vignettes, too; new. */
plx_filter *plx_reach_with_vignettes(const struct plx_reach *reach, const plx_question *question);

/* The audience whose view decides: the first served one that is asked for, in order of the map; of
 * those the first in `persons` (by map index, may be NULL) with anybody. -1: none is asked for. */
gint plx_reach_served(const plx_question *question, const guint64 *persons);

/* For readings of the people served beside whom shoppers are heard: sets `reach` (of those asked
 * for; zeroed before) and `heard`, by map index; protected audiences are heard only with `whole`.
 * FALSE when nobody served is heard. Errors: PLX_ERROR_USAGE when nobody served is asked for,
 * PLX_ERROR_NOT_SHOWN otherwise: "customer: a protected audience is " and `why`. */
gboolean plx_reach_hear(const plx_question *question, gboolean whole, const char *why,
                        struct plx_reach *reach, gboolean *heard, GError **error);
/* Of those heard the first served one with a cell in the table, else the first. -1: none. */
gint plx_reach_answering(const plx_question *question, const gboolean *heard,
                         const struct plx_table *table);

/* May a number of so many persons be shown? */
gboolean plx_reach_allows(const struct plx_reach *reach, guint64 persons);

/* The parts of a split of one thing whose total is shown: sets hidden[i] to PLX_HIDDEN_FEW below
 * the minimum, the next smallest to PLX_HIDDEN_COMPLEMENTARY where it would give a small one away.
 * Parts without anybody are no secret. */
void plx_reach_parts(const struct plx_reach *reach, const guint64 *persons, guint n,
                     enum plx_suppression *hidden);
