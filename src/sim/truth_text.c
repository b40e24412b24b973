/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/outcome.h"

#include <math.h>
#include <string.h>

static void put_percent(GString *out, double share)
{
    g_string_append_printf(out, "%5.0f %%", 100 * share);
}

static void put_mean(GString *out, double mean)
{
    if (isnan(mean))
        g_string_append_printf(out, "%8s", "-");
    else
        g_string_append_printf(out, "%8.1f", mean);
}

static void put_points(const struct plx_truth *truth, GString *out)
{
    g_string_append(out, "                              mean level            Desired or better\n"
                         "point                   leaders   staff  shopp.  custom.  custom.  "
                         "leaders think\n");
    for (guint p = 0; p < truth->n_points; p++) {
        const struct plx_outcome_levels customer =
            plx_outcome_customers(truth, p, plx_outcome_everybody);
        g_string_append_printf(out, "%-22s", truth->points[p].id);
        put_mean(out, plx_outcome_leaders(truth, p).mean);
        put_mean(out, plx_outcome_staff(truth, p).mean);
        put_mean(out, plx_outcome_shoppers(truth, p).mean);
        put_mean(out, customer.mean);
        g_string_append(out, "  ");
        put_percent(out, customer.desired);
        g_string_append(out, "     ");
        put_percent(out, plx_outcome_believed(truth, p));
        g_string_append_c(out, '\n');
    }
}

/* Two decimals without "-0.00". */
static double hundredths(double value)
{
    return floor(100 * value + 0.5) / 100 + 0.0;
}

static void put_change(const struct plx_truth *truth, const struct plx_truth_change *change,
                       const char *what, GString *out)
{
    char month[8];
    plx_truth_month_name(truth, change->start, month);
    const struct plx_outcome_change outcome = plx_outcome_change(truth, change);
    g_string_append_printf(out,
                           "  %s: %s, since %s.\n    %s.\n    Treated places %+.2f, comparison "
                           "places %+.2f: difference %+.2f levels.\n",
                           what, change->point, month, change->about, hundredths(outcome.naive),
                           hundredths(outcome.comparison_after - outcome.comparison_before),
                           hundredths(outcome.difference));
}

static void put_journeys(const struct plx_truth *truth, const struct plx_outcome *outcome,
                         GString *out)
{
    for (guint j = 0; j < truth->n_journeys; j++) {
        const struct plx_outcome_journey *o = &outcome->journeys[j];
        g_string_append_printf(out,
                               "  Journey '%s': overall %.1f, its points from %.1f up; %.1f bad "
                               "moments each,\n    %.0f %% have none.\n",
                               truth->journeys[j].id, o->overall, o->worst_point, o->bad,
                               100 * o->all_fine);
    }
}

void plx_truth_text(const struct plx_truth *truth, const plx_map *map, GString *out)
{
    const struct plx_outcome outcome = plx_outcome(truth, map);
    char since[8], until[8];
    plx_truth_month_name(truth, 0, since);
    plx_truth_month_name(truth, PLX_TRUTH_MONTHS - 1, until);
    g_string_append_printf(
        out, "The truth behind the demo, %s to %s: what everybody would say.\n\n", since, until);
    put_points(truth, out);
    g_string_append_printf(out, "\nHidden in it:\n  Leaders see least at: %s.\n",
                           truth->blind_point);
    g_string_append_printf(out, "  Hard to get on at: %s.\n", truth->friction_point);
    g_string_append_printf(out, "  A promise not kept: '%s', kept for %.0f %%.\n",
                           truth->promise.id, 100 * (1 - truth->promise.late));
    g_string_append_printf(out, "  Now good, now bad, on average like others: %s.\n",
                           truth->inconsistent_place);
    put_change(truth, &truth->real, "A real improvement", out);
    put_change(truth, &truth->apparent, "One that only looks like one", out);
    put_journeys(truth, &outcome, out);
    g_string_append_printf(
        out,
        "  Best step up: one level more at '%s' (%s) adds %.2f to the mean\n    overall; the "
        "second, '%s', %.2f.\n",
        truth->points[outcome.best].id,
        plx_effort_name(
            map->points[plx_map_find_point(map, truth->points[outcome.best].id)].effort),
        outcome.gain[outcome.best], truth->points[outcome.second].id, outcome.gain[outcome.second]);
}
