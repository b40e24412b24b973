/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/friction.h"

#include "base/error.h"
#include "reading/friction_exact.h"

#include <math.h>
#include <string.h>

const char *plx_friction_code(enum plx_friction_kind kind)
{
    static const char *const codes[] = {
        [PLX_FRICTION_BELOW] = "below_met",
        [PLX_FRICTION_FLOOR] = "floor",
        [PLX_FRICTION_HARD] = "hard",
        [PLX_FRICTION_HESITATED] = "hesitated",
        [PLX_FRICTION_SURPRISED] = "bad_surprise",
        [PLX_FRICTION_COMPLAINED] = "complained",
        [PLX_FRICTION_WAITING] = "waiting",
        [PLX_FRICTION_REPEATING] = "repeating",
    };
    g_return_val_if_fail((guint)kind < PLX_FRICTION_KINDS, NULL);
    return codes[kind];
}

void plx_friction_free(plx_friction *friction)
{
    if (!friction)
        return;
    plx_about_clear(&friction->about);
    g_free(friction);
}

/* The released gaps of the same question, whole: they check it, and say who sees what. NULL without
 * an error: nothing of them may be shown, which is no reason to hide friction. */
static plx_gaps *read_gaps(plx_source *source, const struct plx_gaps_options *options,
                           gboolean *failed, GError **error)
{
    struct plx_gaps_options whole = *options;
    GError *failure = NULL;
    whole.by = NULL;
    plx_gaps *gaps = plx_gaps_read(source, &whole, &failure);
    *failed = failure && !g_error_matches(failure, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
    if (*failed)
        g_propagate_error(error, failure);
    else
        g_clear_error(&failure);
    return gaps;
}

static plx_question *make_question(const plx_map *map, const struct plx_gaps_options *options,
                                   GError **error)
{
    if (options->measure && strcmp(options->measure, "level") != 0) {
        plx_error(error, PLX_ERROR_USAGE,
                  "--measure \"%s\": friction looks at all measures together; leave it out",
                  options->measure);
        return NULL;
    }
    g_autoptr(plx_question) question = plx_question_new(map, options, error);
    if (question && question->split && !plx_key_splits_rows(&question->by)) {
        plx_error(error, PLX_ERROR_USAGE,
                  "--by %s: friction tells points apart already; --by place, channel, source, "
                  "language, month, week or segment.NAME splits them, --where %s=NAME chooses",
                  question->by.name, question->by.name);
        return NULL;
    }
    return g_steal_pointer(&question);
}

/* Persons of each audience asked for that is served, where there is more than one. */
static gboolean find_served(plx_source *source, const plx_question *question, gint *served,
                            GError **error)
{
    const plx_map *map = question->map;
    guint candidates = 0;
    for (guint a = 0; a < map->n_audiences; a++)
        candidates += question->audiences[a] && map->audiences[a].served;
    *served = plx_reach_served(question, NULL);
    if (candidates < 2)
        return TRUE;
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = 1u << PLX_MEASURE_LEVEL};
    struct plx_answer *answer = NULL;
    if (!plx_source_ask(source, &need, 1, &answer, error))
        return FALSE;
    g_autofree guint64 *rows = g_new0(guint64, map->n_audiences);
    for (guint i = 0; i < answer->tables[0].n_cells; i++)
        rows[answer->tables[0].cells[i].audience] += answer->tables[0].cells[i].rows;
    *served = plx_reach_served(question, rows);
    plx_answer_free(answer);
    return TRUE;
}

static gboolean ask(struct plx_friction_exact *exact, plx_source *source, GError **error)
{
    const plx_question *q = exact->question;
    const struct plx_split split = plx_key_split(&q->by);
    const guint32 measures = 1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_EFFORT |
                             1u << PLX_MEASURE_CARD | PLX_MEASURE_FLAGS;
    struct plx_need needs[2] = {
        {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS,
         .measures = measures,
         .filter = exact->reach.filter}};
    needs[1] = needs[0];
    needs[1].kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS;
    needs[1].splits = &split;
    needs[1].n_splits = 1;
    return plx_source_ask(source, needs, q->split ? 2 : 1, &exact->answer, error);
}

