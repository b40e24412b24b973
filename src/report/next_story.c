/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/next.h"

#include "report/about.h"
#include "report/words.h"

#include <math.h>

struct telling {
    const plx_next *next;
    plx_story *story;
};

static void append_people(const struct telling *t, GString *out)
{
    plx_words_audience_people(t->next->about->audience, t->next->about->audience_title, out);
}

static void append_level(GString *out, const struct plx_proposal *p, int value)
{
    plx_words_level(out, p->scale, value);
    g_string_append_printf(out, " (%d)", value);
}

static void append_step(GString *out, const struct plx_proposal *p)
{
    g_string_append_printf(out, "“%s”, from ", p->title);
    append_level(out, p, p->from);
    g_string_append(out, " to ");
    append_level(out, p, p->to);
    if (p->repair == PLX_REPAIR_PROMISE)
        g_string_append_printf(out, ", by correcting the promise “%s”", p->promise->title);
}

static void append_titles(GString *out, const plx_next *next)
{
    for (guint i = 0; i < next->n_tied; i++)
        g_string_append_printf(
            out, "%s“%s”%s", i == 0 ? "" : (i + 1 == next->n_tied ? " and " : ", "),
            next->proposals[i].title,
            next->proposals[i].repair == PLX_REPAIR_PROMISE ? " (its promise)" : "");
}

static void append_measure(GString *out, const plx_next *next)
{
    g_string_append(out, "Measure first: ");
    if (next->reason == PLX_NEXT_NO_LEVELS)
        g_string_append(out, "there are no levels yet from which a step could be told.");
    else if (next->reason == PLX_NEXT_FEW_ANSWERS)
        g_string_append_printf(out, "“%s” stands first, but on too few answers.",
                               next->proposals[0].title);
    else
        g_string_append_printf(out,
                               "“%s” stands first, but it is not sure that many are short of "
                               "anything there.",
                               next->proposals[0].title);
}

static void append_lead(GString *out, const plx_next *next)
{
    switch (next->outcome) {
    case PLX_NEXT_RECOMMENDED:
        g_string_append(out, "The next step: ");
        append_step(out, next->recommended);
        g_string_append_c(out, '.');
        break;
    case PLX_NEXT_TIE:
        if (next->reason == PLX_NEXT_NO_DIFFERENCE) {
            g_string_append(out, "No step stands out: moments differ no more than chance makes "
                                 "them.");
            break;
        }
        g_string_append(out, "A tie: ");
        append_titles(out, next);
        g_string_append(out, " are too near to each other to name one.");
        break;
    case PLX_NEXT_MEASURE_FIRST:
        append_measure(out, next);
        break;
    case PLX_NEXT_EXPLAIN_BETTER:
        g_string_append(out, "No change needed: explain better what is there.");
        break;
    case PLX_NEXT_NOTHING_NEEDED:
        g_string_append(out, "No change needed: nearly everybody gets what they expect.");
        break;
    }
}

/* "Of 100 customers who meet it, 38 (34–42 %) fall below Expected." */
static void append_below(const struct telling *t, const struct plx_proposal *p, GString *out)
{
    g_string_append(out, "Of 100 ");
    append_people(t, out);
    g_string_append_printf(out, " who meet it, %.0f ", 100 * p->below_met);
    g_string_append_c(out, '(');
    plx_words_percent_range(out, p->below_met_ci);
    g_string_append(out, ") fall ");
    plx_words_below(out, p->scale);
    if (p->to != p->scale->met) {
        g_string_append_printf(out, ", %.0f below ", 100 * p->below);
        append_level(out, p, p->to);
    }
    g_string_append_printf(out, "; of 100 on the way %.0f meet it.", p->touched);
}

static void append_side(GString *out, const char *who, const struct plx_belief *belief,
                        const struct plx_voice *voice, gboolean unaware)
{
    if (!belief && !voice)
        return;
    g_string_append_printf(out, " %s ", who);
    if (belief) {
        g_string_append(out, "think that ");
        plx_words_percent(out, belief->believed);
        g_string_append(out, " get what they desire; ");
        plx_words_percent(out, belief->served);
        g_string_append(out, " say so");
    } else {
        g_string_append(out, "rate it ");
        plx_words_mean(out, voice->mean);
    }
    g_string_append(out, unaware ? ": they did not see this yet." : ".");
}

static void append_whole(const struct plx_proposal *p, GString *out)
{
    const struct plx_driver *d = p->driver;
    if (!d) {
        g_string_append(out, "Whether it goes with the whole is not known: too few judged both.");
    } else if (isfinite(d->penalty)) {
        g_string_append(out, "Those who got Expected or Desired rate the whole ");
        plx_words_mean(out, fabs(d->penalty));
        g_string_append(out, d->penalty <= 0 ? " higher" : " lower");
        g_string_append(out, " than those who did not, other answers alike; part of that may be "
                             "mood.");
    } else {
        g_string_append(out, "It goes with the whole");
        g_string_append(out, d->named ? " beyond what one mood would give."
                                      : " no more than one mood would give, as far as this shows.");
    }
    g_string_append(out, " Only a trial shows what lifting it does.");
}

