/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a step and a source to what may be said of it: windows, the verdict, then what stands
 * beside it. */
#include "step/trial.h"

#include "base/date.h"
#include "base/error.h"
#include "base/number.h"
#include "map/map_owner.h"
#include "step/trial_private.h"

#include <string.h>

const char *plx_trial_check_code(enum plx_trial_check check)
{
    static const char *const codes[] = {"parallel_trends", "who_answers", "neighbours",
                                        "expectations"};
    return codes[check];
}

const char *plx_trial_finding_code(enum plx_trial_finding finding)
{
    static const char *const codes[] = {"fine", "remarkable", "not_known"};
    return codes[finding];
}

const char *plx_trial_keep_code(enum plx_trial_keep keep)
{
    static const char *const codes[] = {"not_yet", "no_data",  "held",
                                        "faded",   "not_sure", "nothing_to_keep"};
    return codes[keep];
}

void plx_trial_free(plx_trial *trial)
{
    if (!trial)
        return;
    plx_about_clear(&trial->about);
    g_free(trial);
}

/* Who, and when ------------------------------------------------------------------------------- */

static gboolean find_point(struct plx_trial_work *work, GError **error)
{
    const struct plx_owner owner = plx_map_resolve(work->map, PLX_SUBJECT_POINT, work->plan->point);
    if (owner.state == PLX_OWNER_NONE)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "there is no point \"%s\" on this map, and never was", work->plan->point);
    work->point = owner.id;
    work->home = owner.state == PLX_OWNER_CURRENT ? (gint)owner.index : -1;
    work->out->retired = owner.state == PLX_OWNER_RETIRED;
    work->out->title = owner.id;
    if (owner.state == PLX_OWNER_CURRENT)
        work->out->title = work->map->points[owner.index].title;
    else if (owner.state == PLX_OWNER_RETIRED && work->map->retired[owner.index].title)
        work->out->title = work->map->retired[owner.index].title;
    return TRUE;
}

/* The levels of a plan are those of the first who are served (step_plan.c). */
static gboolean find_audience(struct plx_trial_work *work, const plx_question *question,
                              GError **error)
{
    const gint served = plx_reach_served(question, NULL);
    const guint audience = (guint)MAX(served, 0);
    plx_reach_init(&work->reach, question, audience);
    if (work->reach.whole)
        return plx_error(error, PLX_ERROR_NOT_SHOWN,
                         "%s: a protected audience is not looked at by place and day, so no step "
                         "can be judged by it",
                         work->map->audiences[audience].id);
    work->out->scale = plx_map_scale(work->map, PLX_MEASURE_LEVEL, audience);
    return TRUE;
}

/* The day on which what is compared was fixed. */
static gint32 fixed_on(const struct plx_step *step)
{
    static const char *const compared[] = {"places", "compare", "start", "window", NULL};
    gint64 last = step->registered.utc_seconds;
    for (guint i = 0; i < step->amendments->len; i++) {
        const struct plx_step_amendment *const it = step->amendments->pdata[i];
        if (g_strv_contains(compared, it->field))
            last = MAX(last, it->utc_seconds);
    }
    return plx_date_of_seconds(last);
}

/* The last look that has come, and what is compared at it. */
static void find_look(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const struct plx_step_plan *const plan = work->plan;
    gint come = 0;
    out->given_up = plx_step_given_up(out->step);
    while (!out->given_up && come < (gint)plan->n_looks && plan->looks[come].day <= out->today)
        come++;
    out->look = come - 1;
    out->next_look = !out->given_up && come < (gint)plan->n_looks ? come : -1;
    out->start = plan->start;
    out->until = come > 0 ? plan->looks[come - 1].day : MAX(out->today, plan->start);
    work->part = plan->looks[MAX(out->look, 0)].alpha;
    out->keep_day = plan->looks[plan->n_looks - 1].day + PLX_TRIAL_KEEP_DAYS;
    if (!out->given_up && out->today >= out->keep_day) {
        const gint32 since = out->keep_day - (plan->start - plan->baseline);
        work->last = (struct plx_span_days){MAX(since, out->until), out->keep_day};
    }
}

