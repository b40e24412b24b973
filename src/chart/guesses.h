/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Guess and truth on one line from 0 to 10, ten little figures, and the answers to one question.
 *
 * They draw plain numbers: what is not to be shown is NaN or NULL. What belongs to the truth has
 * the class "truth", so that a page can show the guess first. Colours: chart/picture.css. Test:
 * tests/chart/test_guesses.c. */

#include "chart/svg.h"

#include <glib.h>

#define PLX_GUESSES 11 /* values 0 to 10 */

struct plx_guesses {
    const gint64 *counts;          /* PLX_GUESSES: how often each was guessed; NULL: no dots */
    double guessed;                /* mean share 0..1; NaN: not drawn */
    double said, said_lo, said_hi; /* share and interval; NaN: not drawn */
    gboolean own;                  /* room for the own guess of who looks at the page: an empty mark
                                    * of class "own" at 0; one step is data-step units */
};

/* A dot per guess, stacked (bars where there would be too many dots); below the line a diamond for
 * their mean, a circle with its range for the truth, and the shade between the two. It has no
 * words: whoever cannot see it finds the same numbers in the text beside it. */
plx_svg *plx_guesses_draw(const struct plx_guesses *guesses);

/* Ten people, round(10 share) of them full; `class_name` gives the colour. */
plx_svg *plx_guesses_people(double share, const char *class_name, const char *label);

/* A column per value of a scale, in the order drawn; those from `good` on are the good ones (k:
 * none are). `values` are their numbers. */
plx_svg *plx_guesses_answers(const gint64 *counts, const int *values, guint k, guint good,
                             const char *label);
