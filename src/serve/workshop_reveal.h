/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Guess and truth, moment by moment, for the wall and the devices of a workshop: numbers of the
 * reading `beliefs` of this room's own guesses, which shows no more than may be shown. (Apart from
 * the handlers, as theirs and the reading's moments have one name.) Test:
 * tests/serve/test_workshop.py. */

#include "report/html.h"
#include "serve/workshop_room.h"
#include "store/store.h"

typedef struct plx_workshop_reveal plx_workshop_reveal;

/* Worked out once for all who look, until answers or the map change (store/aside.h); borrowed.
 * Nothing to compare is no error: no moments. */
const plx_workshop_reveal *
plx_workshop_reveal_read(plx_store *store, const struct plx_gathering *gathering, GError **error);

/* What can be said of the guesses of the room, once they are given. */
void plx_workshop_reveal_room(const plx_workshop_reveal *reveal, struct plx_room *room);

/* Did those who are served say anything of any moment that may be shown? */
gboolean plx_workshop_reveal_any_truth(const plx_workshop_reveal *reveal);

/* Moments of which guess or truth can be shown, and how many were left out. */
guint plx_workshop_reveal_moments(const plx_workshop_reveal *reveal);
guint plx_workshop_reveal_skipped(const plx_workshop_reveal *reveal);
/* Title and id of a moment's point; the title in a language of the map. */
const char *plx_workshop_reveal_title(const plx_workshop_reveal *reveal, guint moment,
                                      const char *language);
const char *plx_workshop_reveal_point(const plx_workshop_reveal *reveal, guint moment);

/* A share in the unit of all numbers of a reveal: "80 %"; to be freed. */
char *plx_workshop_reveal_number(double share);

/* What the room said of a moment, or why that is not shown (on its own: _put_why); what they said
 * of it; and how far that is apart. */
void plx_workshop_reveal_put_guess(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html);
void plx_workshop_reveal_put_why(const plx_workshop_reveal *reveal, guint moment,
                                 const char *language, plx_html *html);
void plx_workshop_reveal_put_truth(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html);
