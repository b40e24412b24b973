/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The vignettes reading as words, JSON and CSV (docs/readings.md).
 * Tests: tests/reading/test_vignettes.c, tests/cli/cases/vignettes-*. */

#include "reading/vignettes.h"
#include "report/story.h"

plx_story *plx_vignettes_story(const plx_vignette_reading *reading);
void plx_vignettes_json(const plx_vignette_reading *reading, GString *out);
void plx_vignettes_csv(const plx_vignette_reading *reading, GString *out);
