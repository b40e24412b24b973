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

/* Where it is tried. */
struct trying {
    const struct plx_trial_work *work;
    struct plx_trial_placebo *placebo;
    const struct plx_panel_counts *levels;
    gboolean elsewhere; /* every second comparison place against the others */
    gint32 last;        /* start */
    struct plx_step_place *places;
    double *room;
};

static struct plx_step_decision decide(const struct trying *trying, guint subject,
                                       const struct plx_trial_windows *windows,
                                       const struct plx_step_rule *rule)
{
    const struct plx_panel *const panel = &trying->work->panel;
    plx_panel_places(panel, trying->levels, subject, windows, trying->places, trying->room);
    if (!trying->elsewhere)
        return plx_step_decide(trying->places, panel->n_places, rule);
    for (guint p = panel->n_treated; p < panel->n_places; p++)
        trying->places[p].treated = (p - panel->n_treated) % 2 == 0;
    return plx_step_decide(trying->places + panel->n_treated, panel->n_places - panel->n_treated,
                           rule);
}

/* The first look that says up or down, as if registered in time, with a fresh baseline. */
static enum plx_step_verdict run(const struct trying *trying, guint subject, gint32 start,
                                 gboolean *has_data)
{
    const struct plx_step_plan *const plan = trying->work->plan;
    const gint32 window = plan->start - trying->work->out->baseline;
    const gboolean proves = plx_step_has_places(plan);
    enum plx_step_verdict said = PLX_STEP_NOT_SHOWN;
    *has_data = FALSE;
    for (guint l = 0; l < plan->n_looks && said == PLX_STEP_NOT_SHOWN; l++) {
        const gint32 until = start + plan->looks[l].day - plan->start;
        const struct plx_trial_windows windows = {{start - window, start}, {start, until}};
        const struct plx_step_rule rule = {plan->looks[l].alpha, l + 1 == plan->n_looks, 0, 0,
                                           TRUE};
        const struct plx_step_decision d = decide(trying, subject, &windows, &rule);
        const gboolean few = proves && d.weakness & PLX_STEP_WEAK_FEW_PLACES;
        *has_data = d.design != PLX_STEP_NO_DESIGN && !few;
        if (*has_data && d.verdict != PLX_STEP_TOO_EARLY)
            said = d.verdict;
    }
    *has_data |= said != PLX_STEP_NOT_SHOWN;
    return said;
}

static void try_point(const struct trying *trying, guint subject)
{
    struct plx_trial_placebo *const placebo = trying->placebo;
    for (guint i = 0; i < placebo->starts; i++) {
        gboolean has_data;
        const enum plx_step_verdict said =
            run(trying, subject, trying->last - EVERY * (gint32)i, &has_data);
        placebo->tried += has_data ? 1 : 0;
        placebo->up += said == PLX_STEP_UP || said == PLX_STEP_LOOKS_UP ? 1 : 0;
        placebo->down += said == PLX_STEP_DOWN ? 1 : 0;
    }
}

/* Back from the last start whose looks are over by a day. */
static void try_until(struct trying *trying, gint32 day)
{
    const struct plx_trial_work *const work = trying->work;
    const struct plx_step_plan *const plan = work->plan;
    const gint32 looks = plan->looks[plan->n_looks - 1].day - plan->start;
    const gint32 window = plan->start - work->out->baseline;
    trying->last = day - looks;
    if (work->panel.first_day > trying->last - window)
        return;
    trying->placebo->starts = (guint)(trying->last - window - work->panel.first_day) / EVERY + 1;
    for (guint s = 0; s < work->panel.answer->n_subjects; s++) {
        const struct plx_subject *const it = &work->panel.answer->subjects[s];
        if (it->kind != PLX_SUBJECT_POINT || plx_trial_is_named(work, it->id))
            continue;
        trying->placebo->points++;
        try_point(trying, s);
    }
}

/* At the step's places before its own baseline; and, where that many places were left alone, there
 * all the time. */
void plx_trial_placebo(struct plx_trial_work *work)
{
    const struct plx_panel *const panel = &work->panel;
    const struct plx_panel_counts *const levels = plx_panel_counts(panel, PLX_MEASURE_LEVEL);
    if (!levels)
        return;
    g_autofree struct plx_step_place *places = g_new(struct plx_step_place, panel->n_places + 1);
    g_autofree double *room = g_new(double, (gsize)2 * levels->k * panel->n_places + 1);
    struct trying here = {work, &work->out->placebo, levels, FALSE, 0, places, room};
    try_until(&here, work->out->baseline);
    struct trying elsewhere = {work, &work->out->elsewhere, levels, TRUE, 0, places, room};
    if (panel->n_places - panel->n_treated >= 2 * PLX_STEP_PLACES_MIN)
        try_until(&elsewhere, work->options->today);
}
