/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The pages of a workshop: joining, guessing, the four questions, the wall, and what who leads it
 * sees. They work without scripts; with one (workshop.js) they follow what happens and keep
 * guesses as they are given. Tests: tests/serve/test_workshop.py, tests/web/workshop.test.mjs. */

#include "report/html.h"
#include "serve/fields.h"
#include "serve/form_parts.h"
#include "serve/workshop_reveal.h"
#include "store/gatherings.h"

/* All borrowed; what a page does not need is NULL. */
struct plx_workshop_view {
    const plx_map *map;
    const struct plx_gathering *gathering;
    const char *language;
    const char *base;   /* "http://127.0.0.1:8080" */
    const char *secret; /* what stands in the address: of the device, or of who leads */
    const struct plx_seat *seat;
    const GPtrArray *guesses, *answers; /* struct plx_seat_guess, plx_seat_answer */
    const GPtrArray *tables;            /* struct plx_gathered */
    const plx_workshop_reveal *reveal;
    struct plx_room room;     /* of its guesses; at a device that guesses: of those */
    const char *fault;        /* what was wrong, in words */
    const plx_fields *fields; /* what was sent then */
};

/* Points of the gathering's journey, or of all, in map order, each once: indices; to be freed. */
guint *plx_workshop_points(const plx_map *map, const struct plx_gathering *gathering, guint *n);
/* The prompts of the tables' questions, NULL-ended, and the fields that ask for them. */
#define PLX_WORKSHOP_QUESTIONS 7
struct plx_workshop_question {
    const char *field;  /* "competitors.good": also the end of the text's key */
    const char *prompt; /* "competitors" */
    gint surprise;      /* or PLX_SURPRISE_NONE */
};
extern const struct plx_workshop_question plx_workshop_questions[PLX_WORKSHOP_QUESTIONS];

/* "guess.0.0": what a device shows; another one is to be shown when it changes. To be freed. */
char *plx_workshop_screen(const struct plx_gathering *gathering);

/* What stands in <main>. workshop_join.c: joining; workshop_seat.c: what a table's device shows. */
void plx_workshop_page_join(plx_html *html, const struct plx_workshop_view *view);
void plx_workshop_page_seat(plx_html *html, const struct plx_workshop_view *view);
/* workshop_wall.c: for all, and (with its secret) for who leads. */
void plx_workshop_page_wall(plx_html *html, const struct plx_workshop_view *view);
/* The same of all pages: opens the part that follows what happens; `kind` "seat" or "wall". */
void plx_workshop_open(plx_html *html, const struct plx_workshop_view *view, const char *kind);
/* "Guests": as the map calls them, else the program. */
const char *plx_workshop_people(const struct plx_workshop_view *view, const char *audience);
/* A text in the page's language. */
const char *plx_workshop_say(const struct plx_workshop_view *view, const char *key);
/* The view of a form that asks the same, for the parts they have in common; stays where it is. */
struct plx_workshop_asking {
    struct plx_form_plan plan;
    struct plx_form_view view;
};
void plx_workshop_asking_init(struct plx_workshop_asking *asking,
                              const struct plx_workshop_view *view);
/* Why no number of the room can be shown, before the reveal; nothing where it can. */
void plx_workshop_why(plx_html *html, const struct plx_workshop_view *view);
/* "Of 10 guests, how many would say ... or better?" */
void plx_workshop_ask(plx_html *html, const struct plx_workshop_view *view);
/* Opens a form that posts to /w/CODE/KIND/SECRET; KIND NULL: to /w/CODE. */
void plx_workshop_form(plx_html *html, const struct plx_workshop_view *view, const char *kind,
                       const char *what);
/* <button name="..." value="...">words</button>; name may be NULL. */
void plx_workshop_button(plx_html *html, const char *class_name, const char *name,
                         const char *value, const char *words);
/* What was wrong, if anything; what was sent in a field then (or NULL); a box or circle to tick. */
void plx_workshop_fault(plx_html *html, const struct plx_workshop_view *view);
const char *plx_workshop_sent(const struct plx_workshop_view *view, const char *name);
void plx_workshop_choice(plx_html *html, const char *type, const char *name, const char *value,
                         gboolean chosen, const char *words);
