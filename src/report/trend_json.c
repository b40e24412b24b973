/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/json_parts.h"
#include "report/trend.h"

static void write_period(plx_json *json, const char *key, const struct plx_trend_period *period)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "period", key);
    plx_json_count(json, "n", period->n);
    plx_json_count(json, "persons", period->persons);
    plx_json_number(json, "mean", period->mean);
    plx_json_interval(json, "mean_ci", period->mean_ci);
    plx_json_number(json, "below", period->below);
    plx_json_interval(json, "below_ci", period->below_ci);
    plx_json_string(json, "suppressed", plx_suppression_code(period->suppressed));
    plx_json_end_object(json);
}

static void write_change(plx_json *json, const plx_trend *trend,
                         const struct plx_trend_change *change)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "at", trend->periods[change->at]);
    plx_json_string(json, "first", trend->periods[change->first]);
    plx_json_string(json, "last", trend->periods[change->last]);
    plx_json_string(json, "from", trend->periods[change->from]);
    plx_json_string(json, "until", trend->periods[change->until]);
    plx_json_number(json, "before", change->before);
    plx_json_number(json, "after", change->after);
    plx_json_number(json, "difference", change->difference);
    plx_json_interval(json, "ci_adjusted", change->ci);
    plx_json_number(json, "below_before", change->below_before);
    plx_json_number(json, "below_after", change->below_after);
    plx_json_number(json, "below_difference", change->below_difference);
    plx_json_interval(json, "below_ci_adjusted", change->below_ci);
    plx_json_end_object(json);
}

static void write_season(plx_json *json, const struct plx_trend_series *series)
{
    plx_json_begin_object(json, "season");
    plx_json_string(json, "verdict", plx_trend_season_code(series->season));
    plx_json_number(json, "p", series->season_p);
    if (!series->months)
        plx_json_null(json, "months");
    else
        plx_json_begin_array(json, "months");
    for (guint m = 0; series->months && m < 12; m++) {
        plx_json_begin_object(json, NULL);
        plx_json_number(json, "effect", series->months[m].effect);
        plx_json_interval(json, "ci_adjusted", series->months[m].ci);
        plx_json_boolean(json, "decided", series->months[m].decided);
        plx_json_end_object(json);
    }
    if (series->months)
        plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_cut(plx_json *json, const plx_trend *trend, const struct plx_trend_cut_check *cut)
{
    if (cut->verdict == PLX_CUT_NONE) {
        plx_json_null(json, "cut");
        return;
    }
    plx_json_begin_object(json, "cut");
    plx_json_string(json, "verdict", plx_trend_cut_code(cut->verdict));
    plx_json_string(json, "at", trend->periods[cut->at]);
    plx_json_number(json, "customers", cut->customers);
    plx_json_count(json, "shoppers_before", cut->shoppers_before);
    plx_json_count(json, "shoppers_after", cut->shoppers_after);
    plx_json_number(json, "shoppers", cut->shoppers);
    plx_json_interval(json, "shoppers_ci_adjusted", cut->shoppers_ci);
    plx_json_number(json, "apart", cut->apart);
    plx_json_interval(json, "apart_ci_adjusted", cut->apart_ci);
    plx_json_end_object(json);
}

static void write_series(plx_json *json, const plx_trend *trend,
                         const struct plx_trend_series *series)
{
    const gboolean point = series->kind == PLX_SUBJECT_POINT;
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", point ? series->id : NULL);
    plx_json_string(json, "journey", point ? NULL : series->id);
    plx_json_string(json, "title", series->title);
    plx_json_string(json, "measure", point ? "level" : "overall");
    plx_json_count(json, "n", series->n);
    plx_json_integer(json, "periods_shown", series->shown);
    plx_json_string(json, "verdict", plx_trend_verdict_code(series->verdict));
    plx_json_begin_array(json, "changes");
    for (guint i = 0; i < series->n_changes; i++)
        write_change(json, trend, &series->changes[i]);
    plx_json_end_array(json);
    plx_json_begin_object(json, "drift");
    plx_json_number(json, "difference", series->drift);
    plx_json_interval(json, "ci_adjusted", series->drift_ci);
    plx_json_number(json, "p", series->drift_p);
    plx_json_end_object(json);
    write_season(json, series);
    write_cut(json, trend, &series->cut);
    plx_json_number(json, "gain", series->gain);
    plx_json_number(json, "penalty", series->penalty);
    plx_json_number(json, "dispersion", series->dispersion);
    plx_json_number(json, "design_effect", series->design_effect);
    plx_json_begin_array(json, "series");
    for (guint t = 0; t < trend->n_periods; t++)
        write_period(json, trend->periods[t], &series->periods[t]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_trend_json(const plx_trend *trend, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &trend->about, "trend");
    plx_json_integer(json, "periods", trend->n_periods);
    plx_json_integer(json, "periods_needed", PLX_TREND_PERIODS);
    plx_json_integer(json, "season_months_needed", PLX_TREND_SEASON_MONTHS);
    plx_json_integer(json, "tests", trend->tests);
    plx_json_number(json, "alpha", PLX_TREND_ALPHA);
    plx_json_number(json, "adjusted_level", trend->adjusted_level);
    plx_json_number(json, "margin", trend->margin);
    plx_json_string(json, "method",
                    "pelt on weighted means with simulated penalty, bonferroni; weighted least "
                    "squares; f test of months");
    plx_json_begin_array(json, "subjects");
    for (guint i = 0; i < trend->n_series; i++)
        write_series(json, trend, &trend->series[i]);
    plx_json_end_array(json);
    plx_about_json_notes(json, &trend->about);
    plx_json_end_object(json);
}
