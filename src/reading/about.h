/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What every document of a reading beside the gaps begins with: what was asked of what, whose view
 * it is, what the reader must know. Everything belongs to `memory`, where readings keep their own
 * arrays too (plx_keep). Test: tests/reading/test_reach.c. */

#include "reading/gaps.h"
#include "reading/question.h"

struct plx_about {
    const char *source;
    const plx_map *map;                    /* borrowed: must outlive the reading */
    const char *audience, *audience_title; /* whose view decides; NULL: nobody's */
    const char *asked_since, *asked_until; /* ISO dates or NULL */
    const char *data_since, *data_until;   /* of the answers that pass the question's first need */
    guint n_where;
    const char **where;
    const char *by;                                         /* or NULL */
    gint64 observations, encounters, respondents, rejected; /* of the whole source */
    gint64 encounters_unknown;                              /* whose respondent no key tells */
    GArray *notes; /* struct plx_gaps_note, audience = index into map */
    GPtrArray *memory;
};

/* `audience` is an index into the map, or -1. Notes of the source are taken over. */
void plx_about_init(struct plx_about *about, const plx_source *source, const plx_question *question,
                    const struct plx_answer *answer, gint audience);
void plx_about_clear(struct plx_about *about);
/* audience: index into the map or -1; count: or -1; detail: copied, or NULL. */
void plx_about_note(struct plx_about *about, const char *code, gint audience, gint64 count,
                    const char *detail);
/* A copy that lives as long as the document; NULL stays NULL. */
const char *plx_about_copy(struct plx_about *about, const char *text);