static void append_effort(const struct plx_proposal *p, GString *out)
{
    static const char *const words[] = {"can be done today, without asking anyone",
                                        "can be done this week, without asking anyone",
                                        "takes a quarter", "is a project"};
    if (p->effort < 0)
        g_string_append(out, "How much it takes is not known: set effort (today, week, quarter, "
                             "project) of the point in the map.");
    else
        g_string_append_printf(out, "It %s (effort of the point in the map).", words[p->effort]);
}

static void append_places(const struct plx_proposal *p, GString *out)
{
    for (guint i = 0; i < p->n_places; i++)
        g_string_append_printf(out, "%s%s", i ? ", " : "", p->places[i]);
    if (p->n_places == 0)
        g_string_append(out, "No place is surely there yet.");
    else
        g_string_append(out, ": see what they do.");
}

static void append_wrong(const struct plx_proposal *p, GString *out)
{
    g_string_append(out, "places that take the step do no better than places that do not; or if "
                         "those who are short of it now are short of everything, so that the "
                         "trouble lies elsewhere");
    if (p->voice->n < 100)
        g_string_append(out, "; or if the next answers look otherwise: these are few");
    g_string_append_c(out, '.');
}

static void append_trial(const struct plx_proposal *p, GString *out)
{
    if (!isfinite(p->answers_needed)) {
        g_string_append(out, "Too little is known to say.");
        return;
    }
    g_string_append(out, "To see half of those below reach it: about ");
    plx_words_count(out, (gint64)p->answers_needed);
    g_string_append_printf(out,
                           " answers, half of them where the step is taken; at least %d places "
                           "that take it and %d that do not",
                           PLX_NEXT_PLACES, PLX_NEXT_PLACES);
    if (isfinite(p->weeks))
        g_string_append_printf(out, "; about %.0f week%s at the present flow", p->weeks,
                               p->weeks > 1 ? "s" : "");
    g_string_append(out, ". Where places differ much, more.");
}

static void item(struct telling *t, const char *title, GString *text)
{
    plx_story_item(t->story, title, text->str);
    g_string_truncate(text, 0);
}

static void tell_proposal(struct telling *t, const struct plx_proposal *p)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_below(t, p, text);
    append_side(text, "Leaders", p->leaders_believe, p->leaders, p->leaders_unaware);
    append_side(text, "Staff", p->staff_believe, p->staff, p->staff_unaware);
    plx_story_subject(t->story, p->point);
    item(t, "What is there", text);
    append_whole(p, text);
    item(t, "With the whole", text);
    append_effort(p, text);
    item(t, "What it takes to do", text);
    append_places(p, text);
    item(t, "Already there", text);
    append_wrong(p, text);
    item(t, "We would be wrong if", text);
    append_trial(p, text);
    item(t, "What it takes to know", text);
}

static void tell_tie(struct telling *t)
{
    for (guint i = 0; i < t->next->n_tied && i < PLX_NEXT_RUNNERS_UP; i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        const struct plx_proposal *p = &t->next->proposals[i];
        append_below(t, p, text);
        g_string_append_c(text, ' ');
        append_effort(p, text);
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
                    p->repair == PLX_REPAIR_PROMISE ? " (promise)" : "");
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
        g_string_append_printf(text, "Promises first: at “%s” ", t->next->broken_title);
        plx_words_percent(text, t->next->broken);
        g_string_append(text, " get less than was promised, so that nothing above Expected is "
                              "proposed here.");
        plx_story_quiet(t->story, text->str);
    }
    if (t->next->efforts_unknown == 0)
        return;
    guint points = 0;
    for (guint i = 0; i < t->next->n; i++)
        points += t->next->proposals[i].repair == PLX_REPAIR_DELIVERY;
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
     "Desired; beyond only where high answers surely go with a better whole. Nothing above "
     "Expected while promises are surely broken for more than 5 % somewhere on the way."},
    {"One step, or a tie",
     "2,000 orders are drawn from what the counts leave open (normal, of the shrunken means). A "
     "step is recommended when it is first in 80 % of them, and moments differ beyond chance (F, "
     "5 %). In a tie are those first in 10 % or more. Below 30 answers, or where it is not sure "
     "that one in ten are below: measure first."},
    {"What it takes to know",
     "Whitehead (1993): two sides of equal size, 5 %, power 80 %, proportional odds; that half of "
     "those below the level reach it. Places that differ need more."},
    {NULL, NULL},
};

plx_story *plx_next_story(const plx_next *next)
{
    struct telling t = {next, plx_story_new("next", "Next step")};
    g_autoptr(GString) lead = g_string_new(NULL);
    append_lead(lead, next);
    plx_story_lead(t.story, lead->str);
    plx_about_story(next->about, t.story);
    if (next->recommended)
        tell_proposal(&t, next->recommended);
    else if (next->outcome == PLX_NEXT_TIE)
        tell_tie(&t);
    else if (next->outcome == PLX_NEXT_MEASURE_FIRST && next->n > 0)
        tell_proposal(&t, &next->proposals[0]);
    tell_limits(&t);
    tell_untold(&t);
    tell_table(&t);
    for (const struct plx_words_method *m = methods; m->heading; m++)
        plx_story_method(t.story, m->heading, m->text);
    return t.story;
}
