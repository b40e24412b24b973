/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view.h"

#include <math.h>
#include <string.h>

gboolean plx_view_may_ask(const plx_gaps *gaps, guint audience)
{
    if (gaps->by || gaps->n_where || gaps->asked_since || gaps->asked_until)
        return FALSE;
    if (gaps->served[audience] || strcmp(gaps->audiences[audience], "shopper") == 0)
        return FALSE;
    const gint at = gaps->map ? plx_map_find_audience(gaps->map, gaps->audiences[audience]) : -1;
    return at < 0 || gaps->map->audiences[at].population == 0;
}

static gboolean is_wanted(const plx_gaps *gaps, gint audience)
{
    for (guint i = 0; i < gaps->n_notes; i++)
        if (strcmp(gaps->notes[i].code, "population_wanted") == 0 &&
            gaps->notes[i].audience == audience)
            return TRUE;
    return FALSE;
}

/* A point of this audience, counted where it is open. */
static void look(const plx_gaps *gaps, const struct plx_gaps_point *point,
                 struct plx_view_open *open)
{
    const struct plx_voice *voice = plx_view_voice(point, open->audience);
    const struct plx_gap *lead = plx_view_lead(gaps, point);
    if (!voice || voice->suppressed != PLX_SHOWN)
        return;
    open->persons = MAX(open->persons, voice->persons);
    open->points += lead && lead->verdict == PLX_VERDICT_NOT_ENOUGH_YET && !voice->complete &&
                    (gint)plx_view_viewer(gaps, lead) == open->audience;
}

struct plx_view_open plx_view_open(const plx_gaps *gaps)
{
    const gboolean hidden =
        gaps->redacted || (gaps->headline.by >= 0 && gaps->headline.hidden_minimum > 0);
    for (guint a = 0; a < gaps->n_audiences && !hidden; a++) {
        if (!plx_view_may_ask(gaps, a))
            continue;
        struct plx_view_open open = {.audience = (gint)a};
        for (guint g = 0; g < gaps->n_groups; g++)
            for (guint p = 0; p < gaps->groups[g].n_points; p++)
                look(gaps, &gaps->groups[g].points[p], &open);
        if (open.points && open.persons > 0 &&
            (open.persons < PLX_VIEW_FEW || is_wanted(gaps, open.audience)))
            return open;
    }
    return (struct plx_view_open){.audience = -1};
}
