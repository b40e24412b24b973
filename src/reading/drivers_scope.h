/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which points can be looked at together; private to the reading `drivers`.
 * Test: tests/reading/test_drivers.c. */

#include "reading/drivers.h"
#include "reading/drivers_fit.h"

struct plx_drive_choice {
    struct plx_drive_scope scope;
    enum plx_driver_state state[PLX_JOINT_POINTS_MAX]; /* by column of the joint */
    gint twin[PLX_JOINT_POINTS_MAX];                   /* of TWIN: the other column */
    guint candidates;                                  /* enough people rated it and the whole */
    guint64 pairs_least, pairs_median; /* over the pairs of points of the scope; 0 without */
};

/* Of the columns with member[j]: those that vary, that enough people answered together with the
 * whole and pairwise with each other, none of them another one's twin. Where pairs are too few the
 * point goes that has most of them, of equals the one with fewer answers. `section`: by column. */
void plx_drive_choose(const plx_joint *joint, const gboolean *member, const guint *section,
                      guint64 least, struct plx_drive_choice *choice);

/* Fewest persons over the pairs of a column with the scope's others. */
guint64 plx_drive_least(const plx_joint *joint, const struct plx_drive_scope *scope, guint column);
