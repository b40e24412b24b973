/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/friction.h"

#include "report/csv_cells.h"

static const char header[] =
    "by,group,journey,transaction,point,title,rank_best,rank_worst,n,persons,friction,shrunken,"
    "friction_lo,"
    "friction_hi,adjusted_lo,adjusted_hi,below,other,other_n,at_least,suppressed,much,unseen_by";
static const char ticks_header[] =
    ",card_n,card_persons,card_fell_short,card_fell_short_lo,card_fell_short_hi,card_delighted,"
    "card_delighted_lo,card_delighted_hi,card_did_not_happen,card_did_not_happen_lo,"
    "card_did_not_happen_hi,card_did_not_happen_n,card_suppressed";
#define TICKS_COLUMNS 13
static const char *const part_columns[] = {"", "_lo", "_hi", "_n", "_persons", "_suppressed"};

static void add_figure(GString *out, const struct plx_friction_figure *figure)
{
    plx_csv_count(out, figure->n);
    plx_csv_count(out, figure->persons);
    plx_csv_number(out, figure->share);
    plx_csv_number(out, figure->shrunken);
    plx_csv_interval(out, figure->ci);
    plx_csv_interval(out, figure->ci_adjusted);
    plx_csv_number(out, figure->below);
    plx_csv_number(out, figure->other);
    plx_csv_count(out, figure->other_n);
    plx_csv_flag(out, figure->at_least);
    plx_csv_text(out, plx_suppression_code(figure->suppressed));
}

static void add_place(GString *out, const char *by, const char *group,
                      const struct plx_friction_point *point)
{
    plx_csv_first(out, by);
    plx_csv_text(out, group);
    plx_csv_text(out, point->journey);
    plx_csv_text(out, point->transaction);
    plx_csv_text(out, point->point);
    plx_csv_text(out, point->title);
}

static void add_part(GString *out, const struct plx_friction_part *part)
{
    plx_csv_number(out, part->share);
    plx_csv_interval(out, part->ci);
    plx_csv_count(out, part->n);
    plx_csv_count(out, part->persons);
    plx_csv_text(out, plx_suppression_code(part->suppressed));
}

static void add_ticks(GString *out, const struct plx_friction_ticks *ticks)
{
    plx_csv_count(out, ticks->n);
    plx_csv_count(out, ticks->persons);
    plx_csv_number(out, ticks->fell_short);
    plx_csv_interval(out, ticks->fell_short_ci);
    plx_csv_number(out, ticks->delighted);
    plx_csv_interval(out, ticks->delighted_ci);
    plx_csv_number(out, ticks->absent_share);
    plx_csv_interval(out, ticks->absent_ci);
    plx_csv_count(out, ticks->absent_n);
    plx_csv_text(out, plx_suppression_code(ticks->suppressed));
}

static void add_point(GString *out, const plx_friction *friction,
                      const struct plx_friction_point *point)
{
    g_autoptr(GString) unseen = g_string_new(NULL);
    for (guint i = 0; i < point->n_unseen; i++)
        g_string_append_printf(unseen, "%s%s", i ? " " : "",
                               friction->about.map->audiences[point->unseen[i].audience].id);
    add_place(out, NULL, NULL, point);
    plx_csv_count(out, point->rank_best ? (gint64)point->rank_best : PLX_NO_COUNT);
    plx_csv_count(out, point->rank_best ? (gint64)point->rank_worst : PLX_NO_COUNT);
    add_figure(out, &point->figure);
    plx_csv_flag(out, point->much);
    plx_csv_text(out, unseen->str);
    for (guint k = 0; k < PLX_FRICTION_KINDS; k++)
        add_part(out, &point->parts[k]);
    add_ticks(out, &point->ticks);
    g_string_append_c(out, '\n');
}

static void add_group(GString *out, const plx_friction *friction,
                      const struct plx_friction_group *group)
{
    for (guint i = 0; i < group->n_points; i++) {
        add_place(out, friction->about.by, group->key, &friction->points[group->points[i]]);
        plx_csv_nothing(out, 2);
        add_figure(out, &group->figures[i]);
        plx_csv_nothing(out, 2 + PLX_FRICTION_KINDS * G_N_ELEMENTS(part_columns) + TICKS_COLUMNS);
        g_string_append_c(out, '\n');
    }
}

void plx_friction_csv(const plx_friction *friction, GString *out)
{
    g_string_append(out, header);
    for (enum plx_friction_kind k = 0; k < PLX_FRICTION_KINDS; k++)
        for (guint c = 0; c < G_N_ELEMENTS(part_columns); c++)
            g_string_append_printf(out, ",%s%s", plx_friction_code(k), part_columns[c]);
    g_string_append(out, ticks_header);
    g_string_append_c(out, '\n');
    for (guint p = 0; p < friction->n_points; p++)
        add_point(out, friction, &friction->points[p]);
    for (guint g = 0; g < friction->n_groups; g++)
        add_group(out, friction, &friction->groups[g]);
}
