/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second view: the treated places alone, week by week. */
#include "base/number.h"
#include "stats/distribution.h"
#include "stats/its.h"
#include "step/trial_private.h"

#include <math.h>

#define LEAST_WEEKS 4 /* on both sides: level and slope are told apart from these on */

/* Mean of the treated places' answers in some days; NaN: none. */
static double mean_of(const struct plx_trial_work *work, const struct plx_panel_counts *levels,
                      struct plx_span_days days, double *values)
{
    double sum = 0, weight = 0;
    for (guint p = 0; p < work->panel.n_treated; p++) {
        plx_panel_sum(&work->panel, levels, (guint)work->subject, p, days, values);
        for (guint v = 0; v < levels->k; v++) {
            sum += values[v] * (levels->first + v);
            weight += values[v];
        }
    }
    return weight > 0 ? sum / weight : PLX_NAN;
}

/* Whole weeks counted from the start, those without answers left out. *n_before of them. */
static gsize find_weeks(const struct plx_trial_work *work, const struct plx_panel_counts *levels,
                        double *y, double *time, gsize *n_before)
{
    const plx_trial *const out = work->out;
    g_autofree double *values = g_new(double, levels->k);
    const gint32 first = -(out->start - out->baseline) / 7, last = (out->until - out->start) / 7;
    gsize n = 0;
    *n_before = 0;
    for (gint32 week = first; week < last; week++) {
        const struct plx_span_days days = {out->start + 7 * week, out->start + 7 * (week + 1)};
        const double mean = mean_of(work, levels, days, values);
        if (isnan(mean))
            continue;
        y[n] = mean;
        time[n++] = week;
        *n_before += week < 0 ? 1 : 0;
    }
    return n;
}

static void take(struct plx_trial_series *series, const plx_its *its)
{
    const double se = its->se[PLX_ITS_LEVEL];
    if (!isfinite(its->estimate[PLX_ITS_LEVEL]) || !isfinite(se))
        return;
    const double reach = se * plx_t_quantile(0.95, its->df);
    series->known = TRUE;
    series->level = its->estimate[PLX_ITS_LEVEL];
    series->slope = its->estimate[PLX_ITS_SLOPE];
    series->level_ci = (struct plx_interval){series->level - reach, series->level + reach};
}

void plx_trial_series(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    const gsize room = (gsize)(out->until - out->baseline) / 7 + 1;
    g_autofree double *y = g_new(double, room), *time = g_new(double, room);
    gsize n_before;
    out->series = (struct plx_trial_series){
        .level = PLX_NAN, .slope = PLX_NAN, .level_ci = {PLX_NAN, PLX_NAN}};
    if (out->look < 0 || !levels || work->subject < 0 || out->decision.design == PLX_STEP_NO_DESIGN)
        return;
    const gsize n = find_weeks(work, levels, y, time, &n_before);
    out->series.weeks_before = (guint)n_before;
    out->series.weeks_after = (guint)(n - n_before);
    if (n_before < LEAST_WEEKS || n - n_before < LEAST_WEEKS)
        return;
    const struct plx_its_data data = {
        .y = y, .time = time, .n = n, .start = 0, .slope = TRUE, .lag = -1};
    g_autoptr(plx_its) its = plx_its_new(&data);
    take(&out->series, its);
}
