/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Did it last? Asked once, PLX_TRIAL_KEEP_DAYS after the last look, of what rose. */
#include "step/trial_private.h"

#include <math.h>

#define LEVEL 0.95

void plx_trial_ask_keep(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const struct plx_trial_windows held = {{out->baseline, out->start}, work->last};
    const struct plx_trial_windows fading = {{out->start, out->until}, work->last};
    out->kept = out->faded = plx_no_change();
    out->keep = out->given_up ? PLX_KEEP_NOTHING : PLX_KEEP_NOT_YET;
    if (out->given_up || out->today < out->keep_day)
        return;
    out->keep = PLX_KEEP_NOTHING;
    if (out->decision.verdict != PLX_STEP_UP && out->decision.verdict != PLX_STEP_LOOKS_UP)
        return;
    out->keep = PLX_KEEP_NO_DATA;
    if (!work->shows_last)
        return;
    out->kept = plx_panel_change(&work->panel, PLX_MEASURE_LEVEL, work->subject, &held, LEVEL,
                                 work->options->seed);
    out->faded = plx_panel_change(&work->panel, PLX_MEASURE_LEVEL, work->subject, &fading, LEVEL,
                                  work->options->seed);
    if (isnan(out->kept.se) || isnan(out->faded.se))
        return;
    if (out->faded.ci.hi < 0)
        out->keep = PLX_KEEP_FADED;
    else
        out->keep = out->kept.ci.lo > 0 ? PLX_KEEP_HELD : PLX_KEEP_NOT_SURE;
}
