/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be said of the guesses of a room as one: of a moment, or of all of them.
 * Test: tests/serve/test_workshop.py. */

#include "store/gatherings.h"

enum plx_room_state {
    PLX_ROOM_NOBODY, /* nobody guessed */
    PLX_ROOM_SHOWN,
    PLX_ROOM_FEW,   /* fewer than the minimum */
    PLX_ROOM_SEEN,  /* all of them had seen results before */
    PLX_ROOM_ALIKE, /* all of few guessed the same */
    PLX_ROOM_APART  /* those few who guessed elsewhere could be reckoned from it */
};

struct plx_room {
    enum plx_room_state state;
    const char *audience; /* id of those who guessed, borrowed; NULL: nobody */
    gint persons, minimum;
};

/* While guesses are still given: what there would be to show if the room went on now. */
gboolean plx_room_read(plx_store *store, const plx_map *map, const struct plx_gathering *gathering,
                       struct plx_room *room, GError **error);
/* Why there is no number of the room, in a sentence, to be freed; NULL where there is one, or
 * nobody guessed. */
char *plx_room_why(const plx_map *map, const struct plx_room *room, const char *language);
/* Of those who sit at a device alone: SEEN, by their word or by a reveal, or NOBODY. */
gboolean plx_room_read_seat(plx_store *store, const struct plx_seat *seat, struct plx_room *room,
                            GError **error);
