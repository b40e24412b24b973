/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/series.h"
#include "report/about.h"
#include "report/trend_words.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

struct telling {
    const plx_trend *trend;
    plx_story *story;
};

static gboolean is_found(const struct plx_trend_series *series)
{
    return series->verdict == PLX_TREND_CHANGED || series->verdict == PLX_TREND_DRIFTS;
}

static gboolean is_told(const struct plx_trend_series *series)
{
    return is_found(series) || series->season == PLX_SEASON_SHOWN;
}

static guint count_found(const plx_trend *trend)
{
    guint n = 0;
    for (guint i = 0; i < trend->n_series; i++)
        n += is_found(&trend->series[i]) ? 1 : 0;
    return n;
}

/* " (worse from November 2025 to January 2026)": of what went and came back, not more. */
static void append_spell(const plx_trend *trend, const struct plx_trend_series *series,
                         GString *out)
{
    if (series->n_changes != 2 ||
        (series->changes[0].difference < 0) == (series->changes[1].difference < 0))
        return;
    const double up = series->scale && series->scale->down ? -1 : 1;
    const guint first = series->changes[0].at, last = series->changes[1].at - 1;
    g_string_append(out, up * series->changes[0].difference > 0 ? " (better" : " (worse");
    g_string_append(out, first < last ? " from " : " in ");
    plx_trend_words_period(trend, first, out);
    if (first < last) {
        g_string_append(out, " to ");
        plx_trend_words_period(trend, last, out);
    }
    g_string_append_c(out, ')');
}

static void append_names(const plx_trend *trend, GString *out)
{
    const char *between = "";
    for (guint i = 0; i < trend->n_series; i++) {
        if (!is_found(&trend->series[i]))
            continue;
        g_string_append_printf(out, "%s%s", between, trend->series[i].title);
        append_spell(trend, &trend->series[i], out);
        between = ", ";
    }
}

static void tell_lead(const struct telling *t)
{
    const plx_trend *trend = t->trend;
    const guint found = count_found(trend);
    g_autoptr(GString) lead = g_string_new(NULL);
    if (trend->tests == 0) {
        g_string_append_printf(lead,
                               "Too early for a trend: a moment needs answers in %d %ss, and "
                               "there %s %u.",
                               PLX_TREND_PERIODS, trend->by, trend->n_periods == 1 ? "is" : "are",
                               trend->n_periods);
        if (trend->n_periods >= PLX_TREND_PERIODS) {
            g_string_truncate(lead, 0);
            g_string_append_printf(lead,
                                   "Too early for a trend: no moment has enough answers in %d "
                                   "%ss.",
                                   PLX_TREND_PERIODS, trend->by);
        }
    } else if (found == 0) {
        g_string_append(lead, "Nothing has changed for sure from ");
        plx_trend_words_period(t->trend, 0, lead);
        g_string_append(lead, " to ");
        plx_trend_words_period(t->trend, trend->n_periods - 1, lead);
        g_string_append_c(lead, '.');
    } else {
        g_string_append_printf(
            lead, found == 1 ? "One thing has changed: " : "%u things have changed: ", found);
        append_names(trend, lead);
        g_string_append_c(lead, '.');
    }
    plx_story_lead(t->story, lead->str);
}

static const char *verdict_words(const struct plx_trend_series *series)
{
    const double up = series->scale && series->scale->down ? -1 : 1;
    switch (series->verdict) {
    case PLX_TREND_CHANGED:
        return series->n_changes > 1                    ? "changed, more than once"
               : up * series->changes[0].difference > 0 ? "better"
                                                        : "worse";
    case PLX_TREND_DRIFTS:
        return up * series->drift > 0 ? "slowly better" : "slowly worse";
    case PLX_TREND_STEADY:
        return "steady";
    case PLX_TREND_NOT_SHOWN:
        return "no change shown";
    case PLX_TREND_NOT_ENOUGH_YET:
        break;
    }
    return "not enough yet";
}

