/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Guesses from paper: one row of the grid per person, one column per point of the journey.
 *
 * A person who is a number ("3", as on the sheet) is known in the file by workshop, audience and
 * number, so that number 3 of another workshop is another person; a name stands for itself.
 * Test: tests/workshop/test_guess_sheet.c. */

#include "workshop/sheet.h"

/* Errors: PLX_ERROR_NOT_FOUND (audience, journey, or a map without points). */
plx_sheet *plx_guess_sheet_new(const struct plx_sheet_options *options, GError **error);
