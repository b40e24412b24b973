/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/ledger.h"

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "map/map_owner.h"
#include "stats/share.h"

#include <math.h>
#include <string.h>

const char *plx_ledger_kind_code(enum plx_ledger_kind kind)
{
    static const char *const codes[] = {"value", "sense", "effort", "repair"};
    return codes[kind];
}

void plx_ledger_free(plx_ledger *ledger)
{
    if (!ledger)
        return;
    g_free(ledger->entries);
    g_free(ledger->groups);
    g_ptr_array_unref(ledger->trials);
    g_free(ledger);
}

/* What went with the whole before ------------------------------------------------------------ */

static const struct plx_driver *find_driver(const plx_drivers *drivers, gint point)
{
    for (guint p = 0; p < drivers->n_parts; p++)
        for (guint i = 0; i < drivers->parts[p].n_points; i++) {
            const struct plx_driver *const driver = &drivers->parts[p].points[i];
            if (driver->map_point == point && driver->state == PLX_DRIVER_SHOWN)
                return driver;
        }
    return NULL;
}

static gboolean leads_above_desired(const plx_trial *trial)
{
    const struct plx_scale *const scale = trial->scale;
    const gint to = trial->step->plan->to;
    if (!scale || scale->desired == PLX_NO_CUT)
        return FALSE;
    return scale->down ? to < scale->desired : to > scale->desired;
}

/* A rating of the whole that is higher by so much where the answer to the point is better. */
static void take_driver(struct plx_ledger_entry *entry, const struct plx_driver *driver,
                        const char *outcome)
{
    const double value = entry->above ? driver->reward : -driver->penalty;
    const struct plx_interval low = {-driver->penalty_ci.hi, -driver->penalty_ci.lo};
    if (!isfinite(value))
        return;
    entry->associated = value;
    entry->associated_ci = entry->above ? driver->reward_ci : low;
    entry->outcome = g_str_equal(outcome, "overall") ? "overall" : "recommend";
}