static gboolean check_split(const struct plx_friction_exact *exact, GError **error)
{
    const plx_question *q = exact->question;
    const struct plx_table *table = &exact->answer->tables[PLX_FRICTION_SPLIT];
    for (guint g = 0; g < table->n_groups; g++)
        if (*table->groups[g][0])
            return TRUE;
    const gboolean time = q->by.kind == PLX_KEY_MONTH || q->by.kind == PLX_KEY_WEEK;
    return plx_error(error, PLX_ERROR_USAGE, "--by %s: no answer has a %s", q->by.name,
                     time ? "time" : q->by.name);
}

static void place_point(plx_friction *out, const struct plx_subject *subject,
                        struct plx_friction_point *point)
{
    const plx_map *map = out->about.map;
    *point = (struct plx_friction_point){.figure = plx_friction_no_figure(),
                                         .ticks = plx_friction_no_ticks()};
    for (guint k = 0; k < PLX_FRICTION_KINDS; k++)
        point->parts[k] = plx_friction_no_part();
    point->point = plx_about_copy(&out->about, subject->id);
    point->title = plx_about_copy(&out->about, subject->title);
    if (subject->map_index < 0 || map->n_journeys == 0)
        return;
    const struct plx_point *home = &map->points[subject->map_index];
    const struct plx_journey *journey = &map->journeys[home->journey];
    point->journey = journey->id;
    point->journey_title = journey->title;
    point->transaction = journey->transactions[home->transaction].id;
    point->transaction_title = journey->transactions[home->transaction].title;
}

/* The points somebody served answered about, in map order. */
static void find_points(struct plx_friction_exact *exact)
{
    plx_friction *out = exact->out;
    const struct plx_answer *answer = exact->answer;
    const struct plx_table *table = &answer->tables[PLX_FRICTION_ALL];
    GPtrArray *memory = out->about.memory;
    exact->point_of = plx_keep(memory, answer->n_subjects, sizeof *exact->point_of);
    exact->cells = plx_keep(memory, answer->n_subjects, sizeof *exact->cells);
    exact->all = plx_keep(memory, answer->n_subjects, sizeof *exact->all);
    out->points = plx_keep(memory, answer->n_subjects, sizeof *out->points);
    for (guint s = 0; s < answer->n_subjects; s++) {
        const struct plx_cell *cell =
            table->n_groups ? plx_table_cell(table, 0, s, exact->reach.audience) : NULL;
        const struct plx_subject *subject = &answer->subjects[s];
        exact->point_of[s] = -1;
        if (!cell || !cell->rows || subject->kind != exact->question->kind)
            continue;
        if (!plx_question_is_retired(exact->question, subject))
            exact->all[exact->n_all++] = cell;
        if (!plx_question_takes(exact->question, subject))
            continue;
        exact->point_of[s] = (gint)out->n_points;
        exact->cells[out->n_points] = cell;
        place_point(out, subject, &out->points[out->n_points++]);
    }
}

static const struct plx_gaps_point *find_point(const plx_gaps *gaps, const char *id)
{
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            if (strcmp(gaps->groups[g].points[p].point, id) == 0)
                return &gaps->groups[g].points[p];
    return NULL;
}

/* Do they not see it, by what they rate or by what they guess? */
static enum plx_verdict unseen_by(const plx_gaps *gaps, const struct plx_gaps_point *point,
                                  guint who, const char *served)
{
    for (guint i = 0; i < point->n_gaps; i++)
        if (point->gaps[i].a == who && strcmp(gaps->audiences[point->gaps[i].b], served) == 0 &&
            point->gaps[i].verdict == PLX_VERDICT_BLIND_SPOT)
            return PLX_VERDICT_BLIND_SPOT;
    for (guint i = 0; i < point->n_beliefs; i++)
        if (point->beliefs[i].by == who &&
            strcmp(gaps->audiences[point->beliefs[i].about], served) == 0 &&
            point->beliefs[i].verdict == PLX_VERDICT_OVERESTIMATES)
            return PLX_VERDICT_OVERESTIMATES;
    return PLX_VERDICT_NONE;
}

