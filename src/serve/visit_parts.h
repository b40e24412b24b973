/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files about visits in words share. Tests: tests/cli/cases/visit-*. */

#include "form/visit_brief.h"
#include "report/story.h"

/* Is its last day past without a report? */
gboolean plx_visit_is_late(const plx_visit *visit, gint32 day);
/* "Visit 3: Buy, Bonn, 2026-12-01 to 2026-12-05", to be freed. */
char *plx_visit_heading(const plx_visit_brief *brief, const char *language);
/* What to do and not to do, what to look at. */
void plx_visit_add_brief(plx_story *story, const plx_visit_brief *brief, const char *language);
