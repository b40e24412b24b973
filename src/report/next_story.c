/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/next.h"

#include "base/date.h"
#include "report/about.h"
#include "report/next_words.h"
#include "report/suggestion.h"
#include "report/words.h"

#include <math.h>

#define COMMAND_WIDTH 74 /* of a line in a terminal of 80 */

struct telling {
    const plx_next *next;
    plx_story *story;
};

static void item(struct telling *t, const char *title, GString *text)
{
    plx_story_item(t->story, title, text->str);
    g_string_truncate(text, 0);
}

/* What the levels mean here, where the map says it. */
static void tell_levels(struct telling *t, const struct plx_proposal *p)
{
    const char *from = plx_next_words_anchor(t->next, p, p->from);
    const char *to = plx_next_words_anchor(t->next, p, p->to);
    if (!from || !to)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_next_words_level(text, p, p->from);
    g_string_append_printf(text, ": %s. ", from);
    plx_next_words_level(text, p, p->to);
    g_string_append_printf(text, ": %s.", to);
    plx_story_subject(t->story, p->point);
    item(t, "From and to", text);
}

static void tell_quotes(struct telling *t, const struct plx_proposal *p)
{
    g_autoptr(GString) title = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint kind = 0; p->quotes && kind < PLX_NEXT_KINDS; kind++) {
        const struct plx_next_quotes *quotes = &p->quotes[kind];
        g_string_truncate(title, 0);
        plx_next_words_kind(t->next, kind, title);
        for (guint i = 0; i < quotes->n; i++) {
            g_string_append(text, i ? "\n" : "");
            plx_next_words_quote(text, &quotes->quotes[i]);
        }
        plx_story_subject(t->story, quotes->n ? p->point : NULL);
        if (quotes->n)
            item(t, title->str, text);
    }
}

static void tell_command(struct telling *t, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_story_heading(t->story, "To try it: write it down before it starts");
    plx_next_words_command(t->next, p, COMMAND_WIDTH, text);
    plx_story_code(t->story, text->str);
    g_string_truncate(text, 0);
    plx_next_words_command_notes(t->next, p, TRUE, text);
    plx_story_quiet(t->story, text->str);
}

/* Once is enough: what is written down is waited for. */
static void tell_under_way(struct telling *t, const struct plx_step *step)
{
    char start[PLX_DATE_SIZE];
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_append_printf(text,
                           "Step %" G_GINT64_FORMAT " is on this moment already, from %d to %d, "
                           "start %s: 'step verify' says how it goes.",
                           step->id, step->plan->from, step->plan->to,
                           plx_date_format(step->plan->start, start));
    plx_story_say(t->story, text->str);
}

static void tell_proposal(struct telling *t, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_next_words_below(t->next, p, text);
    plx_next_words_side(text, "Leaders", p->leaders_believe, p->leaders, p->leaders_unaware);
    plx_next_words_side(text, "Staff", p->staff_believe, p->staff, p->staff_unaware);
    plx_story_subject(t->story, p->point);
    item(t, "What is there", text);
    tell_levels(t, p);
    tell_quotes(t, p);
    plx_next_words_whole(t->next, p, text);
    item(t, "With the whole", text);
    plx_next_words_effort(p, text);
    item(t, "What it takes to do", text);
    plx_next_words_places(p, text);
    item(t, "Already there", text);
    plx_next_words_wrong(p, text);
    item(t, "We would be wrong if", text);
    plx_next_words_to_know(p, text);
    item(t, "What it takes to know", text);
}

static void tell_tie(struct telling *t)
{
    for (guint i = 0; i < t->next->n_tied && i < PLX_NEXT_RUNNERS_UP; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        const struct plx_proposal *p = &t->next->proposals[i];
        plx_next_words_below(t->next, p, text);
        g_string_append_c(text, ' ');
        plx_next_words_effort(p, text);
        plx_story_subject(t->story, p->point);
        plx_story_item(t->story, p->title, text->str);
    }
    plx_story_say(t->story, "Take the one that is easiest to try, or ask more people about these "
                            "alone.");
}

static void tell_untold(struct telling *t)
{
    if (t->next->n_untold == 0)
        return;
    plx_story_heading(t->story, "No change needed, explain it better");
    for (guint i = 0; i < t->next->n_untold; i++) {
        const struct plx_next_untold *it = &t->next->untold[i];
        if (it->promise)
            plx_story_item(t->story, it->promise->title,
                           "This promise is kept, and fewer than half know it.");
        else
            plx_story_item(t->story, it->point->title,
                           "It is better than those inside think: tell them.");
    }
}

static const struct plx_story_column columns[] = {
    {"Step", PLX_STORY_WIDE},          {"To", PLX_STORY_NUMBER},    {"Rank", PLX_STORY_TEXT},
    {"Of 100 meet", PLX_STORY_NUMBER}, {"Below", PLX_STORY_NUMBER}, {"Short", PLX_STORY_NUMBER},
    {"Not seen by", PLX_STORY_TEXT},   {"Effort", PLX_STORY_TEXT},
};

static const char *unseen_by(const struct plx_proposal *p)
{
    if (p->leaders_unaware)
        return p->staff_unaware ? "leaders, staff" : "leaders";
    return p->staff_unaware ? "staff" : NULL;
}

