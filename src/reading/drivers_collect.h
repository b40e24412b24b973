/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Joint answers out of a source's answer; private to the reading `drivers`.
 * Test: tests/reading/test_drivers.c. */

#include "reading/drivers_joint.h"
#include "reading/question.h"

/* A journey whose whole somebody judged. */
struct plx_drive_journey {
    guint subject;    /* index into the answer's subjects */
    gint map_journey; /* or -1 */
    guint n_points;   /* of its points somebody rated, in order */
    guint *points;    /* subjects; the column of the joint is the index */
    guint n_crowded;  /* points beyond PLX_JOINT_POINTS_MAX, those with fewest answers */
    guint *crowded;
    plx_joint *joint;
};

typedef struct plx_drive_collected plx_drive_collected;
struct plx_drive_collected {
    enum plx_measure outcome;
    gboolean by_person; /* answers are linked by person, else by encounter */
    guint64 persons;    /* who judged a whole */
    guint n_journeys;   /* with an outcome and points, in order of subjects */
    struct plx_drive_journey *journeys;
    GPtrArray *memory;
};

/* Of the units of one table. `outcome` is counted where somebody gave it. */
plx_drive_collected *plx_drive_collect(const plx_question *question,
                                       const struct plx_answer *answer,
                                       const struct plx_linked *linked, guint audience,
                                       enum plx_measure outcome, guint64 seed);
void plx_drive_collected_free(plx_drive_collected *collected);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_drive_collected, plx_drive_collected_free)
