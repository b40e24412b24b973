/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The promises reading as words, JSON and CSV (docs/readings.md).
 * Tests: tests/reading/test_promises.c, tests/cli/cases/promises-*. */

#include "reading/promises.h"
#include "report/story.h"

plx_story *plx_promises_story(const plx_promises *promises);
void plx_promises_json(const plx_promises *promises, GString *out);
void plx_promises_csv(const plx_promises *promises, GString *out);
