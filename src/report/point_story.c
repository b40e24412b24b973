/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All evidence on one point, as a page. */
#include "report/point.h"

#include "base/date.h"
#include "map/map_owner.h"
#include "report/consistency_parts.h"
#include "report/next_words.h"
#include "report/point_parts.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

struct telling {
    const plx_gaps *gaps;
    const struct plx_gaps_point *point;
    plx_story *story;
};

/* The sentence of the page: "At the doorstep: leaders did not see this yet." */
static void tell_lead(const struct telling *t)
{
    const struct plx_gap *lead = plx_view_lead(t->gaps, t->point);
    const gint served = plx_view_served(t->gaps);
    const struct plx_voice *voice = served >= 0 ? plx_view_voice(t->point, served) : NULL;
    g_autoptr(GString) text = g_string_new(t->point->title);
    if (lead && lead->verdict != PLX_VERDICT_NONE) {
        g_string_append(text, ": ");
        plx_words_verdict(t->gaps, plx_view_verdict(t->gaps, t->point),
                          plx_view_viewer(t->gaps, lead), plx_view_judge(t->gaps, lead), text);
        g_string_append_c(text, '.');
    } else if (voice) {
        g_string_append(text, ": ");
        plx_words_seen(t->gaps, voice, text);
        g_string_append_c(text, '.');
    }
    plx_story_lead(t->story, text->str);
}

/* Gaps ----------------------------------------------------------------------------------------- */

static void tell_gap(const struct telling *t, const struct plx_gap *gap)
{
    if (gap->verdict == PLX_VERDICT_NONE)
        return;
    g_autoptr(GString) title = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_verdict(t->gaps, gap->verdict, gap->a, gap->b, title);
    plx_words_capital(title, 0);
    plx_words_gap(t->gaps, t->point, gap, text);
    if (gap->verdict == PLX_VERDICT_NOT_ENOUGH_YET) {
        g_string_append(text, " To be sure: ");
        plx_words_needed(t->gaps, t->point, gap, text);
        g_string_append_c(text, '.');
    }
    plx_story_item(t->story, title->str, text->str);
}

/* The one that speaks for the point, then what is sure, then what is not. */
static void tell_gaps(const struct telling *t)
{
    const struct plx_gap *lead = plx_view_lead(t->gaps, t->point);
    if (lead)
        tell_gap(t, lead);
    for (guint pass = 0; pass < 2; pass++)
        for (guint i = 0; i < t->point->n_gaps; i++) {
            const struct plx_gap *gap = &t->point->gaps[i];
            const gboolean open = gap->verdict == PLX_VERDICT_NOT_ENOUGH_YET;
            if (gap != lead && open == (pass == 1))
                tell_gap(t, gap);
        }
}

/* Voices --------------------------------------------------------------------------------------- */

static void append_ranged(GString *out, double share, struct plx_interval ci)
{
    plx_words_percent(out, share);
    if (isfinite(share) && isfinite(ci.lo) && isfinite(ci.hi)) {
        g_string_append(out, " (");
        plx_words_percent_range(out, ci);
        g_string_append_c(out, ')');
    }
}

static void voice_cells(const struct telling *t, const struct plx_voice *voice)
{
    const struct plx_interval none = {(double)NAN, (double)NAN};
    g_autoptr(GString) text = g_string_new(NULL);
    plx_story_cell(t->story, plx_words_voice(t->gaps, (gint)voice->audience));
    if (voice->suppressed != PLX_SHOWN) {
        plx_words_hidden(t->gaps, voice, text);
        plx_story_cell(t->story, text->str);
        for (guint i = 0; i < 4; i++)
            plx_story_cell(t->story, NULL);
        return;
    }
    plx_words_answers(voice, text);
    plx_story_cell(t->story, text->str);
    g_string_truncate(text, 0);
    plx_words_voice_mean(voice, text);
    plx_story_cell(t->story, text->str);
    g_string_truncate(text, 0);
    append_ranged(text, voice->met_share, voice->complete ? none : voice->met_ci);
    plx_story_cell(t->story, text->str);
    g_string_truncate(text, 0);
    append_ranged(text, voice->desired_share, voice->complete ? none : voice->desired_ci);
    plx_story_cell(t->story, text->str);
    g_string_truncate(text, 0);
    plx_words_count(text, voice->na);
    plx_story_cell(t->story, voice->na >= 0 ? text->str : NULL);
}

static void tell_voices(const struct telling *t)
{
    const struct plx_story_column columns[] = {{"Voice", PLX_STORY_TEXT},
                                               {"Answers", PLX_STORY_NUMBER},
                                               {"Mean (range)", PLX_STORY_NUMBER},
                                               {"Met or exceeded", PLX_STORY_NUMBER},
                                               {"Desired or better", PLX_STORY_NUMBER},
                                               {"Did not happen", PLX_STORY_NUMBER}};
    if (t->point->n_voices == 0)
        return;
    plx_story_table(t->story, "Who sees what", columns, G_N_ELEMENTS(columns));
    for (guint i = t->point->n_voices; i-- > 0;)
        voice_cells(t, &t->point->voices[i]);
}

