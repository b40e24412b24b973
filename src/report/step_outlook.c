/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/step.h"

#include <math.h>

/* A side that cannot have as many places as a verdict needs is told by its registration already. */
static gboolean is_short(guint places, guint ready)
{
    return ready < MIN(places, PLX_STEP_PLACES_MIN);
}

static char *few_words(const struct plx_step_outlook *outlook, const struct plx_step_plan *plan)
{
    if (!outlook->known || (!is_short(outlook->places, outlook->ready) &&
                            !is_short(outlook->compared, outlook->compared_ready)))
        return NULL;
    return g_strdup_printf(
        "in the last %s of answers %u of %u places with the step and %u of %u to "
        "compare with had %d answers to this moment: a verdict takes %d and %d; "
        "a longer --window and later --looks, or more answers, help",
        plan->window, outlook->ready, outlook->places, outlook->compared_ready, outlook->compared,
        PLX_STEP_ANSWERS, PLX_STEP_PLACES_MIN, PLX_STEP_PLACES_MIN);
}

static char *met_words(const struct plx_step_outlook *outlook, const struct plx_step_plan *plan)
{
    if (!isfinite(outlook->share) || outlook->share < plan->share)
        return NULL;
    return g_strdup_printf("%.0f %% are at %d or better there already (last %s of answers): the "
                           "target of %.4g %% is met without a step",
                           100 * outlook->share, plan->to, plan->window, 100 * plan->share);
}

static char *other_words(const struct plx_step_outlook *outlook)
{
    return outlook->other == 0
               ? NULL
               : g_strdup_printf("step %" G_GINT64_FORMAT
                                 " is on this moment, too, at some of these places: what one does "
                                 "shows in the other",
                                 outlook->other);
}

gboolean plx_step_outlook_remark(const struct plx_step_outlook *outlook,
                                 const struct plx_step_plan *plan, guint i,
                                 struct plx_step_remark *remark)
{
    const struct plx_step_remark all[] = {{"few_answers", few_words(outlook, plan)},
                                          {"met_already", met_words(outlook, plan)},
                                          {"other_step", other_words(outlook)}};
    return plx_step_remark_pick(all, G_N_ELEMENTS(all), i, remark);
}
