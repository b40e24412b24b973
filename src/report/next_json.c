/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/next.h"

#include "base/date.h"
#include "base/number.h"
#include "report/about.h"
#include "report/json_parts.h"
#include "report/next_words.h"
#include "step/suggestion.h"

static void write_step(plx_json *json, const struct plx_proposal *p)
{
    plx_json_string(json, "point", p->point);
    plx_json_integer(json, "from", p->from);
    plx_json_integer(json, "to", p->to);
    plx_json_string(json, "repair", plx_step_repair_name(p->repair));
    if (p->under_way)
        plx_json_integer(json, "step", p->under_way->id);
    else
        plx_json_null(json, "step");
}

static void write_recommended(plx_json *json, const plx_next *next)
{
    if (!next->recommended) {
        plx_json_null(json, "recommended");
        return;
    }
    plx_json_begin_object(json, "recommended");
    write_step(json, next->recommended);
    plx_json_end_object(json);
}

static void write_share(plx_json *json, const char *key, double share, struct plx_interval ci)
{
    plx_json_begin_object(json, key);
    plx_json_number(json, "share", share);
    plx_json_interval(json, "ci", ci);
    plx_json_end_object(json);
}

static void write_seen(plx_json *json, const char *key, gboolean unaware,
                       const struct plx_voice *voice, const struct plx_belief *belief)
{
    plx_json_begin_object(json, key);
    plx_json_boolean(json, "unaware", unaware);
    plx_json_number(json, "mean", voice ? voice->mean : PLX_NAN);
    plx_json_number(json, "believed", belief ? belief->believed : PLX_NAN);
    plx_json_number(json, "served", belief ? belief->served : PLX_NAN);
    plx_json_end_object(json);
}

static void write_whole(plx_json *json, const struct plx_driver *d)
{
    if (!d) {
        plx_json_null(json, "whole");
        return;
    }
    plx_json_begin_object(json, "whole");
    plx_json_boolean(json, "named", d->named);
    plx_json_number(json, "beyond_mood", d->beyond);
    plx_json_interval(json, "beyond_mood_ci", d->beyond_ci);
    plx_json_number(json, "below", d->penalty);
    plx_json_interval(json, "below_ci", d->penalty_ci);
    plx_json_end_object(json);
}

static void write_quotes(plx_json *json, const struct plx_proposal *p)
{
    plx_json_begin_object(json, "said");
    for (guint kind = 0; kind < PLX_NEXT_KINDS; kind++) {
        plx_json_begin_array(json, plx_next_kind_code(kind));
        for (guint i = 0; p->quotes && i < p->quotes[kind].n; i++) {
            const struct plx_next_quote *it = &p->quotes[kind].quotes[i];
            plx_json_begin_object(json, NULL);
            plx_json_string(json, "prompt", it->prompt);
            if (it->level == PLX_CELL_EMPTY)
                plx_json_null(json, "level");
            else
                plx_json_integer(json, "level", it->level);
            plx_json_string(json, "text", it->text);
            plx_json_end_object(json);
        }
        plx_json_end_array(json);
    }
    plx_json_end_object(json);
}

static void write_places(plx_json *json, const char *key, const char *const *places, guint n)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; i < n; i++)
        plx_json_string(json, NULL, places[i]);
    plx_json_end_array(json);
}

static void write_evidence(plx_json *json, const struct plx_proposal *p)
{
    write_places(json, "places_there", p->places, p->n_places);
    write_quotes(json, p);
    plx_json_begin_object(json, "to_know");
    plx_json_number(json, "share", p->share);
    write_places(json, "places", p->trial, p->n_trial);
    write_places(json, "compare", p->compare, p->n_trial);
    plx_json_number(json, "answers", p->answers_needed);
    plx_json_integer(json, "places_each", PLX_NEXT_PLACES);
    plx_json_number(json, "weeks", p->weeks);
    plx_json_integer(json, "window_weeks", p->window);
    plx_json_end_object(json);
}

/* What a level is called, and what the map says of it at this point. */
static void write_level(plx_json *json, const char *key, const plx_next *next,
                        const struct plx_proposal *p, int value)
{
    const struct plx_scale *const scale = p->scale;
    plx_json_begin_object(json, key);
    plx_json_string(json, "word", scale->words ? scale->words[value - scale->min] : NULL);
    plx_json_string(json, "anchor", plx_next_words_anchor(next, p, value));
    plx_json_end_object(json);
}