/* Guesses -------------------------------------------------------------------------------------- */

static void tell_belief(const struct telling *t, const struct plx_belief *belief)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_belief(t->gaps, belief, text);
    if (belief->suppressed == PLX_SHOWN && belief->verdict != PLX_VERDICT_NONE) {
        g_string_append_c(text, ' ');
        const gsize at = text->len;
        plx_words_verdict(t->gaps, belief->verdict, belief->by, belief->about, text);
        plx_words_capital(text, at);
        g_string_append_c(text, '.');
    }
    plx_story_item(t->story, NULL, text->str);
}

static void tell_guesses(const struct telling *t)
{
    const struct plx_gaps_point *p = t->point;
    if (p->n_beliefs + p->n_predictions + p->n_expectations == 0)
        return;
    plx_story_heading(t->story, "What was guessed and expected");
    for (guint i = 0; i < p->n_beliefs; i++)
        tell_belief(t, &p->beliefs[i]);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < p->n_predictions; i++) {
        g_string_truncate(text, 0);
        plx_words_prediction(t->gaps, &p->predictions[i], text);
        plx_story_item(t->story, NULL, text->str);
    }
    for (guint i = 0; i < p->n_expectations; i++) {
        g_string_truncate(text, 0);
        plx_words_expectation(t->gaps, &p->expectations[i], text);
        plx_story_item(t->story, NULL, text->str);
    }
}

/* What is promised, and done for it -------------------------------------------------------------
 */

static void tell_promise(const struct telling *t, const struct plx_promise *promise)
{
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text, "“%s”", promise->title);
    if (promise->where)
        g_string_append_printf(text, ", %s", promise->where);
    if (promise->since)
        g_string_append_printf(text, ", since %s", promise->since);
    plx_story_item(t->story, "Promised", text->str);
}

static void tell_map(const struct telling *t)
{
    const plx_map *map = t->gaps->map;
    g_autoptr(GString) tasks = g_string_new(NULL);
    for (guint i = 0; map && i < map->n_promises; i++)
        if (plx_view_is_about(map->promises[i].points, map->promises[i].n_points, t->point))
            tell_promise(t, &map->promises[i]);
    for (guint i = 0; map && i < map->n_tasks; i++) {
        const struct plx_task *task = &map->tasks[i];
        if (!plx_view_is_about(task->points, task->n_points, t->point))
            continue;
        g_string_append_printf(tasks, "%s%s", tasks->len ? " · " : "", task->title);
        if (task->owner)
            g_string_append_printf(tasks, " (%s)", task->owner);
    }
    if (tasks->len)
        plx_story_item(t->story, "What we do for it", tasks->str);
}

/* Quotes, steps -------------------------------------------------------------------------------- */

static void tell_quotes(const struct telling *t, const struct plx_next_quotes *quotes)
{
    static const char *const titles[PLX_NEXT_KINDS] = {"What people said who were not content",
                                                       "What would be better, in their words",
                                                       "What was done when it went well"};
    guint n = 0;
    for (guint kind = 0; quotes && kind < PLX_NEXT_KINDS; kind++)
        n += quotes[kind].n;
    if (n == 0)
        return;
    plx_story_heading(t->story, "In their words");
    for (guint kind = 0; kind < PLX_NEXT_KINDS; kind++)
        for (guint i = 0; i < quotes[kind].n; i++) {
            g_autoptr(GString) text = g_string_new(NULL);
            plx_next_words_quote(text, &quotes[kind].quotes[i]);
            plx_story_item(t->story, i == 0 ? titles[kind] : NULL, text->str);
        }
}

static gboolean is_here(const struct telling *t, const struct plx_step *step)
{
    if (!t->gaps->map)
        return strcmp(step->plan->point, t->point->point) == 0;
    const struct plx_owner owner =
        plx_map_resolve(t->gaps->map, PLX_SUBJECT_POINT, step->plan->point);
    return owner.id ? strcmp(owner.id, t->point->point) == 0
                    : strcmp(step->plan->point, t->point->point) == 0;
}

static void tell_steps(const struct telling *t, const GPtrArray *steps)
{
    gboolean any = FALSE;
    for (guint i = 0; steps && i < steps->len; i++) {
        const struct plx_step *step = steps->pdata[i];
        if (!is_here(t, step))
            continue;
        if (!any)
            plx_story_heading(t->story, "Steps here");
        any = TRUE;
        char day[PLX_DATE_SIZE];
        g_autofree char *title = g_strdup_printf("Step %" G_GINT64_FORMAT ", %s", step->id,
                                                 plx_step_state_name(step->state));
        g_autofree char *text = g_strdup_printf(
            "From level %d to %d, start %s, by %s.%s%s", step->plan->from, step->plan->to,
            plx_date_format(step->plan->start, day), step->plan->owner, step->plan->note ? " " : "",
            step->plan->note ? step->plan->note : "");
        plx_story_item(t->story, title, text);
    }
}

