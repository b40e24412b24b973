/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Did the service fall, or the eye rise? Where customers' level fell, what shoppers saw in the same
 * periods is asked for, as two wholes: months of shoppers are too small to be looked at. */
#include "reading/trend_private.h"

#include "base/date.h"

#include <math.h>

struct fall {
    struct plx_trend_series *series;
    const struct plx_trend_work *work;
    guint from, at, until;
    struct plx_interval customers_ci;
};

static gint32 first_day(const struct plx_trend_asked *asked, guint period)
{
    gint year, part;
    plx_trend_key(asked->periods[period], &year, &part);
    if (!asked->weekly)
        return plx_date_days(year, part, 1);
    const gint32 fourth = plx_date_days(year, 1, 4); /* is in week 1; 1970 began on a Thursday */
    return fourth - (fourth % 7 + 7 + 3) % 7 + 7 * (part - 1);
}

static gint32 last_day(const struct plx_trend_asked *asked, guint period)
{
    gint year, part;
    plx_trend_key(asked->periods[period], &year, &part);
    return first_day(asked, period) +
           (asked->weekly ? 6 : (gint32)plx_date_month_days(year, part) - 1);
}

/* The last fall of a series: where it changed for the worse, or the middle of a drift. */
static gboolean find_fall(const struct plx_trend_plan *plan, const struct plx_trend_work *work,
                          struct plx_trend_series *series, struct fall *fall)
{
    if (series->kind != PLX_SUBJECT_POINT || !work->line.scale)
        return FALSE;
    const double up = work->line.scale->down ? -1 : 1;
    *fall = (struct fall){.series = series, .work = work};
    if (series->verdict == PLX_TREND_DRIFTS && up * series->drift < 0) {
        fall->until = plan->out->n_periods - 1;
        fall->at = (fall->until + 1) / 2;
        return TRUE;
    }
    for (guint i = series->n_changes; i-- > 0;) {
        const struct plx_trend_change *change = &series->changes[i];
        if (up * change->difference >= 0)
            continue;
        fall->from = change->from;
        fall->at = change->at;
        fall->until = change->until;
        return TRUE;
    }
    return FALSE;
}

static gboolean size_fall(const struct plx_trend_plan *plan, struct fall *fall)
{
    const struct plx_trend_work *work = fall->work;
    struct plx_stretch a, b;
    if (!plx_line_stretch(&work->line, work->value, work->weight, fall->from, fall->at - 1, &a) ||
        !plx_line_stretch(&work->line, work->value, work->weight, fall->at, fall->until, &b))
        return FALSE;
    const double half =
        plx_t_quantile(plan->out->adjusted_level, work->df) * sqrt(a.variance + b.variance);
    struct plx_trend_cut_check *cut = &fall->series->cut;
    cut->at = fall->at;
    cut->customers = b.mean - a.mean;
    fall->customers_ci = (struct plx_interval){cut->customers - half, cut->customers + half};
    return TRUE;
}

static plx_filter *visits(const struct plx_trend_asked *asked, const struct fall *fall,
                          gboolean after)
{
    const char *const point[] = {fall->series->id, NULL};
    const guint from = after ? fall->at : fall->from, until = after ? fall->until : fall->at - 1;
    plx_filter *all[] = {plx_filter_copy(asked->reach[PLX_SHOPPER].filter),
                         plx_filter_in(PLX_DIM_SUBJECT, NULL, point),
                         plx_filter_days(first_day(asked, from), last_day(asked, until))};
    return plx_filter_all(all, G_N_ELEMENTS(all));
}

static const struct plx_tally *level_of(const struct plx_answer *answer, guint table,
                                        const char *point)
{
    for (guint i = 0; i < answer->tables[table].n_cells; i++) {
        const struct plx_cell *cell = &answer->tables[table].cells[i];
        const struct plx_subject *subject = &answer->subjects[cell->subject];
        const struct plx_tally *tally = plx_cell_tally(cell, PLX_MEASURE_LEVEL);
        if (subject->kind == PLX_SUBJECT_POINT && g_str_equal(subject->id, point) && tally &&
            tally->total)
            return tally;
    }
    return NULL;
}