static void tell_table(const struct telling *t)
{
    const plx_trend *trend = t->trend;
    g_autofree char *periods = g_strdup_printf("%ss", trend->by);
    const struct plx_story_column columns[] = {
        {"moment", PLX_STORY_WIDE},     {"answers", PLX_STORY_NUMBER}, {periods, PLX_STORY_NUMBER},
        {"over all", PLX_STORY_NUMBER}, {"range", PLX_STORY_NUMBER},   {"it is", PLX_STORY_TEXT}};
    plx_story_table(t->story, "Every moment, and each journey as a whole", columns,
                    G_N_ELEMENTS(columns));
    for (guint i = 0; i < trend->n_series; i++) {
        const struct plx_trend_series *series = &trend->series[i];
        g_autoptr(GString) n = g_string_new(NULL);
        g_autoptr(GString) drift = g_string_new(NULL);
        g_autoptr(GString) range = g_string_new(NULL);
        plx_words_count(n, series->n);
        if (isfinite(series->drift)) {
            plx_words_difference(drift, series->drift);
            plx_words_range(range, series->drift_ci);
        }
        plx_story_subject(t->story,
                          series->verdict == PLX_TREND_NOT_ENOUGH_YET ? NULL : series->id);
        plx_story_cell(t->story, series->title);
        plx_story_cell(t->story, n->str);
        plx_story_cellf(t->story, "%u", series->shown);
        plx_story_cell(t->story, drift->len ? drift->str : NULL);
        plx_story_cell(t->story, range->len ? range->str : NULL);
        plx_story_cell(t->story, verdict_words(series));
    }
}

/* Takes the text; none is no paragraph. */
static void say(const struct telling *t, const struct plx_trend_series *series, GString *text,
                void (*how)(plx_story *story, const char *text))
{
    if (text->len > 0) {
        plx_story_subject(t->story, series->id);
        how(t->story, text->str);
    }
    g_string_free(text, TRUE);
}

static void tell_findings(const struct telling *t, const struct plx_trend_series *series)
{
    for (guint i = 0; i < series->n_changes; i++) {
        GString *text = g_string_new(NULL);
        plx_trend_words_change(t->trend, series, &series->changes[i], text);
        say(t, series, text, plx_story_say);
    }
    GString *text = g_string_new(NULL);
    plx_trend_words_drift(series, text);
    say(t, series, text, plx_story_say);
    text = g_string_new(NULL);
    plx_trend_words_season(series, text);
    say(t, series, text, plx_story_say);
    text = g_string_new(NULL);
    plx_trend_words_cut(&series->cut, text);
    say(t, series, text, plx_story_quiet);
}

/* Drawing and its twin ------------------------------------------------------------------------- */

static void draw(const struct telling *t, const struct plx_trend_series *series, guint number)
{
    const plx_trend *trend = t->trend;
    const guint n = trend->n_periods;
    g_autofree double *value = g_new(double, n + 1);
    g_autofree double *lo = g_new(double, n + 1);
    g_autofree double *hi = g_new(double, n + 1);
    for (guint p = 0; p < n; p++) {
        value[p] = series->periods[p].mean;
        lo[p] = series->periods[p].mean_ci.lo;
        hi[p] = series->periods[p].mean_ci.hi;
    }
    g_autofree struct plx_series_mark *marks =
        g_new0(struct plx_series_mark, series->n_changes + 1);
    g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) desc = g_string_new("Mean with its range");
    for (guint i = 0; i < series->n_changes; i++) {
        const struct plx_trend_change *change = &series->changes[i];
        GString *label = g_string_new(NULL);
        plx_trend_words_period(t->trend, change->at, label);
        g_string_append_printf(desc, "; changed in %s", label->str);
        marks[i] = (struct plx_series_mark){change->at, change->first, change->last, label->str};
        g_ptr_array_add(labels, g_string_free(label, FALSE));
        marks[i].label = labels->pdata[labels->len - 1];
    }
    g_string_append(desc, ". The numbers stand in the table that follows.");
    g_autoptr(GString) met = g_string_new(NULL);
    const gboolean cut = series->scale->met != PLX_NO_CUT;
    if (cut)
        plx_words_level(met, series->scale, series->scale->met);
    const struct plx_series_chart chart = {series->title,
                                           desc->str,
                                           n,
                                           trend->periods,
                                           value,
                                           lo,
                                           hi,
                                           series->scale->min,
                                           series->scale->max,
                                           cut ? series->scale->met : (double)NAN,
                                           cut ? met->str : NULL,
                                           series->n_changes,
                                           marks};
    g_autofree char *id = g_strdup_printf("trend-%u", number);
    plx_story_drawing(t->story, plx_series_draw(&chart, id));
}

