/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/redact.h"

#include <math.h>
#include <string.h>

/* An audience that the map does not know is protected, unless it is served. Consent to be named
 * (`named`) was given for the house, not for print. */
static gboolean is_protected(const plx_gaps *gaps, gint audience)
{
    const plx_map *map = gaps->map;
    if (audience < 0)
        return FALSE;
    for (guint i = 0; map && i < map->n_audiences; i++)
        if (strcmp(map->audiences[i].id, gaps->audiences[audience]) == 0)
            return map->audiences[i].protected_;
    return !gaps->served[audience];
}

static void redact_gap(struct plx_gap *gap)
{
    const double none = (double)NAN;
    const struct plx_interval nowhere = {none, none};
    gap->difference = gap->superiority = gap->cliff_delta = gap->p = none;
    gap->ci = gap->ci_adjusted = gap->superiority_ci = nowhere;
    gap->half_width = gap->answers_needed = none;
    gap->p_method = NULL;
}

static void redact_point(const plx_gaps *gaps, struct plx_gaps_point *point)
{
    guint n = 0;
    for (guint i = 0; i < point->n_voices; i++)
        if (!is_protected(gaps, (gint)point->voices[i].audience))
            point->voices[n++] = point->voices[i];
    point->n_voices = n;
    for (guint i = 0; i < point->n_gaps; i++)
        if (is_protected(gaps, (gint)point->gaps[i].a) ||
            is_protected(gaps, (gint)point->gaps[i].b))
            redact_gap(&point->gaps[i]);
    /* Guesses and predictions are numbers of those who look on. */
    point->n_beliefs = point->n_predictions = 0;
    n = 0;
    for (guint i = 0; i < point->n_expectations; i++)
        if (!is_protected(gaps, (gint)point->expectations[i].audience))
            point->expectations[n++] = point->expectations[i];
    point->n_expectations = n;
}

static void redact_headline(plx_gaps *gaps)
{
    struct plx_headline *h = &gaps->headline;
    if (is_protected(gaps, h->about))
        h->kind = PLX_HEADLINE_NONE;
    else if (h->kind == PLX_HEADLINE_BELIEF)
        h->kind = PLX_HEADLINE_SERVED;
    h->by = -1;
    h->by_n = h->by_persons = PLX_NO_COUNT;
    h->by_value = (double)NAN;
    h->hidden_persons = h->hidden_minimum = 0;
}

static void redact_notes(plx_gaps *gaps)
{
    static const char *const kept[] = {"without_time", "no_served_answers", "no_answers"};
    guint n = 0;
    for (guint i = 0; i < gaps->n_notes; i++)
        for (guint k = 0; k < G_N_ELEMENTS(kept); k++)
            if (strcmp(gaps->notes[i].code, kept[k]) == 0 &&
                !is_protected(gaps, gaps->notes[i].audience))
                gaps->notes[n++] = gaps->notes[i];
    gaps->n_notes = n;
}

void plx_gaps_redact(plx_gaps *gaps)
{
    for (guint g = 0; g < gaps->n_groups; g++) {
        gaps->groups[g].n_rankings = 0;
        for (guint i = 0; i < gaps->groups[g].n_points; i++)
            redact_point(gaps, &gaps->groups[g].points[i]);
    }
    redact_headline(gaps);
    redact_notes(gaps);
    gaps->redacted = TRUE;
    gaps->source = NULL;
    gaps->n_where = 0;
    gaps->observations = gaps->encounters = gaps->respondents = gaps->encounters_unknown =
        PLX_NO_COUNT;
}
