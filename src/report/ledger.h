/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ledger (step/ledger.h) as words and table, JSON (parallax.ledger/1, docs/steps.md) and CSV
 * (one row per step). Tests: tests/report/test_ledger.c, tests/cli/cases/ledger-*. */

#include "report/story.h"
#include "step/ledger.h"

plx_story *plx_ledger_story(const plx_ledger *ledger);
void plx_ledger_json(const plx_ledger *ledger, GString *out);
void plx_ledger_csv(const plx_ledger *ledger, GString *out);
