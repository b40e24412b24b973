/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_csv.h"

#include "base/number.h"
#include "report/view.h"

#include <math.h>
#include <string.h>

static const char header[] =
    "group,journey,transaction,point,title,audience,n,persons,n_eff,na,declined,not_asked,"
    "scale_min,scale_max,mean,mean_lo,mean_hi,median,floor_share,met_share,met_lo,met_hi,"
    "desired_share,desired_lo,desired_hi,top_share,agreement,complete,rounded,suppressed,"
    "versus,difference,difference_lo,difference_hi,adjusted_lo,adjusted_hi,superiority,"
    "cliff_delta,p,verdict,believed,believed_n,belief_difference,belief_lo,belief_hi,"
    "belief_verdict,expected,expected_n,expected_difference,expected_lo,expected_hi,"
    "expected_below,expected_met,expected_exceeded,predicted,predicted_n,predicted_bias,"
    "predicted_lo,predicted_hi,predicted_rps,predicted_rps_individual,predicted_wasserstein\n";

static void separate(GString *out)
{
    g_string_append_c(out, ',');
}

/* A spreadsheet would run a text that begins like a formula. */
static void append_text(GString *out, const char *text)
{
    if (!text)
        return;
    const gboolean formula = *text && strchr("=+-@\t\r", *text);
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    if (formula)
        g_string_append_c(out, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

static void add_text(GString *out, const char *text)
{
    separate(out);
    append_text(out, text);
}

static void add_count(GString *out, gint64 count)
{
    separate(out);
    if (count >= 0)
        g_string_append_printf(out, "%" G_GINT64_FORMAT, count);
}

static void add_number(GString *out, double value)
{
    separate(out);
    char text[PLX_NUMBER_SIZE];
    if (isfinite(value))
        g_string_append(out, plx_number_format(value, 12, text));
}

static void add_interval(GString *out, struct plx_interval ci)
{
    add_number(out, ci.lo);
    add_number(out, ci.hi);
}

static void add_flag(GString *out, gboolean flag)
{
    g_string_append(out, flag ? ",1" : ",0");
}

static void add_nothing(GString *out, guint cells)
{
    for (guint i = 0; i < cells; i++)
        separate(out);
}

static void add_voice(GString *out, const struct plx_voice *voice)
{
    add_count(out, voice->n);
    add_count(out, voice->persons);
    add_number(out, voice->n_eff);
    add_count(out, voice->na);
    add_count(out, voice->declined);
    add_count(out, voice->not_asked);
    add_number(out, voice->scale ? voice->scale->min : (double)NAN);
    add_number(out, voice->scale ? voice->scale->max : (double)NAN);
    add_number(out, voice->mean);
    add_interval(out, voice->mean_ci);
    add_number(out, voice->median);
    add_number(out, voice->floor_share);
    add_number(out, voice->met_share);
    add_interval(out, voice->met_ci);
    add_number(out, voice->desired_share);
    add_interval(out, voice->desired_ci);
    add_number(out, voice->top_share);
    add_number(out, voice->agreement);
    add_flag(out, voice->complete);
    add_flag(out, voice->rounded);
    add_text(out, plx_suppression_code(voice->suppressed));
}

static void add_gap(GString *out, const plx_gaps *gaps, const struct plx_gap *gap)
{
    if (!gap) {
        add_nothing(out, 10);
        return;
    }
    add_text(out, gaps->audiences[gap->b]);
    add_number(out, gap->difference);
    add_interval(out, gap->ci);
    add_interval(out, gap->ci_adjusted);
    add_number(out, gap->superiority);
    add_number(out, gap->cliff_delta);
    add_number(out, gap->p);
    add_text(out, plx_verdict_code(gap->verdict));
}

static void add_belief(GString *out, const struct plx_belief *belief)
{
    if (!belief) {
        add_nothing(out, 6);
        return;
    }
    add_number(out, belief->believed);
    add_count(out, belief->n);
    add_number(out, belief->difference);
    add_interval(out, belief->ci);
    add_text(out, plx_verdict_code(belief->verdict));
}

static void add_expectation(GString *out, const struct plx_expectation *expectation)
{
    if (!expectation) {
        add_nothing(out, 8);
        return;
    }
    add_number(out, expectation->mean_expected);
    add_count(out, expectation->n);
    add_number(out, expectation->mean_difference);
    add_interval(out, expectation->ci);
    add_number(out, expectation->below);
    add_number(out, expectation->met);
    add_number(out, expectation->exceeded);
}

static void add_prediction(GString *out, const struct plx_prediction *prediction)
{
    if (!prediction) {
        add_nothing(out, 8);
        return;
    }
    add_number(out, prediction->mean_predicted);
    add_count(out, prediction->n);
    add_number(out, prediction->bias);
    add_interval(out, prediction->bias_ci);
    add_number(out, prediction->rps);
    add_number(out, prediction->rps_individual);
    add_number(out, prediction->wasserstein);
}

/* The rows of a point: its voices, and who only guessed or predicted there. */
static gboolean speaks(const struct plx_gaps_point *point, gint audience, gint served)
{
    return plx_view_voice(point, audience) || plx_view_belief(point, audience, served) ||
           plx_view_prediction(point, audience, served) || plx_view_expectation(point, audience);
}

void plx_gaps_csv(const plx_gaps *gaps, GString *out)
{
    const gint served = plx_view_served(gaps);
    g_string_append(out, header);
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (gint a = 0; a < (gint)gaps->n_audiences; a++) {
                const struct plx_gaps_point *point = &gaps->groups[g].points[p];
                const struct plx_voice *voice = plx_view_voice(point, a);
                if (!speaks(point, a, served))
                    continue;
                append_text(out, gaps->groups[g].key);
                add_text(out, point->journey);
                add_text(out, point->transaction);
                add_text(out, point->point);
                add_text(out, point->title);
                add_text(out, gaps->audiences[a]);
                if (voice)
                    add_voice(out, voice);
                else
                    add_nothing(out, 24);
                add_gap(out, gaps, plx_view_gap(point, a, served));
                add_belief(out, plx_view_belief(point, a, served));
                add_expectation(out, plx_view_expectation(point, a));
                add_prediction(out, plx_view_prediction(point, a, served));
                g_string_append_c(out, '\n');
            }
}
