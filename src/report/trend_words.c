/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/trend_words.h"

#include "report/words.h"

#include <math.h>
#include <string.h>

void plx_trend_words_period(const plx_trend *trend, guint period, GString *out)
{
    gint year, part;
    plx_trend_key(trend->periods[period], &year, &part);
    if (strcmp(trend->by, "month") == 0)
        g_string_append_printf(out, "%s %d", plx_words_month((guint)part), year);
    else
        g_string_append_printf(out, "week %d of %d", part, year);
}

static struct plx_interval size_of(struct plx_interval ci)
{
    return ci.hi < 0 ? (struct plx_interval){-ci.hi, -ci.lo} : ci;
}

static void append_below(const struct plx_trend_series *series,
                         const struct plx_trend_change *change, GString *out)
{
    if (isnan(change->below_before) || !series->scale)
        return;
    g_autoptr(GString) below = g_string_new(NULL);
    plx_words_below(below, series->scale);
    g_string_append_printf(out, " %.0f %% were %s before, %.0f %% since.",
                           100 * change->below_before, below->str, 100 * change->below_after);
}

void plx_trend_words_change(const plx_trend *trend, const struct plx_trend_series *series,
                            const struct plx_trend_change *change, GString *text)
{
    g_string_append(text, "From ");
    const guint decimals = plx_words_decimals(change->after, change->before, change->difference);
    plx_trend_words_period(trend, change->at, text);
    if (change->first != change->last) {
        g_string_append(text, " on (it may have been any from ");
        plx_trend_words_period(trend, change->first, text);
        g_string_append(text, " to ");
        plx_trend_words_period(trend, change->last, text);
        g_string_append(text, ")");
    } else {
        g_string_append(text, " on");
    }
    g_string_append(text, ": ");
    plx_words_mean_with(text, change->after, decimals);
    g_string_append(text, " instead of ");
    plx_words_mean_with(text, change->before, decimals);
    g_string_append(text, ", ");
    plx_words_mean_with(
        text, fabs(plx_words_apart(change->after, change->before, change->difference)), decimals);
    g_string_append(text, change->difference < 0 ? " lower (" : " higher (");
    plx_words_range_with(text, size_of(change->ci), decimals);
    g_string_append(text, ").");
    append_below(series, change, text);
}

void plx_trend_words_drift(const struct plx_trend_series *series, GString *text)
{
    if (series->verdict != PLX_TREND_DRIFTS)
        return;
    g_string_append(text, "Little by little, over the whole time: ");
    plx_words_mean(text, fabs(series->drift));
    g_string_append(text, series->drift < 0 ? " lower (" : " higher (");
    plx_words_range(text, size_of(series->drift_ci));
    g_string_append(text, ").");
}

void plx_trend_words_season(const struct plx_trend_series *series, GString *text)
{
    if (series->season != PLX_SEASON_SHOWN)
        return;
    g_string_append(text, "It has a season");
    const char *between = ": ";
    for (guint m = 0; m < 12; m++) {
        if (!series->months[m].decided)
            continue;
        g_string_append_printf(text, "%s%s %s by ", between, plx_words_month(m + 1),
                               series->months[m].effect < 0 ? "lower" : "higher");
        plx_words_mean(text, fabs(series->months[m].effect));
        g_string_append(text, " (");
        plx_words_range(text, size_of(series->months[m].ci));
        g_string_append_c(text, ')');
        between = ", ";
    }
    g_string_append(text, *between == ':' ? "; which months, cannot be said yet." : ".");
}

void plx_trend_words_cut(const struct plx_trend_cut_check *cut, GString *text)
{
    switch (cut->verdict) {
    case PLX_CUT_NONE:
        return;
    case PLX_CUT_DRIFTS:
        g_string_append(text, "Secret shoppers saw the same as before (");
        plx_words_difference(text, cut->shoppers);
        g_string_append(text, ", ");
        plx_words_range(text, cut->shoppers_ci);
        g_string_append(text, "): not what is delivered fell, what is expected rose. What used to "
                              "surprise is now expected.");
        break;
    case PLX_CUT_SHOPPERS_FALL:
        g_string_append(text, "Secret shoppers saw it fall too (");
        plx_words_difference(text, cut->shoppers);
        g_string_append(text, ", ");
        plx_words_range(text, cut->shoppers_ci);
        g_string_append(text, ").");
        break;
    case PLX_CUT_NOT_ENOUGH_YET:
        g_string_append(text, "Whether less is delivered or more is expected, secret shoppers "
                              "cannot tell yet (");
        plx_words_count(text, cut->shoppers_before);
        g_string_append(text, " visits before, ");
        plx_words_count(text, cut->shoppers_after);
        g_string_append(text, " since).");
        break;
    case PLX_CUT_NO_SHOPPERS:
    case PLX_CUT_SHOPPERS_PROTECTED:
        g_string_append(text, "Whether less is delivered or more is expected cannot be told: ");
        g_string_append(text, cut->verdict == PLX_CUT_NO_SHOPPERS
                                  ? "there are too few visits of secret shoppers before and since."
                                  : "secret shoppers are protected and not looked at by time.");
        break;
    }
}