static void write_proposal(plx_json *json, const plx_next *next, const struct plx_proposal *p)
{
    plx_json_begin_object(json, NULL);
    write_step(json, p);
    plx_json_string(json, "title", p->title);
    plx_json_begin_object(json, "levels");
    write_level(json, "from", next, p, p->from);
    write_level(json, "to", next, p, p->to);
    plx_json_end_object(json);
    plx_json_string(json, "promise", p->promise ? p->promise->promise : NULL);
    plx_json_boolean(json, "above_expected", p->above);
    plx_json_integer(json, "rank", p->rank);
    plx_json_count(json, "rank_best", p->rank_best ? (gint64)p->rank_best : PLX_NO_COUNT);
    plx_json_count(json, "rank_worst", p->rank_worst ? (gint64)p->rank_worst : PLX_NO_COUNT);
    plx_json_number(json, "first", p->rank_best ? p->first : PLX_NAN);
    plx_json_count(json, "n", p->voice->n);
    plx_json_count(json, "persons", p->voice->persons);
    write_share(json, "below_to", p->below, p->below_ci);
    write_share(json, "below_met", p->below_met, p->below_met_ci);
    plx_json_begin_object(json, "order");
    plx_json_number(json, "touched", p->touched);
    plx_json_number(json, "short", p->shortfall);
    plx_json_number(json, "short_shrunken", p->shrunken);
    plx_json_string(json, "effort", plx_effort_name(p->effort));
    plx_json_number(json, "weight", p->weight);
    plx_json_number(json, "product", p->score);
    plx_json_end_object(json);
    write_seen(json, "leaders", p->leaders_unaware, p->leaders, p->leaders_believe);
    write_seen(json, "staff", p->staff_unaware, p->staff, p->staff_believe);
    write_whole(json, p->driver);
    write_evidence(json, p);
    plx_json_end_object(json);
}

static void write_runners_up(plx_json *json, const plx_next *next, guint from)
{
    plx_json_begin_array(json, "runners_up");
    for (guint i = from; i < MIN(next->n, from + PLX_NEXT_RUNNERS_UP); i++) {
        plx_json_begin_object(json, NULL);
        write_step(json, &next->proposals[i]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_untold(plx_json *json, const plx_next *next)
{
    plx_json_begin_array(json, "explain");
    for (guint i = 0; i < next->n_untold; i++) {
        const struct plx_next_untold *it = &next->untold[i];
        plx_json_begin_object(json, NULL);
        plx_json_string(json, "promise", it->promise ? it->promise->promise : NULL);
        plx_json_string(json, "point", it->point ? it->point->point : NULL);
        plx_json_string(json, "title", it->promise ? it->promise->title : it->point->title);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
}

static void write_method(plx_json *json, const plx_next *next)
{
    plx_json_begin_object(json, "method");
    plx_json_integer(json, "draws", PLX_NEXT_DRAWS);
    plx_json_number(json, "first_needed", PLX_NEXT_FIRST);
    plx_json_number(json, "near", PLX_NEXT_NEAR);
    plx_json_number(json, "sizeable", PLX_NEXT_SIZEABLE);
    plx_json_number(json, "broken_limit", PLX_NEXT_BROKEN);
    plx_json_number(json, "points_differ_p", next->heterogeneity_p);
    plx_json_string(json, "answers", "whitehead");
    plx_json_number(json, "alpha", PLX_NEXT_ALPHA);
    plx_json_number(json, "power", PLX_NEXT_POWER);
    plx_json_end_object(json);
}

/* Null where nobody could know. */
static void write_waiting(plx_json *json, const plx_next *next)
{
    char day[PLX_DATE_SIZE];
    if (next->waiting == PLX_NO_COUNT) {
        plx_json_null(json, "waiting");
        return;
    }
    plx_json_begin_object(json, "waiting");
    plx_json_string(json, "at", plx_date_format(next->waiting_at, day));
    plx_json_integer(json, "days", PLX_SUGGESTION_LATE);
    plx_json_integer(json, "suggestions", next->waiting);
    plx_json_end_object(json);
}

void plx_next_json(const plx_next *next, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &next->about, "next");
    plx_json_string(json, "outcome", plx_next_outcome_code(next->outcome));
    plx_json_string(json, "reason", plx_next_reason_code(next->reason));
    write_recommended(json, next);
    plx_json_boolean(json, "broken_first", next->promises_first);
    plx_json_string(json, "broken", next->broken_title);
    plx_json_integer(json, "efforts_unknown", next->efforts_unknown);
    plx_json_integer(json, "tied", next->n_tied);
    plx_json_begin_array(json, "proposals");
    for (guint i = 0; i < next->n; i++)
        write_proposal(json, next, &next->proposals[i]);
    plx_json_end_array(json);
    write_runners_up(json, next, next->recommended ? 1 : next->n_tied);
    write_untold(json, next);
    write_waiting(json, next);
    write_method(json, next);
    plx_about_json_notes(json, &next->about);
    plx_json_end_object(json);
    g_string_append_c(out, '\n');
}
