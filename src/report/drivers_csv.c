/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/drivers.h"

static const char header[] =
    "journey,part,transaction,point,title,outcome,left_out,persons,pairs_least,rank,named,"
    "correlation,correlation_lo,correlation_hi,share,share_lo,share_hi,mood_share,beyond_mood,"
    "beyond_mood_lo,beyond_mood_hi,below_persons,below,below_lo,below_hi,above_persons,above,"
    "above_lo,above_hi,shape\n";

static void add_numbers(GString *out, const struct plx_driver *d)
{
    plx_csv_number(out, d->correlation);
    plx_csv_interval(out, d->correlation_ci);
    plx_csv_number(out, d->share);
    plx_csv_interval(out, d->share_ci);
    plx_csv_number(out, d->mood_share);
    plx_csv_number(out, d->beyond);
    plx_csv_interval(out, d->beyond_ci);
    plx_csv_count(out, d->low_persons);
    plx_csv_number(out, d->penalty);
    plx_csv_interval(out, d->penalty_ci);
    plx_csv_count(out, d->high_persons);
    plx_csv_number(out, d->reward);
    plx_csv_interval(out, d->reward_ci);
    plx_csv_text(out, plx_driver_shape_code(d->shape));
}

static void add_row(GString *out, const plx_drivers *drivers, const struct plx_drivers_part *p,
                    const struct plx_driver *d)
{
    plx_csv_first(out, p->journey);
    plx_csv_text(out, p->transaction);
    plx_csv_text(out, d->transaction);
    plx_csv_text(out, d->point);
    plx_csv_text(out, d->title);
    plx_csv_text(out, drivers->outcome);
    plx_csv_text(out, plx_driver_state_code(d->state));
    plx_csv_count(out, d->persons);
    plx_csv_count(out, d->pairs_least);
    plx_csv_count(out, d->rank ? (gint64)d->rank : PLX_NO_COUNT);
    plx_csv_flag(out, d->named);
    add_numbers(out, d);
    g_string_append_c(out, '\n');
}

void plx_drivers_csv(const plx_drivers *drivers, GString *out)
{
    g_string_append(out, header);
    for (guint p = 0; p < drivers->n_parts; p++)
        for (guint i = 0; i < drivers->parts[p].n_points; i++)
            add_row(out, drivers, &drivers->parts[p], &drivers->parts[p].points[i]);
}
