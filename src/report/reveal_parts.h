/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the reveal; private to report/. Test: tests/report/test_reveal.c. */

#include "report/reveal.h"
#include "report/slides.h"
#include "report/words_beliefs.h"

struct plx_reveal {
    struct plx_page page;
    const plx_beliefs *beliefs;
    const struct plx_beliefs_group *group;
    plx_html *html;
    gboolean own; /* somewhere the room's guess is hidden: each types an own one */
};

/* The screen of moment `m`. */
void plx_reveal_moment(struct plx_reveal *reveal, guint m);
/* Guess and truth on one line, with the dots or without. */
void plx_reveal_strip(struct plx_reveal *reveal, const struct plx_moment *moment, gboolean dots);

/* The screens behind the last moment. */
void plx_reveal_close(struct plx_reveal *reveal);
