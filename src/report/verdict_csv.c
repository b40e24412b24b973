/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/verdict.h"

static const char *side_name(gboolean treated)
{
    return treated ? "treated" : "comparison";
}

static void put_figure(GString *out, const struct plx_trial_figure *figure)
{
    plx_csv_count(out, figure->n);
    plx_csv_count(out, figure->persons);
    plx_csv_number(out, figure->mean);
    plx_csv_number(out, figure->reached);
}

static void put_place(GString *out, const plx_trial *trial, const struct plx_trial_place *place,
                      gboolean after)
{
    plx_csv_first(out, "place");
    plx_csv_text(out, place->name);
    plx_csv_text(out, side_name(place->treated));
    plx_csv_text(out, after ? "after" : "before");
    plx_csv_day(out, after ? trial->start : trial->baseline);
    plx_csv_day(out, (after ? trial->until : trial->start) - 1);
    put_figure(out, after ? &place->after : &place->before);
    plx_csv_flag(out, place->counts);
    plx_csv_number(out, place->change);
    g_string_append_c(out, '\n');
}

static void put_week(GString *out, const struct plx_trial_week *week, guint side)
{
    plx_csv_first(out, "week");
    plx_csv_text(out, week->key);
    plx_csv_text(out, side_name(side == 0));
    plx_csv_nothing(out, 1);
    plx_csv_day(out, week->monday);
    plx_csv_day(out, week->monday + 6);
    put_figure(out, &week->side[side]);
    plx_csv_nothing(out, 2);
    g_string_append_c(out, '\n');
}

void plx_verdict_csv(const plx_trial *trial, GString *out)
{
    const guint sides = trial->step->plan->compare[0] ? 2 : 1;
    g_string_append(out, "row,name,side,period,first,last,n,persons,mean,reached,counts,change\n");
    for (guint i = 0; i < trial->n_places; i++)
        for (guint after = 0; after < 2; after++)
            put_place(out, trial, &trial->places[i], after != 0);
    for (guint i = 0; i < trial->n_weeks; i++)
        for (guint side = 0; side < sides; side++)
            put_week(out, &trial->weeks[i], side);
}
