/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A service to ask about: journey "visit" of 13 points (p1 ... p13), journey "call" of 3 (c1 ...
 * c3). */

#include "form/observations.h"

plx_map *service_map(void);

/* What an audience is asked of a journey; measures and questions NULL: as usual. */
struct plx_form_settings service_settings(const plx_map *map, const char *audience,
                                          const char *journey, const char *measures,
                                          const char *questions);

/* Takes a card from "name=value" texts up to NULL: what plx_form_take gives. */
GPtrArray *service_take(plx_form_answers *answers, const plx_form_plan *plan, guint card,
                        ...) G_GNUC_NULL_TERMINATED;
