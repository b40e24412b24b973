/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "reading/trend_private.h"

#include <math.h>
#include <string.h>

const char *plx_trend_verdict_code(enum plx_trend_verdict verdict)
{
    static const char *const codes[] = {"not_enough_yet", "changed", "drifts", "steady",
                                        "no_change_shown"};
    return codes[verdict];
}

const char *plx_trend_cut_code(enum plx_trend_cut cut)
{
    static const char *const codes[] = {
        NULL,          "cut_drifts",        "shoppers_fall_too", "not_enough_yet",
        "no_shoppers", "shoppers_protected"};
    return codes[cut];
}

const char *plx_trend_season_code(enum plx_trend_season season)
{
    static const char *const codes[] = {"not_asked", "not_shown", "seasonal"};
    return codes[season];
}

void plx_trend_free(plx_trend *trend)
{
    if (!trend)
        return;
    plx_about_clear(&trend->about);
    g_free(trend);
}

/* A point of the question, or a journey while the question takes all points. */
static gboolean takes(const plx_question *q, const struct plx_subject *subject)
{
    if (subject->kind == PLX_SUBJECT_POINT)
        return plx_question_takes(q, subject);
    if (subject->kind != PLX_SUBJECT_JOURNEY ||
        (subject->map_index < 0 && plx_map_is_closed(q->map)))
        return FALSE;
    for (guint i = 0; i < q->n_tests; i++)
        if (!plx_key_splits_rows(&q->tests[i].key))
            return FALSE;
    return TRUE;
}

static struct plx_trend_series series_new(plx_trend *out, const struct plx_subject *subject)
{
    const struct plx_interval none = {NAN, NAN};
    return (struct plx_trend_series){
        .kind = subject->kind,
        .id = plx_about_copy(&out->about, subject->id),
        .title = plx_about_copy(&out->about, subject->title),
        .periods = plx_keep(out->about.memory, out->n_periods, sizeof(struct plx_trend_period)),
        .dispersion = NAN,
        .gain = NAN,
        .penalty = NAN,
        .drift = NAN,
        .drift_ci = none,
        .drift_p = NAN,
        .season_p = NAN,
        .cut = {.customers = NAN,
                .shoppers_before = PLX_NO_COUNT,
                .shoppers_after = PLX_NO_COUNT,
                .shoppers = NAN,
                .shoppers_ci = none,
                .apart = NAN,
                .apart_ci = none}};
}

/* All series with answers in some period; `works` as long as the subjects. */
static void fill_series(const struct plx_trend_plan *plan, struct plx_trend_work *works)
{
    const struct plx_trend_asked *asked = plan->asked;
    plx_trend *out = plan->out;
    for (guint s = 0; s < asked->answer->n_subjects; s++) {
        const struct plx_subject *subject = &asked->answer->subjects[s];
        if (!takes(asked->question, subject))
            continue;
        const enum plx_measure measure =
            subject->kind == PLX_SUBJECT_POINT ? PLX_MEASURE_LEVEL : PLX_MEASURE_OVERALL;
        struct plx_trend_series series = series_new(out, subject);
        const struct plx_line line =
            plx_line_read(asked, s, (guint)asked->served, measure, series.periods, plan->memory);
        gboolean any = FALSE;
        for (guint t = 0; t < out->n_periods; t++) {
            any |= series.periods[t].n != 0;
            series.n += MAX(series.periods[t].n, 0);
        }
        if (!any)
            continue;
        series.scale = line.scale;
        series.shown = line.n;
        series.design_effect = line.design_effect;
        works[out->n_series] = (struct plx_trend_work){.line = line};
        out->series[out->n_series++] = series;
    }
}

/* How much more neighbouring periods differ than their variances say, over all series, and how well
 * that is known. Shocks may be common to all series: then they are no more than one's. */
static void find_dispersion(struct plx_trend_plan *plan, const struct plx_trend_work *works)
{
    g_autoptr(GArray) squares = g_array_new(FALSE, FALSE, sizeof(double));
    guint longest = 0;
    for (guint i = 0; i < plan->out->n_series; i++) {
        plx_line_differences(&works[i].line, squares);
        longest = MAX(longest, works[i].line.n);
    }
    const double seen = plx_trend_dispersion((double *)(void *)squares->data, squares->len);
    plan->dispersion = MAX(1, seen);
    const double beyond = plan->dispersion - 1;
    const double all = squares->len / 4.0, one = (MAX(longest, 2) - 1) / 2.0;
    plan->df = plan->dispersion * plan->dispersion / (beyond * beyond / one + 1 / MAX(all, 1));
}

