/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/journey.h"

#include "report/about.h"
#include "report/json_parts.h"

#include <math.h>

static void write_share(plx_json *json, const char *key, const struct plx_trip_share *share)
{
    if (share->n == 0) {
        plx_json_null(json, key);
        return;
    }
    plx_json_begin_object(json, key);
    plx_json_integer(json, "n", (gint64)share->n);
    plx_json_integer(json, "persons", (gint64)share->units);
    plx_json_integer(json, "count", (gint64)share->x);
    plx_json_number(json, "share", share->p);
    plx_json_interval(json, "ci", share->ci);
    plx_json_end_object(json);
}

static void write_point(plx_json *json, const struct plx_way_point *p)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "point", p->id);
    plx_json_string(json, "title", p->title);
    plx_json_string(json, "transaction", p->transaction);
    plx_json_count(json, "n", p->n);
    plx_json_count(json, "persons", p->persons);
    plx_json_count(json, "na", p->na);
    plx_json_count(json, "declined", p->declined);
    plx_json_number(json, "below", p->below);
    plx_json_interval(json, "below_ci", p->below_ci);
    plx_json_number(json, "met", p->met);
    plx_json_number(json, "reach", p->reach);
    plx_json_number(json, "bad_moments", p->bad);
    plx_json_interval(json, "bad_moments_ci", p->bad_ci);
    plx_json_interval(json, "bad_moments_ci_adjusted", p->bad_ci_adjusted);
    plx_json_number(json, "part", p->part);
    plx_json_boolean(json, "most", p->most);
    plx_json_boolean(json, "stands_out", p->stands_out);
    plx_json_number(json, "mean", p->mean);
    plx_json_interval(json, "mean_ci", p->mean_ci);
    write_share(json, "still_fine", &p->still_fine);
    write_share(json, "falls", &p->falls);
    plx_json_boolean(json, "falls_most", p->falls_most);
    plx_json_string(json, "suppressed", plx_suppression_code(p->suppressed));
    plx_json_end_object(json);
}

static void write_sum(plx_json *json, const struct plx_way *way)
{
    static const char *const methods[] = {"linked", "independent", "bound"};
    const gboolean exists = !isnan(way->bad);
    plx_json_begin_object(json, "bad_moments");
    plx_json_number(json, "per_journey", way->bad);
    plx_json_interval(json, "ci", way->bad_ci);
    plx_json_string(json, "interval", exists ? methods[way->bad_method] : NULL);
    plx_json_integer(json, "points", way->n_shown);
    plx_json_string(json, "reach", way->reach_known ? "asked_p" : "all");
    plx_json_end_object(json);
}

static void write_fine(plx_json *json, const struct plx_way *way)
{
    plx_json_begin_object(json, "everything_fine");
    plx_json_string(json, "state", plx_way_state_code(way->fine_state));
    plx_json_integer(json, "journeys", way->trips);
    plx_json_number(json, "marks", way->marks);
    write_share(json, "known", &way->fine.known);
    write_share(json, "rated", &way->fine.rated);
    plx_json_end_object(json);
}

static void write_rule(plx_json *json, const struct plx_way *way, guint k)
{
    const struct plx_trip_rule_fit *fit = &way->rules.fit[k];
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "rule", plx_way_rule_code((enum plx_trip_rule)k));
    plx_json_number(json, "r_squared", fit->r_squared);
    plx_json_interval(json, "ci", fit->ci);
    plx_json_number(json, "correlation", fit->correlation);
    plx_json_number(json, "behind", fit->behind);
    plx_json_interval(json, "behind_ci", fit->behind_ci);
    plx_json_boolean(json, "tied", fit->tied);
    plx_json_end_object(json);
}

static const char *rules_verdict(const struct plx_way *way)
{
    if (way->rules_state != PLX_WAY_SHOWN)
        return NULL;
    if (!(way->rules.fit[way->rules.best].ci.lo > 0))
        return "none";
    if (!way->rules_known)
        return "asked_in_part";
    return way->rules.alone ? "one_rule" : "cannot_tell";
}

