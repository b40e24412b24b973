/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A point that is chosen because it was the worst rises by itself (Galton 1886). By how much here?
 * The same choice is made again in past windows, in which nothing was done. */
#include "base/number.h"
#include "stats/moments.h"
#include "step/trial_private.h"

#include <math.h>

/* Mean level of a point at the treated places; NaN below PLX_STEP_ANSWERS answers. */
static double mean_of(const struct plx_trial_work *work, const struct plx_panel_counts *levels,
                      guint subject, struct plx_span_days days, double *values)
{
    double sum = 0, weight = 0, answers = 0;
    for (guint p = 0; p < work->panel.n_treated; p++) {
        answers += plx_panel_sum(&work->panel, levels, subject, p, days, values);
        for (guint v = 0; v < levels->k; v++) {
            sum += values[v] * (levels->first + v);
            weight += values[v];
        }
    }
    return answers >= PLX_STEP_ANSWERS && weight > 0 ? sum / weight : PLX_NAN;
}

/* The worst point of a window, -1: none. */
static gint worst_of(const struct plx_trial_work *work, const struct plx_panel_counts *levels,
                     struct plx_span_days days)
{
    g_autofree double *values = g_new(double, levels->k);
    double lowest = PLX_INFINITY;
    gint worst = -1;
    for (guint s = 0; s < work->panel.answer->n_subjects; s++) {
        const struct plx_subject *const it = &work->panel.answer->subjects[s];
        if (it->kind != PLX_SUBJECT_POINT || plx_trial_is_named(work, it->id))
            continue;
        const double mean = mean_of(work, levels, s, days, values);
        if (mean < lowest) {
            lowest = mean;
            worst = (gint)s;
        }
    }
    return worst;
}

/* Mean of the replays with Student's interval. */
static void summarise(struct plx_trial_rebound *rebound, const double *rise, guint n)
{
    double mean = 0, squares = 0;
    for (guint i = 0; i < n; i++)
        mean += rise[i] / n;
    for (guint i = 0; i < n; i++)
        squares += (rise[i] - mean) * (rise[i] - mean);
    rebound->replays = n;
    rebound->rise = n > 0 ? mean : PLX_NAN;
    if (n < 2)
        return;
    const double reach = sqrt(squares / (n - 1.0) / n) * plx_t_quantile(0.95, n - 1.0);
    rebound->ci = (struct plx_interval){mean - reach, mean + reach};
}

/* Windows as long as the baseline, the last of them before it; what follows each as long as up to
 * the last look. No answer is before, or after, in two of them: replays that share answers would
 * make the interval too narrow. */
void plx_trial_rebound(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    const struct plx_step_plan *const plan = work->plan;
    const gint32 window = plan->start - plan->baseline;
    const gint32 looks = plan->looks[plan->n_looks - 1].day - plan->start;
    out->rebound = (struct plx_trial_rebound){.rise = PLX_NAN, .ci = {PLX_NAN, PLX_NAN}};
    if (!(work->weakness & PLX_STEP_WEAK_STALE) || !levels)
        return;
    g_autoptr(GArray) rises = g_array_new(FALSE, FALSE, sizeof(double));
    for (gint32 start = plan->baseline - looks; start - window >= work->panel.first_day;
         start -= MAX(window, looks)) {
        const struct plx_trial_windows windows = {{start - window, start}, {start, start + looks}};
        const struct plx_place_change change =
            plx_panel_change(&work->panel, PLX_MEASURE_LEVEL,
                             worst_of(work, levels, windows.before), &windows, 0.95, 0);
        if (isfinite(change.estimate))
            g_array_append_val(rises, change.estimate);
    }
    summarise(&out->rebound, (const double *)(const void *)rises->data, rises->len);
}
