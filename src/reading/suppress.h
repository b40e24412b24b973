/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which cells are hidden, marked before anything is compared, so that nothing shown rests on
 * something hidden (design section 3, "Privacy"; docs/privacy.md): the minimum of persons,
 * complementary suppression, filters that are not allowed, and who is shown rounded. What of the
 * others may leave is reading/privacy.h's to say. Test: tests/reading/test_privacy.c. */

#include "reading/gaps_exact.h"

/* Persons of a protected audience from whom on it is shown exactly. */
#define PLX_MASKED_BELOW 10

/* Voices and beliefs. */
void plx_suppress_cells(struct plx_exact *exact);

/* Predictions and expectations, which exist only after comparing: the same rules. */
void plx_suppress_foresight(struct plx_exact *exact);
