/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What plans drawn and plans read back have in common. Private to form/. */

#include "form/plan.h"

/* All points of a journey, each once, in map order; to be freed. */
guint *plx_form_journey_points(const plx_map *map, guint journey, guint *n);

/* Which measures are asked where, and how many cards that makes, once the points are known. */
void plx_form_plan_lay(plx_form_plan *plan);
