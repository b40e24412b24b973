/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Two sides of a reading beside each other, as story, JSON and CSV. Members and columns:
 * docs/readings.md. Tests: tests/cli/cases/compare-*. */

#include "reading/compare.h"
#include "report/story.h"

plx_story *plx_compare_story(const plx_compare *compare);
/* `parallax.compare/1`, ended by a newline. */
void plx_compare_json(const plx_compare *compare, GString *out);
/* One row per figure. */
void plx_compare_csv(const plx_compare *compare, GString *out);
