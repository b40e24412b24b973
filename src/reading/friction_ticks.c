/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was ticked on the card of the whole journey, point by point. */

#include "reading/friction_exact.h"

struct plx_friction_ticks plx_friction_no_ticks(void)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    return (struct plx_friction_ticks){.n = PLX_NO_COUNT,
                                       .persons = PLX_NO_COUNT,
                                       .fell_short = PLX_NAN,
                                       .delighted = PLX_NAN,
                                       .fell_short_ci = none,
                                       .delighted_ci = none,
                                       .absent_n = PLX_NO_COUNT,
                                       .absent = PLX_NO_COUNT,
                                       .absent_share = PLX_NAN,
                                       .absent_ci = none};
}

/* Who it did not happen to is counted by ticks, not by persons: there is no interval for people who
 * ticked several cards. */
static void fill_absent(const struct plx_tally *tally, struct plx_friction_ticks *ticks)
{
    const guint64 n = tally->total + tally->na;
    ticks->absent_n = (gint64)n;
    ticks->absent = (gint64)tally->na;
    ticks->absent_share = (double)tally->na / (double)n;
    if (!tally->repeats && !tally->w)
        ticks->absent_ci = plx_wilson((double)tally->na, (double)n, 0.95, FALSE);
}

static void fill_ticks(const struct plx_friction_exact *exact, const struct plx_tally *tally,
                       struct plx_friction_ticks *ticks)
{
    if (!plx_reach_allows(&exact->reach, tally->persons)) {
        ticks->suppressed = exact->reach.hidden ? exact->reach.hidden : PLX_HIDDEN_FEW;
        return;
    }
    const struct plx_distribution d = plx_tally_distribution(
        tally, plx_friction_complete(exact, tally), exact->out->about.memory);
    const struct plx_share fell_short = plx_share(&d, 0, 0, 0.95);
    const struct plx_share delighted = plx_share(&d, d.k - 1, d.k - 1, 0.95);
    ticks->n = (gint64)tally->total;
    ticks->persons = (gint64)tally->persons;
    ticks->fell_short = fell_short.p;
    ticks->fell_short_ci = fell_short.ci;
    ticks->delighted = delighted.p;
    ticks->delighted_ci = delighted.ci;
    fill_absent(tally, ticks);
}

void plx_friction_take_ticks(const struct plx_friction_exact *exact)
{
    for (guint p = 0; p < exact->out->n_points; p++) {
        const struct plx_cell *cell = exact->cells[p];
        const struct plx_tally *tally = cell ? plx_cell_tally(cell, PLX_MEASURE_CARD) : NULL;
        if (tally && tally->total + tally->na > 0)
            fill_ticks(exact, tally, &exact->out->points[p].ticks);
    }
}
