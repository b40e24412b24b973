/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_json.h"

#include "base/date.h"
#include "report/json_parts.h"

#include <math.h>
#include <string.h>

void plx_json_count(plx_json *json, const char *key, gint64 count)
{
    if (count < 0)
        plx_json_null(json, key);
    else
        plx_json_integer(json, key, count);
}

void plx_json_interval(plx_json *json, const char *key, struct plx_interval ci)
{
    const double ends[2] = {ci.lo, ci.hi};
    if (isfinite(ci.lo) || isfinite(ci.hi))
        plx_json_numbers(json, key, ends, 2);
    else
        plx_json_null(json, key);
}

static void write_audience(plx_json *json, const char *key, const plx_gaps *gaps, gint audience)
{
    plx_json_string(json, key, audience < 0 ? NULL : gaps->audiences[audience]);
}

static void write_cut(plx_json *json, const char *key, gint8 cut)
{
    if (cut == PLX_NO_CUT)
        plx_json_null(json, key);
    else
        plx_json_integer(json, key, cut);
}

void plx_json_scale(plx_json *json, const struct plx_scale *scale)
{
    if (!scale) {
        plx_json_null(json, "scale");
        return;
    }
    plx_json_begin_object(json, "scale");
    plx_json_integer(json, "min", scale->min);
    plx_json_integer(json, "max", scale->max);
    write_cut(json, "floor", scale->floor);
    write_cut(json, "met", scale->met);
    write_cut(json, "desired", scale->desired);
    write_cut(json, "top", scale->top);
    plx_json_string(json, "direction", scale->down ? "down" : "up");
    plx_json_string(json, "id", scale->id);
    if (scale->words) {
        plx_json_begin_array(json, "labels");
        for (guint i = 0; i < plx_scale_width(scale); i++)
            plx_json_string(json, NULL, scale->words[i]);
        plx_json_end_array(json);
    } else {
        plx_json_null(json, "labels");
    }
    plx_json_end_object(json);
}

void plx_json_voice(plx_json *json, const plx_gaps *gaps, const struct plx_voice *voice)
{
    plx_json_begin_object(json, gaps->audiences[voice->audience]);
    plx_json_count(json, "n", voice->n);
    plx_json_count(json, "persons", voice->persons);
    plx_json_number(json, "n_eff", voice->n_eff);
    plx_json_count(json, "na", voice->na);
    plx_json_count(json, "declined", voice->declined);
    plx_json_count(json, "not_asked", voice->not_asked);
    plx_json_scale(json, voice->scale);
    if (voice->counts)
        plx_json_integers(json, "counts", voice->counts, voice->k);
    else
        plx_json_null(json, "counts");
    plx_json_number(json, "mean", voice->mean);
    plx_json_interval(json, "mean_ci", voice->mean_ci);
    plx_json_number(json, "median", voice->median);
    plx_json_number(json, "floor_share", voice->floor_share);
    plx_json_number(json, "met_share", voice->met_share);
    plx_json_interval(json, "met_ci", voice->met_ci);
    plx_json_number(json, "desired_share", voice->desired_share);
    plx_json_interval(json, "desired_ci", voice->desired_ci);
    plx_json_number(json, "top_share", voice->top_share);
    plx_json_number(json, "agreement", voice->agreement);
    plx_json_string(json, "suppressed", plx_suppression_code(voice->suppressed));
    plx_json_number(json, "interpolated_median", voice->interpolated_median);
    plx_json_interval(json, "floor_ci", voice->floor_ci);
    plx_json_boolean(json, "complete", voice->complete);
    plx_json_boolean(json, "rounded", voice->rounded);
    plx_json_count(json, "population", voice->population);
    plx_json_interval(json, "mean_range", voice->mean_range);
    plx_json_string(json, "label", voice->label);
    plx_json_end_object(json);
}

static void write_gap(plx_json *json, const plx_gaps *gaps, const struct plx_gap *gap)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "kind", "level");
    plx_json_string(json, "a", gaps->audiences[gap->a]);
    plx_json_string(json, "b", gaps->audiences[gap->b]);
    plx_json_number(json, "difference", gap->difference);
    plx_json_interval(json, "ci", gap->ci);
    plx_json_interval(json, "ci_adjusted", gap->ci_adjusted);
    plx_json_number(json, "superiority", gap->superiority);
    plx_json_interval(json, "superiority_ci", gap->superiority_ci);
    plx_json_number(json, "cliff_delta", gap->cliff_delta);
    plx_json_number(json, "p", gap->p);
    plx_json_string(json, "verdict", plx_verdict_code(gap->verdict));
    plx_json_string(json, "p_method", gap->p_method);
    plx_json_number(json, "half_width", gap->half_width);
    plx_json_number(json, "answers_needed", gap->answers_needed);
    plx_json_string(json, "answers_of",
                    isfinite(gap->answers_needed) ? gaps->audiences[gap->answers_of] : NULL);
    plx_json_end_object(json);
}

