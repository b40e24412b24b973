/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What ONE respondent is asked, card by card. It follows from the map, the link's settings and a
 * seed (store/forms.h: plx_forms_seed of the form's token), so nothing is stored before the first
 * answer: the same three give the same plan.
 *
 * Those who are served get a few points of ONE journey in map order, a block of a balanced design
 * (stats/block_design.h) in which all points occur equally often and all pairs occur; a journey of
 * up to PLX_FORM_POINTS_MAX points is asked whole. Leaders and staff are asked about all points of
 * a journey: what they believe on one card; what else is asked of points, a few points to a card.
 * Behind the points comes the whole-journey card, if anything is asked there. Test:
 * tests/form/test_plan.c. */

#include "form/settings.h"

struct plx_form_point {
    guint point;    /* index in the map */
    double asked_p; /* the chance with which it was to be in this form: (0, 1] */
};

typedef struct plx_form_plan plx_form_plan;
struct plx_form_plan {
    const plx_map *map; /* borrowed */
    struct plx_form_settings settings;
    guint journey;    /* index in the map */
    double journey_p; /* the chance with which it was drawn; 1 when the link names one */
    struct plx_form_point *points; /* n_points, in map order */
    guint n_points;
    guint32 measures; /* mask: asked of each point */
    guint32 required; /* mask: of these one has to choose, if only "rather not say" */
    /* The whole-journey card: all points of the journey, each to be ticked as having fallen short,
     * delighted or not happened (the measure card); overall, recommend; open questions. */
    gboolean whole;
    gboolean ticks; /* the list of all points is on it: those who are served */
    guint *listed;  /* n_listed: all points of the journey that the link is about, in map order */
    guint n_listed;
    guint32 whole_measures; /* mask: overall, recommend */
    guint n_cards;
};

/* NULL when the map has no such journey with points any more: PLX_ERROR_NOT_FOUND. */
plx_form_plan *plx_form_plan_new(const plx_map *map, const struct plx_form_settings *settings,
                                 guint64 seed, GError **error);
void plx_form_plan_free(plx_form_plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_form_plan, plx_form_plan_free)

/* Card i of n_cards (from 0): its points are plan->points[first ... first + n - 1], of which these
 * measures (mask) are asked; or it is the whole-journey card, which has none. */
struct plx_form_card {
    guint first, n;
    guint32 measures;
    gboolean whole;
    gboolean further; /* about points that an earlier card asked about already */
};
struct plx_form_card plx_form_card(const plx_form_plan *plan, guint i);

/* About how long it takes, from how many answers of which kind there are: at least 1. */
guint plx_form_plan_minutes(const plx_form_plan *plan);

/* PLX_FORM_DID after a level at or above the scale's top, PLX_FORM_BETTER below its met; -1: there
 * is nothing to ask (or notes are not asked). The value may be a missing one. */
gint plx_form_note(const plx_form_plan *plan, gint8 level);

/* The scale of a measure as the plan's audience answers it. */
const struct plx_scale *plx_form_scale(const plx_form_plan *plan, guint measure);
