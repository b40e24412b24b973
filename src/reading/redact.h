/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A released reading of the gaps, made fit to publish outside the house (docs/privacy.md,
 * "Published outside"). It only takes away.
 *
 * Of protected audiences no number is left: their verdicts against the people served stay, as words
 * ("leaders see it better"). Of the others everything stays that was released. The source's name,
 * the filters, the counts of all answers together and every note that may name a place, a month or
 * a person go. Titles of points, transactions, journeys and promises stay: they are what is
 * reported. Cost: one pass. Tests: tests/cli/cases/report-redact*. */

#include "reading/gaps.h"

void plx_gaps_redact(plx_gaps *gaps);
