/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who said what is not in a roll: a sink that passes rows on and notes whose they are. Test:
 * tests/store/test_store_roll.c. */

#include "voice/sink.h"

struct plx_roll_noted {
    guint64 encounter, unit; /* of those who are anonymous the encounter is the unit */
    guint known;             /* 1: the unit is a respondent */
};

struct plx_roll_noting {
    plx_sink base;
    plx_sink *to; /* borrowed */
    const plx_map *map;
    guint threads;
    GArray **noted; /* struct plx_roll_noted, by worker */
};

void plx_roll_noting_init(struct plx_roll_noting *noting, plx_sink *to, const plx_map *map,
                          guint threads);
void plx_roll_noting_clear(struct plx_roll_noting *noting);

/* What all workers noted, in no order; rows of one encounter that came one after another once. Of
 * `noting`; once. */
GArray *plx_roll_noting_all(struct plx_roll_noting *noting);
