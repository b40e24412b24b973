/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The trend reading as words, JSON and CSV (docs/readings.md).
 * Tests: tests/reading/test_trend.c, tests/cli/cases/trend-*. */

#include "reading/trend.h"
#include "report/story.h"

plx_story *plx_trend_story(const plx_trend *trend);
void plx_trend_json(const plx_trend *trend, GString *out);
void plx_trend_csv(const plx_trend *trend, GString *out);
