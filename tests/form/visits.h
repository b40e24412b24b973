/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A shop to visit, and acts on visits to it, which must go well. */

#include "form/visit.h"

/* Journey "buy" (door, greeting, till) and "return" (door, refund), a task and a promise of each.
 */
extern const char visits_shop[];
plx_map *visits_map(const char *yaml);

/* When all that is done here is done. */
#define VISITS_WHEN G_GINT64_CONSTANT(1795685400)
/* "buy" in Bonn, from 2026-12-01 to 2026-12-05. */
#define VISITS_PLAN                                                                                \
    "{\"journey\": \"buy\", \"place\": \"Bonn\", \"from\": \"2026-12-01\", \"until\": "            \
    "\"2026-12-05\"}"

void visits_must(plx_visit_list *list, gint64 visit, const char *act, const char *body);
void visits_assign(plx_visit_list *list, gint64 visit, gint64 shopper, const char *hash);