static void write_rules(plx_json *json, const struct plx_way *way)
{
    const gboolean shown = way->rules_state == PLX_WAY_SHOWN;
    plx_json_begin_object(json, "rules");
    plx_json_string(json, "state", plx_way_state_code(way->rules_state));
    plx_json_string(json, "verdict", rules_verdict(way));
    plx_json_string(json, "best",
                    shown ? plx_way_rule_code((enum plx_trip_rule)way->rules.best) : NULL);
    plx_json_count(json, "n", shown ? (gint64)way->rules.n : PLX_NO_COUNT);
    plx_json_count(json, "persons", shown ? (gint64)way->rules.units : PLX_NO_COUNT);
    plx_json_number(json, "marks", shown ? way->rules.marks : (double)NAN);
    plx_json_begin_array(json, "rules");
    for (guint k = 0; shown && k < PLX_RULES; k++)
        write_rule(json, way, k);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_apart(plx_json *json, const struct plx_way *way)
{
    const gboolean shown = way->apart_state == PLX_WAY_SHOWN;
    plx_json_begin_object(json, "apart");
    plx_json_string(json, "state", plx_way_state_code(way->apart_state));
    plx_json_boolean(json, "every_point_known", shown && way->apart_known);
    plx_json_count(json, "n", shown ? (gint64)way->apart.n : PLX_NO_COUNT);
    write_share(json, "fine_but_bad", &way->apart.fine_bad);
    write_share(json, "fine_but_bad_of_all", &way->apart.of_all);
    write_share(json, "bad_but_good", &way->apart.bad_good);
    plx_json_end_object(json);
}

static void write_whole(plx_json *json, const struct plx_way *way)
{
    plx_json_begin_object(json, "overall");
    plx_json_string(json, "state", plx_way_state_code(way->whole.state));
    plx_json_count(json, "n", way->whole.n);
    plx_json_count(json, "persons", way->whole.persons);
    plx_json_number(json, "mean", way->whole.mean);
    plx_json_interval(json, "mean_ci", way->whole.mean_ci);
    plx_json_number(json, "below", way->whole.below);
    plx_json_interval(json, "below_ci", way->whole.below_ci);
    plx_json_end_object(json);
    plx_json_begin_object(json, "cards");
    plx_json_string(json, "state", plx_way_state_code(way->cards.state));
    plx_json_count(json, "n", way->cards.n);
    plx_json_count(json, "persons", way->cards.persons);
    plx_json_number(json, "fell_short", way->cards.short_share);
    plx_json_interval(json, "fell_short_ci", way->cards.short_ci);
    plx_json_number(json, "delighted", way->cards.delighted_share);
    plx_json_interval(json, "delighted_ci", way->cards.delighted_ci);
    plx_json_end_object(json);
}

static void write_way(plx_json *json, const struct plx_way *way)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "journey", way->id);
    plx_json_string(json, "title", way->title);
    plx_json_string(json, "state", plx_way_state_code(way->state));
    plx_json_boolean(json, "ordered", way->ordered);
    write_sum(json, way);
    write_fine(json, way);
    write_rules(json, way);
    write_apart(json, way);
    write_whole(json, way);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < way->n_points; i++)
        write_point(json, &way->points[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

static void write_method(plx_json *json)
{
    plx_json_begin_object(json, "method");
    plx_json_string(json, "below", "wilson");
    plx_json_string(json, "bad_moments", "linearised over persons, score interval");
    plx_json_string(json, "stands_out", "bonferroni over points");
    plx_json_integer(json, "folds", PLX_RULE_FOLDS);
    plx_json_number(json, "rule_margin", PLX_RULE_MARGIN);
    plx_json_string(json, "rules", "bonferroni over pairs");
    plx_json_end_object(json);
}

void plx_journey_json(const plx_ways *ways, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &ways->about, "journey");
    plx_json_string(json, "measure", ways->measure);
    plx_json_scale(json, ways->scale);
    plx_json_string(json, "linked_by", ways->by_person ? "respondent" : "encounter");
    write_method(json);
    plx_json_begin_array(json, "journeys");
    for (guint i = 0; i < ways->n; i++)
        write_way(json, &ways->ways[i]);
    plx_json_end_array(json);
    plx_about_json_notes(json, &ways->about);
    plx_json_end_object(json);
    if (!out->len || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
