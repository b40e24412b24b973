/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/journey.h"

static const char header[] =
    "journey,transaction,point,title,n,persons,na,declined,below,below_lo,below_hi,met,reach,"
    "bad_moments,bad_moments_lo,bad_moments_hi,part,most,stands_out,mean,mean_lo,mean_hi,"
    "still_fine_n,still_fine,still_fine_lo,still_fine_hi,falls,falls_most,suppressed\n";

static void add_share(GString *out, const struct plx_trip_share *share)
{
    plx_csv_count(out, share->n ? (gint64)share->n : PLX_NO_COUNT);
    plx_csv_number(out, share->p);
    plx_csv_interval(out, share->ci);
}

static void add_point(GString *out, const struct plx_way *way, const struct plx_way_point *p)
{
    plx_csv_first(out, way->id);
    plx_csv_text(out, p->transaction);
    plx_csv_text(out, p->id);
    plx_csv_text(out, p->title);
    plx_csv_count(out, p->n);
    plx_csv_count(out, p->persons);
    plx_csv_count(out, p->na);
    plx_csv_count(out, p->declined);
    plx_csv_number(out, p->below);
    plx_csv_interval(out, p->below_ci);
    plx_csv_number(out, p->met);
    plx_csv_number(out, p->reach);
    plx_csv_number(out, p->bad);
    plx_csv_interval(out, p->bad_ci);
    plx_csv_number(out, p->part);
    plx_csv_flag(out, p->most);
    plx_csv_flag(out, p->stands_out);
    plx_csv_number(out, p->mean);
    plx_csv_interval(out, p->mean_ci);
    add_share(out, &p->still_fine);
    plx_csv_number(out, p->falls.p);
    plx_csv_flag(out, p->falls_most);
    plx_csv_text(out, plx_suppression_code(p->suppressed));
    g_string_append_c(out, '\n');
}

/* The journey as a whole: no point. `mean` is that of `overall`, `still_fine` after the last point.
 */
static void add_way(GString *out, const struct plx_way *way)
{
    plx_csv_first(out, way->id);
    plx_csv_nothing(out, 2);
    plx_csv_text(out, way->title);
    plx_csv_count(out, way->whole.n);
    plx_csv_count(out, way->whole.persons);
    plx_csv_nothing(out, 2);
    plx_csv_number(out, way->whole.below);
    plx_csv_interval(out, way->whole.below_ci);
    plx_csv_nothing(out, 2);
    plx_csv_number(out, way->bad);
    plx_csv_interval(out, way->bad_ci);
    plx_csv_nothing(out, 3);
    plx_csv_number(out, way->whole.mean);
    plx_csv_interval(out, way->whole.mean_ci);
    add_share(out, &way->fine.known);
    plx_csv_nothing(out, 3);
    g_string_append_c(out, '\n');
}

void plx_journey_csv(const plx_ways *ways, GString *out)
{
    g_string_append(out, header);
    for (guint w = 0; w < ways->n; w++) {
        add_way(out, &ways->ways[w]);
        for (guint i = 0; i < ways->ways[w].n_points; i++)
            add_point(out, &ways->ways[w], &ways->ways[w].points[i]);
    }
}
