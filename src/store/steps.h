/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The steps of a workspace as acts on them, in the order in which they were done; nothing is ever
 * changed or taken away. What an act says is text here: step/step.h makes and reads it. What
 * answers count is not touched by it. Test: tests/store/test_steps.c. */

#include "store/store.h"

struct plx_step_act {
    gint64 number; /* 1, 2, ... over all steps */
    gint64 step;   /* 1, 2, ...; a new one's first act is "add" */
    gint64 utc_seconds;
    char *author;
    char *act; /* "add", "amend", "start", "stop" */
    char *body;
};

/* All acts, oldest first: struct plx_step_act. Also what parallax check does. */
GPtrArray *plx_steps_read(plx_store *store, GError **error);

/* Adds an act to a step, or to a new one (`act->step` 0, which then is "add"). `act->number` is the
 * last one's that the caller has seen (0: there was none). *step (may be NULL) is the step's
 * number. Errors: PLX_ERROR_IO when another program added one meanwhile; PLX_ERROR_NOT_FOUND when
 * there is no such step. */
gboolean plx_steps_add(plx_store *store, const struct plx_step_act *act, gint64 *step,
                       GError **error);

/* How many steps there are. */
gboolean plx_steps_count(plx_store *store, gint64 *steps, GError **error);
