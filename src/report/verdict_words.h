/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sentences of `step verify`; private to report/. Each appends, or adds blocks to the story.
 * Test: tests/report/test_verdict.c. */

#include "report/verdict.h"

/* "up", "not shown", ...: within a sentence. */
const char *plx_verdict_words(enum plx_step_verdict verdict);

/* "Up: “The parcel” rose by 0.6 levels more at the 8 places with the step than at the 8 without
 * (95 % interval 0.3 to 0.9)." */
void plx_verdict_append_lead(GString *out, const plx_trial *trial);
/* The step, the look, and which answers were held against which. */
void plx_verdict_append_plan(GString *out, const plx_trial *trial);
void plx_verdict_append_look(GString *out, const plx_trial *trial);
/* What was wanted: target, what would be worth it; nothing where there is nothing to hold it
 * against. */
void plx_verdict_append_target(GString *out, const plx_trial *trial);
void plx_verdict_append_worth(GString *out, const plx_trial *trial);
void plx_verdict_append_whole(GString *out, const plx_trial *trial);
void plx_verdict_append_keep(GString *out, const plx_trial *trial);
void plx_verdict_append_next(GString *out, const plx_trial *trial);
/* Why it cannot prove anything: one item each. */
void plx_verdict_tell_weakness(plx_story *story, const plx_trial *trial);

/* report/verdict_checks.c: what would make it doubtful, how often the rule cries up for nothing,
 * the second view. */
void plx_verdict_tell_checks(plx_story *story, const plx_trial *trial);
void plx_verdict_append_placebo(GString *out, const plx_trial *trial);
void plx_verdict_append_series(GString *out, const plx_trial *trial);

/* "+0.5 levels (0.2–0.8)" and "0.3 to 0.9" with the decimals that keep an end off 0 where it is. */
void plx_verdict_append_change(GString *out, double estimate, struct plx_interval ci);
guint plx_verdict_decimals(double estimate, struct plx_interval ci);

/* What has been reached: the whole interval, the estimate alone, not; or nothing can be said. */
enum plx_verdict_reach { PLX_REACH_NOT_KNOWN, PLX_REACH_REACHED, PLX_REACH_OPEN, PLX_REACH_MISSED };
/* "reached", "open", "missed"; NULL: not known. */
const char *plx_verdict_reach_code(enum plx_verdict_reach reach);
enum plx_verdict_reach plx_verdict_target(const plx_trial *trial);
enum plx_verdict_reach plx_verdict_worth(const plx_trial *trial);
