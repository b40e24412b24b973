/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What goes with how people feel about the whole: as words, JSON and CSV. Members and columns:
 * docs/readings.md. Tests: tests/cli/cases/drivers-*. */

#include "reading/drivers.h"
#include "report/story.h"

/* In plain words first; then each part: how much all answers move together, what is named, bars of
 * the shares beside what mood alone would give, what others think matters. */
plx_story *plx_drivers_story(const plx_drivers *drivers);

/* Bars of the shares of a part with their intervals, a tick at what mood alone would give, a
 * diamond at points that the first view thinks matter. NULL without shares. */
plx_svg *plx_drivers_chart(const plx_drivers *drivers, guint part);

/* `parallax.drivers/1`, ended by a newline. */
void plx_drivers_json(const plx_drivers *drivers, GString *out);
/* One row per part and point. */
void plx_drivers_csv(const plx_drivers *drivers, GString *out);
