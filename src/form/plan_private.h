/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What plans drawn and plans read back have in common. Private to form/. */

#include "form/plan.h"

/* All points of a journey, each once, in map order; to be freed. */
guint *plx_form_journey_points(const plx_map *map, guint journey, guint *n);

/* Those of them that a link is about. */
guint *plx_form_listed_points(const plx_map *map, const struct plx_form_settings *settings,
                              guint journey, guint *n);

/* The journeys with points that a plan may be about, into `journeys` (room for all of the map); how
 * many. */
guint plx_form_journeys(const plx_map *map, const struct plx_form_settings *settings,
                        guint *journeys);
/* How many of a journey's points one form is about. */
guint plx_form_asked_of(const struct plx_form_settings *settings, guint of);

/* Which measures are asked where, and how many cards that makes, once the points are known. */
void plx_form_plan_lay(plx_form_plan *plan);
