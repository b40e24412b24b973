/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files about visits in words share. Tests: tests/cli/cases/visit-*. */

#include "form/visit_brief.h"
#include "form/visit_report.h"
#include "report/story.h"

/* Is its last day past without a report? */
gboolean plx_visit_is_late(const plx_visit *visit, gint32 day);
/* "Visit 3: Buy, Bonn, 2026-12-01 to 2026-12-05", to be freed. */
char *plx_visit_heading(const plx_visit_brief *brief, const char *language, const char *titles);
/* What to do and not to do, what to look at. */
void plx_visit_add_brief(plx_story *story, const plx_visit_brief *brief, const char *language,
                         const char *titles);
/* "10:01" of the clock on the wall; "3", "na", NULL where nothing was said; what a moment is
 * called; "2026-11-26T09:30:00Z". To be freed but for the title. */
char *plx_visit_time_text(const struct plx_time *time);
char *plx_visit_level_text(gint8 level);
const char *plx_visit_moment_title(const plx_map *map, const struct plx_visit_moment *moment);
char *plx_visit_second(gint64 utc_seconds);