static void write_belief(plx_json *json, const plx_gaps *gaps, const struct plx_belief *belief)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "by", gaps->audiences[belief->by]);
    plx_json_string(json, "about", gaps->audiences[belief->about]);
    plx_json_count(json, "n", belief->n);
    plx_json_count(json, "persons", belief->persons);
    plx_json_number(json, "believed", belief->believed);
    plx_json_interval(json, "believed_range", belief->believed_range);
    plx_json_number(json, "served", belief->served);
    plx_json_interval(json, "served_ci", belief->served_ci);
    plx_json_count(json, "served_n", belief->served_n);
    plx_json_number(json, "difference", belief->difference);
    plx_json_interval(json, "ci", belief->ci);
    plx_json_string(json, "verdict", plx_verdict_code(belief->verdict));
    plx_json_boolean(json, "complete", belief->complete);
    plx_json_string(json, "suppressed", plx_suppression_code(belief->suppressed));
    plx_json_end_object(json);
}

static void write_prediction(plx_json *json, const plx_gaps *gaps,
                             const struct plx_prediction *prediction)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "by", gaps->audiences[prediction->by]);
    plx_json_string(json, "about", gaps->audiences[prediction->about]);
    plx_json_count(json, "n", prediction->n);
    plx_json_count(json, "persons", prediction->persons);
    plx_json_number(json, "mean_predicted", prediction->mean_predicted);
    plx_json_number(json, "mean_observed", prediction->mean_observed);
    plx_json_number(json, "bias", prediction->bias);
    plx_json_interval(json, "ci", prediction->bias_ci);
    plx_json_number(json, "rps", prediction->rps);
    plx_json_number(json, "rps_individual", prediction->rps_individual);
    plx_json_number(json, "wasserstein", prediction->wasserstein);
    plx_json_string(json, "suppressed", plx_suppression_code(prediction->suppressed));
    plx_json_end_object(json);
}

static void write_expectation(plx_json *json, const plx_gaps *gaps,
                              const struct plx_expectation *expectation)
{
    plx_json_begin_object(json, gaps->audiences[expectation->audience]);
    plx_json_count(json, "n", expectation->n);
    plx_json_number(json, "mean_expected", expectation->mean_expected);
    plx_json_number(json, "mean_difference", expectation->mean_difference);
    plx_json_interval(json, "ci", expectation->ci);
    plx_json_number(json, "t", expectation->t);
    plx_json_number(json, "p", expectation->p);
    plx_json_number(json, "below", expectation->below);
    plx_json_number(json, "met", expectation->met);
    plx_json_number(json, "exceeded", expectation->exceeded);
    plx_json_number(json, "df", expectation->df);
    plx_json_count(json, "persons", expectation->persons);
    plx_json_string(json, "suppressed", plx_suppression_code(expectation->suppressed));
    plx_json_end_object(json);
}

static void write_point(plx_json *json, const plx_gaps *gaps, const struct plx_gaps_point *point)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", point->point);
    plx_json_string(json, "title", point->title);
    plx_json_string(json, "journey", point->journey);
    plx_json_string(json, "transaction", point->transaction);
    plx_json_begin_object(json, "voices");
    for (guint i = 0; i < point->n_voices; i++)
        plx_json_voice(json, gaps, &point->voices[i]);
    plx_json_end_object(json);
    plx_json_begin_array(json, "gaps");
    for (guint i = 0; i < point->n_gaps; i++)
        write_gap(json, gaps, &point->gaps[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "beliefs");
    for (guint i = 0; i < point->n_beliefs; i++)
        write_belief(json, gaps, &point->beliefs[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "predictions");
    for (guint i = 0; i < point->n_predictions; i++)
        write_prediction(json, gaps, &point->predictions[i]);
    plx_json_end_array(json);
    plx_json_begin_object(json, "expectation");
    for (guint i = 0; i < point->n_expectations; i++)
        write_expectation(json, gaps, &point->expectations[i]);
    plx_json_end_object(json);
    plx_json_string(json, "journey_title", point->journey_title);
    plx_json_string(json, "transaction_title", point->transaction_title);
    plx_json_end_object(json);
}

static void write_ranking(plx_json *json, const plx_gaps *gaps, const struct plx_ranking *ranking)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "by", gaps->audiences[ranking->by]);
    plx_json_string(json, "about", gaps->audiences[ranking->about]);
    plx_json_count(json, "persons", ranking->persons);
    plx_json_integer(json, "points", ranking->points);
    plx_json_number(json, "tau_pooled", ranking->tau_pooled);
    plx_json_number(json, "tau_mean", ranking->tau_mean);
    plx_json_string(json, "suppressed", plx_suppression_code(ranking->suppressed));
    plx_json_end_object(json);
}

