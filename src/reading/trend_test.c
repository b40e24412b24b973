/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/trend_private.h"
#include "stats/changepoint.h"
#include "stats/doubles.h"
#include "stats/ols.h"

#include <math.h>
#include <stdlib.h>

/* A series' own dispersion is taken where it is so many times that of all: three standard errors of
 * the logarithm of the median of n squares, 1.06 / 0.455 / sqrt(n). */
#define FAR(n) exp(7 / sqrt(MAX(n, 1)))
/* A season is taken out of a series when it is likely in that series alone, though it is only told
 * when it is sure among all: what is left in would look like changes. */
#define SEASON_LIKELY 0.05
#define MEDIAN_CHISQ 0.4549364231195724 /* of one degree of freedom */

double plx_trend_dispersion(double *squares, guint n)
{
    if (n == 0)
        return 1;
    qsort(squares, n, sizeof *squares, plx_doubles_compare);
    const double median = n % 2 ? squares[n / 2] : (squares[n / 2 - 1] + squares[n / 2]) / 2;
    return median / MEDIAN_CHISQ;
}

/* Of this series: that of all, or its own where it is far larger. */
static void weigh(const struct plx_trend_plan *plan, struct plx_trend_work *work,
                  struct plx_trend_series *series)
{
    const struct plx_line *line = &work->line;
    g_autoptr(GArray) squares = g_array_new(FALSE, FALSE, sizeof(double));
    plx_line_differences(line, squares);
    const double own = plx_trend_dispersion((double *)(void *)squares->data, squares->len);
    const gboolean far = own > FAR(squares->len) * plan->dispersion;
    series->dispersion = far ? own : plan->dispersion;
    series->design_effect = line->design_effect;
    work->df = far ? (line->n - 1) / 3.0 : plan->df;
    for (guint i = 0; i < line->n; i++) {
        work->value[i] = line->mean[i];
        work->weight[i] = line->units[i] / (line->variance * series->dispersion);
    }
}

/* Season --------------------------------------------------------------------------------------- */

/* Columns: the time, then eleven of effects that add up to 0 over the twelve months. */
static double *season_design(const struct plx_trend_plan *plan, const struct plx_line *line)
{
    double *x = g_new0(double, (gsize)line->n * 12 + 1);
    for (guint i = 0; i < line->n; i++) {
        const guint month = plx_trend_month_of(plan->asked->periods[line->period[i]]);
        x[i] = line->period[i];
        for (guint m = 0; m < 11; m++)
            x[(gsize)(m + 1) * line->n + i] = month == m ? 1 : month == 11 ? -1 : 0;
    }
    return x;
}

static gboolean has_all_months(const struct plx_trend_plan *plan, const struct plx_line *line)
{
    guint seen = 0;
    for (guint i = 0; i < line->n; i++)
        seen |= 1u << plx_trend_month_of(plan->asked->periods[line->period[i]]);
    return seen == 0xfff;
}

static void read_months(const struct plx_trend_plan *plan, const plx_ols *fit,
                        struct plx_trend_series *series)
{
    series->months = plx_keep(plan->memory, 12, sizeof *series->months);
    const double t = plx_t_quantile(1 - plan->alpha / 12, fit->df);
    double last = 0, last_variance = 0;
    for (guint m = 0; m < 12; m++) {
        const guint at = m + 2; /* intercept, time, then January */
        double effect = last, variance = last_variance;
        if (m < 11) {
            effect = fit->coefficient[at];
            variance = fit->inverse[(gsize)at * fit->p + at];
            last -= effect;
            for (guint k = 2; k < fit->p; k++)
                last_variance += fit->inverse[(gsize)at * fit->p + k];
        }
        const double half = t * fit->sigma * sqrt(variance);
        series->months[m] =
            (struct plx_trend_month){effect, {effect - half, effect + half}, fabs(effect) > half};
    }
}

static void test_season(const struct plx_trend_plan *plan, struct plx_trend_work *work,
                        struct plx_trend_series *series)
{
    const struct plx_line *line = &work->line;
    series->season_p = NAN;
    if (plan->asked->weekly || line->n < PLX_TREND_SEASON_MONTHS || !has_all_months(plan, line))
        return;
    g_autofree double *x = season_design(plan, line);
    g_autoptr(plx_ols) small = plx_ols_new(x, work->value, line->n, 1);
    g_autoptr(plx_ols) large = plx_ols_new(x, work->value, line->n, 12);
    series->season = PLX_SEASON_NOT_SHOWN;
    series->season_p = plx_ols_f_p(small, large);
    if (large->rank < large->p || !(series->season_p <= SEASON_LIKELY))
        return;
    read_months(plan, large, series);
    for (guint i = 0; i < line->n; i++)
        work->value[i] -=
            series->months[plx_trend_month_of(plan->asked->periods[line->period[i]])].effect;
    if (series->season_p <= plan->alpha)
        series->season = PLX_SEASON_SHOWN;
    else
        series->months = NULL;
}

/* Changes and drift ---------------------------------------------------------------------------- */

struct line_fit {
    double slope, se, squares; /* squares: weighted, about the line */
};

static struct line_fit fit_line(const struct plx_trend_work *work)
{
    const struct plx_line *line = &work->line;
    double w = 0, wt = 0, wx = 0, wtt = 0, wtx = 0, wxx = 0;
    for (guint i = 0; i < line->n; i++) {
        w += work->weight[i];
        wt += work->weight[i] * line->period[i];
        wx += work->weight[i] * work->value[i];
    }
    for (guint i = 0; i < line->n; i++) {
        const double t = line->period[i] - wt / w, x = work->value[i] - wx / w;
        wtt += work->weight[i] * t * t;
        wtx += work->weight[i] * t * x;
        wxx += work->weight[i] * x * x;
    }
    return (struct line_fit){wtx / wtt, 1 / sqrt(wtt), MAX(0, wxx - wtx * wtx / wtt)};
}