/* Enough places with answers there, of those that the plan names? */
static gboolean has_answers(const struct plx_trial_work *work, struct plx_span_days days)
{
    const struct plx_panel *const panel = &work->panel;
    const struct plx_panel_counts *const levels = plx_panel_counts(panel, PLX_MEASURE_LEVEL);
    const guint n_side[2] = {panel->n_places - panel->n_treated, panel->n_treated};
    guint enough[2] = {0, 0};
    for (guint p = 0; levels && work->subject >= 0 && p < panel->n_places; p++)
        enough[p < panel->n_treated] +=
            plx_panel_sum(panel, levels, (guint)work->subject, p, days, NULL) >= PLX_STEP_ANSWERS;
    return enough[1] > 0 && enough[0] >= MIN(n_side[0], PLX_STEP_PLACES_MIN) &&
           enough[1] >= MIN(n_side[1], PLX_STEP_PLACES_MIN);
}

static void find_baseline(struct plx_trial_work *work)
{
    const struct plx_step *const step = work->out->step;
    const struct plx_step_plan *const plan = work->plan;
    const gint32 fixed = fixed_on(step);
    work->out->baseline = plan->baseline;
    if (step->late != PLX_STEP_IN_TIME)
        work->weakness |= PLX_STEP_WEAK_LATE;
    if (fixed <= plan->baseline)
        return;
    if (fixed < plan->start && has_answers(work, (struct plx_span_days){fixed, plan->start}))
        work->out->baseline = fixed;
    else
        work->weakness |= PLX_STEP_WEAK_STALE;
}

struct plx_trial_windows plx_trial_windows(const plx_trial *trial)
{
    return (struct plx_trial_windows){{trial->baseline, trial->start},
                                      {trial->start, trial->until}};
}

/* The verdict --------------------------------------------------------------------------------- */

static struct plx_step_decision no_decision(const struct plx_trial_work *work)
{
    struct plx_step_decision none = {.verdict = PLX_STEP_TOO_EARLY,
                                     .weakness = work->weakness,
                                     .design = PLX_STEP_NO_DESIGN,
                                     .change = plx_no_change()};
    if (!plx_step_has_places(work->plan))
        none.weakness |= PLX_STEP_WEAK_FEW_PLACES;
    return none;
}

/* A place's numbers are released elsewhere: here only how many count. */
static void decide(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    const struct plx_trial_windows windows = plx_trial_windows(out);
    const struct plx_step_rule rule = {work->part, out->next_look < 0, work->weakness,
                                       work->options->seed, FALSE};
    out->decision = no_decision(work);
    if (!levels || work->subject < 0)
        return;
    const guint subject = (guint)work->subject;
    const struct plx_step_decision found =
        plx_panel_decide(&work->panel, levels, subject, &windows, &rule);
    if (out->look >= 0) {
        out->decision = found;
    } else {
        out->decision.treated = found.treated;
        out->decision.comparison = found.comparison;
    }
}

/* The same rule on the looks before: whoever looked then was told that. */
static void decide_earlier(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    out->n_earlier = (guint)MAX(out->look, 0);
    out->earlier = plx_trial_keep_block(out, out->n_earlier, sizeof *out->earlier);
    for (guint l = 0; l < out->n_earlier; l++) {
        const struct plx_step_look *const look = &work->plan->looks[l];
        const struct plx_trial_windows windows = {{out->baseline, out->start},
                                                  {out->start, look->day}};
        const struct plx_step_rule rule = {look->alpha, FALSE, work->weakness, 0, TRUE};
        out->earlier[l] = (struct plx_trial_earlier){(gint)l, PLX_STEP_TOO_EARLY};
        if (!levels || work->subject < 0)
            continue;
        const struct plx_step_decision d =
            plx_panel_decide(&work->panel, levels, (guint)work->subject, &windows, &rule);
        if (plx_trial_shows_earlier(work, l, d.design == PLX_STEP_PLACES_COMPARED))
            out->earlier[l].verdict = d.verdict;
    }
}

