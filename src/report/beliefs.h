/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the room guessed beside what the people served say: as table, JSON and CSV. The page to show
 * it with is report/reveal.h. Words: report/words_beliefs.h; members and columns: docs/readings.md.
 * Tests: tests/report/test_beliefs.c, with goldens in tests/report/golden. */

#include "reading/beliefs.h"
#include "report/gaps_table.h"

/* In plain words first: headline, furthest apart, seen rightly, the order; then each moment on a
 * strip from 0 to 10 in 10, the notes. Where nobody has guessed it says how guesses come in. */
void plx_beliefs_table(const plx_beliefs *beliefs, const struct plx_table_options *options,
                       GString *out);

/* `parallax.beliefs/1`, ended by a newline. */
void plx_beliefs_json(const plx_beliefs *beliefs, GString *out);

/* One row per group and moment. */
void plx_beliefs_csv(const plx_beliefs *beliefs, GString *out);
