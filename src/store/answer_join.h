/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Answers to needs that were worked out apart, put together: byte for byte what they are when asked
 * together (of needs other than LINKED). Test: tests/store/test_answer_join.c. */

#include "voice/source.h"

/* A table of an answer. */
struct plx_answer_piece {
    struct plx_answer *answer;
    guint table;
};

/* Makes `into` the answer of n pieces, each table of each answer at most once. Totals, days and
 * notes stay those of `into`, which may be among their answers; the others are used up. */
void plx_answer_join(struct plx_answer *into, const plx_map *map,
                     const struct plx_answer_piece *pieces, guint n);