static void write_group(plx_json *json, const plx_gaps *gaps, const struct plx_gaps_group *group)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "key", group->key);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < group->n_points; i++)
        write_point(json, gaps, &group->points[i]);
    plx_json_end_array(json);
    plx_json_begin_array(json, "rankings");
    for (guint i = 0; i < group->n_rankings; i++)
        write_ranking(json, gaps, &group->rankings[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_json_dates(plx_json *json, const char *key, const char *since, const char *until)
{
    plx_json_begin_object(json, key);
    plx_json_string(json, "since", since);
    plx_json_string(json, "until", until);
    plx_json_end_object(json);
}

static const char *headline_code(enum plx_headline_kind kind)
{
    switch (kind) {
    case PLX_HEADLINE_NONE:
        return NULL;
    case PLX_HEADLINE_BELIEF:
        return "belief";
    case PLX_HEADLINE_LEVEL:
        return "level";
    case PLX_HEADLINE_SERVED:
        return "served";
    }
    return NULL;
}

void plx_json_headline(plx_json *json, const plx_gaps *gaps)
{
    const struct plx_headline *h = &gaps->headline;
    plx_json_begin_object(json, "headline");
    plx_json_string(json, "kind", headline_code(h->kind));
    write_audience(json, "by", gaps, h->by);
    write_audience(json, "about", gaps, h->about);
    plx_json_integer(json, "points", h->points);
    plx_json_count(json, "by_n", h->by_n);
    plx_json_count(json, "by_persons", h->by_persons);
    plx_json_number(json, "by_value", h->by_value);
    plx_json_count(json, "about_n", h->about_n);
    plx_json_count(json, "about_persons", h->about_persons);
    plx_json_number(json, "about_value", h->about_value);
    plx_json_interval(json, "about_ci", h->about_ci);
    plx_json_count(json, "hidden_persons", h->hidden_persons);
    plx_json_count(json, "hidden_minimum", h->hidden_minimum);
    plx_json_end_object(json);
}

void plx_json_scope(plx_json *json, const plx_gaps *gaps)
{
    plx_json_begin_object(json, "window");
    plx_json_dates(json, "asked", gaps->asked_since, gaps->asked_until);
    plx_json_dates(json, "data", gaps->data_since, gaps->data_until);
    plx_json_end_object(json);
    plx_json_begin_array(json, "where");
    for (guint i = 0; i < gaps->n_where; i++)
        plx_json_string(json, NULL, gaps->where[i]);
    plx_json_end_array(json);
    plx_json_string(json, "by", gaps->by);
    plx_json_begin_object(json, "totals");
    plx_json_count(json, "observations", gaps->observations);
    plx_json_count(json, "encounters", gaps->encounters);
    plx_json_count(json, "respondents", gaps->respondents);
    plx_json_count(json, "rejected", gaps->rejected);
    plx_json_end_object(json);
}

void plx_json_question(plx_json *json, const plx_gaps *gaps)
{
    plx_json_string(json, "source", gaps->source);
    plx_json_string(json, "measure", gaps->measure);
    plx_json_begin_array(json, "audiences");
    for (guint i = 0; i < gaps->n_audiences; i++)
        plx_json_string(json, NULL, gaps->audiences[i]);
    plx_json_end_array(json);
    plx_json_scope(json, gaps);
}

void plx_json_people(plx_json *json, const plx_gaps *gaps)
{
    plx_json_begin_object(json, "titles");
    for (guint i = 0; i < gaps->n_audiences; i++)
        plx_json_string(json, gaps->audiences[i], gaps->audience_titles[i]);
    plx_json_end_object(json);
    plx_json_begin_array(json, "served");
    for (guint i = 0; i < gaps->n_audiences; i++)
        if (gaps->served[i])
            plx_json_string(json, NULL, gaps->audiences[i]);
    plx_json_end_array(json);
}

void plx_json_notes(plx_json *json, const plx_gaps *gaps)
{
    plx_json_begin_array(json, "notes");
    for (guint i = 0; i < gaps->n_notes; i++) {
        const struct plx_gaps_note *note = &gaps->notes[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "code", note->code);
        write_audience(json, "audience", gaps, note->audience);
        plx_json_count(json, "count", note->count);
        plx_json_string(json, "detail", note->detail);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

void plx_json_reading(plx_json *json, const plx_gaps *gaps, const char *name)
{
    g_autofree char *schema = g_strdup_printf("parallax.%s/1", name);
    plx_json_string(json, "schema", schema);
    plx_json_question(json, gaps);
    plx_json_integer(json, "family_size", gaps->family_size);
    plx_json_number(json, "margin", gaps->margin);
    plx_json_headline(json, gaps);
    plx_json_begin_array(json, "groups");
    for (guint i = 0; i < gaps->n_groups; i++)
        write_group(json, gaps, &gaps->groups[i]);
    plx_json_end_array(json);
    plx_json_number(json, "adjusted_level", gaps->adjusted_level);
    plx_json_number(json, "belief_margin", gaps->belief_margin);
    plx_json_people(json, gaps);
    plx_json_notes(json, gaps);
}

void plx_gaps_json(const plx_gaps *gaps, const char *name, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_reading(json, gaps, name);
    plx_json_end_object(json);
    if (!out->len || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
