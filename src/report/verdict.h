/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* `step verify`: did the step work? As words, JSON and CSV (members and columns: docs/steps.md).
 * Tests: tests/report/test_verdict.c, tests/cli/cases/step-verify-*. */

#include "report/story.h"
#include "step/trial.h"

/* The verdict first, in one sentence; then why it can be no better, what was wanted, the places,
 * the weeks as data, what would make it doubtful, what was changed since it was registered. */
plx_story *plx_verdict_story(const plx_trial *trial);

/* `parallax.verdict/1`, ended by a newline. */
void plx_verdict_json(const plx_trial *trial, GString *out);

/* Tidy: a row per place before and after, and per week and side. */
void plx_verdict_csv(const plx_trial *trial, GString *out);
