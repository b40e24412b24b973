/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Parts of the proposals; private to step/. Test: tests/step/test_proposals.c. */

#include "step/proposals.h"

/* What one point's counts say, best value last: index 0 is the worst value of the scale. */
struct plx_next_levels {
    guint k;
    const struct plx_voice *voice;
    const struct plx_scale *scale;
    double total;      /* answers, by their weight */
    gint met, desired; /* indices; -1: no cut */
    double unit;       /* levels of a six-level scale per step */
};
gboolean plx_next_levels_of(const struct plx_voice *voice, struct plx_next_levels *levels);
/* Expected, or of steps above it Desired: where people are short of. */
guint plx_next_aim(const struct plx_next_levels *levels, gboolean above);
/* NULL: none, or not shown. */
const struct plx_voice *plx_next_voice(const plx_next *next, const struct plx_gaps_point *point,
                                       const char *audience);
/* How many answers, by their weight. */
double plx_next_weight_at(const struct plx_next_levels *levels, guint index);
double plx_next_share_below(const struct plx_next_levels *levels, guint index);
/* Mean steps short of the index, in six-level units; *variance of one answer. */
double plx_next_short_of(const struct plx_next_levels *levels, guint index, double *variance);

/* The points; of a document without answers an empty group. */
const struct plx_gaps_group *plx_next_group(const plx_next *next);
/* Fills next->about from next->gaps. */
void plx_next_about(plx_next *next);
/* Fills an array of struct plx_proposal from the readings, unranked. */
void plx_next_gather(plx_next *next, GArray *proposals);
/* Shrinks, draws, ranks, decides the outcome. */
void plx_next_rank(plx_next *next, guint64 seed);
/* Places already there; sample size; places for a trial. */
void plx_next_evidence(const plx_next *next, struct plx_proposal *proposal, guint64 seed);
/* Quotes of the first ones. Errors: those of the source, of text/tokens.h. */
gboolean plx_next_listen(plx_next *next, plx_source *source, const struct plx_gaps_options *options,
                         GError **error);

/* One saying that could be quoted. */
struct plx_next_said {
    const char *text, *language;
    guint unit;
};
/* Chooses up to `most` of them: indices in `chosen`; how many, or -1 with an error. The order of
 * `said` decides between equals. Test: tests/step/test_quotes.c. */
gint plx_next_choose(const struct plx_next_said *said, guint n, guint most, guint *chosen,
                     GError **error);
