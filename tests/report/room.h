/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rooms that guessed, made from rows by the reading itself: what tests and the page in tests/web
 * look at. */

#include "reading/beliefs.h"

#include <glib.h>

enum room_kind {
    ROOM_FULL,    /* 12 leaders, every verdict, a moment nobody answered, one nobody guessed */
    ROOM_MASKED,  /* 7 leaders: rounded; at one moment all guess alike */
    ROOM_HIDDEN,  /* 3 leaders of 5 needed */
    ROOM_STARS,   /* customers on 1 to 5, staff guessed as tables */
    ROOM_DOWN,    /* low marks are good */
    ROOM_MARKS,   /* a scale that does not say what is desired */
    ROOM_EMPTY,   /* nobody guessed */
    ROOM_HOSTILE, /* titles that would break markup, any script */
    ROOM_KINDS
};

typedef struct room room;
struct room {
    struct world *world;
    plx_beliefs *beliefs;
};

room *room_new(enum room_kind kind);
void room_free(room *r);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(room, room_free)

/* "full", "masked" ... */
const char *room_name(enum room_kind kind);
