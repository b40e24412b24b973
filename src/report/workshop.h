/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The workshop as table, JSON and CSV. The page to show it with is report/room_page.h. Words:
 * report/words_workshop.h; members and columns: docs/readings.md.
 * Tests: tests/report/test_workshop.c, goldens in tests/cli/cases/workshop-*. */

#include "reading/workshop.h"
#include "report/gaps_table.h"

/* In plain words: what all name, what some, what only one; where views part; question by question;
 * what is not on the map; the notes. */
void plx_workshop_table(const plx_workshop *workshop, const struct plx_table_options *options,
                        GString *out);

/* `parallax.workshop/1`, ended by a newline. */
void plx_workshop_json(const plx_workshop *workshop, GString *out);

/* One row per question, theme and audience that named it; the question is empty over all. */
void plx_workshop_csv(const plx_workshop *workshop, GString *out);
