/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/ledger.h"

#include "base/json.h"

static void put_names(plx_json *json, const plx_map *map, gint point)
{
    const struct plx_point *const p = point < 0 ? NULL : &map->points[point];
    plx_json_string(json, "value", p && p->value >= 0 ? plx_value_name(p->value) : NULL);
    plx_json_begin_array(json, "senses");
    for (guint s = PLX_SENSE_SEE; p && s <= PLX_SENSE_FEEL; s *= 2)
        if (p->senses & s)
            plx_json_string(json, NULL, plx_sense_name((enum plx_sense)s));
    plx_json_end_array(json);
    plx_json_string(json, "effort", p && p->effort >= 0 ? plx_effort_name(p->effort) : NULL);
}

/* A number and its interval, null where it is not known. */
static void put_estimate(plx_json *json, const char *key, double value, struct plx_interval ci)
{
    plx_json_begin_object(json, key);
    plx_json_number(json, "value", value);
    plx_json_numbers(json, "ci", (const double[]){ci.lo, ci.hi}, 2);
    plx_json_end_object(json);
}

static void put_entry(plx_json *json, const plx_map *map, const struct plx_ledger_entry *entry)
{
    const struct plx_step_plan *const plan = entry->step->plan;
    const plx_trial *const trial = entry->trial;
    plx_json_begin_object(json, NULL);
    plx_json_integer(json, "step", entry->step->id);
    plx_json_string(json, "state", plx_step_state_name(entry->step->state));
    plx_json_string(json, "point", plan->point);
    plx_json_string(json, "title", trial->title);
    plx_json_integer(json, "from", plan->from);
    plx_json_integer(json, "to", plan->to);
    plx_json_string(json, "repair", plx_step_repair_name(plan->repair));
    put_names(json, map, entry->point);
    plx_json_string(json, "outcome", entry->outcome);
    plx_json_string(json, "contrast", entry->above ? "above_desired" : "below_expected");
    put_estimate(json, "associated", entry->associated, entry->associated_ci);
    plx_json_string(json, "verdict", plx_step_verdict_code(trial->decision.verdict));
    plx_json_boolean(json, "judged", entry->judged);
    plx_json_boolean(json, "given_up", trial->given_up);
    put_estimate(json, "change", trial->decision.change.estimate, trial->decision.change.ci);
    put_estimate(json, "whole", trial->whole.estimate, trial->whole.ci);
    plx_json_string(json, "keep", plx_trial_keep_code(trial->keep));
    plx_json_end_object(json);
}

static void put_group(plx_json *json, const struct plx_ledger_group *group)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "kind", plx_ledger_kind_code(group->kind));
    plx_json_string(json, "name", *group->name ? group->name : NULL);
    plx_json_integer(json, "steps", group->steps);
    plx_json_integer(json, "judged", group->judged);
    plx_json_integer(json, "up", group->up);
    plx_json_integer(json, "not_shown", group->not_shown);
    plx_json_integer(json, "down", group->down);
    plx_json_number(json, "change", group->change);
    plx_json_number(json, "associated", group->associated);
    plx_json_numbers(json, "apart", (const double[]){group->apart.lo, group->apart.hi}, 2);
    plx_json_boolean(json, "stands_out", group->stands_out);
    plx_json_end_object(json);
}

void plx_ledger_json(const plx_ledger *ledger, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.ledger/1");
    plx_json_integer(json, "judged", ledger->judged);
    plx_json_integer(json, "up", ledger->up);
    plx_json_integer(json, "not_shown", ledger->not_shown);
    plx_json_integer(json, "down", ledger->down);
    plx_json_integer(json, "looks_up", ledger->looks_up);
    plx_json_integer(json, "given_up", ledger->given_up);
    plx_json_begin_array(json, "steps");
    for (guint i = 0; i < ledger->n; i++)
        put_entry(json, ledger->map, &ledger->entries[i]);
    plx_json_end_array(json);
    plx_json_number(json, "level", ledger->level);
    plx_json_begin_array(json, "kinds");
    for (guint i = 0; i < ledger->n_groups; i++)
        put_group(json, &ledger->groups[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}
