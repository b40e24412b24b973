/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Week by week: data, no verdict; private to report/. Long series are told several weeks to a row,
 * from the start of the step forth and back. Test: tests/report/test_verdict.c. */

#include "report/verdict.h"

/* Mean and answers: two cells of a table. */
void plx_verdict_cells(plx_story *story, const struct plx_trial_figure *figure);
void plx_verdict_tell_weeks(plx_story *story, const plx_trial *trial);
