/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of what was ticked on the card of the whole journey. */

#include "report/friction_words.h"
#include "report/words.h"

#include <math.h>

/* "12 (5–27)" */
static void put_share(plx_story *story, double share, struct plx_interval ci)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_friction_of_100(text, share);
    if (isfinite(share) && isfinite(ci.lo)) {
        g_string_append(text, " (");
        plx_friction_range(text, ci);
        g_string_append_c(text, ')');
    }
    plx_story_cell(story, text->str);
}

static gboolean any_ticks(const plx_friction *friction)
{
    for (guint p = 0; p < friction->n_points; p++)
        if (friction->points[p].ticks.n != PLX_NO_COUNT || friction->points[p].ticks.suppressed)
            return TRUE;
    return FALSE;
}

void plx_friction_ticks_table(const plx_friction *friction, plx_story *story)
{
    static const struct plx_story_column columns[] = {{"moment", PLX_STORY_WIDE},
                                                      {"fell short", PLX_STORY_NUMBER},
                                                      {"delighted", PLX_STORY_NUMBER},
                                                      {"did not happen", PLX_STORY_NUMBER},
                                                      {"answers", PLX_STORY_NUMBER}};
    if (!any_ticks(friction))
        return;
    plx_story_table(story, "Ticked on the card of the whole journey, of 100", columns,
                    G_N_ELEMENTS(columns));
    for (guint p = 0; p < friction->n_points; p++) {
        const struct plx_friction_ticks *const ticks = &friction->points[p].ticks;
        g_autoptr(GString) n = g_string_new(NULL);
        plx_words_count(n, ticks->n);
        plx_story_subject(story, friction->points[p].point);
        plx_story_cell(story, friction->points[p].title);
        put_share(story, ticks->fell_short, ticks->fell_short_ci);
        put_share(story, ticks->delighted, ticks->delighted_ci);
        put_share(story, ticks->absent_share, ticks->absent_ci);
        plx_story_cell(story, n->str);
    }
    plx_story_quiet(story, "Fell short, delighted: of those it happened to, who ticked the moment "
                           "in the list of all; they are in no number above. Did not happen: of "
                           "all who ticked.");
}
