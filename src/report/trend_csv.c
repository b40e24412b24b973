/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/trend.h"

/* The change that begins in a period, or NULL. */
static const struct plx_trend_change *change_at(const struct plx_trend_series *series, guint t)
{
    for (guint i = 0; i < series->n_changes; i++)
        if (series->changes[i].at == t)
            return &series->changes[i];
    return NULL;
}

static void put_change(GString *out, const plx_trend *trend, const struct plx_trend_change *change)
{
    if (!change) {
        plx_csv_nothing(out, 5);
        return;
    }
    plx_csv_text(out, trend->periods[change->first]);
    plx_csv_text(out, trend->periods[change->last]);
    plx_csv_number(out, change->difference);
    plx_csv_interval(out, change->ci);
}

static void put_series(GString *out, const plx_trend *trend, const struct plx_trend_series *series)
{
    const gboolean point = series->kind == PLX_SUBJECT_POINT;
    for (guint t = 0; t < trend->n_periods; t++) {
        const struct plx_trend_period *period = &series->periods[t];
        plx_csv_first(out, point ? series->id : NULL);
        plx_csv_text(out, point ? NULL : series->id);
        plx_csv_text(out, series->title);
        plx_csv_text(out, trend->periods[t]);
        plx_csv_count(out, period->n);
        plx_csv_count(out, period->persons);
        plx_csv_number(out, period->mean);
        plx_csv_interval(out, period->mean_ci);
        plx_csv_number(out, period->below);
        plx_csv_interval(out, period->below_ci);
        plx_csv_text(out, plx_suppression_code(period->suppressed));
        plx_csv_text(out, plx_trend_verdict_code(series->verdict));
        put_change(out, trend, change_at(series, t));
        plx_csv_text(out, plx_trend_cut_code(series->cut.verdict));
        g_string_append_c(out, '\n');
    }
}

void plx_trend_csv(const plx_trend *trend, GString *out)
{
    g_string_append(out, "point,journey,title,period,n,persons,mean,mean_lo,mean_hi,below,below_lo,"
                         "below_hi,suppressed,verdict,change_first,change_last,change,change_lo,"
                         "change_hi,cut\n");
    for (guint i = 0; i < trend->n_series; i++)
        put_series(out, trend, &trend->series[i]);
}