/* How we know ---------------------------------------------------------------------------------- */

/* The point in the reading of places and periods; NULL. */
static const struct plx_consistency_point *limits_of(const struct telling *t,
                                                     const plx_consistency *c)
{
    for (guint i = 0; c && i < c->n_points; i++)
        if (strcmp(c->points[i].point, t->point->point) == 0)
            return &c->points[i];
    return NULL;
}

static gboolean has_funnel(const struct plx_consistency_point *p)
{
    return p && !p->funnel.missing && p->funnel.n_parts > 0;
}

static void tell_limits(const struct telling *t, const plx_consistency *c)
{
    const struct plx_consistency_point *p = limits_of(t, c);
    if (has_funnel(p)) {
        plx_story_heading(t->story, "Which places stand out");
        plx_consistency_draw_funnel(c, p, t->story);
    }
    if (p && !p->chart.missing && p->chart.n_parts > 0) {
        plx_story_heading(t->story, "Which periods stand out");
        plx_consistency_draw_chart(c, p, t->story);
    }
}

/* At how many places a voice is shown. */
static guint places_of(const plx_gaps *split, guint audience)
{
    guint places = 0;
    for (guint g = 0; split && g < split->n_groups; g++) {
        const struct plx_gaps_group *group = &split->groups[g];
        const struct plx_voice *voice =
            group->n_points ? plx_view_voice(&group->points[0], (gint)audience) : NULL;
        places += voice && !voice->label && voice->suppressed == PLX_SHOWN && voice->n > 0;
    }
    return places;
}

static void tell_visits(const struct telling *t, const plx_gaps *split)
{
    for (guint i = 0; i < t->point->n_voices; i++) {
        const struct plx_voice *voice = &t->point->voices[i];
        if (strcmp(t->gaps->audiences[voice->audience], "shopper") != 0 || voice->n == 0 ||
            voice->suppressed != PLX_SHOWN)
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        plx_words_seen(t->gaps, voice, text);
        const guint places = places_of(split, voice->audience);
        if (places > 1)
            g_string_append_printf(text, ", at %u places", places);
        plx_words_capital(text, 0);
        g_string_append(text, ". A visit is evidence of promises and consistency, and no "
                              "replacement for customers.");
        plx_story_heading(t->story, "What secret visits met");
        plx_story_say(t->story, text->str);
    }
}

static void tell_notes(const struct telling *t, const struct plx_point_splits *splits)
{
    const plx_gaps *const readings[] = {t->gaps, splits->place, splits->channel, splits->month};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint r = 0; r < G_N_ELEMENTS(readings); r++) {
        g_autoptr(GPtrArray) notes =
            readings[r] ? plx_words_notes(readings[r], r == 0 ? PLX_WORDS_PAGE : PLX_WORDS_PART,
                                          /* whole= */ FALSE)
                        : NULL;
        for (guint i = 0; notes && i < notes->len; i++)
            if (g_hash_table_add(seen, g_strdup(notes->pdata[i])))
                plx_story_note(t->story, notes->pdata[i]);
    }
}

static void tell_methods(const struct telling *t)
{
    for (const struct plx_words_method *m = plx_words_methods(); m->heading; m++)
        plx_story_method(t->story, m->heading, m->text);
    g_autoptr(GString) family = g_string_new(NULL);
    plx_words_family(t->gaps, family);
    g_string_append(family, " Ranges here are adjusted for the gaps of this point alone; those of "
                            "the picture are wider.");
    plx_story_method(t->story, "Looked at together", family->str);
}

plx_story *plx_point_story(const plx_gaps *gaps, const struct plx_point_splits *splits)
{
    g_assert(gaps->n_groups > 0 && gaps->groups[0].n_points == 1);
    const struct telling t = {gaps, &gaps->groups[0].points[0],
                              plx_story_new("point", "What each side says")};
    g_autoptr(GString) context = g_string_new(NULL);
    if (t.point->transaction_title)
        g_string_append_printf(context, "%s · ", t.point->transaction_title);
    plx_words_context(gaps, context);
    plx_story_context(t.story, context->str);
    tell_lead(&t);
    tell_gaps(&t);
    tell_map(&t);
    tell_voices(&t);
    plx_point_draw_spread(gaps, t.point, t.story);
    tell_guesses(&t);
    tell_quotes(&t, splits->quotes);
    plx_point_tell_levels(gaps, t.point, t.story);
    tell_visits(&t, splits->place);
    plx_point_draw_places(splits->place, has_funnel(limits_of(&t, splits->consistency)), t.story);
    plx_point_draw_channels(splits->channel, t.story);
    plx_point_draw_months(splits->month, t.story);
    tell_limits(&t, splits->consistency);
    tell_steps(&t, splits->steps);
    tell_notes(&t, splits);
    tell_methods(&t);
    if (splits->story)
        plx_story_take(t.story, splits->story);
    return t.story;
}