/* Index into the map of an inside voice: leaders, staff, declared ones that are not served; -1 of
 * the others (shoppers judge nobody). */
static gint inside(const plx_friction *out, const plx_gaps *gaps, guint audience)
{
    if (gaps->served[audience] || strcmp(gaps->audiences[audience], "shopper") == 0)
        return -1;
    return plx_map_find_audience(out->about.map, gaps->audiences[audience]);
}

/* Who is hidden everywhere cannot be among those who do not see it: that is said. */
static void note_hidden(plx_friction *out, const plx_gaps *gaps)
{
    for (guint i = 0; i < gaps->n_notes; i++) {
        const struct plx_gaps_note *note = &gaps->notes[i];
        const gboolean hidden = strcmp(note->code, "audience_hidden") == 0;
        const gint on_map = hidden ? inside(out, gaps, (guint)note->audience) : -1;
        if (on_map >= 0)
            plx_about_note(&out->about, note->code, on_map, note->count, note->detail);
    }
}

static void find_unseen(plx_friction *out, const plx_gaps *gaps, struct plx_friction_point *point)
{
    const struct plx_gaps_point *gap = find_point(gaps, point->point);
    if (!gap || !point->much)
        return;
    point->unseen = plx_keep(out->about.memory, gaps->n_audiences, sizeof *point->unseen);
    for (guint a = 0; a < gaps->n_audiences; a++) {
        const enum plx_verdict verdict = unseen_by(gaps, gap, a, out->about.audience);
        const gint on_map = inside(out, gaps, a);
        if (!verdict || on_map < 0)
            continue;
        point->unseen[point->n_unseen++] = (struct plx_friction_unseen){on_map, verdict};
    }
}

static void sort_points(struct plx_friction_exact *exact)
{
    plx_friction *out = exact->out;
    const guint n = out->n_points;
    g_autofree struct plx_friction_figure *figures = g_new0(struct plx_friction_figure, n + 1);
    g_autofree guint *order = g_new0(guint, n + 1), *place = g_new0(guint, n + 1);
    struct plx_friction_point *sorted = plx_keep(out->about.memory, n, sizeof *sorted);
    for (guint p = 0; p < n; p++)
        figures[p] = out->points[p].figure;
    plx_friction_order(figures, n, order);
    for (guint i = 0; i < n; i++) {
        sorted[i] = out->points[order[i]];
        sorted[i].figure = figures[order[i]];
        place[order[i]] = i;
    }
    out->points = sorted;
    for (guint g = 0; g < out->n_groups; g++)
        for (guint i = 0; i < out->groups[g].n_points; i++)
            out->groups[g].points[i] = place[out->groups[g].points[i]];
}

static gboolean shows_something(const struct plx_friction_point *point)
{
    gboolean shown = !isnan(point->figure.share) || !isnan(point->ticks.fell_short);
    for (guint k = 0; k < PLX_FRICTION_KINDS; k++)
        shown = shown || !isnan(point->parts[k].share);
    return shown;
}

/* Where the figure stands but one of the parts, or the card (after them), is not shown. */
static void note_hidden_parts(plx_friction *out)
{
    for (guint k = 0; k <= PLX_FRICTION_KINDS; k++) {
        gint64 hidden = 0;
        for (guint p = 0; p < out->n_points; p++) {
            const struct plx_friction_point *const point = &out->points[p];
            const enum plx_suppression why =
                k < PLX_FRICTION_KINDS ? point->parts[k].suppressed : point->ticks.suppressed;
            hidden += why != PLX_SHOWN && shows_something(point) ? 1 : 0;
        }
        if (hidden)
            plx_about_note(&out->about, "parts_hidden", out->served, hidden,
                           k < PLX_FRICTION_KINDS ? plx_friction_code(k) : "card");
    }
}

