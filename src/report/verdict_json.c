/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/json_parts.h"
#include "report/step.h"
#include "report/verdict_words.h"

static void put_look(plx_json *json, const char *key, const plx_trial *trial, gint look)
{
    if (look < 0) {
        plx_json_null(json, key);
        return;
    }
    const struct plx_step_look *const it = &trial->step->plan->looks[look];
    plx_json_begin_object(json, key);
    plx_json_integer(json, "number", look + 1);
    plx_json_day(json, "day", it->day);
    plx_json_number(json, "alpha", it->alpha);
    plx_json_end_object(json);
}

static void put_earlier(plx_json *json, const plx_trial *trial)
{
    plx_json_begin_array(json, "earlier");
    for (guint i = 0; i < trial->n_earlier; i++) {
        plx_json_begin_object(json, NULL);
        put_look(json, "look", trial, trial->earlier[i].look);
        plx_json_string(json, "verdict", plx_step_verdict_code(trial->earlier[i].verdict));
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_weakness(plx_json *json, guint weakness)
{
    plx_json_begin_array(json, "weakness");
    if (weakness & PLX_STEP_WEAK_LATE)
        plx_json_string(json, NULL, "late");
    if (weakness & PLX_STEP_WEAK_STALE)
        plx_json_string(json, NULL, "stale");
    if (weakness & PLX_STEP_WEAK_FEW_PLACES)
        plx_json_string(json, NULL, "few_places");
    plx_json_end_array(json);
}

static void put_change(plx_json *json, const char *key, const struct plx_place_change *change)
{
    static const char *const methods[] = {NULL, "t", "exact", "monte_carlo"};
    plx_json_begin_object(json, key);
    plx_json_number(json, "treated", change->treated);
    plx_json_number(json, "comparison", change->comparison);
    plx_json_number(json, "estimate", change->estimate);
    plx_json_interval(json, "ci", change->ci);
    plx_json_number(json, "se", change->se);
    plx_json_number(json, "df", change->df);
    plx_json_number(json, "p", change->p);
    plx_json_number(json, "p_permuted", change->p_permuted);
    plx_json_string(json, "permuted", methods[change->method]);
    plx_json_end_object(json);
}

static void put_figure(plx_json *json, const char *key, const struct plx_trial_figure *figure)
{
    plx_json_begin_object(json, key);
    plx_json_count(json, "n", figure->n);
    plx_json_count(json, "persons", figure->persons);
    plx_json_number(json, "mean", figure->mean);
    plx_json_number(json, "reached", figure->reached);
    plx_json_end_object(json);
}

static void put_verdict(plx_json *json, const plx_trial *trial)
{
    static const char *const designs[] = {NULL, "before_after", "places"};
    const struct plx_step_decision *const d = &trial->decision;
    plx_json_string(json, "verdict", plx_step_verdict_code(d->verdict));
    plx_json_string(json, "design", designs[d->design]);
    put_weakness(json, d->weakness);
    put_look(json, "look", trial, trial->look);
    put_look(json, "next_look", trial, trial->next_look);
    put_earlier(json, trial);
    plx_json_boolean(json, "given_up", trial->given_up);
    plx_json_day(json, "baseline", trial->baseline);
    plx_json_day(json, "start", trial->start);
    plx_json_day(json, "until", trial->until);
    plx_json_integer(json, "n_before", (gint64)trial->n_before);
    plx_json_integer(json, "n_after", (gint64)trial->n_after);
    plx_json_integer(json, "places_treated", d->treated);
    plx_json_integer(json, "places_comparison", d->comparison);
    put_change(json, "change", &d->change);
    plx_json_string(json, "worth", plx_verdict_reach_code(plx_verdict_worth(trial)));
    plx_json_begin_object(json, "target");
    plx_json_number(json, "share", trial->step->plan->share);
    plx_json_number(json, "before", trial->side[0][0].reached);
    plx_json_number(json, "after", trial->side[0][1].reached);
    plx_json_interval(json, "after_ci", trial->reached_ci);
    plx_json_string(json, "is", plx_verdict_reach_code(plx_verdict_target(trial)));
    plx_json_end_object(json);
    put_change(json, "whole", &trial->whole);
}

static void put_sides(plx_json *json, const struct plx_trial_figure side[2][2])
{
    static const char *const names[] = {"treated", "comparison"};
    plx_json_begin_object(json, "sides");
    for (guint i = 0; i < 2; i++) {
        plx_json_begin_object(json, names[i]);
        put_figure(json, "before", &side[i][0]);
        put_figure(json, "after", &side[i][1]);
        plx_json_end_object(json);
    }
    plx_json_end_object(json);
}

static void put_places(plx_json *json, const plx_trial *trial)
{
    plx_json_begin_array(json, "places");
    for (guint i = 0; i < trial->n_places; i++) {
        const struct plx_trial_place *const place = &trial->places[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "place", place->name);
        plx_json_boolean(json, "treated", place->treated);
        plx_json_boolean(json, "counts", place->counts);
        put_figure(json, "before", &place->before);
        put_figure(json, "after", &place->after);
        plx_json_number(json, "change", place->change);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_weeks(plx_json *json, const plx_trial *trial)
{
    plx_json_begin_array(json, "weeks");
    for (guint i = 0; i < trial->n_weeks; i++) {
        const struct plx_trial_week *const week = &trial->weeks[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "week", week->key);
        plx_json_day(json, "monday", week->monday);
        put_figure(json, "treated", &week->side[0]);
        put_figure(json, "comparison", &week->side[1]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_series(plx_json *json, const struct plx_trial_series *series)
{
    plx_json_begin_object(json, "series");
    plx_json_boolean(json, "known", series->known);
    plx_json_integer(json, "weeks_before", series->weeks_before);
    plx_json_integer(json, "weeks_after", series->weeks_after);
    plx_json_number(json, "level", series->level);
    plx_json_interval(json, "level_ci", series->level_ci);
    plx_json_number(json, "slope", series->slope);
    plx_json_end_object(json);
}

static void put_checks(plx_json *json, const plx_trial *trial)
{
    plx_json_begin_array(json, "checks");
    for (guint i = 0; i < PLX_CHECKS; i++) {
        const struct plx_trial_checked *const c = &trial->checks[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "check", plx_trial_check_code(c->check));
        plx_json_string(json, "finding", plx_trial_finding_code(c->finding));
        plx_json_string(json, "subject", c->subject);
        plx_json_number(json, "estimate", c->estimate);
        plx_json_interval(json, "ci", c->ci);
        plx_json_integer(json, "looked_at", c->looked_at);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void put_placebo(plx_json *json, const char *key, const struct plx_trial_placebo *placebo)
{
    plx_json_begin_object(json, key);
    plx_json_integer(json, "tried", placebo->tried);
    plx_json_integer(json, "up", placebo->up);
    plx_json_integer(json, "down", placebo->down);
    plx_json_integer(json, "points", placebo->points);
    plx_json_integer(json, "starts", placebo->starts);
    plx_json_end_object(json);
}

static void put_doubts(plx_json *json, const plx_trial *trial)
{
    put_series(json, &trial->series);
    put_checks(json, trial);
    put_placebo(json, "placebo", &trial->placebo);
    put_placebo(json, "elsewhere", &trial->elsewhere);
    plx_json_begin_object(json, "rebound");
    plx_json_integer(json, "replays", trial->rebound.replays);
    plx_json_number(json, "rise", trial->rebound.rise);
    plx_json_interval(json, "ci", trial->rebound.ci);
    plx_json_end_object(json);
    plx_json_begin_object(json, "keep");
    plx_json_string(json, "finding", plx_trial_keep_code(trial->keep));
    plx_json_day(json, "day", trial->keep_day);
    put_change(json, "kept", &trial->kept);
    put_change(json, "faded", &trial->faded);
    plx_json_end_object(json);
}

void plx_verdict_json(const plx_trial *trial, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &trial->about, "verdict");
    plx_json_day(json, "today", trial->today);
    plx_json_begin_object(json, "step");
    plx_step_json_members(json, trial->step, trial->about.map);
    plx_json_end_object(json);
    put_verdict(json, trial);
    put_sides(json, trial->side);
    put_places(json, trial);
    put_weeks(json, trial);
    put_doubts(json, trial);
    plx_about_json_notes(json, &trial->about);
    plx_json_end_object(json);
    g_string_append_c(out, '\n');
}
