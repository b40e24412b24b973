/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/consistency.h"

#include "base/error.h"
#include "base/number.h"
#include "reading/consistency_exact.h"

#include <math.h>
#include <string.h>

const char *plx_consistency_verdict_code(enum plx_consistency_verdict verdict)
{
    static const char *const codes[] = {NULL,
                                        "consistent",
                                        "mixed",
                                        "inconsistent",
                                        "differs_by_place",
                                        "differs_by_channel",
                                        "differs_by_month",
                                        "not_enough_yet"};
    return codes[verdict];
}

void plx_consistency_free(plx_consistency *consistency)
{
    if (!consistency)
        return;
    plx_about_clear(&consistency->about);
    g_free(consistency);
}

/* What is asked: per served audience a whole and its splits, then the shoppers by place. */
#define NEEDS_EACH (1 + PLX_CONSISTENCY_SPLITS)

static const struct plx_split splits[PLX_CONSISTENCY_SPLITS] = {
    {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_PLACE},
    {.kind = PLX_SPLIT_DIM, .dim = PLX_DIM_CHANNEL},
    {.kind = PLX_SPLIT_MONTH},
};
static const struct plx_split weeks = {.kind = PLX_SPLIT_WEEK};

struct asking {
    const plx_question *question;
    struct plx_reach *reach;       /* by map index */
    GArray *needs;                 /* struct plx_need */
    gint first[PLX_AUDIENCES_MAX]; /* the first need of a served audience, or -1 */
    gint shoppers, visits;         /* audience and need, or -1 */
};

static void add_need(struct asking *a, guint audience, guint kinds, const struct plx_split *split)
{
    const struct plx_need need = {.kinds = kinds,
                                  .measures = 1U << a->question->measure,
                                  .filter = a->reach[audience].filter,
                                  .splits = split,
                                  .n_splits = split ? 1 : 0};
    g_array_append_val(a->needs, need);
}

static void asking_init(struct asking *a, const plx_question *question)
{
    const plx_map *map = question->map;
    *a = (struct asking){.question = question, .shoppers = -1, .visits = -1};
    a->reach = g_new0(struct plx_reach, map->n_audiences + 1);
    a->needs = g_array_new(FALSE, TRUE, sizeof(struct plx_need));
    for (guint i = 0; i < map->n_audiences; i++) {
        plx_reach_init(&a->reach[i], question, i);
        a->first[i] = -1;
        if (!question->audiences[i] || !map->audiences[i].served)
            continue;
        a->first[i] = (gint)a->needs->len;
        add_need(a, i, PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS, NULL);
        for (guint s = 0; s < PLX_CONSISTENCY_SPLITS; s++)
            add_need(a, i,
                     PLX_NEED_COUNTS | PLX_NEED_PERSONS |
                         (s == PLX_CONSISTENCY_PLACE ? PLX_NEED_LINKED : 0),
                     &splits[s]);
    }
    a->shoppers = plx_map_find_audience(map, "shopper");
    if (a->shoppers < 0 || !question->audiences[a->shoppers] || a->first[a->shoppers] >= 0 ||
        a->reach[a->shoppers].whole)
        return;
    a->visits = (gint)a->needs->len;
    add_need(a, (guint)a->shoppers, PLX_NEED_COUNTS | PLX_NEED_PROFILES | PLX_NEED_LINKED,
             &splits[PLX_CONSISTENCY_PLACE]);
    add_need(a, (guint)a->shoppers, PLX_NEED_COUNTS | PLX_NEED_PERSONS, NULL);
}

static void asking_clear(struct asking *a)
{
    for (guint i = 0; i < a->question->map->n_audiences; i++)
        plx_reach_clear(&a->reach[i]);
    g_free(a->reach);
    g_array_unref(a->needs);
}

static guint64 persons_of(const struct plx_table *table, guint audience)
{
    return table->n_groups ? table->audience_persons[audience] : 0;
}

static gint served_of(const struct asking *a, const struct plx_answer *answer)
{
    const guint n = a->question->map->n_audiences;
    g_autofree guint64 *persons = g_new0(guint64, n + 1);
    for (guint i = 0; i < n; i++)
        if (a->first[i] >= 0)
            persons[i] = persons_of(&answer->tables[a->first[i]], i);
    return plx_reach_served(a->question, persons);
}

/* The points --------------------------------------------------------------------------------- */

static void name_point(struct plx_consistency_exact *exact, const struct plx_subject *subject,
                       struct plx_consistency_point *p)
{
    struct plx_about *about = &exact->out->about;
    const plx_map *map = exact->question->map;
    p->point = plx_about_copy(about, subject->id);
    p->title = plx_about_copy(about, subject->title);
    if (subject->kind != PLX_SUBJECT_POINT || subject->map_index < 0 || !map->n_journeys)
        return;
    const struct plx_point *point = &map->points[subject->map_index];
    const struct plx_journey *journey = &map->journeys[point->journey];
    p->journey = journey->id;
    p->journey_title = journey->title;
    p->transaction = journey->transactions[point->transaction].id;
    p->transaction_title = journey->transactions[point->transaction].title;
}

