/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the page of the room; private to report/. Test: tests/report/test_room_page.c. */

#include "report/room_page.h"
#include "report/slides.h"

struct plx_room {
    const plx_workshop *w;
    const struct plx_page_options *options;
    plx_html *html;
};

/* Rows that a screen shows; those behind stand in the hand-out. */
#define PLX_ROOM_ROWS 5
#define PLX_ROOM_FEW 3 /* rows that are written larger */

/* The class that gives an audience its colour: "who leader". */
void plx_room_open_who(const struct plx_room *room, const char *element, guint audience);
/* Tables that named it, as many as there are: drawn up to a number, and in words. */
void plx_room_seats(const struct plx_room *room, guint audience, const struct plx_named *named);
/* A theme's title; its own words in quotation marks while nobody has sorted them. */
void plx_room_title(const struct plx_room *room, const char *element,
                    const struct plx_workshop_theme *theme);
/* Opens a list element whose rows from PLX_ROOM_ROWS on are for the hand-out; `i` from 0. */
void plx_room_open_row(const struct plx_room *room, const char *element, guint i);
/* "and 12 more in the hand-out", where there are more than a screen shows. */
void plx_room_more(const struct plx_room *room, guint n);

/* room_themes.c: named by all, by several, by one; where views part. */
void plx_room_agreed(const struct plx_room *room, enum plx_naming naming, const char *id);
void plx_room_only(const struct plx_room *room);
void plx_room_contested(const struct plx_room *room);

/* One question of them all. */
void plx_room_question(const struct plx_room *room, enum plx_asked asked, const char *eyebrow,
                       const char *title);

/* room_competitors.c: what they do differently, good against bad. */
void plx_room_competitors(const struct plx_room *room);

/* room_beside.c: words; ratings beside; how we know. */
void plx_room_quotes(const struct plx_room *room);
void plx_room_ratings(const struct plx_room *room);
void plx_room_method(const struct plx_room *room);