static double squares_of(const GArray *segments)
{
    double sum = 0;
    for (guint i = 0; i < segments->len; i++)
        sum += g_array_index(segments, struct plx_segment, i).rss;
    return sum;
}

/* The change between two parts: when, and what was compared. */
static void read_change(const struct plx_trend_plan *plan, const struct plx_trend_work *work,
                        const struct plx_segment *a, const struct plx_segment *b,
                        struct plx_trend_change *change)
{
    const struct plx_line *line = &work->line;
    gsize first, last;
    plx_change_dates(work->value + a->first, work->weight + a->first, a->length + b->length,
                     a->length, 1, PLX_TREND_DATES, plan->seed, &first, &last);
    *change = (struct plx_trend_change){
        .at = line->period[b->first],
        .first = line->period[a->first + first],
        .last = line->period[a->first + last],
        .from = line->period[a->first],
        .until = line->period[b->first + b->length - 1],
    };
}

static void read_changes(const struct plx_trend_plan *plan, const struct plx_trend_work *work,
                         const GArray *segments, struct plx_trend_series *series)
{
    series->verdict = PLX_TREND_CHANGED;
    series->n_changes = segments->len - 1;
    series->changes = plx_keep(plan->memory, series->n_changes, sizeof *series->changes);
    for (guint i = 0; i < series->n_changes; i++)
        read_change(plan, work, &g_array_index(segments, struct plx_segment, i),
                    &g_array_index(segments, struct plx_segment, i + 1), &series->changes[i]);
}

/* A line has two numbers, k changes 2 k + 1: the one that explains more for what it costs (Akaike
 * 1974) names what happened. */
static gboolean is_line(const struct line_fit *fit, const GArray *segments)
{
    const double parameters = 2.0 * (segments->len - 1) + 1;
    return fit->squares <= squares_of(segments) + 2 * (parameters - 2);
}

void plx_trend_test(const struct plx_trend_plan *plan, struct plx_trend_work *work,
                    struct plx_trend_series *series)
{
    const struct plx_line *line = &work->line;
    series->verdict = PLX_TREND_NOT_SHOWN;
    work->value = plx_keep(plan->memory, line->n, sizeof(double));
    work->weight = plx_keep(plan->memory, line->n, sizeof(double));
    weigh(plan, work, series);
    test_season(plan, work, series);
    const struct line_fit fit = fit_line(work);
    const double span = line->period[line->n - 1] - line->period[0];
    series->drift = fit.slope * span;
    work->drift_se = fit.se * span;
    series->drift_p = plx_t_two_sided(fit.slope / fit.se, work->df);
    series->gain = plx_change_gain(work->value, work->weight, line->n, PLX_TREND_SHORTEST);
    series->penalty = plx_change_tail_penalty(plan->tail, plan->alpha, work->df);
    g_autoptr(GArray) segments =
        plx_pelt_weighted(work->value, work->weight, line->n, series->penalty, PLX_TREND_SHORTEST);
    const gboolean changed = segments->len > 1, drifts = series->drift_p <= plan->alpha;
    if (drifts && (!changed || is_line(&fit, segments)))
        series->verdict = PLX_TREND_DRIFTS;
    else if (changed)
        read_changes(plan, work, segments, series);
}

/* Intervals ------------------------------------------------------------------------------------ */

static struct plx_interval around(double difference, double variance, double level, double df,
                                  const struct plx_scale *scale)
{
    const double half = plx_t_quantile(level, df) * sqrt(variance);
    const double most = (double)scale->max - scale->min;
    return (struct plx_interval){MAX(difference - half, -most), MIN(difference + half, most)};
}

static void size_change(const struct plx_trend_plan *plan, const struct plx_trend_work *work,
                        double dispersion, struct plx_trend_change *change)
{
    const double level = plan->out->adjusted_level;
    struct plx_stretch a = {0}, b = {0};
    plx_line_stretch(&work->line, work->value, work->weight, change->from, change->at - 1, &a);
    plx_line_stretch(&work->line, work->value, work->weight, change->at, change->until, &b);
    change->before = a.mean;
    change->after = b.mean;
    change->difference = b.mean - a.mean;
    change->ci =
        around(change->difference, a.variance + b.variance, level, work->df, work->line.scale);
    change->below_before = a.below;
    change->below_after = b.below;
    change->below_difference = b.below - a.below;
    const double na = a.units / dispersion, nb = b.units / dispersion;
    change->below_ci = isnan(change->below_difference)
                           ? (struct plx_interval){NAN, NAN}
                           : plx_newcombe(CLAMP(b.below, 0, 1) * nb, nb, CLAMP(a.below, 0, 1) * na,
                                          na, level, FALSE);
}

void plx_trend_conclude(const struct plx_trend_plan *plan, const struct plx_trend_work *work,
                        struct plx_trend_series *series)
{
    const double level = plan->out->adjusted_level;
    const struct plx_scale *scale = work->line.scale;
    const double margin = plan->out->margin * (scale->max - scale->min) / 5.0;
    series->drift_ci =
        around(series->drift, work->drift_se * work->drift_se, level, work->df, scale);
    if (series->verdict == PLX_TREND_NOT_SHOWN &&
        plx_decide(series->drift_ci, margin) == PLX_DECISION_WITHIN)
        series->verdict = PLX_TREND_STEADY;
    for (guint i = 0; i < series->n_changes; i++)
        size_change(plan, work, series->dispersion, &series->changes[i]);
}
