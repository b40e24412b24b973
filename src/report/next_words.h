/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The sentences of the next step, for the story of `next` and the page for Monday. All append to
 * `out`; none says what a step would bring. Tests: tests/step/test_proposals.c,
 * tests/cli/cases/next-*, report-one-page-*. */

#include "step/proposals.h"

/* The one sentence: the step, or why there is none. */
void plx_next_words_lead(GString *out, const plx_next *next);
/* "“Desk”, from Basic (2) to Expected (3)"; a level alone. */
void plx_next_words_step(GString *out, const struct plx_proposal *p);
void plx_next_words_level(GString *out, const struct plx_proposal *p, int value);
/* "customers" */
void plx_next_words_people(const plx_next *next, GString *out);
/* "Of 100 customers who meet it, 38 (34–42 %) fall below Expected; of 100 on the way 93 meet it."
 */
void plx_next_words_below(const plx_next *next, const struct plx_proposal *p, GString *out);
/* " Leaders think that 70 % get what they desire; 13 % say so: they did not see this yet." */
void plx_next_words_side(GString *out, const char *who, const struct plx_belief *belief,
                         const struct plx_voice *voice, gboolean unaware);
/* What has to be mended first: a point at whose floor too many are, or a promise of the map. */
void plx_next_words_broken(const plx_next *next, GString *out);
void plx_next_words_whole(const plx_next *next, const struct plx_proposal *p, GString *out);
void plx_next_words_effort(const struct plx_proposal *p, GString *out);
void plx_next_words_places(const struct plx_proposal *p, GString *out);
/* "places that take the step do no better ...": behind "We would be wrong if". */
void plx_next_words_wrong(const struct plx_proposal *p, GString *out);
void plx_next_words_to_know(const struct plx_proposal *p, GString *out);

/* What the map says of a level at this point; NULL. Borrowed. */
const char *plx_next_words_anchor(const plx_next *next, const struct plx_proposal *p, int value);
/* "“Late again.” (level 1)", with the level where one was given. */
void plx_next_words_quote(GString *out, const struct plx_next_quote *quote);
/* "What customers said", "What would be one level better", "What was done when it went well". */
void plx_next_words_kind(const plx_next *next, enum plx_next_kind kind, GString *out);

/* The line that writes the step down, for a shell, broken behind backslashes at about `width`
 * letters (0: not broken). What only people can say is in capitals: DAY, NAME. */
void plx_next_words_command(const plx_next *next, const struct plx_proposal *p, guint width,
                            GString *out);
/* What has to be put in; how the `places` were chosen, or that there are too few; of a file that is
 * no workspace, how one is made of it. */
void plx_next_words_command_notes(const plx_next *next, const struct plx_proposal *p,
                                  gboolean places, GString *out);