/* At how many points nothing is shown, and why; which parts are not elsewhere; whether anything is
 * left. */
static gboolean count_hidden(plx_friction *out)
{
    gint64 hidden[PLX_HIDDEN_FILTER + 1] = {0};
    gboolean shown = FALSE;
    for (guint p = 0; p < out->n_points; p++) {
        const struct plx_friction_point *point = &out->points[p];
        enum plx_suppression why = MAX(point->figure.suppressed, point->ticks.suppressed);
        for (guint k = 0; k < PLX_FRICTION_KINDS; k++)
            why = MAX(why, point->parts[k].suppressed);
        shown = shown || shows_something(point);
        hidden[shows_something(point) ? PLX_SHOWN : why]++;
    }
    for (enum plx_suppression why = PLX_HIDDEN_FEW; why <= PLX_HIDDEN_FILTER; why++)
        if (hidden[why])
            plx_about_note(&out->about, "cells_hidden", out->served, hidden[why],
                           plx_suppression_code(why));
    note_hidden_parts(out);
    return shown || out->n_points == 0;
}

static gboolean nothing_shown(const struct plx_friction_exact *exact, GError **error)
{
    const struct plx_audience *audience = exact->audience;
    if (exact->reach.hidden)
        return plx_error(error, PLX_ERROR_NOT_SHOWN,
                         "nothing that was asked for may be shown; %s is protected: friction looks "
                         "at it as a whole only, without dates, --where and --by",
                         audience->id);
    return plx_error(error, PLX_ERROR_NOT_SHOWN,
                     "nothing that was asked for may be shown; %s: at least %u persons are needed "
                     "at a point",
                     audience->id, exact->reach.minimum);
}

static gboolean compute(struct plx_friction_exact *exact, plx_source *source, const plx_gaps *gaps,
                        GError **error)
{
    plx_friction *out = exact->out;
    if (exact->question->split && !check_split(exact, error))
        return FALSE;
    find_points(exact);
    if (out->n_points == 0)
        plx_about_note(&out->about, "no_answers", -1, -1, NULL);
    plx_friction_parts(exact);
    plx_friction_take_ticks(exact);
    if (!plx_friction_said(exact, source, error) || !plx_friction_figures(exact, source, error))
        return FALSE;
    for (guint p = 0; gaps && p < out->n_points; p++)
        find_unseen(out, gaps, &out->points[p]);
    if (gaps)
        note_hidden(out, gaps);
    sort_points(exact);
    return count_hidden(out) || nothing_shown(exact, error);
}

static plx_friction *read_served(plx_source *source, const plx_question *question, gint served,
                                 const plx_gaps *gaps, GError **error)
{
    g_autoptr(plx_friction) out = g_new0(plx_friction, 1);
    struct plx_friction_exact exact = {
        .out = out, .question = question, .audience = &question->map->audiences[served]};
    plx_reach_init(&exact.reach, question, (guint)served);
    gboolean ok = ask(&exact, source, error);
    if (ok) {
        plx_about_init(&out->about, source, question, exact.answer, served);
        out->served = served;
        ok = compute(&exact, source, gaps, error);
        plx_answer_free(exact.answer);
    }
    plx_reach_clear(&exact.reach);
    return ok ? g_steal_pointer(&out) : NULL;
}

plx_friction *plx_friction_read(plx_source *source, const struct plx_gaps_options *options,
                                GError **error)
{
    g_autoptr(plx_question) question = make_question(source->map, options, error);
    gboolean failed = FALSE;
    g_autoptr(plx_gaps) gaps = question ? read_gaps(source, options, &failed, error) : NULL;
    gint served = -1;
    if (!question || failed || !find_served(source, question, &served, error))
        return NULL;
    if (served < 0) {
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "friction is what the people served meet, and none of the audiences asked for is "
                  "served: leave --audiences out, or say who is: --declare NAME:served");
        return NULL;
    }
    return read_served(source, question, served, gaps, error);
}
