/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the document begins with, from the released gaps: no pass of its own. */
#include "step/proposals_private.h"

#include <string.h>

static gboolean has_levels(const plx_gaps *gaps, guint audience)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint i = 0; i < gaps->groups[g].n_points; i++)
            for (guint v = 0; v < gaps->groups[g].points[i].n_voices; v++) {
                const struct plx_voice *voice = &gaps->groups[g].points[i].voices[v];
                if (voice->audience == audience && !voice->suppressed && voice->n > 0)
                    return TRUE;
            }
    return FALSE;
}

/* The first served one with levels; else the first served one; -1: nobody is. */
static gint served(const plx_gaps *gaps)
{
    gint first = -1;
    for (guint a = 0; a < gaps->n_audiences; a++) {
        if (gaps->served[a] && has_levels(gaps, a))
            return (gint)a;
        if (gaps->served[a] && first < 0)
            first = (gint)a;
    }
    return first;
}

static gint on_map(const plx_gaps *gaps, gint audience)
{
    for (guint a = 0; audience >= 0 && a < gaps->map->n_audiences; a++)
        if (strcmp(gaps->map->audiences[a].id, gaps->audiences[audience]) == 0)
            return (gint)a;
    return -1;
}

const struct plx_gaps_group *plx_next_group(const plx_next *next)
{
    static const struct plx_gaps_group none;
    return next->gaps->n_groups ? &next->gaps->groups[0] : &none;
}

void plx_next_about(plx_next *next)
{
    const plx_gaps *gaps = next->gaps;
    const gint audience = served(gaps);
    next->about = (struct plx_about){
        .source = gaps->source,
        .map = gaps->map,
        .audience = audience < 0 ? NULL : gaps->audiences[audience],
        .audience_title = audience < 0 ? NULL : gaps->audience_titles[audience],
        .asked_since = gaps->asked_since,
        .asked_until = gaps->asked_until,
        .data_since = gaps->data_since,
        .data_until = gaps->data_until,
        .n_where = gaps->n_where,
        .where = gaps->where,
        .observations = gaps->observations,
        .encounters = gaps->encounters,
        .respondents = gaps->respondents,
        .encounters_unknown = gaps->encounters_unknown,
        .rejected = gaps->rejected,
        .notes = g_array_new(FALSE, TRUE, sizeof(struct plx_gaps_note)),
        .memory = g_ptr_array_new_with_free_func(g_free),
    };
    for (guint i = 0; i < gaps->n_notes; i++) {
        const struct plx_gaps_note *note = &gaps->notes[i];
        plx_about_note(&next->about, note->code, on_map(gaps, note->audience), note->count,
                       note->detail);
    }
}
