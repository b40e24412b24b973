/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A plan held against the answers there are when it is written down: can it be judged at all, and
 * is its target met already, and when would there be answers enough? Only looks back: over the last
 * days of answers, as many as the baseline has. How many it takes is by Whitehead
 * (stats/whitehead.h), as if places were alike: where they differ much, more. Test:
 * tests/step/test_outlook.c. */

#include "step/verdict.h"
#include "voice/source.h"

struct plx_step_outlook {
    gboolean known;              /* there are answers with a day */
    guint places, compared;      /* of the plan; everywhere: those that occur */
    guint ready, compared_ready; /* of them with PLX_STEP_ANSWERS answers in that time */
    double share;                /* at `to` or better at the places with the step; NaN: not known,
                                    or too few people to be shown */
    gint64 other;     /* a step not stopped on the same point that shares a place; or 0 */
    double share_all; /* the same of all places of the plan, those to compare with too */
    double answers;   /* that a change from there to the target takes to be seen, of both sides
                         (before and after: of both times), at PLX_STEP_POWER; NaN: not known */
    double per_week;  /* as many come in there, at the flow of that time; NaN */
    double fresh;     /* days until each of these places has PLX_STEP_FRESH answers; NaN: nothing to
                         compare with, or not known. A baseline that all was known of when the step
                         was written down proves nothing (trial.h) */
    gint32 enough;    /* the day on which they are there, if begun as planned and the flow stays;
                         0: not known */
};
#define PLX_STEP_POWER 0.8
#define PLX_STEP_FRESH 8

/* The places that answers come from, in order; NULL-terminated, to be freed. */
gboolean plx_step_places_known(plx_source *source, char ***places, GError **error);

/* `self`: the number of the step itself among `steps` (struct plx_step); 0: a new one. Errors: the
 * source's. */
gboolean plx_step_look_back(plx_source *source, const struct plx_step_plan *plan,
                            const GPtrArray *steps, gint64 self, struct plx_step_outlook *outlook,
                            GError **error);
