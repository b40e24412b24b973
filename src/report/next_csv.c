/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "report/csv_cells.h"
#include "report/next.h"

static const char header[] =
    "rank,rank_best,rank_worst,first,recommended,point,title,from,to,repair,promise,n,persons,"
    "below_to,below_to_lo,below_to_hi,below_met,below_met_lo,below_met_hi,touched,short,"
    "short_shrunken,leaders_unaware,staff_unaware,effort,whole_named,product,answers_needed,"
    "weeks\n";

static void add_order(GString *out, const struct plx_proposal *p)
{
    plx_csv_number(out, p->touched);
    plx_csv_number(out, p->shortfall);
    plx_csv_number(out, p->shrunken);
    plx_csv_flag(out, p->leaders_unaware);
    plx_csv_flag(out, p->staff_unaware);
    plx_csv_text(out, plx_effort_name(p->effort));
    if (p->driver)
        plx_csv_flag(out, p->driver->named);
    else
        plx_csv_nothing(out, 1);
    plx_csv_number(out, p->score);
    plx_csv_number(out, p->answers_needed);
    plx_csv_number(out, p->weeks);
}

static void add_row(GString *out, const plx_next *next, const struct plx_proposal *p)
{
    g_string_append_printf(out, "%u", p->rank);
    plx_csv_count(out, p->rank_best ? (gint64)p->rank_best : PLX_NO_COUNT);
    plx_csv_count(out, p->rank_worst ? (gint64)p->rank_worst : PLX_NO_COUNT);
    plx_csv_number(out, p->rank_best ? p->first : PLX_NAN);
    plx_csv_flag(out, p == next->recommended);
    plx_csv_text(out, p->point);
    plx_csv_text(out, p->title);
    plx_csv_count(out, p->from);
    plx_csv_count(out, p->to);
    plx_csv_text(out, plx_step_repair_name(p->repair));
    plx_csv_text(out, p->promise ? p->promise->promise : NULL);
    plx_csv_count(out, p->voice->n);
    plx_csv_count(out, p->voice->persons);
    plx_csv_number(out, p->below);
    plx_csv_interval(out, p->below_ci);
    plx_csv_number(out, p->below_met);
    plx_csv_interval(out, p->below_met_ci);
    add_order(out, p);
    g_string_append_c(out, '\n');
}

void plx_next_csv(const plx_next *next, GString *out)
{
    g_string_append(out, header);
    for (guint i = 0; i < next->n; i++)
        add_row(out, next, &next->proposals[i]);
}
