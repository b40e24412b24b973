/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/trend_private.h"
#include "stats/moments.h"

#include <math.h>

/* Whole numbers know no smaller variance than that of rounding: months in which everybody agrees
 * are not measured exactly. */
#define LEAST_VARIANCE (1.0 / 12)

struct filling {
    const struct plx_trend_asked *asked;
    guint32 subject;
    guint audience;
    enum plx_measure measure;
    GPtrArray *memory;
};

static const struct plx_tally *tally_at(const struct filling *f, guint table, guint group)
{
    const struct plx_cell *cell =
        plx_table_cell(&f->asked->answer->tables[table], group, f->subject, f->audience);
    const struct plx_tally *tally = cell ? plx_cell_tally(cell, f->measure) : NULL;
    return tally && tally->total ? tally : NULL;
}

static double share_below(const struct plx_share *met)
{
    return isnan(met->p) ? (double)NAN : 1 - met->p;
}

static void release(const struct plx_tally *tally, const struct plx_distribution *d,
                    struct plx_trend_period *period)
{
    const struct plx_share met = plx_cut_share(d, tally->scale, tally->scale->met);
    period->n = (gint64)tally->total;
    period->persons = (gint64)tally->persons;
    period->mean = plx_mean(d);
    period->mean_ci = plx_mean_interval(d, 0.95);
    period->below = share_below(&met);
    period->below_ci = (struct plx_interval){1 - met.ci.hi, 1 - met.ci.lo};
}

static double kish(const struct plx_tally *tally)
{
    double w = 0, w2 = 0;
    for (guint i = 0; i < tally->k; i++) {
        w += tally->w ? tally->w[i] : (double)tally->n[i];
        w2 += tally->w ? tally->w2[i] : (double)tally->n[i];
    }
    return w2 > 0 ? w * w / w2 : 0;
}

/* What people who answer again cost; 1 where nobody does. */
static double design_effect(const struct filling *f, double *units)
{
    const struct plx_tally *whole = tally_at(f, 1, 0);
    *units = whole ? (double)whole->units : 0;
    if (!whole || !whole->repeats)
        return 1;
    const struct plx_distribution d = plx_tally_distribution(whole, FALSE, f->memory);
    const double effect = kish(whole) / plx_n_eff(&d);
    return isfinite(effect) ? MAX(1, effect) : 1;
}

/* Answers without a time are no period, but all less the periods are not to tell of few of them.
 * hidden: one more than there are periods. */
static void hide(const struct filling *f, const struct plx_tally *const *tallies,
                 enum plx_suppression *hidden)
{
    const guint n = f->asked->n_periods;
    const struct plx_table *table = &f->asked->answer->tables[0];
    g_autofree guint64 *persons = g_new0(guint64, n + 1);
    for (guint t = 0; t < n; t++)
        persons[t] = tallies[t] ? tallies[t]->persons : 0;
    const gboolean any = table->n_groups > 0 && !*table->groups[0][0]; /* "" comes first */
    const struct plx_tally *timeless = any ? tally_at(f, 0, 0) : NULL;
    persons[n] = timeless ? timeless->persons : 0;
    plx_reach_parts(&f->asked->reach[f->audience], persons, n + 1, hidden);
}

static void take(const struct filling *f, const struct plx_tally *tally, guint period,
                 struct plx_line *line, double *squares, double *freedom,
                 struct plx_trend_period *released)
{
    const struct plx_distribution d = plx_tally_distribution(tally, FALSE, f->memory);
    const struct plx_share met = plx_cut_share(&d, tally->scale, tally->scale->met);
    const double n = kish(tally), s2 = plx_variance(&d);
    line->scale = tally->scale;
    line->period[line->n] = period;
    line->mean[line->n] = plx_mean(&d);
    line->units[line->n] = n / line->design_effect;
    line->below[line->n++] = share_below(&met);
    if (isfinite(s2)) {
        *squares += (n - 1) * s2;
        *freedom += n - 1;
    }
    if (released)
        release(tally, &d, released);
}

struct plx_line plx_line_read(const struct plx_trend_asked *asked, guint32 subject, guint audience,
                              enum plx_measure measure, struct plx_trend_period *periods,
                              GPtrArray *memory)
{
    const guint n = asked->n_periods;
    const struct filling f = {asked, subject, audience, measure, memory};
    struct plx_line line = {0,
                            plx_keep(memory, n, sizeof(guint)),
                            plx_keep(memory, n, sizeof(double)),
                            plx_keep(memory, n, sizeof(double)),
                            plx_keep(memory, n, sizeof(double)),
                            LEAST_VARIANCE,
                            1,
                            0,
                            NULL};
    g_autofree const struct plx_tally **tallies = g_new0(const struct plx_tally *, n + 1);
    g_autofree enum plx_suppression *hidden = g_new0(enum plx_suppression, n + 1);
    for (guint t = 0; t < n; t++)
        tallies[t] = asked->group[t] >= 0 ? tally_at(&f, 0, (guint)asked->group[t]) : NULL;
    hide(&f, tallies, hidden);
    line.design_effect = design_effect(&f, &line.units_total);
    double squares = 0, freedom = 0;
    for (guint t = 0; t < n; t++) {
        struct plx_trend_period *period = periods ? &periods[t] : NULL;
        const gint64 count = hidden[t] ? PLX_NO_COUNT : 0;
        if (period)
            *period = (struct plx_trend_period){count, count,      NAN,      {NAN, NAN},
                                                NAN,   {NAN, NAN}, hidden[t]};
        if (tallies[t] && !hidden[t])
            take(&f, tallies[t], t, &line, &squares, &freedom, period);
    }
    if (freedom > 0)
        line.variance = MAX(LEAST_VARIANCE, squares / freedom);
    return line;
}

void plx_line_differences(const struct plx_line *line, GArray *squares)
{
    for (guint i = 1; i < line->n; i++) {
        const double d = line->mean[i] - line->mean[i - 1];
        const double square =
            d * d / (line->variance * (1 / line->units[i] + 1 / line->units[i - 1]));
        g_array_append_val(squares, square);
    }
}

gboolean plx_line_stretch(const struct plx_line *line, const double *value, const double *weight,
                          guint from, guint until, struct plx_stretch *out)
{
    double w = 0, wx = 0, units = 0, below = 0;
    for (guint i = 0; i < line->n; i++) {
        if (line->period[i] < from || line->period[i] > until)
            continue;
        w += weight[i];
        wx += weight[i] * value[i];
        units += line->units[i];
        below += line->units[i] * line->below[i];
    }
    if (!(w > 0))
        return FALSE;
    *out = (struct plx_stretch){wx / w, 1 / w, units, below / units};
    return TRUE;
}