static guint count_tests(const struct plx_trend_plan *plan, const struct plx_trend_work *works)
{
    guint tests = 0;
    for (guint i = 0; i < plan->out->n_series; i++) {
        const guint n = works[i].line.n;
        if (n >= PLX_TREND_PERIODS)
            tests += !plan->asked->weekly && n >= PLX_TREND_SEASON_MONTHS ? 3 : 2;
    }
    return tests;
}

static void note_what_is_missing(plx_trend *out)
{
    if (out->n_periods < PLX_TREND_PERIODS)
        plx_about_note(&out->about, "few_periods", -1, out->n_periods, out->by);
    else if (strcmp(out->by, "week") == 0 || out->n_periods < PLX_TREND_SEASON_MONTHS)
        plx_about_note(&out->about, "season_unknown", -1, out->n_periods, out->by);
}

static gboolean test_all(struct plx_trend_plan *plan, plx_source *source,
                         struct plx_trend_work *works, GError **error)
{
    plx_trend *out = plan->out;
    find_dispersion(plan, works);
    out->tests = count_tests(plan, works);
    if (out->tests == 0)
        return TRUE;
    plan->alpha = PLX_TREND_ALPHA / out->tests;
    guint found = 0;
    for (guint i = 0; i < out->n_series; i++) {
        if (works[i].line.n < PLX_TREND_PERIODS)
            continue;
        plx_trend_test(plan, &works[i], &out->series[i]);
        found += out->series[i].verdict == PLX_TREND_CHANGED ||
                 out->series[i].verdict == PLX_TREND_DRIFTS;
    }
    out->adjusted_level = 1 - MAX(found, 1) * plan->alpha;
    for (guint i = 0; i < out->n_series; i++)
        if (works[i].line.n >= PLX_TREND_PERIODS)
            plx_trend_conclude(plan, &works[i], &out->series[i]);
    return plx_trend_check_cuts(plan, source, works, error);
}

static gboolean build(plx_trend *out, const struct plx_trend_asked *asked, plx_source *source,
                      guint64 seed, GError **error)
{
    GPtrArray *memory = out->about.memory;
    const guint n = asked->answer->n_subjects;
    out->by = asked->weekly ? "week" : "month";
    out->about.by = out->by;
    out->margin = asked->question->map->margin;
    out->adjusted_level = NAN;
    out->n_periods = asked->n_periods;
    out->periods = plx_keep(memory, out->n_periods, sizeof *out->periods);
    for (guint t = 0; t < out->n_periods; t++)
        out->periods[t] = plx_about_copy(&out->about, asked->periods[t]);
    out->series = plx_keep(memory, n, sizeof *out->series);
    struct plx_trend_work *works = plx_keep(memory, n, sizeof *works);
    const gsize length = MAX(out->n_periods, 2 * PLX_TREND_SHORTEST);
    g_autoptr(plx_change_tail) tail = plx_change_tail_new(length, PLX_TREND_SHORTEST, seed);
    struct plx_trend_plan plan = {
        .out = out, .asked = asked, .tail = tail, .seed = seed, .memory = memory};
    fill_series(&plan, works);
    note_what_is_missing(out);
    return test_all(&plan, source, works, error);
}

static plx_question *understand(plx_source *source, const struct plx_gaps_options *options,
                                GError **error)
{
    static const char *const splits[] = {"month", "week", NULL};
    static const struct plx_question_own own = {
        "a trend is of the level of points and the overall of journeys: leave --measure out",
        "a trend goes by month or by week; choose a place, a channel ... by --where", splits};
    return plx_question_of_levels(source->map, options, &own, error);
}

plx_trend *plx_trend_read(plx_source *source, const struct plx_gaps_options *options,
                          GError **error)
{
    g_autoptr(plx_question) question = understand(source, options, error);
    if (!question)
        return NULL;
    struct plx_trend_asked asked;
    g_autoptr(plx_trend) out = NULL;
    if (plx_trend_ask(&asked, source, question, options->by, error)) {
        out = g_new0(plx_trend, 1);
        plx_about_init(&out->about, source, question, asked.answer, asked.served);
        if (!build(out, &asked, source, options->seed, error))
            g_clear_pointer(&out, plx_trend_free);
    }
    plx_trend_asked_clear(&asked);
    return g_steal_pointer(&out);
}
