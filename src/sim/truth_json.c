/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "sim/outcome.h"
#include "sim/person.h"

#include <math.h>
#include <string.h>

static const char *const group_names[] = {"other", "treated", "comparison"};

static void put_month(plx_json *json, const char *key, const struct plx_truth *truth, guint month)
{
    char name[8];
    plx_truth_month_name(truth, month, name);
    plx_json_string(json, key, name);
}

static void put_places(plx_json *json, const struct plx_truth *truth)
{
    plx_json_begin_array(json, "places");
    for (guint i = 0; i < truth->n_places; i++) {
        const struct plx_truth_place *place = &truth->places[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "place", place->name);
        plx_json_string(json, "group", group_names[place->group]);
        plx_json_number(json, "share", place->share);
        plx_json_number(json, "effect", place->effect);
        plx_json_number(json, "wobble", place->wobble);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_tiers(plx_json *json, const struct plx_truth *truth)
{
    plx_json_begin_array(json, "tiers");
    for (guint i = 0; i < truth->n_tiers; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "tier", truth->tiers[i].name);
        plx_json_number(json, "share", truth->tiers[i].share);
        plx_json_number(json, "effect", truth->tiers[i].effect);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

/* What everybody has in common: chance, mood, and the plan of the survey. */
static void put_model(plx_json *json, const struct plx_truth *truth)
{
    plx_json_begin_object(json, "model");
    plx_json_number(json, "mood_sd", truth->mood);
    plx_json_number(json, "shock_sd", truth->shock);
    plx_json_number(json, "mishap_mean", truth->mishap_mean);
    plx_json_number(json, "mishap_sd", truth->mishap_spread);
    plx_json_number(json, "app_share", truth->app_share);
    plx_json_number(json, "again", truth->again);
    plx_json_number(json, "returned", truth->returned);
    plx_json_number(json, "staff_sd", truth->staff_spread);
    plx_json_number(json, "staff_person_sd", truth->staff_person);
    plx_json_number(json, "staff_believed_sd", truth->believed_spread);
    plx_json_number(json, "shopper_sd", truth->shopper_spread);
    plx_json_numbers(json, "shopper_severity", truth->shopper_severity, PLX_TRUTH_SHOPPERS);
    plx_json_end_object(json);
    plx_json_begin_object(json, "plan");
    plx_json_integer(json, "persons", truth->persons);
    plx_json_integer(json, "asked", truth->asked);
    plx_json_integer(json, "leaders", PLX_TRUTH_LEADERS);
    plx_json_integer(json, "visits_per_place", PLX_TRUTH_VISITS);
    plx_json_number(json, "na", truth->na);
    plx_json_number(json, "declined", truth->declined);
    plx_json_number(json, "rated_journey", truth->rated_journey);
    plx_json_number(json, "asked_promise", truth->asked_promise);
    plx_json_number(json, "asked_effort", truth->asked_effort);
    plx_json_number(json, "asked_feeling", truth->asked_feeling);
    plx_json_number(json, "asked_importance", truth->asked_importance);
    plx_json_number(json, "noted", truth->noted);
    plx_json_end_object(json);
}

static void put_levels(plx_json *json, const char *voice, const struct plx_outcome_levels *levels)
{
    if (isnan(levels->mean)) {
        plx_json_null(json, voice);
        return;
    }
    plx_json_begin_object(json, voice);
    plx_json_numbers(json, "shares", levels->share, PLX_TRUTH_LEVELS);
    plx_json_number(json, "mean", levels->mean);
    plx_json_number(json, "floor_share", levels->floor);
    plx_json_number(json, "desired_share", levels->desired);
    plx_json_end_object(json);
}

static void put_parameters(plx_json *json, const struct plx_truth *truth,
                           const struct plx_truth_point *point)
{
    plx_json_begin_object(json, "parameters");
    plx_json_number(json, "mean", point->mean);
    plx_json_number(json, "sd", point->spread);
    plx_json_number(json, "mishap", point->mishap);
    plx_json_number(json, "place", point->place);
    plx_json_number(json, "reach", point->reach * (point->only_late ? truth->promise.late : 1));
    plx_json_boolean(json, "only_late", point->only_late);
    plx_json_number(json, "weight", point->weight);
    plx_json_number(json, "app", point->app);
    plx_json_number(json, "late", point->late);
    plx_json_number(json, "leader", point->leader);
    plx_json_number(json, "leader_believed", point->leader_believed);
    plx_json_number(json, "staff", point->staff);
    plx_json_number(json, "staff_believed", point->staff_believed);
    plx_json_number(json, "shopper", point->shopper);
    plx_json_number(json, "ease", point->ease);
    plx_json_number(json, "hesitation", point->hesitation);
    plx_json_number(json, "importance", point->importance);
    plx_json_end_object(json);
}

static void put_point(plx_json *json, const struct plx_truth *truth, const plx_map *map, guint p,
                      const struct plx_outcome *outcome)
{
    const struct plx_truth_point *point = &truth->points[p];
    const struct plx_outcome_levels customer =
        plx_outcome_customers(truth, p, plx_outcome_everybody);
    const struct plx_outcome_levels leader = plx_outcome_leaders(truth, p);
    const struct plx_outcome_levels staff = plx_outcome_staff(truth, p);
    const struct plx_outcome_levels shopper = plx_outcome_shoppers(truth, p);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", point->id);
    plx_json_string(json, "journey", point->journey);
    plx_json_string(json, "effort", plx_effort_name(map->points[p].effort));
    put_parameters(json, truth, point);
    put_levels(json, "leader", &leader);
    put_levels(json, "staff", &staff);
    put_levels(json, "shopper", &shopper);
    put_levels(json, "customer", &customer);
    plx_json_number(json, "leader_believed_share", plx_outcome_believed(truth, p));
    plx_json_number(json, "leader_gap", leader.mean - customer.mean);
    plx_json_number(json, "belief_gap", plx_outcome_believed(truth, p) - customer.desired);
    plx_json_number(json, "gain", outcome->gain[p]);
    plx_json_end_object(json);
}

static void put_points(plx_json *json, const struct plx_truth *truth, const plx_map *map,
                       const struct plx_outcome *outcome)
{
    plx_json_begin_array(json, "points");
    for (guint p = 0; p < truth->n_points; p++)
        put_point(json, truth, map, p, outcome);
    plx_json_end_array(json);
}

static void put_journeys(plx_json *json, const struct plx_truth *truth,
                         const struct plx_outcome *outcome)
{
    plx_json_number(json, "overall", outcome->overall);
    plx_json_begin_array(json, "journeys");
    for (guint j = 0; j < truth->n_journeys; j++) {
        const struct plx_outcome_journey *o = &outcome->journeys[j];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "journey", truth->journeys[j].id);
        plx_json_number(json, "base", truth->journeys[j].base);
        plx_json_number(json, "bad", truth->journeys[j].bad);
        plx_json_number(json, "mood", truth->journeys[j].mood);
        plx_json_number(json, "sd", truth->journeys[j].spread);
        plx_json_number(json, "share", o->share);
        plx_json_number(json, "mean_overall", o->overall);
        plx_json_number(json, "lowest_point_mean", o->worst_point);
        plx_json_number(json, "bad_moments", o->bad);
        plx_json_number(json, "without_bad_moment", o->all_fine);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_change(plx_json *json, const char *key, const struct plx_truth *truth,
                       const struct plx_truth_change *change)
{
    const struct plx_outcome_change outcome = plx_outcome_change(truth, change);
    plx_json_begin_object(json, key);
    plx_json_string(json, "point", change->point);
    plx_json_string(json, "about", change->about);
    put_month(json, "since", truth, change->start);
    put_month(json, "compared_from", truth, change->start - PLX_TRUTH_BEFORE);
    plx_json_number(json, "lift", change->lift);
    if (change->dip_months > 0) {
        put_month(json, "dip_since", truth, change->dip_first);
        put_month(json, "dip_until", truth, change->dip_first + change->dip_months - 1);
        plx_json_number(json, "dip", change->dip);
    }
    plx_json_number(json, "treated_before", outcome.before);
    plx_json_number(json, "treated_after", outcome.after);
    plx_json_number(json, "comparison_before", outcome.comparison_before);
    plx_json_number(json, "comparison_after", outcome.comparison_after);
    plx_json_number(json, "before_after", outcome.naive);
    plx_json_number(json, "difference_in_differences", outcome.difference);
    plx_json_end_object(json);
}

static void put_group(plx_json *json, const char *key, const struct plx_truth *truth,
                      enum plx_truth_group group)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; i < truth->n_places; i++)
        if (truth->places[i].group == group)
            plx_json_string(json, NULL, truth->places[i].name);
    plx_json_end_array(json);
}

/* Where leaders rate half a level or more above customers who are mostly below Desired. */
static void put_blind_spots(plx_json *json, const struct plx_truth *truth, const plx_map *map)
{
    plx_json_string(json, "blind_point", truth->blind_point);
    plx_json_begin_array(json, "blind_spots");
    for (guint p = 0; p < truth->n_points; p++) {
        const struct plx_outcome_levels customer =
            plx_outcome_customers(truth, p, plx_outcome_everybody);
        const double gap = plx_outcome_leaders(truth, p).mean - customer.mean;
        if (gap > map->margin && customer.desired < 0.5)
            plx_json_string(json, NULL, truth->points[p].id);
    }
    plx_json_end_array(json);
}

static void put_promise(plx_json *json, const struct plx_truth *truth)
{
    plx_json_begin_object(json, "unkept_promise");
    plx_json_string(json, "promise", truth->promise.id);
    plx_json_number(json, "kept_share", 1 - truth->promise.late);
    plx_json_number(json, "known_share", truth->promise.known);
    plx_json_end_object(json);
    plx_json_begin_array(json, "tasks");
    for (guint i = 0; i < truth->n_tasks; i++) {
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "task", truth->tasks[i].id);
        plx_json_number(json, "done_share", truth->tasks[i].done);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_best_step(plx_json *json, const struct plx_truth *truth, const plx_map *map,
                          const struct plx_outcome *outcome)
{
    plx_json_begin_object(json, "best_step");
    plx_json_string(json, "point", truth->points[outcome->best].id);
    plx_json_string(json, "effort", plx_effort_name(map->points[outcome->best].effort));
    plx_json_number(json, "gain", outcome->gain[outcome->best]);
    plx_json_string(json, "second", truth->points[outcome->second].id);
    plx_json_number(json, "second_gain", outcome->gain[outcome->second]);
    plx_json_number(json, "ratio", outcome->ratio);
    plx_json_integer(json, "simulated_persons", PLX_OUTCOME_PERSONS);
    plx_json_end_object(json);
}

void plx_truth_json(const struct plx_truth *truth, const plx_map *map, GString *out)
{
    const struct plx_outcome outcome = plx_outcome(truth, map);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.truth/1");
    put_month(json, "since", truth, 0);
    put_month(json, "until", truth, PLX_TRUTH_MONTHS - 1);
    put_best_step(json, truth, map, &outcome);
    put_blind_spots(json, truth, map);
    put_promise(json, truth);
    plx_json_string(json, "friction_point", truth->friction_point);
    plx_json_string(json, "inconsistent_place", truth->inconsistent_place);
    put_change(json, "real_improvement", truth, &truth->real);
    put_change(json, "apparent_improvement", truth, &truth->apparent);
    put_group(json, "treated", truth, PLX_TRUTH_TREATED);
    put_group(json, "comparison", truth, PLX_TRUTH_COMPARISON);
    put_journeys(json, truth, &outcome);
    put_points(json, truth, map, &outcome);
    put_places(json, truth);
    put_tiers(json, truth);
    put_model(json, truth);
    plx_json_end_object(json);
    if (out->len == 0 || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
