/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Between the files of the reading `drivers`; private to them. */

#include "reading/drivers.h"
#include "reading/drivers_collect.h"
#include "reading/drivers_scope.h"
#include "reading/reach.h"

/* A part and what its numbers come from. */
struct plx_drive_part {
    struct plx_drivers_part *released;
    const struct plx_drive_journey *journey;
    struct plx_drive_choice choice;
    plx_drive_fit *fit; /* NULL: nothing to show */
};

/* Everything of one audience whose answer has come. */
plx_drivers *plx_drivers_compose(plx_source *source, const plx_question *question,
                                 const struct plx_answer *answer, const struct plx_reach *reach,
                                 const plx_drive_collected *collected);

/* Fills the numbers of all parts that have a fit, the family's levels, names, shapes, order. */
void plx_drivers_release(plx_drivers *drivers, const struct plx_drive_part *parts);

/* What others think matters. Errors: the source's own. */
gboolean plx_drivers_ask_views(plx_drivers *drivers, plx_source *source,
                               const struct plx_gaps_options *options, GError **error);
