/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The beliefs reading: what the room guessed, moment by moment, and what the people served say.
 *
 * It computes nothing of its own: every number is that of a released gaps document, so that it can
 * show no more than `gaps` does. The spread of the guesses comes from a second one, of the measure
 * `believed`, and stands only where that counts the very guesses that were compared (each person's
 * first, given before results were seen). Only what is decided is ranked.
 * Rules and JSON: docs/readings.md. Test: tests/reading/test_beliefs.c. */

#include "reading/gaps.h"

typedef struct plx_beliefs plx_beliefs;

#define PLX_FURTHEST 3 /* moments told as furthest apart */

/* A moment somebody guessed about. Pointers lead into the gaps of the reading. */
struct plx_moment {
    const struct plx_gaps_point *point;
    const struct plx_belief *belief; /* never NULL; may be suppressed */
    const struct plx_voice *served;  /* of the people served; NULL: none of them answered */
    const struct plx_voice *spread;  /* how often each guess was given (counts); NULL: not shown */
    gint64 later; /* guesses left out: second ones, and of people who had seen results; or -1 */
};

struct plx_beliefs_group {
    const char *key; /* NULL = ungrouped; "" = missing */
    const struct plx_gaps_group *gaps;
    guint n_moments;
    struct plx_moment *moments; /* order of the gaps */
    guint n_furthest;
    guint furthest[PLX_FURTHEST]; /* moments decided to be too high or too low, furthest first;
                                   * ties in order of the gaps */
    guint n_right;
    guint *right;                      /* moments decided to be seen rightly, in order */
    const struct plx_ranking *ranking; /* or NULL: fewer than two moments can be ranked */
    guint n_unguessed;
    const struct plx_gaps_point **unguessed; /* answered by the served, guessed by nobody */
};

struct plx_beliefs {
    plx_gaps *gaps;   /* of the levels; owned */
    plx_gaps *spread; /* of the guesses; owned, or NULL */
    gint by;          /* who guessed, an audience of gaps; -1: nobody did */
    gint about;       /* the people served, an audience of gaps; -1: nobody */
    guint n_groups;
    struct plx_beliefs_group *groups;
    GPtrArray *memory;
};

void plx_beliefs_free(plx_beliefs *beliefs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_beliefs, plx_beliefs_free)

/* Asks the source as plx_gaps_read does, with the same options; audiences without anybody served
 * mean the served ones too. Who guessed is the first audience with guesses: leaders, else staff,
 * else a declared one; leaders who are hidden are not replaced. Guesses are of the whole: dates and
 * places apply to the people served. Nobody having guessed is no error. Errors: those of
 * plx_gaps_read; PLX_ERROR_USAGE for another measure than level. */
plx_beliefs *plx_beliefs_read(plx_source *source, const struct plx_gaps_options *options,
                              GError **error);