static void no_numbers(struct plx_consistency_point *p)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    p->mean = p->sd = p->below_share = p->agreement = PLX_NAN;
    p->agreement_ci = p->agreement_adjusted = none;
    for (guint s = 0; s < PLX_CONSISTENCY_PARTS; s++)
        p->part[s] = (struct plx_part_share){
            .n = PLX_NAN, .share = PLX_NAN, .ci = none, .ci_adjusted = none, .sd = PLX_NAN};
    p->funnel = p->chart = (struct plx_limits){.center = PLX_NAN, .widening = 1, .first = -1};
}

/* Points that the people served answered, in order; numbers of those with too few stay empty. */
static void take_points(struct plx_consistency_exact *exact)
{
    plx_consistency *out = exact->out;
    const struct plx_answer *answer = exact->answer;
    guint32 *subject = plx_keep(out->about.memory, answer->n_subjects, sizeof *subject);
    out->points = plx_keep(out->about.memory, answer->n_subjects, sizeof *out->points);
    exact->subject = subject;
    for (guint32 s = 0; s < answer->n_subjects; s++) {
        const struct plx_cell *cell = plx_table_cell(exact->total, 0, s, exact->audience);
        const struct plx_tally *tally =
            cell ? plx_cell_tally(cell, exact->question->measure) : NULL;
        if (!tally || tally->total == 0 ||
            !plx_question_takes(exact->question, &answer->subjects[s]) ||
            plx_question_is_retired(exact->question, &answer->subjects[s]))
            continue;
        subject[out->n_points] = s;
        struct plx_consistency_point *p = &out->points[out->n_points++];
        no_numbers(p);
        name_point(exact, &answer->subjects[s], p);
        p->scale = tally->scale;
        p->n = (gint64)tally->total;
        p->persons = (gint64)tally->persons;
        if (!plx_reach_allows(&exact->reach, tally->persons)) {
            p->suppressed = exact->reach.hidden ? exact->reach.hidden : PLX_HIDDEN_FEW;
            p->n = p->persons = PLX_NO_COUNT;
        }
    }
}

static guint count_shown(const plx_consistency *out)
{
    guint shown = 0;
    for (guint p = 0; p < out->n_points; p++)
        shown += out->points[p].suppressed == PLX_SHOWN ? 1 : 0;
    return shown;
}

static gboolean check_shown(struct plx_consistency_exact *exact, GError **error)
{
    const struct plx_audience *a = &exact->question->map->audiences[exact->audience];
    const guint shown = count_shown(exact->out);
    if (shown < exact->out->n_points)
        plx_about_note(
            &exact->out->about, "cells_hidden", (gint)exact->audience, exact->out->n_points - shown,
            plx_suppression_code(exact->reach.hidden ? exact->reach.hidden : PLX_HIDDEN_FEW));
    if (shown > 0 || exact->out->n_points == 0)
        return TRUE;
    if (exact->reach.hidden)
        return plx_error(error, PLX_ERROR_NOT_SHOWN,
                         "nothing that was asked for may be shown; \"%s\" is protected and is "
                         "looked at as a whole only: leave dates and --where out (or, if all of "
                         "them agree: --named %s)",
                         a->id, a->id);
    return plx_error(error, PLX_ERROR_NOT_SHOWN,
                     "nothing that was asked for may be shown; no point has answers of %u persons "
                     "of \"%s\"",
                     exact->reach.minimum, a->id);
}

/* Periods ------------------------------------------------------------------------------------ */

/* Too few months for a chart, but maybe weeks enough: the source is asked once more. */
static gboolean ask_weeks(struct plx_consistency_exact *exact, plx_source *source,
                          struct plx_answer **answer, GError **error)
{
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                                  .measures = 1U << exact->question->measure,
                                  .filter = exact->reach.filter,
                                  .splits = &weeks,
                                  .n_splits = 1};
    exact->periods = exact->cut[PLX_CONSISTENCY_MONTH];
    exact->period_answer = exact->answer;
    exact->out->period = "month";
    if (exact->reach.whole || exact->periods.n_parts == 0 ||
        exact->periods.n_parts >= PLX_CONSISTENCY_PERIODS)
        return TRUE;
    if (!plx_source_ask(source, &need, 1, answer, error))
        return FALSE;
    const struct plx_cut cut = plx_cut_new(exact, &(*answer)->tables[0]);
    if (cut.n_parts < PLX_CONSISTENCY_PERIODS)
        return TRUE;
    exact->periods = cut;
    exact->period_answer = *answer;
    exact->out->period = "week";
    return TRUE;
}

/* Reading ------------------------------------------------------------------------------------ */

