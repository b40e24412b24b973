/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/ledger.h"

static void put_senses(GString *out, const struct plx_point *point)
{
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint s = PLX_SENSE_SEE; point && s <= PLX_SENSE_FEEL; s *= 2)
        if (point->senses & s)
            g_string_append_printf(all, "%s%s", all->len ? "; " : "",
                                   plx_sense_name((enum plx_sense)s));
    plx_csv_text(out, all->len ? all->str : NULL);
}

static void put_entry(GString *out, const plx_map *map, const struct plx_ledger_entry *entry)
{
    const struct plx_step_plan *const plan = entry->step->plan;
    const struct plx_point *const p = entry->point < 0 ? NULL : &map->points[entry->point];
    const plx_trial *const trial = entry->trial;
    g_string_append_printf(out, "%" G_GINT64_FORMAT, entry->step->id);
    plx_csv_text(out, plx_step_state_name(entry->step->state));
    plx_csv_text(out, plan->point);
    plx_csv_text(out, trial->title);
    plx_csv_count(out, plan->from);
    plx_csv_count(out, plan->to);
    plx_csv_text(out, plx_step_repair_name(plan->repair));
    plx_csv_text(out, p && p->value >= 0 ? plx_value_name(p->value) : NULL);
    put_senses(out, p);
    plx_csv_text(out, p && p->effort >= 0 ? plx_effort_name(p->effort) : NULL);
    plx_csv_text(out, entry->outcome);
    plx_csv_number(out, entry->associated);
    plx_csv_interval(out, entry->associated_ci);
    plx_csv_text(out, plx_step_verdict_code(trial->decision.verdict));
    plx_csv_flag(out, entry->judged);
    plx_csv_number(out, trial->decision.change.estimate);
    plx_csv_interval(out, trial->decision.change.ci);
    plx_csv_number(out, trial->whole.estimate);
    plx_csv_interval(out, trial->whole.ci);
    plx_csv_text(out, plx_trial_keep_code(trial->keep));
    plx_csv_flag(out, trial->given_up);
    g_string_append_c(out, '\n');
}

void plx_ledger_csv(const plx_ledger *ledger, GString *out)
{
    g_string_append(out, "step,state,point,title,from,to,repair,value,senses,effort,outcome,"
                         "associated,associated_lo,associated_hi,verdict,judged,change,change_lo,"
                         "change_hi,whole,whole_lo,whole_hi,keep,given_up\n");
    for (guint i = 0; i < ledger->n; i++)
        put_entry(out, ledger->map, &ledger->entries[i]);
}
