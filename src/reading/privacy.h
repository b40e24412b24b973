/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The only way out of reading/: what may be shown of an exact result (docs/privacy.md).
 * reading/suppress.h hides before anything is compared; this makes the released
 * form and is the one function that does. Test: tests/reading/test_privacy.c. */

#include "reading/gaps_exact.h"
#include "reading/workshop_exact.h"

/* Copies what may be shown. `name` is the source's. Errors: PLX_ERROR_NOT_SHOWN when there are
 * answers but none may be shown; the message names the remedy. */
plx_gaps *plx_privacy_release(const struct plx_exact *exact, const char *name, GError **error);

/* The same of a workshop (reading/privacy_workshop.c). In each workshop an audience is shown or
 * left out as a whole, by its minimum of persons, so that what is shown of all workshops and of
 * one differ by nobody or by the minimum. Of a theme the number of tables is shown where at least
 * the minimum sat at them. Words are shown of an audience that is shown; of a protected one from
 * PLX_MASKED_BELOW persons on: else they are counted, until somebody sorts them into a theme.
 * Errors: PLX_ERROR_NOT_SHOWN. */
plx_workshop *plx_privacy_release_workshop(const plx_exact_workshop *exact, const char *name,
                                           GError **error);