static gboolean look_before(struct plx_ledger_entry *entry, plx_source *source,
                            const struct plx_trial_options *asked, GError **error)
{
    char until[PLX_DATE_SIZE];
    g_autoptr(GError) failure = NULL;
    plx_date_format(MIN(entry->step->plan->start, asked->today) - 1, until);
    const struct plx_gaps_options options = {.until = until, .seed = asked->seed};
    if (entry->point < 0)
        return TRUE;
    g_autoptr(plx_drivers) drivers = plx_drivers_read(source, &options, &failure);
    if (!drivers && !plx_error_is_nothing(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    const struct plx_driver *const driver = drivers ? find_driver(drivers, entry->point) : NULL;
    if (driver)
        take_driver(entry, driver, drivers->outcome);
    return TRUE;
}

/* One step ----------------------------------------------------------------------------------- */

static gboolean is_judged(const plx_trial *trial)
{
    const enum plx_step_verdict verdict = trial->decision.verdict;
    return verdict == PLX_STEP_UP || verdict == PLX_STEP_DOWN ||
           (verdict == PLX_STEP_NOT_SHOWN && trial->decision.weakness == 0);
}

static gint point_today(const plx_map *map, const char *id)
{
    const struct plx_owner owner = plx_map_resolve(map, PLX_SUBJECT_POINT, id);
    return owner.state == PLX_OWNER_CURRENT ? (gint)owner.index : -1;
}

static void free_trial(gpointer trial)
{
    plx_trial_free(trial);
}

static gboolean read_entry(plx_ledger *ledger, struct plx_ledger_entry *entry, plx_source *source,
                           const struct plx_trial_options *options, GError **error)
{
    plx_trial *const trial = plx_trial_read(source, entry->step, options, error);
    if (!trial)
        return FALSE;
    g_ptr_array_add(ledger->trials, trial);
    entry->trial = trial;
    entry->point = point_today(ledger->map, entry->step->plan->point);
    entry->above = leads_above_desired(trial);
    entry->judged = is_judged(trial);
    entry->associated = PLX_NAN;
    entry->associated_ci = (struct plx_interval){PLX_NAN, PLX_NAN};
    return look_before(entry, source, options, error);
}

/* Kinds of steps ----------------------------------------------------------------------------- */

static void count(struct plx_ledger_group *group, const struct plx_ledger_entry *entry,
                  double sums[2], guint known[2])
{
    const enum plx_step_verdict verdict = entry->trial->decision.verdict;
    group->steps++;
    if (!entry->judged)
        return;
    group->judged++;
    group->up += verdict == PLX_STEP_UP ? 1 : 0;
    group->down += verdict == PLX_STEP_DOWN ? 1 : 0;
    group->not_shown += verdict == PLX_STEP_NOT_SHOWN ? 1 : 0;
    const double values[2] = {entry->trial->decision.change.estimate, entry->associated};
    for (guint i = 0; i < 2; i++)
        if (isfinite(values[i])) {
            sums[i] += values[i];
            known[i]++;
        }
}

/* Is the step of the kind `code`, a bit or value as the map has it? -1: not set. */
static gboolean belongs(const plx_map *map, const struct plx_ledger_entry *entry,
                        enum plx_ledger_kind kind, gint code)
{
    const struct plx_point *const point = entry->point < 0 ? NULL : &map->points[entry->point];
    switch (kind) {
    case PLX_LEDGER_VALUE:
        return (point ? point->value : -1) == code;
    case PLX_LEDGER_SENSE:
        return code < 0 ? !point || point->senses == 0 : point && (point->senses & (guint)code);
    case PLX_LEDGER_EFFORT:
        return (point ? point->effort : -1) == code;
    case PLX_LEDGER_REPAIR:
    default:
        return (gint)entry->step->plan->repair == code;
    }
}

static void add_group(const plx_ledger *ledger, GArray *groups, enum plx_ledger_kind kind,
                      gint code, const char *name)
{
    struct plx_ledger_group group = {.kind = kind, .name = name};
    double sums[2] = {0, 0};
    guint known[2] = {0, 0};
    for (guint i = 0; i < ledger->n; i++)
        if (belongs(ledger->map, &ledger->entries[i], kind, code))
            count(&group, &ledger->entries[i], sums, known);
    group.change = known[0] ? sums[0] / known[0] : PLX_NAN;
    group.associated = known[1] ? sums[1] / known[1] : PLX_NAN;
    if (group.steps > 0)
        g_array_append_val(groups, group);
}

static void compare_groups(plx_ledger *ledger)
{
    guint tests = 0;
    for (guint i = 0; i < ledger->n_groups; i++)
        tests += ledger->groups[i].judged > 0 && ledger->groups[i].judged < ledger->judged ? 1 : 0;
    ledger->level = 1 - PLX_LEDGER_ALPHA / MAX(tests, 1);
    for (guint i = 0; i < ledger->n_groups; i++) {
        struct plx_ledger_group *const group = &ledger->groups[i];
        group->apart = (struct plx_interval){PLX_NAN, PLX_NAN};
        if (group->judged == 0 || group->judged == ledger->judged)
            continue;
        group->apart = plx_newcombe(group->up, group->judged, ledger->up - group->up,
                                    ledger->judged - group->judged, ledger->level, FALSE);
        group->stands_out = group->apart.lo > 0 || group->apart.hi < 0;
    }
}

static void find_groups(plx_ledger *ledger)
{
    GArray *const groups = g_array_new(FALSE, TRUE, sizeof(struct plx_ledger_group));
    for (gint v = PLX_VALUE_PRODUCT; v <= PLX_VALUE_RELATIONSHIP; v++)
        add_group(ledger, groups, PLX_LEDGER_VALUE, v, plx_value_name(v));
    add_group(ledger, groups, PLX_LEDGER_VALUE, -1, "");
    for (gint s = PLX_SENSE_SEE; s <= PLX_SENSE_FEEL; s *= 2)
        add_group(ledger, groups, PLX_LEDGER_SENSE, s, plx_sense_name((enum plx_sense)s));
    add_group(ledger, groups, PLX_LEDGER_SENSE, -1, "");
    for (gint e = PLX_EFFORT_TODAY; e <= PLX_EFFORT_PROJECT; e++)
        add_group(ledger, groups, PLX_LEDGER_EFFORT, e, plx_effort_name(e));
    add_group(ledger, groups, PLX_LEDGER_EFFORT, -1, "");
    for (gint r = PLX_STEP_DELIVERY; r <= PLX_STEP_PROMISE; r++)
        add_group(ledger, groups, PLX_LEDGER_REPAIR, r,
                  plx_step_repair_name((enum plx_step_repair)r));
    ledger->n_groups = groups->len;
    ledger->groups = (struct plx_ledger_group *)g_array_free(groups, FALSE);
    compare_groups(ledger);
}

/* All ---------------------------------------------------------------------------------------- */

static void count_all(plx_ledger *ledger)
{
    for (guint i = 0; i < ledger->n; i++) {
        const struct plx_ledger_entry *const entry = &ledger->entries[i];
        const enum plx_step_verdict verdict = entry->trial->decision.verdict;
        ledger->given_up += entry->trial->given_up ? 1 : 0;
        ledger->looks_up += verdict == PLX_STEP_LOOKS_UP ? 1 : 0;
        if (!entry->judged)
            continue;
        ledger->judged++;
        ledger->up += verdict == PLX_STEP_UP ? 1 : 0;
        ledger->down += verdict == PLX_STEP_DOWN ? 1 : 0;
        ledger->not_shown += verdict == PLX_STEP_NOT_SHOWN ? 1 : 0;
    }
}

plx_ledger *plx_ledger_read(plx_source *source, const GPtrArray *steps,
                            const struct plx_trial_options *options, GError **error)
{
    g_autoptr(plx_ledger) ledger = g_new0(plx_ledger, 1);
    ledger->trials = g_ptr_array_new_with_free_func(free_trial);
    ledger->map = source->map;
    ledger->n = steps->len;
    ledger->entries = g_new0(struct plx_ledger_entry, MAX(steps->len, 1));
    for (guint i = 0; i < steps->len; i++) {
        ledger->entries[i].step = steps->pdata[i];
        if (!read_entry(ledger, &ledger->entries[i], source, options, error))
            return NULL;
    }
    count_all(ledger);
    find_groups(ledger);
    return g_steal_pointer(&ledger);
}