static gboolean is_shown(const struct plx_trial_figure *figure)
{
    return figure->n > 0;
}

/* No number rests on a side that may not be shown, and no verdict without its number. */
static void hide_decision(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    const gboolean compared = out->decision.design == PLX_STEP_PLACES_COMPARED;
    const gboolean shown =
        is_shown(&out->side[0][0]) && is_shown(&out->side[0][1]) &&
        (!compared || (is_shown(&out->side[1][0]) && is_shown(&out->side[1][1])));
    if (shown)
        return;
    out->decision.verdict = PLX_STEP_TOO_EARLY;
    out->decision.design = PLX_STEP_NO_DESIGN;
    out->decision.change = plx_no_change();
}

static void find_no_answers(struct plx_trial_work *work)
{
    const struct plx_panel_counts *const levels = plx_panel_counts(&work->panel, PLX_MEASURE_LEVEL);
    const struct plx_span_days since = {work->plan->start, work->options->today};
    work->out->no_answers_after =
        work->options->today > work->plan->start &&
        (!levels || work->subject < 0 ||
         plx_panel_answers(&work->panel, levels, (guint)work->subject, since) < 1);
}

static void compare_whole(struct plx_trial_work *work)
{
    plx_trial *const out = work->out;
    out->whole = plx_no_change();
    if (work->home < 0 || out->look < 0)
        return;
    const char *const journey = work->map->journeys[work->map->points[work->home].journey].id;
    const gint subject = plx_panel_subject(&work->panel, PLX_SUBJECT_JOURNEY, journey);
    const struct plx_trial_windows windows = plx_trial_windows(out);
    if (plx_trial_may_show(work, PLX_MEASURE_OVERALL, subject))
        out->whole = plx_panel_change(&work->panel, PLX_MEASURE_OVERALL, subject, &windows,
                                      1 - work->part, work->options->seed);
}

/* All of it ----------------------------------------------------------------------------------- */

static void find_windows(struct plx_trial_work *work, const struct plx_step *step)
{
    work->out->step = step;
    work->out->today = work->options->today;
    work->subject = plx_panel_subject(&work->panel, PLX_SUBJECT_POINT, work->point);
    find_look(work);
    find_baseline(work);
}

static void fill(struct plx_trial_work *work, const plx_question *question)
{
    plx_trial *const out = work->out;
    plx_about_init(&out->about, work->source, question, work->asked, (gint)work->reach.audience);
    out->title = plx_about_copy(&out->about, out->title);
    decide(work);
    find_no_answers(work);
    plx_trial_release(work);
    hide_decision(work);
    decide_earlier(work);
    compare_whole(work);
    plx_trial_series(work);
    plx_trial_checks(work);
    plx_trial_who_answers(work);
    plx_trial_placebo(work);
    plx_trial_rebound(work);
    plx_trial_ask_keep(work);
}

plx_trial *plx_trial_read(plx_source *source, const struct plx_step *step,
                          const struct plx_trial_options *options, GError **error)
{
    static const struct plx_gaps_options everything = {.seed = 0};
    g_autoptr(plx_question) question = plx_question_new(source->map, &everything, error);
    if (!question)
        return NULL;
    g_autofree plx_trial *out = g_new0(plx_trial, 1);
    struct plx_trial_work work = {.out = out,
                                  .source = source,
                                  .options = options,
                                  .plan = step->plan,
                                  .map = source->map,
                                  .compares = step->plan->compare[0] != NULL};
    gboolean done = find_point(&work, error) && find_audience(&work, question, error) &&
                    plx_panel_ask(&work.panel, &work, error);
    if (done) {
        find_windows(&work, step);
        done = plx_trial_ask_persons(&work, error);
    }
    if (done)
        fill(&work, question);
    plx_panel_clear(&work.panel);
    plx_trial_who_clear(&work.who);
    plx_answer_free(work.asked);
    plx_reach_clear(&work.reach);
    g_free(work.may_show);
    return done ? g_steal_pointer(&out) : NULL;
}
