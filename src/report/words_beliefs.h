/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The words of guess and reveal. In the room the guessers are addressed ("You said 8 in 10"), in a
 * report they are named ("leaders said"). Nobody is blamed, and what the people served say is
 * always that of those who answered. Functions append onto `out`. Test:
 * tests/report/test_words_beliefs.c.
 */

#include "reading/beliefs.h"

#include <glib.h>

enum plx_words_to { PLX_WORDS_ROOM, PLX_WORDS_REPORT };

/* Who guessed: "you", "leaders"; at the beginning of a sentence. */
void plx_words_guessers(const plx_beliefs *beliefs, enum plx_words_to to, gboolean first,
                        GString *out);

/* What there is to show of the guess, and of the truth. */
enum plx_guess_state {
    PLX_GUESS_SHOWN,
    PLX_GUESS_HIDDEN, /* too few people, or not under this filter */
    PLX_GUESS_MASKED  /* a few people who guessed alike: nobody's guess is to be told */
};
enum plx_truth_state {
    PLX_TRUTH_SHOWN,
    PLX_TRUTH_NOBODY, /* none of the people served answered */
    PLX_TRUTH_HIDDEN,
    PLX_TRUTH_MASKED,
    PLX_TRUTH_NO_CUT /* on a scale that does not say what is desired */
};
enum plx_guess_state plx_guess_state(const struct plx_moment *moment);
enum plx_truth_state plx_truth_state(const struct plx_moment *moment);
/* FALSE: the guesses of all moments are hidden, so nothing can be compared. */
gboolean plx_guesses_shown(const struct plx_beliefs_group *group);

/* "8 in 10", or "80 %" where "in 10" would contradict the range of the truth; or a dash. */
void plx_words_guessed(const struct plx_moment *moment, GString *out);
void plx_words_said(const struct plx_moment *moment, GString *out);

/* "12 guesses, from 5 to 10 of 10"; "All 9 of you guessed; ..." ; why it is hidden. How many were
 * left out stands in a report, not in the room. */
void plx_words_guess_evidence(const plx_beliefs *beliefs, const struct plx_moment *moment,
                              enum plx_words_to to, GString *out);
/* "32 % (29–35 %) of the 1,204 customers who answered said Desired or better (4 to 6 of 6)." */
void plx_words_truth_evidence(const plx_beliefs *beliefs, const struct plx_moment *moment,
                              GString *out);
/* The same in the room for eyes and ears that cannot see the dots: "1 guess of 5, 3 of 7." */
void plx_words_spread(const struct plx_moment *moment, GString *out);

/* What is good on a scale: "Desired or better (4 to 6 of 6)"; "4 or 5 of 5". */
void plx_words_cut(const struct plx_scale *scale, GString *out);

/* "You think it better than they say: 46 in 100 fewer (42–50) than you said."; nothing where there
 * is nothing to compare. */
void plx_words_moment_verdict(const plx_beliefs *beliefs, const struct plx_moment *moment,
                              enum plx_words_to to, GString *out);

/* "46 in 100 fewer (42–50)"; "about 5 in 10 fewer" of a rounded guess. Both sides must be shown. */
void plx_words_moment_apart(const struct plx_moment *moment, GString *out);

/* The question each guesser answered, with the words of the scale of the people served. */
void plx_words_question(const plx_beliefs *beliefs, const struct plx_beliefs_group *group,
                        GString *out);

/* How the room ranks the moments; why it is not told where it is not (plx_order_shown). */
gboolean plx_order_shown(const struct plx_beliefs_group *group);
void plx_words_order(const plx_beliefs *beliefs, const struct plx_beliefs_group *group,
                     enum plx_words_to to, GString *out);

/* Empty lists say why they are empty, and what would fill them. */
void plx_words_none_far(const struct plx_beliefs_group *group, GString *out);
void plx_words_none_right(const struct plx_beliefs_group *group, GString *out);
/* "3 moments with answers were not guessed: ..."; nothing when all were. */
void plx_words_unguessed(const plx_beliefs *beliefs, const struct plx_beliefs_group *group,
                         GString *out);

/* "If these 8 are all your leaders, say --population leader=8: then more may be told." Nothing
 * where that is known, would tell no more, or a number of guesses is hidden. */
void plx_words_all_guessed(const plx_beliefs *beliefs, GString *out);

/* Where nobody has guessed: how guesses come in, in two or three sentences. */
void plx_words_gather(const plx_beliefs *beliefs, GPtrArray *sentences);