static void judge(const struct plx_trend_plan *plan, const struct fall *fall,
                  const struct plx_tally *const visited[2])
{
    const struct plx_scale *scale = fall->work->line.scale;
    struct plx_trend_cut_check *cut = &fall->series->cut;
    const double level = plan->out->adjusted_level;
    const struct plx_distribution before = plx_tally_distribution(visited[0], FALSE, plan->memory);
    const struct plx_distribution after = plx_tally_distribution(visited[1], FALSE, plan->memory);
    const struct plx_difference d = plx_mean_difference(&after, &before, level);
    const double margin = plan->out->margin * (scale->max - scale->min) / 5.0;
    cut->shoppers_before = (gint64)visited[0]->total;
    cut->shoppers_after = (gint64)visited[1]->total;
    cut->shoppers = d.difference;
    cut->shoppers_ci = d.ci;
    cut->apart = cut->customers - cut->shoppers;
    cut->apart_ci = plx_mover(cut->customers, fall->customers_ci, cut->shoppers, d.ci);
    const enum plx_decision fell = scale->down ? PLX_DECISION_ABOVE : PLX_DECISION_BELOW;
    cut->verdict =
        plx_decide(d.ci, margin) == PLX_DECISION_WITHIN && plx_decide(cut->apart_ci, 0) == fell
            ? PLX_CUT_DRIFTS
        : plx_decide(d.ci, 0) == fell ? PLX_CUT_SHOPPERS_FALL
                                      : PLX_CUT_NOT_ENOUGH_YET;
}

static void compare(const struct plx_trend_plan *plan, const struct plx_answer *answer, guint i,
                    const struct fall *fall)
{
    const struct plx_tally *const visited[2] = {level_of(answer, 2 * i, fall->series->id),
                                                level_of(answer, 2 * i + 1, fall->series->id)};
    const struct plx_reach *reach = &plan->asked->reach[PLX_SHOPPER];
    const guint64 persons[2] = {visited[0] ? visited[0]->persons : 0,
                                visited[1] ? visited[1]->persons : 0};
    enum plx_suppression hidden[2];
    plx_reach_parts(reach, persons, 2, hidden);
    if (!visited[0] || !visited[1] || hidden[0] || hidden[1] ||
        !plx_scale_same(visited[0]->scale, fall->work->line.scale))
        fall->series->cut.verdict = PLX_CUT_NO_SHOPPERS;
    else
        judge(plan, fall, visited);
}

static gboolean ask_shoppers(const struct plx_trend_plan *plan, plx_source *source,
                             const GArray *falls, GError **error)
{
    g_autoptr(GArray) needs = g_array_new(FALSE, TRUE, sizeof(struct plx_need));
    g_autoptr(GPtrArray) filters = g_ptr_array_new_with_free_func((GDestroyNotify)plx_filter_free);
    for (guint i = 0; i < 2 * falls->len; i++) {
        plx_filter *rows =
            visits(plan->asked, &g_array_index(falls, struct fall, i / 2), i % 2 == 1);
        const struct plx_need need = {.kinds =
                                          PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
                                      .measures = 1u << PLX_MEASURE_LEVEL,
                                      .filter = rows};
        g_ptr_array_add(filters, rows);
        g_array_append_val(needs, need);
    }
    struct plx_answer *answer = NULL;
    if (!plx_source_ask(source, (const struct plx_need *)(void *)needs->data, needs->len, &answer,
                        error))
        return FALSE;
    for (guint i = 0; i < falls->len; i++)
        compare(plan, answer, i, &g_array_index(falls, struct fall, i));
    plx_answer_free(answer);
    return TRUE;
}

gboolean plx_trend_check_cuts(const struct plx_trend_plan *plan, plx_source *source,
                              const struct plx_trend_work *works, GError **error)
{
    const struct plx_trend_asked *asked = plan->asked;
    const gboolean protected_ = asked->reach[PLX_SHOPPER].whole;
    g_autoptr(GArray) falls = g_array_new(FALSE, TRUE, sizeof(struct fall));
    for (guint i = 0; i < plan->out->n_series; i++) {
        struct fall fall;
        if (!find_fall(plan, &works[i], &plan->out->series[i], &fall) || !size_fall(plan, &fall))
            continue;
        fall.series->cut.verdict = protected_ ? PLX_CUT_SHOPPERS_PROTECTED : PLX_CUT_NO_SHOPPERS;
        g_array_append_val(falls, fall);
    }
    return falls->len == 0 || !asked->heard[PLX_SHOPPER] ||
           ask_shoppers(plan, source, falls, error);
}
