/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers weighted to known margins: a source like another, whose rows of the people served count
 * more or less, so that places, channels, languages or segments are there with the shares that are
 * known to be true (voice/margins.h).
 *
 * Raked by persons (stats/rake.h): in each combination of values so many answered the level of any
 * point; each starts with the mean weight of the rows. Weights stay between PLX_WEIGHTS_LEAST and
 * PLX_WEIGHTS_MOST times their mean, so that nobody speaks for a crowd. Only the first served
 * audience with answers is weighted: leaders and staff are asked as a whole, shoppers by plan. All
 * answers of the source count for the weights, whatever is asked of it afterwards.
 *
 * Every answer of the source bears the note `weighted`: count is how many persons the weighted ones
 * are worth (Kish 1965), detail names the file, the persons and the design effect.
 * Cost: one pass more. Rules: docs/weights.md. Test: tests/reading/test_weights.c. */

#include "voice/margins.h"
#include "voice/source.h"

#define PLX_WEIGHTS_LEAST 0.1
#define PLX_WEIGHTS_MOST 10
#define PLX_WEIGHTS_CELLS 1000000 /* combinations of values, at most */

/* Takes `source` over, also on failure. Errors: PLX_ERROR_INPUT with the line of the margins: a
 * value without answers, or with answers and no share; shares that no weights reach;
 * PLX_ERROR_NOT_FOUND when nobody served has answered; those of asking the source. */
plx_source *plx_weighted_source_new(plx_source *source, const plx_margins *margins, GError **error);
