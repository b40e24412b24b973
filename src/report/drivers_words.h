/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sentences about what goes with the whole; private to report/. All append. `frame`: of
 * plx_about_frame. Tests: tests/cli/cases/drivers-*. */

#include "reading/drivers.h"

#include <glib.h>

/* "With how customers judge the order as a whole go At the doorstep and Delay message, …" */
void plx_drivers_words_lead(const plx_drivers *drivers, const plx_gaps *frame, GString *out);
/* "1,612 customers judged it; any two points were answered together by at least 24 of them …" */
void plx_drivers_words_evidence(const plx_drivers *drivers, const plx_gaps *frame,
                                const struct plx_drivers_part *part, GString *out);
/* How much all answers move together, and what that means for the names. */
void plx_drivers_words_mood(const plx_drivers *drivers, const struct plx_drivers_part *part,
                            GString *out);
/* "17 % of the differences (…); below Expected hurts, above Desired adds nothing that shows." */
void plx_drivers_words_named(const plx_drivers *drivers, const struct plx_driver *driver,
                             GString *out);
/* "−1.0 to −0.4"; nothing when it does not exist. */
void plx_drivers_words_ends(struct plx_interval ci, guint decimals, GString *out);
/* "hurts below"; NULL where nothing can be said. */
const char *plx_drivers_words_shape(enum plx_driver_shape shape);
/* What the columns of the table mean. */
void plx_drivers_words_key(const plx_drivers *drivers, const struct plx_drivers_part *part,
                           GString *out);
/* Which points were left out, and why; nothing when none was. */
void plx_drivers_words_left_out(const struct plx_drivers_part *part, GString *out);
/* Who thinks, and what of it is found here. */
void plx_drivers_words_view(const plx_drivers *drivers, const plx_gaps *frame,
                            const struct plx_driver_view *view, GString *who, GString *out);
