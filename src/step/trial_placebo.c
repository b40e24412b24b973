/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same rule, all looks taken, where nothing was done: how often would it have cried `up`? */
#include "map/map_owner.h"
#include "step/trial_private.h"

#include <string.h>

#define EVERY 7 /* days between two starts */

gboolean plx_trial_is_named(const struct plx_trial_work *work, const char *id)
{
    const GPtrArray *const steps = work->options->steps;
    for (guint i = 0; steps && i < steps->len; i++) {
        const struct plx_step *const step = steps->pdata[i];
        const struct plx_owner owner =
            plx_map_resolve(work->map, PLX_SUBJECT_POINT, step->plan->point);
        if (step->id != work->out->step->id && strcmp(owner.id, id) == 0)
            return TRUE;
    }
    return FALSE;
}

/* The first look that says up or down, as if registered in time, with a fresh baseline. */
static enum plx_step_verdict run(const struct plx_trial_work *work, guint subject, gint32 start,
                                 gboolean *has_data)
{
    const struct plx_step_plan *const plan = work->plan;
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    const gint32 window = plan->start - work->out->baseline;
    const gboolean proves = plx_step_has_places(plan);
    enum plx_step_verdict said = PLX_STEP_NOT_SHOWN;
    *has_data = FALSE;
    for (guint l = 0; l < plan->n_looks && said == PLX_STEP_NOT_SHOWN; l++) {
        const gint32 until = start + plan->looks[l].day - plan->start;
        const struct plx_trial_windows windows = {{start - window, start}, {start, until}};
        const struct plx_step_rule rule = {plan->looks[l].alpha, l + 1 == plan->n_looks, 0, 0,
                                           TRUE};
        const struct plx_step_decision d =
            plx_panel_decide(&work->panel, levels, subject, &windows, &rule);
        const gboolean few = proves && d.weakness & PLX_STEP_WEAK_FEW_PLACES;
        *has_data = d.design != PLX_STEP_NO_DESIGN && !few;
        if (*has_data && d.verdict != PLX_STEP_TOO_EARLY)
            said = d.verdict;
    }
    *has_data |= said != PLX_STEP_NOT_SHOWN;
    return said;
}

static void try_point(const struct plx_trial_work *work, guint subject, gint32 first, guint starts)
{
    struct plx_trial_placebo *const placebo = &work->out->placebo;
    for (guint i = 0; i < starts; i++) {
        gboolean has_data;
        const enum plx_step_verdict said = run(work, subject, first - EVERY * (gint32)i, &has_data);
        placebo->tried += has_data ? 1 : 0;
        placebo->up += said == PLX_STEP_UP || said == PLX_STEP_LOOKS_UP ? 1 : 0;
        placebo->down += said == PLX_STEP_DOWN ? 1 : 0;
    }
}

/* Back from the last start whose looks are over when the step's own baseline begins. */
void plx_trial_placebo(struct plx_trial_work *work)
{
    const struct plx_step_plan *const plan = work->plan;
    struct plx_trial_placebo *const placebo = &work->out->placebo;
    const gint32 looks = plan->looks[plan->n_looks - 1].day - plan->start;
    const gint32 last = work->out->baseline - looks;
    const gint32 window = plan->start - work->out->baseline;
    if (work->panel.first_day > last - window)
        return;
    placebo->starts = (guint)(last - window - work->panel.first_day) / EVERY + 1;
    for (guint s = 0; s < work->panel.answer->n_subjects; s++) {
        const struct plx_subject *const it = &work->panel.answer->subjects[s];
        if (it->kind != PLX_SUBJECT_POINT || plx_trial_is_named(work, it->id))
            continue;
        placebo->points++;
        try_point(work, s, last, placebo->starts);
    }
}