static void tell_period(const struct telling *t, const char *key,
                        const struct plx_trend_period *period)
{
    g_autoptr(GString) mean = g_string_new(NULL);
    g_autoptr(GString) range = g_string_new(NULL);
    g_autoptr(GString) below = g_string_new(NULL);
    g_autoptr(GString) n = g_string_new(NULL);
    if (period->n > 0) {
        plx_words_mean(mean, period->mean);
        plx_words_range(range, period->mean_ci);
        plx_words_percent(below, period->below);
        plx_words_count(n, period->n);
    }
    plx_story_cell(t->story, key);
    plx_story_cell(t->story, period->suppressed ? "too few" : mean->len ? mean->str : NULL);
    plx_story_cell(t->story, range->len ? range->str : NULL);
    plx_story_cell(t->story, below->len ? below->str : NULL);
    plx_story_cell(t->story, n->len ? n->str : NULL);
}

static void tell_periods(const struct telling *t, const struct plx_trend_series *series)
{
    g_autoptr(GString) below = g_string_new(NULL);
    plx_words_below(below, series->scale);
    const struct plx_story_column columns[] = {
        {t->trend->by, PLX_STORY_TEXT},
        {"mean", PLX_STORY_NUMBER},
        {"range", PLX_STORY_NUMBER},
        {below->len ? below->str : "below", PLX_STORY_NUMBER},
        {"answers", PLX_STORY_NUMBER}};
    plx_story_table(t->story, series->title, columns, G_N_ELEMENTS(columns));
    for (guint p = 0; p < t->trend->n_periods; p++)
        tell_period(t, t->trend->periods[p], &series->periods[p]);
}

static void tell_series(const struct telling *t, const struct plx_trend_series *series,
                        guint number)
{
    g_autofree char *heading = g_strdup_printf("%s: %s", series->title, verdict_words(series));
    plx_story_heading(t->story, heading);
    tell_findings(t, series);
    draw(t, series, number);
    tell_periods(t, series);
}

/* Method --------------------------------------------------------------------------------------- */

static void tell_method(const struct telling *t)
{
    plx_story_method(
        t->story, "Changes",
        "PELT (Killick, Fearnhead and Eckley 2012) on the means of the periods, "
        "weighted by their precision. A change must be worth more than what a series "
        "that does not change shows by chance (simulated). How much neighbouring "
        "periods differ beyond the answers in them is measured and allowed for, and so "
        "are people who answer again.");
    g_autofree char *dates = g_strdup_printf(
        "All places that fit nearly as well as the best (likelihood ratio, %.4g %%, "
        "by parametric bootstrap).",
        100 * PLX_TREND_DATES);
    plx_story_method(t->story, "Dates", dates);
    plx_story_method(t->story, "Drift and season",
                     "A straight line by weighted least squares; where it explains a series better "
                     "than steps (Akaike 1974) it is a drift. A season: twelve months against none "
                     "(F test), from 24 months on.");
    plx_story_method(t->story, "Expected or delivered",
                     "Where customers' level fell: shoppers' mean must be the same within the "
                     "margin, and have fallen by less, both with adjusted ranges.");
}

/* Nothing is to be said of no tests. */
static void tell_tests(const struct telling *t)
{
    const plx_trend *trend = t->trend;
    if (trend->tests == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text,
                           "%u tests held together at 5 %% (Bonferroni); ranges of months are at "
                           "95 %%",
                           trend->tests);
    if (isfinite(trend->adjusted_level))
        g_string_append_printf(text, ", those of changes and drifts at %.2f %%",
                               100 * trend->adjusted_level);
    g_string_append_c(text, '.');
    plx_story_method(t->story, "Here", text->str);
}

plx_story *plx_trend_story(const plx_trend *trend)
{
    plx_story *story = plx_story_new("trend", "Trend");
    const struct telling telling = {trend, story};
    tell_lead(&telling);
    plx_about_story(&trend->about, story);
    for (guint i = 0; i < trend->n_series; i++)
        if (is_told(&trend->series[i]) && trend->series[i].scale)
            tell_series(&telling, &trend->series[i], i);
    tell_table(&telling);
    tell_method(&telling);
    tell_tests(&telling);
    return story;
}