static void tell_row(struct telling *t, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_story_subject(t->story, p->point);
    plx_story_cellf(t->story, "%s%s%s", p->driver && p->driver->named ? "* " : "", p->title,
                    p->repair == PLX_STEP_PROMISE ? " (promise)" : "");
    plx_story_cellf(t->story, "%d", p->to);
    if (p->rank_best == p->rank_worst)
        plx_story_cellf(t->story, "%u", p->rank);
    else
        plx_story_cellf(t->story, "%u–%u", p->rank_best, p->rank_worst);
    plx_story_cellf(t->story, "%.0f", p->touched);
    plx_words_percent(text, p->below_met);
    plx_story_cell(t->story, text->str);
    plx_story_cellf(t->story, "%.2f", p->shrunken);
    plx_story_cell(t->story, unseen_by(p));
    plx_story_cell(t->story, p->effort < 0 ? "not set" : plx_effort_name(p->effort));
}

static void tell_table(struct telling *t)
{
    if (t->next->n == 0)
        return;
    plx_story_heading(t->story, "All steps in order");
    plx_story_table(t->story, "Steps", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < t->next->n; i++)
        tell_row(t, &t->next->proposals[i]);
    plx_story_quiet(t->story,
                    "Rank: where it stands in nine of ten orders drawn from what the answers leave "
                    "open. Below: share below Expected. Short: how many levels people are short "
                    "of Expected (above it: of Desired) on average, drawn towards what is usual. "
                    "* goes with the whole beyond mood.");
}

static void tell_limits(struct telling *t)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (t->next->promises_first) {
        plx_next_words_broken(t->next, text);
        plx_story_quiet(t->story, text->str);
    }
    if (t->next->efforts_unknown == 0)
        return;
    guint points = 0;
    for (guint i = 0; i < t->next->n; i++)
        points += t->next->proposals[i].repair == PLX_STEP_DELIVERY;
    g_string_printf(text,
                    "How much it takes is not set for %u of %u points: steps there count half. Set "
                    "effort (today, week, quarter, project) in the map.",
                    t->next->efforts_unknown, points);
    plx_story_quiet(t->story, text->str);
}

static const struct plx_words_method methods[] = {
    {"The order",
     "Customers who meet it (of 100 on the way) times the mean levels they are short of Expected, "
     "drawn towards the mean of all moments (REML), times 1 and a half more for each of leaders "
     "and staff who surely do not see it, times 2 where drivers names it, times 1 for effort today "
     "and week, 1/4 quarter, 1/10 project, 1/2 not set. A promise is corrected for those who knew "
     "it and for whom it was not kept. Below Expected comes before above."},
    {"From and to",
     "To: the lowest level that at least one in ten are below, up to Expected; if none, up to "
     "Desired; beyond only where high answers surely go with a better whole. Nothing "
     "above Expected while somewhere more than 5 % surely are at the lowest level, or a promise of "
     "the map "
     "is surely not kept."},
    {"One step, or a tie",
     "2,000 orders are drawn from what the counts leave open (normal, of the shrunken means). A "
     "step is recommended when it is first in 80 % of them, and moments differ beyond chance (F, "
     "5 %). In a tie are those first in 10 % or more and those that stand "
     "before them, two at least. Below 30 answers, or where it is not sure that one in ten are "
     "below: measure first."},
    {"What people said",
     "Comments of those short of it and complaints; what would be better, and suggestions; what "
     "was "
     "done when it went well. Of many those that share most words with the others, never two of "
     "one person. The number is the level given with it."},
    {"What it takes to know",
     "Whitehead (1993): two sides of equal size, 5 %, power 80 %, proportional odds; that half of "
     "those below the level reach it. Places that differ need more."},
    {NULL, NULL},
};

/* What was said where the others are: for those who ask how we know. */
static void tell_others(struct telling *t)
{
    for (guint i = t->next->recommended ? 1 : 0; i < t->next->n; i++) {
        const struct plx_proposal *p = &t->next->proposals[i];
        g_autoptr(GString) text = g_string_new(NULL);
        for (guint kind = 0; p->quotes && kind < PLX_NEXT_KINDS; kind++)
            for (guint q = 0; q < p->quotes[kind].n; q++) {
                g_string_append(text, text->len ? " " : "");
                plx_next_words_quote(text, &p->quotes[kind].quotes[q]);
            }
        g_autofree char *title = g_strdup_printf("Said at “%s”", p->title);
        if (text->len && p->repair == PLX_STEP_DELIVERY)
            plx_story_method(t->story, title, text->str);
    }
}

plx_story *plx_next_story(const plx_next *next)
{
    struct telling t = {next, plx_story_new("next", "Next step")};
    g_autofree char *late = plx_suggestions_late_words(next->waiting);
    g_autoptr(GString) lead = g_string_new(NULL);
    plx_next_words_lead(lead, next);
    plx_story_lead(t.story, lead->str);
    plx_about_story(&next->about, t.story);
    if (next->recommended)
        tell_proposal(&t, next->recommended);
    else if (next->outcome == PLX_NEXT_TIE)
        tell_tie(&t);
    else if (next->outcome == PLX_NEXT_MEASURE_FIRST && next->n > 0)
        tell_proposal(&t, &next->proposals[0]);
    if (next->recommended && next->recommended->under_way)
        tell_under_way(&t, next->recommended->under_way);
    else if (next->recommended)
        tell_command(&t, next->recommended);
    tell_limits(&t);
    tell_untold(&t);
    tell_table(&t);
    if (late)
        plx_story_say(t.story, late);
    for (const struct plx_words_method *m = methods; m->heading; m++)
        plx_story_method(t.story, m->heading, m->text);
    tell_others(&t);
    return t.story;
}

plx_story *plx_next_redacted_story(const plx_next *next)
{
    plx_story *story = plx_story_new("next", "Next step");
    g_autoptr(GString) text = g_string_new(NULL);
    plx_next_words_lead(text, next);
    plx_story_lead(story, text->str);
    if (!next->recommended)
        return story;
    g_string_truncate(text, 0);
    plx_next_words_below(next, next->recommended, text);
    plx_story_say(story, text->str);
    return story;
}
