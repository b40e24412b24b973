/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The consistency reading as text, page, JSON and CSV (docs/readings.md).
 * Tests: tests/report/test_consistency.c, tests/cli/cases/consistency-*. */

#include "reading/consistency.h"
#include "report/story.h"

plx_story *plx_consistency_story(const plx_consistency *consistency);
void plx_consistency_json(const plx_consistency *consistency, GString *out);
/* One row per point and kind of finding: of the point, of each kind of parts, of each place and
 * period. */
void plx_consistency_csv(const plx_consistency *consistency, GString *out);
