/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Friction as JSON, CSV and in words. Members, codes and columns: docs/readings.md.
 * Test: tests/report/test_friction.c. */

#include "reading/friction.h"
#include "report/story.h"

/* `parallax.friction/1`, ended by a newline. */
void plx_friction_json(const plx_friction *friction, GString *out);
/* One row per point, then one per group and point. */
void plx_friction_csv(const plx_friction *friction, GString *out);
plx_story *plx_friction_story(const plx_friction *friction);
