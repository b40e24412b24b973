/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which cells are hidden, marked before anything is compared, so that nothing shown rests on
 * something hidden (docs/privacy.md): the minimum of persons,
 * complementary suppression, filters that are not allowed, and who is shown rounded. What of the
 * others may leave is reading/privacy.h's to say. Test: tests/reading/test_privacy.c. */

#include "reading/gaps_exact.h"

#include <math.h>

/* Persons of a protected audience from whom on it is shown exactly. */
#define PLX_MASKED_BELOW 10

/* Steps in which means of fewer are shown: half a level; on long scales a tenth of the range, so
 * that the mean of guesses out of ten says no more than the share believed, in tenths. */
static inline double plx_coarse_step(const struct plx_scale *scale)
{
    const double range = (double)scale->max - scale->min;
    return range > 6 ? range / 10 : 0.5;
}
static inline double plx_coarse(double mean, const struct plx_scale *scale)
{
    const double step = plx_coarse_step(scale);
    return scale->min + round((mean - scale->min) / step) * step;
}

/* Appends "; leader: 3 people have answered; shown from 5 on (or, if all of them agree: --named
 * leader)": why an audience is hidden, and until when. */
void plx_few_words(const char *audience, gint64 persons, const char *minimum, GString *out);

/* Voices and beliefs. */
void plx_suppress_cells(struct plx_exact *exact);

/* Predictions and expectations, which exist only after comparing: the same rules. */
void plx_suppress_foresight(struct plx_exact *exact);