static gboolean read_points(struct plx_consistency_exact *exact, plx_source *source, GError **error)
{
    struct plx_answer *answer = NULL;
    for (guint s = 0; s < PLX_CONSISTENCY_SPLITS; s++)
        exact->cut[s] = plx_cut_new(exact, exact->total + 1 + s);
    if (!ask_weeks(exact, source, &answer, error))
        return FALSE;
    for (guint p = 0; p < exact->out->n_points; p++)
        if (exact->out->points[p].suppressed == PLX_SHOWN)
            plx_consistency_parts(exact, p);
    plx_consistency_decide(exact);
    plx_consistency_limits(exact);
    plx_consistency_places(exact);
    plx_consistency_overall(exact);
    if (answer)
        plx_answer_free(answer);
    return TRUE;
}

static void no_visits(struct plx_consistency_visits *v)
{
    *v = (struct plx_consistency_visits){.between = PLX_NAN,
                                         .within = PLX_NAN,
                                         .shopper = PLX_NAN,
                                         .severity_share = PLX_NAN,
                                         .per_place = PLX_NAN,
                                         .share = PLX_NAN,
                                         .share_ci = {PLX_NAN, PLX_NAN},
                                         .reliability = PLX_NAN,
                                         .needed = PLX_NAN,
                                         .needed_alike = PLX_NAN};
}

static void no_overall(struct plx_consistency_overall *o)
{
    *o = (struct plx_consistency_overall){
        .within = PLX_NAN, .within_share = PLX_NAN, .missing = "not_linked"};
    for (guint k = 0; k < PLX_OVERALL_KINDS; k++)
        o->part[k] = (struct plx_overall_part){0, PLX_NAN, {PLX_NAN, PLX_NAN}, PLX_NAN};
}

static plx_consistency *compose(const struct asking *a, plx_source *source,
                                const struct plx_answer *answer, GError **error)
{
    const gint served = served_of(a, answer);
    g_autoptr(plx_consistency) out = g_new0(plx_consistency, 1);
    plx_about_init(&out->about, source, a->question, answer, served);
    out->measure = a->question->map->measures[a->question->measure].id;
    out->adjusted_level = PLX_NAN;
    out->period = "month";
    no_visits(&out->visits);
    no_overall(&out->overall);
    struct plx_consistency_exact exact = {
        .out = out, .question = a->question, .answer = answer, .inflation = 1};
    exact.decisions = g_array_new(FALSE, TRUE, sizeof(struct plx_consistency_decision));
    gboolean ok = TRUE;
    if (a->visits >= 0) {
        exact.visits = &answer->tables[a->visits];
        exact.visitors = &a->reach[a->shoppers];
        exact.visits_persons = persons_of(&answer->tables[a->visits + 1], (guint)a->shoppers);
    }
    if (served >= 0) {
        exact.audience = (guint)served;
        exact.reach = a->reach[served];
        exact.total = &answer->tables[a->first[served]];
        take_points(&exact);
        ok = check_shown(&exact, error) && read_points(&exact, source, error);
    }
    if (ok)
        plx_consistency_visits(&exact);
    if (ok)
        plx_consistency_severity(&exact);
    g_array_unref(exact.decisions);
    if (out->n_points == 0)
        plx_about_note(&out->about, "no_answers", served, -1, NULL);
    return ok ? g_steal_pointer(&out) : NULL;
}

static gboolean is_filtered(const plx_question *question)
{
    return question->dated || question->n_tests > 0;
}

/* No answer passes: the gaps of the same question know what there is instead. */
static gboolean check_any(plx_source *source, const struct plx_gaps_options *options,
                          const plx_question *question, const plx_consistency *out, GError **error)
{
    if (out->n_points > 0 || !is_filtered(question))
        return TRUE;
    g_autoptr(plx_gaps) gaps = plx_gaps_read(source, options, error);
    return gaps != NULL;
}

plx_consistency *plx_consistency_read(plx_source *source, const struct plx_gaps_options *options,
                                      GError **error)
{
    g_autoptr(plx_question) question = plx_question_new(source->map, options, error);
    if (!question)
        return NULL;
    if (question->split) {
        plx_error(error, PLX_ERROR_USAGE,
                  "--by %s: consistency looks at places, channels and months by itself: leave --by "
                  "out, or use --where",
                  options->by);
        return NULL;
    }
    struct asking a;
    struct plx_answer *answer = NULL;
    asking_init(&a, question);
    g_autoptr(plx_consistency) out = NULL;
    if (a.needs->len == 0)
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "consistency is about the people served: ask for one of them with --audiences");
    else if (plx_source_ask(source, (const struct plx_need *)(gpointer)a.needs->data, a.needs->len,
                            &answer, error)) {
        out = compose(&a, source, answer, error);
        plx_answer_free(answer);
    }
    asking_clear(&a);
    return out && check_any(source, options, question, out, error) ? g_steal_pointer(&out) : NULL;
}
