/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_csv.h"

#include "report/csv_cells.h"
#include "report/view.h"

#include <math.h>

static const char header[] =
    "group,journey,transaction,point,title,audience,n,persons,n_eff,na,declined,not_asked,"
    "scale_min,scale_max,mean,mean_lo,mean_hi,median,floor_share,met_share,met_lo,met_hi,"
    "desired_share,desired_lo,desired_hi,top_share,agreement,complete,rounded,suppressed,"
    "versus,difference,difference_lo,difference_hi,adjusted_lo,adjusted_hi,superiority,"
    "cliff_delta,p,verdict,believed,believed_n,belief_difference,belief_lo,belief_hi,"
    "belief_verdict,expected,expected_n,expected_difference,expected_lo,expected_hi,"
    "expected_below,expected_met,expected_exceeded,predicted,predicted_n,predicted_bias,"
    "predicted_lo,predicted_hi,predicted_rps,predicted_rps_individual,predicted_wasserstein\n";

static void add_voice(GString *out, const struct plx_voice *voice)
{
    plx_csv_count(out, voice->n);
    plx_csv_count(out, voice->persons);
    plx_csv_number(out, voice->n_eff);
    plx_csv_count(out, voice->na);
    plx_csv_count(out, voice->declined);
    plx_csv_count(out, voice->not_asked);
    plx_csv_number(out, voice->scale ? voice->scale->min : (double)NAN);
    plx_csv_number(out, voice->scale ? voice->scale->max : (double)NAN);
    plx_csv_number(out, voice->mean);
    plx_csv_interval(out, voice->mean_ci);
    plx_csv_number(out, voice->median);
    plx_csv_number(out, voice->floor_share);
    plx_csv_number(out, voice->met_share);
    plx_csv_interval(out, voice->met_ci);
    plx_csv_number(out, voice->desired_share);
    plx_csv_interval(out, voice->desired_ci);
    plx_csv_number(out, voice->top_share);
    plx_csv_number(out, voice->agreement);
    plx_csv_flag(out, voice->complete);
    plx_csv_flag(out, voice->rounded);
    plx_csv_text(out, plx_suppression_code(voice->suppressed));
}

static void add_gap(GString *out, const plx_gaps *gaps, const struct plx_gap *gap)
{
    if (!gap) {
        plx_csv_nothing(out, 10);
        return;
    }
    plx_csv_text(out, gaps->audiences[gap->b]);
    plx_csv_number(out, gap->difference);
    plx_csv_interval(out, gap->ci);
    plx_csv_interval(out, gap->ci_adjusted);
    plx_csv_number(out, gap->superiority);
    plx_csv_number(out, gap->cliff_delta);
    plx_csv_number(out, gap->p);
    plx_csv_text(out, plx_verdict_code(gap->verdict));
}

static void add_belief(GString *out, const struct plx_belief *belief)
{
    if (!belief) {
        plx_csv_nothing(out, 6);
        return;
    }
    plx_csv_number(out, belief->believed);
    plx_csv_count(out, belief->n);
    plx_csv_number(out, belief->difference);
    plx_csv_interval(out, belief->ci);
    plx_csv_text(out, plx_verdict_code(belief->verdict));
}

static void add_expectation(GString *out, const struct plx_expectation *expectation)
{
    if (!expectation) {
        plx_csv_nothing(out, 8);
        return;
    }
    plx_csv_number(out, expectation->mean_expected);
    plx_csv_count(out, expectation->n);
    plx_csv_number(out, expectation->mean_difference);
    plx_csv_interval(out, expectation->ci);
    plx_csv_number(out, expectation->below);
    plx_csv_number(out, expectation->met);
    plx_csv_number(out, expectation->exceeded);
}

static void add_prediction(GString *out, const struct plx_prediction *prediction)
{
    if (!prediction) {
        plx_csv_nothing(out, 8);
        return;
    }
    plx_csv_number(out, prediction->mean_predicted);
    plx_csv_count(out, prediction->n);
    plx_csv_number(out, prediction->bias);
    plx_csv_interval(out, prediction->bias_ci);
    plx_csv_number(out, prediction->rps);
    plx_csv_number(out, prediction->rps_individual);
    plx_csv_number(out, prediction->wasserstein);
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
                plx_csv_first(out, gaps->groups[g].key);
                plx_csv_text(out, point->journey);
                plx_csv_text(out, point->transaction);
                plx_csv_text(out, point->point);
                plx_csv_text(out, point->title);
                plx_csv_text(out, gaps->audiences[a]);
                if (voice)
                    add_voice(out, voice);
                else
                    plx_csv_nothing(out, 24);
                add_gap(out, gaps, plx_view_gap(point, a, served));
                add_belief(out, plx_view_belief(point, a, served));
                add_expectation(out, plx_view_expectation(point, a));
                add_prediction(out, plx_view_prediction(point, a, served));
                g_string_append_c(out, '\n');
            }
}
