/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From a question to answers: which cells are asked of the source, audience by audience.
 *
 * Audiences that are not protected (or agreed to be named) are asked as the user did. Each
 * protected one is a side of its own, because no free filters apply to it (docs/privacy.md):
 * dates become the whole months inside them, places and months with fewer persons than the minimum
 * join their neighbours, at most one further key may be used, and under a place filter leaders stay
 * whole. Which neighbours join depends on the answers, so the source is asked again until nothing
 * more joins (usually once, or twice when something is too small). A leader's or staff member's
 * beliefs know neither dates nor places.
 *
 * Why this resists differencing is shown in docs/privacy.md and tried by exhaustive pairs in
 * tests/reading/test_privacy.c. */

#include "reading/grid.h"
#include "reading/question.h"

#define PLX_NO_TABLE G_MAXUINT

/* How one audience is asked. */
struct plx_side {
    guint audience;
    gboolean asked;               /* takes part in this document */
    gboolean restricted;          /* protected and not named: all below applies */
    enum plx_suppression hidden;  /* PLX_HIDDEN_FILTER: never shown under this question */
    const char *why;              /* then: "keys", "week", "no_whole_month", "months_joined" */
    char *wider;                  /* of months_joined: "2024-05..2024-06" would do; owned */
    gboolean belief_hidden;       /* beliefs under more than one further key */
    gboolean split, belief_split; /* do its answers follow --by? */
    plx_grid *grid;               /* restricted: of its level answers; else NULL */
    plx_grid *belief_grid;        /* restricted: of its beliefs (one further key at most) */
    guint table, belief_table;    /* in the answer, or PLX_NO_TABLE */
};

struct plx_collected {
    const plx_question *question;
    struct plx_answer *answer;
    struct plx_side *sides; /* by map index of the audience */
    guint rest_table;       /* guesses of other rooms than the one asked for, or PLX_NO_TABLE */
    GPtrArray *keys;        /* of groups: const char *; one NULL when not split by rows */
    GPtrArray *memory;
};

/* Do tests or split make its answers those of some of its people (a place, a channel ...), so that
 * `population` says nothing of them? A period does not: everybody there could have answered in it.
 */
gboolean plx_side_is_part(const plx_question *question, const struct plx_side *side);

/* A protected audience has answers, whether or not they pass the question. */
gboolean plx_side_has_rows(const struct plx_side *side);

/* Errors: the source's own. */
struct plx_collected *plx_collect(plx_source *source, const plx_question *question, GError **error);
void plx_collected_free(struct plx_collected *collected);

/* The cell of an audience at a subject in the group `key` (NULL: not split); NULL when there is
 * none. */
const struct plx_cell *plx_collected_cell(const struct plx_collected *collected, guint audience,
                                          gboolean belief, const char *key, guint32 subject);
/* Distinct persons of an audience with an answer to the measure (a guess) at any point; -1 when the
 * answers are split or the source does not say. */
gint64 plx_collected_persons(const struct plx_collected *collected, guint audience,
                             gboolean belief);
/* How many guessed at a subject in other rooms than the one asked for; 0 where none is asked for.
 */
gint64 plx_collected_rest(const struct plx_collected *collected, guint audience, guint32 subject);
/* Index of the group in the audience's table, or -1. */
gint plx_collected_group(const struct plx_collected *collected, guint audience, gboolean belief,
                         const char *key);

/* The needs of the first question to the source, without asking it (takes the question). */
struct plx_first_needs *plx_first_needs_new(plx_question *question);
