/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The server's roll of its workspace (store/store_roll.h), for filters that nobody asked before. It
 * is made in the background once somebody reads a large workspace, and made anew when many answers
 * have come since; one that lost rows (an import was undone, somebody erased or made anonymous), or
 * that lacks more than half of them, is let go at the next look. Any thread. Test:
 * tests/serve/test_roll_keeper.c. */

#include "store/store_roll.h"

typedef struct plx_roll_keeper plx_roll_keeper;

/* Smaller workspaces are read fast enough without. */
#define PLX_ROLL_LEAST_ROWS 500000
/* Seconds after which somebody who does not read lets one go that is of no use. */
#define PLX_ROLL_LET_GO_SECONDS 60
/* What a roll may take; while one is made, about three times as much is in use. */
#define PLX_ROLL_MOST_BYTES ((gsize)512 << 20)

plx_roll_keeper *plx_roll_keeper_new(const char *workspace, gint64 least_rows, gsize most_bytes);
/* Waits for the one that is being made. */
void plx_roll_keeper_free(plx_roll_keeper *keeper);

/* The one there is, or NULL; it stays until it is given back. */
const plx_store_roll *plx_roll_keeper_take(plx_roll_keeper *keeper);
void plx_roll_keeper_give_back(plx_roll_keeper *keeper, const plx_store_roll *roll);

/* Somebody reads: sees to it that there is one that is of use. `store` is the caller's. */
void plx_roll_keeper_look(plx_roll_keeper *keeper, plx_store *store);
/* Nobody reads just now: lets one go that is of no use, and makes none. Who was erased must not
 * stay in memory until somebody reads. */
void plx_roll_keeper_let_go(plx_roll_keeper *keeper, plx_store *store);
/* Waits until none is being made: for tests. */
void plx_roll_keeper_wait(plx_roll_keeper *keeper);
